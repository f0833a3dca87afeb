/** Edits of a program, by the option or kind of change that decides what Pulumi does to the stack. */

/** A program before and after an edit, in JavaScript. All names begin with the row's own name. */
export interface PlanRow {
  readonly name: string;
  /**
   * Statements. `queue(name, args, options)` and `topic(…)` declare resources, `Box` is a component, and
   * `urn(name, type)` returns the URN of a queue or of another resource.
   */
  readonly before: string;
  readonly after: string;
  /** Whether Pulumi refuses it, so that it has no plan and can't share a program with other rows. @default false */
  readonly isAlone?: boolean;
}

const row = (name: string, before: string, after: string, isAlone = false): PlanRow => ({
  name,
  before,
  after,
  isAlone,
});

/** Declarations that the rows' statements use. */
const PRELUDE = `const pulumi = require("@pulumi/pulumi");
class Box extends pulumi.ComponentResource {
  constructor(name, children, options, type = "shop:index:Box") { super(type, name, {}, options); children(this, name); }
}
`;

/** A program made of rows. */
export function programOfRows(rows: readonly PlanRow[], edition: "before" | "after"): string {
  const blocks = rows.map(
    (one) => `{
  const at = (name) => ${JSON.stringify(one.name)} + "-" + name;
  const queue = (name, args = {}, options = {}) => new aws.sqs.Queue(at(name), args, options);
  const topic = (name, args = {}, options = {}) => new aws.sns.Topic(at(name), args, options);
  const urn = (name, type = "aws:sqs/queue:Queue") => "urn:pulumi:dev::shop::" + type + "::" + at(name);
  ${one[edition]}
}`,
  );
  return PRELUDE + blocks.join("\n");
}

const VPC = `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/16" });
  const subnet = (name, cidrBlock) => new aws.ec2.Subnet(at(name), { vpcId: vpc.id, cidrBlock });`;

