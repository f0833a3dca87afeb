import * as pulumi from "@pulumi/pulumi";

/** A target group and its share of requests. */
export interface ForwardTarget {
  /** ARN of the target group. */
  readonly arn: pulumi.Input<string>;
  /** Weight, 0 to 999. The group's share is its weight divided by the sum of all weights. */
  readonly weight: number;
}

/** Where a listener or rule sends requests. */
export interface Forwarding {
  /**
   * The target groups, one to five. Don't include a group that stays empty: Route 53 considers a load
   * balancer with an empty target group unhealthy.
   *
   * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html (EvaluateTargetHealth)
   */
  readonly targets: readonly ForwardTarget[];
  /** Seconds that a visitor stays with the same group, up to 604,800 (7 days); 0 for no stickiness. */
  readonly stickinessSeconds: number;
}

/** The forward action of a listener or rule. */
export interface ForwardAction {
  readonly type: "forward";
  readonly targetGroupArn?: pulumi.Input<string>;
  readonly forward?: {
    readonly targetGroups: ForwardTarget[];
    readonly stickiness: { readonly enabled: boolean; readonly duration: number };
  };
}

/**
 * The forward action of a listener or rule: `targetGroupArn` for one group, `forward` for several, because
 * AWS accepts only one of the two.
 *
 * Stickiness is on only while two groups have weight. Otherwise the cookie would still lead to a group
 * without weight, and to an error once its instances are gone.
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

/** A listener's or rule's inputs in Pulumi's state: plain values, except for those unknown at preview. */
type RememberedInputs = Readonly<Record<string, unknown>> | undefined;

interface RememberedTarget {
  /** Not a string if it is unknown at preview. */
  readonly arn: unknown;
  readonly weight: number;
}

interface RememberedAction {
  readonly targetGroupArn?: unknown;
  readonly forward?: { readonly targetGroups?: readonly RememberedTarget[] };
}

/** What {@link newcomersWithWeight} needs to know about an update in addition to the inputs. */
export interface NewcomerOptions {
  /**
   * Whether groups without weight count too: a listener's default groups may get visitors through a rule,
   * which this deployment may create.
   *
   * @default false
   */
  readonly evenWithoutWeight?: boolean;
  /**
   * Whether an ARN that is unknown at preview belongs to a target group to be created. False if the ARN also
   * depends on something else.
   *
   * @default false
   */
  readonly unknownIsNew?: boolean;
  /**
   * Whether instances get visitors through proxies, whatever the weight of their groups: then a group that
   * replaces another counts too.
   *
   * @default false
   */
  readonly behindProxies?: boolean;
}

/**
 * The target groups that get weight although the last deployment did not forward to them: they have never
 * been seen healthy.
 *
 * @param before - inputs of a listener or rule in the last deployment
 * @param after - its inputs in this deployment
 * @returns their ARNs, or a description of a group without an ARN
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

/** Description of a target group that has no ARN yet. */
const NEW_GROUP = "A target group to be created";

/**
 * Refuses an update that sends visitors to a target group in the same deployment that starts its instances or
 * moves them there from another group. It runs at preview too. If the actions contain a login's secret and an
 * ARN unknown at preview, only the deployment can check.
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

/** Returned by {@link revealed} for values that are not known yet. */
const UNKNOWN = Symbol("unknown");

/**
 * The inputs of a listener or rule with their actions in plain. Pulumi makes all actions one secret if any of
 * them contains a secret.
 *
 * @returns {@link UNKNOWN} for a secret with a value unknown at preview
 */
async function revealed(inputs: RememberedInputs): Promise<RememberedInputs | typeof UNKNOWN> {
  const actions: unknown = inputs?.["actions"] ?? inputs?.["defaultActions"];
  if (!pulumi.Output.isInstance<unknown>(actions)) return inputs;
  // Missing from the typings. Without it, the code would wait forever for an unknown value.
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
