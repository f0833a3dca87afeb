import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nameOf } from "../../packages/rehearse/engine/urn";
import type { JsonDiff, JsonStack } from "../../packages/rehearse/report/json";
import { pack, parsed, programOf, rehearseWarm } from "../support/rehearse";

/** An edit, and its hazard: `name kind other`, and a word of the message. */
interface Row {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly hazards: readonly (readonly [string, RegExp])[];
}

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012";
const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/a";
const POLICY = "arn:aws:iam::123456789012:policy/p";
const rule = (name: string, priority: number, more = ""): string =>
  `new aws.lb.ListenerRule("${name}", { listenerArn: "${ARN}:listener/app/a/1/1", priority: ${priority}, conditions: [{ pathPattern: { values: ["/x"] } }], actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }] }${more});`;
const record = (name: string, args: string): string =>
  `new aws.route53.Record("${name}", { zoneId: "Z1", type: "CNAME", ttl: 60, records: ["x.example.com"], ${args} });`;
const group = (name: string, args: string, options = ""): string =>
  `const ${name} = new aws.lb.TargetGroup("${name}", { protocol: "HTTP", vpcId: "vpc-1", ${args} }${options});`;
const distribution = (name: string, aliases: string): string =>
  `new aws.cloudfront.Distribution("${name}", { aliases: [${aliases}], enabled: true, origins: [{ originId: "o", domainName: "o.example.com" }], defaultCacheBehavior: { allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"], targetOriginId: "o", viewerProtocolPolicy: "https-only" }, restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true } });`;
const listener = (name: string, tg: string): string =>
  `new aws.lb.Listener("${name}", { loadBalancerArn: "${ARN}:loadbalancer/app/${name}/1", port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: ${tg}.arn }] });`;
const trustStore = (tag: string, options: string): string =>
  `const ts = new aws.lb.TrustStore("ts", { name: "ca", caCertificatesBundleS3Bucket: "b", caCertificatesBundleS3Key: "k", tags: { tag: "${tag}" } }${options}); new aws.lb.Listener("mutual", { loadBalancerArn: "${ARN}:loadbalancer/app/m/1", port: 443, protocol: "HTTPS", defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }], mutualAuthentication: { mode: "verify", trustStoreArn: ts.arn } });`;

