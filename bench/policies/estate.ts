import { type TestResource, UNKNOWN, urnOf } from "../../test/support/pack";

/**
 * How a pack sees references between resources: unknown, with dependencies only, as in a preview of resources that are
 * yet to be created; or known, as after an update.
 */
export type Stage = "preview" | "up";

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";

/**
 * A stack of many stores in one VPC that complies with all our rules. Each store has a load balancer with its
 * listeners, rule, target group, security groups and their rules, an Auto Scaling group with launch template and
 * schedule, a bucket with its related resources, and alarms. All share a VPC and a log bucket, which is the worst case
 * for a rule that compares each resource with all others.
 *
 * @param count number of resources, 10 or more
 */
export function estate(count: number, stage: Stage): TestResource[] {
  const resources = new Resources(stage);
  const vpc = resources.add("aws:ec2/vpc:Vpc", "shared", { cidrBlock: "10.0.0.0/16" });
  const logs = resources.add("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
  const gateway = resources.add("aws:ec2/internetGateway:InternetGateway", "shared", { vpcId: id(vpc) });
  resources.add("aws:ec2/flowLog:FlowLog", "shared", {
    vpcId: id(vpc),
    trafficType: "REJECT",
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::logs-of-flows",
  });
  resources.add("aws:s3/bucketPolicy:BucketPolicy", "logs", {
    bucket: id(logs),
    policy: tlsOnly("logs", LOGS),
  });
  resources.add(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "logs",
    { bucket: id(logs), rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
  );
  for (let store = 0; resources.all.length < count; store++)
    addStore(resources, { vpc, logs, gateway }, store);
  return resources.all.slice(0, count);
}

/** A value that another resource computes. */
interface Reference {
  readonly to: TestResource;
  readonly value: string;
}

class Resources {
  readonly all: TestResource[] = [];

  constructor(private readonly stage: Stage) {}

  /**
   * Adds a resource; replaces each {@link Reference} among its properties, at any depth, with its value at the stage.
   */
  add(
    type: string,
    name: string,
    props: Readonly<Record<string, unknown>>,
    ...waitsFor: readonly TestResource[]
  ): TestResource {
    const propertyDependencies = Object.fromEntries(
      Object.entries(props).map(([property, value]) => [property, [...new Set(sourcesOf(value))]]),
    );
    const known = this.settle(props) as Record<string, unknown>;
    const ids = { id: idOf(type, name), arn: arnOf(type, name) };
    const computed = this.stage === "up" ? ids : { id: UNKNOWN, arn: UNKNOWN };
    const dependencies = waitsFor.map(urnOf);
    const resource = { type, name, props: { ...known, ...computed }, propertyDependencies, dependencies };
    this.all.push(resource);
    return resource;
  }

  private settle(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((element) => this.settle(element));
    if (typeof value !== "object" || value === null) return value;
    if (isReference(value)) return this.stage === "up" ? value.value : UNKNOWN;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.settle(inner)]));
  }
}

function isReference(value: object): value is Reference {
  return "to" in value && "value" in value;
}

function sourcesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return isReference(value) ? [urnOf(value.to)] : Object.values(value).flatMap(sourcesOf);
}

/** The prefixes of ids for types whose ids AWS checks. */
const PREFIXES: Readonly<Record<string, string>> = {
  SecurityGroup: "sg",
  LaunchTemplate: "lt",
  InternetGateway: "igw",
};

function idOf(type: string, name: string): string {
  const kind = type.split(":")[2] ?? "";
  return `${PREFIXES[kind] ?? kind.toLowerCase()}-${name}`;
}

