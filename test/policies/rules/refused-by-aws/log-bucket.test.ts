import {
  BUCKET,
  BUCKET_ENCRYPTION,
  BUCKET_POLICY,
  CLASSIC_LOAD_BALANCER,
  LOAD_BALANCER,
} from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { RuleSuite } from "./cases";

const bucket = (props: Props = {}, name = "logs"): TestResource => ({
  type: BUCKET[0],
  name,
  props: { bucket: name, ...props },
});
const balancer = (props: Props = {}, type: string = LOAD_BALANCER[0]): TestResource => ({
  type,
  name: "lb",
  props: { accessLogs: { enabled: true, bucket: "logs" }, ...props },
});
const policy = (text: unknown, props: Props = { bucket: "logs" }): TestResource => ({
  type: BUCKET_POLICY[0],
  name: "policy",
  props: { policy: text, ...props },
});
const allow = (principal: unknown, action: unknown = "s3:PutObject", effect = "Allow"): string =>
  JSON.stringify({ Statement: [{ Effect: effect, Principal: principal, Action: action, Resource: "*" }] });
const DELIVERY = allow({ Service: "logdelivery.elasticloadbalancing.amazonaws.com" });
const encryption = (sseAlgorithm: unknown): TestResource => ({
  type: BUCKET_ENCRYPTION[0],
  name: "encryption",
  props: { bucket: "logs", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
});

describe("log-bucket", () => {
  const suite = new RuleSuite("log-bucket");
  const sound = [bucket(), policy(DELIVERY)];
  const kms = [
    [
      "lb",
      'accessLogs.bucket leads to bucket "logs", which is encrypted with a KMS key; it must use "AES256", S3\'s own keys',
    ],
  ] as const;
  const locked = [
    [
      "lb",
      'accessLogs.bucket leads to bucket "logs", whose policy does not name it; it must let Elastic Load Balancing put objects',
    ],
  ] as const;
  suite.checkStacks([
    {
      title: "passes a bucket that lets the logs in",
      stack: [...sound, encryption("AES256"), balancer()],
      says: [],
    },
    { title: "passes an unknown policy", stack: [bucket(), policy(UNKNOWN), balancer()], says: [] },
    { title: "passes an unknown algorithm", stack: [...sound, encryption(UNKNOWN), balancer()], says: [] },
    { title: "passes a policy that nobody can read", stack: [bucket(), policy("{"), balancer()], says: [] },
    {
      title: "passes a policy of an unknown bucket",
      stack: [bucket(), policy(allow("x"), { bucket: UNKNOWN }), balancer()],
      says: [],
    },
    { title: "passes a bucket of elsewhere", stack: [balancer(), encryption("aws:kms")], says: [] },
    {
      title: "passes logs that are off, absent, null, unknown or odd",
      stack: [
        bucket(),
        ...[
          { bucket: "logs" },
          { bucket: "logs", enabled: false },
          null,
          UNKNOWN,
          [],
          { enabled: UNKNOWN, bucket: "logs" },
        ].map((accessLogs) => balancer({ accessLogs })),
      ],
      says: [],
    },
    {
      title: "passes KMS for a Network Load Balancer",
      stack: [
        bucket(),
        policy(allow({ Service: ["delivery.logs.amazonaws.com"] }, ["s3:Put*"])),
        encryption("aws:kms"),
        balancer({ loadBalancerType: "network" }),
      ],
      says: [],
    },
    {
      title: "passes the account of Elastic Load Balancing in a Region",
      stack: [bucket(), policy(allow({ AWS: "arn:aws:iam::156460612806:root" }, "s3:*")), balancer()],
      says: [],
    },
    {
      title: "passes a policy on the bucket itself",
      stack: [bucket({ policy: DELIVERY }), balancer()],
      says: [],
    },
    { title: "refuses KMS", stack: [...sound, encryption("aws:kms"), balancer()], says: kms },
    {
      title: "refuses KMS on the bucket itself, secret or not",
      stack: [
        bucket({
          serverSideEncryptionConfiguration: {
            rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: secret("aws:kms:dsse") } },
          },
        }),
        policy(DELIVERY),
        balancer(),
      ],
      says: kms,
    },
    {
      title: "is not misled by the policy that the provider will fill in, which a preview shows as unknown",
      stack: [bucket({ policy: UNKNOWN }), balancer()],
      says: [
        [
          "lb",
          'accessLogs.bucket leads to bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses a bucket without a policy",
      stack: [bucket(), balancer()],
      says: [
        [
          "lb",
          'accessLogs.bucket leads to bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses a policy for somebody else",
      stack: [bucket(), policy(allow({ AWS: "arn:aws:iam::123456789012:root" })), balancer()],
      says: locked,
    },
    {
      title: "refuses a policy that lets it only read",
      stack: [bucket(), policy(allow("*", "s3:GetObject")), balancer()],
      says: locked,
    },
    {
      title: "refuses a policy that denies",
      stack: [bucket(), policy(allow("*", "s3:*", "Deny")), balancer()],
      says: locked,
    },
    {
      title: "refuses it for connection logs, each block apart",
      stack: [bucket(), balancer({ accessLogs: UNKNOWN, connectionLogs: { enabled: true, bucket: "logs" } })],
      says: [
        [
          "lb",
          'connectionLogs.bucket leads to bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses it of a Classic Load Balancer, whose logs need no switch",
      stack: [bucket(), balancer({ accessLogs: { bucket: "logs" } }, CLASSIC_LOAD_BALANCER[0])],
      says: [
        [
          "lb",
          'accessLogs.bucket leads to bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses it while names are unknown, by the dependencies",
      stack: [
        bucket({ bucket: UNKNOWN }),
        bucket({ bucket: UNKNOWN }, "other"),
        {
          ...policy(DELIVERY, { bucket: UNKNOWN }),
          propertyDependencies: { bucket: [urnOf(bucket({}, "other"))] },
        },
        {
          ...balancer({ accessLogs: { enabled: true, bucket: UNKNOWN } }),
          propertyDependencies: { accessLogs: [urnOf(bucket())] },
        },
      ],
      says: [
        [
          "lb",
          'accessLogs.bucket leads to bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
  ]);
});
