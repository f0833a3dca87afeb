import { balancersOf, forwardsOf, kindOf } from "../../../balancers";
import { isList, read, readList, upperCase } from "../../../read";
import { isOf, LISTENER, LISTENER_CERTIFICATE, LISTENER_RULE, LOAD_BALANCER } from "../../../resources";
import type { StackSubject } from "../../../rule";
import type { Stack } from "../../../stack";
import { between, referenceKey, refusal, text, wholeNumber } from "../known";
import { alone, isSet, pair, refusedOfAll, type Relation, unique } from "./relation";
import { API, protocolOf, SPOKEN, kindOfTargets } from "./words";

const BALANCER = [{ property: "loadBalancerArn" }];

/** By protocol of a listener, the protocols of the target groups that it may forward to. */
const FORWARDED: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTP", "HTTPS"],
  HTTPS: ["HTTP", "HTTPS"],
  TCP: ["TCP", "TCP_UDP"],
  TLS: ["TLS", "TCP"],
  UDP: ["UDP", "TCP_UDP"],
  TCP_UDP: ["TCP_UDP"],
};

const PROTOCOL_FIX =
  'Application: { protocol: "HTTPS" } for listener and targets; Network: { protocol: "TLS" } with { protocol: "TCP" } for the targets';

/** Why a listener can't forward to a target group. */
function mismatch(protocol: string | undefined, group: StackSubject): string | undefined {
  const allowed = FORWARDED[protocol ?? ""];
  const type = kindOfTargets(group);
  if (allowed === undefined || type === undefined) return undefined;
  const isHttp = protocol === "HTTP" || protocol === "HTTPS";
  if (type === "lambda") {
    return isHttp
      ? undefined
      : `is of protocol ${protocol}, but forwards to a function, "${group.name}"; AWS allows this only for HTTP and HTTPS`;
  }
  if (type === "alb" && protocol !== "TCP") {
    return `is of protocol ${protocol}, but forwards to a load balancer through "${group.name}"; AWS allows this only for TCP`;
  }
  if (protocol === "HTTP" && upperCase(read(group.props, ["protocolVersion"])) === "GRPC") {
    return `is of protocol HTTP, but forwards to "${group.name}" of protocol version GRPC; AWS allows this only for HTTPS`;
  }
  const own = protocolOf(group);
  if (own === undefined || allowed.includes(own)) return undefined;
  return `is of protocol ${protocol}, but forwards to "${group.name}" of protocol ${own}; the target group must be of ${allowed.join(" or ")}`;
}

