import { MILLION, type Charging } from "../charge";
import { databasePrice, HOURS, priceOf } from "../prices";

const table: Charging = (subject) => [
  ...((subject.text("billingMode") ?? "PROVISIONED") === "PROVISIONED"
    ? [
        subject.hourly(
          "write capacity units",
          "dynamoWriteCapacityHour",
          subject.number("writeCapacity") ?? 1,
        ),
        subject.hourly("read capacity units", "dynamoReadCapacityHour", subject.number("readCapacity") ?? 1),
      ]
    : [
        subject.metered("writeUnits", "write request units", "dynamoWriteUnitsMillion", MILLION),
        subject.metered("readUnits", "read request units", "dynamoReadUnitsMillion", MILLION),
      ]),
  subject.metered("storedGb", "storage", "dynamoGbMonth"),
  ...(subject.flag("pointInTimeRecovery.enabled") === true
    ? [subject.metered("storedGb", "point-in-time recovery", "dynamoRecoveryGbMonth")]
    : []),
];

const database: Charging = (subject) => {
  const [engine, type] = [subject.text("engine"), subject.text("instanceClass")];
  const size = subject.number("allocatedStorage") ?? 0;
  const isMultiZone = subject.flag("multiAz") === true;
  // gp2 without a storage type: https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/
  const storage = subject.text("storageType") ?? "gp2";
  const single =
    engine === undefined || type === undefined ? undefined : databasePrice(engine, type, subject.region);
  return [
    ...(isMultiZone
      ? [{ unknown: "there is no price for a database in several zones; its storage is counted" }]
      : [
          {
            description: `${type ?? "database"}, ${engine ?? "unknown engine"}`,
            price: single,
            quantity: HOURS,
          },
        ]),
    ...(storage === "gp2" || storage === "gp3"
      ? [
          {
            description: `${storage} storage`,
            price: priceOf(
              `database${isMultiZone ? "MultiZone" : ""}${storage === "gp2" ? "Gp2" : "Gp3"}GbMonth`,
              subject.region,
            ),
            quantity: size,
          },
        ]
      : [{ unknown: `there is no price for storage of type ${storage}` }]),
  ];
};

const bucket: Charging = (subject) => [
  subject.metered("storedGb", "storage, standard", "s3GbMonth"),
  subject.metered("putRequests", "PUT, COPY, POST and LIST requests", "s3PutRequests1k", 1000),
  subject.metered("getRequests", "GET and other requests", "s3GetRequests1k", 1000),
];

/** Services that store data, secrets and messages. */
export const DATA: Readonly<Record<string, Charging>> = {
  "s3/bucket": bucket,
  "s3/bucketMetric": () => [
    {
      unknown:
        "the number of metrics that S3 sends depends on the kinds of requests; each costs as much as a custom metric",
    },
  ],
  "dynamodb/table": table,
  // On demand, writes and reads are charged as well, and not counted here.
  "kinesis/stream": (subject) =>
    subject.text("streamModeDetails.streamMode") === "ON_DEMAND"
      ? [
          subject.hourly("stream on demand", "kinesisOnDemandHour"),
          { unknown: "there is no price for the data of a stream on demand" },
        ]
      : [subject.hourly("shards", "kinesisShardHour", subject.number("shardCount") ?? 1)],
  "rds/instance": database,
  "ecr/repository": (subject) => [subject.metered("storedGb", "images", "imageGbMonth")],
  "efs/fileSystem": (subject) =>
    subject.text("availabilityZoneName") === undefined
      ? [subject.metered("storedGb", "storage, standard", "fileSystemGbMonth")]
      : [{ unknown: "there is no price for storage in one zone" }],
  "kms/key": (subject) => [
    subject.monthly("key", "keyMonth"),
    subject.metered("requests", "requests", "keyRequests10k", 10_000),
  ],
  "secretsmanager/secret": (subject) => [
    subject.monthly("secret", "secretMonth"),
    subject.metered("requests", "requests", "secretRequests10k", 10_000),
  ],
  "ssm/parameter": (subject) =>
    subject.text("tier") === "Advanced"
      ? [subject.monthly("advanced parameter", "advancedParameterMonth")]
      : [],
  "sns/topic": (subject) =>
    subject.flag("fifoTopic") === true
      ? [{ unknown: "there is no price for FIFO topics" }]
      : [subject.metered("requests", "requests; deliveries aside", "snsRequestsMillion", MILLION)],
  "sqs/queue": (subject) => [
    subject.metered(
      "requests",
      "requests",
      subject.flag("fifoQueue") === true ? "sqsFifoRequestsMillion" : "sqsRequestsMillion",
      MILLION,
    ),
  ],
};
