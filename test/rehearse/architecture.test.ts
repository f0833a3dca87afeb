import assert from "node:assert/strict";
import { join } from "node:path";

import { drawArchitecture } from "../../packages/rehearse/architecture";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { secret } from "../../packages/rehearse/values";
import { arrowsOf, declared, rectanglesOf } from "../support/drawing";
import { previewed } from "../support/preview";
import { ROOT } from "../support/rehearse";

const example = (name: string): string[] => ["--config-file", join(ROOT, "examples", `${name}.yaml`)];

/** The expected content of a drawing: the first lines of the boxes' titles, and the arrows. */
interface Facts {
  readonly boxes: readonly string[];
  readonly arrows: readonly string[];
}

const STACKS: Readonly<Record<string, Facts & { readonly args: readonly string[] }>> = {
  dev: {
    args: ["dev"],
    boxes: [
      "Application Load Balancer web-store-alb; in eu-west-1a, eu-west-1b",
      "NAT gateway web-store-vpc-1; in eu-west-1a",
      "2 log groups",
    ],
    arrows: [
      "Internet > web-store-alb: tls HTTPS 443, 80 redirects",
      "web-store-alb > web-store-proxy-fleet: tls HTTPS 8443 by weight",
      "web-store-proxy-fleet > web-store-fleet: permission 8443, 8444",
      "web-store-alb > web-store-status: event invokes",
      "web-store-alb > web-store-access-logs: logs logs",
      "VPC web-store-vpc > 2 log groups: logs flow logs",
    ],
  },
  prod: {
    args: ["prod"],
    boxes: [
      "Auto Scaling group web-store-fleet; 3–12 × m7g.large + 1 other; in eu-west-1a, eu-west-1b, eu-west-1c",
      "Route 53; store.example.com; www.store.example.com",
      "Public subnets; a route to and from the Internet",
      "VPC web-store-vpc; 10.0.0.0/16",
    ],
    arrows: [
      "Internet > web-store-alb: tls HTTPS 443, 80 redirects",
      "web-store-alb > web-store-fleet: tls HTTPS 8443",
      "web-store-web-acl > web-store-alb: reference filters",
      "web-store-certificate > web-store-alb: reference",
      "web-store-fleet > web-store-orders: reference",
      "11 alarms > web-store-alarms: event notifies",
      "Route 53 > web-store-alb: name alias",
    ],
  },
  "behind-cloudfront": {
    args: example("behind-cloudfront"),
    boxes: ["CloudFront web-store-cdn", "Application Load Balancer web-store-alb; internal"],
    arrows: [
      "Internet > web-store-cdn: tls HTTPS 443, 80 redirects",
      "web-store-cdn > web-store-alb: tls HTTPS",
      "Route 53 > web-store-cdn: name alias",
      "web-store-cdn-web-acl > web-store-cdn: reference",
      "web-store-cdn > web-store-access-logs: logs logs",
    ],
  },
  "internal-only": {
    args: example("internal-only"),
    boxes: ["Isolated subnets; no route to the Internet", "Addresses 10.64.0.0/12"],
    arrows: ["10.64.0.0/12 > web-store-alb: tls HTTPS 443, 80 redirects"],
  },
};

const vpc = declared("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.0.0.0/16" });
const subnet = (name: string, zone: string, inputs = {}): Resource =>
  declared("aws:ec2/subnet:Subnet", name, { availabilityZone: zone, ...inputs }, { vpcId: [vpc] });
const front = subnet("front", "eu-west-1a", { mapPublicIpOnLaunch: true });
const back = subnet("back", "eu-west-1b");
const table = declared("aws:ec2/routeTable:RouteTable", "back", { routes: [] }, { vpcId: [vpc] });
const joined = declared("aws:ec2/routeTableAssociation:RouteTableAssociation", "back", {}, { routeTableId: [table], subnetId: [back] }); // prettier-ignore
const NETWORK = [vpc, front, back, table, joined];

const securityGroup = (name: string, ...ingress: object[]): Resource =>
  declared("aws:ec2/securityGroup:SecurityGroup", name, { ingress: ingress as never }, { vpcId: [vpc] });
