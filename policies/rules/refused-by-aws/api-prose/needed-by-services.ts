import { isIPv4 } from "node:net";
import {
  BUCKET,
  BUCKET_WEBSITE,
  CERTIFICATE,
  ECS_SERVICE,
  EVENT_RULE,
  FUNCTION,
  HEALTH_CHECK,
  NODE_GROUP,
} from "../../../resources";
import { isList, isTrue, read, readList } from "../../../read";
import { readEach } from "../../../read-each";
import { EKS_CLUSTER } from "../relations/types";
import { oneOf, scalar, text, wholeNumber } from "../known";
import { atMost, each, expecting, form, isSet } from "./line";
import type { Line } from "./line";
import { needs, needsAll, needsFor, unless } from "./needs";
import { orderProblems } from "./sizes";
import {
  BROKERS,
  BUCKET_LIFECYCLE,
  DATABASE_CLUSTER,
  DATABASE_INSTANCE,
  EVENT_SOURCE_MAPPING,
  FARGATE_PROFILE,
  PARAMETER,
  RESOLVER_RULE,
  SCALABLE_TARGET,
  SECRET_VERSION,
  SERVICE_SCHEDULED_ACTION,
  TABLE,
  TRANSFER_SERVER,
} from "./types";

const RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const EKS = "https://docs.aws.amazon.com/eks/latest/APIReference";
const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/api";
const S3 = "https://docs.aws.amazon.com/AmazonS3/latest/API";

/** Actions of a lifecycle rule, by their names in both the bucket and the separate resource. */
const ACTIONS = ["expiration", "noncurrentVersionExpiration", "noncurrentVersionTransitions", "transitions"];

/** The endpoint of a health check that sends requests. */
const ENDPOINT = [["fqdn", "ipAddress"]];

/** By namespace of Application Auto Scaling, the form of resource IDs. */
const RESOURCES: Readonly<Record<string, RegExp>> = {
  dynamodb: /^table\//,
  ecs: /^service\/[^/]+\/[^/]+$/,
  lambda: /^function:[^:]+:[^:]+$/,
  rds: /^cluster:/,
};

/** Whether one kind of access to a cluster's API is disabled. */
function isFalse(props: unknown, property: string, unsaid: boolean): boolean {
  const reading = read(props, ["vpcConfig", property]);
  return reading.kind === "absent" ? !unsaid : reading.kind === "known" && scalar(reading.value) === "false";
}

/** Event sources that are read from a starting position. */
const STREAM = /^arn:[^:]+:(dynamodb|kinesis):/;

