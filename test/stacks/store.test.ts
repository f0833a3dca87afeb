import assert from "node:assert/strict";
import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Value, Values } from "../../packages/rehearse/values";
import {
  type Graph,
  type JsonRun,
  parsed,
  rehearseJson,
  type StateResource,
  stateOf,
} from "../support/rehearse";

const LISTENER = "aws:lb/listener:Listener";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const GROUP = "aws:autoscaling/group:Group";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** The requested inputs of a resource. */
function inputs(resource: JsonResource, keys: readonly string[]): Values {
  return Object.fromEntries(keys.map((key) => [key, resource.inputs[key] ?? null]));
}

/** The names of the resources from which an input was computed. */
function sources(graph: Graph, resource: JsonResource, input: string): string[] {
  const urns = resource.propertyDependencies[input] ?? [];
  return graph.resources.filter(({ urn }) => urns.includes(urn)).map(({ type, name }) => `${type} ${name}`);
}

/** The stack files of these tests. Pulumi.dev.yaml and Pulumi.prod.yaml have more features: see stacks.test.ts. */
const FOUR_BLOCKS = (stack: string): string[] => ["--config-file", `test/stacks/four-blocks/${stack}.yaml`];

describe("The store", () => {
  let run: JsonRun;
  /** prod's resources as in Pulumi's state. */
  let exported: readonly StateResource[];
  before(async () => {
    run = await rehearseJson([...FOUR_BLOCKS("dev"), ...FOUR_BLOCKS("prod"), "--mode", "both"]);
    exported = await stateOf([...FOUR_BLOCKS("prod"), "--mode", "up"]);
  });

  it("passes its own policies, for every stack in preview and up, with advice on what it lacks", () => {
    assert.equal(run.status, 0, run.stderr);
    const lacking = ["alarms", "connection-logs"];
    for (const [stack, advice] of [
      ["dev", [...lacking, "deletion-protection", "several-instance-types"]],
      ["prod", lacking],
    ] as const) {
      for (const mode of ["preview", "up"] as const) {
        const { findings } = run.graph(mode, stack).stack;
        assert.deepEqual([...new Set(findings.map(({ policy }) => policy))].sort(), advice);
        assert.deepEqual([...new Set(findings.map(({ level }) => level))], ["advisory"]);
      }
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
    assert.deepEqual(own.map(({ type }) => type.split(":")[2]).sort(), [
      "AccessLogs",
      "Certificate",
      "Endpoints",
      "Fleet",
      "FlowLogs",
      "LoadBalancer",
      "Network",
    ]);
    for (const component of own) assert.notDeepEqual(component.outputs, {}, component.type);
  });

  it("creates as many resources of each type as its zones, gateways and names require", () => {
    for (const [stack, zones, nats, names] of [
      ["dev", 2, 1, 1],
      ["prod", 3, 3, 2],
    ] as const) {
      const counts: Record<string, number> = {};
      for (const { type } of run.graph("up", stack).resources) {
        if (type.startsWith("aws:")) counts[type] = (counts[type] ?? 0) + 1;
      }
      const subnets = 2 * zones;
      assert.deepEqual(counts, {
        "aws:acm/certificate:Certificate": 1,
        "aws:acm/certificateValidation:CertificateValidation": 1,
        "aws:autoscaling/group:Group": 1,
        "aws:autoscaling/policy:Policy": 2,
        "aws:cloudwatch/logGroup:LogGroup": 1,
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
        "aws:ec2/eip:Eip": nats,
        "aws:ec2/flowLog:FlowLog": 1,
        "aws:ec2/internetGateway:InternetGateway": 1,
        "aws:ec2/launchTemplate:LaunchTemplate": 1,
        "aws:ec2/natGateway:NatGateway": nats,
        "aws:ec2/route:Route": subnets,
        "aws:ec2/routeTable:RouteTable": subnets,
        "aws:ec2/routeTableAssociation:RouteTableAssociation": subnets,
        "aws:ec2/securityGroup:SecurityGroup": 2,
        "aws:ec2/subnet:Subnet": subnets,
        "aws:ec2/vpc:Vpc": 1,
        "aws:ec2/vpcEndpoint:VpcEndpoint": 1,
        "aws:iam/instanceProfile:InstanceProfile": 1,
        "aws:iam/role:Role": 2,
        "aws:iam/rolePolicy:RolePolicy": 2,
        "aws:lb/listener:Listener": 2,
        "aws:lb/loadBalancer:LoadBalancer": 1,
        "aws:lb/targetGroup:TargetGroup": 1,
        "aws:route53/record:Record": 2 * names,
        "aws:s3/bucket:Bucket": 1,
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
        "aws:s3/bucketPolicy:BucketPolicy": 1,
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 2,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 3,
      });
    }
  });

  it("creates nothing before its dependencies, and waits for nothing else", () => {
    const graph = run.graph("up", "dev");
    const kind = (type: string): string => type.split(":")[2] ?? "";
    const label = ({ type, name }: JsonResource): string => `${kind(type)} ${name.replace("web-store-", "")}`;
    const isVpcs = ({ urn }: JsonResource): boolean => urn.includes("awsx:ec2:Vpc");
    const needs = graph.resources
      .filter((resource) => resource.type.startsWith("aws:") && !isVpcs(resource))
      .map((resource) => {
        const needed = graph.resources.filter(({ urn }) => resource.dependencies.includes(urn));
        const others = needed.filter((one) => !isVpcs(one)).map(label);
        return [label(resource), [...others, ...(needed.some(isVpcs) ? ["the VPC"] : [])].sort()];
      });
    assert.deepEqual(Object.fromEntries(needs), {
      "Certificate certificate": [],
      "Record validation-dev.store.example.com": ["Certificate certificate"],
      "CertificateValidation validation": [
        "Certificate certificate",
        "Record validation-dev.store.example.com",
      ],
      "LogGroup flow-logs": [],
      "Role flow-logs": [],
      "RolePolicy flow-logs": ["LogGroup flow-logs", "Role flow-logs"],
      "FlowLog flow-logs": ["LogGroup flow-logs", "Role flow-logs", "RolePolicy flow-logs", "the VPC"],
      "DefaultSecurityGroup default": ["the VPC"],
      "VpcEndpoint s3": ["the VPC"],
      "Bucket access-logs": [],
      "BucketPublicAccessBlock access-logs": ["Bucket access-logs"],
      "BucketOwnershipControls access-logs": ["Bucket access-logs", "BucketPublicAccessBlock access-logs"],
      "BucketServerSideEncryptionConfiguration access-logs": ["Bucket access-logs"],
      "BucketLifecycleConfiguration access-logs": ["Bucket access-logs"],
      "BucketPolicy access-logs": ["Bucket access-logs", "BucketOwnershipControls access-logs"],
      "SecurityGroup load-balancer": ["the VPC"],
      "SecurityGroupIngressRule http-from-anywhere": ["SecurityGroup load-balancer"],
      "SecurityGroupIngressRule https-from-anywhere": ["SecurityGroup load-balancer"],
      "LoadBalancer alb": [
        "Bucket access-logs",
        "BucketPolicy access-logs",
        "SecurityGroup load-balancer",
        "the VPC",
      ],
      "TargetGroup instances": ["LoadBalancer alb", "the VPC"],
      "Listener https": ["CertificateValidation validation", "LoadBalancer alb", "TargetGroup instances"],
      "Listener http-redirect": ["LoadBalancer alb"],
      "Record alias-dev.store.example.com": ["LoadBalancer alb"],
      "SecurityGroup instance": ["the VPC"],
      "SecurityGroupEgressRule load-balancer-to-instance": [
        "SecurityGroup instance",
        "SecurityGroup load-balancer",
      ],
      "SecurityGroupIngressRule instance-from-load-balancer": [
        "SecurityGroup instance",
        "SecurityGroup load-balancer",
      ],
      "SecurityGroupEgressRule instance-to-https": ["SecurityGroup instance"],
      "Role instance": [],
      "RolePolicy session-manager": ["Role instance"],
      "InstanceProfile instance": ["Role instance"],
      "LaunchTemplate instance": ["InstanceProfile instance", "SecurityGroup instance"],
      "Group fleet": [
        "LaunchTemplate instance",
        "Listener https",
        "RolePolicy session-manager",
        "SecurityGroupEgressRule instance-to-https",
        "SecurityGroupEgressRule load-balancer-to-instance",
        "SecurityGroupIngressRule instance-from-load-balancer",
        "TargetGroup instances",
        "VpcEndpoint s3",
        "the VPC",
      ],
      "Policy cpu": ["Group fleet"],
      "Policy requests": ["Group fleet", "Listener https", "LoadBalancer alb", "TargetGroup instances"],
    });
  });

  it("logs the VPC's traffic, and leaves its default security group without rules", () => {
    const graph = run.graph("up", "prod");
    const flowLog = graph.one("aws:ec2/flowLog:FlowLog");
    assert.deepEqual(inputs(flowLog, ["trafficType", "vpcId"]), {
      trafficType: "ALL",
      vpcId: graph.stack.outputs["vpcId"] ?? "",
    });
    assert.equal(graph.one("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"], 90);
    const { inputs: group } = graph.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.equal("ingress" in group || "egress" in group, false);
  });

  it("lets only this account's VPC flow logs assume the role that writes them", () => {
    const graph = run.graph("preview", "prod");
    const role = graph.one("aws:iam/role:Role", "web-store-flow-logs");
    assert.deepEqual(parsed<{ Statement: Values[] }>(role.inputs["assumeRolePolicy"]).Statement, [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": "123456789012" },
          ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:123456789012:vpc-flow-log/*" },
        },
      },
    ]);
  });

  it("allows shell access to an instance by Session Manager, and no other action in AWS", () => {
    const graph = run.graph("up", "prod");
    assert.equal(graph.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").length, 0);
    const policy = graph.one("aws:iam/rolePolicy:RolePolicy", "web-store-session-manager");
    const [statement, ...others] = parsed<{ Statement: Values[] }>(policy.inputs["policy"]).Statement;
    assert.deepEqual(others, []);
    assert.deepEqual(statement?.["Action"], [
      "ssm:UpdateInstanceInformation",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]);
  });

  it("routes every subnet to S3 without a NAT gateway", () => {
    const graph = run.graph("up", "prod");
    const tables = graph.ofType("aws:ec2/routeTable:RouteTable").map(({ outputs }) => outputs["id"] ?? "");
    const { inputs: endpoint } = graph.one("aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.equal(endpoint["vpcEndpointType"], "Gateway");
    assert.equal(endpoint["serviceName"], "com.amazonaws.eu-west-1.s3");
    assert.deepEqual([...(endpoint["routeTableIds"] as Value[])].sort(), tables.sort());
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

  it("requests an ECDSA key and DNS validation from ACM, and waits a quarter of an hour for it", () => {
    const certificate = run.graph("preview", "prod").one("aws:acm/certificate:Certificate");
    assert.deepEqual(inputs(certificate, ["keyAlgorithm", "validationMethod"]), {
      keyAlgorithm: "EC_prime256v1",
      validationMethod: "DNS",
    });
    const validation = exported.find(({ type }) => type.endsWith(":CertificateValidation"));
    assert.deepEqual(validation?.customTimeouts, { create: 900 });
  });

  it("waits as long for instances to terminate as the load balancer drains them", () => {
    const group = exported.find(({ type }) => type === "aws:autoscaling/group:Group");
    // deregistrationDelaySeconds, 30, plus the provider's 10 minutes.
    assert.deepEqual(group?.customTimeouts, { update: 660, delete: 660 });
  });

  it("sends security headers with every response: HTTPS only, and restrictions for pages", () => {
    const https = run.graph("preview", "prod").one(LISTENER, "web-store-https");
    const headers = Object.entries(https.inputs).filter(([key]) => key.startsWith("routingHttpResponse"));
    assert.deepEqual(Object.fromEntries(headers), {
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
      routingHttpResponseContentSecurityPolicyHeaderValue:
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    });
  });

  it("drops invalid headers, rejects ambiguous requests, and is protected in prod", () => {
    const balancer = (stack: string): JsonResource => run.graph("up", stack).one(BALANCER);
    const keys = ["dropInvalidHeaderFields", "desyncMitigationMode", "enableDeletionProtection", "internal"];
    assert.deepEqual(inputs(balancer("prod"), keys), {
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
      enableDeletionProtection: true,
      internal: false,
    });
    assert.equal(balancer("dev").inputs["enableDeletionProtection"], false);
  });

  it("protects what cannot be restored from deletion and replacement by Pulumi in prod", () => {
    assert.deepEqual(
      exported.filter(({ protect }) => protect).map(({ urn }) => urn.split("$").at(-1)),
      [
        "aws:ec2/securityGroup:SecurityGroup::web-store-load-balancer",
        "aws:s3/bucket:Bucket::web-store-access-logs",
        "aws:lb/loadBalancer:LoadBalancer::web-store-alb",
      ],
    );
  });

  it("logs each request to its own bucket, which only load balancers may write to, over TLS only", () => {
    const graph = run.graph("preview", "prod");
    const bucket = String(graph.one("aws:s3/bucket:Bucket").inputs["bucket"]);
    const arn = `arn:aws:s3:::${bucket}`;
    const { inputs: policy } = graph.one("aws:s3/bucketPolicy:BucketPolicy");
    assert.deepEqual(parsed<Values>(policy["policy"])["Statement"], [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "LoadBalancersWriteLogs",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/access/AWSLogs/123456789012/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/*" },
        },
      },
    ]);
    const logs = run.graph("up", "prod").one(BALANCER).inputs["accessLogs"];
    assert.deepEqual(logs, { enabled: true, bucket, prefix: "access" });
  });

  it("keeps the bucket private, encrypts it so that ELB can write, and deletes expired logs", () => {
    const graph = run.graph("preview", "prod");
    const access = graph.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
    assert.deepEqual(Object.values(inputs(access, flags)), [true, true, true, true]);
    const encryption = graph.one(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );
    assert.deepEqual(encryption.inputs["rules"], [
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const lifecycle = graph.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
    const [rule] = lifecycle.inputs["rules"] as Values[];
    assert.deepEqual([rule?.["status"], rule?.["expiration"]], ["Enabled", { days: 365 }]);
    assert.equal(graph.one("aws:s3/bucket:Bucket").inputs["forceDestroy"], false);
    assert.equal(run.graph("preview", "dev").one("aws:s3/bucket:Bucket").inputs["forceDestroy"], true);
  });

  it("only redirects on port 80, permanently to HTTPS", () => {
    const http = run.graph("preview", "prod").one(LISTENER, "web-store-http-redirect");
    assert.deepEqual(inputs(http, ["protocol", "port", "defaultActions"]), {
      protocol: "HTTP",
      port: 80,
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
    });
  });

  it("checks each target's health, and replaces failing instances", () => {
    const graph = run.graph("preview", "prod");
    const { healthCheck } = graph.one("aws:lb/targetGroup:TargetGroup").inputs as { healthCheck: Values };
    assert.equal(healthCheck["path"], "/healthz");
    assert.ok(Number(healthCheck["timeout"]) < Number(healthCheck["interval"]));
    const group = graph.one(GROUP);
    assert.deepEqual(inputs(group, ["healthCheckType", "healthCheckGracePeriod"]), {
      healthCheckType: "ELB",
      healthCheckGracePeriod: 300,
    });
    assert.ok(
      sources(graph, group, "targetGroupArns").includes("aws:lb/targetGroup:TargetGroup web-store-instances"),
    );
  });

  it("leaves the desired capacity to scaling", () => {
    const group = run.graph("preview", "prod").one(GROUP);
    assert.equal("desiredCapacity" in group.inputs, false);
  });

  it("allows the world to reach the balancer, and only the balancer to reach the instances", () => {
    const graph = run.graph("up", "prod");
    const groups = new Map(
      graph.ofType("aws:ec2/securityGroup:SecurityGroup").map(({ name, outputs }) => [outputs["id"], name]),
    );
    const rules = [...graph.ofType(INGRESS), ...graph.ofType(EGRESS)].map(({ type, inputs: rule }) => {
      const { securityGroupId, referencedSecurityGroupId: peer, cidrIpv4, ...rest } = rule;
      const [protocol, from, to] = [rest["ipProtocol"], rest["fromPort"], rest["toPort"]];
      const direction = type === INGRESS ? "from" : "to";
      const other = peer === undefined ? cidrIpv4 : groups.get(peer);
      return [groups.get(securityGroupId ?? null), direction, other, protocol, from, to].join(" ");
    });
    assert.deepEqual(rules.sort(), [
      "web-store-instance from web-store-load-balancer tcp 8080 8080",
      "web-store-instance to 0.0.0.0/0 tcp 443 443",
      "web-store-load-balancer from 0.0.0.0/0 tcp 443 443",
      "web-store-load-balancer from 0.0.0.0/0 tcp 80 80",
      "web-store-load-balancer to web-store-instance tcp 8080 8080",
    ]);
    assert.equal(graph.ofType("aws:ec2/securityGroupRule:SecurityGroupRule").length, 0);
    for (const { inputs: group } of graph.ofType("aws:ec2/securityGroup:SecurityGroup")) {
      assert.equal("ingress" in group || "egress" in group, false);
    }
  });

  it("keeps instances and their metadata private, and their disks encrypted", () => {
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

  it("spreads over instance types in the configured order, all on demand", () => {
    const group = run.graph("up", "prod").one(GROUP);
    const policy = group.inputs["mixedInstancesPolicy"] as Values;
    const template = policy["launchTemplate"] as Values;
    assert.deepEqual(template["overrides"], [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }]);
    assert.deepEqual(policy["instancesDistribution"], {
      onDemandPercentageAboveBaseCapacity: 100,
      onDemandAllocationStrategy: "prioritized",
    });
    assert.equal("launchTemplate" in group.inputs, false);
  });

  it("replaces instances by starting the new one first, without a rollback that AWS cannot keep", () => {
    const { inputs: group } = run.graph("up", "prod").one(GROUP);
    const percentages = { minHealthyPercentage: 100, maxHealthyPercentage: 150 };
    assert.deepEqual(group["instanceMaintenancePolicy"], percentages);
    assert.deepEqual(group["instanceRefresh"], { strategy: "Rolling", preferences: percentages });
    assert.equal(group["maxInstanceLifetime"], 30 * 24 * 60 * 60);
  });

  it("pins the launch template's version, so that a changed template is rolled out", () => {
    const graph = run.graph("up", "dev");
    const { launchTemplate } = graph.one(GROUP).inputs as { launchTemplate: Values };
    assert.equal(launchTemplate["version"], "1");
    assert.ok(sources(graph, graph.one(GROUP), "launchTemplate").length === 1);
  });

  it("gives each resource a readable name in the console", () => {
    const graph = run.graph("up", "prod");
    const nameOf = (type: string): unknown => (graph.one(type).inputs["tags"] as Values)["Name"];
    assert.equal(nameOf(BALANCER), "web-store-elastic-load-balancer");
    const tags = graph.one(GROUP).inputs["tags"] as Values[];
    assert.deepEqual(
      tags.map(({ key, value, propagateAtLaunch }) => [key, value, propagateAtLaunch]),
      [
        ["Project", "web-store", true],
        ["Stack", "prod", true],
        ["ManagedBy", "Pulumi", true],
        ["Name", "web-store-backend-ec2-instance", true],
      ],
    );
  });

  it("places dev in two zones with one NAT gateway, and prod in three with a gateway in each", () => {
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

  it("outputs its addresses", () => {
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

  it("has no name longer than AWS allows", () => {
    for (const type of ["aws:lb/loadBalancer:LoadBalancer", "aws:lb/targetGroup:TargetGroup"]) {
      const name = String(run.graph("up", "prod").one(type).inputs["name"]);
      assert.ok(name.length <= 32, name);
    }
  });
});
