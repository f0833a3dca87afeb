import type { STORAGE } from "../../../../../policies/rules/refused-by-aws/api-prose/storage";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

/** Refused inputs, by line of STORAGE. */
export const STORAGE_REFUSED: Readonly<Record<keyof typeof STORAGE, Refused>> = {
  "object-tags": [
    [
      { tags: Object.fromEntries(Array.from({ length: 11 }, (_, key) => [`k${key}`, "v"])) },
      "tags has 11 tags; AWS allows at most 10",
    ],
  ],
  "object-tag-texts": [
    [
      { tags: { [long(129)]: "v", Owner: long(257) } },
      "a key of tags has 129 characters; AWS allows at most 128",
      "tags.Owner has 257 characters; AWS allows at most 256 characters",
    ],
  ],
  "bucket-name": (
    [
      ["Store_releases", 'contains "S" and "_"'],
      [long(64), "has 64 characters"],
      ...["ab", "store-", "-store", "a..b", "192.0.2.1", "xn--store", "store-s3alias", "store--x-s3"].map(
        (bucket) => [bucket, "is another string (not shown, as it may be secret)"],
      ),
    ] as const
  ).map(
    ([bucket, got]) =>
      [
        { bucket },
        `bucket ${got}; AWS allows 3 to 63 characters: a-z, 0-9, . and -, ` +
          "a letter or digit first, no two periods in a row, no prefix or suffix that S3 reserves, " +
          "a letter or digit last, no IP address",
      ] as const,
  ),
  "bucket-prefix": [
    [
      { bucketPrefix: "Store-" },
      'bucketPrefix contains "S"; AWS allows 3 to 63 characters: a-z, 0-9, . and -, ' +
        "a letter or digit first, no two periods in a row, no prefix or suffix that S3 reserves",
    ],
  ],
  "bucket-metric-name": [
    [{ name: "access logs" }, 'name contains " "; AWS allows up to 64 characters: A-Z, a-z, 0-9, ., - and _'],
  ],
  "lifecycle-transitions": [
    [
      {
        rules: [
          {
            transitions: [
              { days: 7, storageClass: "STANDARD_IA" },
              { days: 0, storageClass: "GLACIER" },
            ],
          },
        ],
      },
      'rules[0].transitions[0].days is 7, but storageClass is "STANDARD_IA"; AWS requires at least 30 for this class',
    ],
  ],
  "function-environment": [
    [
      { environment: { variables: { CONFIG: long(4_091) } } },
      "environment.variables have 4097 bytes in total; AWS allows at most 4,096 bytes",
    ],
  ],
  "function-layers": [
    [{ layers: Array.from({ length: 6 }, () => "arn") }, "layers has 6 layers; AWS allows at most 5"],
  ],
  "table-keys": [
    [
      {
        hashKey: "pk",
        attributes: [{ name: "id", type: "S" }],
        globalSecondaryIndexes: [{ name: "by-day", hashKey: "day" }],
      },
      "hashKey is not in attributes; AWS allows only attributes as keys",
      "globalSecondaryIndexes[0].hashKey is not in attributes; AWS allows only attributes as keys",
      "attributes[0].name is not a key; AWS allows only attributes that are keys of the table or its indexes",
    ],
  ],
  "table-indexes": [
    [
      { localSecondaryIndexes: Array.from({ length: 6 }, (_, index) => ({ name: `by-${index}` })) },
      "localSecondaryIndexes has 6 indexes; AWS allows at most 5",
    ],
    [
      { globalSecondaryIndexes: Array.from({ length: 21 }, (_, index) => ({ name: `by-${index}` })) },
      "globalSecondaryIndexes has 21 indexes; AWS allows at most 20, unless the account's quota was raised",
    ],
  ],
  "database-identifier": ["1-orders", "orders-", "store--orders", "store_orders", long(64)].map(
    (identifier) =>
      [
        { identifier },
        "identifier is another string (not shown, as it may be secret); " +
          "AWS allows 1 to 63 letters, digits and single hyphens, a letter first and no hyphen last",
      ] as const,
  ),
  "database-backups": [
    [{ backupRetentionPeriod: 36 }, "backupRetentionPeriod is 36; AWS allows a whole number from 0 to 35"],
  ],
  "table-attributes": [
    [
      {
        hashKey: "id",
        attributes: [
          { name: "id", type: "S" },
          { name: "customer", type: "S" },
        ],
      },
      "attributes[1].name is not a key; AWS allows only attributes that are keys of the table or its indexes",
    ],
    [
      {
        hashKey: "id",
        attributes: [
          { name: "id", type: "S" },
          { name: "day", type: "S" },
        ],
        globalSecondaryIndexes: [{ name: "by-day", keySchemas: [{ attributeName: "day", keyType: "HASH" }] }],
      },
    ],
    [
      {
        hashKey: "id",
        attributes: [
          { name: "id", type: "S" },
          { name: "day", type: "S" },
        ],
        globalSecondaryIndexes: UNKNOWN,
      },
    ],
    [{ hashKey: UNKNOWN, attributes: [{ name: "day", type: "S" }] }],
  ],
  "table-parts": [
    [
      { hashKey: "id", billingMode: "PAY_PER_REQUEST", ttl: { enabled: true } },
      "ttl.attributeName is not set; AWS requires it if ttl.enabled is true",
    ],
    [{ hashKey: "id", billingMode: "PAY_PER_REQUEST", ttl: { enabled: false } }],
    [
      { hashKey: "id", billingMode: "PAY_PER_REQUEST", name: "ab" },
      "name is another string (not shown, as it may be secret); AWS allows 3 to 255 letters, digits, and _.-",
    ],
    [
      { hashKey: "id", billingMode: "PAY_PER_REQUEST", streamEnabled: true },
      "streamViewType is not set; AWS requires it",
    ],
    [
      {
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        localSecondaryIndexes: [{ name: "a", rangeKey: "id", projectionType: "INCLUDE" }],
      },
      "rangeKey is not set; AWS requires it",
      'localSecondaryIndexes[0].nonKeyAttributes is not set; AWS requires it if projectionType is "INCLUDE"',
    ],
    [{ hashKey: "id", billingMode: "PAY_PER_REQUEST", streamEnabled: false }],
    [
      {
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        globalSecondaryIndexes: [
          {
            hashKey: "id",
            billingMode: "PAY_PER_REQUEST",
            projectionType: "INCLUDE",
            nonKeyAttributes: UNKNOWN,
          },
        ],
      },
    ],
  ],
  "lifecycle-order": [
    [
      { rules: [{ expiration: { days: 60 }, transitions: [{ days: 60, storageClass: "GLACIER" }] }] },
      "rules[0].expiration.days is 60, but days of a transition is 60; AWS requires a later expiration",
    ],
    [{ rules: [{ expiration: { days: 61 }, transitions: [{ days: 60, storageClass: "GLACIER" }] }] }],
  ],
  "bucket-methods": [
    [
      { corsRules: [{ allowedMethods: ["GET", "OPTIONS"] }] },
      'corsRules[0].allowedMethods[1] is "OPTIONS"; AWS allows "DELETE", "GET", "HEAD", "POST", "PUT"',
    ],
    [{ corsRules: [{ allowedMethods: ["PUT", UNKNOWN] }] }],
  ],
  "bucket-key": [
    [
      {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: UNKNOWN } }],
      },
      'rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId is set, but sseAlgorithm is "AES256"; AWS allows a key only with "aws:kms"',
    ],
    [
      {
        rules: [
          { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms:dsse", kmsMasterKeyId: UNKNOWN } },
        ],
      },
    ],
  ],
  "bucket-versions": [
    [
      { versioningConfiguration: { status: "On" } },
      'versioningConfiguration.status is "On"; AWS allows "Enabled", "Suspended", "Disabled"',
    ],
    [{ versioningConfiguration: { status: "Disabled" } }],
  ],
};
