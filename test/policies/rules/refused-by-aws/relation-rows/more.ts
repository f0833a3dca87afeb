import {
  API_DOMAIN,
  AUTO_SCALING_GROUP,
  CERTIFICATE,
  ECS_SERVICE,
  INGRESS_RULE,
  LAUNCH_TEMPLATE,
  MULTITENANT_DISTRIBUTION,
  SECURITY_GROUP,
  TASK_DEFINITION,
  WEB_ACL,
} from "../../../../../policies/resources";
import {
  DATABASE_INSTANCE,
  EGRESS_RULE,
  EVENT_SOURCE_MAPPING,
  HTTP_API,
  QUEUE,
  TABLE,
  TOPIC,
  TOPIC_SUBSCRIPTION,
  WEB_ACL_RULE,
} from "../../../../../policies/rules/refused-by-aws/api-prose/types";
import {
  API_MAPPING,
  DISTRIBUTION_TENANT,
} from "../../../../../policies/rules/refused-by-aws/relations/types";
import { type TestResource, UNKNOWN } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";
import { make, type Row } from "./row";

const queue = (name: string, fifoQueue: unknown, to: Parameters<typeof make>[3] = {}): TestResource =>
  make(QUEUE, name, { fifoQueue }, to);
const reads = (of: TestResource, props: Props): TestResource =>
  make(EVENT_SOURCE_MAPPING, "x", props, { eventSourceArn: of });
const topic = (fifoTopic: unknown): TestResource => make(TOPIC, "orders", { fifoTopic });
const subscribes = (protocol: string, of: TestResource): TestResource =>
  make(TOPIC_SUBSCRIPTION, "x", { protocol }, { topic: of });

const group = make(SECURITY_GROUP, "web");
const other = make(SECURITY_GROUP, "other");
const rule = (name: string, props: Props, of = group, type: readonly string[] = INGRESS_RULE): TestResource =>
  make(type, name, { ipProtocol: "tcp", fromPort: 443, toPort: 443, ...props }, { securityGroupId: of });

const acl = make(WEB_ACL, "acl");
const wafRule = (name: string, priority: unknown, of = acl): TestResource =>
  make(WEB_ACL_RULE, name, { priority }, { webAclArn: of });

const template = (marketType: unknown): TestResource =>
  make(LAUNCH_TEMPLATE, "t", { instanceMarketOptions: { marketType } });
const mixed = (of: TestResource): TestResource =>
  make(
    AUTO_SCALING_GROUP,
    "x",
    {
      mixedInstancesPolicy: {
        launchTemplate: { launchTemplateSpecification: { launchTemplateId: UNKNOWN } },
      },
    },
    { mixedInstancesPolicy: of },
  );

const task = make(TASK_DEFINITION, "task", {
  containerDefinitions: JSON.stringify([
    { name: "web", portMappings: [{ name: "http", containerPort: 8080 }, { containerPort: 9090 }] },
    { name: "log" },
  ]),
});
const offers = (portName: unknown): TestResource =>
  make(
    ECS_SERVICE,
    "x",
    { serviceConnectConfiguration: { enabled: true, services: [{ portName }] } },
    { taskDefinition: task },
  );

const api = make(HTTP_API, "api");
const domain = (securityPolicy: unknown): TestResource => make(API_DOMAIN, "domain", { securityPolicy });
const maps = (of: TestResource): TestResource => make(API_MAPPING, "x", {}, { apiId: api, domainName: of });

const replica = (backupRetentionPeriod: unknown): TestResource[] => {
  const source = make(DATABASE_INSTANCE, "source", { identifier: UNKNOWN, backupRetentionPeriod });
  return [source, make(DATABASE_INSTANCE, "x", {}, { replicateSourceDb: source })];
};
const table = (regionName: unknown): TestResource => ({
  ...make(TABLE, "x", { replicas: [{ regionName: "us-east-1" }, { regionName }] }),
  region: "eu-west-1",
});

const certificate = (region: string): TestResource => ({
  ...make(CERTIFICATE, "tls", { privateKey: "x" }),
  region,
});
const tenants = (of: TestResource): TestResource[] => [
  of,
  make(
    MULTITENANT_DISTRIBUTION,
    "x",
    { viewerCertificate: { acmCertificateArn: UNKNOWN } },
    { viewerCertificate: of },
  ),
];
const tenant = (arn: string): TestResource =>
  make(DISTRIBUTION_TENANT, "x", { customizations: { certificate: { arn } } });
const ARN = "123456789012:certificate/01234567-89ab";

