import { BUCKET, BUCKET_OBJECT, BUCKET_POLICY, BUCKET_WEBSITE } from "../../../../policies/resources";
import assert from "node:assert/strict";
import { secret, type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import { RuleSuite, without, type Props } from "../../../support/rule-suite";

const ARN = "arn:aws:s3:::logs";
const DENY = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const ALLOW = { Effect: "Allow", Principal: { Service: "x" }, Action: "s3:PutObject", Resource: `${ARN}/*` };
const written = (...statements: unknown[]): Props => ({
  bucket: "logs",
  policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
});
const object = (...statements: unknown[]): Props => ({ bucket: UNKNOWN, policy: { Statement: statements } });
const but = (fields: Props): Props => written(ALLOW, { ...DENY, ...fields });

describe("buckets-tls on a website", () => {
  const suite = new RuleSuite("buckets-tls");
  const rule = (protocol: unknown) => ({ redirect: { protocol, hostName: "x.example.com" } });
  for (const type of BUCKET_WEBSITE)
    suite.checkPartsOfSentences(type, [
      {
        title: `passes redirects to HTTPS, and within the website, of ${type}`,
        props: {
          redirectAllRequestsTo: { hostName: "x.example.com", protocol: "https" },
          routingRules: [rule("https"), rule(null), { redirect: { replaceKeyWith: "error.html" } }],
          routingRuleDetails: JSON.stringify([{ Redirect: { Protocol: "https" } }]),
        },
        says: [],
      },
      { title: `passes a website of ${type}`, props: { indexDocument: { suffix: "index.html" } }, says: [] },
      {
        title: `refuses redirects to plain HTTP of ${type}`,
        props: {
          redirectAllRequestsTo: { hostName: "x.example.com", protocol: "http" },
          routingRules: [rule("https"), rule("http"), rule(UNKNOWN)],
          routingRuleDetails: JSON.stringify([{ Redirect: { Protocol: "http" } }]),
        },
        says: [
          'redirectAllRequestsTo.protocol is "http"; it must be "https"',
          'routingRules[1].redirect.protocol is "http"; it must be "https"',
          "routingRules[2].redirect.protocol is not known",
          'routingRuleDetails[0].Redirect.Protocol is "http"; it must be "https"',
        ],
      },
    ]);
  suite.checkPartsOfSentences(BUCKET[0], [
    { title: "passes HTTPS inline", props: { website: { redirectAllRequestsTo: "https://x" } }, says: [] },
    {
      title: "passes the protocol of the request inline",
      props: { website: { redirectAllRequestsTo: "x.example.com", routingRules: UNKNOWN } },
      says: [],
    },
    {
      title: "refuses plain HTTP inline",
      props: {
        website: {
          redirectAllRequestsTo: "http://x.example.com",
          routingRules: JSON.stringify([{ Redirect: { Protocol: "http" } }]),
        },
      },
      says: [
        'website.redirectAllRequestsTo begins with "http:"; it must begin with "https:"',
        'website.routingRules[0].Redirect.Protocol is "http"',
      ],
    },
  ]);
  for (const type of BUCKET_OBJECT)
    suite.checkPartsOfSentences(type, [
      { title: `passes another page of ${type}`, props: { websiteRedirect: "/new.html" }, says: [] },
      {
        title: `refuses plain HTTP of ${type}`,
        props: { websiteRedirect: "http://x.example.com/" },
        says: ['websiteRedirect begins with "http:"'],
      },
    ]);
});

describe("buckets-tls", () => {
  const suite = new RuleSuite("buckets-tls");
  const pass = (title: string, props: Props) => ({ title: `passes ${title}`, props, says: [] });
  const advise = (title: string, props: Props) => ({
    title: `advises against ${title}`,
    props,
    says: ["policy has no statement that denies"],
    level: "advisory" as const,
  });
  const refuse = (title: string, props: Props) => ({
    title: `refuses ${title}`,
    props,
    says: ["policy has no statement that denies"],
  });

  suite.check(BUCKET_POLICY[0], [
    pass("a policy as JSON", written(ALLOW, DENY)),
    pass("a policy as an object", object(ALLOW, DENY)),
    pass("a secret policy", { policy: secret(JSON.stringify({ Statement: [DENY] })) }),
    pass("a single statement without a list", { policy: JSON.stringify({ Statement: DENY }) }),
    pass("a policy that is not known yet", { policy: UNKNOWN }),
    pass("a statement that is not known yet", object(ALLOW, UNKNOWN)),
    pass("ARNs that are not known yet", object({ ...DENY, Resource: [UNKNOWN, UNKNOWN] })),
    pass("a principal of all AWS", but({ Principal: { AWS: "*" } })),
    pass("a principal of all AWS in a list", but({ Principal: { AWS: ["*"] } })),
    pass("every action of every service", but({ Action: ["*"] })),
    pass("a pattern of bucket and objects in one", but({ Resource: `${ARN}*` })),
    pass("ARNs of another partition", but({ Resource: ["arn:aws-cn:s3:::l", "arn:aws-cn:s3:::l/*"] })),
    pass("the condition as a boolean", but({ Condition: { Bool: { "aws:SecureTransport": false } } })),
    pass("the condition in a list", but({ Condition: { Bool: { "aws:securetransport": ["false"] } } })),
    pass(
      "the condition if it exists",
      but({ Condition: { BoolIfExists: { "aws:SecureTransport": "false" } } }),
    ),
    pass("a policy of a directory bucket", { bucket: "x--euw1-az1--x-s3", policy: "{}" }),
    advise("a policy that only allows", written(ALLOW)),
    advise("a policy without statements", { policy: "{}" }),
    advise("Allow instead of Deny", but({ Effect: "Allow" })),
    advise("an unknown effect", object({ ...DENY, Effect: UNKNOWN })),
    advise("one principal", but({ Principal: { AWS: "123456789012" } })),
    advise("all principals but one", written({ ...without(DENY, "Principal"), NotPrincipal: { AWS: "x" } })),
    advise("one action", but({ Action: "s3:GetObject" })),
    advise("all actions but one", written({ ...without(DENY, "Action"), NotAction: "s3:GetObject" })),
    advise("the bucket only", but({ Resource: ARN })),
    advise("the objects only", but({ Resource: `${ARN}/*` })),
    ...[
      [ARN, `${ARN}/private/*`],
      [ARN, `${ARN}/*x`],
      [ARN, `x${ARN}/*`],
      [`x${ARN}`, `${ARN}/*`],
      [`${ARN}*/x`],
    ].map((Resource) => advise(`some of the objects: ${Resource.join()}`, but({ Resource }))),
    advise("no condition, which would deny all", written(without(DENY, "Condition"))),
    advise(
      "the condition the wrong way round",
      but({ Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    ),
    ...[
      {},
      { Bool: {} },
      { Bool: { "aws:SecureTransport": ["false", "true"] } },
      { Boolean: DENY.Condition.Bool },
      { "ForAnyValue:Bool": DENY.Condition.Bool },
    ].map((Condition) => advise(`the condition ${JSON.stringify(Condition)}`, but({ Condition }))),
    advise("a statement that is null", written(null, ALLOW)),
    advise("another condition", but({ Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } })),
    advise(
      "a further condition of another kind",
      but({ Condition: { ...DENY.Condition, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
    ),
    advise(
      "a further condition of the same kind",
      but({ Condition: { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "true" } } }),
    ),
    advise("statements of the wrong type", { policy: JSON.stringify({ Statement: "Deny" }) }),
    ...[{ AWS: "*" }, "*", { AWS: ["123456789012", "*"] }].map((Principal) =>
      refuse(`a policy that lets in ${JSON.stringify(Principal)}`, written({ ...ALLOW, Principal })),
    ),
    advise(
      "a policy that lets in everybody under a condition",
      written({ ...ALLOW, Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
    ),
    pass(
      "two statements that together deny it",
      written({ ...ALLOW, Principal: "*" }, { ...DENY, Resource: ARN }, { ...DENY, Resource: `${ARN}/*` }),
    ),
    { title: "refuses an absent policy", props: { bucket: UNKNOWN }, says: ["policy is not a JSON object"] },
    {
      title: "refuses a text that is not JSON",
      props: { policy: "{" },
      says: ["policy is not a JSON object"],
    },
    { title: "refuses a JSON list", props: { policy: "[]" }, says: ["policy is not a JSON object"] },
    {
      title: "refuses a policy of the wrong type",
      props: { policy: 1 },
      says: ["policy is not a JSON object"],
    },
  ]);

  describe("inside a bucket", () => {
    suite.check(BUCKET[0], [
      pass("no policy", {}),
      pass("an empty policy, which is none", { policy: "" }),
      pass("a right one", written(DENY)),
      refuse("one that lets everybody in", written({ ...ALLOW, Principal: "*" })),
    ]);
    suite.checkTypes([...BUCKET, ...BUCKET_POLICY], written(ALLOW), "advisory");
    suite.checkSilence(BUCKET_POLICY[0], written({ ...ALLOW, Sid: "hunter2" }), "advisory");
  });
});

describe("buckets-tls-stack", () => {
  const suite = new RuleSuite("buckets-tls-stack");
  const bucket = (name: string, props: Props = {}): TestResource => ({
    type: BUCKET[0],
    name,
    props: { bucket: name, id: UNKNOWN, arn: UNKNOWN, ...props },
  });
  const policyOf = (target: TestResource, name: unknown = UNKNOWN): TestResource => ({
    type: BUCKET_POLICY[0],
    name: `of-${target.name}`,
    props: { bucket: name, policy: UNKNOWN },
    propertyDependencies: name === UNKNOWN ? { bucket: [urnOf(target)] } : {},
  });
  const [logs, other] = [bucket("logs"), bucket("other")];
  const urns = async (...resources: TestResource[]): Promise<string[]> =>
    (await suite.judgeStack(...resources)).map(([urn]) => urn);

  it("requires nothing by default", async () => {
    assert.deepEqual(await suite.judgeStack(logs), []);
  });

  describe("when required", () => {
    before(() => suite.configure({ everyBucket: true }));

    it("refuses a bucket without a policy, and no other", async () => {
      const found = await suite.judgeStack(logs, policyOf(logs), other);
      assert.equal(found.length, 1);
      assert.equal(found[0]![0], urnOf(other));
      assert.match(found[0]![1], /The bucket has no bucket policy in this stack/);
    });

    for (const key of ["bucket", "id", "arn"]) {
      it(`finds the policy by the bucket's ${key}`, async () => {
        const named = bucket("logs", { bucket: UNKNOWN, [key]: "shop-logs" });
        const policy = { ...policyOf(named), props: { bucket: "shop-logs" }, propertyDependencies: {} };
        assert.deepEqual(await urns(named, policy), []);
      });
    }

    it("accepts a policy in the bucket's own inputs if it requires TLS", async () => {
      const right = bucket("right", { policy: written(DENY).policy });
      const wrong = bucket("wrong", { policy: written(ALLOW).policy });
      assert.deepEqual(await urns(right, wrong), [urnOf(wrong)]);
    });
  });
});
