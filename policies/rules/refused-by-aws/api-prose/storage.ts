import { isIPv4 } from "node:net";
import { BUCKET } from "../../../resources";
import { isList, isTrue, read, readList } from "../../../read";
import { isMap, mapKeys, readEach } from "../../../read-each";
import { between, oneOf, scalar, text, wholeNumber } from "../known";
import { identifier } from "./databases";
import { all, atMost, characters, each, expecting, form, isSet } from "./line";
import type { Limit, Line } from "./line";
import { needsAll } from "./needs";
import {
  BUCKET_CORS,
  BUCKET_ENCRYPTION,
  BUCKET_LIFECYCLE,
  BUCKET_METRIC,
  BUCKET_VERSIONING,
  DATABASE_INSTANCE,
  FUNCTION,
  OBJECT,
  TABLE,
} from "./types";

const S3 = "https://docs.aws.amazon.com/AmazonS3/latest";
const TAGS = `${S3}/userguide/object-tagging.html`;
const BUCKET_NAMES = `${S3}/userguide/bucketnamingrules.html`;

const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

const BUCKET_TEXT = all(
  characters(63, "3 to 63 characters: a-z, 0-9, . and -", /[^a-z0-9.-]/gu),
  form(
    (name) => /^[a-z0-9]/.test(name) && !name.includes(".."),
    "a letter or digit first, no two periods in a row",
  ),
  form((name) => !RESERVED.test(name), "no prefix or suffix that S3 reserves"),
);

const BUCKET_NAME = all(
  BUCKET_TEXT,
  form((name) => name.length >= 3 && /[a-z0-9]$/.test(name), "a letter or digit last"),
  form((name) => !isIPv4(name), "no IP address"),
);

const INFREQUENT = ["STANDARD_IA", "ONEZONE_IA"];

/** The total size of all names and values. */
const ENVIRONMENT: Limit = {
  got: (value) => {
    if (!isMap(value)) return undefined;
    const bytes = mapKeys(value).reduce((sum, key) => {
      const reading = read(value, [key]);
      const entry = reading.kind === "known" ? (scalar(reading.value) ?? "") : "";
      return sum + Buffer.byteLength(key) + Buffer.byteLength(entry);
    }, 0);
    return bytes > 4_096 ? `have ${bytes} bytes in total` : undefined;
  },
  allowed: "at most 4,096 bytes",
};

