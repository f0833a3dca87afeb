import { isTrue } from "../../../read";
import { FUNCTION } from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import { queueProblems } from "../api-prose/functions";
import { EVENT_SOURCE_MAPPING, QUEUE, TOPIC, TOPIC_SUBSCRIPTION } from "../api-prose/types";
import { text, wholeNumber } from "../known";
import { pair, refusedOfAll, type Relation } from "./relation";

/** A number of seconds, or its default where it is not set; undefined while it is not known. */
function secondsOf(resource: StackSubject, property: string, otherwise: number): number | undefined {
  const reading = given(resource, property);
  return reading.kind === "absent" ? otherwise : wholeNumber(reading);
}

/** Whether a queue or topic is FIFO; undefined while that is not known. */
function isFifo(one: StackSubject, property: "fifoQueue" | "fifoTopic"): boolean | undefined {
  const reading = given(one, property);
  return reading.kind === "unknown" ? undefined : isTrue(reading);
}

/** Protocols that FIFO topics don't deliver to. */
const NOT_OF_FIFO = ["application", "email", "email-json", "http", "https", "lambda", "sms"];

/** Relations of queues, topics, and what receives their messages. */
export const messages: readonly Relation[] = [
  {
    of: EVENT_SOURCE_MAPPING,
    source: "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds",
    fix: "{ visibilityTimeoutSeconds: 180 } of the queue, six times the function's timeout",
    judge(stack) {
      const queuesOf = stack.to(QUEUE, ["arn"]);
      const functionsOf = stack.to(FUNCTION, ["arn", "qualifiedArn", "name", "id"]);
      return (mapping) => [
        refusedOfAll(queuesOf(mapping, "eventSourceArn"), (queue) =>
          refusedOfAll(functionsOf(mapping, "functionName"), (one) => {
            const [visibility, timeout] = [
              secondsOf(queue, "visibilityTimeoutSeconds", 30),
              secondsOf(one, "timeout", 3),
            ];
            return visibility !== undefined && timeout !== undefined && visibility < timeout
              ? `Queue "${queue.name}" has a visibility timeout of ${visibility} seconds, but function "${one.name}" has a timeout of ${timeout}; visibilityTimeoutSeconds must be at least ${timeout}`
              : undefined;
          }),
        ),
      ];
    },
  },
  {
    of: EVENT_SOURCE_MAPPING,
    source: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    fix: "{ batchSize: 10 }, and neither startingPosition nor, for a FIFO queue, maximumBatchingWindowInSeconds",
    judge(stack) {
      const queuesOf = stack.to(QUEUE, ["arn"]);
      return (mapping) => {
        // A literal ARN is judged without the stack.
        if (text(given(mapping, "eventSourceArn")) !== undefined) return [];
        return [
          refusedOfAll(
            queuesOf(mapping, "eventSourceArn"),
            (queue) =>
              queueProblems(mapping.props, isFifo(queue, "fifoQueue") === true).filter(
                (problem) => problem !== undefined,
              )[0],
          ),
        ];
      };
    },
  },
  {
    of: QUEUE,
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    fix: "{ fifoQueue: true } of both queues, or of neither",
    judge: pair([{ property: "redrivePolicy" }], QUEUE, ["arn"], (queue, failed) => {
      const [own, other] = [isFifo(queue, "fifoQueue"), isFifo(failed, "fifoQueue")];
      return queue === failed || own === undefined || other === undefined || own === other
        ? undefined
        : `It is ${own ? "a FIFO queue" : "a standard queue"}, but its dead-letter queue "${failed.name}" is not; AWS requires queues of the same kind`;
    }),
  },
  {
    of: TOPIC_SUBSCRIPTION,
    source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
    fix: '{ protocol: "sqs", endpoint: queue.arn }',
    judge: pair([{ property: "topic" }], TOPIC, ["arn", "id"], (subscription, topic) => {
      const protocol = text(given(subscription, "protocol")) ?? "";
      return isFifo(topic, "fifoTopic") === true && NOT_OF_FIFO.includes(protocol)
        ? `protocol is "${protocol}", but topic "${topic.name}" is a FIFO topic; AWS allows only queues for it`
        : undefined;
    }),
  },
];
