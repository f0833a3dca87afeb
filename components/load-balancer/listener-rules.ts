import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Access, actionsFor } from "./authentication";
import { type Forwarding, forwardAction, refuseNewcomers } from "./forwarding";
import { named, type Tags } from "../naming";

/** The action of a route. */
export type RouteAction =
  | {
      readonly type: "forward";
      /**
       * ARN of the target group that gets the request; undefined for the targets of {@link
       * ListenerRulesArgs.forwarding}.
       */
      readonly targetGroupArn?: pulumi.Input<string> | undefined;
    }
  | {
      readonly type: "fixedResponse";
      /** HTTP status: 2xx, 4xx or 5xx. */
      readonly statusCode: number;
      readonly contentType: string;
      /** Body of the response, up to {@link MAX_BODY} characters. */
      readonly body: string;
    }
  | {
      readonly type: "redirect";
      /** Host of the redirect; `#{host}` keeps the request's. */
      readonly host: string;
      /** Path of the redirect, beginning with `/`; `/#{path}` keeps the request's. */
      readonly path: string;
      /** Query string without `?`; `#{query}` keeps the request's. */
      readonly query: string;
      /** Whether the redirect is permanent (301) or temporary (302). */
      readonly permanent: boolean;
    };

/** A route: requests for some hosts and paths, and their action. */
export interface Route {
  /** Unique among the routes. */
  readonly name: string;
  /** Priority, {@link FIRST_PRIORITY} to {@link LAST_PRIORITY}. The route with the lowest number applies. */
  readonly priority: number;
  /** Host patterns with `*` and `?`, one of which must match; empty for every host. */
  readonly hosts: readonly string[];
  /** Path patterns with `*` and `?`, one of which must match; empty for every path. */
  readonly paths: readonly string[];
  readonly action: RouteAction;
  /** What a request needs to be accepted. */
  readonly access: Access;
}

/** The maximum number of characters in a fixed response. */
export const MAX_BODY = 1024;

/** The lowest priority number of a route. The store's own rules use the numbers below it. */
export const FIRST_PRIORITY = 100;

/** The highest priority number of a route. The store's own rules use the numbers above it. */
export const LAST_PRIORITY = 49_990;

/** Before all other rules. */
const MAINTENANCE_PRIORITY = 1;

/** After all other rules: AWS's highest priority number. */
const EVERYTHING_PRIORITY = 50_000;

/** Matches every path. */
const EVERY_PATH = "/*";

/** Arguments of {@link ListenerRules}. */
export interface ListenerRulesArgs {
  /** ARN of the HTTPS listener. */
  readonly listenerArn: pulumi.Input<string>;
  /** Where routes forward to by default. */
  readonly forwarding: Forwarding;
  /**
   * Whether {@link forwarding} applies to all requests that no route matches, instead of the listener's
   * default. The default action exists before any instance, so it can't wait for healthy instances; a rule
   * can.
   */
  readonly forwardsEverything: boolean;
  /** What a request that no route matches needs to be accepted. The maintenance page is public. */
  readonly access: Access;
  /** The routes, in any order. */
  readonly routes: readonly Route[];
  /**
   * HTML that is returned with status 503 for every request instead of the store; undefined while the store
   * is open.
   */
  readonly maintenancePage: string | undefined;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Rules of the HTTPS listener. A rule's priority doesn't depend on the others, so adding or removing one
 * changes no other.
 *
 * Resources are named after priorities, not routes: if two routes swap priorities or one is renamed, rules
 * are updated in place. Otherwise Pulumi would create the new rule before it deletes the old one, and AWS
 * refuses two rules of the same priority.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export class ListenerRules extends pulumi.ComponentResource {
  /** ARNs of the rules, available once all rules are in effect. */
  readonly ruleArns: pulumi.Output<string[]>;

  constructor(name: string, args: ListenerRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:ListenerRules", name, {}, opts);

    const isClosed = args.maintenancePage !== undefined;
    const newcomers =
      args.forwardsEverything && !isClosed ? [refuseNewcomers(`${name}-rules-newcomers`)] : [];
    const rules = planRules(args).map(
      ({ key, role, priority, conditions, access = PUBLIC, action, leadsElsewhere = false }) =>
        new aws.lb.ListenerRule(
          `${name}-${key}`,
          {
            listenerArn: args.listenerArn,
            priority,
            conditions,
            actions: actionsFor(access, action),
            tags: named(args.tags, `${name}-${role}`),
          },
          { parent: this, hooks: { beforeUpdate: leadsElsewhere ? [] : newcomers } },
        ),
    );

    this.ruleArns = pulumi.all(rules.map(({ arn }) => arn));
    this.registerOutputs({ ruleArns: this.ruleArns });
  }
}

const PUBLIC: Access = { type: "public" };

interface PlannedRule {
  /** Unique part of the resource's name. */
  readonly key: string;
  /** Purpose of the rule, shown in its tag. */
  readonly role: string;
  readonly priority: number;
  readonly conditions: aws.types.input.lb.ListenerRuleCondition[];
  readonly action: aws.types.input.lb.ListenerRuleAction;
  /** @default public */
  readonly access?: Access;
  /**
   * Whether the rule forwards to its own target group, and therefore ignores the colours' weights.
   *
   * @default false
   */
  readonly leadsElsewhere?: boolean;
}

function planRules(args: ListenerRulesArgs): PlannedRule[] {
  const everyPath = [{ pathPattern: { values: [EVERY_PATH] } }];
  const forward = forwardAction(args.forwarding);
  return [
    ...(args.maintenancePage === undefined
      ? []
      : [
          {
            key: "maintenance",
            role: "maintenance",
            priority: MAINTENANCE_PRIORITY,
            conditions: everyPath,
            action: fixedResponse(503, "text/html", args.maintenancePage),
          },
        ]),
    ...args.routes.map((route) => ({
      key: `route-${route.priority}`,
      role: `route-${route.name}`,
      priority: route.priority,
      conditions: [
        ...(route.hosts.length > 0 ? [{ hostHeader: { values: [...route.hosts] } }] : []),
        ...(route.paths.length > 0 ? [{ pathPattern: { values: [...route.paths] } }] : []),
      ],
      access: route.access,
      action: routeAction(route.action, forward),
      leadsElsewhere: route.action.type === "forward" && route.action.targetGroupArn !== undefined,
    })),
    ...(args.forwardsEverything
      ? [
          {
            key: "everything",
            role: "everything",
            priority: EVERYTHING_PRIORITY,
            conditions: everyPath,
            access: args.access,
            action: forward,
          },
        ]
      : []),
  ];
}

function routeAction(
  action: RouteAction,
  forward: aws.types.input.lb.ListenerRuleAction,
): aws.types.input.lb.ListenerRuleAction {
  switch (action.type) {
    case "forward":
      return action.targetGroupArn === undefined
        ? forward
        : { type: "forward", targetGroupArn: action.targetGroupArn };
    case "fixedResponse":
      return fixedResponse(action.statusCode, action.contentType, action.body);
    case "redirect": {
      const { host, path, query, permanent } = action;
      const statusCode = permanent ? "HTTP_301" : "HTTP_302";
      return {
        type: "redirect",
        redirect: { protocol: "HTTPS", port: "443", host, path, query, statusCode },
      };
    }
  }
}

function fixedResponse(
  statusCode: number,
  contentType: string,
  messageBody: string,
): aws.types.input.lb.ListenerRuleAction {
  return {
    type: "fixed-response",
    fixedResponse: { statusCode: String(statusCode), contentType, messageBody },
  };
}