/** Relations of listeners and rules. */
export const listeners: readonly Relation[] = [
  {
    of: LISTENER,
    source: `${API}CreateListener.html`,
    fix: PROTOCOL_FIX,
    judge: pair(BALANCER, LOAD_BALANCER, ["arn", "id"], (listener, balancer) => {
      const protocol = protocolOf(listener);
      const kind = kindOf(balancer) ?? "";
      const spoken = SPOKEN[kind];
      if (protocol === undefined || (spoken === undefined && kind !== "gateway")) return undefined;
      if (spoken?.includes(protocol) === true) return undefined;
      return `protocol is "${protocol}", but "${balancer.name}" is a load balancer of type ${kind}; AWS allows ${spoken?.join(", ") ?? "no protocol"} for it`;
    }),
  },
  {
    of: [...LISTENER, ...LISTENER_RULE],
    source: `${API}CreateTargetGroup.html`,
    fix: PROTOCOL_FIX,
    judge(stack) {
      const forwards = forwardsOf(stack);
      const listenersOf = stack.to(LISTENER);
      return (resource) => {
        // Only Application Load Balancers have rules.
        const isRule = isOf(LISTENER_RULE, resource);
        const [listener] = isRule ? listenersOf(resource, "listenerArn") : [];
        const protocol = isRule
          ? listener === undefined
            ? "HTTPS"
            : protocolOf(listener)
          : protocolOf(resource);
        return forwards(resource).map((groups) => {
          const problem = refusedOfAll(groups, (group) => mismatch(protocol, group));
          return problem === undefined ? undefined : `It ${problem}`;
        });
      };
    },
  },
  {
    of: [...LISTENER, ...LISTENER_RULE],
    source: "TargetGroupAssociationLimit: a target group is used by one load balancer",
    fix: '{ defaultActions: [{ type: "forward", targetGroupArn: another.arn }] }, a target group for each load balancer',
    judge(stack) {
      const forwards = forwardsOf(stack);
      const balancerOf = balancersOf(stack);
      const listenersOf = stack.to(LISTENER);
      const listeners = stack.ofTypes([...LISTENER, ...LISTENER_RULE]);
      const owner = (resource: StackSubject): StackSubject | undefined => {
        const [listener] = isOf(LISTENER, resource) ? [resource] : listenersOf(resource, "listenerArn");
        const found = listener === undefined ? [] : balancerOf(listener).found;
        return found.length === 1 ? found[0] : undefined;
      };
      const first = new Map<StackSubject, StackSubject>();
      for (const listener of listeners) {
        const balancer = owner(listener);
        for (const [group, ...others] of forwards(listener)) {
          if (balancer !== undefined && group !== undefined && others.length === 0 && !first.has(group))
            first.set(group, balancer);
        }
      }
      return (resource) => {
        const balancer = owner(resource);
        return forwards(resource).map(([group, ...others]) => {
          const holder = group && first.get(group);
          if (balancer === undefined || holder === undefined || holder === balancer || others.length > 0)
            return undefined;
          return `It forwards to "${group!.name}", which load balancer "${holder.name}" already uses; AWS allows only one load balancer for each target group`;
        });
      };
    },
  },
  {
    of: LISTENER_CERTIFICATE,
    source: `${API}AddListenerCertificates.html`,
    fix: "{ listenerArn: https.arn }",
    judge: pair([{ property: "listenerArn" }], LISTENER, ["arn", "id"], (_, listener) => {
      const protocol = protocolOf(listener);
      return protocol !== undefined && protocol !== "HTTPS" && protocol !== "TLS"
        ? `Listener "${listener.name}" is of protocol ${protocol}; AWS allows certificates only for HTTPS and TLS`
        : undefined;
    }),
  },
  {
    of: LISTENER_RULE,
    source: `${API}CreateRule.html`,
    fix: "{ listenerArn: https.arn } of an Application Load Balancer",
    judge(stack) {
      const listenersOf = stack.to(LISTENER);
      const balancerOf = balancersOf(stack);
      return (rule) => [
        refusedOfAll(listenersOf(rule, "listenerArn"), (listener) => {
          const { kind } = balancerOf(listener);
          return kind === undefined || kind === "application"
            ? undefined
            : `Listener "${listener.name}" belongs to a load balancer of type ${kind}; AWS allows rules only for type application`;
        }),
      ];
    },
  },
  {
    of: [...LISTENER, ...LISTENER_RULE],
    source: `${API}Action.html`,
    fix: '{ protocol: "HTTPS" } of the listener',
    judge(stack) {
      const listenersOf = stack.to(LISTENER);
      return (resource) => {
        const signing = actionTypes(resource).find((type) =>
          /^(authenticate-(oidc|cognito)|jwt-validation)$/.test(type ?? ""),
        );
        if (signing === undefined) return [];
        const listeners = isOf(LISTENER, resource) ? [resource] : listenersOf(resource, "listenerArn");
        return [
          refusedOfAll(listeners, (listener) =>
            protocolOf(listener) === "HTTP"
              ? `It has an action of type ${signing}, but its listener is of protocol HTTP; AWS allows this only for HTTPS`
              : undefined,
          ),
        ];
      };
    },
  },
  {
    of: LISTENER,
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-listener.html",
    fix: '{ defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }] }',
    judge: alone((listener) => {
      const protocol = protocolOf(listener);
      if (protocol === undefined || protocol === "HTTP" || protocol === "HTTPS") return undefined;
      const other = actionTypes(listener).find((type) =>
        /^(redirect|fixed-response|authenticate-(oidc|cognito)|jwt-validation)$/.test(type ?? ""),
      );
      return other === undefined
        ? undefined
        : `protocol is ${protocol}, but it has an action of type ${other}; AWS allows only "forward" for it`;
    }),
  },
  {
    of: LISTENER,
    source: `${API}CreateListener.html`,
    fix: '{ protocol: "HTTPS" } of an Application Load Balancer, { protocol: "TLS" } of a Network Load Balancer',
    judge: alone((listener) => {
      const protocol = protocolOf(listener);
      if (protocol === undefined || protocol === "TLS") return undefined;
      const ofTls = protocol === "HTTPS" ? ["alpnPolicy"] : ["certificateArn", "sslPolicy", "alpnPolicy"];
      const set = ofTls.find((property) => isSet(listener, property));
      return set === undefined ? undefined : `${set} is set, but protocol is ${protocol}; it must not be set`;
    }),
  },
  {
    of: LISTENER,
    source: `${API}MutualAuthenticationAttributes.html`,
    fix: '{ mutualAuthentication: { mode: "verify", trustStoreArn: trustStore.arn } }',
    judge: alone(({ props }) => {
      const mode = text(read(props, ["mutualAuthentication", "mode"]));
      const hasStore = read(props, ["mutualAuthentication", "trustStoreArn"]).kind !== "absent";
      if (mode === "verify" && !hasStore)
        return 'mutualAuthentication.mode is "verify", but trustStoreArn is not set; AWS requires it';
      return mode !== undefined && mode !== "verify" && hasStore
        ? 'mutualAuthentication.trustStoreArn is set, but mode is not "verify"; AWS allows it only with "verify"'
        : undefined;
    }),
  },
  {
    of: LISTENER,
    source: `${API}CreateListener.html`,
    fix: '{ port: 8443 }, or one listener with a ListenerRule for each: { conditions: [{ hostHeader: { values: ["…"] } }] }',
    judge: unique(LISTENER, portOf, ({ props }, first) => {
      const port = wholeNumber(read(props, ["port"]));
      return `port is ${port}, which listener "${first.name}" of the same load balancer already has; it must be unique`;
    }),
  },
  {
    of: LISTENER_RULE,
    source: `${API}CreateRule.html`,
    fix: "{ priority: 10 }, a different one for each rule of a listener",
    judge: unique(
      LISTENER_RULE,
      (stack) => (rule) => {
        const listener = referenceKey(rule, "listenerArn", stack.to(LISTENER));
        const priority = wholeNumber(read(rule.props, ["priority"]));
        return listener === undefined || priority === undefined
          ? undefined
          : JSON.stringify([listener, priority]);
      },
      ({ props }, first) => {
        const priority = wholeNumber(read(props, ["priority"]));
        return `priority is ${priority}, which rule "${first.name}" of the same listener already has; it must be unique`;
      },
    ),
  },
  {
    of: LISTENER_RULE,
    source: `${API}CreateRule.html`,
    fix: "{ priority: 10 }",
    judge: alone(({ props }) => refusal("priority", read(props, ["priority"]), between(1, 50_000))),
  },
];

