import { EVENT_RULE, EVENT_TARGET, FUNCTION } from "../../../resources";
import { jsonOf, read } from "../../../read";
import { isMap, mapKeys } from "../../../read-each";
import { between, oneOf, text, wholeNumber } from "../known";
import { each, expecting, form, isSet, OBJECT_IN_JSON } from "./line";
import type { Line } from "./line";
import { needsFor } from "./needs";
import { NAME_OF_ZONE } from "./sizes";
import {
  DATA_STREAM,
  DELIVERY_STREAM,
  EVENT_SOURCE_MAPPING,
  PROVISIONED_CONCURRENCY,
  SCHEDULER_SCHEDULE,
  STATE_MACHINE,
} from "./types";

const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/api";
const EVENTS = "https://docs.aws.amazon.com/eventbridge/latest/APIReference";

/** Names of environment variables that the runtime sets itself. */
const RESERVED = (
  "_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME " +
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE " +
  "AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY " +
  "AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR"
).split(" ");

/** Runtimes without SnapStart. */
const WITHOUT_SNAPSHOTS = /^(nodejs[\w.]*|ruby[\d.]+|go1\.x|provided[\w.]*|python(2\.\d+|3\.([0-9]|1[01])))$/;

const QUEUE_ARN = /^arn:[^:]+:sqs:/;

/** The problems of a mapping that names its queue by a known ARN. */
function literalQueueProblems(props: unknown): (string | undefined)[] {
  const arn = text(read(props, ["eventSourceArn"])) ?? "";
  return QUEUE_ARN.test(arn) ? queueProblems(props, arn.endsWith(".fifo")) : [];
}

/**
 * Queues have no starting position. Batches of more than ten messages need a batching window; FIFO queues allow neither.
 */
export function queueProblems(props: unknown, isFifo: boolean): (string | undefined)[] {
  const size = wholeNumber(read(props, ["batchSize"])) ?? 0;
  return [
    isFifo && size > 10
      ? `batchSize is ${size}, but the queue is a FIFO queue; AWS allows at most 10`
      : undefined,
    isFifo && (wholeNumber(read(props, ["maximumBatchingWindowInSeconds"])) ?? 0) > 0
      ? "maximumBatchingWindowInSeconds is set, but the queue is a FIFO queue; AWS allows it for standard queues only"
      : undefined,
    isSet(props, "startingPosition")
      ? "startingPosition is set, but eventSourceArn is that of a queue; AWS allows it for streams only"
      : undefined,
    !isFifo && size > 10 && !isSet(props, "maximumBatchingWindowInSeconds")
      ? `batchSize is ${size}, but maximumBatchingWindowInSeconds is not set; AWS allows more than 10 only with a window of at least one second`
      : undefined,
  ];
}

