import assert from "node:assert/strict";
import type { JsonResource } from "../../tools/rehearse/report/json";
import type { Value, Values } from "../../tools/rehearse/values";
import { type Graph, type JsonRun, rehearseJson } from "../support/rehearse";

const LISTENER = "aws:lb/listener:Listener";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const GROUP = "aws:autoscaling/group:Group";

/** The inputs of a resource that are asked for, and no others. */
function inputs(resource: JsonResource, keys: readonly string[]): Values {
  return Object.fromEntries(keys.map((key) => [key, resource.inputs[key] ?? null]));
}

/** The names of the resources that an input was computed from. */
function sources(graph: Graph, resource: JsonResource, input: string): string[] {
  const urns = resource.propertyDependencies[input] ?? [];
  return graph.resources.filter(({ urn }) => urns.includes(urn)).map(({ type, name }) => `${type} ${name}`);
}

describe("The store", () => {
  let run: JsonRun;
  before(async () => {
    run = await rehearseJson(["--mode", "both"]);
  });

  it("is allowed by its own policies, without a finding, for every stack in preview and up", () => {
    assert.equal(run.status, 0, run.stderr);
    for (const stack of ["dev", "prod"]) {
      for (const mode of ["preview", "up"] as const)
        assert.deepEqual(run.graph(mode, stack).stack.findings, []);
    }
  });

  it("plans in preview the same resources that up creates", () => {
    for (const stack of ["dev", "prod"]) {
      const urns = (mode: "preview" | "up"): string[] =>
        run
          .graph(mode, stack)
          .resources.map(({ urn }) => urn)
          .sort();
      assert.deepEqual(urns("preview"), urns("up"));
    }
  });

  it("knows every value once it is up", () => {
    for (const stack of ["dev", "prod"]) {
      assert.doesNotMatch(JSON.stringify(run.graph("up", stack).stack), /"unknown":true/);
    }
  });

  it("gives each resource a parent, except the stack and the engine's default providers", () => {
    const orphans = run.graph("preview", "prod").resources.filter(({ parent }) => parent === "");
    assert.deepEqual([...new Set(orphans.map(({ type }) => type))].sort(), [
      "pulumi:providers:aws",
      "pulumi:providers:awsx",
      "pulumi:providers:pulumi",
      "pulumi:pulumi:Stack",
    ]);
  });

  it("registers the outputs of every component", () => {
    const own = run.graph("up", "dev").resources.filter(({ type }) => type.startsWith("web-store:"));
    assert.equal(own.length, 4);
    for (const component of own) assert.notDeepEqual(component.outputs, {}, component.type);
  });

  it("serves HTTPS with the validated certificate and a post-quantum policy", () => {
    const graph = run.graph("preview", "prod");
    const https = graph.one(LISTENER, "web-store-https");
    assert.deepEqual(inputs(https, ["protocol", "port", "sslPolicy"]), {
      protocol: "HTTPS",
      port: 443,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    });
    assert.deepEqual(sources(graph, https, "certificateArn"), [
      "aws:acm/certificateValidation:CertificateValidation web-store-validation",
    ]);
  });

  it("does nothing on port 80 but redirect to HTTPS for good", () => {
    const http = run.graph("preview", "prod").one(LISTENER, "web-store-http-redirect");
    assert.deepEqual(inputs(http, ["protocol", "port", "defaultActions"]), {
      protocol: "HTTP",
      port: 80,
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
    });
  });

  it("checks each target's health, and replaces what fails", () => {
    const graph = run.graph("preview", "prod");
    const { healthCheck } = graph.one("aws:lb/targetGroup:TargetGroup").inputs as { healthCheck: Values };
    assert.equal(healthCheck["path"], "/healthz");
    assert.ok(Number(healthCheck["timeout"]) < Number(healthCheck["interval"]));
    const group = graph.one(GROUP);
    assert.deepEqual(inputs(group, ["healthCheckType", "healthCheckGracePeriod"]), {
      healthCheckType: "ELB",
      healthCheckGracePeriod: 120,
    });
    assert.ok(
      sources(graph, group, "targetGroupArns").includes("aws:lb/targetGroup:TargetGroup web-store-instances"),
    );
  });

  it("leaves capacity to scaling", () => {
    const group = run.graph("preview", "prod").one(GROUP);
    assert.equal("desiredCapacity" in group.inputs, false);
  });

  it("lets the world reach the balancer, and the balancer alone the instances", () => {
    const graph = run.graph("preview", "prod");
    const world = [
      ...graph.ofType(INGRESS),
      ...graph.ofType("aws:ec2/securityGroupRule:SecurityGroupRule"),
    ].filter(({ inputs: rule }) => rule["cidrIpv4"] === "0.0.0.0/0" || rule["cidrIpv6"] === "::/0");
    assert.deepEqual(world.map(({ name, inputs: rule }) => [name, rule["fromPort"], rule["toPort"]]).sort(), [
      ["web-store-http-from-anywhere", 80, 80],
      ["web-store-https-from-anywhere", 443, 443],
    ]);
    const instance = graph.one(INGRESS, "web-store-instance-from-load-balancer");
    assert.deepEqual(sources(graph, instance, "referencedSecurityGroupId"), [
      "aws:ec2/securityGroup:SecurityGroup web-store-load-balancer",
    ]);
    assert.deepEqual(
      graph
        .ofType(EGRESS)
        .map(({ name }) => name)
        .sort(),
      ["web-store-instance-to-https", "web-store-load-balancer-to-instance"],
    );
    for (const { inputs: group } of graph.ofType("aws:ec2/securityGroup:SecurityGroup")) {
      assert.equal("ingress" in group || "egress" in group, false);
    }
  });

  it("keeps instances private, their metadata to themselves, and their disks encrypted", () => {
    const { inputs: template } = run.graph("preview", "prod").one("aws:ec2/launchTemplate:LaunchTemplate");
    const [network] = template["networkInterfaces"] as Values[];
    assert.equal(network?.["associatePublicIpAddress"], "false");
    const { httpTokens, httpPutResponseHopLimit } = template["metadataOptions"] as Values;
    assert.deepEqual([httpTokens, httpPutResponseHopLimit], ["required", 1]);
    const [disk] = template["blockDeviceMappings"] as { ebs: Values }[];
    assert.deepEqual([disk?.ebs["encrypted"], disk?.ebs["volumeType"]], ["true", "gp3"]);
    assert.equal("keyName" in template, false);
    assert.match(
      String(template["imageId"]),
      /^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/al2023-.*arm64$/,
    );
  });

  it("places dev in two zones with one NAT gateway, and prod in three with one in each", () => {
    const shape = (stack: string): Record<string, number> => {
      const graph = run.graph("up", stack);
      const zones = new Set(
        graph.ofType("aws:ec2/subnet:Subnet").map(({ inputs: s }) => s["availabilityZone"]),
      );
      const nats = graph.ofType("aws:ec2/natGateway:NatGateway").length;
      return { zones: zones.size, nats, minSize: Number(graph.one(GROUP).inputs["minSize"]) };
    };
    assert.deepEqual(shape("dev"), { zones: 2, nats: 1, minSize: 2 });
    assert.deepEqual(shape("prod"), { zones: 3, nats: 3, minSize: 3 });
  });

  it("runs instances in private subnets and the balancer in public ones", () => {
    const graph = run.graph("up", "prod");
    const kind = (ids: Value | undefined): string[] => {
      const subnets = graph
        .ofType("aws:ec2/subnet:Subnet")
        .filter(({ outputs }) => (ids as Value[]).includes(outputs["id"] ?? null));
      return subnets.map(({ inputs: subnet }) => String((subnet["tags"] as Values)["SubnetType"]));
    };
    assert.deepEqual(kind(graph.one("aws:lb/loadBalancer:LoadBalancer").inputs["subnets"]), [
      "Public",
      "Public",
      "Public",
    ]);
    assert.deepEqual(kind(graph.one(GROUP).inputs["vpcZoneIdentifiers"]), ["Private", "Private", "Private"]);
  });

  it("tells where it is", () => {
    const { outputs } = run.graph("up", "prod").stack;
    assert.equal(outputs["url"], "https://store.example.com");
    assert.match(String(outputs["loadBalancerDnsName"]), /\.eu-west-1\.elb\.amazonaws\.com$/);
    for (const [key, prefix] of [
      ["loadBalancerArn", "arn:aws:elasticloadbalancing:eu-west-1:"],
      ["targetGroupArn", "arn:aws:elasticloadbalancing:eu-west-1:"],
      ["certificateArn", "arn:aws:acm:eu-west-1:"],
      ["vpcId", "vpc-"],
      ["autoScalingGroupName", "web-store-fleet"],
    ] as const) {
      assert.ok(String(outputs[key]).startsWith(prefix), `${key} is ${JSON.stringify(outputs[key])}`);
    }
  });

  it("names nothing longer than AWS allows", () => {
    for (const type of ["aws:lb/loadBalancer:LoadBalancer", "aws:lb/targetGroup:TargetGroup"]) {
      const name = String(run.graph("up", "prod").one(type).inputs["name"]);
      assert.ok(name.length <= 32, name);
    }
  });
});
