import { isList, isTrue, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import {
  BUCKET,
  BUCKET_ENCRYPTION,
  BUCKET_POLICY,
  CLASSIC_LOAD_BALANCER,
  isOf,
  LOAD_BALANCER,
} from "../../../resources";
import type { StackSubject } from "../../../rule";
import { given } from "../../../stack";
import type { Stack } from "../../../stack";
import { balancerType, block, single, text } from "../known";
import type { Relation } from "./relation";

const FIX =
  'new aws.s3.BucketServerSideEncryptionConfiguration("logs", { rules: [{ applyServerSideEncryptionByDefault: ' +
  '{ sseAlgorithm: "AES256" } }], … }); new aws.s3.BucketPolicy("logs", { policy: { Statement: [{ Effect: "Allow", ' +
  'Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, Action: "s3:PutObject", ' +
  'Resource: "<bucket ARN>/<prefix>/AWSLogs/<account>/*" }] }, … })';

const BLOCKS = ["accessLogs", "connectionLogs", "healthCheckLogs"] as const;

/** The buckets to which load balancers write logs. AWS tests the access at once, and enables no logs without it. */
export const logBuckets: Relation = {
  of: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
  source:
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html; " +
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html",
  fix: FIX,
  judge(stack) {
    const bucketsOf = stack.to(BUCKET, ["bucket", "id"]);
    const problemsOf = bucketProblems(stack);
    return (balancer) =>
      BLOCKS.filter((name) => isOn(balancer, name)).flatMap((name) => {
        const bucket = single(bucketsOf(block(balancer, name), "bucket"));
        return bucket === undefined
          ? []
          : problemsOf(bucket, balancer).map((text) => `${name}.bucket ${text}`);
      });
  },
};

/** Logs of Classic Load Balancers are enabled if a bucket is set; those of others must be enabled explicitly. */
function isOn(balancer: StackSubject, name: (typeof BLOCKS)[number]): boolean {
  if (read(balancer.props, [name]).kind !== "known") return false;
  const enabled = read(balancer.props, [name, "enabled"]);
  if (enabled.kind === "absent") return isOf(CLASSIC_LOAD_BALANCER, balancer);
  return isTrue(enabled);
}

/** Prepares to say why a load balancer cannot write to a bucket. */
function bucketProblems(stack: Stack): (bucket: StackSubject, balancer: StackSubject) => string[] {
  const encryptions = byBucket(stack, BUCKET_ENCRYPTION);
  const policies = byBucket(stack, BUCKET_POLICY);
  return (bucket, balancer) => {
    const name = `"${bucket.name}"`;
    const isNetwork = !isOf(CLASSIC_LOAD_BALANCER, balancer) && balancerType(balancer) !== "application";
    const algorithms = [
      read(bucket.props, ["serverSideEncryptionConfiguration", "rule", ...ALGORITHM]),
      ...(encryptions.of.get(bucket.urn) ?? []).flatMap(({ props }) => {
        const rules = readList(props, ["rules"]);
        return isList(rules)
          ? rules.map((rule) => (rule.kind === "known" ? read(rule.value, ALGORITHM) : rule))
          : [];
      }),
    ];
    // Network Load Balancers can write with a customer managed key.
    const isUnwritable = !isNetwork && algorithms.some(isKms);
    const texts = [
      ...(policies.of.get(bucket.urn) ?? []).map(({ props }) => read(props, ["policy"])),
      // In a preview, it is unknown even if the program does not set it.
      given(bucket, "policy"),
    ].filter(({ kind }) => kind !== "absent");
    // A policy whose bucket is not known may belong to this one.
    const isLockedOut = policies.strays === 0 && !texts.some((policy) => mayDeliverLogs(policy));
    return [
      ...(isUnwritable
        ? [`names bucket ${name}, which is encrypted with a KMS key; it must use "AES256", S3's own keys`]
        : []),
      ...(isLockedOut
        ? [
            `names bucket ${name}, ${texts.length === 0 ? "which has no policy" : "whose policy does not allow log delivery"}; ` +
              "it must let Elastic Load Balancing put objects",
          ]
        : []),
    ];
  };
}

const ALGORITHM = ["applyServerSideEncryptionByDefault", "sseAlgorithm"];

function isKms(algorithm: Reading): boolean {
  return (text(algorithm) ?? "").startsWith("aws:kms");
}

/** The resources of each bucket of the stack, by its URN, and the number of those whose bucket is not known. */
function byBucket(
  stack: Stack,
  types: readonly string[],
): { readonly of: ReadonlyMap<string, StackSubject[]>; readonly strays: number } {
  const bucketsOf = stack.to(BUCKET, ["bucket", "id"]);
  const of = new Map<string, StackSubject[]>();
  let strays = 0;
  for (const resource of stack.ofTypes(types)) {
    const buckets = bucketsOf(resource, "bucket");
    if (buckets.length === 0 && read(resource.props, ["bucket"]).kind !== "known") strays += 1;
    for (const { urn } of buckets) of.set(urn, [...(of.get(urn) ?? []), resource]);
  }
  return { of, strays };
}

/** The service principals with which Elastic Load Balancing delivers logs, oldest first. */
const SERVICES = [
  "logdelivery.elasticloadbalancing.amazonaws.com",
  "logdelivery.elb.amazonaws.com",
  "delivery.logs.amazonaws.com",
];

/**
 * The accounts of Elastic Load Balancing, one for each Region; newer Regions have only the service principal.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const ACCOUNTS = [
  "127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378",
  "383597477331 600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806",
  "652711504416 635631232127 009996457667 897822967062 076674570225 507241528517 048591011584 190560391635",
  "638102146993 037604701340",
].flatMap((line) => line.split(" "));

/**
 * True unless a bucket's policy is known not to let Elastic Load Balancing put objects. Only the principals and actions
 * of its Allow statements are checked; anything unknown may allow it.
 */
function mayDeliverLogs(policy: Reading): boolean {
  if (policy.kind !== "known") return policy.kind === "unknown";
  const statements = statementsOf(policy.value);
  return statements === undefined || statements.some(mayLet);
}

/** The statements of a policy; undefined if it cannot be read. */
function statementsOf(policy: unknown): unknown[] | undefined {
  if (typeof policy !== "string") return undefined;
  try {
    const { Statement: statement } = JSON.parse(policy) as { Statement?: unknown };
    return statement === undefined ? undefined : [statement].flat();
  } catch {
    return undefined;
  }
}

function mayLet(statement: unknown): boolean {
  if (typeof statement !== "object" || statement === null) return true;
  const { Effect: effect, Principal: principal, Action: action } = statement as Record<string, unknown>;
  if (effect !== "Allow") return false;
  const actions = action === undefined ? ["s3:PutObject"] : [action].flat().map(String);
  return actions.some(coversPutObject) && (principal === undefined || isDelivery(principal));
}

function coversPutObject(action: string): boolean {
  const pattern = action
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${pattern}$`, "i").test("s3:PutObject");
}

function isDelivery(principal: unknown): boolean {
  if (typeof principal !== "object" || principal === null) return principal === "*";
  return Object.values(principal)
    .flat()
    .map(String)
    .some(
      (name) =>
        name === "*" ||
        SERVICES.includes(name) ||
        ACCOUNTS.some((account) => account === /\d{12}/.exec(name)?.[0]),
    );
}
