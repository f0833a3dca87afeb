import * as pulumi from "@pulumi/pulumi";

/** A target group and its share of requests. */
export interface ForwardTarget {
  /** ARN of the target group. */
  readonly arn: pulumi.Input<string>;
  /** Its share of all weights, 0 to 999. */
  readonly weight: number;
}

/** Where a listener or rule sends requests. */
export interface Forwarding {
  /**
   * The target groups, one to five. One that stays without instances does not belong here: Route 53 counts a balancer
   * with an empty target group as unhealthy.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html (EvaluateTargetHealth)
   */
  readonly targets: readonly ForwardTarget[];
  /** Seconds that a visitor stays with the group he met first, up to 604,800 (7 days); 0 for not at all. */
  readonly stickinessSeconds: number;
}

/** A listener's or rule's action, as far as it forwards. */
export interface ForwardAction {
  readonly type: "forward";
  readonly targetGroupArn?: pulumi.Input<string>;
  readonly forward?: {
    readonly targetGroups: ForwardTarget[];
    readonly stickiness: { readonly enabled: boolean; readonly duration: number };
  };
}

/**
 * The action of a listener or rule that forwards: `targetGroupArn` for one group, `forward` for several, since AWS
 * takes only one of the two.
 *
 * Visitors stick only while two groups have weight. Otherwise the cookie would lead on to a group that has none any
 * more, and to an error once its instances are gone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#forward-actions
 */
export function forwardAction({ targets, stickinessSeconds }: Forwarding): ForwardAction {
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return { type: "forward", targetGroupArn: only.arn };
  const isShared = targets.filter(({ weight }) => weight > 0).length > 1;
  const sticks = isShared && stickinessSeconds > 0;
  return {
    type: "forward",
    forward: {
      targetGroups: [...targets],
      stickiness: { enabled: sticks, duration: sticks ? stickinessSeconds : 1 },
    },
  };
}

/** A listener's or rule's inputs as Pulumi remembers them: plain values, but for what a preview doesn't know. */
type RememberedInputs = Readonly<Record<string, unknown>> | undefined;

interface RememberedTarget {
  /** No text while a preview doesn't know it. */
  readonly arn: unknown;
  readonly weight: number;
}

interface RememberedAction {
  readonly targetGroupArn?: unknown;
  readonly forward?: { readonly targetGroups?: readonly RememberedTarget[] };
}

/** What of an update {@link newcomersWithWeight} can't see in the inputs. */
export interface NewcomerOptions {
  /**
   * Whether groups without weight count too: those of a listener's default that get visitors by a rule, which this
   * deployment may create.
   *
   * @default false
   */
  readonly evenWithoutWeight?: boolean;
  /**
   * Whether an ARN that a preview doesn't know is that of a target group to be created. It is not where the ARN waits
   * for something else, too.
   *
   * @default false
   */
  readonly unknownIsNew?: boolean;
  /**
   * Whether instances get visitors by proxies, whatever the weight of their groups: then one that takes the place of
   * another counts, too.
   *
   * @default false
   */
  readonly behindProxies?: boolean;
}

/**
 * The target groups that get weight though the last deployment did not forward to them: nobody has seen them healthy.
 *
 * @param before - inputs of the last deployment of a listener or rule
 * @param after - those of this one
 * @returns their ARNs, or what to call one without
 */
export function newcomersWithWeight(
  before: RememberedInputs,
  after: RememberedInputs,
  { evenWithoutWeight = false, unknownIsNew = false, behindProxies = false }: NewcomerOptions = {},
): string[] {
  const known = new Set(targetsIn(before).map(({ arn }) => arn));
  const left = new Set(targetsIn(after).map(({ arn }) => arn));
  const isReplaced = behindProxies && [...known].some((arn) => !left.has(arn));
  return targetsIn(after)
    .filter(({ weight }) => evenWithoutWeight || isReplaced || weight > 0)
    .flatMap(({ arn }) => (typeof arn === "string" ? [arn] : unknownIsNew ? [NEW_GROUP] : []))
    .filter((arn) => !known.has(arn));
}

/** A target group that has no ARN yet. */
const NEW_GROUP = "A target group to be created";

/**
 * Refuses an update by which a target group gets visitors in the same deployment that starts its instances, or that moves
 * them there from another one. It runs in previews too; where the actions have a login's secret beside an ARN that a preview
 * doesn't know, the deployment alone can tell.
 *
 * @param name - unique among the program's hooks
 */
export function refuseNewcomers(name: string, options: NewcomerOptions = {}): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    name,
    async ({ oldInputs, newInputs }) => {
      const [before, after] = await Promise.all([revealed(oldInputs), revealed(newInputs)]);
      if (before === UNKNOWN || after === UNKNOWN) return;
      const newcomers = newcomersWithWeight(before, after, options);
      if (newcomers.length === 0) return;
      throw new Error(
        `${newcomers.map((arn) => arn.split("/")[1] ?? arn).join(", ")} would get visitors before its instances are healthy. ` +
          "Deploy twice: first with blueGreen.fillIdle: true and no weight for that colour, or for proxies with " +
          "proxy.standby: true and loadBalancing.engine: alb; then with the weight, or with engine: haproxy. " +
          "Another loadBalancing.instanceProtocol or protocolVersion moves instances to another target group: " +
          "docs/instances.md says how a store moves over.",
      );
    },
    { onDryRun: true },
  );
}

/** What {@link revealed} can't reveal yet. */
const UNKNOWN = Symbol("unknown");

/**
 * The actions among the inputs of a listener or rule. Pulumi makes one secret of all of them if one has a secret in it.
 *
 * @returns {@link UNKNOWN} for a secret with something that a preview doesn't know
 */
async function revealed(inputs: RememberedInputs): Promise<RememberedInputs | typeof UNKNOWN> {
  const actions: unknown = inputs?.["actions"] ?? inputs?.["defaultActions"];
  if (!pulumi.Output.isInstance<unknown>(actions)) return inputs;
  // Not in the typings: without it nobody could wait for a value that doesn't come.
  const { isKnown } = actions as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown)) return UNKNOWN;
  return new Promise((resolve) => {
    actions.apply((plain) => resolve({ actions: plain }));
  });
}

function targetsIn(inputs: RememberedInputs): RememberedTarget[] {
  const actions = (inputs?.["actions"] ?? inputs?.["defaultActions"] ?? []) as readonly RememberedAction[];
  return actions.flatMap(({ targetGroupArn, forward }) => [
    ...(targetGroupArn === undefined ? [] : [{ arn: targetGroupArn, weight: 1 }]),
    ...(forward?.targetGroups ?? []),
  ]);
}