/** S3, Lambda, DynamoDB and RDS. */
export const STORAGE = {
  "object-tags": {
    types: OBJECT,
    problems: each(["tags"], atMost(10, "tags")),
    example: { tags: { Owner: "shop", Stack: "prod" } },
    source: TAGS,
  },
  "object-tag-texts": {
    types: OBJECT,
    problems: (props) => {
      const tags = read(props, ["tags"]);
      const long = tags.kind === "known" && isMap(tags.value) ? mapKeys(tags.value) : [];
      return [
        ...long
          .filter((key) => key.length > 128)
          .map((key) => `a key of tags has ${key.length} characters; AWS allows at most 128`),
        ...each(["tags.*"], characters(256, "at most 256 characters"))(props),
      ];
    },
    example: { tags: { Owner: "shop" } },
    source: TAGS,
  },
  "bucket-name": {
    types: BUCKET,
    problems: each(["bucket"], BUCKET_NAME),
    example: { bucket: "store-releases-4711" },
    source: BUCKET_NAMES,
  },
  "bucket-prefix": {
    types: BUCKET,
    problems: each(["bucketPrefix"], BUCKET_TEXT),
    example: { bucketPrefix: "store-releases-" },
    source: BUCKET_NAMES,
  },
  "bucket-metric-name": {
    types: BUCKET_METRIC,
    problems: each(
      ["name"],
      characters(64, "up to 64 characters: A-Z, a-z, 0-9, ., - and _", /[^A-Za-z0-9._-]/gu),
    ),
    example: { name: "access-logs" },
    source: `${S3}/API/API_MetricsConfiguration.html`,
  },
  "lifecycle-transitions": {
    types: BUCKET_LIFECYCLE,
    problems: (props) =>
      readEach(props, "rules.*.transitions.*").map(({ label, reading }) => {
        const transition = reading.kind === "known" ? reading.value : undefined;
        const days = wholeNumber(read(transition, ["days"]));
        const storageClass = text(read(transition, ["storageClass"])) ?? "";
        return days !== undefined && days < 30 && INFREQUENT.includes(storageClass)
          ? `${label}.days is ${days}, but storageClass is "${storageClass}"; AWS requires at least 30 for this class`
          : undefined;
      }),
    example: { rules: [{ status: "Enabled", transitions: [{ days: 30, storageClass: "STANDARD_IA" }] }] },
    source: `${S3}/API/API_Transition.html`,
  },
  "lifecycle-order": {
    types: BUCKET_LIFECYCLE,
    problems: (props) =>
      readEach(props, "rules.*").flatMap(({ label, reading }) => {
        const rule = reading.kind === "known" ? reading.value : undefined;
        const end = wholeNumber(read(rule, ["expiration", "days"])) ?? 0;
        return readEach(rule, "transitions.*.days").map(({ reading: one }) => {
          const days = wholeNumber(one);
          return days !== undefined && end > 0 && end <= days
            ? `${label}.expiration.days is ${end}, but days of a transition is ${days}; AWS requires a later expiration`
            : undefined;
        });
      }),
    example: {
      rules: [
        {
          status: "Enabled",
          expiration: { days: 90 },
          transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
        },
      ],
    },
    source: `${S3}/userguide/intro-lifecycle-rules.html`,
  },
  "bucket-methods": {
    types: BUCKET_CORS,
    problems: each(
      ["corsRules.*.allowedMethods.*"],
      expecting(oneOf(["DELETE", "GET", "HEAD", "POST", "PUT"], ["OPTIONS", "PATCH", "\\*"])),
    ),
    example: { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://store.example.com"] }] },
    source: `${S3}/API/API_CORSRule.html`,
  },
  "bucket-versions": {
    types: BUCKET_VERSIONING,
    problems: each(
      ["versioningConfiguration.status"],
      expecting(oneOf(["Enabled", "Suspended", "Disabled"], ["on", "off", "true", "false"])),
    ),
    example: { versioningConfiguration: { status: "Enabled" } },
    source: `${S3}/API/API_VersioningConfiguration.html`,
  },
  "bucket-key": {
    types: BUCKET_ENCRYPTION,
    problems: (props) =>
      readEach(props, "rules.*.applyServerSideEncryptionByDefault").map(({ label, reading }) =>
        reading.kind === "known" &&
        text(read(reading.value, ["sseAlgorithm"])) === "AES256" &&
        isSet(reading.value, "kmsMasterKeyId")
          ? `${label}.kmsMasterKeyId is set, but sseAlgorithm is "AES256"; AWS allows a key only with "aws:kms"`
          : undefined,
      ),
    example: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    source: `${S3}/API/API_ServerSideEncryptionByDefault.html`,
  },
  "function-environment": {
    types: FUNCTION,
    problems: each(["environment.variables"], ENVIRONMENT),
    example: { environment: { variables: { TITLE: "store.example.com" } } },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  },
  "function-layers": {
    types: FUNCTION,
    problems: each(["layers"], atMost(5, "layers")),
    example: { layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"] },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  },
  "table-keys": {
    types: TABLE,
    problems: keyProblems,
    example: {
      hashKey: "pk",
      rangeKey: "at",
      attributes: [
        { name: "pk", type: "S" },
        { name: "at", type: "N" },
      ],
    },
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  },
  "table-attributes": {
    types: TABLE,
    problems: attributeProblems,
    example: { hashKey: "pk", attributes: [{ name: "pk", type: "S" }] },
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  },
  "table-parts": {
    types: TABLE,
    problems: (props) => [
      ...each(
        ["name"],
        form((name) => /^[\w.-]{3,255}$/.test(name), "3 to 255 letters, digits, and _.-"),
      )(props),
      isTrue(read(props, ["streamEnabled"])) ? needsAll(["streamViewType"])(props)[0] : undefined,
      ...readEach(props, "ttl").map(({ reading }) =>
        reading.kind === "known" &&
        isTrue(read(reading.value, ["enabled"])) &&
        !isSet(reading.value, "attributeName")
          ? "ttl.attributeName is not set; AWS requires it if ttl.enabled is true"
          : undefined,
      ),
      isSet(props, "localSecondaryIndexes") ? needsAll(["rangeKey"])(props)[0] : undefined,
      ...["globalSecondaryIndexes.*", "localSecondaryIndexes.*"]
        .flatMap((path) => readEach(props, path))
        .map(({ label, reading }) =>
          reading.kind === "known" &&
          text(read(reading.value, ["projectionType"])) === "INCLUDE" &&
          !isSet(reading.value, "nonKeyAttributes")
            ? `${label}.nonKeyAttributes is not set; AWS requires it if projectionType is "INCLUDE"`
            : undefined,
        ),
    ],
    example: { hashKey: "pk", name: "orders", streamEnabled: true, streamViewType: "NEW_IMAGE" },
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  },
  "table-indexes": {
    types: TABLE,
    problems: (props) => [
      ...each(["localSecondaryIndexes"], atMost(5, "indexes"))(props),
      ...each(["globalSecondaryIndexes"], {
        ...atMost(20, "indexes"),
        allowed: "at most 20, unless the account's quota was raised",
      })(props),
    ],
    example: { globalSecondaryIndexes: [{ name: "by-day", hashKey: "day", projectionType: "KEYS_ONLY" }] },
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  },
  "database-identifier": {
    types: DATABASE_INSTANCE,
    problems: each(["identifier"], identifier(63)),
    example: { identifier: "store-orders" },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  },
  "database-backups": {
    types: DATABASE_INSTANCE,
    problems: each(["backupRetentionPeriod"], expecting(between(0, 35))),
    example: { backupRetentionPeriod: 7 },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  },
} satisfies Readonly<Record<string, Line>>;

/** The properties in which a table and its indexes name attributes. */
const KEYS = [
  "hashKey",
  "rangeKey",
  "globalSecondaryIndexes.*.hashKey",
  "globalSecondaryIndexes.*.rangeKey",
  "globalSecondaryIndexes.*.keySchemas.*.attributeName",
  "localSecondaryIndexes.*.rangeKey",
];

/** Every attribute must be a key of the table or of an index. */
function attributeProblems(props: unknown): (string | undefined)[] {
  const keys = KEYS.flatMap((path) => readEach(props, path)).filter(
    ({ reading }) => reading.kind !== "absent",
  );
  const names = keys.map(({ reading }) => text(reading));
  const lists = ["globalSecondaryIndexes", "localSecondaryIndexes"].map((name) => readList(props, [name]));
  const isWhole = lists.every((list) =>
    isList(list) ? list.every(({ kind }) => kind === "known") : list.kind === "absent",
  );
  if (names.length === 0 || names.includes(undefined) || !isWhole) return [];
  return readEach(props, "attributes.*.name").map(({ label, reading }) => {
    const name = text(reading);
    return name === undefined || names.includes(name)
      ? undefined
      : `${label} is not a key; AWS allows only attributes that are keys of the table or its indexes`;
  });
}

/** The keys of a table and its indexes must be among its attributes. */
function keyProblems(props: unknown): (string | undefined)[] {
  const attributes = readList(props, ["attributes"]);
  if (!isList(attributes)) return [];
  const names = attributes.map((attribute) =>
    attribute.kind === "known" ? text(read(attribute.value, ["name"])) : undefined,
  );
  if (names.includes(undefined)) return [];
  return KEYS.flatMap((path) => readEach(props, path)).map(({ label, reading }) => {
    const key = text(reading);
    return key === undefined || names.includes(key)
      ? undefined
      : `${label} is not in attributes; AWS allows only attributes as keys`;
  });
}
