import type { FUNCTIONS } from "../../../../../policies/rules/refused-by-aws/api-prose/functions";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

/** Refused inputs, by line of FUNCTIONS. */
export const FUNCTIONS_REFUSED: Readonly<Record<keyof typeof FUNCTIONS, Refused>> = {
  "function-network": [
    [
      { handler: "a.b", runtime: "x", vpcConfig: { subnetIds: [UNKNOWN], securityGroupIds: [] } },
      "vpcConfig.subnetIds is set without securityGroupIds; AWS requires both together",
    ],
    [
      { handler: "a.b", runtime: "x", vpcConfig: { subnetIds: [], securityGroupIds: ["sg-0a1b2c3d"] } },
      "vpcConfig.securityGroupIds is set without subnetIds; AWS requires both together",
    ],
    [{ handler: "a.b", runtime: "x", vpcConfig: { subnetIds: [], securityGroupIds: [] } }],
    [{ handler: "a.b", runtime: "x", vpcConfig: { subnetIds: UNKNOWN, securityGroupIds: UNKNOWN } }],
  ],
  "function-image": [
    [{ packageType: "Image", runtime: "" }],
    [{ packageType: UNKNOWN, runtime: "nodejs24.x" }],
    [
      { packageType: "Image", runtime: "nodejs24.x" },
      'runtime is set, but packageType is "Image"; AWS allows it only with "Zip"',
    ],
  ],
  "snap-start": [
    [{ runtime: "python3.12", snapStart: { applyOn: "PublishedVersions" } }],
    [{ runtime: UNKNOWN, snapStart: { applyOn: "PublishedVersions" } }],
    [{ runtime: "nodejs24.x", snapStart: { applyOn: "None" } }],
    ...["nodejs24.x", "ruby3.4", "provided.al2023", "python3.11"].map(
      (runtime) =>
        [
          { runtime, snapStart: { applyOn: "PublishedVersions" } },
          `snapStart.applyOn is "PublishedVersions", but runtime is "${runtime}"; AWS allows it only with Java, Python 3.12 or newer, and .NET 8 or newer`,
        ] as const,
    ),
  ],
  "provisioned-concurrency": [
    [{ qualifier: "3" }],
    [
      { qualifier: "$LATEST" },
      "qualifier is another string (not shown, as it may be secret); AWS allows a version number or an alias",
    ],
  ],
  "function-timeout": [
    [{ timeout: 901 }, "timeout is 901; AWS allows a whole number from 1 to 900"],
    [{ timeout: 900 }],
    [
      {
        timeout: 3600,
        capacityProviderConfig: {
          lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: UNKNOWN },
        },
      },
    ],
  ],
  "function-variables": [
    [
      { environment: { variables: { AWS_REGION: "eu-west-1", TITLE: "a" } } },
      "environment.variables contains AWS_REGION; AWS allows only names that Lambda does not reserve",
    ],
    [{ environment: { variables: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/a" } } }],
  ],
  "event-queue": [
    [
      {
        eventSourceArn: "arn:aws-cn:sqs:cn-north-1:123456789012:orders",
        batchSize: 11,
        startingPosition: "LATEST",
      },
      "startingPosition is set, but eventSourceArn is that of a queue; AWS allows it for streams only",
      "batchSize is 11, but maximumBatchingWindowInSeconds is not set; AWS allows more than 10 only with a window of at least one second",
    ],
    [{ eventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders", batchSize: 10 }],
    [{ eventSourceArn: UNKNOWN, batchSize: 100, startingPosition: "LATEST" }],
    [
      {
        eventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders.fifo",
        batchSize: 11,
        maximumBatchingWindowInSeconds: 5,
      },
      "batchSize is 11, but the queue is a FIFO queue; AWS allows at most 10",
      "maximumBatchingWindowInSeconds is set, but the queue is a FIFO queue; AWS allows it for standard queues only",
    ],
    [
      {
        eventSourceArn: "arn:aws:kinesis:eu-west-1:123456789012:stream/orders",
        batchSize: 500,
        startingPosition: "LATEST",
      },
    ],
  ],
  "event-filters": [
    [
      {
        eventSourceArn: UNKNOWN,
        filterCriteria: { filters: [{ pattern: "orders" }, { pattern: "{}" }, { pattern: UNKNOWN }] },
      },
      "filterCriteria.filters[0].pattern is another string (not shown, as it may be secret); AWS allows a JSON object",
    ],
  ],
  "event-pattern": [
    [
      { eventPattern: "orders" },
      "eventPattern is another string (not shown, as it may be secret); AWS allows a JSON object",
    ],
    [
      { scheduleExpression: "rate(1 day)", eventBusName: "store" },
      "scheduleExpression is set, but eventBusName is not default; AWS allows schedules only on the default event bus",
    ],
    [{ scheduleExpression: "rate(1 day)", eventBusName: "default" }],
    [{ scheduleExpression: "rate(1 day)", eventBusName: UNKNOWN }],
    [{ eventPattern: '{"source": ["a"]}', eventBusName: "store" }],
  ],
  "event-input": [
    [{ input: "nightly" }, "input is another string (not shown, as it may be secret); AWS allows JSON"],
    [{ input: '"nightly"' }],
    [{ input: UNKNOWN }],
  ],
  "flexible-window": [
    [
      { flexibleTimeWindow: { mode: "FLEXIBLE" } },
      'maximumWindowInMinutes is not set; AWS requires it if mode is "FLEXIBLE"',
    ],
    [
      { flexibleTimeWindow: { mode: "OFF" }, scheduleExpressionTimezone: "CET+1" },
      'scheduleExpressionTimezone is another string (not shown, as it may be secret); AWS allows the name of a time zone, such as "Europe/London"',
    ],
    [{ flexibleTimeWindow: { mode: "OFF" }, scheduleExpressionTimezone: "Europe/Berlin" }],
  ],
  "state-machine": [
    [
      { name: "my orders" },
      "name is another string (not shown, as it may be secret); AWS allows up to 80 letters, digits, - and _",
    ],
    [
      { definition: "A -> B" },
      "definition is another string (not shown, as it may be secret); AWS allows a JSON object with StartAt and States",
    ],
    [
      { definition: '{"States": {}}' },
      "definition is another string (not shown, as it may be secret); AWS allows a JSON object with StartAt and States",
    ],
    [{ definition: UNKNOWN }],
  ],
  "stream-mode": [
    [
      { streamModeDetails: { streamMode: "ON_DEMAND" }, shardCount: 1 },
      'shardCount is set, but streamModeDetails.streamMode is "ON_DEMAND"; AWS allows it only with "PROVISIONED"',
    ],
    [{ retentionPeriod: 12 }, "retentionPeriod is 12; AWS allows a whole number from 24 to 8760"],
    [{ streamModeDetails: { streamMode: "ON_DEMAND" } }],
    [{ retentionPeriod: 8760 }],
  ],
  "function-dead-letters": [
    [
      { deadLetterConfig: { targetArn: "arn:aws:s3:::store" } },
      "deadLetterConfig.targetArn is another string (not shown, as it may be secret); AWS allows the ARN of a queue or topic",
    ],
    [{ deadLetterConfig: { targetArn: "arn:aws-cn:sns:cn-north-1:123456789012:a" } }],
  ],
  "delivery-destination": [
    [
      { destination: "s3" },
      'destination is "s3"; AWS allows "elasticsearch", "extended_s3", "http_endpoint", "iceberg", "opensearch", "opensearchserverless", "redshift", "snowflake", "splunk"',
    ],
    [{ destination: "http_endpoint" }],
  ],
};
