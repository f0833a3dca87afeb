import assert from "node:assert/strict";
import {
  CLASSIC_LOAD_BALANCER,
  ENDPOINT_SERVICE,
  ENDPOINT_SERVICE_PRINCIPAL,
  LISTENER,
  LISTENER_RULE,
} from "../../../../policies/resources";
import { SSL_POLICIES, TLS_1_2_POLICIES } from "../../../../policies/rules/tls/ssl-policies";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { Analysis, Finding, TestResource } from "../../../support/pack";
import { RuleSuite, orExempt, without, type Props } from "../../../support/rule-suite";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/2f6f1c0e";
const TARGET_GROUP = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/store/73e2d6bc24d8a067";
const FORWARD = { type: "forward", targetGroupArn: UNKNOWN };
const REDIRECT = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const HTTPS = {
  port: 443,
  protocol: "HTTPS",
  certificateArn: UNKNOWN,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  defaultActions: [FORWARD],
};
const HTTP = { port: 80, protocol: "HTTP", defaultActions: [REDIRECT] };

/** An HTTP listener with the given default actions. */
const plain = (...defaultActions: unknown[]): Props => ({ ...HTTP, defaultActions });

/** A redirect with some of its fields replaced; undefined removes a field. */
function redirect(fields: Props): Props {
  const wanted = Object.entries({ ...REDIRECT.redirect, ...fields }).filter(
    ([, value]) => value !== undefined,
  );
  return { type: "redirect", redirect: Object.fromEntries(wanted) };
}

/** The findings of the two rules on listeners. */
const ofListeners = ({ findings }: Analysis): readonly Finding[] =>
  findings.filter(({ policy }) => policy.startsWith("tls-listeners"));

