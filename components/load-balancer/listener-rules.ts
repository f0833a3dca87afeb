import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type Access, actionsFor } from "./authentication";
import { type Forwarding, forwardAction, refuseNewcomers } from "./forwarding";
import { named, type Tags } from "../naming";

/** What happens to a request that a route matches. */
export type RouteAction =
  | {
      readonly type: "forward";
      /** ARN of the target group that gets the request; undefined for where {@link ListenerRulesArgs.forwarding} leads. */
      readonly targetGroupArn?: pulumi.Input<string> | undefined;
    }
  | {
      readonly type: "fixedResponse";
      /** HTTP status, 2xx, 4xx or 5xx. */
      readonly statusCode: number;
      readonly contentType: string;
      /** What the answer holds, up to {@link MAX_BODY} characters. */
      readonly body: string;
    }
  | {
      readonly type: "redirect";
      /** Host to go to; `#{host}` keeps the request's. */
      readonly host: string;
      /** Path to go to, from `/` on; `/#{path}` keeps the request's. */
      readonly path: string;
      /** Query string without `?`; `#{query}` keeps the request's. */
      readonly query: string;
      /** Whether browsers and search engines may remember it (301), or shall ask again (302). */
      readonly permanent: boolean;
    };

/** Requests for some hosts and paths, and what happens to them. */
export interface Route {
  /** Unique among the routes. */
  readonly name: string;
  /** The smallest number wins, {@link FIRST_PRIORITY} to {@link LAST_PRIORITY}. */
  readonly priority: number;
  /** Host patterns with `*` and `?`, any of which will do; none for every host. */
  readonly hosts: readonly string[];
  /** Path patterns with `*` and `?`, any of which will do; none for every path. */
  readonly paths: readonly string[];
  readonly action: RouteAction;
  /** What a request has to show before it gets there. */
  readonly access: Access;
}

/** The maximum number of characters in a fixed response. */
export const MAX_BODY = 1024;

/** The lowest priority number of a route. Those below it are the store's own. */
export const FIRST_PRIORITY = 100;

/** The greatest priority of a route. Those above it are the store's own. */
export const LAST_PRIORITY = 49_990;

/** Before all others. */
const MAINTENANCE_PRIORITY = 1;

/** After all others: AWS's greatest priority. */
const EVERYTHING_PRIORITY = 50_000;

/** Every path begins with it. */
const EVERY_PATH = "/*";

/** Arguments of {@link ListenerRules}. */
export interface ListenerRulesArgs {
  /** ARN of the HTTPS listener. */
  readonly listenerArn: pulumi.Input<string>;
  /** Where routes forward to. */
  readonly forwarding: Forwarding;
  /**
   * Whether {@link forwarding} holds for all requests that no route matches, in place of the listener's default. A
   * default is there before any instance, so it can't wait for them; this can.
   */
  readonly forwardsEverything: boolean;
  /** What a request that no route matches has to show; the maintenance page is for everybody. */
  readonly access: Access;
  /** The routes, in any order. */
  readonly routes: readonly Route[];
  /** HTML that answers every request, with status 503, in place of the store; undefined while the store is open. */
  readonly maintenancePage: string | undefined;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * Rules of the HTTPS listener. Each has a priority of its own that no other rule has a say in: to add or remove one
 * changes no other.
 *
 * Resources are named after priorities, not after routes: when two routes change places or one changes its name, rules
 * are changed in place. Otherwise a new rule would come before the old one goes, and AWS takes no two of the same
 * priority.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export class ListenerRules extends pulumi.ComponentResource {
  /** ARNs of the rules: whoever waits for them waits until requests go where they shall. */
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
  /** What sets its resource apart from the others. */
  readonly key: string;
  /** What it is for, as its tag says. */
  readonly role: string;
  readonly priority: number;
  readonly conditions: aws.types.input.lb.ListenerRuleCondition[];
  readonly action: aws.types.input.lb.ListenerRuleAction;
  /** @default for everybody */
  readonly access?: Access;
  /**
   * Whether it forwards to a target group of its own, with weights that are no colour's.
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
