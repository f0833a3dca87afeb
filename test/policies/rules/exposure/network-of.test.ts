import assert from "node:assert/strict";
import { networkOf } from "../../../../policies/rules/exposure/network-of";
import type { Network, Said } from "../../../../policies/rules/exposure/network-of";
import { proxied, type Props } from "../../../support/rule-suite";
import { UNKNOWN } from "../../../support/pack";

/** The values of each part: where they are, and whether they are known. */
type Found = Partial<Record<keyof Network, readonly string[]>>;

let resources = 0;

function read(props: Props): Found {
  resources += 1;
  const dependencies = Object.fromEntries(Object.keys(props).map((property) => [property, []]));
  const network = networkOf({
    type: "aws:ec2/instance:Instance",
    name: "it",
    urn: `urn:network-of:${resources}`,
    props: proxied(props),
    propertyDependencies: dependencies,
  });
  const said = ({ label, value }: Said): string => `${label} ${value.kind}`;
  const parts = Object.entries(network) as [keyof Network, readonly Said[]][];
  return Object.fromEntries(
    parts.filter(([, some]) => some.length > 0).map(([part, some]) => [part, some.map(said)]),
  );
}

/** The property names for each part, and names that only look similar. */
const NAMES: Readonly<Record<keyof Network, readonly [names: string, others: string]>> = {
  addresses: [
    "associatePublicIpAddress assignPublicIp",
    "associatePublicIpAddresses xassociatePublicIpAddress assignPublicIps xassignPublicIp",
  ],
  ipv6: [
    "ipv6AddressCount ipv6Addresses ipv6AddressList ipv6AddressLists ipv6PrefixCount ipv6Prefixes enablePrimaryIpv6 primaryIpv6",
    "ipv6AddressCounts xipv6AddressCount ipv6 primaryIpv6s xprimaryIpv6",
  ],
  subnets: [
    "subnet subnets subnetId subnetIds vpcZoneIdentifiers",
    "subnetMappings subnetGroup xsubnets vpcZoneIdentifiersOf",
  ],
  groups: [
    "securityGroup securityGroups securityGroupId securityGroupIds vpcSecurityGroupIds emrManagedMasterSecurityGroup",
    "sourceSecurityGroupIds sourceSecurityGroup securityGroupNames securityGroupsOf",
  ],
  interfaces: ["networkInterfaceId", "networkInterfaceIds xnetworkInterfaceId"],
  templates: [
    "launchTemplateId launchTemplateName launchConfiguration",
    "launchTemplateIds xlaunchTemplateId launchConfigurations xlaunchConfiguration",
  ],
};

/** Blocks that may contain anything while they are unknown. */
const BLOCKS = [
  "networkInterface",
  "networkInterfaces",
  "primaryNetworkInterface",
  "networkConfiguration",
  "vpcConfiguration",
  "awsVpcConfiguration",
  "launchSpecifications",
  "launchTemplateConfigs",
  "mixedInstancesPolicy",
  "computeResources",
  "managedInstancesProvider",
  "instanceLaunchTemplate",
  "target",
  "targetParameters",
  "ecsParameters",
  "ecsTaskParameters",
  "ecsTarget",
  "ec2Attributes",
  "overrides",
];

describe("the network inputs of a resource", () => {
  for (const [part, [names, others]] of Object.entries(NAMES)) {
    it(`provide ${part} by their names, and no other`, () => {
      for (const name of names.split(" "))
        for (const [value, kind] of [
          ["a-1", "known"],
          [UNKNOWN, "unknown"],
        ] as const) {
          assert.deepEqual(read({ [name]: value }), { [part]: [`${name} ${kind}`] });
          assert.deepEqual(read({ block: { [name]: [value] } }), { [part]: [`block.${name}[0] ${kind}`] });
        }
      for (const name of others.split(" ")) assert.deepEqual(read({ [name]: UNKNOWN }), {}, name);
    });
  }

  it("count an unknown block as every part", () => {
    for (const name of BLOCKS) {
      const said = [`${name} unknown`];
      assert.deepEqual(read({ [name]: UNKNOWN }), { addresses: said, subnets: said, groups: said });
      const inner = [`${name}[0] unknown`, `${name}[2] unknown`];
      assert.deepEqual(
        read({ [name]: [UNKNOWN, null, UNKNOWN] }),
        { addresses: inner, subnets: inner, groups: inner },
        name,
      );
      for (const other of [`${name}Of`, `x${name}`]) assert.deepEqual(read({ [other]: UNKNOWN }), {}, other);
    }
  });

  it("provide the ID and the name of a launch template in its block only", () => {
    for (const block of ["launchTemplate", "launchTemplateSpecification"]) {
      for (const key of ["id", "name"])
        assert.deepEqual(read({ [block]: { [key]: "lt-1", version: "1" } }), {
          templates: [`${block}.${key} known`],
        });
      assert.deepEqual(read({ [block]: UNKNOWN }), { templates: [`${block} unknown`] });
      assert.deepEqual(read({ [block]: { inner: { id: "lt-1" } } }), {});
      for (const other of [`${block}s`, `x${block}`])
        for (const value of [UNKNOWN, { id: "lt-1" }]) assert.deepEqual(read({ [other]: value }), {}, other);
    }
    assert.deepEqual(read({ id: "i-1", name: "a" }), {});
  });

  it("skip empty entries, and keep the positions of the others", () => {
    assert.deepEqual(read({ subnetId: "", securityGroups: [], ipv6Addresses: null }), {});
    assert.deepEqual(read({ subnetIds: ["", "subnet-1", null, UNKNOWN] }), {
      subnets: ["subnetIds[1] known", "subnetIds[3] unknown"],
    });
  });

  it("include blocks within blocks", () => {
    assert.deepEqual(read({ a: { b: [{}, { c: { d: { e: { subnets: ["subnet-1"] } } } }] } }), {
      subnets: ["a.b[1].c.d.e.subnets[0] known"],
    });
  });
});