function arnOf(type: string, name: string): string {
  const [module, kind] = type.split(/[:/]/).slice(1);
  const service = module === "lb" ? "elasticloadbalancing" : module;
  const resource = module === "lb" ? `${kind?.toLowerCase()}/app/${name}/50dc6c495c0c9188` : idOf(type, name);
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

const id = (to: TestResource): Reference => ({ to, value: idOf(to.type, to.name ?? "") });
const arn = (to: TestResource): Reference => ({ to, value: arnOf(to.type, to.name ?? "") });

const HEALTH_CHECK = {
  enabled: true,
  protocol: "HTTP",
  path: "/healthz",
  matcher: "200",
  port: "traffic-port",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

/** The resources that all stores share. */
type Shared = Readonly<Record<"vpc" | "logs" | "gateway", TestResource>>;

function addStore(resources: Resources, { vpc, logs, gateway }: Shared, store: number): void {
  const add = (
    type: string,
    role: string,
    props: object,
    ...waitsFor: readonly TestResource[]
  ): TestResource =>
    resources.add(
      type,
      `s${store}-${role}`,
      { ...props, tags: { store: `s${store}`, owner: "shop" } },
      ...waitsFor,
    );

  const subnets = ["a", "b"].map((zone, index) =>
    add("aws:ec2/subnet:Subnet", `subnet-${zone}`, {
      vpcId: id(vpc),
      cidrBlock: subnetRange(2 * store + index),
      availabilityZone: `${REGION}${zone}`,
    }),
  );
  const [front, back] = ["balancer", "instance"].map((role) =>
    add("aws:ec2/securityGroup:SecurityGroup", role, { vpcId: id(vpc), description: `Of the ${role}` }),
  ) as [TestResource, TestResource];
  const rule = { ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "HTTPS" };
  const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  add(INGRESS, "balancer-from-world", { ...rule, securityGroupId: id(front), cidrIpv4: "0.0.0.0/0" });
  add(INGRESS, "instance-from-balancer", {
    ...rule,
    fromPort: 8080,
    toPort: 8080,
    description: "The store",
    securityGroupId: id(back),
    referencedSecurityGroupId: id(front),
  });
  add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "balancer-to-instance", {
    ...rule,
    fromPort: 8080,
    toPort: 8080,
    description: "The store",
    securityGroupId: id(front),
    referencedSecurityGroupId: id(back),
  });

  const balancer = add(
    "aws:lb/loadBalancer:LoadBalancer",
    "alb",
    {
      loadBalancerType: "application",
      internal: false,
      subnets: subnets.map(id),
      securityGroups: [id(front)],
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "strictest",
      enableDeletionProtection: true,
      accessLogs: { enabled: true, bucket: id(logs), prefix: `access-${store}` },
      connectionLogs: { enabled: true, bucket: id(logs), prefix: `connections-${store}` },
    },
    gateway,
  );
  const targets = add("aws:lb/targetGroup:TargetGroup", "targets", {
    vpcId: id(vpc),
    targetType: "instance",
    protocol: "HTTP",
    port: 8080,
    deregistrationDelay: 30,
    healthCheck: HEALTH_CHECK,
  });
  const forward = { type: "forward", targetGroupArn: arn(targets) };
  const https = add("aws:lb/listener:Listener", "https", {
    loadBalancerArn: arn(balancer),
    protocol: "HTTPS",
    port: 443,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    certificateArn: `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/01234567-89ab-cdef-0123-456789abcdef`,
    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
    defaultActions: [forward],
  });
  add("aws:lb/listener:Listener", "http", {
    loadBalancerArn: arn(balancer),
    protocol: "HTTP",
    port: 80,
    defaultActions: [
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ],
  });
  add("aws:lb/listenerRule:ListenerRule", "orders", {
    listenerArn: arn(https),
    priority: 10,
    conditions: [{ pathPattern: { values: ["/orders/*"] } }],
    actions: [forward],
  });

  const template = add("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "m7g.large",
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: [id(back)] }],
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 20 } }],
  });
  const group = add("aws:autoscaling/group:Group", "group", {
    minSize: 2,
    maxSize: 6,
    vpcZoneIdentifiers: subnets.map(id),
    targetGroupArns: [arn(targets)],
    healthCheckType: "ELB",
    healthCheckGracePeriod: 120,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: id(template), version: "1" },
        overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }],
      },
    },
    instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 100 } },
  });
  add("aws:autoscaling/schedule:Schedule", "morning", {
    autoscalingGroupName: id(group),
    scheduledActionName: "morning",
    recurrence: "0 7 * * *",
    timeZone: "Europe/Berlin",
    minSize: 2,
    maxSize: 6,
    desiredCapacity: 4,
  });

  const bucket = add("aws:s3/bucket:Bucket", "assets", { bucket: `assets-${store}` });
  add("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "assets", {
    bucket: id(bucket),
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  add("aws:s3/bucketPolicy:BucketPolicy", "assets", {
    bucket: id(bucket),
    policy: tlsOnly(`assets-${store}`),
  });
  const metrics = { targets: "UnHealthyHostCount", balancer: "HTTPCode_ELB_5XX_Count" };
  for (const [role, metricName] of Object.entries(metrics)) {
    add("aws:cloudwatch/metricAlarm:MetricAlarm", `alarm-${role}`, {
      namespace: "AWS/ApplicationELB",
      metricName,
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluationPeriods: 2,
      alarmActions: [`arn:aws:sns:${REGION}:${ACCOUNT}:alarms`],
      dimensions: {
        LoadBalancer: { to: balancer, value: `app/s${store}/50dc6c495c0c9188` },
        ...(role === "targets"
          ? { TargetGroup: { to: targets, value: `targetgroup/s${store}/73e2d6bc` } }
          : {}),
      },
    });
  }
}

/** The subnets' ranges of 32 addresses each, in sequence in 10.0.0.0/16. */
function subnetRange(index: number): string {
  return `10.0.${index >> 3}.${(index & 7) * 32}/27`;
}

/** Lets Elastic Load Balancing write its logs to the log bucket. */
const LOGS = {
  Effect: "Allow",
  Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::logs/*",
};

function tlsOnly(bucket: string, ...more: readonly object[]): string {
  const Statement = [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    ...more,
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