/** The types of the actions of a listener or rule; undefined for unknown ones. */
function actionTypes(resource: StackSubject): (string | undefined)[] {
  const actions = readList(resource.props, [isOf(LISTENER, resource) ? "defaultActions" : "actions"]);
  return (isList(actions) ? actions : []).map((one) =>
    text(read(one.kind === "known" ? one.value : undefined, ["type"])),
  );
}

/** A key for a listener's load balancer and port, with the protocol if several listeners may share a port. */
function portOf(stack: Stack): (listener: StackSubject) => string | undefined {
  const follow = stack.to(LOAD_BALANCER);
  return (listener) => {
    const balancer = referenceKey(listener, "loadBalancerArn", follow);
    const [found] = follow(listener, "loadBalancerArn");
    const port = wholeNumber(read(listener.props, ["port"]));
    const isApplication = found !== undefined && kindOf(found) === "application";
    // HTTP and HTTPS listeners belong to Application Load Balancers, where ports are unique.
    const protocol = isApplication
      ? "HTTP"
      : upperCase(read(listener.props, ["protocol"]))?.replace(/^HTTPS$/, "HTTP");
    return balancer === undefined || port === undefined || protocol === undefined
      ? undefined
      : JSON.stringify([balancer, port, protocol]);
  };
}
