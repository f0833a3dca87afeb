import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { chunks } from "../chunks";
import { type InstanceEndpoint, PROTOCOL_VERSIONS } from "../instance-endpoint";
import { named, type Tags } from "../naming";
import type { JoinedTargetGroup } from "./load-balancer";
import { createApplicationTargetGroup, type TargetGroupArgs } from "./target-group";

/** Arguments of {@link ApplicationTargetGroups}. */
export interface ApplicationTargetGroupsArgs {
  /** The load balancer that the groups belong to. */
  readonly loadBalancer: aws.lb.LoadBalancer;
  /** ARN of the load balancer's HTTPS listener. */
  readonly listenerArn: pulumi.Input<string>;
  /** The target group of each application, by the name of its resources; at most 20. */
  readonly groups: Readonly<Record<string, TargetGroupArgs>>;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (Target groups per action) */
const GROUPS_PER_ACTION = 5;

/** After all routes, before the rule for everything else. */
const FIRST_PRIORITY = 49_991;

/**
 * An address that no client has: https://www.rfc-editor.org/rfc/rfc5737#section-3. A host condition would not
 * do: clients can send any host and would bypass an application's login. For a source IP condition, a load
 * balancer compares the address of the connection.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#source-ip-conditions
 */
const NOBODYS_ADDRESS = "192.0.2.0/32";

/**
 * The target groups of applications in addition to the store's own. They are attached to the load balancer by
 * rules that match no visitor.
 *
 * A load balancer doesn't check a target's health until a rule forwards to its group. But an application's
 * own rule must wait for healthy instances, because its requests are served elsewhere until then.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class ApplicationTargetGroups extends pulumi.ComponentResource {
  /**
   * The target groups, by the names in the arguments, each available once the load balancer checks its
   * targets.
   */
  readonly targetGroups: Readonly<Record<string, JoinedTargetGroup>>;

  constructor(name: string, args: ApplicationTargetGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:ApplicationTargetGroups", name, {}, opts);

    const joined = groupsTogether(args.groups).flatMap((some, index) => {
      const groups = some.map((each) => ({
        each,
        group: createApplicationTargetGroup(each, args.groups[each]!, args.loadBalancer, this),
      }));
      const rule = new aws.lb.ListenerRule(
        `${name}-joined-${index}`,
        {
          listenerArn: args.listenerArn,
          priority: FIRST_PRIORITY + index,
          conditions: [{ sourceIp: { values: [NOBODYS_ADDRESS] } }],
          actions: [
            {
              type: "forward",
              // The long form even for one group, so that a second only changes the list.
              forward: {
                targetGroups: groups.map(({ group }) => ({ arn: group.arn, weight: 1 })),
                stickiness: { enabled: false, duration: 1 },
              },
            },
          ],
          tags: named(args.tags, `${name}-joined-${index}`),
        },
        { parent: this },
      );
      return groups.map(({ each, group }): [string, JoinedTargetGroup] => [
        each,
        {
          arn: pulumi.all([group.arn, rule.id]).apply(([arn]) => arn),
          arnSuffix: pulumi.all([group.arnSuffix, rule.id]).apply(([arnSuffix]) => arnSuffix),
        },
      ]);
    });

    this.targetGroups = Object.fromEntries(joined);
    this.registerOutputs({ targetGroups: this.targetGroups });
  }
}

/**
 * The names of the groups that each rule forwards to. Groups of a rule have the same protocol version,
 * because AWS doesn't document that an action may mix them.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ForwardActionConfig.html
 */
export function groupsTogether(
  groups: Readonly<Record<string, { readonly endpoint: Pick<InstanceEndpoint, "version"> }>>,
): string[][] {
  const names = Object.keys(groups).sort();
  return PROTOCOL_VERSIONS.flatMap((version) =>
    chunks(
      names.filter((name) => groups[name]?.endpoint.version === version),
      GROUPS_PER_ACTION,
    ),
  );
}