describe("tls-listeners", () => {
  const suite = new RuleSuite("tls-listeners", { withStack: true });
  const { pack } = suite;

  describe("on an HTTPS or TLS listener", () => {
    suite.check("aws:lb/listener:Listener", [
      { title: "passes a listener whose references are unknown in preview", props: HTTPS, says: [] },
      {
        title: "passes a listener whose references are known in up",
        props: {
          ...HTTPS,
          certificateArn: CERTIFICATE,
          loadBalancerArn:
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/store/50dc6c495c0c9188",
          defaultActions: [{ type: "forward", targetGroupArn: TARGET_GROUP }],
        },
        says: [],
      },
      {
        title: "states the allowed certificate, policy, action and redirect",
        props: {
          protocol: "HTTPS",
          certificateArn: "",
          sslPolicy: "ELBSecurityPolicy-2016-08",
          defaultActions: [{ type: [] }, { type: "" }, { type: "redirect", redirect: { protocol: "HTTP" } }],
        },
        says: [
          /certificateArn is an empty string; it must be the ARN of a certificate\.[^]*sslPolicy is "ELBSecurityPolicy-2016-08"; it must be ELBSecurityPolicy-TLS13-1-3-… or ELBSecurityPolicy-TLS13-1-2-Res-… ending in 2021-06, FIPS-2023-04, PQ-2025-09 or FIPS-PQ-2025-09\./,
          /defaultActions\[0\]\.type is a list; it must be a literal, such as "forward"\.\nFix: write the actions as literals, such as \{ type: "forward", targetGroupArn: targetGroup\.arn \}, and redirect to protocol: "HTTPS" only; or, if/,
          /defaultActions\[1\]\.type is an empty string; it must be a literal, such as "forward"\./,
          /defaultActions\[2\]\.redirect\.protocol is "HTTP"; it must be "HTTPS"\./,
        ],
      },
      {
        title: "states why another protocol is not allowed, but not for an absent protocol",
        props: { ...HTTPS, protocol: "TCP" },
        says: [
          /HTTP" with only a redirect to HTTPS\. Other protocols accept clear text or don't show whether they do; TCP is allowed if /,
        ],
      },
      {
        title: "gives no reason for an unknown protocol",
        props: { ...HTTPS, protocol: UNKNOWN },
        says: [
          /protocol is not known before deployment; it must be a literal: [^\n]* a redirect to HTTPS\.\n/,
        ],
      },
      { title: "passes TLS on a Network Load Balancer", props: { ...HTTPS, protocol: "TLS" }, says: [] },
      {
        title: "passes a protocol in lower case, as the provider does",
        props: { ...HTTPS, protocol: "https" },
        says: [],
      },
      {
        title: "passes valid secret values",
        props: {
          ...HTTPS,
          protocol: secret("HTTPS"),
          sslPolicy: secret(HTTPS.sslPolicy),
          certificateArn: secret(UNKNOWN),
        },
        says: [],
      },
      {
        title: "passes a redirect that keeps the protocol or names HTTPS",
        props: { ...HTTPS, defaultActions: [redirect({ protocol: undefined, host: "www.example.com" })] },
        says: [],
      },
      {
        title: "refuses an absent sslPolicy",
        props: without(HTTPS, "sslPolicy"),
        says: ["sslPolicy is not set, which means ELBSecurityPolicy-2016-08"],
      },
      {
        title: "refuses a null sslPolicy",
        props: { ...HTTPS, sslPolicy: null },
        says: ["sslPolicy is not set"],
      },
      {
        title: "refuses an unknown sslPolicy",
        props: { ...HTTPS, sslPolicy: UNKNOWN },
        says: ["sslPolicy is not known before deployment"],
      },
      {
        title: "refuses an unknown secret sslPolicy",
        props: { ...HTTPS, sslPolicy: secret(UNKNOWN) },
        says: ["sslPolicy is not known before deployment"],
      },
      {
        title: "refuses an sslPolicy of the wrong type",
        props: { ...HTTPS, sslPolicy: [HTTPS.sslPolicy] },
        says: ["sslPolicy is a list"],
      },
      {
        title: "refuses a policy with TLS 1.0",
        props: { ...HTTPS, sslPolicy: "ELBSecurityPolicy-2016-08" },
        says: ['sslPolicy is "ELBSecurityPolicy-2016-08"'],
      },
      {
        title: "refuses a post-quantum policy that still allows TLS 1.0",
        props: { ...HTTPS, sslPolicy: "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09" },
        says: ['sslPolicy is "ELBSecurityPolicy-TLS13-1-0-PQ-2025-09"'],
      },
      {
        title: "refuses a strong policy's name with text after it",
        props: { ...HTTPS, sslPolicy: `${HTTPS.sslPolicy}-x` },
        says: ["sslPolicy"],
      },
      {
        title: "refuses a strong policy's name in another case",
        props: { ...HTTPS, sslPolicy: HTTPS.sslPolicy.toLowerCase() },
        says: ["sslPolicy"],
      },
      {
        title: "refuses an absent certificate",
        props: without(HTTPS, "certificateArn"),
        says: ["certificateArn is not set"],
      },
      {
        title: "refuses an empty certificate",
        props: { ...HTTPS, certificateArn: "" },
        says: ["certificateArn is an empty string"],
      },
      {
        title: "refuses a certificate of the wrong type",
        props: { ...HTTPS, certificateArn: { arn: CERTIFICATE } },
        says: ["certificateArn is an object"],
      },
      {
        title: "names both problems of a listener at once",
        props: without(HTTPS, "certificateArn", "sslPolicy"),
        says: [/certificateArn is not set[^]*sslPolicy is not set/],
      },
      {
        title: "refuses a redirect back to HTTP",
        props: { ...HTTPS, defaultActions: [redirect({ protocol: "HTTP" })] },
        says: ['defaultActions[0].redirect.protocol is "HTTP"'],
      },
      {
        title: "refuses a redirect to an unknown protocol",
        props: { ...HTTPS, defaultActions: [redirect({ protocol: UNKNOWN })] },
        says: ["defaultActions[0].redirect.protocol is not known"],
      },
      {
        title: "refuses an unknown redirect",
        props: { ...HTTPS, defaultActions: [{ type: "redirect", redirect: UNKNOWN }] },
        says: ["defaultActions[0].redirect.protocol is not known"],
      },
      {
        title: "refuses actions that are unknown as a whole",
        props: { ...HTTPS, defaultActions: UNKNOWN },
        says: ["defaultActions is not known before deployment"],
      },
      {
        title: "refuses an action of unknown type",
        props: { ...HTTPS, defaultActions: [{ type: UNKNOWN }] },
        says: ["defaultActions[0].type is not known"],
      },
      {
        title: "judges a redirect back to HTTP beside an unknown action",
        props: { ...HTTPS, defaultActions: [UNKNOWN, redirect({ protocol: "HTTP" })] },
        says: ["defaultActions[0] is not known", 'defaultActions[1].redirect.protocol is "HTTP"'],
      },
      {
        title: "judges a redirect back to HTTP beside an unknown sslPolicy",
        props: { ...HTTPS, sslPolicy: UNKNOWN, defaultActions: [redirect({ protocol: "HTTP" })] },
        says: ["sslPolicy is not known", 'defaultActions[0].redirect.protocol is "HTTP"'],
      },
    ]);

    for (const sslPolicy of SSL_POLICIES) {
      it(`passes ${sslPolicy}`, async () => {
        assert.deepEqual(await suite.judge({ type: LISTENER[0], props: { ...HTTPS, sslPolicy } }), []);
      });
    }

    for (const sslPolicy of TLS_1_2_POLICIES) {
      it(`advises against ${sslPolicy}`, async () => {
        const messages = await suite.judge({ type: LISTENER[0], props: { ...HTTPS, sslPolicy } }, "advisory");
        assert.equal(messages.length, 1);
      });
    }

    it("lists all other AWS policies without TLS 1.0 and 1.1", () => {
      const names = `FS-1-2-2019-08 FS-1-2-Res-2019-08 FS-1-2-Res-2020-10 TLS-1-2-2017-01 TLS-1-2-Ext-2018-06
        TLS13-1-2-2021-06 TLS13-1-2-Ext1-2021-06 TLS13-1-2-Ext2-2021-06
        TLS13-1-2-PQ-2025-09 TLS13-1-2-Ext1-PQ-2025-09 TLS13-1-2-Ext2-PQ-2025-09
        TLS13-1-2-FIPS-2023-04 TLS13-1-2-Ext0-FIPS-2023-04 TLS13-1-2-Ext1-FIPS-2023-04 TLS13-1-2-Ext2-FIPS-2023-04
        TLS13-1-2-FIPS-PQ-2025-09 TLS13-1-2-Ext0-FIPS-PQ-2025-09 TLS13-1-2-Ext1-FIPS-PQ-2025-09 TLS13-1-2-Ext2-FIPS-PQ-2025-09
        TLS13-1-2-RFC9151-FIPS-2023-07 TLS13-1-2-Ext0-RFC9151-FIPS-2023-07 TLS13-1-3-RFC9151-FIPS-2023-07
        TLS13-1-2-RFC9151-INTEROP1-FIPS-2023-07 TLS13-1-2-RFC9151-INTEROP2-FIPS-2023-07
        TLS13-1-2-RFC9151-INTEROP3-FIPS-2023-07 TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07`;
      assert.deepEqual(
        [...TLS_1_2_POLICIES].sort(),
        names
          .split(/\s+/)
          .map((name) => `ELBSecurityPolicy-${name}`)
          .sort(),
      );
    });

    it("lists the eight policies of Security Hub's ELB.17, and no other", () => {
      assert.deepEqual([...SSL_POLICIES].sort(), [
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
        "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
        "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        "ELBSecurityPolicy-TLS13-1-3-2021-06",
        "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
        "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
        "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
      ]);
    });
  });

  describe("on an HTTP listener", () => {
    const refusedFields: readonly [title: string, fields: Props, says: string][] = [
      [
        "an absent protocol, which means HTTP again",
        { protocol: undefined },
        "redirect.protocol is not set, which means HTTP again",
      ],
      ["the provider's default protocol", { protocol: "#{protocol}" }, 'redirect.protocol is "#{protocol}"'],
      ["HTTP", { protocol: "HTTP" }, 'redirect.protocol is "HTTP"'],
      ["an unknown protocol", { protocol: UNKNOWN }, "redirect.protocol is not known"],
      ["a protocol of the wrong type", { protocol: 443 }, "redirect.protocol is 443"],
      ["an absent port", { port: undefined }, "redirect.port is not set"],
      ["the port of HTTP", { port: "80" }, 'redirect.port is "80"'],
      ["a port with text after it", { port: "443x" }, "redirect.port is another string"],
      ["a port with a zero before it", { port: "0443" }, 'redirect.port is "0443"'],
      ["the listener's own port", { port: "#{port}" }, 'redirect.port is "#{port}"'],
      ["an unknown port", { port: UNKNOWN }, "redirect.port is not known"],
      ["another status code", { statusCode: "HTTP_307" }, 'redirect.statusCode is "HTTP_307"'],
      ["an absent status code", { statusCode: undefined }, "redirect.statusCode is not set"],
      ["an unknown status code", { statusCode: UNKNOWN }, "redirect.statusCode is not known"],
    ];
    suite.check("aws:lb/listener:Listener", [
      { title: "passes a redirect to HTTPS", props: HTTP, says: [] },
      {
        title: "passes a redirect with AWS's default placeholders",
        props: plain(redirect({ host: "#{host}", path: "/#{path}", query: "#{query}" })),
        says: [],
      },
      { title: "passes a port written as a number", props: plain(redirect({ port: 443 })), says: [] },
      {
        title: "passes a redirect to another host, path and port",
        props: plain(redirect({ host: "www.example.com", path: "/", query: "", port: "8443" })),
        says: [],
      },
      {
        title: "advises against a temporary redirect",
        props: plain(redirect({ statusCode: "HTTP_302" })),
        says: ['redirect.statusCode is "HTTP_302"; it must be "HTTP_301"'],
        level: "advisory",
      },
      {
        title: "passes null for the parts that AWS keeps",
        props: plain(redirect({ host: null, path: null })),
        says: [],
      },
      ...refusedFields.map(([what, fields, says]) => ({
        title: `refuses a redirect with ${what}`,
        props: plain(redirect(fields)),
        says: [says],
      })),
      {
        title: "refuses a forward",
        props: plain(FORWARD),
        says: ['defaultActions[0].type is "forward"; it must be "redirect"'],
      },
      {
        title: "refuses a fixed response",
        props: plain({ type: "fixed-response" }),
        says: ['defaultActions[0].type is "fixed-response"'],
      },
      {
        title: "refuses a fixed response with a status other than 4xx",
        props: plain({ type: "fixed-response", fixedResponse: { statusCode: "503" } }),
        says: ['defaultActions[0].type is "fixed-response"; it must be "redirect"'],
      },
      {
        title: "advises against a fixed response with status 4xx",
        props: plain({ type: "fixed-response", fixedResponse: { statusCode: "404" } }),
        says: ['defaultActions[0].type is "fixed-response", which only rejects visitors'],
        level: "advisory",
      },
      {
        title: "refuses an action of unknown type",
        props: plain({ ...REDIRECT, type: UNKNOWN }),
        says: ["defaultActions[0].type is not known"],
      },
      {
        title: "refuses an action without a type",
        props: plain({ redirect: REDIRECT.redirect }),
        says: ["defaultActions[0].type is not set"],
      },
      {
        title: "refuses an unknown redirect",
        props: plain({ type: "redirect", redirect: UNKNOWN }),
        says: ["defaultActions[0].redirect is not known"],
      },
      {
        title: "refuses a redirect without fields",
        props: plain({ type: "redirect" }),
        says: ["defaultActions[0].redirect is not set"],
      },
      {
        title: "refuses a redirect that is not an object",
        props: plain({ type: "redirect", redirect: "HTTPS" }),
        says: ["defaultActions[0].redirect is another string"],
      },
      {
        title: "refuses unknown actions",
        props: { ...HTTP, defaultActions: UNKNOWN },
        says: ["defaultActions is not known"],
      },
      {
        title: "refuses absent actions",
        props: without(HTTP, "defaultActions"),
        says: ["defaultActions is not set"],
      },
      {
        title: "refuses an empty list of actions",
        props: plain(),
        says: ["defaultActions is an empty list"],
      },
      {
        title: "refuses actions that are not a list",
        props: { ...HTTP, defaultActions: REDIRECT },
        says: ["defaultActions is an object"],
      },
      { title: "refuses a null action", props: plain(null), says: ["defaultActions[0] is not set"] },
      {
        title: "judges a secret protocol like any other",
        props: { ...plain(FORWARD), protocol: secret("HTTP") },
        says: ['defaultActions[0].type is "forward"'],
      },
      {
        title: "judges a protocol in lower case like any other",
        props: { ...plain(FORWARD), protocol: "http" },
        says: ['defaultActions[0].type is "forward"'],
      },
      {
        title: "ignores fields of a __proto__ key",
        props: plain(
          JSON.parse(
            '{"type":"redirect","redirect":{"__proto__":{"protocol":"HTTPS"},"port":"443","statusCode":"HTTP_301"}}',
          ),
        ),
        says: ["redirect.protocol is not set"],
      },
      {
        title: "judges a forward beside an unknown action",
        props: plain(UNKNOWN, FORWARD),
        says: ["defaultActions[0] is not known", 'defaultActions[1].type is "forward"'],
      },
      {
        title: "judges a wrong field beside an unknown one",
        props: plain(redirect({ protocol: UNKNOWN, statusCode: "HTTP_303" })),
        says: [/redirect\.protocol is not known[^]*redirect\.statusCode is "HTTP_303"/],
      },
    ]);

    it("states every problem of an action, the allowed values, and the code to write", async () => {
      const action = redirect({ protocol: undefined, statusCode: "HTTP_303", port: "80" });
      assert.deepEqual(await suite.judge({ type: LISTENER[0], props: plain(action) }), [
        [
          "Public load balancers serve only TLS 1.2 or newer; plain HTTP may only redirect to HTTPS. " +
            "Attackers on the network path can read and change what is sent in clear text or with older versions of TLS.",
          'defaultActions[0].redirect.protocol is not set, which means HTTP again; it must be "HTTPS".',
          'defaultActions[0].redirect.port is "80"; it must be "443", or another port that serves HTTPS.',
          'defaultActions[0].redirect.statusCode is "HTTP_303"; it must be "HTTP_301".',
          'Fix: protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: ' +
            '{ protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }], together with an HTTPS listener on port 443' +
            orExempt("tls-listeners"),
        ].join("\n"),
      ]);
    });
  });

  describe("on a listener with another protocol or none", () => {
    for (const protocol of ["TCP", "UDP", "TCP_UDP", "TCP_QUIC", "GENEVE"]) {
      it(`refuses ${protocol}, which may carry plain text`, async () => {
        const messages = await suite.judge({ type: LISTENER[0], props: { ...HTTPS, protocol } });
        assert.equal(messages.length, 1);
        assert.ok(messages[0]!.includes(`protocol is "${protocol}"; it must be a literal: "HTTPS" or "TLS"`));
      });
    }
    suite.check("aws:lb/listener:Listener", [
      { title: "passes QUIC, which is always encrypted", props: { ...HTTPS, protocol: "QUIC" }, says: [] },
      {
        title: "treats an absent protocol as HTTP, as the provider does, even with a certificate",
        props: without(HTTPS, "protocol"),
        says: ['defaultActions[0].type is "forward"; it must be "redirect"'],
      },
      {
        title: "treats a null protocol as HTTP",
        props: { ...HTTPS, protocol: null },
        says: ['defaultActions[0].type is "forward"; it must be "redirect"'],
      },
      { title: "passes a redirect without a protocol", props: without(HTTP, "protocol"), says: [] },
      {
        title: "passes a listener without protocol and port, which only a Gateway Load Balancer has",
        props: { defaultActions: [FORWARD] },
        says: [],
      },
      {
        title: "refuses an unknown protocol",
        props: { ...HTTPS, protocol: UNKNOWN },
        says: ["protocol is not known before deployment"],
      },
      {
        title: "refuses an unknown protocol although the actions redirect",
        props: { ...HTTP, protocol: UNKNOWN },
        says: ["protocol is not known before deployment"],
      },
      {
        title: "refuses a protocol of the wrong type",
        props: { ...HTTPS, protocol: 443 },
        says: ["protocol is 443"],
      },
      {
        title: "refuses HTTPS with white space around it",
        props: { ...HTTPS, protocol: " HTTPS" },
        says: ["protocol is another string"],
      },
    ]);

    it("never repeats a secret", async () => {
      const props = {
        protocol: secret("hunter2"),
        sslPolicy: secret("hunter2"),
        certificateArn: secret("hunter2"),
        defaultActions: secret("hunter2"),
      };
      const redirected = plain(redirect({ statusCode: secret("hunter2"), port: secret("hunter2") }));
      const all = [
        ...(await suite.judge({ type: LISTENER[0], props })),
        ...(await suite.judge({ type: LISTENER[0], props: { ...props, protocol: "HTTPS" } })),
        ...(await suite.judge({ type: LISTENER[0], props: redirected })),
      ];
      assert.ok(all.length >= 4);
      assert.ok(!all.join("\n").includes("hunter2"), all.join("\n"));
    });
  });

  describe("on every type name of a listener", () => {
    for (const type of LISTENER) {
      it(`judges ${type}`, async () => {
        assert.deepEqual(await suite.judge({ type, props: HTTP }), []);
        assert.equal((await suite.judge({ type, props: plain(FORWARD) })).length, 1);
      });
    }
  });

  describe("on a listener rule, whose listener it does not see", () => {
    const rule = (...actions: unknown[]): Props => ({ listenerArn: UNKNOWN, priority: 1, actions });
    suite.check("aws:lb/listenerRule:ListenerRule", [
      { title: "passes a forward", props: rule(FORWARD), says: [] },
      { title: "passes a redirect to HTTPS", props: rule(REDIRECT), says: [] },
      {
        title: "passes a redirect that keeps the protocol",
        props: rule(redirect({ protocol: "#{protocol}" })),
        says: [],
      },
      {
        title: "passes a forward together with any redirect",
        props: rule({ ...redirect({ protocol: "HTTP" }), ...FORWARD }),
        says: [],
      },
      {
        title: "refuses a redirect to HTTP",
        props: rule(redirect({ protocol: "HTTP" })),
        says: ['actions[0].redirect.protocol is "HTTP"'],
      },
      {
        title: "refuses a redirect to an unknown protocol",
        props: rule(redirect({ protocol: UNKNOWN })),
        says: ["actions[0].redirect.protocol is not known"],
      },
      {
        title: "refuses an unknown type of action",
        props: rule({ type: UNKNOWN }),
        says: ["actions[0].type is not known"],
      },
      {
        title: "refuses unknown actions",
        props: { listenerArn: UNKNOWN, actions: UNKNOWN },
        says: ["actions is not known"],
      },
      { title: "refuses absent actions", props: { listenerArn: UNKNOWN }, says: ["actions is not set"] },
      {
        title: "judges a redirect to HTTP beside an unknown action",
        props: rule(UNKNOWN, redirect({ protocol: "HTTP" })),
        says: ["actions[0] is not known", 'actions[1].redirect.protocol is "HTTP"'],
      },
    ]);
    for (const type of LISTENER_RULE) {
      it(`judges ${type}`, async () => {
        assert.deepEqual(await suite.judge({ type, props: rule(FORWARD) }), []);
        assert.equal((await suite.judge({ type, props: rule(redirect({ protocol: "HTTP" })) })).length, 1);
      });
    }
  });

  describe("on a Classic Load Balancer", () => {
    const tls = {
      instancePort: 80,
      instanceProtocol: "http",
      lbPort: 443,
      lbProtocol: "https",
      sslCertificateId: UNKNOWN,
    };
    const classic = (...listeners: unknown[]): Props => ({ listeners });
    suite.check("aws:elb/loadBalancer:LoadBalancer", [
      { title: "passes HTTPS with a certificate", props: classic(tls), says: [] },
      {
        title: "passes SSL in upper case, as the provider does",
        props: classic({ ...tls, lbProtocol: "SSL" }),
        says: [],
      },
      {
        title: "refuses HTTP",
        props: classic({ ...tls, lbProtocol: "http" }),
        says: ['listeners[0].lbProtocol is "http"'],
      },
      ...["tcp", "xssl", "httpsx"].map((lbProtocol) => ({
        title: `refuses ${lbProtocol}`,
        props: classic({ ...tls, lbProtocol }),
        says: [lbProtocol === "tcp" ? 'listeners[0].lbProtocol is "tcp"' : "lbProtocol is another string"],
      })),
      {
        title: "refuses an absent protocol",
        props: classic(without(tls, "lbProtocol")),
        says: ["listeners[0].lbProtocol is not set"],
      },
      {
        title: "refuses an unknown protocol",
        props: classic({ ...tls, lbProtocol: UNKNOWN }),
        says: ["listeners[0].lbProtocol is not known"],
      },
      {
        title: "refuses an absent certificate",
        props: classic(without(tls, "sslCertificateId")),
        says: ["listeners[0].sslCertificateId is not set"],
      },
      { title: "refuses unknown listeners", props: { listeners: UNKNOWN }, says: ["listeners is not known"] },
      { title: "refuses absent listeners", props: {}, says: ["listeners is not set"] },
      { title: "refuses a null listener", props: classic(null), says: ["listeners[0] is not set"] },
      {
        title: "judges a plain listener beside an unknown one",
        props: classic(UNKNOWN, { ...tls, lbProtocol: "http" }),
        says: ["listeners[0] is not known", 'listeners[1].lbProtocol is "http"'],
      },
    ]);
    for (const type of CLASSIC_LOAD_BALANCER) {
      it(`judges ${type}`, async () => {
        assert.equal((await suite.judge({ type, props: classic({ ...tls, lbProtocol: "http" }) })).length, 1);
      });
    }
  });

  describe("at stack level", () => {
    const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/store/50dc/";
    const LISTENER_TYPE = "aws:lb/listener:Listener";
    const RULE_TYPE = "aws:lb/listenerRule:ListenerRule";

    /** A listener as in a preview, or with an ARN, as after an update. */
    const listener = (name: string, props: Props, arn: string = UNKNOWN): TestResource => ({
      type: LISTENER_TYPE,
      name,
      props: { ...props, arn, id: arn },
    });
    const on = (target: TestResource, action: unknown, listenerArn: string = UNKNOWN): TestResource => ({
      type: RULE_TYPE,
      name: `rule-on-${target.name}`,
      props: { listenerArn, priority: 1, actions: [action] },
      propertyDependencies: { listenerArn: [urnOf(target)] },
    });
    const http = listener("http", HTTP);
    const https = listener("https", HTTPS);

    it("refuses a rule that forwards from the HTTP listener, in preview", async () => {
      const rule = on(http, FORWARD);
      assert.deepEqual(await suite.judgeStack(http, https, rule), [
        [
          urnOf(rule),
          "Public load balancers serve only TLS 1.2 or newer, also by listener rules and pass-through protocols; " +
            "plain HTTP may only redirect to HTTPS. A listener rule takes precedence over the listener's own " +
            "redirect, so a rule that forwards serves visitors in clear text.\n" +
            'On listener "http", which is not HTTPS: actions[0].type is "forward"; it must be "redirect".\n' +
            'Fix: attach the rule to the HTTPS listener, or write actions: [{ type: "redirect", redirect: ' +
            '{ protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }]' +
            orExempt("tls-listeners-stack"),
        ],
      ]);
    });

    for (const key of ["arn", "id"]) {
      it(`refuses it in up, where only the ${key} identifies the listener`, async () => {
        const target = { ...http, props: { ...HTTP, [key]: `${ARN}http` } };
        const rule = { ...on(target, FORWARD, `${ARN}http`), propertyDependencies: {} };
        assert.deepEqual(
          (await suite.judgeStack(target, rule)).map(([urn]) => urn),
          [urnOf(rule)],
        );
      });
    }

    it("refuses a redirect on the HTTP listener that leaves out the protocol", async () => {
      const found = await suite.judgeStack(http, on(http, redirect({ protocol: undefined })));
      assert.match(found[0]![1], /actions\[0\]\.redirect\.protocol is not set/);
    });

    it("passes a redirect to HTTPS on the HTTP listener, and a forward on HTTPS and TLS listeners", async () => {
      const tls = listener("tls", { ...HTTPS, protocol: "TLS" });
      const rules = [on(http, REDIRECT), on(https, FORWARD), on(tls, FORWARD)];
      assert.deepEqual(await suite.judgeStack(http, https, tls, ...rules), []);
    });

    it("uses the listener that a known ARN names among several possible ones", async () => {
      const plainOne = listener("http", HTTP, `${ARN}http`);
      const secureOne = listener("https", HTTPS, `${ARN}https`);
      const both = { listenerArn: [urnOf(plainOne), urnOf(secureOne)] };
      const rule = { ...on(secureOne, FORWARD, `${ARN}https`), propertyDependencies: both };
      assert.deepEqual(await suite.judgeStack(plainOne, secureOne, rule), []);
    });

    it("names each HTTP listener that a rule may be on", async () => {
      const other = listener("other", HTTP);
      const both = { listenerArn: [urnOf(http), urnOf(other)] };
      const found = await suite.judgeStack(http, other, { ...on(http, FORWARD), propertyDependencies: both });
      assert.match(found[0]![1], /On listener "http", "other", which is not HTTPS: /);
    });

    it("refuses a forward that may be on either listener", async () => {
      const both = { listenerArn: [urnOf(https), urnOf(http)] };
      const found = await suite.judgeStack(http, https, {
        ...on(https, FORWARD),
        propertyDependencies: both,
      });
      assert.match(found[0]![1], /On listener "http"/);
    });

    it("finds the listener inside a component", async () => {
      const component = { type: "acme:web:Balancer", name: "front", props: {} };
      const inner = { ...listener("inner", HTTP), parent: urnOf(component) };
      const found = await suite.judgeStack(component, inner, on(component, FORWARD));
      assert.match(found[0]![1], /On listener "inner"/);
    });

    it("refuses a forward on a listener of unknown protocol", async () => {
      const unsure = {
        ...listener("unsure", { ...HTTP, protocol: UNKNOWN }),
        propertyDependencies: { protocol: [] },
      };
      const found = await suite.judgeStack(unsure, on(unsure, FORWARD));
      assert.deepEqual(
        found.map(([urn]) => urn.split("::").at(-1)),
        ["unsure", "rule-on-unsure"],
      );
    });

    it("passes a rule if no listener in the stack is an HTTP listener", async () => {
      assert.deepEqual(await suite.judgeStack(https, { ...on(http, FORWARD), propertyDependencies: {} }), []);
    });

    it("refuses a forward on a listener that was looked up or read, and may be the HTTP one", async () => {
      const lost = { ...on(http, FORWARD), propertyDependencies: { listenerArn: [] } };
      const [[urn, message] = ["", ""], ...more] = await suite.judgeStack(http, https, lost);
      assert.equal(urn, urnOf(lost));
      assert.ok(
        message.includes(
          'listenerArn names no listener of this program, but may be the ARN of "http", which is not HTTPS: ' +
            'actions[0].type is "forward"',
        ),
        message,
      );
      assert.deepEqual(more, []);
      const redirecting = { ...on(http, REDIRECT), propertyDependencies: { listenerArn: [] } };
      assert.deepEqual(await suite.judgeStack(http, redirecting), []);
    });

    it("passes a rule whose listener is in another stack", async () => {
      const platform: TestResource = { type: "pulumi:pulumi:StackReference", name: "platform", props: {} };
      const elsewhere = { ...on(http, FORWARD), propertyDependencies: { listenerArn: [urnOf(platform)] } };
      assert.deepEqual(await suite.judgeStack(platform, http, https, elsewhere), []);
    });

    it("passes a rule whose listener has a known ARN that is not in the stack", async () => {
      const elsewhere = { ...on(http, FORWARD, `${ARN}shared`), propertyDependencies: {} };
      assert.deepEqual(await suite.judgeStack(http, https, elsewhere), []);
    });

    it("refuses a forward even if another rule's actions are unknown", async () => {
      const unsure = {
        ...on(http, FORWARD),
        name: "unsure",
        props: { listenerArn: UNKNOWN, actions: UNKNOWN },
      };
      const forwarding = on(http, FORWARD);
      const found = await suite.judgeStack(http, unsure, forwarding);
      assert.deepEqual(
        found.map(([urn]) => urn),
        [urnOf(unsure), urnOf(forwarding)],
      );
    });
  });

  describe("with its load balancer", () => {
    const TCP = { port: 443, protocol: "TCP", defaultActions: [FORWARD] };
    const CHECKED = { port: 443, protocol: "TCP", healthCheck: { protocol: "HTTPS" } };
    const ELSEWHERE = [{ ...FORWARD, targetGroupArn: "arn:elsewhere" }];
    const to = (target: TestResource, property: string, ...more: TestResource[]) => ({
      [property]: [target, ...more].map(urnOf),
    });
    /** A load balancer, a target group, and a listener between them. */
    const stackOf = (balancer: Props, listener: Props, group: Props = {}): TestResource[] => {
      const front = {
        type: "aws:lb/loadBalancer:LoadBalancer",
        name: "front",
        props: { arn: UNKNOWN, ...balancer },
      };
      const targets = {
        type: "aws:lb/targetGroup:TargetGroup",
        name: "targets",
        props: { arn: UNKNOWN, ...group },
      };
      const propertyDependencies = { ...to(front, "loadBalancerArn"), ...to(targets, "defaultActions") };
      const props = { loadBalancerArn: UNKNOWN, ...listener };
      return [front, targets, { type: LISTENER[0], name: "own", props, propertyDependencies }];
    };
    const NETWORK = { loadBalancerType: "network" };
    const INTERNAL = { internal: true };
    const OLD = { ...HTTPS, sslPolicy: "ELBSecurityPolicy-2016-08" };
    const cases: readonly (readonly [
      title: string,
      stack: readonly TestResource[],
      level?: Finding["level"] | undefined,
      says?: string | RegExp | undefined,
    ])[] = [
      ["passes TCP to an Application Load Balancer", stackOf(NETWORK, TCP, { targetType: "alb" })],
      ["passes TCP to targets with HTTPS checks", stackOf(NETWORK, TCP, CHECKED)],
      [
        "refuses HTTPS checks on a port other than the traffic port",
        stackOf(NETWORK, TCP, { ...CHECKED, healthCheck: { protocol: "HTTPS", port: "8443" } }),
        "mandatory",
        'protocol is "TCP"; it must be a literal: "TLS".',
      ],
      [
        "passes HTTPS checks on the traffic port, by its number",
        stackOf(NETWORK, TCP, { ...CHECKED, healthCheck: { protocol: "HTTPS", port: 443 } }),
      ],
      [
        "passes TCP together with QUIC to such targets",
        stackOf(NETWORK, { ...TCP, protocol: "TCP_QUIC" }, { ...CHECKED, protocol: "TCP_QUIC" }),
      ],
      [
        "passes HTTPS checks on the traffic port by its name",
        stackOf(NETWORK, TCP, { ...CHECKED, healthCheck: { protocol: "HTTPS", port: "traffic-port" } }),
      ],
      ...[
        { ...CHECKED, healthCheck: { protocol: "HTTPS", port: UNKNOWN } },
        { ...CHECKED, healthCheck: { protocol: "HTTPS", port: 443 }, port: UNKNOWN },
        { ...CHECKED, healthCheck: { protocol: UNKNOWN } },
      ].map(
        (group) =>
          [
            `refuses it where it is not known to be that: ${JSON.stringify(group)}`,
            stackOf(NETWORK, TCP, group),
            "mandatory",
            'protocol is "TCP"',
          ] as const,
      ),
      [
        "refuses TCP to targets outside the stack",
        stackOf(NETWORK, { ...TCP, defaultActions: ELSEWHERE }, CHECKED),
        "mandatory",
        'protocol is "TCP"',
      ],
      [
        "refuses TCP without a visible target",
        stackOf(NETWORK, { ...TCP, defaultActions: UNKNOWN }, CHECKED),
        "mandatory",
        'protocol is "TCP"',
      ],
      ...[["arn:checked"], ["arn:checked", "arn:plain"], ["arn:checked", "arn:elsewhere"]].map((arns) => {
        const forward = { targetGroups: arns.map((arn) => ({ arn })) };
        const plainGroup = {
          type: "aws:lb/targetGroup:TargetGroup",
          name: "plain",
          props: { arn: "arn:plain" },
        };
        const own = stackOf(
          NETWORK,
          { ...TCP, defaultActions: [{ type: "forward", forward }] },
          { ...CHECKED, arn: "arn:checked" },
        );
        return [
          `${arns.length === 1 ? "passes" : "refuses"} TCP to targets by weight: ${arns.join(", ")}`,
          [plainGroup, ...own],
          arns.length === 1 ? undefined : ("mandatory" as const),
          'protocol is "TCP"',
        ] as const;
      }),
      [
        "passes TCP to weighted targets, one of which is ambiguous",
        stackOf(
          NETWORK,
          { ...TCP, defaultActions: [{ type: "forward", forward: { targetGroups: [UNKNOWN] } }] },
          CHECKED,
        ),
      ],
      ["passes TCP by an ambiguous action", stackOf(NETWORK, { ...TCP, defaultActions: [UNKNOWN] }, CHECKED)],
      [
        "refuses TCP to other targets",
        stackOf(NETWORK, TCP, { port: 443, protocol: "TCP" }),
        "mandatory",
        'protocol is "TCP"',
      ],
      [
        "refuses UDP together with such TCP",
        stackOf(NETWORK, { ...TCP, protocol: "TCP_UDP" }, CHECKED),
        "mandatory",
        'protocol is "TCP_UDP"',
      ],
      [
        "advises against TCP on an internal one",
        stackOf({ ...NETWORK, ...INTERNAL }, TCP),
        "advisory",
        "The load balancer is internal",
      ],
      [
        "advises against HTTP on an internal one",
        stackOf(INTERNAL, plain(FORWARD)),
        "advisory",
        'type is "forward"',
      ],
      ["advises against old TLS on an internal one", stackOf(INTERNAL, OLD), "advisory", "2016-08"],
      [
        "refuses HTTPS without a certificate on an internal one, too",
        stackOf(INTERNAL, without(HTTPS, "certificateArn")),
        "mandatory",
        "certificateArn is not set",
      ],
      [
        "treats a listener without protocol and port as HTTP on an Application Load Balancer",
        stackOf({}, { defaultActions: [FORWARD] }),
        "mandatory",
        'type is "forward"',
      ],
      ...(
        [
          ["application", '"HTTPS"', ', or "HTTP" with only a redirect to HTTPS'],
          ["network", '"TLS"', ""],
          [UNKNOWN, '"HTTPS" or "TLS"', ', or "HTTP" with', '"HTTPS" (Network Load Balancer: "TLS")'],
        ] as const
      ).map(
        ([loadBalancerType, words, http, fix = words]) =>
          [
            `says that it must speak ${words}${http}`,
            stackOf({ loadBalancerType }, { ...TCP, protocol: "UDP" }),
            "mandatory",
            new RegExp(
              `must be a literal: ${words}${http}[^]*^Fix: protocol: ${fix.replace(/[()]/g, "\\$&")}, cert`,
              "m",
            ),
          ] as const,
      ),
      ...(
        [
          ["app", 'type is "forward"'],
          ["net", 'protocol is not set; it must be a literal: "TLS"'],
          ["gwy", undefined],
        ] as const
      ).map(([kind, says]) => {
        const loadBalancerArn = `arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/${kind}/front/1`;
        const props = { loadBalancerArn, defaultActions: [FORWARD] };
        const title = `tells a load balancer elsewhere by its ARN: ${kind}`;
        return [title, [{ type: LISTENER[0], props }], says && ("mandatory" as const), says] as const;
      }),
      [
        "refuses HTTP if internal is unknown",
        stackOf({ internal: UNKNOWN }, plain(FORWARD)),
        "mandatory",
        'type is "forward"',
      ],
      [
        "passes a Gateway Load Balancer's listener",
        stackOf({ loadBalancerType: "gateway" }, { port: 6081, defaultActions: [FORWARD] }),
      ],
      [
        "refuses an absent protocol on a Network Load Balancer",
        stackOf(NETWORK, without(TCP, "protocol")),
        "mandatory",
        'protocol is not set; it must be a literal: "TLS"',
      ],
    ];
    for (const [title, stack, level, says = ""] of cases) {
      it(title, async () => {
        const own = ofListeners(await pack().run(stack));
        assert.deepEqual(
          own.map((finding) => finding.level),
          level === undefined ? [] : [level],
        );
        assert.ok(
          own.every(({ message }) =>
            typeof says === "string" ? message.includes(says) : says.test(message),
          ),
          own[0]?.message,
        );
      });
    }

    for (const [balancer, isBefore] of [
      [{}, true],
      [{ loadBalancerType: "application" }, true],
      [{ loadBalancerType: UNKNOWN }, false],
      [NETWORK, false],
      [INTERNAL, false],
    ] as const) {
      it(`judges HTTP ${isBefore ? "before" : "with"} the stack on ${JSON.stringify(balancer)}`, async () => {
        const [finding] = ofListeners(await pack().run(stackOf(balancer, plain(FORWARD))));
        assert.equal(finding?.policy, isBefore ? "tls-listeners" : "tls-listeners-stack");
      });
    }

    for (const [other, level] of [
      [INTERNAL, "advisory"],
      [{}, "mandatory"],
    ] as const) {
      it(`reports a rule as ${level} that may be on an internal load balancer or on ${JSON.stringify(other)}`, async () => {
        const [one, two] = [INTERNAL, other].map((props, at) => {
          const front = { type: "aws:lb/loadBalancer:LoadBalancer", name: `front${at}`, props };
          const on = { type: LISTENER[0], name: `on${at}`, props: HTTP };
          return [front, { ...on, propertyDependencies: to(front, "loadBalancerArn") }] as const;
        });
        const rule = {
          type: LISTENER_RULE[0],
          name: "rule",
          props: { listenerArn: UNKNOWN, actions: [FORWARD] },
        };
        const stack = [
          ...one!,
          ...two!,
          { ...rule, propertyDependencies: to(one![1], "listenerArn", two![1]) },
        ];
        assert.deepEqual(
          ofListeners(await pack().analyzeStack(stack)).map((finding) => finding.level),
          [level],
        );
      });
    }

    it("reports both findings if the load balancer may be of either kind", async () => {
      const [front, ...others] = stackOf(NETWORK, { ...TCP, protocol: "UDP" });
      const either = { type: "aws:alb/loadBalancer:LoadBalancer", name: "either", props: {} };
      const propertyDependencies = to(front!, "loadBalancerArn", either);
      const own = { ...others.at(-1)!, propertyDependencies };
      const [finding] = ofListeners(await pack().run([front!, either, own]));
      assert.match(finding?.message ?? "", /it must be a literal: "HTTPS" or "TLS"/);
    });

    const inner = stackOf(INTERNAL, plain(FORWARD)).map((one) => ({ ...one, name: `inner-${one.name}` }));
    const linked = inner.map((one) => ({
      ...one,
      propertyDependencies: Object.fromEntries(
        Object.entries(one.propertyDependencies ?? {}).map(([key, urns]) => [
          key,
          urns.map((urn) => urn.replace(/::(front|targets)$/, "::inner-$1")),
        ]),
      ),
    }));
    const balancer = linked[0]!;
    const attach = (outer: Props, listener: Props = TCP): TestResource[] => {
      const stack = stackOf({ ...NETWORK, ...outer }, { ...listener, port: 80 }, { targetType: "alb" });
      const attachment = {
        type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        props: { targetGroupArn: UNKNOWN, targetId: UNKNOWN },
        propertyDependencies: { ...to(stack[1]!, "targetGroupArn"), ...to(balancer, "targetId") },
      };
      return [...linked, ...stack, attachment];
    };
    const accelerated = {
      type: "aws:globalaccelerator/endpointGroup:EndpointGroup",
      props: { endpointConfigurations: [{ endpointId: UNKNOWN }] },
      propertyDependencies: to(balancer, "endpointConfigurations"),
    };
    /** An endpoint service in front of a load balancer. */
    const serviceOf = (behind: TestResource, props: Props): TestResource => ({
      type: ENDPOINT_SERVICE[0],
      name: "shared",
      props: { id: UNKNOWN, networkLoadBalancerArns: [UNKNOWN], ...props },
      propertyDependencies: to(behind, "networkLoadBalancerArns"),
    });
    const shared = (props: Props, ...more: TestResource[]): TestResource[] => {
      const stack = stackOf({ ...NETWORK, ...INTERNAL }, { ...TCP, port: 80 });
      return [...stack, serviceOf(stack[0]!, props), ...more];
    };
    const permission = (principalArn: unknown): TestResource => ({
      type: ENDPOINT_SERVICE_PRINCIPAL[0],
      props: { vpcEndpointServiceId: UNKNOWN, principalArn },
      propertyDependencies: to(serviceOf(balancer, {}), "vpcEndpointServiceId"),
    });
    const EVERYBODY = { acceptanceRequired: false, allowedPrincipals: ["*"] };
    const PARTNER = "arn:aws:iam::210987654321:root";
    const viaNetwork = attach(INTERNAL);
    const front = viaNetwork.find(({ name }) => name === "front")!;
    for (const [title, stack, level] of [
      ["an endpoint service admits everybody", shared(EVERYBODY), "mandatory"],
      [
        "an endpoint service admits everybody among others",
        shared({ ...EVERYBODY, allowedPrincipals: [PARTNER, UNKNOWN, "*"] }),
        "mandatory",
      ],
      [
        "it isn't known whether somebody accepts the connections of everybody",
        shared({ ...EVERYBODY, acceptanceRequired: UNKNOWN }),
        "mandatory",
      ],
      [
        "a permission admits everybody to an endpoint service",
        shared({ acceptanceRequired: false }, permission("*")),
        "mandatory",
      ],
      [
        "an endpoint service admits everybody to an internal Network Load Balancer that forwards to it",
        [...viaNetwork, serviceOf(front, EVERYBODY)],
        "mandatory",
      ],
      [
        "somebody accepts each connection to an endpoint service",
        shared({ ...EVERYBODY, acceptanceRequired: true }),
        "advisory",
      ],
      [
        "an endpoint service admits single accounts",
        shared({ ...EVERYBODY, allowedPrincipals: [PARTNER, UNKNOWN] }),
        "advisory",
      ],
      [
        "the principals of an endpoint service aren't known",
        shared({ ...EVERYBODY, allowedPrincipals: UNKNOWN }),
        "advisory",
      ],
      [
        "permissions admit single accounts to an endpoint service",
        shared({ acceptanceRequired: false }, permission(PARTNER), permission(UNKNOWN)),
        "advisory",
      ],
      [
        "an endpoint service of another load balancer admits everybody",
        [...linked, ...shared(EVERYBODY).filter(({ name }) => name !== "own")],
        "advisory",
      ],
      ["a public Network Load Balancer forwards to it", attach({}), "mandatory"],
      ["an internal Network Load Balancer forwards to it", attach(INTERNAL), "advisory"],
      [
        "a public Network Load Balancer forwards elsewhere",
        attach({}, { ...HTTPS, protocol: "TLS", defaultActions: ELSEWHERE }),
        "advisory",
      ],
      ["Global Accelerator forwards to it", [...linked, accelerated], "mandatory"],
    ] as const) {
      it(`reports an internal load balancer as ${level} if ${title}`, async () => {
        const own = ofListeners(await pack().run(stack));
        assert.deepEqual(
          own.map((finding) => finding.level),
          [level],
        );
      });
    }

    it("says what makes an internal load balancer public", async () => {
      const [finding] = ofListeners(await pack().run(shared(EVERYBODY)));
      assert.match(
        finding!.message,
        /^The load balancer is declared internal, but the endpoint service "shared", which accepts every AWS account, makes it public\.$/m,
      );
    });
  });
});