const ROWS: readonly Row[] = [
  {
    title: "a rule under another name, with the same priority",
    before: rule("rule-old", 10),
    after: rule("rule-new", 10),
    hazards: [["rule-new collides rule-old", /PriorityInUse.*aliases: \[\{ name: "rule-old" \}\]/]],
  },
  {
    title: "a rule that an alias matches",
    before: rule("rule-a", 11),
    after: rule("rule-b", 11, `, { aliases: [{ name: "rule-a" }] }`),
    hazards: [],
  },
  {
    title: "rules that swap priorities",
    before: rule("left", 20) + rule("right", 21),
    after: rule("left", 21) + rule("right", 20),
    hazards: [
      ["left collides right", /is changed while right has the same listenerArn and priority/],
      ["right collides left", /deploy twice, and free listenerArn and priority the first time/],
    ],
  },
  {
    title: "a rule with the priority of a deleted rule",
    before: rule("stays", 30) + rule("goes", 31),
    after: rule("stays", 31),
    hazards: [["stays collides goes", /is changed before goes, .* is deleted/]],
  },
  {
    title: "a record under another resource name, however its DNS name is written",
    before: record("www", `name: "www.example.com"`),
    after: record("web", `name: "WWW.example.com."`),
    hazards: [["web collides www", /already exists \(route53:ChangeResourceRecordSets/]],
  },
  {
    title: "a record that may overwrite another one, which is then deleted",
    before: record("api", `name: "api.example.com"`),
    after: record("api-2", `name: "api.example.com", allowOverwrite: true`),
    hazards: [["api-2 detached api", /takes over from api/]],
  },
  {
    title: "records that differ by their set identifier",
    before: record("one", `name: "a.example.com", setIdentifier: "one"`),
    after: record("two", `name: "a.example.com", setIdentifier: "two"`),
    hazards: [],
  },
  {
    title: "a listener's certificate under another name",
    before: `new aws.lb.ListenerCertificate("cert-old", { listenerArn: "${ARN}:listener/app/b/1/1", certificateArn: "${CERTIFICATE}" });`,
    after: `new aws.lb.ListenerCertificate("cert-new", { listenerArn: "${ARN}:listener/app/b/1/1", certificateArn: "${CERTIFICATE}" });`,
    hazards: [["cert-new detached cert-old", /the result is detached/]],
  },
  {
    title: "a target group with an explicit name, which a listener uses",
    before: group("tg", `name: "shop-web", port: 80`) + listener("l", "tg"),
    after: group("tg", `name: "shop-web", port: 81`) + listener("l", "tg"),
    hazards: [
      [
        "tg in-use l",
        /is deleted before the new one exists, while .* l uses it: AWS refuses \(elbv2:DeleteTargetGroup: ResourceInUse\)/,
      ],
    ],
  },
  {
    title: "the same target group, created before it is deleted",
    before: group("tg2", `name: "shop-api", port: 80`),
    after: group("tg2", `name: "shop-api", port: 81`, ", { deleteBeforeReplace: false }"),
    hazards: [["tg2 collides tg2", /DuplicateTargetGroupName.*set deleteBeforeReplace: true/]],
  },
  {
    title: "the same target group, with a name that Pulumi generates",
    before: group("tg3", "port: 80") + listener("l3", "tg3"),
    after: group("tg3", "port: 81") + listener("l3", "tg3"),
    hazards: [],
  },
  {
    title: "a deleted target group that a listener still names",
    before: group("tg4", "port: 80") + listener("l4", "tg4"),
    after: `new aws.lb.Listener("l4", { loadBalancerArn: "${ARN}:loadbalancer/app/l4/1", port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: "${ARN}:targetgroup/x/1" }] }, { ignoreChanges: ["defaultActions"] });`,
    hazards: [["tg4 in-use l4", /remove it from l4 first/]],
  },
  {
    title: "a bucket's encryption under another resource name",
    before: `new aws.s3.BucketServerSideEncryptionConfiguration("sse", { bucket: "b", rules: [] });`,
    after: `new aws.s3.BucketServerSideEncryptionConfiguration("sse-2", { bucket: "b", rules: [] });`,
    hazards: [["sse-2 detached sse", /takes over from sse/]],
  },
  {
    title: "a trust store that is deleted first, while a listener asks for its certificates",
    before: trustStore("a", ""),
    after: trustStore("b", `, { deleteBeforeReplace: true, replaceOnChanges: ["tags"] }`),
    hazards: [["ts in-use mutual", /elbv2:DeleteTrustStore: TrustStoreInUse/]],
  },
  {
    title: "a role of the same name, declared elsewhere in the program",
    before: `new aws.iam.Role("role-a", { name: "shop", assumeRolePolicy: "{}" });`,
    after: `new aws.iam.Role("role-b", { name: "shop", assumeRolePolicy: "{}" });`,
    hazards: [["role-b collides role-a", /EntityAlreadyExists/]],
  },
  {
    title: "the same policy attachment, retained on delete",
    before: `new aws.iam.RolePolicyAttachment("kept", { role: "r", policyArn: "${POLICY}" }, { retainOnDelete: true });`,
    after: `new aws.iam.RolePolicyAttachment("taken", { role: "r", policyArn: "${POLICY}" });`,
    hazards: [],
  },
  {
    title: "a topic with an explicit name, created before it is deleted",
    before: `new aws.sns.Topic("topic", { name: "shop", displayName: "a" });`,
    after: `new aws.sns.Topic("topic", { name: "shop", displayName: "b" }, { replaceOnChanges: ["displayName"] });`,
    hazards: [["topic detached topic", /takes over from the one that it replaces/]],
  },
  {
    title: "two resources for the same bucket policy, both kept",
    before: `new aws.s3.BucketPolicy("p", { bucket: "b", policy: "{}" });`,
    after: `new aws.s3.BucketPolicy("p", { bucket: "b", policy: "{}" }); new aws.s3.BucketPolicy("p-2", { bucket: "b", policy: "{}" });`,
    hazards: [],
  },
  {
    title: "a distribution that takes over one of two aliases",
    before: distribution("cdn-a", '"a.example.com", "b.example.com"'),
    after: distribution("cdn-a", '"a.example.com"') + distribution("cdn-b", '"b.example.com"'),
    hazards: [["cdn-b collides cdn-a", /CNAMEAlreadyExists/]],
  },
  {
    title: "a role that only a function names",
    before: `new aws.iam.Role("role-f", { name: "shop-function", assumeRolePolicy: "{}" }); new aws.lambda.Function("f", { role: "arn:aws:iam::123456789012:role/shop-function", imageUri: "image" });`,
    after: `new aws.lambda.Function("f", { role: "arn:aws:iam::123456789012:role/shop-function", imageUri: "image" });`,
    hazards: [],
  },
  {
    title: "the same name in another region",
    before: `new aws.dynamodb.Table("t-a", { name: "shop", hashKey: "id", attributes: [], region: "eu-west-1" });`,
    after: `new aws.dynamodb.Table("t-b", { name: "shop", hashKey: "id", attributes: [], region: "eu-west-2" });`,
    hazards: [],
  },
];

describe("rehearse --against reports first what AWS would refuse, or what is lost during the update:", () => {
  let diff: JsonDiff;
  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), "hazards-"));
    const state = join(folder, "state.json");
    const args = (edition: "before" | "after"): string[] => {
      const program = programOf(ROWS.map((row) => `{ ${row[edition]} }`).join("\n"));
      return ["dev", "--program", program, "--policy-pack", pack("allows")];
    };
    const first = await rehearseWarm([...args("before"), "--mode", "up", "--export", state]);
    assert.equal(first.status, 0, first.stdout);
    const { stdout, stderr } = await rehearseWarm([...args("after"), "--against", state, "--json"]);
    rmSync(folder, { recursive: true });
    const { stacks } = parsed<{ stacks: JsonStack[] }>(stdout || assert.fail(stderr));
    diff = stacks[0]?.diff ?? assert.fail("no diff");
  });

  const named = ({ urn, kind, other }: JsonDiff["hazards"][number]): string =>
    `${nameOf(urn)} ${kind} ${nameOf(other)}`;
  for (const { title, before, after, hazards } of ROWS) {
    it(title, () => {
      const names = new Set([...`${before}${after}`.matchAll(/\("([^"]+)", \{/g)].map(([, name]) => name));
      const own = diff.hazards.filter(({ urn }) => names.has(nameOf(urn)));
      assert.deepEqual(own.map(named).sort(), hazards.map(([line]) => line).sort());
      for (const [line, says] of hazards)
        assert.match(own.find((one) => named(one) === line)?.message ?? "", says);
    });
  }
});
