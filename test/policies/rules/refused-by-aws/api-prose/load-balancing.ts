import type { LISTENER_ACTIONS } from "../../../../../policies/rules/refused-by-aws/api-prose/listener-actions";
import type { LOAD_BALANCERS } from "../../../../../policies/rules/refused-by-aws/api-prose/load-balancers";
import type { RULE_CONDITIONS } from "../../../../../policies/rules/refused-by-aws/api-prose/rule-conditions";
import type { RULE_TRANSFORMS } from "../../../../../policies/rules/refused-by-aws/api-prose/rule-transforms";
import type { TARGET_GROUPS } from "../../../../../policies/rules/refused-by-aws/api-prose/target-groups";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

type Lines = typeof LISTENER_ACTIONS &
  typeof LOAD_BALANCERS &
  typeof RULE_CONDITIONS &
  typeof RULE_TRANSFORMS &
  typeof TARGET_GROUPS;

const rewrite = { rewrite: { regex: "^/api/(.*)$", replace: "/$1" } };
const url = { type: "url-rewrite", urlRewriteConfig: rewrite };
const host = { type: "host-header-rewrite", hostHeaderRewriteConfig: rewrite };

/** Refused inputs, by line of load balancers, target groups, listeners and rules, which also have their own suites. */
export const LOAD_BALANCING_REFUSED: Readonly<Record<keyof Lines, Refused>> = {
  "balancer-name": [
    [{ name: "internal-web" }, 'name begins with "internal-", which AWS reserves; it must not'],
  ],
  "target-group-name": [[{ name: long(33) }, "name has 33 characters; AWS allows at most 32"]],
  "balancer-attributes": [
    [{ idleTimeout: 4001 }, "idleTimeout is 4001; it must be a whole number from 1 to 4000"],
  ],
  "listener-idle-timeout": [
    [{ tcpIdleTimeoutSeconds: "6000" }],
    [{ tcpIdleTimeoutSeconds: 30 }, "tcpIdleTimeoutSeconds is 30; it must be a whole number from 60 to 6000"],
  ],
  "classic-idle-timeout": [
    [{ idleTimeout: 0 }, "idleTimeout is 0; it must be a whole number from 1 to 4000"],
  ],
  "balancer-subnets": [
    [{ subnets: ["subnet-1"] }, "subnets names one subnet; AWS requires at least two, in different zones"],
  ],
  "target-group-attributes": [[{ port: 0 }, "port is 0; it must be a whole number from 1 to 65535"]],
  "rule-transforms": [
    [{ transforms: [url, host, UNKNOWN] }],
    [{ transforms: [{ type: UNKNOWN }, { type: "url-rewrite", urlRewriteConfig: UNKNOWN }] }],
    [
      { transforms: [url, host, url] },
      'transforms has type "url-rewrite" more than once; AWS allows only one of each type',
    ],
    [
      { transforms: [{ type: "host-header-rewrite", urlRewriteConfig: rewrite }] },
      'transforms[0] is of type "host-header-rewrite", but lacks hostHeaderRewriteConfig; AWS requires hostHeaderRewriteConfig',
      'transforms[0] is of type "host-header-rewrite", but has urlRewriteConfig; AWS allows only hostHeaderRewriteConfig',
    ],
    [
      { transforms: [{ ...url, urlRewriteConfig: { rewrite: { regex: long(1025), replace: "/" } } }] },
      "transforms[0].urlRewriteConfig.rewrite.regex has 1025 characters; AWS allows at most 1,024 characters",
    ],
  ],
  "listener-actions": [
    [
      { defaultActions: [{ type: "redirect" }] },
      'defaultActions[0] is of type "redirect", but lacks redirect; AWS requires it',
    ],
  ],
  "rule-actions": [
    [
      { actions: [{ type: "forward" }] },
      'actions[0] is of type "forward", but lacks targetGroupArn or forward; AWS requires it',
    ],
  ],
  "rule-conditions": [[{ conditions: [] }, "conditions has no element; it must have at least one"]],
};
