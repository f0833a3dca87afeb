import type { LISTENER_ACTIONS } from "../../../../../policies/rules/refused-by-aws/api-prose/listener-actions";
import type { LOAD_BALANCERS } from "../../../../../policies/rules/refused-by-aws/api-prose/load-balancers";
import type { RULE_CONDITIONS } from "../../../../../policies/rules/refused-by-aws/api-prose/rule-conditions";
import type { TARGET_GROUPS } from "../../../../../policies/rules/refused-by-aws/api-prose/target-groups";
import { long, type Refused } from "./refused";

type Lines = typeof LISTENER_ACTIONS & typeof LOAD_BALANCERS & typeof RULE_CONDITIONS & typeof TARGET_GROUPS;

/** By line of load balancers, target groups, listeners and rules; each has a suite of its own, too. */
export const LOAD_BALANCING_REFUSED: Readonly<Record<keyof Lines, Refused>> = {
  "balancer-name": [
    [{ name: "internal-web" }, 'name begins with "internal-", which AWS keeps for itself; it must not'],
  ],
  "target-group-name": [[{ name: long(33) }, "name has 33 characters; it must have 32 at most"]],
  "balancer-attributes": [
    [{ idleTimeout: 4001 }, "idleTimeout is 4001; it must be a whole number from 1 to 4000"],
  ],
  "classic-idle-timeout": [
    [{ idleTimeout: 0 }, "idleTimeout is 0; it must be a whole number from 1 to 4000"],
  ],
  "balancer-subnets": [
    [{ subnets: ["subnet-1"] }, "subnets names one subnet; it must name two, in different zones"],
  ],
  "target-group-attributes": [[{ port: 0 }, "port is 0; it must be a whole number from 1 to 65535"]],
  "listener-actions": [
    [
      { defaultActions: [{ type: "redirect" }] },
      'defaultActions[0] is of type "redirect" and lacks redirect; it must have it',
    ],
  ],
  "rule-actions": [
    [
      { actions: [{ type: "forward" }] },
      'actions[0] is of type "forward" and lacks targetGroupArn or forward; it must have it',
    ],
  ],
  "rule-conditions": [[{ conditions: [] }, "conditions has no element; it must have one at least"]],
};
