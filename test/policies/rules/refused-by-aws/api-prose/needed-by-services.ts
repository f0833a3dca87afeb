import type { NEEDED_BY_SERVICES } from "../../../../../policies/rules/refused-by-aws/api-prose/needed-by-services";
import { UNKNOWN } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";
import type { Refused } from "./refused";

const PASSWORDS = "manageMasterUserPassword, password and passwordWo";
const ACTIONS = "expiration, noncurrentVersionExpiration, noncurrentVersionTransitions and transitions";

/** By line of NEEDED_BY_SERVICES. */
export const NEEDED_BY_SERVICES_REFUSED: Readonly<Record<keyof typeof NEEDED_BY_SERVICES, Refused>> = {
  "function-package": [
    [
      { runtime: "nodejs24.x" },
      'handler is left out; AWS needs it where packageType is "Zip", which it is unless it is set',
    ],
    [
      { packageType: "Image", handler: "index.handler" },
      'imageUri is left out; AWS needs it where packageType is "Image"',
    ],
    [{ packageType: "Image", imageUri: UNKNOWN }],
    [{ packageType: UNKNOWN }],
  ],
  "event-source": [
    [
      { topics: ["orders"] },
      "eventSourceArn and selfManagedEventSource are both left out; AWS takes one of them",
    ],
    [
      { eventSourceArn: "arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/orders" },
      "startingPosition is left out; AWS needs it",
    ],
    [
      { eventSourceArn: UNKNOWN, startingPosition: "AT_TIMESTAMP" },
      'startingPositionTimestamp is left out; AWS needs it where startingPosition is "AT_TIMESTAMP"',
    ],
    [{ eventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders" }],
    [
      {
        selfManagedEventSource: { endpoints: { KAFKA_BOOTSTRAP_SERVERS: "kafka.example.com:9092" } },
        topics: ["orders"],
        startingPosition: "TRIM_HORIZON",
      },
    ],
  ],
  "service-task": [
    [{ desiredCount: 2 }, "taskDefinition is left out; AWS needs it"],
    [
      { deploymentController: { type: "CODE_DEPLOY" }, taskDefinition: "" },
      "taskDefinition is left out; AWS needs it",
    ],
    [{ deploymentController: { type: "EXTERNAL" } }],
    [{ deploymentController: { type: UNKNOWN } }],
  ],
  "database-parts": [
    [
      { engine: "postgres", allocatedStorage: 20 },
      "username is left out; AWS needs it",
      `${PASSWORDS} are all left out; AWS takes one of them`,
    ],
    [
      {
        engine: "mysql",
        allocatedStorage: 20,
        username: "store",
        password: "twelve-marmots",
        manageMasterUserPassword: true,
      },
      "manageMasterUserPassword and password are both set; AWS takes one of them",
    ],
    [
      {
        engine: "mysql",
        allocatedStorage: 20,
        username: "store",
        password: "twelve-marmots",
        passwordWo: "twelve-marmots",
        manageMasterUserPassword: true,
      },
      "manageMasterUserPassword and password and passwordWo are all set; AWS takes one of them",
    ],
    ...["replicateSourceDb", "restoreToPointInTime", "s3Import", "snapshotIdentifier"].map(
      (from): Refused[number] => [{ [from]: UNKNOWN, instanceClass: "db.m8g.large" }],
    ),
  ],
  "database-monitoring": [
    [
      { snapshotIdentifier: "a", monitoringInterval: 20 },
      'monitoringInterval is 20; AWS takes "0", "1", "5", "10", "15", "30", "60"',
      "monitoringRoleArn is left out; AWS needs it with a monitoringInterval",
    ],
    [{ snapshotIdentifier: "a", monitoringInterval: 0 }],
    [{ snapshotIdentifier: "a", monitoringInterval: 60, monitoringRoleArn: UNKNOWN }],
  ],
  "database-zone": [
    [
      { snapshotIdentifier: "a", multiAz: true, availabilityZone: "eu-west-1a" },
      "availabilityZone is set and multiAz is true; AWS takes one of them",
    ],
    [{ snapshotIdentifier: "a", multiAz: false, availabilityZone: "eu-west-1a" }],
  ],
  "node-group-sizes": [
    [
      { scalingConfig: { minSize: 3, desiredSize: 2, maxSize: 1 } },
      "scalingConfig.minSize is 3 and desiredSize is 2; AWS takes minSize, desiredSize and maxSize in ascending order",
      "scalingConfig.desiredSize is 2 and maxSize is 1; AWS takes minSize, desiredSize and maxSize in ascending order",
    ],
    [{ scalingConfig: { minSize: 0, desiredSize: UNKNOWN, maxSize: 1 } }],
  ],
  "node-group-template": [
    [
      { launchTemplate: { id: "lt-0a1b2c3d", version: "1" }, diskSize: 50, remoteAccess: { ec2SshKey: "a" } },
      "diskSize and launchTemplate are both set; AWS takes the former in the template then",
      "remoteAccess and launchTemplate are both set; AWS takes the former in the template then",
    ],
    [{ diskSize: 50 }],
  ],
  "scalable-target": [
    [
      {
        serviceNamespace: "dynamodb",
        scalableDimension: "ecs:service:DesiredCount",
        minCapacity: 4,
        maxCapacity: 2,
      },
      "minCapacity is 4 and maxCapacity is 2; minCapacity must not be greater",
      "scalableDimension is of another service than serviceNamespace; AWS takes those of one service",
    ],
    [
      {
        serviceNamespace: "custom-resource",
        scalableDimension: "custom-resource:ResourceType:Property",
        minCapacity: 2,
        maxCapacity: 2,
      },
    ],
    [{ serviceNamespace: "ec2", scalableDimension: "ec2:spot-fleet-request:TargetCapacity" }],
    ...[
      ["ecs", "store/web"],
      ["dynamodb", "orders"],
      ["lambda", "function:store"],
      ["rds", "orders"],
    ].map(([serviceNamespace, resourceId]): readonly [Props, string] => [
      { serviceNamespace, resourceId },
      "resourceId is another string (not shown, as it may be secret); AWS takes service/CLUSTER/SERVICE of ECS, table/TABLE of DynamoDB, function:NAME:ALIAS of Lambda or cluster:NAME of RDS",
    ]),
    ...[
      ["ecs", "service/store/web"],
      ["dynamodb", "table/orders/index/by-day"],
      ["lambda", "function:store:live"],
      ["rds", "cluster:orders"],
      ["ec2", "spot-fleet-request/sfr-1"],
    ].map(([serviceNamespace, resourceId]): readonly [Props] => [{ serviceNamespace, resourceId }]),
  ],
  "database-cluster-user": [
    [
      { engine: "aurora-mysql" },
      "masterUsername is left out; AWS needs it",
      "manageMasterUserPassword, masterPassword and masterPasswordWo are all left out; AWS takes one of them",
    ],
    ...[
      "globalClusterIdentifier",
      "replicationSourceIdentifier",
      "restoreToPointInTime",
      "s3Import",
      "snapshotIdentifier",
    ].map((from): Refused[number] => [{ engine: "aurora-mysql", [from]: UNKNOWN }]),
  ],
  "table-capacity": [
    [
      { hashKey: "id", readCapacity: 5 },
      'writeCapacity is left out; AWS needs it where billingMode is "PROVISIONED", which it is unless it is set',
    ],
    [{ billingMode: "PAY_PER_REQUEST" }, "hashKey is left out; AWS needs it"],
    ...["restoreBackupArn", "restoreSourceName", "restoreSourceTableArn"].map((from): Refused[number] => [
      { [from]: UNKNOWN },
    ]),
    [{ hashKey: "id", billingMode: UNKNOWN }],
  ],
  "lifecycle-action": [
    [
      { rules: [{ id: "old", status: "Enabled" }] },
      `abortIncompleteMultipartUpload, ${ACTIONS} are all left out in rules[0]; AWS takes one at least of them`,
    ],
    [
      {
        rules: [
          { id: "parts", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
        ],
      },
    ],
    [{ rules: [{ id: "old", status: "Enabled", expiration: UNKNOWN }] }],
  ],
  "bucket-lifecycle-action": [
    [
      { lifecycleRules: [{ enabled: true, prefix: "logs/", transitions: [] }] },
      `abortIncompleteMultipartUploadDays, ${ACTIONS} are all left out in lifecycleRules[0]; AWS takes one at least of them`,
    ],
    [{ lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] }],
  ],
  "website-answer": [
    [
      { errorDocument: { key: "404.html" } },
      "indexDocument and redirectAllRequestsTo are both left out; AWS takes one of them",
    ],
    [{ redirectAllRequestsTo: { hostName: "www.example.com" } }],
  ],
  "health-check-target": [
    [
      { type: "HTTPS", port: 443 },
      'fqdn and ipAddress are both left out; AWS needs one of them where type is "HTTPS"',
    ],
    [
      { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "errors" },
      'cloudwatchAlarmRegion is left out; AWS needs it where type is "CLOUDWATCH_METRIC"',
    ],
    [
      { type: "RECOVERY_CONTROL" },
      'routingControlArn is left out; AWS needs it where type is "RECOVERY_CONTROL"',
    ],
    [{ type: "TCP", ipAddress: "2001:db8::1", port: 443 }],
    [{ type: "HTTPS", ipAddress: "192.0.2.1", fqdn: "store.example.com" }],
    [{ type: "CALCULATED", childHealthThreshold: 1, childHealthchecks: UNKNOWN }],
  ],
  "event-rule": [
    [
      { description: "x" },
      "eventPattern and scheduleExpression are both left out; AWS takes one at least of them",
    ],
    [{ eventPattern: "{}", scheduleExpression: "rate(5 minutes)" }],
  ],
  "scheduled-capacity": [
    [
      { scalableTargetAction: {} },
      "maxCapacity and minCapacity are both left out in scalableTargetAction; AWS takes one at least of them",
    ],
    [{ scalableTargetAction: { minCapacity: 0 } }],
  ],
  "transfer-protocols": [
    [
      { protocols: ["SFTP", "FTP"] },
      'endpointType is "PUBLIC" and protocols has "FTP"; AWS takes "VPC" with it',
      'identityProviderType is "SERVICE_MANAGED" and protocols has "FTP"; AWS takes the others with it',
    ],
    [
      {
        protocols: ["FTP"],
        endpointType: "VPC",
        identityProviderType: "AWS_LAMBDA",
        endpointDetails: { addressAllocationIds: [UNKNOWN] },
      },
      'endpointDetails.addressAllocationIds is set and protocols has "FTP"; AWS takes no public address with it',
    ],
    [
      { protocols: ["FTPS"], endpointType: "VPC", identityProviderType: "API_GATEWAY" },
      "certificate is left out; AWS needs it",
    ],
    [{ protocols: ["SFTP"] }],
    [{ protocols: UNKNOWN }],
    [{ protocols: ["FTP"], endpointType: UNKNOWN, identityProviderType: UNKNOWN }],
  ],
  "certificate-names": [
    [
      { validationMethod: "DNS" },
      "domainName, privateKey and privateKeyWo are all left out; AWS takes one of them",
    ],
    [{ privateKey: UNKNOWN, certificateBody: UNKNOWN }],
  ],
  "secret-version": [
    [{}, "secretBinary, secretString and secretStringWo are all left out; AWS takes one of them"],
  ],
  "parameter-value": [
    [{ type: "String" }, "insecureValue, value and valueWo are all left out; AWS takes one of them"],
    [
      { type: "String", value: "a", insecureValue: "a" },
      "insecureValue and value are both set; AWS takes one of them",
    ],
  ],
  "resolver-rule": [
    [
      { ruleType: "FORWARD", targetIps: [{ ip: "10.0.0.2" }] },
      'resolverEndpointId is left out; AWS needs it where ruleType is "FORWARD"',
    ],
    [{ ruleType: "FORWARD", resolverEndpointId: UNKNOWN, targetIps: UNKNOWN }],
    [{ ruleType: "SYSTEM" }],
    [
      {
        ruleType: "FORWARD",
        resolverEndpointId: UNKNOWN,
        targetIps: [{ ip: "dns.example.com" }, { ipv6: "2001:db8::1" }],
      },
      "targetIps[0].ip is another string (not shown, as it may be secret); AWS takes an IPv4 address",
    ],
  ],
  "brokers-by-zone": [
    [
      { numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: [UNKNOWN, UNKNOWN] } },
      "numberOfBrokerNodes is 3 and brokerNodeGroupInfo.clientSubnets has 2; AWS takes a multiple of these",
    ],
    [{ numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: UNKNOWN } }],
  ],
  "node-group-update": [
    [
      { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 50 } },
      "maxUnavailable and maxUnavailablePercentage are both set in updateConfig; AWS takes one of them",
    ],
    [{ updateConfig: { maxUnavailablePercentage: 50 } }],
  ],
  "cluster-access": [
    [
      { version: "v1.34" },
      'version is another string (not shown, as it may be secret); AWS takes a minor version such as "1.34"',
    ],
    [
      { vpcConfig: { endpointPublicAccess: false } },
      "vpcConfig.endpointPrivateAccess and endpointPublicAccess are both false; AWS takes one at least of them",
    ],
    [{ vpcConfig: { endpointPrivateAccess: UNKNOWN, endpointPublicAccess: false } }],
    [{ vpcConfig: {} }],
    [{ version: "1.34" }],
  ],
  "fargate-selectors": [
    [{ selectors: [{}, {}, {}, {}, {}, {}] }, "selectors has 6 selectors; AWS takes 5 at most"],
    [{ selectors: [{}, {}, {}, {}, {}] }],
  ],
};
