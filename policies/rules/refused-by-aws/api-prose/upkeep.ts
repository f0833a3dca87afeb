import { APP_RUNNER_SERVICE, BUILD_PROJECT } from "../../../resources";
import { read } from "../../../read";
import { readEach } from "../../../read-each";
import { between, text, wholeNumber } from "../known";
import { SECRET_ROTATION } from "../relations/types";
import { all, each, expecting, form, isSet, OBJECT_IN_JSON } from "./line";
import type { Line } from "./line";
import { needs, needsFor } from "./needs";
import {
  BACKUP_PLAN,
  BATCH_ENVIRONMENT,
  BATCH_JOB,
  CANARY,
  CRAWLER,
  FILE_SYSTEM,
  GLUE_JOB,
  GLUE_TRIGGER,
  KEY_PAIR,
  MAINTENANCE_WINDOW,
  PARAMETER,
  REPLICATION_INSTANCE,
  SECRET,
  TRAIL,
} from "./types";

const GLUE = "https://docs.aws.amazon.com/glue/latest/webapi";
const SSM = "https://docs.aws.amazon.com/systems-manager/latest/APIReference";
const SECRETS = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

/** Parameters, secrets, backups, jobs and builds. */
export const UPKEEP = {
  "parameter-name": {
    types: PARAMETER,
    problems: each(
      ["name"],
      all(
        form((name) => /^[\w.\-/:]+$/.test(name), "letters, digits, and .-_/"),
        form((name) => !name.includes("/") || /^(\/|arn:)/.test(name), "a slash first if there is one"),
        form((name) => !/^(aws|ssm|\/(aws|ssm)(\/|$))/i.test(name), 'no "aws" or "ssm" at the beginning'),
      ),
    ),
    example: { type: "String", name: "/store/title", value: "Store" },
    source: `${SSM}/API_PutParameter.html`,
  },
  "parameter-size": {
    types: PARAMETER,
    problems: (props) => {
      const bytes = Buffer.byteLength(text(read(props, ["value"])) ?? "");
      return [
        text(read(props, ["tier"])) === "Standard" && bytes > 4_096
          ? `value has ${bytes} bytes, but tier is "Standard"; AWS allows at most 4,096`
          : undefined,
      ];
    },
    example: { type: "String", value: "on", tier: "Standard" },
    source: `${SSM}/API_PutParameter.html`,
  },
  "maintenance-window": {
    types: MAINTENANCE_WINDOW,
    problems: (props) => {
      const [cutoff, duration] = ["cutoff", "duration"].map((name) => wholeNumber(read(props, [name])));
      return [
        cutoff !== undefined && duration !== undefined && cutoff >= duration
          ? `cutoff is ${cutoff}, but duration is ${duration}; AWS requires a cutoff below the duration`
          : undefined,
      ];
    },
    example: { schedule: "rate(7 days)", duration: 3, cutoff: 1 },
    source: `${SSM}/API_CreateMaintenanceWindow.html`,
  },
  "secret-name": {
    types: SECRET,
    problems: each(
      ["name", "namePrefix"],
      form((name) => /^[\w/+=.@-]+$/.test(name), "letters, digits, and /_+=.@-"),
    ),
    example: { name: "store/database" },
    source: `${SECRETS}/API_CreateSecret.html`,
  },
  "secret-rotation": {
    types: SECRET_ROTATION,
    problems: needs("one", ["automaticallyAfterDays", "scheduleExpression"], "rotationRules"),
    example: { rotationRules: { automaticallyAfterDays: 30 } },
    source: `${SECRETS}/API_RotationRulesType.html`,
  },
  "backup-lifecycle": {
    types: BACKUP_PLAN,
    problems: (props) =>
      ["rules.*.lifecycle", "rules.*.copyActions.*.lifecycle"]
        .flatMap((path) => readEach(props, path))
        .map(({ label, reading }) => {
          const [cold, end] = ["coldStorageAfter", "deleteAfter"].map((name) =>
            reading.kind === "known" ? wholeNumber(read(reading.value, [name])) : undefined,
          );
          return cold !== undefined && end !== undefined && cold > 0 && end > 0 && end < cold + 90
            ? `${label}.deleteAfter is ${end}, but coldStorageAfter is ${cold}; AWS requires at least 90 days more`
            : undefined;
        }),
    example: { rules: [{ ruleName: "daily", lifecycle: { coldStorageAfter: 30, deleteAfter: 120 } }] },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",
  },
  "crawler-targets": {
    types: CRAWLER,
    problems: needs("at least one", [
      "catalogTargets",
      "deltaTargets",
      "dynamodbTargets",
      "hudiTargets",
      "icebergTargets",
      "jdbcTargets",
      "mongodbTargets",
      "s3Targets",
    ]),
    example: { s3Targets: [{ path: "s3://store-orders" }] },
    source: `${GLUE}/API_CreateCrawler.html`,
  },
  "job-capacity": {
    types: GLUE_JOB,
    problems: (props) =>
      ["workerType", "numberOfWorkers"].flatMap((name) => needs("at most one", ["maxCapacity", name])(props)),
    example: { workerType: "G.1X", numberOfWorkers: 2 },
    source: `${GLUE}/API_CreateJob.html`,
  },
  "trigger-schedule": {
    types: GLUE_TRIGGER,
    problems: needsFor("type", "", { CONDITIONAL: ["predicate"], SCHEDULED: ["schedule"] }),
    example: { type: "ON_DEMAND" },
    source: `${GLUE}/API_CreateTrigger.html`,
  },
  "batch-environment": {
    types: BATCH_ENVIRONMENT,
    problems: (props) => {
      const resources = read(props, ["computeResources"]);
      return resources.kind === "known"
        ? needsFor("type", "", { EC2: ["instanceTypes"], SPOT: ["instanceTypes"] })(resources.value)
        : [];
    },
    example: { computeResources: { type: "EC2", instanceTypes: ["optimal"] } },
    source: "https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html",
  },
  "batch-job": {
    types: BATCH_JOB,
    problems: (props) => [
      ...each(["containerProperties", "ecsProperties", "nodeProperties"], OBJECT_IN_JSON)(props),
      ...each(["retryStrategy.attempts"], expecting(between(1, 10)))(props),
    ],
    example: { containerProperties: '{"image": "store:7"}', retryStrategy: { attempts: 3 } },
    source: "https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html",
  },
  "build-source": {
    types: BUILD_PROJECT,
    problems: (props) => {
      const source = read(props, ["source"]);
      const kinds = ["BITBUCKET", "CODECOMMIT", "GITHUB", "GITHUB_ENTERPRISE", "GITLAB", "S3"];
      return source.kind === "known"
        ? needsFor("type", "", Object.fromEntries(kinds.map((kind) => [kind, ["location"]])))(source.value)
        : [];
    },
    example: { source: { type: "GITHUB", location: "https://github.com/example/store.git" } },
    source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html",
  },
  "image-role": {
    types: APP_RUNNER_SERVICE,
    problems: (props) =>
      text(read(props, ["sourceConfiguration", "imageRepository", "imageRepositoryType"])) === "ECR" &&
      read(props, ["sourceConfiguration", "authenticationConfiguration"]).kind === "absent"
        ? [
            'sourceConfiguration.authenticationConfiguration is not set; AWS requires it if imageRepositoryType is "ECR"',
          ]
        : [],
    example: { sourceConfiguration: { imageRepository: { imageRepositoryType: "ECR_PUBLIC" } } },
    source: "https://docs.aws.amazon.com/apprunner/latest/api/API_SourceConfiguration.html",
  },
  "file-throughput": {
    types: FILE_SYSTEM,
    problems: needsFor("throughputMode", "bursting", { provisioned: ["provisionedThroughputInMibps"] }),
    example: { throughputMode: "elastic" },
    source: "https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html",
  },
  "trail-logs": {
    types: TRAIL,
    problems: (props) => [
      isSet(props, "cloudWatchLogsGroupArn") === isSet(props, "cloudWatchLogsRoleArn")
        ? undefined
        : "only one of cloudWatchLogsGroupArn and cloudWatchLogsRoleArn is set; AWS requires both together",
    ],
    example: {
      cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:123456789012:log-group:trail:*",
      cloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/trail",
    },
    source: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
  },
  "trail-name": {
    types: TRAIL,
    problems: each(
      ["name"],
      form((name) => /^[A-Za-z0-9][\w.-]{2,127}$/.test(name), "3 to 128 letters, digits and ._-"),
    ),
    example: { name: "store" },
    source: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
  },
  "replication-storage": {
    types: REPLICATION_INSTANCE,
    problems: each(["allocatedStorage"], expecting(between(5, 6_144))),
    example: { allocatedStorage: 50 },
    source: "https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html",
  },
  "canary-place": {
    types: CANARY,
    problems: (props) => [
      ...each(
        ["artifactS3Location"],
        form((place) => place.startsWith("s3://"), '"s3://" followed by a bucket and a path'),
      )(props),
      ...each(
        ["name"],
        form((name) => /^[a-z0-9_-]+$/.test(name), "a-z, 0-9, _ and -"),
      )(props),
    ],
    example: { name: "store", artifactS3Location: "s3://store-canaries/" },
    source: "https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CreateCanary.html",
  },
  "canary-schedule": {
    types: CANARY,
    problems: each(
      ["schedule.expression"],
      form((expression) => {
        const [, count = "", unit = ""] = /^rate\((\d+) (minute|hour)s?\)$/.exec(expression) ?? [];
        return (
          /^cron\(.+\)$/.test(expression) || (unit !== "" && Number(count) <= (unit === "hour" ? 1 : 60))
        );
      }, "rate(1 minute) to rate(1 hour), rate(0 minute) for a single run, or cron(…)"),
    ),
    example: { name: "store", schedule: { expression: "rate(5 minutes)" } },
    source: "https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html",
  },
  "key-pair": {
    types: KEY_PAIR,
    problems: each(
      ["publicKey"],
      form((key) => !key.includes("PRIVATE KEY"), "a public key"),
    ),
    example: { publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 ada" },
    source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html",
  },
} satisfies Readonly<Record<string, Line>>;