/** Lambda, and the services that start functions and state machines. */
export const FUNCTIONS = {
  "function-network": {
    types: FUNCTION,
    problems: (props) => {
      const config = read(props, ["vpcConfig"]);
      const value = config.kind === "known" ? config.value : undefined;
      const [subnets, groups] = ["subnetIds", "securityGroupIds"].map((name) => isSet(value, name));
      return [
        subnets === groups
          ? undefined
          : `vpcConfig.${subnets ? "subnetIds" : "securityGroupIds"} is set without ${subnets ? "securityGroupIds" : "subnetIds"}; AWS requires both together`,
      ];
    },
    example: {
      handler: "index.handler",
      runtime: "nodejs24.x",
      vpcConfig: { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] },
    },
    source: `${LAMBDA}/API_VpcConfig.html`,
  },
  "function-image": {
    types: FUNCTION,
    problems: (props) => [
      text(read(props, ["packageType"])) === "Image" && isSet(props, "runtime")
        ? 'runtime is set, but packageType is "Image"; AWS allows it only with "Zip"'
        : undefined,
    ],
    example: { packageType: "Image", imageUri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/pay:7" },
    source: `${LAMBDA}/API_CreateFunction.html`,
  },
  "snap-start": {
    types: FUNCTION,
    problems: (props) => {
      const runtime = text(read(props, ["runtime"])) ?? "";
      return [
        text(read(props, ["snapStart", "applyOn"])) === "PublishedVersions" && WITHOUT_SNAPSHOTS.test(runtime)
          ? `snapStart.applyOn is "PublishedVersions", but runtime is "${runtime}"; AWS allows it only with Java, Python 3.12 or newer, and .NET 8 or newer`
          : undefined,
      ];
    },
    example: { runtime: "python3.13", publish: true, snapStart: { applyOn: "PublishedVersions" } },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html",
  },
  "provisioned-concurrency": {
    types: PROVISIONED_CONCURRENCY,
    problems: each(
      ["qualifier"],
      form((qualifier) => qualifier !== "$LATEST", "a version number or an alias"),
    ),
    example: { functionName: "pay", qualifier: "live", provisionedConcurrentExecutions: 2 },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html",
  },
  "function-timeout": {
    types: FUNCTION,
    problems: (props) =>
      isSet(props, "capacityProviderConfig") ? [] : each(["timeout"], expecting(between(1, 900)))(props),
    example: { timeout: 30 },
    source: `${LAMBDA}/API_CreateFunction.html`,
  },
  "function-dead-letters": {
    types: FUNCTION,
    problems: each(
      ["deadLetterConfig.targetArn"],
      form((arn) => /^arn:[^:]+:(sns|sqs):/.test(arn), "the ARN of a queue or topic"),
    ),
    example: { deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:123456789012:orders-failed" } },
    source: `${LAMBDA}/API_DeadLetterConfig.html`,
  },
  "delivery-destination": {
    types: DELIVERY_STREAM,
    problems: each(
      ["destination"],
      expecting(
        oneOf(
          "elasticsearch extended_s3 http_endpoint iceberg opensearch opensearchserverless redshift snowflake splunk".split(
            " ",
          ),
          ["s3"],
        ),
      ),
    ),
    example: { destination: "extended_s3" },
    source: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html",
  },
  "function-variables": {
    types: FUNCTION,
    problems: (props) => {
      const variables = read(props, ["environment", "variables"]);
      const names = variables.kind === "known" && isMap(variables.value) ? mapKeys(variables.value) : [];
      return names
        .filter((name) => RESERVED.includes(name))
        .map(
          (name) =>
            `environment.variables contains ${name}; AWS allows only names that Lambda does not reserve`,
        );
    },
    example: { environment: { variables: { TITLE: "store.example.com" } } },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  },
  "event-queue": {
    types: EVENT_SOURCE_MAPPING,
    problems: literalQueueProblems,
    example: {
      eventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders",
      batchSize: 100,
      maximumBatchingWindowInSeconds: 5,
    },
    source: `${LAMBDA}/API_CreateEventSourceMapping.html`,
  },
  "event-filters": {
    types: EVENT_SOURCE_MAPPING,
    problems: each(["filterCriteria.filters.*.pattern"], OBJECT_IN_JSON),
    example: { filterCriteria: { filters: [{ pattern: '{"body": {"kind": ["order"]}}' }] } },
    source: `${LAMBDA}/API_Filter.html`,
  },
  "event-pattern": {
    types: EVENT_RULE,
    problems: (props) => [
      ...each(["eventPattern"], OBJECT_IN_JSON)(props),
      isSet(props, "scheduleExpression") &&
      isSet(props, "eventBusName") &&
      /^(?!default$)[\w./-]+$/.test(text(read(props, ["eventBusName"])) ?? "")
        ? "scheduleExpression is set, but eventBusName is not default; AWS allows schedules only on the default event bus"
        : undefined,
    ],
    example: { eventPattern: '{"source": ["store.orders"]}' },
    source: `${EVENTS}/API_PutRule.html`,
  },
  "event-input": {
    types: EVENT_TARGET,
    problems: each(
      ["input"],
      form((json) => jsonOf(json) !== undefined, "JSON"),
    ),
    example: { input: '{"kind": "nightly"}' },
    source: `${EVENTS}/API_Target.html`,
  },
  "flexible-window": {
    types: SCHEDULER_SCHEDULE,
    problems: (props) => {
      const flexible = read(props, ["flexibleTimeWindow"]);
      return [
        ...(flexible.kind === "known"
          ? needsFor("mode", "", { FLEXIBLE: ["maximumWindowInMinutes"] })(flexible.value)
          : []),
        ...each(["scheduleExpressionTimezone"], NAME_OF_ZONE)(props),
      ];
    },
    example: { flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 } },
    source: "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html",
  },
  "state-machine": {
    types: STATE_MACHINE,
    problems: (props) => [
      ...each(
        ["name", "namePrefix"],
        form(
          (name) => /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/.test(name),
          "up to 80 letters, digits, - and _",
        ),
      )(props),
      ...each(
        ["definition"],
        form((json) => {
          const machine = jsonOf(json);
          return isMap(machine) && "StartAt" in machine && "States" in machine;
        }, "a JSON object with StartAt and States"),
      )(props),
    ],
    example: { name: "orders", definition: '{"StartAt": "Ship", "States": {"Ship": {"Type": "Succeed"}}}' },
    source: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html",
  },
  "stream-mode": {
    types: DATA_STREAM,
    problems: (props) => {
      const isOnDemand = text(read(props, ["streamModeDetails", "streamMode"])) === "ON_DEMAND";
      return [
        isOnDemand && isSet(props, "shardCount") && wholeNumber(read(props, ["shardCount"])) !== 0
          ? 'shardCount is set, but streamModeDetails.streamMode is "ON_DEMAND"; AWS allows it only with "PROVISIONED"'
          : undefined,
        ...each(["retentionPeriod"], expecting(between(24, 8_760)))(props),
      ];
    },
    example: { shardCount: 2, retentionPeriod: 48 },
    source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html",
  },
} satisfies Readonly<Record<string, Line>>;
