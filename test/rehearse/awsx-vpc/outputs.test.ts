import assert from "node:assert/strict";
import { expandVpc } from "../../../packages/rehearse/cloud/awsx-vpc";
import { resourceReference, secret, UNKNOWN } from "../../../packages/rehearse/values";
import { child, COMPONENT, expand, FakeHost, inputsOf, outputValue } from "./host";

const OTHER = "urn:pulumi:dev::shop::aws:ssm/parameter:Parameter::team";

describe("the outputs of awsx.ec2.Vpc", () => {
  it("are references to the children, and IDs", async () => {
    const { children, outputs } = await expand({
      numberOfAvailabilityZones: 2,
      natGateways: { strategy: "Single" },
    });
    const reference = (kind: string, name: string): unknown =>
      resourceReference(child(children, kind, name).urn, `${kind.toLowerCase()}-${name}`);
    const references = (kind: string, ...names: string[]): unknown =>
      names.map((name) => reference(kind, name));
    const all = ["net-public-1", "net-private-1", "net-public-2", "net-private-2"];
    assert.deepEqual(outputs, {
      vpc: reference("Vpc", "net"),
      vpcId: "vpc-net",
      internetGateway: reference("InternetGateway", "net"),
      subnets: references("Subnet", ...all),
      publicSubnets: references("Subnet", "net-public-1", "net-public-2"),
      privateSubnets: references("Subnet", "net-private-1", "net-private-2"),
      isolatedSubnets: [],
      publicSubnetIds: ["subnet-net-public-1", "subnet-net-public-2"],
      privateSubnetIds: ["subnet-net-private-1", "subnet-net-private-2"],
      isolatedSubnetIds: [],
      routeTables: references("RouteTable", ...all),
      routeTableAssociations: references("RouteTableAssociation", ...all),
      routes: references("Route", ...all),
      natGateways: references("NatGateway", "net-1"),
      eips: references("Eip", "net-1"),
      vpcEndpoints: [],
      // awsx reports its default layout incorrectly: the first two subnets are the private subnets of both zones.
      subnetLayout: [
        { cidrMask: 18, type: "Private" },
        { cidrMask: 18, type: "Unused" },
        { cidrMask: 18, type: "Private" },
      ],
    });
  });

  it("have unknown IDs in preview, and a list of them is unknown as a whole", async () => {
    const { children, outputs } = await expand({}, "preview");
    assert.equal(outputs["vpcId"], UNKNOWN);
    assert.equal(outputs["privateSubnetIds"], UNKNOWN);
    assert.deepEqual(outputs["isolatedSubnetIds"], []);
    assert.deepEqual(outputs["vpc"], resourceReference(child(children, "Vpc", "net").urn, UNKNOWN));
    assert.deepEqual(outputs["subnetLayout"], [
      { cidrMask: 19, type: "Private" },
      { cidrMask: 19, type: "Unused" },
      { cidrMask: 19, type: "Private" },
    ]);
  });

  it("each depend on the VPC and all subnets, and on the resources that they refer to", async () => {
    const host = new FakeHost("up");
    const inputs = { numberOfAvailabilityZones: 1 };
    const { dependencies } = await expandVpc(host, { urn: COMPONENT, name: "net", inputs });
    const urn = (kind: string, name: string): string => child(host.children, kind, name).urn;
    const common = [urn("Vpc", "net"), urn("Subnet", "net-public-1"), urn("Subnet", "net-private-1")];
    assert.deepEqual([...(dependencies["vpcId"] ?? [])].sort(), [...common].sort());
    assert.deepEqual([...(dependencies["eips"] ?? [])].sort(), [...common, urn("Eip", "net-1")].sort());
  });
});

describe("arguments that are outputs", () => {
  it("become plain, secret or unknown values, with their dependencies", async () => {
    const tags = {
      team: outputValue("shop", [OTHER]),
      key: outputValue("s3cret", [], true),
      later: outputValue(undefined),
    };
    const { children } = await expand({ numberOfAvailabilityZones: 1, tags });
    const gateway = child(children, "InternetGateway", "net");
    const expected = { Name: "net", team: "shop", key: secret("s3cret"), later: UNKNOWN };
    assert.deepEqual(gateway.inputs["tags"], expected);
    assert.deepEqual(gateway.propertyDependencies?.["tags"], [OTHER]);
  });

  it("lose the names that awsx would add if all tags are one output", async () => {
    const expansion = await expand({
      numberOfAvailabilityZones: 1,
      tags: outputValue({ team: "shop" }, [OTHER]),
    });
    assert.deepEqual(inputsOf(expansion, "Subnet", "net-public-1")["tags"], { team: "shop" });
  });

  it("are secret as a whole if a part is a secret that is not an output", async () => {
    const expansion = await expand({
      numberOfAvailabilityZones: 1,
      tags: { team: "shop", key: secret("s3cret") },
    });
    const tags = inputsOf(expansion, "InternetGateway", "net")["tags"];
    assert.deepEqual(tags, secret({ team: "shop", key: "s3cret" }));
  });

  it("leave blocks unknown in preview if IPAM allocates the VPC's block", async () => {
    const inputs = { ipv4IpamPoolId: "ipam-pool-4", ipv4NetmaskLength: 16, subnetStrategy: "Auto" };
    const preview = await expand(inputs, "preview");
    assert.equal("cidrBlock" in inputsOf(preview, "Vpc", "net"), false);
    const subnet = child(preview.children, "Subnet", "net-private-1");
    assert.equal(subnet.inputs["cidrBlock"], UNKNOWN);
    assert.deepEqual(subnet.propertyDependencies?.["cidrBlock"], [child(preview.children, "Vpc", "net").urn]);
    assert.equal(preview.outputs["subnetLayout"], UNKNOWN);

    const up = await expand(inputs, "up");
    assert.equal(inputsOf(up, "Subnet", "net-private-1")["cidrBlock"], "10.96.0.0/19");
  });
});
