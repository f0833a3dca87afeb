import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  BUCKET,
  BUCKET_ENCRYPTION,
  BUCKET_POLICY,
  CLASSIC_LOAD_BALANCER,
  isOf,
  LOAD_BALANCER,
} from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { given } from "../../stack";
import type { Stack } from "../../stack";
import { balancerType, block, single, text } from "./known";
import { mayDeliverLogs } from "./log-delivery";

const FIX =
  'new aws.s3.BucketServerSideEncryptionConfiguration("logs", { rules: [{ applyServerSideEncryptionByDefault: ' +
  '{ sseAlgorithm: "AES256" } }], … }); new aws.s3.BucketPolicy("logs", { policy: { Statement: [{ Effect: "Allow", ' +
  'Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, Action: "s3:PutObject", ' +
  'Resource: "<bucket ARN>/<prefix>/AWSLogs/<account>/*" }] }, … })';

const BLOCKS = ["accessLogs", "connectionLogs", "healthCheckLogs"] as const;

/** The buckets that load balancers write their logs to. Only the stack shows how these are set up. */
export const logBucket = stackRule({
  id: "log-bucket",
  area: "refused-by-aws",
  title: "Load balancers can write to the bucket of their logs",
  severity: "medium",
  level: "stack",
  description:
    "The bucket of a load balancer's logs is encrypted with S3's own keys and has a policy that lets Elastic Load Balancing write. " +
    "AWS tries it at once and refuses to switch the logs on.",
  remedy: FIX,
  references: [
    {
      label: "Access logs of Application Load Balancers",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    },
    {
      label: "Access logs of Network Load Balancers",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html",
    },
  ],
  judge(stack) {
    const bucketsOf = stack.to(BUCKET, ["bucket", "id"]);
    const faultsOf = bucketFaults(stack);
    return stack.ofTypes([...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER]).flatMap((balancer) => {
      const faults = BLOCKS.filter((name) => isOn(balancer, name)).flatMap((name) => {
        const bucket = single(bucketsOf(block(balancer, name), "bucket"));
        return bucket === undefined ? [] : faultsOf(bucket, balancer).map((text) => `${name}.bucket ${text}`);
      });
      return violations(faults, FIX, balancer.urn);
    });
  },
});

/** Classic Load Balancers log once there is a bucket, the others once they are told to. */
function isOn(balancer: StackSubject, name: (typeof BLOCKS)[number]): boolean {
  if (read(balancer.props, [name]).kind !== "known") return false;
  const enabled = read(balancer.props, [name, "enabled"]);
  if (enabled.kind === "absent") return isOf(CLASSIC_LOAD_BALANCER, balancer);
  return enabled.kind === "known" && (enabled.value === true || enabled.value === "true");
}

/** Prepares to say what keeps a load balancer from writing to a bucket. */
function bucketFaults(stack: Stack): (bucket: StackSubject, balancer: StackSubject) => string[] {
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
      // In a preview it is unknown even when the program left it out.
      given(bucket, "policy"),
    ].filter(({ kind }) => kind !== "absent");
    // A policy of which the bucket is not known may be this one's.
    const isLockedOut = policies.strays === 0 && !texts.some((policy) => mayDeliverLogs(policy));
    return [
      ...(isUnwritable
        ? [`leads to bucket ${name}, which is encrypted with a KMS key; it must use "AES256", S3's own keys`]
        : []),
      ...(isLockedOut
        ? [
            `leads to bucket ${name}, ${texts.length === 0 ? "which has no policy" : "whose policy does not name it"}; ` +
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

/** What belongs to each bucket of the stack, by its URN, and of how much that is not known. */
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
