import { advice, resourceRule, stackRule, violations } from "../../rule";
import type { StackSubject, Subject, Violation } from "../../rule";
import { isList, jsonOf, read, readList } from "../../read";
import type { Reading } from "../../read";
import { BUCKET, BUCKET_OBJECT, BUCKET_POLICY, BUCKET_WEBSITE, isOf } from "../../resources";
import { booleanSetting } from "../../settings";
import { websiteProblems } from "./website-redirects";

const FIX =
  'Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [bucket.arn, `${bucket.arn}/*`], ' +
  'Condition: { Bool: { "aws:SecureTransport": "false" } } }, …]';

const WEBSITE_FIX = 'redirectAllRequestsTo: { hostName: "shop.example.com", protocol: "https" }';

const REFERENCES = [
  { label: "S3.5", url: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5" },
  {
    label: "CIS AWS Foundations v3.0.0 2.1.1",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html",
  },
];

/** Bucket policies, by their text. An unknown policy is judged in `up`, before it is created. */
export const bucketsTls = resourceRule({
  id: "buckets-tls",
  area: "tls",
  title: "Bucket policies deny plain HTTP, and websites redirect to HTTPS",
  severity: "medium",
  level: "resource",
  description:
    "Bucket policies deny every request that does not use TLS, and redirects of S3 websites name no address with plain HTTP. " +
    "Otherwise S3 answers plain HTTP, and attackers on the network path can read and change the objects.",
  advises: "policies that allow only the principals they name",
  remedy: `Bucket policy: { ${FIX} }.`,
  references: REFERENCES,
  types: [...BUCKET_POLICY, ...BUCKET, ...BUCKET_WEBSITE, ...BUCKET_OBJECT],
  judge(resource) {
    const redirects = isOf(BUCKET_POLICY, resource) ? [] : violations(websiteProblems(resource), WEBSITE_FIX);
    if (!isOf([...BUCKET_POLICY, ...BUCKET], resource)) return redirects;
    return [...redirects, ...judgePolicy(resource)];
  },
});

function judgePolicy(resource: Subject): Violation[] {
  const policy = read(resource.props, ["policy"]);
  if (policy.kind === "unknown" || isDirectoryBucket(resource)) return [];
  // A bucket without an inline policy may have a separate one, or none.
  if (isOf(BUCKET, resource) && (policy.kind === "absent" || policy.value === "")) return [];
  const document = documentOf(policy);
  if (document === undefined) return violations(["policy is not a JSON object; it must be one"], FIX);
  if (deniesPlainHttp(document)) return [];
  const text =
    "policy has no statement that denies all principals and actions without TLS, on the bucket and its objects";
  return (allowsEverybody(document) ? violations : advice)([text], FIX);
}

/** Buckets together with their policies. */
export const everyBucketTls = stackRule({
  id: "buckets-tls-stack",
  area: "tls",
  title: "Every bucket has a policy that denies plain HTTP",
  severity: "medium",
  level: "stack",
  description:
    "Where configured, every bucket has a bucket policy, which the rule buckets-tls judges. " +
    "A bucket without one answers plain HTTP, and attackers on the network path can read and change the objects.",
  remedy: `Beside the bucket: new aws.s3.BucketPolicy("tls-only", { bucket: bucket.bucket, policy: { ${FIX} } }).`,
  references: REFERENCES,
  settings: {
    everyBucket: booleanSetting(false, "Whether every bucket of the stack must have a policy in the stack."),
  },
  strict: { everyBucket: true },
  judge(stack, { everyBucket }) {
    if (!everyBucket) return [];
    const bucketsOf = stack.to(BUCKET, ["bucket", "id", "arn"]);
    const covered = new Set<StackSubject>(
      stack.ofTypes(BUCKET_POLICY).flatMap((policy) => bucketsOf(policy, "bucket")),
    );
    return stack.ofTypes(BUCKET).flatMap((bucket) => {
      if (covered.has(bucket) || holdsPolicy(bucket)) return [];
      return violations(["The bucket has no bucket policy in this stack; it must have one"], FIX, bucket.urn);
    });
  },
});

function holdsPolicy(bucket: Subject): boolean {
  const document = documentOf(read(bucket.props, ["policy"]));
  return document !== undefined && deniesPlainHttp(document);
}

/** Directory buckets have policies of another service, `s3express`. S3 reserves this suffix for their names. */
function isDirectoryBucket(resource: Subject): boolean {
  const bucket = read(resource.props, ["bucket"]);
  return bucket.kind === "known" && typeof bucket.value === "string" && bucket.value.endsWith("--x-s3");
}

/** The policy document, which programs write as JSON or as an object. */
function documentOf(policy: Reading): object | undefined {
  if (policy.kind !== "known") return undefined;
  const document = typeof policy.value === "string" ? jsonOf(policy.value) : policy.value;
  return typeof document === "object" && document !== null && !Array.isArray(document) ? document : undefined;
}

/**
 * True if statements of a bucket policy deny all requests without TLS, on the bucket and on its objects, without
 * further conditions. In a policy written as an object, an unknown statement or resource counts as correct: `up` judges
 * it again when it is known.
 *
 * Source: https://repost.aws/knowledge-center/s3-bucket-policy-for-config-rule
 */
export function deniesPlainHttp(document: object): boolean {
  const statements = listAt(document, "Statement");
  if (statements.some(({ kind }) => kind === "unknown")) return true;
  const denying = statements.flatMap((statement) =>
    statement.kind === "known" && isTlsOnly(statement.value) ? listAt(statement.value, "Resource") : [],
  );
  return coversBucketAndObjects(denying);
}

/** True if a statement allows everybody without a condition, and so also requests by plain HTTP. */
function allowsEverybody(document: object): boolean {
  return listAt(document, "Statement").some((statement) => {
    if (statement.kind !== "known") return false;
    const { value } = statement;
    const effect = valueAt(value, "Effect");
    return effect === "Allow" && isEverybody(value) && entries(valueAt(value, "Condition")).length === 0;
  });
}

function isEverybody(statement: unknown): boolean {
  const everyone = [...listAt(statement, "Principal"), ...listAt(valueAt(statement, "Principal"), "AWS")];
  return everyone.some(is("*"));
}

function isTlsOnly(statement: unknown): boolean {
  const effect = read(statement, ["Effect"]);
  if (effect.kind !== "known" || effect.value !== "Deny") return false;
  return (
    isEverybody(statement) &&
    listAt(statement, "Action").some(is("*", "s3:*")) &&
    isWithoutTls(valueAt(statement, "Condition"))
  );
}

function coversBucketAndObjects(resources: readonly Reading[]): boolean {
  const matches = (pattern: RegExp) => (resource: Reading) =>
    resource.kind === "unknown" ||
    (resource.kind === "known" && typeof resource.value === "string" && pattern.test(resource.value));
  const both = matches(/^(\*|arn:[\w-]+:s3:::[^/]*\*)$/);
  const bucket = matches(/^arn:[\w-]+:s3:::[^/]+$/);
  const objects = matches(/^arn:[\w-]+:s3:::[^/]+\/\*$/);
  return resources.some(both) || (resources.some(bucket) && resources.some(objects));
}

/** True for the required condition alone: a further one would let some plain requests through. */
function isWithoutTls(condition: unknown): boolean {
  const operators = entries(condition);
  const [operator, test] = operators[0] ?? [];
  if (operators.length !== 1 || !/^Bool(IfExists)?$/i.test(operator ?? "")) return false;
  const keys = entries(test);
  const [key] = keys[0] ?? [];
  if (keys.length !== 1 || key?.toLowerCase() !== "aws:securetransport") return false;
  const values = listAt(test, key);
  return values.length === 1 && values.every(is("false", false));
}

const is =
  (...wanted: readonly unknown[]) =>
  (reading: Reading): boolean =>
    reading.kind === "known" && wanted.includes(reading.value);

/** The value, or undefined when it is absent or unknown. */
function valueAt(value: unknown, key: string): unknown {
  const reading = read(value, [key]);
  return reading.kind === "known" ? reading.value : undefined;
}

/** The elements of a policy field that is a list or a single value. */
function listAt(value: unknown, key: string): readonly Reading[] {
  const list = readList(value, [key]);
  return isList(list) ? list : [list];
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.keys(value).map((key) => [key, valueAt(value, key)] as const);
}
