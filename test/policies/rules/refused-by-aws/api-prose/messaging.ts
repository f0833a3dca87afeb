import type { MESSAGING } from "../../../../../policies/rules/refused-by-aws/api-prose/messaging";
import { long, type Refused } from "./refused";

/** Refused inputs, by line of MESSAGING. */
export const MESSAGING_REFUSED: Readonly<Record<keyof typeof MESSAGING, Refused>> = {
  "queue-attributes": [
    [
      { delaySeconds: 901, maxMessageSize: 1_023, messageRetentionSeconds: 59, receiveWaitTimeSeconds: 21 },
      "delaySeconds is 901; AWS allows a whole number from 0 to 900",
      "maxMessageSize is 1023; AWS allows a whole number from 1024 to 1048576",
      "messageRetentionSeconds is 59; AWS allows a whole number from 60 to 1209600",
      "receiveWaitTimeSeconds is 21; AWS allows a whole number from 0 to 20",
    ],
    [
      { visibilityTimeoutSeconds: 43_201 },
      "visibilityTimeoutSeconds is 43201; AWS allows a whole number from 0 to 43200",
    ],
  ],
  "queue-name": [
    [{ name: "shop.orders" }, 'name contains "."; AWS allows up to 80 characters: a-z, A-Z, 0-9, - and _'],
    [{ name: long(81) }, "name has 81 characters; AWS allows up to 80 characters: a-z, A-Z, 0-9, - and _"],
  ],
  "queue-fifo": [
    [
      { name: "orders", fifoQueue: true },
      'fifoQueue is true, but name does not end in ".fifo"; AWS requires both or neither',
    ],
    [{ name: "orders.fifo" }, 'fifoQueue is false, but name ends in ".fifo"; AWS requires both or neither'],
  ],
  "queue-redrive": [
    ...[
      "{",
      "{}",
      JSON.stringify({ deadLetterTargetArn: "https://sqs.eu-west-1.amazonaws.com/1/failed" }),
    ].map(
      (redrivePolicy) =>
        [
          { redrivePolicy },
          "redrivePolicy has no queue's ARN as deadLetterTargetArn; AWS requires a JSON object with one",
        ] as const,
    ),
    [{ redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws-cn:sqs:cn-north-1:1:failed" }) }],
  ],
  "queue-deduplication": [
    [
      { contentBasedDeduplication: true },
      "contentBasedDeduplication is true, but neither fifoQueue nor fifoTopic is; AWS allows it for FIFO queues and topics only",
    ],
    [{ contentBasedDeduplication: false }],
    [{ contentBasedDeduplication: true, fifoQueue: true }],
    [{ contentBasedDeduplication: true, fifoTopic: true }],
  ],
  "subscription-role": [
    [
      { protocol: "firehose", endpoint: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/orders" },
      'subscriptionRoleArn is not set; AWS requires it if protocol is "firehose"',
    ],
  ],
  "topic-name": [
    [{ name: "shop alarms" }, 'name contains " "; AWS allows up to 256 characters: a-z, A-Z, 0-9, - and _'],
  ],
  "topic-fifo": [
    [{ name: "orders.fifo" }, 'fifoTopic is false, but name ends in ".fifo"; AWS requires both or neither'],
  ],
  "subscription-protocol": [
    [
      { protocol: "mail" },
      "protocol is another string (not shown, as it may be secret); " +
        'AWS allows "http", "https", "email", "email-json", "sqs", "lambda", "firehose", "application", "sms"',
    ],
  ],
  "subscription-endpoint": [
    [
      { protocol: "https", endpoint: "http://pager.example.com" },
      "endpoint is another string (not shown, as it may be secret); " +
        'AWS allows a URL that begins with https:// for protocol "https"',
    ],
    [
      { protocol: "email", endpoint: "oncall" },
      'endpoint is another string (not shown, as it may be secret); AWS allows an e-mail address for protocol "email"',
    ],
    [
      { protocol: "sqs", endpoint: "https://sqs.eu-west-1.amazonaws.com/1/orders" },
      'endpoint is another string (not shown, as it may be secret); AWS allows the ARN of a queue for protocol "sqs"',
    ],
  ],
};
