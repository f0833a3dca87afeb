import assert from "node:assert/strict";
import {
  LISTENER,
  LISTENER_CERTIFICATE,
  LISTENER_RULE,
  LOAD_BALANCER,
  TARGET_GROUP,
} from "../../../../policies/resources";
import { type TestResource, UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";
import { alb, balancer, gwlb, nlb } from "./relation-rows/balancers";
import { make } from "./relation-rows/row";

const anyKind = make(LOAD_BALANCER, "any", { subnets: UNKNOWN }, { loadBalancerType: nlb });
const targets = (name: string, props: Props) => make(TARGET_GROUP, name, props);
const forward = { type: "forward", targetGroupArn: UNKNOWN };
const listener = (of: TestResource, props: Props, to?: TestResource, name = "x"): TestResource =>
  make(
    LISTENER,
    name,
    { ...(to && { defaultActions: [forward] }), ...props },
    { loadBalancerArn: of, ...(to && { defaultActions: to }) },
  );
const rule = (of: TestResource, props: Props, to?: TestResource, name = "x"): TestResource =>
  make(
    LISTENER_RULE,
    name,
    { ...(to && { actions: [forward] }), ...props },
    { listenerArn: of, ...(to && { actions: to }) },
  );

const PROTOCOLS = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"];

/** The load balancer whose listeners can have a protocol. */
const speaking = (protocol: string): TestResource => (protocol.startsWith("HTTP") ? alb : nlb);

describe("relations of listeners", () => {
  const suite = new RuleSuite("relations");
  const says = async (stack: readonly TestResource[], ...expected: readonly string[]): Promise<void> => {
    const problems = await suite.sentencesOfStack(stack);
    assert.deepEqual(
      problems,
      expected.map((text) => ["x", `${text}.`]),
      JSON.stringify(stack),
    );
  };

  it("must use a protocol of their load balancer", async () => {
    for (const [of, kind, spoken] of [
      [alb, "application", ["HTTP", "HTTPS"]],
      [nlb, "network", ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"]],
      [gwlb, "gateway", []],
    ] as const)
      for (const protocol of [...PROTOCOLS, "QUIC", "TCP_QUIC"])
        await says(
          [of, listener(of, { protocol })],
          ...((spoken as readonly string[]).includes(protocol)
            ? []
            : [
                `protocol is "${protocol}", but "${of.name}" is a load balancer of type ${kind}; AWS allows ${spoken.join(", ") || "no protocol"} for it`,
              ]),
        );
    await says([anyKind, listener(anyKind, { protocol: "TLS" })]);
    await says([alb, listener(alb, { protocol: UNKNOWN })]);
  });

  it("must forward to target groups of a compatible protocol", async () => {
    const forwarded: Readonly<Record<string, readonly string[]>> = {
      HTTP: ["HTTP", "HTTPS"],
      HTTPS: ["HTTP", "HTTPS"],
      TCP: ["TCP", "TCP_UDP"],
      TLS: ["TLS", "TCP"],
      UDP: ["UDP", "TCP_UDP"],
      TCP_UDP: ["TCP_UDP"],
    };
    for (const protocol of PROTOCOLS)
      for (const of of PROTOCOLS) {
        const group = targets("group", { protocol: of });
        const problem = `It is of protocol ${protocol}, but forwards to "group" of protocol ${of}; the target group must be of ${forwarded[protocol]!.join(" or ")}`;
        const expected = forwarded[protocol]!.includes(of) ? [] : [problem];
        const front = speaking(protocol);
        await says([front, group, listener(front, { protocol }, group)], ...expected);
        if (front !== alb) continue;
        const own = listener(alb, { protocol }, undefined, "own");
        await says([alb, own, group, rule(own, {}, group)], ...expected);
      }
  });

  it("must use a compatible protocol to forward to functions and load balancers", async () => {
    const fn = targets("fn", { targetType: "lambda" });
    const toAlb = targets("to-alb", { targetType: "alb", protocol: "TCP" });
    for (const protocol of PROTOCOLS) {
      const front = speaking(protocol);
      const isHttp = front === alb;
      await says(
        [front, fn, listener(front, { protocol }, fn)],
        ...(isHttp
          ? []
          : [
              `It is of protocol ${protocol}, but forwards to a function, "fn"; AWS allows this only for HTTP and HTTPS`,
            ]),
      );
      await says(
        [front, toAlb, listener(front, { protocol }, toAlb)],
        ...(protocol === "TCP"
          ? []
          : [
              `It is of protocol ${protocol}, but forwards to a load balancer through "to-alb"; AWS allows this only for TCP`,
            ]),
      );
    }
  });

  it("must use HTTPS to forward gRPC", async () => {
    for (const protocolVersion of ["GRPC", "grpc", "HTTP2", UNKNOWN]) {
      const group = targets("group", { protocol: "HTTP", protocolVersion });
      await says([alb, group, listener(alb, { protocol: "HTTPS" }, group)]);
      await says(
        [alb, group, listener(alb, { protocol: "HTTP" }, group)],
        ...(/^grpc$/i.test(protocolVersion)
          ? [
              'It is of protocol HTTP, but forwards to "group" of protocol version GRPC; AWS allows this only for HTTPS',
            ]
          : []),
      );
    }
  });

  it("must have certificates if they use HTTPS or TLS", async () => {
    for (const protocol of [...PROTOCOLS, UNKNOWN]) {
      const own = listener(speaking(protocol), { protocol }, undefined, "own");
      await says(
        [alb, nlb, own, make(LISTENER_CERTIFICATE, "x", {}, { listenerArn: own })],
        ...(["HTTPS", "TLS", UNKNOWN].includes(protocol)
          ? []
          : [`Listener "own" is of protocol ${protocol}; AWS allows certificates only for HTTPS and TLS`]),
      );
    }
  });

  it("may have rules only if their load balancer supports them", async () => {
    for (const [of, kind] of [
      [alb, undefined],
      [anyKind, undefined],
      [nlb, "network"],
      [gwlb, "gateway"],
    ] as const) {
      const own = listener(of, {}, undefined, "own");
      await says(
        [of, own, rule(own, {})],
        ...(kind === undefined
          ? []
          : [
              `Listener "own" belongs to a load balancer of type ${kind}; AWS allows rules only for type application`,
            ]),
      );
    }
  });

  it("must use HTTPS to authenticate, and may only forward without HTTP", async () => {
    const logins = ["authenticate-oidc", "authenticate-cognito", "jwt-validation"];
    for (const type of [...logins, "redirect", "fixed-response", "forward", "x-jwt-validation", UNKNOWN])
      for (const protocol of ["HTTP", "HTTPS", "TCP", "TLS", UNKNOWN]) {
        const actions = [{ type: "forward" }, { type }];
        const onHttp =
          protocol === "HTTP" && logins.includes(type)
            ? [
                `It has an action of type ${type}, but its listener is of protocol HTTP; AWS allows this only for HTTPS`,
              ]
            : [];
        const onTcp =
          speaking(protocol) === nlb &&
          protocol !== UNKNOWN &&
          [...logins, "redirect", "fixed-response"].includes(type)
            ? [
                `protocol is ${protocol}, but it has an action of type ${type}; AWS allows only "forward" for it`,
              ]
            : [];
        const front = speaking(protocol);
        await says([front, listener(front, { protocol, defaultActions: actions })], ...onHttp, ...onTcp);
        if (front !== alb) continue;
        const own = listener(alb, { protocol }, undefined, "own");
        await says([alb, own, rule(own, { actions })], ...onHttp);
      }
  });

  it("may have TLS settings only if they use TLS", async () => {
    for (const protocol of [...PROTOCOLS, UNKNOWN])
      for (const property of ["certificateArn", "sslPolicy", "alpnPolicy"]) {
        const front = speaking(protocol);
        const isTaken =
          ["TLS", UNKNOWN].includes(protocol) || (protocol === "HTTPS" && property !== "alpnPolicy");
        await says(
          [front, listener(front, { protocol, [property]: "a" })],
          ...(isTaken ? [] : [`${property} is set, but protocol is ${protocol}; it must not be set`]),
        );
      }
  });

  it("must have a trust store if and only if they verify clients", async () => {
    const missing = 'mutualAuthentication.mode is "verify", but trustStoreArn is not set; AWS requires it';
    const beyond =
      'mutualAuthentication.trustStoreArn is set, but mode is not "verify"; AWS allows it only with "verify"';
    for (const [mode, alone, withStore] of [
      ["verify", missing, undefined],
      ["passthrough", undefined, beyond],
      ["off", undefined, beyond],
      [UNKNOWN, undefined, undefined],
    ] as const)
      for (const [store, problem] of [
        [{}, alone],
        [{ trustStoreArn: UNKNOWN }, withStore],
      ] as const)
        await says(
          [make(LISTENER, "x", { mutualAuthentication: { mode, ...store } })],
          ...(problem === undefined ? [] : [problem]),
        );
  });

  it("must each have their own port", async () => {
    const two = balancer("two");
    const problem = (port: number) =>
      `port is ${port}, which listener "first" of the same load balancer already has; it must be unique`;
    for (const [front, first, second, isTwice] of [
      [alb, { protocol: "HTTP", port: 443 }, { protocol: "HTTPS", port: 443 }, true],
      [alb, { port: 443 }, { protocol: "HTTPS", port: "443" }, true],
      [alb, { protocol: "HTTPS", port: 443 }, { protocol: "HTTPS", port: 444 }, false],
      [alb, { protocol: "HTTPS", port: UNKNOWN }, { protocol: "HTTPS", port: UNKNOWN }, false],
      [nlb, { protocol: "TCP", port: 443 }, { protocol: "tcp", port: 443 }, true],
      [nlb, { protocol: "TCP", port: 443 }, { protocol: "UDP", port: 443 }, false],
      [nlb, { protocol: UNKNOWN, port: 443 }, { protocol: UNKNOWN, port: 443 }, false],
      [anyKind, { protocol: "HTTP", port: 443 }, { protocol: "HTTPS", port: 443 }, true],
    ] as const) {
      const stack = [front, listener(front, first, undefined, "first"), listener(front, second)];
      await says(stack, ...(isTwice ? [problem(443)] : []));
    }
    const https = { protocol: "HTTPS", port: 443 };
    await says([alb, two, listener(alb, https, undefined, "first"), listener(two, https)]);
    const foreign = (name: string, loadBalancerArn: string) =>
      make(LISTENER, name, { ...https, loadBalancerArn });
    await says([foreign("first", "arn:1"), foreign("x", "arn:1")], problem(443));
    await says([foreign("first", "arn:1"), foreign("x", "arn:2")]);
  });

  it("must have rules with different priorities", async () => {
    const own = listener(alb, { protocol: "HTTPS" }, undefined, "own");
    const other = listener(alb, { protocol: "HTTPS" }, undefined, "other");
    const twice = 'priority is 7, which rule "first" of the same listener already has; it must be unique';
    const pair = (of: TestResource, first: unknown, second: unknown) => [
      alb,
      own,
      other,
      rule(own, { priority: first }, undefined, "first"),
      rule(of, { priority: second }),
    ];
    await says(pair(own, 7, "7"), twice);
    await says(pair(own, 7, 8));
    await says(pair(other, 7, 7));
    await says(pair(own, UNKNOWN, UNKNOWN));
    for (const priority of [1, 50_000, UNKNOWN]) await says([make(LISTENER_RULE, "x", { priority })]);
    for (const priority of [0, 50_001])
      await says(
        [make(LISTENER_RULE, "x", { priority })],
        `priority is ${priority}; it must be a whole number from 1 to 50000`,
      );
  });
});