const role = declared("aws:iam/role:Role", "role");
const mayUse = (name: string, target: Resource): Resource =>
  declared("aws:iam/rolePolicy:RolePolicy", name, {}, { role: [role], policy: [target] });
const fn = declared("aws:lambda/function:Function", "fn", { runtime: "nodejs22.x" }, { role: [role] });
const queue = declared("aws:sqs/queue:Queue", "queue");
const orders = declared("aws:dynamodb/table:Table", "orders");
const api = declared("aws:apigatewayv2/api:Api", "api");

const ssh = securityGroup("ssh", {
  protocol: "tcp",
  fromPort: 22,
  toPort: 22,
  cidrBlocks: ["198.51.100.0/24"],
});
const web = securityGroup(
  "web",
  { protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["0.0.0.0/0"] },
  { protocol: "tcp", fromPort: 8000, toPort: 9000, cidrBlocks: ["::/0"] },
);
const server = declared("aws:ec2/instance:Instance", "server", { instanceType: "t4g.small" }, { subnetId: [front], vpcSecurityGroupIds: [ssh, web] }); // prettier-ignore
const databaseGroup = securityGroup("db");
const rule = declared("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "from-web", { ipProtocol: "tcp", fromPort: 5432, toPort: 5432 }, { securityGroupId: [databaseGroup], referencedSecurityGroupId: [web] }); // prettier-ignore
const everybody = declared("aws:ec2/securityGroupRule:SecurityGroupRule", "open", { type: "ingress", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }, { securityGroupId: [databaseGroup] }); // prettier-ignore
const subnetGroup = declared("aws:rds/subnetGroup:SubnetGroup", "db", {}, { subnetIds: [back] });
const database = declared("aws:rds/instance:Instance", "db", { engine: "postgres" }, { dbSubnetGroupName: [subnetGroup], vpcSecurityGroupIds: [databaseGroup] }); // prettier-ignore

const nlb = declared("aws:lb/loadBalancer:LoadBalancer", "nlb", { loadBalancerType: "network" }, { subnets: [front, back] }); // prettier-ignore
const targets = declared("aws:lb/targetGroup:TargetGroup", "tcp", { protocol: "TCP", port: 9000 });
const listener = declared("aws:lb/listener:Listener", "tcp", { protocol: "TCP", port: 443, defaultActions: [{ type: "forward" }] }, { loadBalancerArn: [nlb], defaultActions: [targets] }); // prettier-ignore
const attached = declared("aws:lb/targetGroupAttachment:TargetGroupAttachment", "tcp", {}, { targetGroupArn: [targets], targetId: [server] }); // prettier-ignore

const site = declared("aws:s3/bucket:Bucket", "site", { website: { indexDocument: "index.html" } });

/** Graphs made for these tests. */
const GRAPHS: Readonly<Record<string, Facts & { readonly resources: readonly Resource[] }>> = {
  "functions, and what calls them": {
    resources: [
      role,
      fn,
      queue,
      orders,
      api,
      mayUse("uses", orders),
      declared("aws:lambda/eventSourceMapping:EventSourceMapping", "m", {}, { eventSourceArn: [queue], functionName: [fn] }), // prettier-ignore
      declared("aws:apigatewayv2/integration:Integration", "i", {}, { apiId: [api], integrationUri: [fn] }),
    ],
    boxes: ["Lambda function fn; nodejs22.x", "SQS queue queue", "API Gateway api"],
    arrows: [
      "Internet > api: tls HTTPS 443",
      "api > fn: event calls",
      "queue > fn: event events",
      "fn > orders: reference",
    ],
  },
  "who may talk to whom on which port, by all forms of rules": {
    resources: [...NETWORK, ssh, web, server, databaseGroup, rule, everybody, subnetGroup, database],
    boxes: ["EC2 instance server; t4g.small; in eu-west-1a", "Isolated subnets", "Public subnets"],
    arrows: [
      "198.51.100.0/24 > server: permission 22",
      // The range includes 8080.
      "Internet > server: permission 8000–9000",
      // The database's security group admits everyone, but the database can't be reached from outside.
      "server > db: permission 5432",
    ],
  },
  "a network balancer without security groups": {
    resources: [...NETWORK, nlb, targets, listener, attached, web, server],
    boxes: ["Network Load Balancer nlb; in eu-west-1a"],
    arrows: [
      "Internet > nlb: traffic TCP 443",
      "nlb > server: traffic TCP 9000",
      "Internet > server: permission 8000–9000",
    ],
  },
  "a website that S3 serves in clear text": {
    resources: [site],
    boxes: ["S3 bucket site"],
    arrows: ["Internet > site: clear HTTP 80"],
  },
  "types that nobody has described, and other providers": {
    resources: [
      declared("aws:quantum/computer:Computer", "q"),
      declared("aws-native:sqs:Queue", "native"),
      declared("kubernetes:apps/v1:Deployment", "app"),
      declared("random:index/randomId:RandomId", "id"),
    ],
    boxes: ["Quantum computer q", "SQS queue native", "Kubernetes; 1 resource"],
    arrows: [],
  },
};

async function hold(resources: readonly Resource[], { boxes, arrows }: Facts): Promise<readonly string[]> {
  const drawing = await drawArchitecture({ resources, findings: [] });
  const titles = rectanglesOf(drawing).map(({ title }) => title);
  for (const box of boxes)
    assert.ok(titles.some((title) => title.startsWith(box)), `${box} is not among\n${titles.join("\n")}`); // prettier-ignore
  const drawn = arrowsOf(drawing);
  for (const arrow of arrows) assert.ok(drawn.includes(arrow), `${arrow} is not among\n${drawn.join("\n")}`);
  return drawn;
}

describe("The architecture drawing", () => {
  for (const [title, { args, ...facts }] of Object.entries(STACKS))
    it(`shows the parts of ${title}, and the connections between them`, async () => {
      await hold(await previewed(args), facts);
    });

  for (const [title, { resources, ...facts }] of Object.entries(GRAPHS))
    it(`shows ${title}`, async () => {
      const drawn = await hold(resources, facts);
      assert.equal(drawn.length, facts.arrows.length, drawn.join("\n"));
    });

  it("marks findings, and the effects of a change", async () => {
    const gone = declared("aws:s3/bucket:Bucket", "gone");
    const drawing = await drawArchitecture({
      resources: [fn, role, queue, orders],
      findings: [
        { pack: "p", policy: "a", level: "mandatory", urn: role.urn, message: "" },
        { pack: "p", policy: "b", level: "advisory", urn: fn.urn, message: "" },
        { pack: "p", policy: "c", level: "advisory", urn: fn.urn, message: "", exemption: { until: "2030-01-01", reason: "r" } }, // prettier-ignore
      ],
      changes: new Map([
        [role.urn, "update"],
        [queue.urn, "create"],
        [orders.urn, "replace"],
      ]),
      gone: [gone],
    });
    const classes = Object.fromEntries(
      rectanglesOf(drawing).map(({ title, classes: all }) => [
        title,
        all.filter((one) => one.startsWith("change-")),
      ]),
    );
    assert.deepEqual(classes["Lambda function fn; nodejs22.x"], ["change-update"]);
    assert.deepEqual(classes["SQS queue queue"], ["change-create"]);
    assert.deepEqual(classes["DynamoDB table orders"], ["change-replace"]);
    assert.deepEqual(classes["S3 bucket gone"], ["change-delete"]);
    for (const sign of ["+ new", "~ changed", "± replaced", "− gone", "✗ 1", "! 1"])
      assert.ok(drawing.svg.includes(`>${sign}</text>`), sign);
    assert.match(
      drawing.mermaid,
      /fn<br>nodejs22\.x<br>~ changed<br>1 mandatory finding<br>1 advisory finding/,
    );
  });

  it("shows no secret", async () => {
    const resources = [
      declared("aws:lambda/function:Function", "fn", { runtime: secret("hunter2") }),
      declared("aws:acm/certificate:Certificate", "c", { domainName: secret("hunter2.example.com") }),
      declared("aws:route53/record:Record", "r", { type: "A", name: secret("hunter2.example.com") }),
    ];
    const { svg, mermaid, boxes } = await drawArchitecture({ resources, findings: [] });
    assert.doesNotMatch(svg + mermaid + JSON.stringify(boxes), /hunter2/);
    assert.equal(boxes.flatMap(({ urns }) => urns).length, 3);
  });
});
