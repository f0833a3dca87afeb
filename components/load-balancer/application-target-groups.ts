import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { chunks } from "../chunks";
import { type InstanceEndpoint, PROTOCOL_VERSIONS } from "../instance-endpoint";
import { named, type Tags } from "../naming";
import type { JoinedTargetGroup } from "./load-balancer";
import { createApplicationTargetGroup, type TargetGroupArgs } from "./target-group";

/** Arguments of {@link ApplicationTargetGroups}. */
export interface ApplicationTargetGroupsArgs {
  /** The load balancer whose groups they are. */
  readonly loadBalancer: aws.lb.LoadBalancer;
  /** ARN of its HTTPS listener. */
  readonly listenerArn: pulumi.Input<string>;
  /** By what its resources are called, each application's target group; 20 at the most. */
  readonly groups: Readonly<Record<string, TargetGroupArgs>>;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (Target groups per action) */
const GROUPS_PER_ACTION = 5;

/** Behind all routes, before the rule for everything else. */
const FIRST_PRIORITY = 49_991;

/**
 * An address that nobody has: https://www.rfc-editor.org/rfc/rfc5737#section-3. Not a host, which a client writes as it likes,
 * so that it would get past an application's login. A load balancer compares the address of the connection.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#source-ip-conditions
 */
const NOBODYS_ADDRESS = "192.0.2.0/32";

/**
 * The target groups of applications beside the store's own, joined to the load balancer by rules that no visitor meets.
 *
 * A load balancer checks the health of no target before a rule forwards to its group. An application's own rule has to
 * wait for healthy instances, though, as the requests that it takes have gone elsewhere until then.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class ApplicationTargetGroups extends pulumi.ComponentResource {
  /** The target groups, by the names of the arguments, each available once the load balancer checks its targets. */
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
              // In the long form even for one, so that a second changes no more than the list.
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
 * The names of the groups that each rule forwards to. They are of one protocol version: AWS doesn't say that an action takes
 * several.
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
