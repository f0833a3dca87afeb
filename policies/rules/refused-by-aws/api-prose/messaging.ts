import { isTrue, jsonOf, read } from "../../../read";
import { between, oneOf, scalar, text } from "../known";
import { characters, each, expecting, problemOf, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import { needsFor } from "./needs";
import { QUEUE, TOPIC, TOPIC_SUBSCRIPTION } from "./types";

const SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html";
const SNS = "https://docs.aws.amazon.com/sns/latest/api";

/** Seconds or bytes, by property. */
const QUEUE_NUMBERS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  delaySeconds: [0, 900],
  maxMessageSize: [1_024, 1_048_576],
  messageRetentionSeconds: [60, 1_209_600],
  receiveWaitTimeSeconds: [0, 20],
  visibilityTimeoutSeconds: [0, 43_200],
};

/** The form of an endpoint, by protocol. */
const ENDPOINTS: Readonly<Record<string, Limit>> = {
  http: form((endpoint) => /^http:\/\//i.test(endpoint), "a URL that begins with http://"),
  https: form((endpoint) => /^https:\/\//i.test(endpoint), "a URL that begins with https://"),
  email: form((endpoint) => /^[^@\s]+@[^@\s]+$/.test(endpoint), "an e-mail address"),
  "email-json": form((endpoint) => /^[^@\s]+@[^@\s]+$/.test(endpoint), "an e-mail address"),
  sqs: form((endpoint) => /^arn:[^:]+:sqs:/.test(endpoint), "the ARN of a queue"),
  lambda: form((endpoint) => /^arn:[^:]+:lambda:/.test(endpoint), "the ARN of a function"),
  firehose: form((endpoint) => /^arn:[^:]+:firehose:/.test(endpoint), "the ARN of a delivery stream"),
  application: form((endpoint) => /^arn:[^:]+:sns:/.test(endpoint), "the ARN of an application's endpoint"),
  sms: form((endpoint) => /^\+?[\d\s().-]+$/.test(endpoint), "a phone number"),
};

/** Names end in .fifo if and only if the queue or topic is FIFO. */
function fifoProblem(property: "fifoQueue" | "fifoTopic"): Line["problems"] {
  return (props) => {
    const name = text(read(props, ["name"]));
    const fifo = read(props, [property]);
    if (name === undefined || fifo.kind === "unknown") return [];
    const isFifo = fifo.kind === "known" && scalar(fifo.value) === "true";
    return [
      isFifo === name.endsWith(".fifo")
        ? undefined
        : `${property} is ${isFifo}, but name ${isFifo ? "does not end" : "ends"} in ".fifo"; AWS requires both or neither`,
    ];
  };
}

/** SQS and SNS. */
export const MESSAGING = {
  "queue-attributes": {
    types: QUEUE,
    problems: (props) =>
      Object.entries(QUEUE_NUMBERS).flatMap(([property, [low, high]]) =>
        each([property], expecting(between(low, high)))(props),
      ),
    example: { delaySeconds: 0, messageRetentionSeconds: 345_600, visibilityTimeoutSeconds: 60 },
    source: SQS,
  },
  "queue-name": {
    types: QUEUE,
    problems: each(
      ["name", "namePrefix"],
      characters(80, "up to 80 characters: a-z, A-Z, 0-9, - and _", /[^A-Za-z0-9_-](?!fifo$)/gu),
    ),
    example: { name: "orders" },
    source: SQS,
  },
  "queue-fifo": {
    types: QUEUE,
    problems: fifoProblem("fifoQueue"),
    example: { name: "orders.fifo", fifoQueue: true },
    source: SQS,
  },
  "queue-redrive": {
    types: QUEUE,
    problems: (props) => {
      const policy = text(read(props, ["redrivePolicy"]));
      if (policy === undefined || policy === "") return [];
      const arn = text(read(jsonOf(policy), ["deadLetterTargetArn"])) ?? "";
      return [
        /^arn:[^:]+:sqs:/.test(arn)
          ? undefined
          : "redrivePolicy has no queue's ARN as deadLetterTargetArn; AWS requires a JSON object with one",
      ];
    },
    example: {
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:orders-failed",
        maxReceiveCount: 5,
      }),
    },
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
  },
  "queue-deduplication": {
    types: [...QUEUE, ...TOPIC],
    problems: (props) => [
      isTrue(read(props, ["contentBasedDeduplication"])) &&
      !isSet(props, "fifoQueue") &&
      !isSet(props, "fifoTopic")
        ? "contentBasedDeduplication is true, but neither fifoQueue nor fifoTopic is; AWS allows it for FIFO queues and topics only"
        : undefined,
    ],
    example: { fifoQueue: true, fifoTopic: true, contentBasedDeduplication: true },
    source: SQS,
  },
  "subscription-role": {
    types: TOPIC_SUBSCRIPTION,
    problems: needsFor("protocol", "", { firehose: ["subscriptionRoleArn"] }),
    example: { protocol: "email", endpoint: "oncall@example.com" },
    source: `${SNS}/API_Subscribe.html`,
  },
  "topic-name": {
    types: TOPIC,
    problems: each(
      ["name", "namePrefix"],
      characters(256, "up to 256 characters: a-z, A-Z, 0-9, - and _", /[^A-Za-z0-9_-](?!fifo$)/gu),
    ),
    example: { name: "alarms" },
    source: `${SNS}/API_CreateTopic.html`,
  },
  "topic-fifo": {
    types: TOPIC,
    problems: fifoProblem("fifoTopic"),
    example: { name: "orders.fifo", fifoTopic: true },
    source: `${SNS}/API_CreateTopic.html`,
  },
  "subscription-protocol": {
    types: TOPIC_SUBSCRIPTION,
    problems: each(["protocol"], expecting(oneOf(Object.keys(ENDPOINTS)))),
    example: { protocol: "email", endpoint: "oncall@example.com" },
    source: `${SNS}/API_Subscribe.html`,
  },
  "subscription-endpoint": {
    types: TOPIC_SUBSCRIPTION,
    problems: (props) => {
      const protocol = text(read(props, ["protocol"])) ?? "";
      const limit = Object.hasOwn(ENDPOINTS, protocol) ? ENDPOINTS[protocol] : undefined;
      if (limit === undefined) return [];
      const problem = problemOf("endpoint", read(props, ["endpoint"]), limit);
      return [problem === undefined ? undefined : `${problem} for protocol "${protocol}"`];
    },
    example: { protocol: "https", endpoint: "https://pager.example.com/sns" },
    source: `${SNS}/API_Subscribe.html`,
  },
} satisfies Readonly<Record<string, Line>>;
