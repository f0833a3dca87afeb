import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { invoke, InvokeFailed, remedyFor, UnansweredInvoke } from "../../../packages/rehearse/cloud/index";
import { existing } from "../../../packages/rehearse/cloud/invokes/existing";
import type { Value, Values } from "../../../packages/rehearse/values";
import { preview, text, up } from "./support";

const token = (path: string): string =>
  `aws:${path.includes("/") ? path : `index/${path}`}:${path.split("/").at(-1)}`;
const ask = (path: string, args: Values = {}, context = up): Values => invoke(token(path), args, context);

const ELB = "arn:aws:elasticloadbalancing:eu-central-1:123456789012";

/** Functions with typical arguments, and the expected results. */
const ANSWERS: readonly (readonly [path: string, args: Values, expected: Values])[] = [
  ["getCallerIdentity", {}, { accountId: "123456789012", arn: "arn:aws:iam::123456789012:user/rehearsal" }],
  [
    "getRegion",
    {},
    { region: "eu-central-1", name: "eu-central-1", id: "eu-central-1", description: "Europe (Frankfurt)" },
  ],
  ["getRegion", { region: "us-east-1" }, { region: "us-east-1", endpoint: "ec2.us-east-1.amazonaws.com" }],
  ["getPartition", {}, { partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" }],
  ["getBillingServiceAccount", {}, { id: "386209384616", arn: "arn:aws:iam::386209384616:root" }],
  ["getServicePrincipal", { serviceName: "s3" }, { name: "s3.amazonaws.com", suffix: "amazonaws.com" }],
  [
    "getService",
    { serviceId: "s3" },
    { dnsName: "s3.eu-central-1.amazonaws.com", reverseDnsName: "com.amazonaws.eu-central-1.s3" },
  ],
  [
    "getService",
    { dnsName: "ec2.us-east-1.amazonaws.com" },
    { serviceId: "ec2", region: "us-east-1", partition: "aws" },
  ],
  ["getArn", { arn: "arn:aws:s3:::a:b" }, { service: "s3", resource: "a:b", account: "", region: "" }],
  [
    "arnParse",
    { arn: "arn:aws:iam::1:role/x" },
    { partition: "aws", service: "iam", region: "", accountId: "1", resource: "role/x" },
  ],
  ["getDefaultTags", {}, { tags: {} }],
  ["elb/getServiceAccount", {}, { id: "054676820928", arn: "arn:aws:iam::054676820928:root" }],
  ["elb/getHostedZoneId", {}, { id: "Z215JYRZR1TBD5" }],
  ["lb/getHostedZoneId", { loadBalancerType: "network", region: "us-west-2" }, { id: "Z18D5FSROUN65G" }],
  [
    "cloudfront/getCachePolicy",
    { name: "Managed-CachingOptimized" },
    { id: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
  ],
  [
    "cloudfront/getOriginRequestPolicy",
    { name: "Managed-AllViewer" },
    { id: "216adef6-5c7f-47e4-b989-5492eafa07d3" },
  ],
  [
    "cloudfront/getResponseHeadersPolicy",
    { name: "Managed-SecurityHeadersPolicy" },
    { id: "67f7725c-6f97-4210-82d7-5512b31e9d03" },
  ],
  [
    "ec2/getManagedPrefixList",
    { name: "com.amazonaws.global.cloudfront.origin-facing" },
    { id: "pl-a3a144ca", ownerId: "AWS" },
  ],
  ["ec2/getPrefixList", { name: "com.amazonaws.eu-central-1.s3" }, { id: "pl-6ea54007" }],
  ["route53/getZone", { name: "example.com." }, { name: "example.com" }],
  ["route53/getZone", { zoneId: "Z1" }, { zoneId: "Z1", id: "Z1", arn: "arn:aws:route53:::hostedzone/Z1" }],
  ["acm/getCertificate", { domain: "example.com" }, { status: "ISSUED", domain: "example.com" }],
  ["iam/getPolicy", { arn: "arn:aws:iam::aws:policy/service-role/X" }, { name: "X", path: "/service-role/" }],
  ["iam/getPolicy", { name: "mine" }, { arn: "arn:aws:iam::123456789012:policy/mine" }],
  ["iam/getRole", { name: "app" }, { arn: "arn:aws:iam::123456789012:role/app" }],
  ["kms/getKey", { keyId: "alias/shop" }, { keyManager: "CUSTOMER", keyState: "Enabled" }],
  ["kms/getAlias", { name: "alias/aws/s3" }, { arn: "arn:aws:kms:eu-central-1:123456789012:alias/aws/s3" }],
  [
    "s3/getBucket",
    { bucket: "logs" },
    { arn: "arn:aws:s3:::logs", bucketRegionalDomainName: "logs.s3.eu-central-1.amazonaws.com" },
  ],
  ["secretsmanager/getSecret", { name: "db" }, { name: "db" }],
  [
    "ec2/getInstanceType",
    { instanceType: "t4g.small" },
    { defaultVcpus: 2, memorySize: 2048, supportedArchitectures: ["arm64"] },
  ],
  [
    "ec2/getInstanceType",
    { instanceType: "m7i.2xlarge" },
    { defaultVcpus: 8, memorySize: 32768, defaultCores: 4 },
  ],
  [
    "ec2/getInstanceTypeOfferings",
    { filters: [{ name: "instance-type", values: ["t3.micro"] }] },
    { instanceTypes: ["t3.micro"], locations: ["eu-central-1"] },
  ],
  [
    "ecs/getCluster",
    { clusterName: "c" },
    { arn: "arn:aws:ecs:eu-central-1:123456789012:cluster/c", status: "ACTIVE" },
  ],
  ["ec2/getVpc", { default: true }, { default: true, cidrBlock: "172.31.0.0/16" }],
  ["ec2/getSecurityGroup", { name: "default", vpcId: "vpc-1" }, { name: "default", vpcId: "vpc-1" }],
  [
    "lb/getTargetGroup",
    { arn: `${ELB}:targetgroup/web/0123456789abcdef` },
    { name: "web", arnSuffix: "targetgroup/web/0123456789abcdef", targetType: "instance", protocol: "HTTP" },
  ],
  [
    "lb/getLoadBalancer",
    { arn: `${ELB}:loadbalancer/net/a/0123` },
    { name: "a", loadBalancerType: "network" },
  ],
  ["alb/getLoadBalancer", { name: "web", tags: { team: "web" } }, { name: "web", tags: { team: "web" } }],
  ["lb/getListener", { arn: `${ELB}:listener/app/web/1/2` }, { id: `${ELB}:listener/app/web/1/2`, port: 80 }],
  ["ec2/getInstance", { instanceId: "i-1" }, { id: "i-1", instanceId: "i-1", rootBlockDevices: [] }],
  ["ec2/getLaunchTemplate", { name: "web" }, { name: "web" }],
  ["ec2/getRouteTable", { routeTableId: "rtb-1" }, { id: "rtb-1", routeTableId: "rtb-1" }],
  ["autoscaling/getGroup", { name: "fleet" }, { name: "fleet" }],
  ["rds/getInstance", { dbInstanceIdentifier: "orders" }, { dbInstanceIdentifier: "orders" }],
  ["rds/getInstance", {}, { vpcSecurityGroups: ["sg-0123456789abcdef0"] }],
  ["rds/getCluster", {}, { vpcSecurityGroupIds: ["sg-0123456789abcdef0"] }],
  [
    "rds/getSubnetGroup",
    {},
    { subnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"], vpcId: "vpc-0123456789abcdef0" },
  ],
  ["ec2/getSubnet", { id: "subnet-0123456789abcdef2" }, { vpcId: "vpc-0123456789abcdef0" }],
  ["iam/getUser", { userName: "ops" }, { userName: "ops", arn: "arn:aws:iam::123456789012:user/ops" }],
  ["ecr/getAuthorizationToken", {}, { userName: "AWS" }],
  [
    "iam/getSessionContext",
    { arn: "arn:aws:sts::123456789012:assumed-role/Admin/me" },
    { issuerArn: "arn:aws:iam::123456789012:role/Admin", issuerName: "Admin", sessionName: "me" },
  ],
  ["organizations/getOrganization", {}, { masterAccountId: "123456789012", featureSet: "ALL" }],
];

/** The results that the SDK of a function declares as required: name and type. */
function declaredResults(path: string): { name: string; type: string }[] {
  const file = join(up.programDir, "node_modules/@pulumi/aws", `${path}.d.ts`);
  assert.ok(existsSync(file), file);
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext);
  const result = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find(({ name }) => name.text.endsWith("Result"));
  return (result?.members ?? []).flatMap((member) =>
    ts.isPropertySignature(member) && member.questionToken === undefined && member.type !== undefined
      ? [{ name: member.name.getText(source), type: member.type.getText(source) }]
      : [],
  );
}

function fits(value: Value | undefined, type: string): boolean {
  if (type.endsWith("[]")) return Array.isArray(value);
  if (type === "string" || type === "number" || type === "boolean") return typeof value === type;
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

describe("the simulated cloud's functions", () => {
  for (const [path, args, expected] of ANSWERS) {
    it(`answer ${path} with ${JSON.stringify(args)}, in the shape the SDK declares`, () => {
      const result = ask(path, args);
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(result[key], value, key);
      for (const { name, type } of declaredResults(path)) {
        assert.ok(fits(result[name], type), `${name}: ${type} is ${JSON.stringify(result[name])}`);
      }
      assert.deepEqual(ask(path, args, preview), result);
    });
  }

  it("answer every lookup of existing resources, in the shape that the SDK declares, by any argument", () => {
    for (const name of Object.keys(existing)) {
      const path = name.replace(/^aws:(.*):.*$/, "$1");
      const result = ask(path);
      for (const { name: key, type } of declaredResults(path))
        assert.ok(fits(result[key], type), `${path}: ${key}: ${type} is ${JSON.stringify(result[key])}`);
      assert.ok(result["id"] !== "" && result["arn"] !== "", JSON.stringify(result));
    }
  });

  it("answer functions that today's SDK no longer has", () => {
    const { ids } = ask("ec2/getSubnets", { filters: [{ name: "vpc-id", values: ["vpc-1"] }] });
    assert.deepEqual(ask("ec2/getSubnetIds", { vpcId: "vpc-1" }), { id: "vpc-1", ids });
    const found = invoke("awsx:ec2:getDefaultVpc", {}, up);
    assert.equal(found["vpcId"], ask("ec2/getVpc", { default: true })["id"]);
  });

  it("generate IDs with AWS's prefixes, so that no check of their form refuses them", () => {
    const { networkInterfaceId, subnetId } = ask("ec2/getInstance", { instanceId: "i-1" });
    assert.match(String(networkInterfaceId), /^eni-[0-9a-f]{17}$/);
    assert.match(String(subnetId), /^subnet-/);
    for (const path of ["ec2/getInstance", "ebs/getVolume", "elasticache/getCluster"])
      assert.equal(ask(path)["availabilityZone"], `${up.region}a`);
    assert.match(String(ask("ec2/getNatGateway", { id: "nat-1" })["subnetId"]), /^subnet-[0-9a-f]{17}$/);
    assert.match(String(ask("lb/getTargetGroup", { name: "web" })["vpcId"]), /^vpc-[0-9a-f]{17}$/);
  });

  it("build ARNs, with nothing else in the result", () => {
    const args = { partition: "aws", service: "s3", region: "", accountId: "", resource: "b" };
    assert.deepEqual(ask("arnBuild", args), { result: "arn:aws:s3:::b" });
    const arn = "arn:aws:iam::1:role/aws-reserved/sso/Admin";
    assert.deepEqual(ask("trimIamRolePath", { arn }), { result: "arn:aws:iam::1:role/Admin" });
  });

  it("refuse a text that is not an ARN", () => {
    assert.throws(() => ask("arnParse", { arn: "bucket" }), InvokeFailed);
  });

  describe("about zones", () => {
    const names = (args: Values, region = "eu-central-1"): unknown =>
      ask("getAvailabilityZones", args, { ...up, region })["names"];

    it("list the zones that an account sees, three or more in nearly every Region", () => {
      assert.deepEqual(names({}), ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
      assert.deepEqual(names({}, "ap-northeast-1"), [
        "ap-northeast-1a",
        "ap-northeast-1c",
        "ap-northeast-1d",
      ]);
      assert.equal((names({}, "us-east-1") as string[]).length, 6);
      assert.deepEqual(ask("getAvailabilityZones", {}, { ...up, region: "ap-southeast-2" })["zoneIds"], [
        "apse2-az1",
        "apse2-az2",
        "apse2-az3",
      ]);
    });

    it("show local zones only if all zones are requested, and filter them out again", () => {
      const all = names({ allAvailabilityZones: true }, "us-west-2") as string[];
      assert.ok(all.includes("us-west-2-lax-1a"));
      assert.equal((names({}, "us-west-2") as string[]).includes("us-west-2-lax-1a"), false);
      const filters = [{ name: "opt-in-status", values: ["opt-in-not-required"] }];
      assert.deepEqual(names({ allAvailabilityZones: true, filters }, "us-west-2"), names({}, "us-west-2"));
      const local = ask(
        "getAvailabilityZone",
        { name: "us-west-2-lax-1b", allAvailabilityZones: true },
        { ...up, region: "us-west-2" },
      );
      assert.deepEqual(
        [local["zoneId"], local["zoneType"], local["parentZoneName"]],
        ["usw2-lax1-az2", "local-zone", "us-west-2a"],
      );
    });

    it("omit excluded zones, and are empty in another state", () => {
      assert.deepEqual(names({ excludeNames: ["eu-central-1b"], excludeZoneIds: ["euc1-az1"] }), [
        "eu-central-1c",
      ]);
      assert.deepEqual(names({ state: "available" }), names({}));
      assert.deepEqual(names({ state: "impaired" }), []);
    });

    it("return one zone, and refuse several or none", () => {
      assert.equal(ask("getAvailabilityZone", { name: "eu-central-1b" })["zoneId"], "euc1-az2");
      assert.equal(ask("getAvailabilityZone", { zoneId: "euc1-az3" })["name"], "eu-central-1c");
      assert.throws(
        () => ask("getAvailabilityZone", { name: "mars-1a" }),
        /no matching EC2 Availability Zone found/,
      );
      assert.throws(() => ask("getAvailabilityZone", {}), /multiple EC2 Availability Zones matched/);
    });

    it("refuse unknown filters", () => {
      assert.throws(() => names({ filters: [{ name: "moon-phase", values: ["full"] }] }), UnansweredInvoke);
    });
  });

  describe("about images", () => {
    it("return an image that matches the filters", () => {
      const filters = [
        { name: "name", values: ["al2023-ami-2023.*-arm64"] },
        { name: "architecture", values: ["arm64"] },
      ];
      const image = ask("ec2/getAmi", { owners: ["amazon"], mostRecent: true, filters });
      assert.match(text(image["id"]), /^ami-[0-9a-f]{17}$/);
      assert.match(text(image["name"]), /^al2023-ami-2023\.\d+-arm64$/);
      assert.deepEqual([image["architecture"], image["ownerId"]], ["arm64", "137112412989"]);
      assert.notEqual(
        ask("ec2/getAmi", { owners: ["amazon"], filters }, { ...up, region: "us-east-1" })["id"],
        image["id"],
      );
      assert.deepEqual(ask("ec2/getAmiIds", { owners: ["amazon"], filters })["ids"], [image["id"]]);
      assert.equal(ask("ec2/getAmi", { owners: ["self"], filters })["ownerId"], "123456789012");
    });

    it("return AMI IDs of public parameters, in JSON where AWS returns JSON", () => {
      const value = (name: string): string => text(ask("ssm/getParameter", { name })["value"]);
      assert.match(
        text(value("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64")),
        /^ami-[0-9a-f]{17}$/,
      );
      const ecs = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended";
      const { image_id } = JSON.parse(text(value(ecs))) as Values;
      assert.equal(value(`${ecs}/image_id`), image_id);
    });
  });

  it("return networks that fit together", () => {
    const vpc = ask("ec2/getVpc", { default: true });
    const { ids } = ask("ec2/getSubnets", { filters: [{ name: "vpc-id", values: [vpc["id"] ?? ""] }] }) as {
      ids: string[];
    };
    const subnets = ids.map((id) => ask("ec2/getSubnet", { id }));
    assert.equal(ids.length, 3);
    assert.deepEqual(
      subnets.map(({ vpcId }) => vpcId),
      ids.map(() => vpc["id"]),
    );
    assert.deepEqual(
      subnets.map(({ availabilityZone }) => availabilityZone),
      ask("getAvailabilityZones")["names"],
    );
    assert.equal(new Set(subnets.map(({ cidrBlock }) => cidrBlock)).size, 3);
    const tagged = ask("ec2/getVpc", { tags: { Name: "shop" } });
    assert.notEqual(tagged["id"], vpc["id"]);
    assert.equal(tagged["default"], false);
  });

  describe("with an answers file", () => {
    const name = token("ssm/getParameter");
    const answers = {
      [name]: [
        { args: { name: "/db", withDecryption: true }, result: { value: "secret" } },
        { args: { name: "/db" }, result: { value: "plain" } },
        { args: { name: "/aws/service/ami-amazon-linux-latest/x" }, result: { value: "mine" } },
      ],
      [token("ec2/getAmi")]: [
        { args: { filters: [{ name: "name", values: ["a"] }] }, result: { id: "ami-1" } },
      ],
    };
    const value = (args: Values): unknown => invoke(name, args, up, answers)["value"];

    it("use the first answer whose arguments are among the given ones", () => {
      assert.equal(value({ name: "/db", withDecryption: true, region: "eu-west-1" }), "secret");
      assert.equal(value({ name: "/db", withDecryption: false }), "plain");
    });

    it("prefer it to a built-in answer", () => {
      assert.equal(value({ name: "/aws/service/ami-amazon-linux-latest/x" }), "mine");
    });

    it("compare lists as a whole", () => {
      const id = (values: string[]): unknown =>
        invoke(token("ec2/getAmi"), { filters: [{ name: "name", values }] }, up, answers)["id"];
      assert.equal(id(["a"]), "ami-1");
      assert.notEqual(id(["a", "b"]), "ami-1");
    });
  });

  describe("without an answer", () => {
    /** The error of a call that has no answer. */
    function unanswered(name: string, args: Values): UnansweredInvoke {
      try {
        invoke(name, args, up, {});
      } catch (error) {
        assert.ok(error instanceof UnansweredInvoke);
        return error;
      }
      return assert.fail(`${name} was answered`);
    }

    it("name the function and its arguments, and show a file that would answer them", () => {
      const name = token("ssm/getParameter");
      const args = { name: "/shop/db" };
      const error = unanswered(name, args);
      assert.ok(error.message.startsWith(`The rehearsal can't know the result of ${name}`), error.message);
      const remedy = remedyFor([error]);
      assert.ok(remedy.includes("--answers"));
      const file = JSON.parse(remedy.slice(remedy.indexOf("\n"))) as {
        invokes: Record<string, { args: Values; result: Values }[]>;
      };
      assert.deepEqual(file.invokes[name]?.[0]?.args, args);
      assert.deepEqual(Object.keys(file.invokes[name]?.[0]?.result ?? {}).sort(), [
        "arn",
        "id",
        "insecureValue",
        "name",
        "region",
        "type",
        "value",
        "version",
      ]);
      // The template also matches this call.
      assert.equal(invoke(name, args, up, file.invokes)["name"], "/shop/db");
    });

    it("fail for every unknown function, in any package", () => {
      assert.equal(
        unanswered(token("secretsmanager/getSecretVersion"), { secretId: "s" }).token,
        token("secretsmanager/getSecretVersion"),
      );
      unanswered("nothing:index/getThing:getThing", {});
      unanswered(token("cloudfront/getCachePolicy"), { name: "of-our-own" });
      unanswered("constructor", {});
    });
  });
});