/** Like `NEEDED`, for services other than networking, EC2 and Auto Scaling; also combinations of their properties. */
export const NEEDED_BY_SERVICES = {
  "function-package": {
    types: FUNCTION,
    problems: needsFor("packageType", "Zip", { Zip: ["handler", "runtime"], Image: ["imageUri"] }),
    example: { handler: "index.handler", runtime: "nodejs24.x" },
    source: `${LAMBDA}/API_CreateFunction.html`,
  },
  "event-source": {
    types: EVENT_SOURCE_MAPPING,
    problems: (props) => [
      ...needs("one", ["eventSourceArn", "selfManagedEventSource"])(props),
      ...(STREAM.test(text(read(props, ["eventSourceArn"])) ?? "")
        ? needsAll(["startingPosition"])(props)
        : []),
      ...needsFor("startingPosition", "", { AT_TIMESTAMP: ["startingPositionTimestamp"] })(props),
    ],
    example: {
      eventSourceArn: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
      startingPosition: "LATEST",
    },
    source: `${LAMBDA}/API_CreateEventSourceMapping.html`,
  },
  "service-task": {
    types: ECS_SERVICE,
    // A service with an external deployment controller has its tasks in task sets.
    problems: (props) =>
      read(props, ["deploymentController", "type"]).kind === "absent" ||
      ["ECS", "CODE_DEPLOY"].includes(text(read(props, ["deploymentController", "type"])) ?? "")
        ? needsAll(["taskDefinition"])(props)
        : [],
    example: { taskDefinition: "store:7" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  },
  "database-parts": {
    types: DATABASE_INSTANCE,
    problems: unless(
      ["replicateSourceDb", "restoreToPointInTime", "s3Import", "snapshotIdentifier"],
      needsAll(["allocatedStorage", "engine", "username"]),
      needs("one", ["manageMasterUserPassword", "password", "passwordWo"]),
    ),
    example: { engine: "postgres", allocatedStorage: 20, username: "store", manageMasterUserPassword: true },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-monitoring": {
    types: DATABASE_INSTANCE,
    problems: (props) => [
      ...each(
        ["monitoringInterval"],
        expecting(oneOf(["0", "1", "5", "10", "15", "30", "60"], ["\\d{1,9}"])),
      )(props),
      (wholeNumber(read(props, ["monitoringInterval"])) ?? 0) > 0 && !isSet(props, "monitoringRoleArn")
        ? "monitoringRoleArn is not set; AWS requires it if monitoringInterval is greater than 0"
        : undefined,
    ],
    example: {
      replicateSourceDb: "store-orders",
      monitoringInterval: 60,
      monitoringRoleArn: "arn:aws:iam::123456789012:role/rds-monitoring",
    },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "database-zone": {
    types: DATABASE_INSTANCE,
    problems: (props) => [
      isTrue(read(props, ["multiAz"])) && isSet(props, "availabilityZone")
        ? "availabilityZone is set, but multiAz is true; AWS allows it only if multiAz is false"
        : undefined,
    ],
    example: { replicateSourceDb: "store-orders", multiAz: true },
    source: `${RDS}/API_CreateDBInstance.html`,
  },
  "node-group-sizes": {
    types: NODE_GROUP,
    problems: (props) => {
      const sizes = ["minSize", "desiredSize", "maxSize"].map((name) => ({
        name,
        size: wholeNumber(read(props, ["scalingConfig", name])),
      }));
      return sizes.slice(1).map(({ name, size }, index) => {
        const { name: lower, size: least } = sizes[index]!;
        return size !== undefined && least !== undefined && least > size
          ? `scalingConfig.${lower} is ${least}, but ${name} is ${size}; AWS requires minSize, desiredSize and maxSize in ascending order`
          : undefined;
      });
    },
    example: { scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 6 } },
    source: `${EKS}/API_NodegroupScalingConfig.html`,
  },
  "node-group-update": {
    types: NODE_GROUP,
    problems: needs("at most one", ["maxUnavailable", "maxUnavailablePercentage"], "updateConfig"),
    example: { updateConfig: { maxUnavailable: 1 } },
    source: `${EKS}/API_NodegroupUpdateConfig.html`,
  },
  "cluster-access": {
    types: EKS_CLUSTER,
    problems: (props) => [
      ...each(
        ["version"],
        form((version) => /^\d+\.\d+$/.test(version), 'a minor version such as "1.34"'),
      )(props),
      isFalse(props, "endpointPrivateAccess", false) && isFalse(props, "endpointPublicAccess", true)
        ? "vpcConfig.endpointPrivateAccess and endpointPublicAccess are both false; AWS requires at least one of them to be true"
        : undefined,
    ],
    example: { version: "1.34", vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
    source: `${EKS}/API_VpcConfigRequest.html`,
  },
  "fargate-selectors": {
    types: FARGATE_PROFILE,
    problems: each(["selectors"], atMost(5, "selectors")),
    example: { selectors: [{ namespace: "store" }] },
    source: `${EKS}/API_CreateFargateProfile.html`,
  },
  "node-group-template": {
    types: NODE_GROUP,
    problems: (props) =>
      ["diskSize", "remoteAccess"].map((property) =>
        isSet(props, "launchTemplate") && isSet(props, property)
          ? `${property} and launchTemplate are both set; AWS allows ${property} only in the launch template`
          : undefined,
      ),
    example: { launchTemplate: { id: "lt-0123456789abcdef0", version: "7" } },
    source: `${EKS}/API_CreateNodegroup.html`,
  },
  "scalable-target": {
    types: SCALABLE_TARGET,
    problems: (props) => {
      const sizes = ["minCapacity", "maxCapacity"].map(
        (name) => [name, wholeNumber(read(props, [name]))] as const,
      );
      const namespace = text(read(props, ["serviceNamespace"]));
      const dimension = text(read(props, ["scalableDimension"]));
      return [
        ...orderProblems(sizes),
        ...each(
          ["resourceId"],
          form(
            (id) => RESOURCES[namespace ?? ""]?.test(id) ?? true,
            "service/CLUSTER/SERVICE for ECS, table/TABLE for DynamoDB, function:NAME:ALIAS for Lambda or cluster:NAME for RDS",
          ),
        )(props),
        namespace !== undefined && dimension !== undefined && !dimension.startsWith(`${namespace}:`)
          ? "scalableDimension and serviceNamespace name different services; AWS requires the same service in both"
          : undefined,
      ];
    },
    example: {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      minCapacity: 2,
      maxCapacity: 8,
    },
    source:
      "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
  },
  "database-cluster-user": {
    types: DATABASE_CLUSTER,
    problems: unless(
      [
        "globalClusterIdentifier",
        "replicationSourceIdentifier",
        "restoreToPointInTime",
        "s3Import",
        "snapshotIdentifier",
      ],
      needsAll(["masterUsername"]),
      needs("one", ["manageMasterUserPassword", "masterPassword", "masterPasswordWo"]),
    ),
    example: { engine: "aurora-postgresql", masterUsername: "store", manageMasterUserPassword: true },
    source: `${RDS}/API_CreateDBCluster.html`,
  },
  "table-capacity": {
    types: TABLE,
    problems: unless(
      ["restoreBackupArn", "restoreSourceName", "restoreSourceTableArn"],
      needsFor("billingMode", "PROVISIONED", { PROVISIONED: ["readCapacity", "writeCapacity"] }),
      needsAll(["hashKey"]),
    ),
    example: { billingMode: "PAY_PER_REQUEST", hashKey: "id", attributes: [{ name: "id", type: "S" }] },
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  },
  "lifecycle-action": {
    types: BUCKET_LIFECYCLE,
    problems: needs("at least one", ["abortIncompleteMultipartUpload", ...ACTIONS], "rules.*"),
    example: { rules: [{ id: "old", status: "Enabled", expiration: { days: 90 } }] },
    source: `${S3}/API_LifecycleRule.html`,
  },
  "bucket-lifecycle-action": {
    types: BUCKET,
    problems: needs("at least one", ["abortIncompleteMultipartUploadDays", ...ACTIONS], "lifecycleRules.*"),
    example: { lifecycleRules: [{ enabled: true, expiration: { days: 90 } }] },
    source: `${S3}/API_LifecycleRule.html`,
  },
  "website-answer": {
    types: BUCKET_WEBSITE,
    problems: needs("one", ["indexDocument", "redirectAllRequestsTo"]),
    example: { indexDocument: { suffix: "index.html" } },
    source: `${S3}/API_WebsiteConfiguration.html`,
  },
  "health-check-target": {
    types: HEALTH_CHECK,
    problems: needsFor("type", "", {
      CLOUDWATCH_METRIC: ["cloudwatchAlarmName", "cloudwatchAlarmRegion"],
      HTTP: ENDPOINT,
      HTTP_STR_MATCH: ENDPOINT,
      HTTPS: ENDPOINT,
      HTTPS_STR_MATCH: ENDPOINT,
      RECOVERY_CONTROL: ["routingControlArn"],
      TCP: ENDPOINT,
    }),
    example: { type: "HTTPS", fqdn: "store.example.com" },
    source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
  },
  "event-rule": {
    types: EVENT_RULE,
    problems: needs("at least one", ["eventPattern", "scheduleExpression"]),
    example: { scheduleExpression: "rate(5 minutes)" },
    source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
  },
  "scheduled-capacity": {
    types: SERVICE_SCHEDULED_ACTION,
    problems: needs("at least one", ["maxCapacity", "minCapacity"], "scalableTargetAction"),
    example: { schedule: "cron(0 7 ? * MON-FRI *)", scalableTargetAction: { minCapacity: 4 } },
    source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTargetAction.html",
  },
  "transfer-protocols": {
    types: TRANSFER_SERVER,
    problems: transferProblems,
    example: {
      protocols: ["FTPS"],
      certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      endpointType: "VPC",
      identityProviderType: "AWS_LAMBDA",
    },
    source: "https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateServer.html",
  },
  "resolver-rule": {
    types: RESOLVER_RULE,
    problems: (props) => [
      ...needsFor("ruleType", "", { FORWARD: ["resolverEndpointId", "targetIps"] })(props),
      ...each(["targetIps.*.ip"], form(isIPv4, "an IPv4 address"))(props),
    ],
    example: { ruleType: "SYSTEM", domainName: "example.com" },
    source:
      "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html",
  },
  "brokers-by-zone": {
    types: BROKERS,
    problems: (props) => {
      const subnets = readList(props, ["brokerNodeGroupInfo", "clientSubnets"]);
      const nodes = wholeNumber(read(props, ["numberOfBrokerNodes"]));
      return [
        isList(subnets) && subnets.length > 0 && nodes !== undefined && nodes % subnets.length !== 0
          ? `numberOfBrokerNodes is ${nodes}, but brokerNodeGroupInfo.clientSubnets has ${subnets.length} elements; AWS requires a multiple of ${subnets.length}`
          : undefined,
      ];
    },
    example: {
      numberOfBrokerNodes: 2,
      brokerNodeGroupInfo: { clientSubnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] },
    },
    source: "https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html",
  },
  "certificate-names": {
    types: CERTIFICATE,
    problems: needs("one", ["domainName", "privateKey", "privateKeyWo"]),
    example: { domainName: "store.example.com", validationMethod: "DNS" },
    source: "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
  },
  "secret-version": {
    types: SECRET_VERSION,
    problems: needs("one", ["secretBinary", "secretString", "secretStringWo"]),
    example: { secretString: "…" },
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html",
  },
  "parameter-value": {
    types: PARAMETER,
    problems: needs("one", ["insecureValue", "value", "valueWo"]),
    example: { type: "String", value: "on" },
    source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html",
  },
} satisfies Readonly<Record<string, Line>>;

/**
 * AWS allows FTP, which is in clear text, inside a VPC only. FTP and FTPS need passwords, which service-managed
 * identities do not have.
 */
function transferProblems(props: unknown): (string | undefined)[] {
  const protocols = readEach(props, "protocols.*").map(({ reading }) => text(reading));
  const old = protocols.find((protocol) => protocol === "FTP" || protocol === "FTPS");
  if (old === undefined) return [];
  const wrong = (property: string, unsaid: string): boolean =>
    (isSet(props, property) ? text(read(props, [property])) : unsaid) === unsaid;
  return [
    wrong("endpointType", "PUBLIC")
      ? `endpointType is "PUBLIC", but protocols contains "${old}"; AWS requires "VPC" for this protocol`
      : undefined,
    wrong("identityProviderType", "SERVICE_MANAGED")
      ? `identityProviderType is "SERVICE_MANAGED", but protocols contains "${old}"; AWS requires another type for this protocol`
      : undefined,
    protocols.includes("FTP") && readEach(props, "endpointDetails.addressAllocationIds.*").length > 0
      ? 'endpointDetails.addressAllocationIds is set, but protocols contains "FTP"; AWS allows no public address for this protocol'
      : undefined,
    ...(protocols.includes("FTPS") ? needsAll(["certificate"])(props) : []),
  ];
}
