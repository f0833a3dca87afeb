import { isIPv4 } from "node:net";
import { BUCKET } from "../../../resources";
import { isList, read, readList } from "../../../read";
import { isMap, mapKeys, readEach } from "../../../read-each";
import { between, scalar, text, wholeNumber } from "../known";
import { all, atMost, characters, each, expecting, form } from "./line";
import type { Limit, Line } from "./line";
import { BUCKET_LIFECYCLE, BUCKET_METRIC, DATABASE_INSTANCE, FUNCTION, OBJECT, TABLE } from "./types";

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
  form((name) => !RESERVED.test(name), "no prefix or suffix that S3 keeps for itself"),
);

const BUCKET_NAME = all(
  BUCKET_TEXT,
  form((name) => name.length >= 3 && /[a-z0-9]$/.test(name), "a letter or digit last"),
  form((name) => !isIPv4(name), "no IP address"),
);

const INFREQUENT = ["STANDARD_IA", "ONEZONE_IA"];

/** Bytes of all names and values. */
const ENVIRONMENT: Limit = {
  got: (value) => {
    if (!isMap(value)) return undefined;
    const bytes = mapKeys(value).reduce((sum, key) => {
      const reading = read(value, [key]);
      const entry = reading.kind === "known" ? (scalar(reading.value) ?? "") : "";
      return sum + Buffer.byteLength(key) + Buffer.byteLength(entry);
    }, 0);
    return bytes > 4_096 ? `have ${bytes} bytes together` : undefined;
  },
  allowed: "4,096 bytes at most",
};

/** S3, Lambda, DynamoDB and RDS. */
export const STORAGE = {
  "object-tags": {
    types: OBJECT,
    faults: each(["tags"], atMost(10, "tags")),
    example: { tags: { Owner: "shop", Stack: "prod" } },
    source: TAGS,
  },
  "object-tag-texts": {
    types: OBJECT,
    faults: (props) => {
      const tags = read(props, ["tags"]);
      const long = tags.kind === "known" && isMap(tags.value) ? mapKeys(tags.value) : [];
      return [
        ...long
          .filter((key) => key.length > 128)
          .map((key) => `a key of tags has ${key.length} characters; AWS takes 128 at most`),
        ...each(["tags.*"], characters(256, "256 characters at most"))(props),
      ];
    },
    example: { tags: { Owner: "shop" } },
    source: TAGS,
  },
  "bucket-name": {
    types: BUCKET,
    faults: each(["bucket"], BUCKET_NAME),
    example: { bucket: "store-releases-4711" },
    source: BUCKET_NAMES,
  },
  "bucket-prefix": {
    types: BUCKET,
    faults: each(["bucketPrefix"], BUCKET_TEXT),
    example: { bucketPrefix: "store-releases-" },
    source: BUCKET_NAMES,
  },
  "bucket-metric-name": {
    types: BUCKET_METRIC,
    faults: each(
      ["name"],
      characters(64, "up to 64 characters: A-Z, a-z, 0-9, ., - and _", /[^A-Za-z0-9._-]/gu),
    ),
    example: { name: "access-logs" },
    source: `${S3}/API/API_MetricsConfiguration.html`,
  },
  "lifecycle-transitions": {
    types: BUCKET_LIFECYCLE,
    faults: (props) =>
      readEach(props, "rules.*.transitions.*").map(({ label, reading }) => {
        const transition = reading.kind === "known" ? reading.value : undefined;
        const days = wholeNumber(read(transition, ["days"]));
        const storageClass = text(read(transition, ["storageClass"])) ?? "";
        return days !== undefined && days < 30 && INFREQUENT.includes(storageClass)
          ? `${label}.days is ${days} and storageClass is "${storageClass}"; AWS takes 30 days at least for it`
          : undefined;
      }),
    example: { rules: [{ status: "Enabled", transitions: [{ days: 30, storageClass: "STANDARD_IA" }] }] },
    source: `${S3}/API/API_Transition.html`,
  },
  "function-environment": {
    types: FUNCTION,
    faults: each(["environment.variables"], ENVIRONMENT),
    example: { environment: { variables: { TITLE: "store.example.com" } } },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  },
  "function-layers": {
    types: FUNCTION,
    faults: each(["layers"], atMost(5, "layers")),
    example: { layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:tools:1"] },
    source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  },
  "table-keys": {
    types: TABLE,
    faults: keyFaults,
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
  "table-indexes": {
    types: TABLE,
    faults: (props) => [
      ...each(["localSecondaryIndexes"], atMost(5, "indexes"))(props),
      ...each(
        ["globalSecondaryIndexes"],
        atMost(20, "indexes, unless the account's quota was raised"),
      )(props),
    ],
    example: { globalSecondaryIndexes: [{ name: "by-day", hashKey: "day", projectionType: "KEYS_ONLY" }] },
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
  },
  "database-identifier": {
    types: DATABASE_INSTANCE,
    faults: each(
      ["identifier"],
      form(
        (name) => /^[A-Za-z][A-Za-z0-9-]{0,62}$/.test(name) && !/--|-$/.test(name),
        "1 to 63 letters, digits and single hyphens, a letter first and no hyphen last",
      ),
    ),
    example: { identifier: "store-orders" },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  },
  "database-backups": {
    types: DATABASE_INSTANCE,
    faults: each(["backupRetentionPeriod"], expecting(between(0, 35))),
    example: { backupRetentionPeriod: 7 },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
  },
} satisfies Readonly<Record<string, Line>>;

/** The keys of a table and its indexes are among its attributes. */
function keyFaults(props: unknown): (string | undefined)[] {
  const attributes = readList(props, ["attributes"]);
  if (!isList(attributes)) return [];
  const names = attributes.map((attribute) =>
    attribute.kind === "known" ? text(read(attribute.value, ["name"])) : undefined,
  );
  if (names.includes(undefined)) return [];
  return [
    "hashKey",
    "rangeKey",
    "globalSecondaryIndexes.*.hashKey",
    "globalSecondaryIndexes.*.rangeKey",
    "localSecondaryIndexes.*.rangeKey",
  ]
    .flatMap((path) => readEach(props, path))
    .map(({ label, reading }) => {
      const key = text(reading);
      return key === undefined || names.includes(key)
        ? undefined
        : `${label} is none of attributes; AWS takes keys that are among them`;
    });
}
