import assert from "node:assert/strict";
import { PROSE } from "../../../../policies/rules/refused-by-aws/api-prose";
import { NEEDED } from "../../../../policies/rules/refused-by-aws/api-prose/needed";
import { NEEDED_BY_SERVICES } from "../../../../policies/rules/refused-by-aws/api-prose/needed-by-services";
import * as types from "../../../../policies/rules/refused-by-aws/api-prose/types";
import { RuleSuite, assertSilence, type Props } from "../../../support/rule-suite";
import { secret, UNKNOWN } from "../../../support/pack";
import { documentsOfSdk } from "../../../support/sdk-properties";
import { tokensOf } from "../../../support/type-tokens";
import { REFUSED } from "./api-prose";

/** The SDK modules that serve each kind of resource. */
const MODULES = {
  EGRESS_RULE: ["aws/vpc/securityGroupEgressRule"],
  NAT_GATEWAY: ["aws/ec2/natGateway"],
  NETWORK_ACL_RULE: ["aws/ec2/networkAclRule"],
  NETWORK_ACL: ["aws/ec2/networkAcl"],
  ROUTE: ["aws/ec2/route"],
  ROUTE_TABLE: ["aws/ec2/routeTable"],
  ROUTE_TABLE_ASSOCIATION: ["aws/ec2/routeTableAssociation"],
  VOLUME: ["aws/ebs/volume"],
  LIFECYCLE_HOOK: ["aws/autoscaling/lifecycleHook"],
  SCALING_POLICY: ["aws/autoscaling/policy"],
  SERVICE_SCALING_POLICY: ["aws/appautoscaling/policy"],
  SERVICE_SCHEDULED_ACTION: ["aws/appautoscaling/scheduledAction"],
  DASHBOARD: ["aws/cloudwatch/dashboard"],
  ALARM_MUTE_RULE: ["aws/cloudwatch/alarmMuteRule"],
  LOG_GROUP: ["aws/cloudwatch/logGroup"],
  SCHEDULER_SCHEDULE: ["aws/scheduler/schedule"],
  QUEUE: ["aws/sqs/queue"],
  TOPIC: ["aws/sns/topic"],
  TOPIC_SUBSCRIPTION: ["aws/sns/topicSubscription"],
  ROLE: ["aws/iam/role"],
  ROLE_POLICY: ["aws/iam/rolePolicy"],
  MANAGED_POLICY: ["aws/iam/policy"],
  USER_POLICY: ["aws/iam/userPolicy"],
  GROUP_POLICY: ["aws/iam/groupPolicy"],
  QUEUE_POLICY: ["aws/sqs/queuePolicy"],
  TOPIC_POLICY: ["aws/sns/topicPolicy"],
  ECS_CLUSTER: ["aws/ecs/cluster"],
  SCALABLE_TARGET: ["aws/appautoscaling/target"],
  FUNCTION: ["aws/lambda/function"],
  EVENT_SOURCE_MAPPING: ["aws/lambda/eventSourceMapping"],
  KMS_ALIAS: ["aws/kms/alias"],
  KMS_KEY: ["aws/kms/key"],
  SECRET: ["aws/secretsmanager/secret"],
  SECRET_VERSION: ["aws/secretsmanager/secretVersion"],
  PARAMETER: ["aws/ssm/parameter"],
  TABLE: ["aws/dynamodb/table"],
  DATABASE_INSTANCE: ["aws/rds/instance"],
  DATABASE_CLUSTER: ["aws/rds/cluster"],
  OBJECT: ["aws/s3/bucketObject", "aws/s3/bucketObjectv2", "aws/s3/objectCopy"],
  BUCKET_METRIC: ["aws/s3/bucketMetric"],
  BUCKET_LIFECYCLE: ["aws/s3/bucketLifecycleConfiguration", "aws/s3/bucketLifecycleConfigurationV2"],
  TRANSFER_SERVER: ["aws/transfer/server"],
  ZONE: ["aws/route53/zone"],
  WAF_LOGGING: ["aws/wafv2/webAclLoggingConfiguration"],
  CACHE_CLUSTER: ["aws/elasticache/cluster"],
  CACHE_GROUP: ["aws/elasticache/replicationGroup"],
  DATABASE_CLUSTER_INSTANCE: ["aws/rds/clusterInstance"],
  DOCUMENT_CLUSTER: ["aws/docdb/cluster"],
  GRAPH_CLUSTER: ["aws/neptune/cluster"],
  MEMORY_CLUSTER: ["aws/memorydb/cluster"],
  MESSAGE_BROKER: ["aws/mq/broker"],
  WAREHOUSE: ["aws/redshift/cluster"],
  API_AUTHORIZER: ["aws/apigatewayv2/authorizer"],
  API_STAGE: ["aws/apigatewayv2/stage"],
  API_ROUTE: ["aws/apigatewayv2/route"],
  HTTP_API: ["aws/apigatewayv2/api"],
  GRAPHQL_API: ["aws/appsync/graphQLApi"],
  GRAPHQL_SOURCE: ["aws/appsync/dataSource"],
  REST_METHOD: ["aws/apigateway/method"],
  REST_RESOURCE: ["aws/apigateway/resource"],
  USER_POOL: ["aws/cognito/userPool"],
  DATA_STREAM: ["aws/kinesis/stream"],
  STATE_MACHINE: ["aws/sfn/stateMachine"],
  BACKUP_PLAN: ["aws/backup/plan"],
  BATCH_ENVIRONMENT: ["aws/batch/computeEnvironment"],
  BATCH_JOB: ["aws/batch/jobDefinition"],
  CRAWLER: ["aws/glue/crawler"],
  FILE_SYSTEM: ["aws/efs/fileSystem"],
  GLUE_JOB: ["aws/glue/job"],
  GLUE_TRIGGER: ["aws/glue/trigger"],
  KEY_PAIR: ["aws/ec2/keyPair"],
  MAINTENANCE_WINDOW: ["aws/ssm/maintenanceWindow"],
  TRAIL: ["aws/cloudtrail/trail"],
  BUCKET_CORS: ["aws/s3/bucketCorsConfiguration", "aws/s3/bucketCorsConfigurationV2"],
  BUCKET_ENCRYPTION: [
    "aws/s3/bucketServerSideEncryptionConfiguration",
    "aws/s3/bucketServerSideEncryptionConfigurationV2",
  ],
  CACHE_POLICY: ["aws/cloudfront/cachePolicy"],
  VPC_ENDPOINT: ["aws/ec2/vpcEndpoint"],
  IP_SET: ["aws/wafv2/ipSet"],
  BROKERS: ["aws/msk/cluster"],
  RESOLVER_RULE: ["aws/route53/resolverRule"],
  DATABASE_GROUP: ["aws/rds/parameterGroup", "aws/rds/clusterParameterGroup"],
  ASSOCIATION: ["aws/ssm/association"],
  SERVERLESS_CACHE: ["aws/elasticache/serverlessCache"],
  FARGATE_PROFILE: ["aws/eks/fargateProfile"],
  IMAGE_LIFECYCLE: ["aws/ecr/lifecyclePolicy"],
  DELIVERY_STREAM: ["aws/kinesis/firehoseDeliveryStream"],
  USER_POOL_DOMAIN: ["aws/cognito/userPoolDomain"],
  USER_POOL_CLIENT: ["aws/cognito/userPoolClient"],
  REPLICATION_INSTANCE: ["aws/dms/replicationInstance"],
  CANARY: ["aws/synthetics/canary"],
  PROVISIONED_CONCURRENCY: ["aws/lambda/provisionedConcurrencyConfig"],
  CAPACITY_PROVIDER: ["aws/ecs/capacityProvider"],
  WEB_ACL_RULE: ["aws/wafv2/webAclRule"],
  PATTERN_SET: ["aws/wafv2/regexPatternSet"],
  BUCKET_VERSIONING: ["aws/s3/bucketVersioning", "aws/s3/bucketVersioningV2"],
} as const satisfies Readonly<Record<keyof typeof types, readonly string[]>>;