/** Rows about messages, rules, data, and other references to a resource of the wrong kind. */
export const REFUSED: readonly Row[] = [
  [
    "a large batch of a FIFO queue",
    [queue("q", true), reads(queue("q", true), { batchSize: 100, maximumBatchingWindowInSeconds: 5 })],
    "x",
    "batchSize is 100, but the queue is a FIFO queue; AWS allows at most 10",
  ],
  [
    "a large batch of a queue without a window",
    [queue("q", null), reads(queue("q", null), { batchSize: 100 })],
    "x",
    "batchSize is 100, but maximumBatchingWindowInSeconds is not set; AWS allows more than 10 only with a window of at least one second",
  ],
  [
    "nothing for a large batch with a window",
    [queue("q", false), reads(queue("q", false), { batchSize: 100, maximumBatchingWindowInSeconds: 5 })],
  ],
  [
    "a standard dead-letter queue of a FIFO queue",
    [queue("failed", false), queue("x", true, { redrivePolicy: queue("failed", false) })],
    "x",
    'It is a FIFO queue, but its dead-letter queue "failed" is not; AWS requires queues of the same kind',
  ],
  [
    "a FIFO dead-letter queue of a standard queue",
    [queue("failed", true), queue("x", null, { redrivePolicy: queue("failed", true) })],
    "x",
    'It is a standard queue, but its dead-letter queue "failed" is not; AWS requires queues of the same kind',
  ],
  [
    "nothing for queues of the same kind",
    [queue("failed", true), queue("x", true, { redrivePolicy: queue("failed", true) })],
  ],
  [
    "e-mail from a FIFO topic",
    [topic(true), subscribes("email", topic(true))],
    "x",
    'protocol is "email", but topic "orders" is a FIFO topic; AWS allows only queues for it',
  ],
  ["nothing for e-mail from a standard topic", [topic(null), subscribes("email", topic(null))]],
  ["nothing for a queue of a FIFO topic", [topic(true), subscribes("sqs", topic(true))]],
  ...[INGRESS_RULE, EGRESS_RULE].map((type): Row => [
    `the same rule twice, as ${type[0]}`,
    [
      group,
      rule("first", { cidrIpv4: "10.0.0.0/16" }, group, type),
      rule("x", { cidrIpv4: "10.0.0.0/16", fromPort: "443", ipProtocol: "TCP" }, group, type),
    ],
    "x",
    'It repeats rule "first" of the same security group; one of them must be removed',
  ]),
  [
    "the same rule twice, from one security group",
    [
      group,
      other,
      ...["first", "x"].map((name) =>
        make(
          INGRESS_RULE,
          name,
          { ipProtocol: "-1" },
          { securityGroupId: group, referencedSecurityGroupId: other },
        ),
      ),
    ],
    "x",
    'It repeats rule "first" of the same security group; one of them must be removed',
  ],
  [
    "nothing for rules with other groups, ports or sources",
    [
      group,
      other,
      rule("a", { cidrIpv4: "10.0.0.0/16" }),
      rule("b", { cidrIpv4: "10.0.0.0/16" }, other),
      rule("c", { cidrIpv4: "10.0.0.0/16", toPort: 444 }),
      rule("d", { cidrIpv4: UNKNOWN }),
      rule("e", { cidrIpv4: UNKNOWN }),
    ],
  ],
  [
    "the same priority for two rules of a web ACL",
    [acl, wafRule("first", 1), wafRule("x", "1")],
    "x",
    'priority is 1, which rule "first" of the same web ACL already has; it must be unique',
  ],
  [
    "nothing for different priorities, or for another web ACL",
    [acl, make(WEB_ACL, "two"), wafRule("a", 1), wafRule("b", 2), wafRule("c", 1, make(WEB_ACL, "two"))],
  ],
  [
    "a mixed policy with a template for Spot Instances",
    [template("spot"), mixed(template("spot"))],
    "x",
    'Launch template "t" requests Spot Instances with instanceMarketOptions; the group\'s mixedInstancesPolicy must do so instead',
  ],
  ["nothing for a template with an unknown market type", [template(UNKNOWN), mixed(template(UNKNOWN))]],
  [
    "a port that the task doesn't name",
    [task, offers("web")],
    "x",
    'serviceConnectConfiguration.services[0].portName is not the name of a port in task definition "task"; it must be that of one of its portMappings',
  ],
  ["nothing for a port that the task names", [task, offers("http")]],
  ["nothing for an unknown port", [task, offers(UNKNOWN)]],
  [
    "an HTTP API with a domain name whose policy HTTP APIs don't support",
    [api, domain("SecurityPolicy_TLS13_1_3_2025_09"), maps(domain("SecurityPolicy_TLS13_1_3_2025_09"))],
    "x",
    'It maps API "api" to domain name "domain", whose securityPolicy begins with "SecurityPolicy_"; AWS allows only REST APIs for such a domain name',
  ],
  [
    "nothing for an HTTP API with a domain name whose policy they support",
    [api, domain("TLS_1_2"), maps(domain("TLS_1_2"))],
  ],
  [
    "a copy of a database without backups",
    replica(0),
    "x",
    'backupRetentionPeriod of its source "source" is 0; it must be at least 1',
  ],
  ["nothing for a copy of a database with backups", replica(7)],
  ["nothing for a copy of a database with AWS's default backups", replica(null)],
  [
    "a copy of a table in its own Region",
    [table("eu-west-1")],
    "x",
    "replicas[1].regionName is eu-west-1, the table's own Region; it must be another Region",
  ],
  [
    "nothing for copies in other or unknown Regions",
    [table("eu-central-1"), { ...table(UNKNOWN), name: "y" }],
  ],
  [
    "a multi-tenant distribution's certificate outside us-east-1",
    tenants(certificate("eu-west-1")),
    "x",
    'Certificate "tls" is in eu-west-1; it must be in us-east-1',
  ],
  ["nothing for a multi-tenant distribution's certificate in us-east-1", tenants(certificate("us-east-1"))],
  [
    "a tenant's certificate outside us-east-1, by its ARN",
    [tenant(`arn:aws:acm:eu-west-1:${ARN}`)],
    "x",
    'the Region of customizations.certificate.arn is "eu-west-1"; it must be "us-east-1"',
  ],
  ["nothing for a tenant's certificate in us-east-1", [tenant(`arn:aws:acm:us-east-1:${ARN}`)]],
];
