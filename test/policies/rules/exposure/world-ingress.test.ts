import assert from "node:assert/strict";
import fc from "fast-check";
import { worldIngress, worldIngressStack } from "../../../../policies/rules/exposure/world-ingress";
import { mayBeServed } from "../../../../policies/rules/exposure/ingress";
import { trafficOf } from "../../../../policies/rules/exposure/traffic";
import { packForSuite, secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import {
  RuleSuite,
  blamed,
  configured,
  configuredStack,
  messagesOf,
  without,
  type Case,
  type Props,
} from "../../../support/rule-suite";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const SSH = { ipProtocol: "tcp", fromPort: 22, toPort: 22, securityGroupId: UNKNOWN };
const WEB = { ...SSH, fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };

/** An element of an inline list. */
const inline = (fromPort: unknown, toPort: unknown, sources: Props, protocol: unknown = "tcp"): Props => ({
  protocol,
  fromPort,
  toPort,
  ...sources,
});
const WORLD = { cidrBlocks: ["0.0.0.0/0"] };

describe("world-ingress", () => {
  const pack = packForSuite({ directory: "policies" });

  describe("on a SecurityGroupIngressRule", () => {
    new RuleSuite("world-ingress", { pack }).check(INGRESS_RULE, [
      { title: "passes HTTPS from the world", props: WEB, says: [] },
      {
        title: "passes HTTPS from the world of IPv6",
        props: { ...without(WEB, "cidrIpv4"), cidrIpv6: "::/0" },
        says: [],
      },
      {
        title: "passes HTTP from the world, which redirects",
        props: { ...WEB, fromPort: 80, toPort: 80 },
        says: [],
      },
      { title: "passes HTTP/3 from the world", props: { ...WEB, ipProtocol: "udp" }, says: [] },
      {
        title: "passes TCP by its number and ports as digits",
        props: { ...WEB, ipProtocol: "6", fromPort: "443", toPort: "443" },
        says: [],
      },
      { title: "passes SSH from a private network", props: { ...SSH, cidrIpv4: "10.0.0.0/8" }, says: [] },
      {
        title: "passes SSH from one public network",
        props: { ...SSH, cidrIpv4: "203.0.113.0/24" },
        says: [],
      },
      {
        title: "passes a secret source that is narrow",
        props: { ...SSH, cidrIpv4: secret("203.0.113.0/24") },
        says: [],
      },
      {
        title: "passes everything from a security group",
        props: { ipProtocol: "-1", referencedSecurityGroupId: "sg-1" },
        says: [],
      },
      {
        title: "passes everything from a security group that is unknown in preview",
        props: { ipProtocol: "-1", referencedSecurityGroupId: UNKNOWN },
        says: [],
      },
      {
        title: "passes a port that is unknown, from a private network",
        props: { ...SSH, fromPort: UNKNOWN, toPort: UNKNOWN, cidrIpv4: "10.0.0.0/16" },
        says: [],
      },
      {
        title: "passes the ICMP error that finds the path MTU",
        props: { ...SSH, ipProtocol: "icmp", fromPort: 3, toPort: 4, cidrIpv4: "0.0.0.0/0" },
        says: [],
      },
      {
        title: "passes the same ICMP error of IPv6",
        props: { ...SSH, ipProtocol: "58", fromPort: 2, toPort: 0, cidrIpv6: "::/0" },
        says: [],
      },
      {
        title: "passes a ping",
        props: { ...SSH, ipProtocol: "icmp", fromPort: 8, toPort: -1, cidrIpv4: "0.0.0.0/0" },
        says: [],
      },
      {
        title: "passes a ping of IPv6",
        props: { ...SSH, ipProtocol: "icmpv6", fromPort: 128, toPort: 0, cidrIpv6: "::/0" },
        says: [],
      },
      {
        title: "passes HTTPS from a prefix list, which reaches no more than the world may",
        props: { ...without(WEB, "cidrIpv4"), prefixListId: "pl-4fa04526" },
        says: [],
      },
      {
        title: "passes HTTPS from a source unknown in preview, for the same reason",
        props: { ...WEB, cidrIpv4: UNKNOWN },
        says: [],
      },
      {
        title: "refuses SSH from the world",
        props: { ...SSH, cidrIpv4: "0.0.0.0/0" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses SSH from the world of IPv6",
        props: { ...SSH, cidrIpv6: "::/0" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses the world of IPv6 written long",
        props: { ...SSH, cidrIpv6: "0:0:0:0:0:0:0:0/0" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses the world written with bits after the prefix",
        props: { ...SSH, cidrIpv4: "10.0.0.1/0" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses half the world",
        props: { ...SSH, cidrIpv4: "128.0.0.0/1" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses a secret world",
        props: { ...SSH, cidrIpv4: secret("0.0.0.0/0") },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses UDP on port 80",
        props: { ...WEB, ipProtocol: "udp", fromPort: 80, toPort: 80 },
        says: ["The rule lets the world in on udp 80: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses a range between the ports allowed",
        props: { ...WEB, fromPort: 80 },
        says: [
          "The rule lets the world in on tcp 80 to 443: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses every protocol",
        props: { ...WEB, ipProtocol: "-1" },
        says: [
          "The rule lets the world in on every port and protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses every protocol as a number",
        props: { ...WEB, ipProtocol: -1 },
        says: [
          "The rule lets the world in on every port and protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses every protocol by its name",
        props: { ...WEB, ipProtocol: "All" },
        says: [
          "The rule lets the world in on every port and protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses protocols without ports",
        props: { ...WEB, ipProtocol: "50" },
        says: [
          "The rule lets the world in on another protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses all of ICMP",
        props: { ...WEB, ipProtocol: "icmp", fromPort: -1, toPort: -1 },
        says: [
          "The rule lets the world in on icmp type 0 to 255: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses an ICMP request other than ping, by number, too",
        props: { ...WEB, ipProtocol: 1, fromPort: 13, toPort: 0 },
        says: [
          "The rule lets the world in on icmp type 13: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses an unknown protocol",
        props: { ...WEB, ipProtocol: UNKNOWN },
        says: [
          "The rule lets the world in on every port and protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses an absent protocol",
        props: without(WEB, "ipProtocol"),
        says: [
          "The rule lets the world in on every port and protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses a protocol named like a property of every object",
        props: { ...WEB, ipProtocol: "constructor" },
        says: [
          "The rule lets the world in on another protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses an unknown port",
        props: { ...WEB, toPort: UNKNOWN },
        says: [
          "The rule lets the world in on tcp 0 to 65535: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses absent ports",
        props: without(WEB, "fromPort", "toPort"),
        says: [
          "The rule lets the world in on tcp 0 to 65535: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses null ports",
        props: { ...WEB, fromPort: null, toPort: null },
        says: [
          "The rule lets the world in on tcp 0 to 65535: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses ports in reverse order",
        props: { ...WEB, fromPort: 443, toPort: 80 },
        says: [
          "The rule lets the world in on tcp 0 to 65535: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses ports of the wrong type",
        props: { ...WEB, fromPort: [443], toPort: {} },
        says: [
          "The rule lets the world in on tcp 0 to 65535: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "refuses an unknown source",
        props: { ...SSH, cidrIpv4: UNKNOWN },
        says: [
          "The rule lets the world in on tcp 22: cidrIpv4 is not known before deployment, so it may be any address; it must be a literal CIDR block.",
        ],
      },
      {
        title: "refuses an unknown source beside a security group",
        props: { ...SSH, cidrIpv4: UNKNOWN, referencedSecurityGroupId: "sg-1" },
        says: [
          "The rule lets the world in on tcp 22: cidrIpv4 is not known before deployment, so it may be any address; it must be a literal CIDR block.",
        ],
      },
      {
        title: "refuses an absent source",
        props: SSH,
        says: [
          "The rule lets the world in on tcp 22: it names no source; it must name a security group or a literal CIDR block.",
        ],
      },
      {
        title: "refuses a null source",
        props: { ...SSH, cidrIpv4: null },
        says: [
          "The rule lets the world in on tcp 22: it names no source; it must name a security group or a literal CIDR block.",
        ],
      },
      {
        title: "refuses an empty source",
        props: { ...SSH, cidrIpv4: "" },
        says: [
          "The rule lets the world in on tcp 22: it names no source; it must name a security group or a literal CIDR block.",
        ],
      },
      {
        title: "refuses a source of the wrong type",
        props: { ...SSH, cidrIpv4: { cidr: "10.0.0.0/8" } },
        says: [
          "The rule lets the world in on tcp 22: cidrIpv4 is an object, so it may be any address; it must be a literal CIDR block.",
        ],
      },
      {
        title: "does not repeat a source that is not a CIDR block",
        props: { ...SSH, cidrIpv4: secret("hunter2") },
        says: [/^(?!.*hunter2)[^]*cidrIpv4 is another string[^]*$/],
      },
      {
        title: "leaves prefix lists to the stack rule, which sees their entries",
        props: { ...SSH, prefixListId: "pl-4fa04526" },
        says: [],
      },
      {
        title: "refuses the world beside a prefix list",
        props: { ...SSH, prefixListId: UNKNOWN, cidrIpv4: "0.0.0.0/0" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
    ]);

    it("allows ingress from the world exactly if every port is an allowed one", async () => {
      const near = fc.oneof(fc.integer({ min: 0, max: 65535 }), fc.constantFrom(79, 80, 81, 442, 443, 444));
      await fc.assert(
        fc.asyncProperty(near, near, fc.constantFrom("tcp", "udp"), async (a, b, ipProtocol) => {
          const [fromPort, toPort] = a < b ? [a, b] : [b, a];
          const messages = await messagesOf(pack(), "world-ingress", {
            type: INGRESS_RULE,
            props: { ...WEB, ipProtocol, fromPort, toPort },
          });
          const isTcp = ipProtocol === "tcp";
          const [protocol, from, to] = [ipProtocol, fromPort, toPort].map(
            (value) => ({ kind: "known", value }) as const,
          );
          const element = { label: "", traffic: trafficOf(protocol!, from!, to!), ranges: [], doubts: [] };
          // A load balancer may serve it: world-ingress-stack checks whether one does.
          const isLeft = mayBeServed(element);
          const isAllowed = isLeft || (a === b && (a === 443 || (a === 80 && isTcp)));
          assert.equal(messages.length, isAllowed ? 0 : 1);
        }),
        {
          numRuns: 200,
          examples: [
            [443, 443, "tcp"],
            [80, 80, "tcp"],
            [80, 80, "udp"],
            [80, 443, "tcp"],
          ],
        },
      );
    });
  });

  describe("on a SecurityGroupRule", () => {
    const ssh = { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, securityGroupId: UNKNOWN };
    new RuleSuite("world-ingress", { pack }).check(RULE, [
      { title: "passes egress to the world", props: { ...ssh, type: "egress", ...WORLD }, says: [] },
      {
        title: "passes a source security group",
        props: { ...ssh, sourceSecurityGroupId: UNKNOWN },
        says: [],
      },
      { title: "passes itself as the source", props: { ...ssh, self: true }, says: [] },
      {
        title: "passes an empty list beside a security group",
        props: { ...ssh, cidrBlocks: [], sourceSecurityGroupId: "sg-1" },
        says: [],
      },
      {
        title: "refuses the world",
        props: { ...ssh, ...WORLD },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses the world in two halves",
        props: { ...ssh, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses the world of IPv6 in two halves",
        props: { ...ssh, ipv6CidrBlocks: ["::/1", "8000::/1"] },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses the world in blocks each narrow enough",
        props: { ...ssh, cidrBlocks: Array.from({ length: 256 }, (_, n) => `${n}.0.0.0/8`) },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses the world if the direction is unknown",
        props: { ...ssh, type: UNKNOWN, ...WORLD },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses an unknown source among known ones",
        props: { ...ssh, cidrBlocks: ["10.0.0.0/8", UNKNOWN] },
        says: [
          "The rule lets the world in on tcp 22: cidrBlocks[1] is not known before deployment, so it may be any address; it must be a literal CIDR block.",
        ],
      },
      {
        title: "refuses a null source among known ones",
        props: { ...ssh, cidrBlocks: ["10.0.0.0/8", null] },
        says: [
          "The rule lets the world in on tcp 22: cidrBlocks[1] is not set, so it may be any address; it must be a literal CIDR block.",
        ],
      },
      {
        title: "refuses an unknown list of sources",
        props: { ...ssh, cidrBlocks: UNKNOWN },
        says: [
          "The rule lets the world in on tcp 22: cidrBlocks is not known before deployment, so it may be any address; it must be a literal CIDR block.",
        ],
      },
      {
        title: "refuses a source that is a text instead of a list",
        props: { ...ssh, cidrBlocks: "0.0.0.0/0" },
        says: ["The rule lets the world in on tcp 22: its CIDR blocks contain too many public addresses."],
      },
      {
        title: "refuses self: false as the only source",
        props: { ...ssh, self: false },
        says: [
          "The rule lets the world in on tcp 22: it names no source; it must name a security group or a literal CIDR block.",
        ],
      },
    ]);
  });

  describe("on the firewall of an instance of Lightsail, which is always public", () => {
    const port = (fromPort: number, sources: Props = {}): Props => ({
      portInfos: [{ protocol: "tcp", fromPort, toPort: fromPort, ...sources }],
    });
    new RuleSuite("world-ingress", { pack }).check("aws:lightsail/instancePublicPorts:InstancePublicPorts", [
      { title: "passes a network", props: port(22, { cidrs: ["203.0.113.0/24"] }), says: [] },
      {
        title: "passes Lightsail's own client",
        props: port(22, { cidrListAliases: ["lightsail-connect"] }),
        says: [],
      },
      {
        title: "refuses the world, on a web port too",
        props: port(443, { cidrs: ["0.0.0.0/0"] }),
        says: [
          "portInfos[0] lets the world in on tcp 443: its CIDR blocks contain too many public addresses",
        ],
      },
      {
        title: "refuses the world of IPv6",
        props: port(80, { cidrs: ["10.0.0.0/8"], ipv6Cidrs: ["::/0"] }),
        says: ["portInfos[0] lets the world in on tcp 80"],
      },
      {
        title: "refuses absent sources, which allow everybody",
        props: port(22),
        says: ["it names no source"],
      },
    ]);
  });

  describe("on the remote access of EKS's nodes", () => {
    new RuleSuite("world-ingress", { pack }).check("aws:eks/nodeGroup:NodeGroup", [
      { title: "passes none", props: {}, says: [] },
      { title: "passes absent keys", props: { remoteAccess: { sourceSecurityGroupIds: [] } }, says: [] },
      {
        title: "passes a source",
        props: { remoteAccess: { ec2SshKey: "operations", sourceSecurityGroupIds: [UNKNOWN] } },
        says: [],
      },
      {
        title: "passes sources that are unknown as a whole",
        props: { remoteAccess: { ec2SshKey: "operations", sourceSecurityGroupIds: UNKNOWN } },
        says: [],
      },
      ...[{ ec2SshKey: "operations" }, { ec2SshKey: UNKNOWN, sourceSecurityGroupIds: [] }, UNKNOWN].map(
        (remoteAccess) => ({
          title: `refuses ${JSON.stringify(remoteAccess)}`,
          props: { remoteAccess },
          says: [/remoteAccess lets the world in on tcp 22: it names no sourceSecurityGroupIds/],
        }),
      ),
    ]);
  });

  describe("on an inline list", () => {
    const cases: readonly Case[] = [
      { title: "passes none", props: {}, says: [] },
      { title: "passes null", props: { ingress: null }, says: [] },
      {
        title: "passes web ports from the world and SSH from within",
        props: {
          ingress: [
            inline(443, 443, WORLD),
            inline(80, 80, { ipv6CidrBlocks: ["::/0"] }),
            inline(22, 22, { cidrBlocks: ["10.0.0.0/8"] }),
          ],
        },
        says: [],
      },
      {
        title: "passes security groups and itself",
        props: {
          ingress: [
            inline(0, 0, { securityGroups: [UNKNOWN], cidrBlocks: [] }, "-1"),
            inline(0, 0, { self: true }, "-1"),
          ],
        },
        says: [],
      },
      {
        title: "passes halves of the world on different ports",
        props: {
          ingress: [
            inline(22, 22, { cidrBlocks: ["8.0.0.0/8"] }),
            inline(23, 23, { cidrBlocks: ["9.0.0.0/8"] }),
          ],
        },
        says: [],
      },
      {
        title: "refuses all traffic from the world, as in many examples",
        props: { ingress: [inline(0, 0, WORLD, "-1")] },
        says: [
          "ingress[0] lets the world in on every port and protocol: its CIDR blocks contain too many public addresses.",
        ],
      },
      {
        title: "judges each element separately",
        props: { ingress: [UNKNOWN, inline(443, 443, WORLD), inline(22, 22, WORLD), null] },
        says: [
          "ingress[0] lets the world in on every port and protocol: it names no source; it must name a security group or a literal CIDR block.",
          "ingress[2] lets the world in on tcp 22: its CIDR blocks contain too many public addresses.",
          "ingress[3] lets the world in on every port and protocol: it names no source; it must name a security group or a literal CIDR block.",
        ],
      },
      {
        title: "refuses an unknown list",
        props: { ingress: UNKNOWN },
        says: ["ingress is not known before deployment; it must be a literal list."],
      },
      {
        title: "refuses a value that is not a list",
        props: { ingress: inline(443, 443, WORLD) },
        says: ["ingress is an object; it must be a literal list."],
      },
      {
        title: "adds up the elements of a list",
        props: {
          ingress: [
            inline(20, 30, { cidrBlocks: ["8.0.0.0/8"] }),
            inline(443, 443, WORLD),
            inline(25, 40, { cidrBlocks: ["9.0.0.0/8"] }),
          ],
        },
        says: ["ingress[0] and ingress[2] together let the world in on tcp 25 to 30."],
      },
      {
        title: "adds up an element of one protocol and one of all",
        props: {
          ingress: [
            inline(22, 22, { cidrBlocks: ["8.0.0.0/8"] }),
            inline(0, 0, { cidrBlocks: ["9.0.0.0/8"] }, "-1"),
          ],
        },
        says: ["ingress[0] and ingress[1] together let the world in on tcp 22."],
      },
    ];
    for (const type of [GROUP, DEFAULT_GROUP])
      describe(type, () => new RuleSuite("world-ingress", { pack }).check(type, cases));
  });

  describe("with a configuration", () => {
    const judge = (given: object, props: Props): string[] =>
      configured(worldIngress, given, { type: INGRESS_RULE, props });

    it("allows ingress from the world on other ports", () => {
      const alternative = { ...WEB, fromPort: 8080, toPort: 8081 };
      assert.equal(judge({ worldPorts: [8080, 8081] }, alternative).length, 0);
      assert.equal(judge({ worldPorts: [8080] }, alternative).length, 1);
      assert.equal(judge({ worldPorts: [] }, WEB).length, 1);
      assert.equal(
        judge({ worldUdpPorts: [53] }, { ...WEB, ipProtocol: "udp", fromPort: 53, toPort: 53 }).length,
        0,
      );
    });

    it("applies another prefix width", () => {
      assert.equal(judge({ widestPrefix: 24 }, { ...SSH, cidrIpv4: "203.0.112.0/23" }).length, 1);
      assert.equal(judge({ widestPrefix: 24 }, { ...SSH, cidrIpv4: "203.0.113.0/24" }).length, 0);
      assert.equal(judge({ widestPrefixIpv6: 32 }, { ...SSH, cidrIpv6: "2001:db8::/31" }).length, 1);
    });

    it("accepts ports only", () => {
      for (const worldPorts of [[65536], [-1], ["443"], 443, [44.3]]) {
        assert.throws(() => judge({ worldPorts }, WEB), /worldPorts is .*whole numbers from 0 to 65535/);
      }
    });
  });
});

describe("world-ingress-stack", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = (...resources: TestResource[]) => blamed(pack(), "world-ingress-stack", resources);

  it("passes a port that a load balancer in the group serves with TLS, and no other", async () => {
    const mqtt = (port: number) => rule("mqtt", { fromPort: port, toPort: port, cidrIpv4: "0.0.0.0/0" });
    const balancer = {
      type: "aws:lb/loadBalancer:LoadBalancer",
      name: "front",
      props: { arn: UNKNOWN, loadBalancerType: "network", securityGroups: [UNKNOWN] },
      propertyDependencies: { securityGroups: [urnOf(group)] },
    };
    const listener = (protocol: unknown, port: unknown) => ({
      type: "aws:lb/listener:Listener",
      name: "mqtt",
      props: { protocol, port, loadBalancerArn: UNKNOWN },
      propertyDependencies: { loadBalancerArn: [urnOf(balancer)] },
    });
    const served = (port: number, ...listeners: TestResource[]) =>
      judge(group, balancer, mqtt(port), ...listeners);
    assert.deepEqual(await served(8883, listener("TLS", 8883)), {});
    assert.deepEqual(await served(8883, listener("HTTPS", "8883")), {});
    for (const others of [[], [listener("TLS", 8884)], [listener("TCP", 8883)], [listener("TLS", UNKNOWN)]])
      assert.match((await served(8883, ...others))["mqtt"]!, /"mqtt" lets the world in on tcp 8883/);
    // A finding of the resource rule is not reported twice.
    assert.deepEqual(await served(22, listener("TLS", 22)), {});
    const elsewhere = { ...group, name: "elsewhere" };
    const stray = rule("stray", { fromPort: 8883, toPort: 8883, cidrIpv4: "0.0.0.0/0" }, elsewhere);
    const found = await judge(group, elsewhere, balancer, stray, listener("TLS", 8883));
    assert.deepEqual(Object.keys(found), ["stray"]);
    const of = (securityGroupId: string) => ({
      ...mqtt(8883),
      props: { ...mqtt(8883).props, securityGroupId },
      propertyDependencies: {},
    });
    const literal = {
      ...balancer,
      props: { ...balancer.props, securityGroups: ["sg-1"] },
      propertyDependencies: {},
    };
    assert.deepEqual(await judge(literal, of("sg-1"), listener("TLS", 8883)), {});
    assert.deepEqual(Object.keys(await judge(literal, of("sg-2"), listener("TLS", 8883))), ["mqtt"]);
    const classic = (lbProtocol: string) => ({
      type: "aws:elb/loadBalancer:LoadBalancer",
      name: "classic",
      props: { securityGroups: [UNKNOWN], listeners: [{ lbProtocol, lbPort: 8883 }, UNKNOWN] },
      propertyDependencies: { securityGroups: [urnOf(group)] },
    });
    assert.deepEqual(await judge(group, classic("ssl"), mqtt(8883)), {});
    assert.deepEqual(Object.keys(await judge(group, classic("tcp"), mqtt(8883))), ["mqtt"]);
  });

  const group: TestResource = { type: GROUP, name: "web", props: { id: UNKNOWN } };
  const rule = (name: string, props: Props, of: TestResource = group): TestResource => ({
    type: INGRESS_RULE,
    name,
    props: { ...SSH, ...props },
    propertyDependencies: { securityGroupId: [urnOf(of)] },
  });
  const low = rule("low", { cidrIpv4: "8.0.0.0/8" });
  const high = rule("high", { cidrIpv4: "9.0.0.0/8" });

  it("adds up the rules of a group that is unknown in preview", async () => {
    const found = await judge(group, low, high);
    assert.deepEqual(Object.keys(found), ["web"]);
    assert.match(found["web"]!, /"low" and "high" together let the world in on tcp 22/);
  });

  it("adds up the rules of a group that is known in up", async () => {
    const known = { ...group, props: { id: "sg-1" } };
    const of = (one: TestResource) => ({
      ...one,
      props: { ...one.props, securityGroupId: "sg-1" },
      propertyDependencies: {},
    });
    assert.deepEqual(Object.keys(await judge(known, of(low), of(high))), ["web"]);
  });

  it("adds up the rules of a group outside the stack", async () => {
    const of = (one: TestResource) => ({
      ...one,
      props: { ...one.props, securityGroupId: "sg-1" },
      propertyDependencies: {},
    });
    assert.deepEqual(Object.keys(await judge(of(low), of(high))), ["low"]);
  });

  it("adds up the rules of a group that another resource exports, and states how to comply", async () => {
    const told = (one: TestResource, ...by: TestResource[]) => ({
      ...one,
      propertyDependencies: { securityGroupId: by.map(urnOf) },
    });
    const [one, other] = ["one", "other"].map((name) => ({ type: "my:network:Lookup", name, props: {} })) as [
      TestResource,
      TestResource,
    ];
    const found = await judge(one, told(low, one), told(high, one));
    assert.deepEqual(Object.keys(found), ["one"]);
    assert.match(
      found["one"]!,
      /^Fix: \{ ipProtocol: "tcp", .*; or, on the load balancer in the security group, new aws/m,
    );
    assert.deepEqual(Object.keys(await judge(one, other, told(low, one, other), told(high, one, other))), [
      "low",
    ]);
    assert.deepEqual(await judge(one, other, told(low, one), told(high, other)), {});
    assert.deepEqual(await judge(told(low), told(high)), {});
  });

  it("counts the sources of each kind", () => {
    const sources = { cidrBlocks: ["10.0.0.0/8"], prefixListIds: ["pl-0123456789abcdef0"] };
    const whole = { type: GROUP, props: { ingress: [inline(22, 22, sources)] } };
    assert.deepEqual(configuredStack(worldIngressStack, { prefixLists: ["*"] }, [whole]), {});
  });

  it("adds up an inline list and rules of both kinds on overlapping ports", async () => {
    const own = {
      ...group,
      props: { id: UNKNOWN, ingress: [inline(1, 100, { cidrBlocks: ["8.0.0.0/9"] })] },
    };
    const old = {
      type: RULE,
      name: "old",
      props: { type: "ingress", ...inline(50, 200, { cidrBlocks: ["8.128.0.0/9"] }) },
      propertyDependencies: { securityGroupId: [urnOf(group)] },
    };
    const found = await judge(own, old, rule("new", { fromPort: 60, toPort: 60, cidrIpv4: "9.0.0.0/16" }));
    assert.match(found["web"]!, /"web" and "old" and "new" together let the world in on tcp 60/);
  });

  it("passes the same sources on different ports, web ports, and egress", async () => {
    assert.deepEqual(
      await judge(group, low, rule("other", { fromPort: 23, toPort: 23, cidrIpv4: "9.0.0.0/8" })),
      {},
    );
    const web = { fromPort: 443, toPort: 443 };
    assert.deepEqual(
      await judge(
        group,
        rule("low", { ...web, cidrIpv4: "0.0.0.0/1" }),
        rule("high", { ...web, cidrIpv4: "128.0.0.0/1" }),
      ),
      {},
    );
    assert.deepEqual(
      await judge(group, low, { ...high, type: RULE, props: { ...inline(22, 22, WORLD), type: "egress" } }),
      {},
    );
  });

  const list = (entries: unknown): TestResource => ({
    type: "aws:ec2/managedPrefixList:ManagedPrefixList",
    name: "offices",
    props: { id: UNKNOWN, entries },
    propertyDependencies: {},
  });
  const naming = (of: TestResource, props: Props = {}): TestResource => ({
    ...rule("listed", { prefixListId: UNKNOWN, ...props }),
    propertyDependencies: { securityGroupId: [urnOf(group)], prefixListId: [urnOf(of)] },
  });
  const narrow = list([{ cidr: "10.8.0.0/16" }, { cidr: "203.0.113.0/24" }]);

  it("passes a prefix list in the stack that contains the program's own networks", async () => {
    assert.deepEqual(await judge(group, narrow, naming(narrow)), {});
  });

  it("finds a prefix list by the dependencies of a list of prefix lists", async () => {
    const of = (list: TestResource): TestResource => ({
      type: RULE,
      name: "listed",
      props: { type: "ingress", ...inline(22, 22, { prefixListIds: [UNKNOWN] }), securityGroupId: UNKNOWN },
      propertyDependencies: { securityGroupId: [urnOf(group)], prefixListIds: [urnOf(list)] },
    });
    assert.deepEqual(await judge(group, narrow, of(narrow)), {});
    const wide = list([{ cidr: "0.0.0.0/0" }]);
    assert.deepEqual(Object.keys(await judge(group, wide, of(wide))), ["listed"]);
    // A rule that is open on its own is not reported again together with others.
    assert.deepEqual(Object.keys(await judge(group, wide, of(wide), low)), ["listed"]);
  });

  it("passes web ports from an unknown prefix list", async () => {
    assert.deepEqual(
      await judge(group, rule("listed", { prefixListId: "pl-4fa04526", fromPort: 443, toPort: 443 })),
      {},
    );
  });

  it("refuses a prefix list in the stack that contains the world, as a whole, in parts or unread", async () => {
    for (const entries of [
      [{ cidr: "0.0.0.0/0" }],
      [{ cidr: "0.0.0.0/1" }, { cidr: "128.0.0.0/1" }],
      [{ cidr: UNKNOWN }],
      [UNKNOWN],
      [null],
      [{ cidr: ["10.0.0.0/8"] }],
      "10.0.0.0/8",
    ]) {
      const world = list(entries);
      const found = await judge(group, world, naming(world));
      assert.deepEqual(Object.keys(found), ["listed"]);
      assert.match(
        found["listed"]!,
        /"listed" lets the world in on tcp 22: its CIDR blocks contain too many/,
      );
    }
  });

  it("adds entries that other resources put into a prefix list, and passes a list that only they fill", async () => {
    const empty = list(UNKNOWN);
    const entry = (cidr: unknown): TestResource => ({
      type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
      name: `entry ${JSON.stringify(cidr)}`,
      props: { prefixListId: UNKNOWN, cidr },
      propertyDependencies: { prefixListId: [urnOf(empty)] },
    });
    assert.deepEqual(await judge(group, empty, entry("10.0.0.0/8"), naming(empty)), {});
    for (const cidr of ["128.0.0.0/1", UNKNOWN, null]) {
      const found = await judge(group, empty, entry("10.0.0.0/8"), entry(cidr), naming(empty));
      assert.deepEqual(Object.keys(found), ["listed"]);
    }
  });

  it("refuses a prefix list that the configuration does not trust", async () => {
    for (const [prefixListId, says] of [
      ["pl-4fa04526", 'prefixListId is "pl-4fa04526", which the setting prefixLists must name'],
      [UNKNOWN, "prefixListId is not known before deployment"],
      [secret("hunter2"), "prefixListId is another string"],
    ] as const) {
      const found = await judge(group, rule("listed", { prefixListId }));
      assert.ok(found["listed"]?.includes(says), JSON.stringify(found));
    }
  });

  it("refuses prefix lists in an inline list, whose elements it adds up", async () => {
    const inlined = (...elements: Props[]): TestResource => ({
      ...group,
      props: { id: UNKNOWN, ingress: elements },
    });
    const foreign = inline(22, 22, { prefixListIds: ["pl-4fa04526"] });
    assert.match((await judge(inlined(foreign)))["web"]!, /"web" ingress\[0\] lets the world in on tcp 22/);
    const half: TestResource = {
      ...list([{ cidr: "8.0.0.0/8" }]),
      props: { id: "pl-1", entries: [{ cidr: "8.0.0.0/8" }] },
    };
    const both = inlined(
      inline(22, 22, { prefixListIds: ["pl-1"] }),
      inline(22, 22, { cidrBlocks: ["9.0.0.0/8"] }),
    );
    assert.match((await judge(half, both))["web"]!, /Elements of "web" together let the world in on tcp 22/);
  });

  it("trusts configured prefix lists by ID, or all of them", () => {
    const foreign = rule("listed", { prefixListId: "pl-4fa04526" });
    const found = (...prefixLists: string[]) =>
      Object.keys(configuredStack(worldIngressStack, { prefixLists }, [group, foreign]));
    assert.deepEqual(found("pl-4fa04526"), []);
    assert.deepEqual(found("*"), []);
    assert.deepEqual(found("pl-0"), ["listed"]);
  });

  const other: TestResource = { ...group, name: "other" };
  const inBoth = (type: string, props: Props, property: string): TestResource => ({
    type,
    name: "holder",
    props,
    propertyDependencies: { [property]: [urnOf(group), urnOf(other)] },
  });

  it("adds up the security groups of each member", async () => {
    const halves = [group, other, low, rule("high", { cidrIpv4: "9.0.0.0/8" }, other)];
    const two = [UNKNOWN, UNKNOWN];
    for (const holder of [
      inBoth("aws:ec2/instance:Instance", { vpcSecurityGroupIds: two }, "vpcSecurityGroupIds"),
      inBoth("aws:ec2/launchConfiguration:LaunchConfiguration", { securityGroups: two }, "securityGroups"),
      inBoth(
        "aws:ec2/launchTemplate:LaunchTemplate",
        { networkInterfaces: [{ securityGroups: two }] },
        "networkInterfaces",
      ),
      inBoth("aws:lb/loadBalancer:LoadBalancer", { securityGroups: two }, "securityGroups"),
      inBoth("aws:elb/loadBalancer:LoadBalancer", { securityGroups: two }, "securityGroups"),
      inBoth("aws:ec2/networkInterface:NetworkInterface", { securityGroups: two }, "securityGroups"),
      inBoth(
        "aws:ecs/service:Service",
        { networkConfiguration: { securityGroups: two } },
        "networkConfiguration",
      ),
    ]) {
      const found = await judge(...halves, holder);
      assert.deepEqual(Object.keys(found), ["holder"], holder.type);
      assert.match(
        found["holder"]!,
        /"low" and "high" together let the world in on tcp 22, and "holder" is in the security groups of all/,
      );
    }
  });

  it("adds up a security group attached to an instance afterwards", async () => {
    const instance: TestResource = {
      type: "aws:ec2/instance:Instance",
      name: "jump",
      props: { vpcSecurityGroupIds: [UNKNOWN] },
      propertyDependencies: { vpcSecurityGroupIds: [urnOf(group)] },
    };
    const attachment: TestResource = {
      type: "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
      name: "later",
      props: { networkInterfaceId: UNKNOWN, securityGroupId: UNKNOWN },
      propertyDependencies: { networkInterfaceId: [urnOf(instance)], securityGroupId: [urnOf(other)] },
    };
    const halves = [group, other, low, rule("high", { cidrIpv4: "9.0.0.0/8" }, other)];
    assert.deepEqual(Object.keys(await judge(...halves, instance, attachment)), ["jump"]);
  });

  it("does not add up the security groups of a component whose members it cannot tell apart", async () => {
    const halves = [group, other, low, rule("high", { cidrIpv4: "9.0.0.0/8" }, other)];
    const balancer = inBoth(
      "aws:lb/loadBalancer:LoadBalancer",
      { securityGroups: [UNKNOWN] },
      "securityGroups",
    );
    assert.deepEqual(await judge(...halves, balancer), {});
  });

  it("reports the security group that is open on its own, and not its members", async () => {
    const high = rule("high", { cidrIpv4: "9.0.0.0/8" });
    const holder = inBoth(
      "aws:ec2/instance:Instance",
      { vpcSecurityGroupIds: [UNKNOWN, UNKNOWN] },
      "vpcSecurityGroupIds",
    );
    const more = rule("more", { cidrIpv4: "12.0.0.0/8" }, other);
    assert.deepEqual(Object.keys(await judge(group, other, low, high, more, holder)), ["web"]);
  });

  it("passes the parts in different groups", async () => {
    assert.deepEqual(await judge(group, other, low, rule("high", { cidrIpv4: "9.0.0.0/8" }, other)), {});
  });

  it("leaves rules that a single resource opens to the resource rule", async () => {
    assert.deepEqual(await judge(group, low, rule("world", { cidrIpv4: "0.0.0.0/0" })), {});
    assert.deepEqual(await judge(group, low, rule("unknown", { cidrIpv4: UNKNOWN })), {});
  });

  it("tolerates unexpected shapes", async () => {
    assert.deepEqual(
      await judge(
        { ...group, props: { ingress: UNKNOWN } },
        { ...low, props: {} },
        { ...high, props: { cidrIpv4: null, securityGroupId: 7 } },
      ),
      {},
    );
  });

  it("finds the world however it is spread over rules", async () => {
    const blocks = Array.from({ length: 64 }, (_, n) => `${n * 4}.0.0.0/6`);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(blocks, { minLength: 2 }), async (some) => {
        const rules = some.map((cidrIpv4, index) => rule(`part-${index}`, { cidrIpv4 }));
        const given = { widestPrefix: 2 };
        // The limit is a quarter of the internet, which doesn't include private networks.
        const without = new Set(["0.0.0.0/6", "8.0.0.0/6", "100.0.0.0/6", "124.0.0.0/6"]);
        const full = some.filter((one) => !without.has(one) && Number(one.split(".")[0]) < 168).length;
        const found = configuredStack(worldIngressStack, given, [group, ...rules]);
        if (full > 16) assert.deepEqual(Object.keys(found), ["web"]);
        if (some.length <= 16) assert.deepEqual(found, {});
      }),
      { numRuns: 100 },
    );
  });

  it("takes time proportional to the number of rules", () => {
    /** Processor time, the least of three: the machine may be busy with other tests. */
    const time = (count: number): number => Math.min(...[1, 2, 3].map(() => timeOnce(count)));
    const timeOnce = (count: number): number => {
      const resources = Array.from({ length: count }, (_, n) => [
        { ...group, name: `group-${n}`, props: { id: `sg-${n}` } },
        {
          ...low,
          name: `low-${n}`,
          props: { ...low.props, securityGroupId: `sg-${n}` },
          propertyDependencies: {},
        },
      ]).flat();
      const started = process.cpuUsage();
      assert.deepEqual(configuredStack(worldIngressStack, {}, resources), {});
      return process.cpuUsage(started).user;
    };
    timeOnce(500);
    assert.ok(
      time(8000) < 60 * Math.max(time(500), 1000),
      "sixteen times the rules take far more than sixteen times as long",
    );
  });
});