describe("api-prose", () => {
  const suite = new RuleSuite("api-prose");

  for (const [name, line] of Object.entries(PROSE)) {
    const refused = REFUSED[name as keyof typeof PROSE];
    const isWhole = name in NEEDED || name in NEEDED_BY_SERVICES;
    for (const type of line.types) {
      it(`accepts the example of ${name} for ${type}, also if it is unknown, null or secret`, async () => {
        for (const change of [
          (value: unknown) => value,
          () => UNKNOWN,
          () => null,
          (value: unknown) => secret(value),
        ]) {
          const problems = await suite.sentencesOf({
            type,
            props: changed(line.example, change, name) as Props,
          });
          assert.deepEqual(
            // An example for something else has only some of the properties.
            problems.filter((problem) => (isWhole && change(0) !== null) || !isOfNone(problem)),
            [],
          );
        }
      });
    }

    it(`refuses the values that ${name} rules out`, async () => {
      const [type] = line.types;
      assert.ok(refused.length > 0);
      for (const [props, ...says] of refused) {
        const problems = await suite.sentencesOf({ type, props });
        assert.deepEqual(
          problems.filter(
            (problem) =>
              problem.endsWith(`(${line.source}).`) && (isWhole || says.some(isOfNone) || !isOfNone(problem)),
          ),
          says.map((text) => `${text} (${line.source}).`),
        );
        await assertSilence([{ type, props }], ([resource]) => suite.pack().analyze(resource!));
      }
    });
  }

  it("passes properties that are not set", async () => {
    for (const { types } of Object.values(PROSE)) {
      for (const type of types) {
        const problems = await suite.sentencesOf({ type, props: {} });
        assert.deepEqual(
          problems.filter((problem) => !isOfNone(problem) && !/conditions has no element/.test(problem)),
          [],
          type,
        );
      }
    }
  });

  it("accepts a document as an object wherever the SDK does", async () => {
    const documents = documentsOfSdk();
    assert.ok(documents.length >= 10, String(documents.length));
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", Principal: "*" };
    for (const [type, property] of documents) {
      const props = { [property]: { Version: "2012-10-17", Statement: [statement], rules: [{}] } };
      const { findings } = await suite.pack().analyze({ type, props });
      assert.deepEqual(
        findings.filter(({ message }) => message.includes(`${property} is an object`)),
        [],
      );
    }
  });

  it("gives examples without empty values", () => {
    for (const [name, { example }] of Object.entries(PROSE)) assert.deepEqual(emptyIn(example, name), []);
  });

  it("uses the SDK's type tokens, including aliases", () => {
    for (const [table, modules] of Object.entries(MODULES)) {
      assert.deepEqual([...types[table as keyof typeof MODULES]].sort(), tokensOf(...modules), table);
    }
  });

  it("refuses a problem beside null and unknown values", async () => {
    const [type = ""] = PROSE["inline-rule-description"].types;
    const ingress = [UNKNOWN, { description: UNKNOWN }, null, { description: "50%" }];
    assert.equal((await suite.sentencesOf({ type, props: { ingress, egress: UNKNOWN } })).length, 1);
  });
});

