import {
  BUCKET,
  BUCKET_ENCRYPTION,
  BUCKET_POLICY,
  CLASSIC_LOAD_BALANCER,
  LOAD_BALANCER,
} from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

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
/**
 * The accounts of the Regions that have one:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const ACCOUNTS = [
  "127311923021",
  "033677994240",
  "027434742980",
  "797873946194",
  "098369216593",
  "754344448648",
  "589379963580",
  "718504428378",
  "383597477331",
  "600734575887",
  "114774131450",
  "783225319266",
  "582318560864",
  "985666609251",
  "054676820928",
  "156460612806",
  "652711504416",
  "635631232127",
  "009996457667",
  "897822967062",
  "076674570225",
  "507241528517",
  "048591011584",
  "190560391635",
  "638102146993",
  "037604701340",
];
const encryption = (sseAlgorithm: unknown): TestResource => ({
  type: BUCKET_ENCRYPTION[0],
  name: "encryption",
  props: { bucket: "logs", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }] },
});

describe("log-bucket", () => {
  const suite = new RuleSuite("relations");
  const sound = [bucket(), policy(DELIVERY)];
  const kms = [
    [
      "lb",
      'accessLogs.bucket names bucket "logs", which is encrypted with a KMS key; it must use "AES256", S3\'s own keys',
    ],
  ] as const;
  const locked = [
    [
      "lb",
      'accessLogs.bucket names bucket "logs", whose policy does not allow log delivery; it must let Elastic Load Balancing put objects',
    ],
  ] as const;
  suite.checkStacks([
    {
      title: "passes a bucket whose policy allows the logs",
      stack: [...sound, encryption("AES256"), balancer()],
      says: [],
    },
    { title: "passes an unknown policy", stack: [bucket(), policy(UNKNOWN), balancer()], says: [] },
    { title: "passes an unknown algorithm", stack: [...sound, encryption(UNKNOWN), balancer()], says: [] },
    { title: "passes a policy that cannot be read", stack: [bucket(), policy("{"), balancer()], says: [] },
    {
      title: "passes a policy of an unknown bucket",
      stack: [bucket(), policy(allow("x"), { bucket: UNKNOWN }), balancer()],
      says: [],
    },
    { title: "passes a bucket outside the stack", stack: [balancer(), encryption("aws:kms")], says: [] },
    {
      title: "passes logs that are off, absent, null, unknown or of another type",
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
    ...[
      "logdelivery.elasticloadbalancing.amazonaws.com",
      "logdelivery.elb.amazonaws.com",
      "delivery.logs.amazonaws.com",
      "*",
    ].map((name) => ({
      title: `passes the principal ${name}`,
      stack: [bucket(), policy(allow({ Service: ["ec2.amazonaws.com", name] })), balancer()],
      says: [],
    })),
    ...ACCOUNTS.map((account) => ({
      title: `passes account ${account}, as an ARN or a number`,
      stack: [
        bucket(),
        bucket({}, "other"),
        policy(allow({ AWS: `arn:aws:iam::${account}:root` })),
        { ...policy(allow({ AWS: account }), { bucket: "other" }), name: "short" },
        balancer(),
        { ...balancer({ accessLogs: { enabled: true, bucket: "other" } }), name: "another" },
      ],
      says: [],
    })),
    ...["s3:PutObject", "S3:PUTOBJECT", "s3:*", "s3:Put?bject", "s3:*Object", "*"].map((action) => ({
      title: `passes the action ${action}`,
      stack: [bucket(), policy(allow("*", ["s3:GetObject", action])), balancer()],
      says: [],
    })),
    ...[
      "s3:PutObjectAcl",
      "xs3:PutObject",
      "s3:Put?Object",
      "s3:Put.bject",
      "s3:PutObjec(t)",
      "s3:[P]utObject",
      "s3:PutObject+",
      "s3:PutObject|x",
    ].map((action) => ({
      title: `refuses the action ${action} alone, which is another`,
      stack: [bucket(), policy(allow("*", action)), balancer()],
      says: locked,
    })),
    ...[
      { title: "no statement", text: {} },
      { title: "a statement that is not an object", text: { Statement: ["x"] } },
      { title: "a null statement", text: { Statement: [null] } },
      {
        title: "one statement without a list",
        text: { Statement: (JSON.parse(DELIVERY) as { Statement: unknown[] }).Statement[0] },
      },
      { title: "NotAction", text: { Statement: { Effect: "Allow", Principal: "*", NotAction: "x" } } },
      { title: "NotPrincipal", text: { Statement: { Effect: "Allow", NotPrincipal: "x", Action: "s3:*" } } },
    ].map(({ title, text }) => ({
      title: `passes a policy of ${title}`,
      stack: [bucket(), policy(JSON.stringify(text)), balancer()],
      says: [],
    })),
    {
      title: "passes a policy that is not a text",
      stack: [bucket(), policy([DELIVERY]), balancer()],
      says: [],
    },
    ...[null, 7, "logdelivery.elb.amazonaws.com", { AWS: "12731192302" }].map((principal) => ({
      title: `refuses the principal ${JSON.stringify(principal)}`,
      stack: [bucket(), policy(allow(principal)), balancer()],
      says: locked,
    })),
    {
      title: "refuses a policy of an empty list of statements",
      stack: [bucket(), policy(JSON.stringify({ Statement: [] })), balancer()],
      says: locked,
    },
    {
      title: "passes Elastic Load Balancing's account in a Region",
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
      title: "ignores the bucket's policy property, which a preview shows as unknown",
      stack: [bucket({ policy: UNKNOWN }), balancer()],
      says: [
        [
          "lb",
          'accessLogs.bucket names bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses a bucket without a policy",
      stack: [bucket(), balancer()],
      says: [
        [
          "lb",
          'accessLogs.bucket names bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses a policy for another principal",
      stack: [bucket(), policy(allow({ AWS: "arn:aws:iam::123456789012:root" })), balancer()],
      says: locked,
    },
    {
      title: "refuses a policy that only allows reading",
      stack: [bucket(), policy(allow("*", "s3:GetObject")), balancer()],
      says: locked,
    },
    {
      title: "refuses a policy that denies",
      stack: [bucket(), policy(allow("*", "s3:*", "Deny")), balancer()],
      says: locked,
    },
    {
      title: "refuses it for connection logs, each block separately",
      stack: [bucket(), balancer({ accessLogs: UNKNOWN, connectionLogs: { enabled: true, bucket: "logs" } })],
      says: [
        [
          "lb",
          'connectionLogs.bucket names bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
    {
      title: "refuses it for a Classic Load Balancer, whose logs are on by default",
      stack: [bucket(), balancer({ accessLogs: { bucket: "logs" } }, CLASSIC_LOAD_BALANCER[0])],
      says: [
        [
          "lb",
          'accessLogs.bucket names bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
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
          'accessLogs.bucket names bucket "logs", which has no policy; it must let Elastic Load Balancing put objects',
        ],
      ],
    },
  ]);
});
