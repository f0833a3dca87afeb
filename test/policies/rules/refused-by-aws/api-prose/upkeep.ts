import type { UPKEEP } from "../../../../../policies/rules/refused-by-aws/api-prose/upkeep";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

/** Refused inputs, by line of UPKEEP. */
export const UPKEEP_REFUSED: Readonly<Record<keyof typeof UPKEEP, Refused>> = {
  "parameter-name": [
    [
      { value: "a", name: "/store/my title" },
      'name is another string (not shown, as it may be secret); AWS allows letters, digits, and .-_/, a slash first if there is one, no "aws" or "ssm" at the beginning',
    ],
    [
      { value: "a", name: "store/title" },
      'name is another string (not shown, as it may be secret); AWS allows letters, digits, and .-_/, a slash first if there is one, no "aws" or "ssm" at the beginning',
    ],
    [
      { value: "a", name: "aws-title" },
      'name is another string (not shown, as it may be secret); AWS allows letters, digits, and .-_/, a slash first if there is one, no "aws" or "ssm" at the beginning',
    ],
    [{ value: "a", name: "title.1" }],
    [
      { value: "a", name: "/SSM/title" },
      'name is another string (not shown, as it may be secret); AWS allows letters, digits, and .-_/, a slash first if there is one, no "aws" or "ssm" at the beginning',
    ],
    [{ value: "a", name: "/awsome/title" }],
    [{ value: "a", name: "/store/aws/title" }],
    [{ value: "a", name: UNKNOWN }],
  ],
  "parameter-size": [
    [
      { value: long(4097), tier: "Standard" },
      'value has 4097 bytes, but tier is "Standard"; AWS allows at most 4,096',
    ],
    [{ value: long(4097), tier: "Advanced" }],
    [{ value: long(4097) }],
  ],
  "maintenance-window": [
    [
      { schedule: UNKNOWN, duration: 2, cutoff: 2 },
      "cutoff is 2, but duration is 2; AWS requires a cutoff below the duration",
    ],
    [{ schedule: UNKNOWN, duration: 1, cutoff: 0 }],
  ],
  "secret-name": [
    [
      { name: "my secret" },
      "name is another string (not shown, as it may be secret); AWS allows letters, digits, and /_+=.@-",
    ],
    [{ name: "store/db+1=a.b@c_d-e" }],
  ],
  "secret-rotation": [
    [
      { rotationRules: { automaticallyAfterDays: 30, scheduleExpression: "rate(10 days)" } },
      "automaticallyAfterDays and scheduleExpression are both set in rotationRules; AWS allows only one of them",
    ],
    [
      { rotationRules: { duration: "2h" } },
      "neither automaticallyAfterDays nor scheduleExpression is set in rotationRules; AWS requires one of them",
    ],
    [{ rotationRules: UNKNOWN }],
  ],
  "backup-lifecycle": [
    [
      {
        rules: [
          {
            lifecycle: { coldStorageAfter: 30, deleteAfter: 60 },
            copyActions: [{ lifecycle: { coldStorageAfter: 1, deleteAfter: 90 } }],
          },
        ],
      },
      "rules[0].lifecycle.deleteAfter is 60, but coldStorageAfter is 30; AWS requires at least 90 days more",
      "rules[0].copyActions[0].lifecycle.deleteAfter is 90, but coldStorageAfter is 1; AWS requires at least 90 days more",
    ],
    [{ rules: [{ lifecycle: { deleteAfter: 7 } }] }],
    [{ rules: [{ lifecycle: { coldStorageAfter: 0, deleteAfter: 7 } }] }],
  ],
  "crawler-targets": [
    [
      { role: "a" },
      "none of catalogTargets, deltaTargets, dynamodbTargets, hudiTargets, icebergTargets, jdbcTargets, mongodbTargets and s3Targets is set; AWS requires at least one of them",
    ],
    [{ catalogTargets: UNKNOWN }],
  ],
  "job-capacity": [
    [
      { maxCapacity: 2, workerType: "G.1X", numberOfWorkers: 2 },
      "maxCapacity and workerType are both set; AWS allows only one of them",
      "maxCapacity and numberOfWorkers are both set; AWS allows only one of them",
    ],
    [{ maxCapacity: 0.0625 }],
  ],
  "trigger-schedule": [
    [{ type: "SCHEDULED" }, 'schedule is not set; AWS requires it if type is "SCHEDULED"'],
    [{ type: "CONDITIONAL" }, 'predicate is not set; AWS requires it if type is "CONDITIONAL"'],
    [{ type: "ON_DEMAND" }],
  ],
  "batch-environment": [
    [{ computeResources: { type: "SPOT" } }, 'instanceTypes is not set; AWS requires it if type is "SPOT"'],
    [{ computeResources: { type: "FARGATE" } }],
    [{ type: "UNMANAGED" }],
  ],
  "batch-job": [
    [
      { containerProperties: "nginx", retryStrategy: { attempts: 11 } },
      "containerProperties is another string (not shown, as it may be secret); AWS allows a JSON object",
      "retryStrategy.attempts is 11; AWS allows a whole number from 1 to 10",
    ],
    [{ containerProperties: UNKNOWN }],
  ],
  "build-source": [
    [{ source: { type: "GITHUB" } }, 'location is not set; AWS requires it if type is "GITHUB"'],
    [{ source: { type: "CODEPIPELINE" } }],
    [{ source: { type: "NO_SOURCE", buildspec: "a" } }],
  ],
  "image-role": [
    [
      { sourceConfiguration: { imageRepository: { imageRepositoryType: "ECR" } } },
      'sourceConfiguration.authenticationConfiguration is not set; AWS requires it if imageRepositoryType is "ECR"',
    ],
    [
      {
        sourceConfiguration: {
          imageRepository: { imageRepositoryType: "ECR" },
          authenticationConfiguration: { accessRoleArn: UNKNOWN },
        },
      },
    ],
  ],
  "file-throughput": [
    [
      { throughputMode: "provisioned" },
      'provisionedThroughputInMibps is not set; AWS requires it if throughputMode is "provisioned"',
    ],
    [{ throughputMode: "bursting" }],
  ],
  "trail-logs": [
    [
      { cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:123456789012:log-group:a:*" },
      "only one of cloudWatchLogsGroupArn and cloudWatchLogsRoleArn is set; AWS requires both together",
    ],
    [{ s3BucketName: "a" }],
  ],
  "key-pair": [
    [
      { publicKey: "-----BEGIN OPENSSH PRIVATE KEY-----" },
      "publicKey is another string (not shown, as it may be secret); AWS allows a public key",
    ],
    [{ publicKey: "---- BEGIN SSH2 PUBLIC KEY ----" }],
  ],
  "trail-name": [
    [
      { name: "my trail" },
      "name is another string (not shown, as it may be secret); AWS allows 3 to 128 letters, digits and ._-",
    ],
    [{ name: "a1._-" }],
  ],
  "replication-storage": [
    [{ allocatedStorage: 2 }, "allocatedStorage is 2; AWS allows a whole number from 5 to 6144"],
    [{ allocatedStorage: 6144 }],
  ],
  "canary-place": [
    [
      { name: "Store", artifactS3Location: "store" },
      'artifactS3Location is another string (not shown, as it may be secret); AWS allows "s3://" followed by a bucket and a path',
      "name is another string (not shown, as it may be secret); AWS allows a-z, 0-9, _ and -",
    ],
    [{ name: "store_1-a", artifactS3Location: UNKNOWN }],
  ],
  "canary-schedule": [
    ...["rate(61 minutes)", "rate(2 hours)", "rate(1 day)", "every minute", "5 minutes"].map(
      (expression): Refused[number] => [
        { schedule: { expression } },
        "schedule.expression is another string (not shown, as it may be secret); AWS allows rate(1 minute) to rate(1 hour), rate(0 minute) for a single run, or cron(…)",
      ],
    ),
    ...[
      "rate(1 minute)",
      "rate(60 minutes)",
      "rate(1 hour)",
      "rate(0 minute)",
      "cron(0 8 * * ? *)",
      UNKNOWN,
    ].map((expression): Refused[number] => [{ schedule: { expression } }]),
  ],
};
