import type { NEEDED_BY_SERVICES } from "../../../../../policies/rules/refused-by-aws/api-prose/needed-by-services";
import { UNKNOWN } from "../../../../support/pack";
import type { Props } from "../../../../support/rule-suite";
import type { Refused } from "./refused";

const PASSWORDS = "manageMasterUserPassword, password and passwordWo";
const ACTIONS = "expiration, noncurrentVersionExpiration, noncurrentVersionTransitions and transitions";

/** Refused inputs, by line of NEEDED_BY_SERVICES. */
export const NEEDED_BY_SERVICES_REFUSED: Readonly<Record<keyof typeof NEEDED_BY_SERVICES, Refused>> = {
  "function-package": [
    [{ runtime: "nodejs24.x" }, 'handler is not set; AWS requires it if packageType is "Zip", the default'],
    [
      { packageType: "Image", handler: "index.handler" },
      'imageUri is not set; AWS requires it if packageType is "Image"',
    ],
    [{ packageType: "Image", imageUri: UNKNOWN }],
    [{ packageType: UNKNOWN }],
  ],
  "event-source": [
    [
      { topics: ["orders"] },
      "neither eventSourceArn nor selfManagedEventSource is set; AWS requires one of them",
    ],
    [
      { eventSourceArn: "arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/orders" },
      "startingPosition is not set; AWS requires it",
    ],
    [
      { eventSourceArn: UNKNOWN, startingPosition: "AT_TIMESTAMP" },
      'startingPositionTimestamp is not set; AWS requires it if startingPosition is "AT_TIMESTAMP"',
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
    [{ desiredCount: 2 }, "taskDefinition is not set; AWS requires it"],
    [
      { deploymentController: { type: "CODE_DEPLOY" }, taskDefinition: "" },
      "taskDefinition is not set; AWS requires it",
    ],
    [{ deploymentController: { type: "EXTERNAL" } }],
    [{ deploymentController: { type: UNKNOWN } }],
  ],
  "database-parts": [
    [
      { engine: "postgres", allocatedStorage: 20 },
      "username is not set; AWS requires it",
      `none of ${PASSWORDS} is set; AWS requires one of them`,
    ],
    [
      {
        engine: "mysql",
        allocatedStorage: 20,
        username: "store",
        password: "twelve-marmots",
        manageMasterUserPassword: true,
      },
      "manageMasterUserPassword and password are both set; AWS allows only one of them",
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
      "manageMasterUserPassword and password and passwordWo are all set; AWS allows only one of them",
    ],
    ...["replicateSourceDb", "restoreToPointInTime", "s3Import", "snapshotIdentifier"].map(
      (from): Refused[number] => [{ [from]: UNKNOWN, instanceClass: "db.m8g.large" }],
    ),
  ],
  "database-monitoring": [
    [
      { snapshotIdentifier: "a", monitoringInterval: 20 },
      'monitoringInterval is 20; AWS allows "0", "1", "5", "10", "15", "30", "60"',
      "monitoringRoleArn is not set; AWS requires it if monitoringInterval is greater than 0",
    ],
    [{ snapshotIdentifier: "a", monitoringInterval: 0 }],
    [{ snapshotIdentifier: "a", monitoringInterval: 60, monitoringRoleArn: UNKNOWN }],
  ],
  "database-zone": [
    [
      { snapshotIdentifier: "a", multiAz: true, availabilityZone: "eu-west-1a" },
      "availabilityZone is set, but multiAz is true; AWS allows it only if multiAz is false",
    ],
    [{ snapshotIdentifier: "a", multiAz: false, availabilityZone: "eu-west-1a" }],
  ],
  "node-group-sizes": [
    [
      { scalingConfig: { minSize: 3, desiredSize: 2, maxSize: 1 } },
      "scalingConfig.minSize is 3, but desiredSize is 2; AWS requires minSize, desiredSize and maxSize in ascending order",
      "scalingConfig.desiredSize is 2, but maxSize is 1; AWS requires minSize, desiredSize and maxSize in ascending order",
    ],
    [{ scalingConfig: { minSize: 0, desiredSize: UNKNOWN, maxSize: 1 } }],
  ],
  "node-group-template": [
    [
      { launchTemplate: { id: "lt-0a1b2c3d", version: "1" }, diskSize: 50, remoteAccess: { ec2SshKey: "a" } },
      "diskSize and launchTemplate are both set; AWS allows diskSize only in the launch template",
      "remoteAccess and launchTemplate are both set; AWS allows remoteAccess only in the launch template",
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
      "minCapacity is 4, but maxCapacity is 2; minCapacity must not be greater",
      "scalableDimension and serviceNamespace name different services; AWS requires the same service in both",
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
      "resourceId is another string (not shown, as it may be secret); AWS allows service/CLUSTER/SERVICE for ECS, table/TABLE for DynamoDB, function:NAME:ALIAS for Lambda or cluster:NAME for RDS",
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
      "masterUsername is not set; AWS requires it",
      "none of manageMasterUserPassword, masterPassword and masterPasswordWo is set; AWS requires one of them",
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
      'writeCapacity is not set; AWS requires it if billingMode is "PROVISIONED", the default',
    ],
    [{ billingMode: "PAY_PER_REQUEST" }, "hashKey is not set; AWS requires it"],
    ...["restoreBackupArn", "restoreSourceName", "restoreSourceTableArn"].map((from): Refused[number] => [
      { [from]: UNKNOWN },
    ]),
    [{ hashKey: "id", billingMode: UNKNOWN }],
  ],
  "lifecycle-action": [
    [
      { rules: [{ id: "old", status: "Enabled" }] },
      `none of abortIncompleteMultipartUpload, ${ACTIONS} is set in rules[0]; AWS requires at least one of them`,
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
      `none of abortIncompleteMultipartUploadDays, ${ACTIONS} is set in lifecycleRules[0]; AWS requires at least one of them`,
    ],
    [{ lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] }],
  ],
  "website-answer": [
    [
      { errorDocument: { key: "404.html" } },
      "neither indexDocument nor redirectAllRequestsTo is set; AWS requires one of them",
    ],
    [{ redirectAllRequestsTo: { hostName: "www.example.com" } }],
  ],
  "health-check-target": [
    [
      { type: "HTTPS", port: 443 },
      'neither fqdn nor ipAddress is set; AWS requires one of them if type is "HTTPS"',
    ],
    [
      { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "errors" },
      'cloudwatchAlarmRegion is not set; AWS requires it if type is "CLOUDWATCH_METRIC"',
    ],
    [
      { type: "RECOVERY_CONTROL" },
      'routingControlArn is not set; AWS requires it if type is "RECOVERY_CONTROL"',
    ],
    [{ type: "TCP", ipAddress: "2001:db8::1", port: 443 }],
    [{ type: "HTTPS", ipAddress: "192.0.2.1", fqdn: "store.example.com" }],
    [{ type: "CALCULATED", childHealthThreshold: 1, childHealthchecks: UNKNOWN }],
  ],
  "event-rule": [
    [
      { description: "x" },
      "neither eventPattern nor scheduleExpression is set; AWS requires at least one of them",
    ],
    [{ eventPattern: "{}", scheduleExpression: "rate(5 minutes)" }],
  ],
  "scheduled-capacity": [
    [
      { scalableTargetAction: {} },
      "neither maxCapacity nor minCapacity is set in scalableTargetAction; AWS requires at least one of them",
    ],
    [{ scalableTargetAction: { minCapacity: 0 } }],
  ],
  "transfer-protocols": [
    [
      { protocols: ["SFTP", "FTP"] },
      'endpointType is "PUBLIC", but protocols contains "FTP"; AWS requires "VPC" for this protocol',
      'identityProviderType is "SERVICE_MANAGED", but protocols contains "FTP"; AWS requires another type for this protocol',
    ],
    [
      {
        protocols: ["FTP"],
        endpointType: "VPC",
        identityProviderType: "AWS_LAMBDA",
        endpointDetails: { addressAllocationIds: [UNKNOWN] },
      },
      'endpointDetails.addressAllocationIds is set, but protocols contains "FTP"; AWS allows no public address for this protocol',
    ],
    [
      { protocols: ["FTPS"], endpointType: "VPC", identityProviderType: "API_GATEWAY" },
      "certificate is not set; AWS requires it",
    ],
    [{ protocols: ["SFTP"] }],
    [{ protocols: UNKNOWN }],
    [{ protocols: ["FTP"], endpointType: UNKNOWN, identityProviderType: UNKNOWN }],
  ],
  "certificate-names": [
    [
      { validationMethod: "DNS" },
      "none of domainName, privateKey and privateKeyWo is set; AWS requires one of them",
    ],
    [{ privateKey: UNKNOWN, certificateBody: UNKNOWN }],
  ],
  "secret-version": [
    [{}, "none of secretBinary, secretString and secretStringWo is set; AWS requires one of them"],
  ],
  "parameter-value": [
    [{ type: "String" }, "none of insecureValue, value and valueWo is set; AWS requires one of them"],
    [
      { type: "String", value: "a", insecureValue: "a" },
      "insecureValue and value are both set; AWS allows only one of them",
    ],
  ],
  "resolver-rule": [
    [
      { ruleType: "FORWARD", targetIps: [{ ip: "10.0.0.2" }] },
      'resolverEndpointId is not set; AWS requires it if ruleType is "FORWARD"',
    ],
    [{ ruleType: "FORWARD", resolverEndpointId: UNKNOWN, targetIps: UNKNOWN }],
    [{ ruleType: "SYSTEM" }],
    [
      {
        ruleType: "FORWARD",
        resolverEndpointId: UNKNOWN,
        targetIps: [{ ip: "dns.example.com" }, { ipv6: "2001:db8::1" }],
      },
      "targetIps[0].ip is another string (not shown, as it may be secret); AWS allows an IPv4 address",
    ],
  ],
  "brokers-by-zone": [
    [
      { numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: [UNKNOWN, UNKNOWN] } },
      "numberOfBrokerNodes is 3, but brokerNodeGroupInfo.clientSubnets has 2 elements; AWS requires a multiple of 2",
    ],
    [{ numberOfBrokerNodes: 3, brokerNodeGroupInfo: { clientSubnets: UNKNOWN } }],
  ],
  "node-group-update": [
    [
      { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 50 } },
      "maxUnavailable and maxUnavailablePercentage are both set in updateConfig; AWS allows only one of them",
    ],
    [{ updateConfig: { maxUnavailablePercentage: 50 } }],
  ],
  "cluster-access": [
    [
      { version: "v1.34" },
      'version is another string (not shown, as it may be secret); AWS allows a minor version such as "1.34"',
    ],
    [
      { vpcConfig: { endpointPublicAccess: false } },
      "vpcConfig.endpointPrivateAccess and endpointPublicAccess are both false; AWS requires at least one of them to be true",
    ],
    [{ vpcConfig: { endpointPrivateAccess: UNKNOWN, endpointPublicAccess: false } }],
    [{ vpcConfig: {} }],
    [{ version: "1.34" }],
  ],
  "fargate-selectors": [
    [{ selectors: [{}, {}, {}, {}, {}, {}] }, "selectors has 6 selectors; AWS allows at most 5"],
    [{ selectors: [{}, {}, {}, {}, {}] }],
  ],
};