/** The rows. Names are short, because they become parts of names that AWS limits. */
export const PLAN_ROWS: readonly PlanRow[] = [
  row("unchanged", `queue("a", { delaySeconds: 1 });`, `queue("a", { delaySeconds: 1 });`),
  row("edited", `queue("a", { delaySeconds: 1 });`, `queue("a", { delaySeconds: 2 });`),
  row("moved", `queue("a");`, `queue("b");`),

  row("alias-name", `queue("a");`, `queue("b", {}, { aliases: [{ name: at("a") }] });`),
  row("alias-urn", `queue("a");`, `queue("b", {}, { aliases: [urn("a")] });`),
  row(
    "alias-edit",
    `queue("a", { delaySeconds: 1 });`,
    `queue("b", { delaySeconds: 2 }, { aliases: [{ name: at("a") }] });`,
  ),
  row(
    "alias-all",
    `queue("a");`,
    `queue("b", {}, { aliases: [{ name: at("a"), project: "shop", stack: "dev" }] });`,
  ),
  row("alias-other", `queue("a");`, `queue("b", {}, { aliases: [{ name: at("a"), project: "other" }] });`),
  row("alias-second", `queue("a");`, `queue("b", {}, { aliases: [{ name: at("z") }, { name: at("a") }] });`),
  row("alias-sdk", `new aws.s3.BucketV2(at("a"));`, `new aws.s3.Bucket(at("a"));`),
  row(
    "alias-type",
    `queue("a", { tags: { a: "b" } });`,
    `topic("a", { tags: { a: "b" } }, { aliases: [{ type: "aws:sqs/queue:Queue" }] });`,
  ),
  row(
    "into-box",
    `queue("a");`,
    `new Box(at("box"), (parent) => queue("a", {}, { parent, aliases: [{ parent: pulumi.rootStackResource }] }));`,
  ),
  row(
    "into-none",
    `queue("a");`,
    `new Box(at("box"), (parent) => queue("a", {}, { parent, aliases: [{ parent: undefined }] }));`,
  ),
  row(
    "out-of-box",
    `new Box(at("box"), (parent) => queue("a", {}, { parent }));`,
    `const box = new Box(at("box"), () => {}); queue("a", {}, { aliases: [{ parent: box }] });`,
  ),
  row(
    "box-name",
    `new Box(at("box"), (parent, name) => { queue("a", {}, { parent }); new aws.sqs.Queue(name + "-q", {}, { parent }); });`,
    `new Box(at("crate"), (parent, name) => { queue("a", {}, { parent }); new aws.sqs.Queue(name + "-q", {}, { parent }); },
      { aliases: [{ name: at("box") }] });`,
  ),
  row(
    "box-type",
    `new Box(at("box"), (parent) => queue("a", {}, { parent }));`,
    `new Box(at("box"), (parent) => queue("a", {}, { parent }), { aliases: [{ type: "shop:index:Box" }] }, "shop:index:Crate");`,
  ),
  row(
    "box-in-box",
    `new Box(at("box"), (outer) => new Box(at("in"), (parent) => queue("a", {}, { parent }), { parent: outer }));`,
    `new Box(at("crate"), (outer) => new Box(at("in"), (parent) => queue("b", {}, { parent, aliases: [{ name: at("a") }] }), { parent: outer }),
      { aliases: [{ name: at("box") }] });`,
  ),

  row(
    "ignore",
    `queue("a", { delaySeconds: 1 });`,
    `queue("a", { delaySeconds: 2 }, { ignoreChanges: ["delaySeconds"] });`,
  ),
  row("ignore-new", `queue("a");`, `queue("a", { delaySeconds: 2 }, { ignoreChanges: ["delaySeconds"] });`),
  row(
    "ignore-gone",
    `queue("a", { delaySeconds: 2 });`,
    `queue("a", {}, { ignoreChanges: ["delaySeconds"] });`,
  ),
  row(
    "ignore-other",
    `queue("a", { delaySeconds: 1, maxMessageSize: 2048 });`,
    `queue("a", { delaySeconds: 2, maxMessageSize: 4096 }, { ignoreChanges: ["delaySeconds"] });`,
  ),
  row(
    "ignore-path",
    `queue("a", { tags: { owner: "a", team: "a" } }); queue("b", { tags: { owner: "a" } });`,
    `queue("a", { tags: { owner: "b", team: "b" } }, { ignoreChanges: ["tags.owner"] });
     queue("b", { tags: { owner: "b" } }, { ignoreChanges: ['tags["owner"]'] });`,
  ),
  row(
    "ignore-star",
    `queue("a", { tags: { owner: "a" } }); queue("b", { delaySeconds: 1 });`,
    `queue("a", { tags: { owner: "b", team: "b" } }, { ignoreChanges: ["tags.*"] });
     queue("b", { delaySeconds: 2, maxMessageSize: 2048 }, { ignoreChanges: ["*"] });`,
  ),
  row(
    "ignore-list",
    `const g = (name, ingress, o) => new aws.ec2.SecurityGroup(at(name), { ingress }, o);
     const rule = (port) => ({ protocol: "tcp", fromPort: port, toPort: port });
     g("a", [rule(1), rule(2)]); g("b", [rule(1)]); g("c", [rule(1)]);`,
    `const g = (name, ingress, o) => new aws.ec2.SecurityGroup(at(name), { ingress }, o);
     const rule = (port) => ({ protocol: "tcp", fromPort: port, toPort: port });
     g("a", [rule(3), rule(2)], { ignoreChanges: ["ingress[0]"] });
     g("b", [{ ...rule(3), toPort: 1 }], { ignoreChanges: ["ingress[*].fromPort"] });
     g("c", [rule(1), rule(2)], { ignoreChanges: ["ingress[0]"] });`,
  ),

  row(
    "roc",
    `queue("a", { delaySeconds: 1 }); queue("b", { tags: { owner: "a" } }); queue("c", { delaySeconds: 1 }); queue("d", { delaySeconds: 1 });`,
    `queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] });
     queue("b", { tags: { owner: "b" } }, { replaceOnChanges: ["tags"] });
     queue("c", { delaySeconds: 2 }, { replaceOnChanges: ["*"] });
     queue("d", { delaySeconds: 2 }, { replaceOnChanges: ["tags"] });`,
  ),
  row(
    "roc-ignored",
    `queue("a", { delaySeconds: 1 });`,
    `queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"], ignoreChanges: ["delaySeconds"] });`,
  ),

  row("protect-gone", `queue("a", {}, { protect: true });`, `queue("b");`),
  row(
    "protect-edit",
    `queue("a", { delaySeconds: 1 }, { protect: true });`,
    `queue("a", { delaySeconds: 2 }, { protect: true });`,
  ),
  row(
    "protect-replace",
    `queue("a", { delaySeconds: 1 }, { protect: true });`,
    `queue("a", { delaySeconds: 2 }, { protect: true, replaceOnChanges: ["delaySeconds"] });`,
  ),
  row(
    "protect-lifted",
    `queue("a", { delaySeconds: 1 }, { protect: true });`,
    `queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] });`,
  ),
  row(
    "protect-set",
    `queue("a", { delaySeconds: 1 });`,
    `queue("a", { delaySeconds: 2 }, { protect: true, replaceOnChanges: ["delaySeconds"] });`,
  ),
  row(
    "protect-box",
    `new Box(at("box"), (parent) => queue("a", {}, { parent }), { protect: true });`,
    `queue("b");`,
  ),
  row(
    "protect-moved",
    `queue("a", {}, { protect: true });`,
    `queue("b", {}, { protect: true, aliases: [{ name: at("a") }] });`,
  ),
  row("retain", `queue("a", {}, { retainOnDelete: true });`, ``),
  row(
    "retain-replace",
    `queue("a", { delaySeconds: 1 }, { retainOnDelete: true });`,
    `queue("a", { delaySeconds: 2 }, { retainOnDelete: true, replaceOnChanges: ["delaySeconds"] });`,
  ),

  row(
    "dbr",
    `queue("a", { delaySeconds: 1 }); queue("b", { delaySeconds: 1 });`,
    `queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"], deleteBeforeReplace: true });
     queue("b", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"], deleteBeforeReplace: false });`,
  ),
  row(
    "dbr-name",
    `queue("a", { name: "fixed", delaySeconds: 1 }); queue("b", { name: "other", delaySeconds: 1 }); queue("c", { namePrefix: "x", delaySeconds: 1 });`,
    `queue("a", { name: "fixed", delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] });
     queue("b", { name: "other", delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"], deleteBeforeReplace: false });
     queue("c", { namePrefix: "x", delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] });`,
  ),
  row(
    "dbr-fixed",
    `const group = (port) => { const tg = new aws.lb.TargetGroup(at("tg"), { name: "shop-web", port, protocol: "HTTP", vpcId: "vpc-1" });
       new aws.lb.Listener(at("l"), { loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1", port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: tg.arn }] }); };
     group(80);`,
    `const group = (port) => { const tg = new aws.lb.TargetGroup(at("tg"), { name: "shop-web", port, protocol: "HTTP", vpcId: "vpc-1" });
       new aws.lb.Listener(at("l"), { loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1", port: 80, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: tg.arn }] }); };
     group(8080);`,
  ),
  row(
    "dbr-needed",
    `${VPC} const s = subnet("s", "10.0.0.0/24"); queue("q", { tags: { subnet: s.id } }); queue("r", {}, { dependsOn: [s] });`,
    `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/17" }, { deleteBeforeReplace: true });
     const s = new aws.ec2.Subnet(at("s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
     queue("q", { tags: { subnet: s.id } }); queue("r", {}, { dependsOn: [s] });`,
  ),
  row(
    "dbr-kept",
    `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/16" });
     new aws.ec2.Subnet(at("s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { protect: true });`,
    `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/17" }, { deleteBeforeReplace: true });
     new aws.ec2.Subnet(at("s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });`,
    true,
  ),
  row(
    "dbr-ignored",
    `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/16" });
     new aws.ec2.Subnet(at("s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { ignoreChanges: ["vpcId"] });`,
    `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/17" }, { deleteBeforeReplace: true });
     new aws.ec2.Subnet(at("s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { ignoreChanges: ["vpcId"] });`,
  ),
  row(
    "dbr-type",
    `new aws.iam.RolePolicyAttachment(at("a"), { role: "a", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
     new aws.iam.RolePolicyAttachment(at("b"), { role: "b", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });`,
    `new aws.iam.RolePolicyAttachment(at("a"), { role: "a", policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" });
     new aws.iam.RolePolicyAttachment(at("b"), { role: "b", policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" }, { deleteBeforeReplace: false });`,
  ),
  row(
    "follow",
    `${VPC} const s = subnet("s", "10.0.0.0/24"); queue("q", { tags: { subnet: s.id } }); queue("r", {}, { dependsOn: [s] });`,
    `const vpc = new aws.ec2.Vpc(at("vpc"), { cidrBlock: "10.0.0.0/17" });
     const s = new aws.ec2.Subnet(at("s"), { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
     queue("q", { tags: { subnet: s.id } }); queue("r", {}, { dependsOn: [s] });`,
  ),
  row(
    "follow-list",
    `${VPC} const all = [subnet("a", "10.0.0.0/24"), subnet("b", "10.0.1.0/24")];
     new aws.lb.LoadBalancer(at("lb"), { subnets: all.map(({ id }) => id), internal: true });`,
    `${VPC} const all = [subnet("a", "10.0.0.0/24"), subnet("b", "10.0.1.0/24"), subnet("c", "10.0.2.0/24")];
     new aws.lb.LoadBalancer(at("lb"), { subnets: all.map(({ id }) => id), internal: true });`,
  ),
  row(
    "follow-update",
    `const q = queue("a", { delaySeconds: 1 }); topic("t", { displayName: q.arn });`,
    `const q = queue("a", { delaySeconds: 2 }); topic("t", { displayName: q.arn });`,
  ),
  row(
    "follow-through",
    `const q = queue("a", { delaySeconds: 1 }); const t = topic("t", { displayName: q.arn }); queue("b", { tags: { topic: t.displayName, id: t.id } });`,
    `const q = queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] });
     const t = topic("t", { displayName: q.arn }); queue("b", { tags: { topic: t.displayName, id: t.id } }); queue("c", { tags: { id: t.id } });`,
  ),
  row(
    "follow-function",
    `const q = queue("a", { delaySeconds: 1 }); const send = (resource) => aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["sqs:SendMessage"], resources: [resource] }] }).json;
     topic("t", { displayName: send(q.arn) }); topic("u", { displayName: send("*") });`,
    `const q = queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] }); const send = (resource) => aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["sqs:SendMessage"], resources: [resource] }] }).json;
     topic("t", { displayName: send(q.arn) }); topic("u", { displayName: send("*") });`,
  ),
  row(
    "follow-mixed",
    `const q = queue("a", { delaySeconds: 1 }); const k = queue("k"); const send = (resource) => aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["sqs:SendMessage"], resources: [resource] }] }).json;
     topic("t", { displayName: pulumi.interpolate\`\${k.name} \${send(q.arn)}\` }); topic("u", { displayName: pulumi.interpolate\`\${k.name} \${send("*")}\` });`,
    `const q = queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] }); const k = queue("k"); const send = (resource) => aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["sqs:SendMessage"], resources: [resource] }] }).json;
     topic("t", { displayName: pulumi.interpolate\`\${k.name} \${send(q.arn)}\` }); topic("u", { displayName: pulumi.interpolate\`\${k.name} \${send("*")}\` });`,
  ),
  row(
    "set-order",
    `new aws.lb.LoadBalancer(at("a"), { subnets: ["subnet-1", "subnet-2"] });`,
    `new aws.lb.LoadBalancer(at("a"), { subnets: ["subnet-2", "subnet-1"] });`,
  ),
  row("name-dropped", `queue("a", { name: "given" }); queue("b");`, `queue("a"); queue("b");`),
  row("name-given", `queue("a");`, `queue("a", { name: "given" });`),
  row(
    "follow-new",
    `const old = topic("old"); queue("q", { tags: { topic: old.arn } });`,
    `const one = topic("new"); queue("q", { tags: { topic: one.arn } });`,
  ),

  row(
    "deleted-with",
    `const a = queue("a", { delaySeconds: 1 }); queue("b", {}, { deletedWith: a });`,
    `const a = queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] }); queue("b", {}, { deletedWith: a });`,
  ),
  row("deleted-both", `const a = queue("a"); queue("b", {}, { deletedWith: a });`, ``),
  row(
    "deleted-dbr",
    `const a = queue("a", { delaySeconds: 1 }); queue("b", {}, { deletedWith: a });`,
    `const a = queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"], deleteBeforeReplace: true });
     queue("b", {}, { deletedWith: a });`,
  ),
  row(
    "replace-with",
    `const a = queue("a", { delaySeconds: 1 }); const b = queue("b", {}, { replaceWith: [a] }); queue("c", {}, { replaceWith: [b] });`,
    `const a = queue("a", { delaySeconds: 2 }, { replaceOnChanges: ["delaySeconds"] });
     const b = queue("b", {}, { replaceWith: [a] }); queue("c", {}, { replaceWith: [b] });`,
  ),
  row(
    "trigger",
    `queue("a", {}, { replacementTrigger: 1 }); queue("b", {}, { replacementTrigger: 1 }); queue("c"); queue("d", {}, { replacementTrigger: 1 });
     queue("e", {}, { replacementTrigger: { x: [1] } });`,
    `queue("a", {}, { replacementTrigger: 2 }); queue("b", {}, { replacementTrigger: 1 }); queue("c", {}, { replacementTrigger: 1 }); queue("d");
     queue("e", {}, { replacementTrigger: { x: [2] } });`,
  ),
  row(
    "trigger-same",
    `const a = queue("a"); queue("b", {}, { replacementTrigger: a.arn }); queue("c", {}, { replacementTrigger: pulumi.secret("x") });
     queue("d", {}, { replacementTrigger: pulumi.secret("x") });`,
    `const a = queue("a"); queue("b", {}, { replacementTrigger: a.arn }); queue("c", {}, { replacementTrigger: pulumi.secret("x") });
     queue("d", {}, { replacementTrigger: "x" });`,
  ),
  row(
    "trigger-unknown",
    `const a = queue("a"); queue("b", {}, { replacementTrigger: a.arn });`,
    `const a = queue("z"); queue("b", {}, { replacementTrigger: a.arn });`,
  ),
  row(
    "trigger-protect",
    `queue("a", {}, { replacementTrigger: 1, protect: true });`,
    `queue("a", {}, { replacementTrigger: 2, protect: true });`,
  ),
  row("import", ``, `queue("a", {}, { import: "https://sqs/1" });`),
  row(
    "import-same",
    `queue("a", {}, { import: "https://sqs/1" });`,
    `queue("a", {}, { import: "https://sqs/1" });`,
  ),
  row("import-lifted", `queue("a", {}, { import: "https://sqs/1" });`, `queue("a");`),
  row(
    "import-edit",
    `queue("a", { delaySeconds: 1 }, { import: "https://sqs/1" });`,
    `queue("a", { delaySeconds: 2 }, { import: "https://sqs/1" });`,
  ),
  row("import-other", `queue("a");`, `queue("a", {}, { import: "https://sqs/1" });`),
  row(
    "import-with",
    `const a = queue("a"); queue("b", {}, { deletedWith: a }); queue("c", {}, { replaceWith: [a] });`,
    `const a = queue("a", {}, { import: "https://sqs/1" }); queue("b", {}, { deletedWith: a }); queue("c", {}, { replaceWith: [a] });`,
  ),
  row("taken-over", `aws.sqs.Queue.get(at("a"), "https://sqs/1");`, `queue("a");`),
  row("let-go", `queue("a");`, `aws.sqs.Queue.get(at("a"), "https://sqs/1");`),
  row(
    "read-still",
    `aws.sqs.Queue.get(at("a"), "https://sqs/1");`,
    `aws.sqs.Queue.get(at("a"), "https://sqs/1");`,
  ),
  row("read-gone", `aws.sqs.Queue.get(at("a"), "https://sqs/1");`, ``),
  row(
    "read-later",
    `topic("t");`,
    `const z = queue("z"); topic("t", { displayName: aws.sqs.Queue.get(at("a"), z.id).arn });`,
  ),
  row(
    "provider",
    `queue("a");`,
    `queue("a", {}, { provider: new aws.Provider(at("own"), { region: "eu-west-1" }) });`,
  ),
  row(
    "provider-region",
    `const provider = new aws.Provider(at("own"), { region: "eu-west-1" }); queue("a", {}, { provider }); queue("b", { region: "eu-west-3" }, { provider });`,
    `const provider = new aws.Provider(at("own"), { region: "eu-west-2" }); queue("a", {}, { provider }); queue("b", { region: "eu-west-3" }, { provider });`,
  ),
  row(
    "provider-later",
    `queue("a", {}, { provider: new aws.Provider(at("own"), { region: "eu-west-2", profile: "x" }) });`,
    `const z = queue("z"); queue("a", {}, { provider: new aws.Provider(at("own"), { region: "eu-west-2", profile: z.arn }) });`,
  ),
  row(
    "provider-follow",
    `const provider = new aws.Provider(at("own"), { region: "eu-west-2", profile: "x" }); const a = queue("a", {}, { provider });
     topic("t", { displayName: a.arn }); topic("u", { displayName: aws.sqs.Queue.get(at("r"), "https://sqs/1", undefined, { provider }).arn });`,
    `const z = queue("z"); const provider = new aws.Provider(at("own"), { region: "eu-west-2", profile: z.arn }); const a = queue("a", {}, { provider });
     topic("t", { displayName: a.arn }); topic("u", { displayName: aws.sqs.Queue.get(at("r"), "https://sqs/1", undefined, { provider }).arn });`,
  ),
  row("region", `queue("a");`, `queue("a", { region: "eu-west-2" });`),
  row(
    "claimed-twice",
    `queue("a");`,
    `const b = queue("b", {}, { aliases: [{ name: at("a") }] });
     queue("c", {}, { aliases: [{ name: at("a") }], dependsOn: [b] });`,
    true,
  ),
];
