import assert from "node:assert/strict";
import { child, expand, inputsOf } from "./host";

const S3 = "com.amazonaws.eu-central-1.s3";
const ECR = "com.amazonaws.eu-central-1.ecr.api";

describe("VPC endpoints", () => {
  it("are passed on unchanged under Legacy, with a warning if nothing will use them", async () => {
    const vpcEndpointSpecs = [
      { serviceName: S3 },
      { serviceName: ECR, vpcEndpointType: "Interface", autoAccept: true },
    ];
    const expansion = await expand({ vpcEndpointSpecs, tags: { team: "shop" } });
    assert.deepEqual(inputsOf(expansion, "VpcEndpoint", ECR), {
      autoAccept: true,
      serviceName: ECR,
      tags: { Name: "net", team: "shop" },
      vpcEndpointType: "Interface",
      vpcId: "vpc-net",
    });
    assert.equal(expansion.warnings.length, 2);
    assert.match(
      expansion.warnings[0] ?? "",
      /gateway endpoint "com.amazonaws.eu-central-1.s3" is in no route table/,
    );
    assert.match(
      expansion.warnings[1] ?? "",
      /interface endpoint "com.amazonaws.eu-central-1.ecr.api" is in no subnet/,
    );
  });

  it("get every route table under Auto if they are gateway endpoints", async () => {
    const expansion = await expand({
      numberOfAvailabilityZones: 1,
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [{ serviceName: S3 }],
    });
    const { routeTableIds } = inputsOf(expansion, "VpcEndpoint", S3);
    assert.deepEqual(routeTableIds, ["routetable-net-public-1", "routetable-net-private-1"]);
    assert.deepEqual(expansion.warnings, []);
  });

  it("get private subnets, a security group and private DNS under Auto if they are interface endpoints", async () => {
    const expansion = await expand({
      numberOfAvailabilityZones: 2,
      vpcEndpointStrategy: "Auto",
      assignGeneratedIpv6CidrBlock: true,
      vpcEndpointSpecs: [{ serviceName: ECR, vpcEndpointType: "Interface", ipAddressType: "dualstack" }],
    });
    assert.deepEqual(inputsOf(expansion, "VpcEndpoint", ECR), {
      ipAddressType: "dualstack",
      privateDnsEnabled: true,
      securityGroupIds: [`securitygroup-${ECR}-sg`],
      serviceName: ECR,
      subnetIds: ["subnet-net-private-1", "subnet-net-private-2"],
      tags: { Name: "net" },
      vpcEndpointType: "Interface",
      vpcId: "vpc-net",
    });
    assert.deepEqual(inputsOf(expansion, "SecurityGroupRule", `${ECR}-ingress`), {
      cidrBlocks: ["10.0.0.0/16"],
      fromPort: 443,
      ipv6CidrBlocks: ["2600:1f13:abc:de00::/56"],
      protocol: "tcp",
      securityGroupId: `securitygroup-${ECR}-sg`,
      toPort: 443,
      type: "ingress",
    });
    const vpc = inputsOf(expansion, "Vpc", "net");
    assert.deepEqual([vpc["enableDnsHostnames"], vpc["enableDnsSupport"]], [true, true]);
    const rule = child(expansion.children, "SecurityGroupRule", `${ECR}-ingress`);
    assert.equal(rule.parent, child(expansion.children, "Vpc", "net").urn);
    assert.deepEqual(rule.dependsOn, [child(expansion.children, "SecurityGroup", `${ECR}-sg`).urn]);
  });

  it("keep their own arguments under Auto", async () => {
    const given = {
      securityGroupIds: ["sg-1"],
      subnetIds: ["subnet-1"],
      privateDnsEnabled: false,
      region: "eu-west-1",
    };
    const expansion = await expand({
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [{ serviceName: ECR, vpcEndpointType: "Interface", ...given }],
    });
    const endpoint = inputsOf(expansion, "VpcEndpoint", ECR);
    assert.deepEqual({ ...endpoint, ...given }, endpoint);
    assert.equal(expansion.children.filter(({ kind }) => kind === "SecurityGroup").length, 0);
    assert.equal("enableDnsSupport" in inputsOf(expansion, "Vpc", "net"), false);
  });

  it("use isolated subnets before public ones, and one subnet in each zone", async () => {
    const expansion = await expand({
      numberOfAvailabilityZones: 1,
      natGateways: { strategy: "None" },
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public" },
        { type: "Isolated", name: "db" },
        { type: "Isolated", name: "cache" },
      ],
      vpcEndpointStrategy: "Auto",
      vpcEndpointSpecs: [{ serviceName: ECR, vpcEndpointType: "Interface" }],
    });
    assert.deepEqual(inputsOf(expansion, "VpcEndpoint", ECR)["subnetIds"], ["subnet-net-db-1"]);
  });
});