/** Whether the problem is that AWS requires a property that is not set. */
function isOfNone(problem: string): boolean {
  return /^(neither|none of) .+ is set|^\S+ is not set; AWS requires it\b/.test(problem);
}

/** Blocks whose mere presence is the setting. */
const BARE = ["none", "block"];

/** The places in an example where a text, list or block is empty. */
function emptyIn(value: unknown, place: string): string[] {
  if (value === "") return [place];
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value);
  if (inner.length === 0) return [place];
  return inner
    .filter(([key]) => !BARE.includes(key))
    .flatMap(([key, one]) => emptyIn(one, `${place}.${key}`));
}

/** Lines for which a missing value alone is a problem. */
const WHOLE = [
  "balancer-subnets",
  "scheduled-action",
  "dns-names",
  "record-kind",
  "record-routing",
  "record-values",
  "waf-actions",
  "waf-rule-action",
  "waf-rate-window",
  "alarm-statistic",
  "health-check-search",
  "role-policy-sizes",
];

/** Copies of an example, with each scalar in it changed. */
function changed(value: unknown, change: (value: unknown) => unknown, line: string): unknown {
  if (change(0) === null && WHOLE.includes(line)) return value;
  if (Array.isArray(value)) return value.map((element) => changed(element, change, line));
  if (typeof value !== "object" || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change, line)]));
}
