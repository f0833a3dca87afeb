/** Programs whose resource options could hide a listener's protocol from policies. */
import { programOf } from "./rehearse";

/** A program before and after an edit. */
export interface HidingRow {
  readonly name: string;
  /** @default the stack doesn't exist yet */
  readonly before?: string;
  readonly after: string;
  /** Whether the policies must refuse it. */
  readonly refuses: boolean;
}

/** A listener's id in AWS. */
const ID =
  "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/50dc6c495c0c9188/0123456789abcdef";

const PRELUDE = `const pulumi = require("@pulumi/pulumi");
const balancer = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/50dc6c495c0c9188";
const other = balancer.replace("/a/", "/b/");
const targetGroupArn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/50dc6c495c0c9188";
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";
const secure = { port: 443, protocol: "HTTPS", certificateArn, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" };
const plain = { port: 80, protocol: "HTTP" };
const listener = (name, args, options) => new aws.lb.Listener(name,
  { loadBalancerArn: balancer, defaultActions: [{ type: "forward", targetGroupArn }], ...args }, options);
const ignoreChanges = ["port", "protocol", "certificateArn", "sslPolicy"];
`;

/** A program with these statements. */
export function programOfHiding(statements: string): string {
  return programOf(PRELUDE + statements);
}

const SECURE = `listener("l", secure);`;
const PLAIN = `listener("l", plain);`;

/**
 * Programs that ignore changes: the engine shows the policies the former values, but creates a replacement with the
 * program's values.
 */
const REPLACED: readonly HidingRow[] = [
  {
    name: "ignoreChanges, and a replacement that a trigger asks for",
    before: `listener("l", secure, { replacementTrigger: 1 });`,
    after: `listener("l", plain, { ignoreChanges, replacementTrigger: 2 });`,
    refuses: true,
  },
  {
    name: "ignoreChanges, and a replacement for another property",
    before: SECURE,
    after: `listener("l", { ...plain, loadBalancerArn: other }, { ignoreChanges });`,
    refuses: true,
  },
  {
    name: "ignoreChanges, and a replacement that is deleted first",
    before: `listener("l", { ...secure, tags: { a: "b" } });`,
    after: `listener("l", { ...plain, tags: { a: "c" } }, { ignoreChanges, replaceOnChanges: ["tags"], deleteBeforeReplace: true });`,
    refuses: true,
  },
  {
    name: "ignoreChanges, and a replacement with another resource",
    before: `listener("l", secure, { replaceWith: [listener("k", { ...secure, loadBalancerArn: other }, { replacementTrigger: 1 })] });`,
    after: `listener("l", plain, { replaceWith: [listener("k", { ...secure, loadBalancerArn: other }, { replacementTrigger: 2 })], ignoreChanges });`,
    refuses: true,
  },
];

export const HIDING_ROWS: readonly HidingRow[] = [
  { name: "no options: HTTPS passes", after: SECURE, refuses: false },
  {
    name: "ignoreChanges of a new listener",
    after: `listener("l", plain, { ignoreChanges });`,
    refuses: true,
  },
  ...REPLACED,
  {
    name: "ignoreChanges of an HTTP listener that stays",
    before: PLAIN,
    after: `listener("l", secure, { ignoreChanges });`,
    refuses: true,
  },
  {
    name: "ignoreChanges of an HTTP listener that is renamed",
    before: PLAIN,
    after: `listener("m", secure, { aliases: [{ name: "l" }], ignoreChanges });`,
    refuses: true,
  },
  {
    name: "ignoreChanges of an imported listener",
    after: `listener("l", secure, { import: "${ID}", ignoreChanges });`,
    refuses: true,
  },
  {
    name: "ignoreChanges of an imported listener that replaces another one",
    before: SECURE,
    after: `listener("l", secure, { import: "${ID}", ignoreChanges });`,
    refuses: true,
  },
  {
    name: "a listener with the protocol of an imported one",
    after: `const { port, protocol, certificateArn: c, sslPolicy } = listener("l", secure, { import: "${ID}", ignoreChanges });
      listener("n", { port, protocol, certificateArn: c, sslPolicy, loadBalancerArn: other });`,
    refuses: true,
  },
  {
    name: "a transform of the stack",
    after: `pulumi.runtime.registerResourceTransform(({ props, opts, type }) => type === "aws:lb/listener:Listener"
        ? { props: { ...props, ...plain, certificateArn: undefined, sslPolicy: undefined }, opts } : undefined);
      ${SECURE}`,
    refuses: true,
  },
  {
    name: "a transform that makes the protocol a secret",
    after: `listener("l", secure, { transforms: [({ props: { loadBalancerArn, defaultActions }, opts }) =>
      ({ props: { loadBalancerArn, defaultActions, port: 80, protocol: pulumi.secret("HTTP") }, opts })] });`,
    refuses: true,
  },
  {
    name: "additionalSecretOutputs and hideDiffs",
    after: `listener("l", plain, { additionalSecretOutputs: ["protocol", "port", "defaultActions"], hideDiffs: ["protocol"] });`,
    refuses: true,
  },
];

/** The programs for which the engine's preview shows policies other values than it creates. */
export const REPLACED_ROWS = REPLACED;
