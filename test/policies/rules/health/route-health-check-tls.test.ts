import { DISTRIBUTION, HEALTH_CHECK, LISTENER, LOAD_BALANCER, RECORD } from "../../../../policies/resources";
import { type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";

const ONLY_1_3 = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";
const FROM_1_2 = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";

const check = (props: Props = {}): TestResource => ({
  type: HEALTH_CHECK[0],
  name: "outside",
  props: { type: "HTTPS", fqdn: "store.example.com", port: 443, ...props },
});
const balancer = (props: Props = {}): TestResource => ({
  type: LOAD_BALANCER[0],
  name: "front",
  props: { arn: UNKNOWN, dnsName: UNKNOWN, ...props },
});
const listener = (props: Props = {}): TestResource => ({
  type: LISTENER[0],
  name: "https",
  props: { loadBalancerArn: UNKNOWN, port: 443, protocol: "HTTPS", sslPolicy: ONLY_1_3, ...props },
  propertyDependencies: { loadBalancerArn: [urnOf(balancer())] },
});
const record = (props: Props = {}, to: TestResource = balancer()): TestResource => ({
  type: RECORD[0],
  name: "store",
  props: { name: "store.example.com", type: "A", aliases: [{ name: UNKNOWN, zoneId: UNKNOWN }], ...props },
  propertyDependencies: { aliases: [urnOf(to)] },
});
const distribution = (minimumProtocolVersion: string, props: Props = {}): TestResource => ({
  type: DISTRIBUTION[0],
  name: "edge",
  props: {
    domainName: UNKNOWN,
    aliases: ["store.example.com"],
    viewerCertificate: { minimumProtocolVersion },
    ...props,
  },
});

const LISTENER_PROBLEM =
  'type is "HTTPS" and it checks listener "https", which accepts TLS 1.3 only; it must accept TLS 1.2 too';
const EDGE_PROBLEM =
  'type is "HTTPS" and it checks distribution "edge", which accepts TLS 1.3 only; it must accept TLS 1.2 too';

describe("route-health-check-tls", () => {
  const suite = new RuleSuite("route-health-check-tls");
  const refused = (says: string) => [["outside", says]] as const;
  suite.checkStacks([
    {
      title: "refuses a TLS 1.3 listener that a record points to",
      stack: [check(), balancer(), listener(), record()],
      says: refused(LISTENER_PROBLEM),
    },
    {
      title: "refuses it for a check with string matching, too",
      stack: [check({ type: "HTTPS_STR_MATCH" }), balancer(), listener(), record()],
      says: refused(LISTENER_PROBLEM.replace("HTTPS", "HTTPS_STR_MATCH")),
    },
    {
      title: "also refuses it by known names, in any case, with or without a final dot",
      stack: [
        check({ fqdn: "Store.Example.com." }),
        balancer({ arn: "arn:front", dnsName: "front.elb.amazonaws.com" }),
        { ...listener({ loadBalancerArn: "arn:front" }), propertyDependencies: {} },
        {
          ...record({ name: "store", aliases: [{ name: "front.elb.amazonaws.com", zoneId: "Z1" }] }),
          propertyDependencies: {},
        },
      ],
      says: refused(LISTENER_PROBLEM),
    },
    {
      title: "refuses a check of the load balancer's own DNS name, without a port",
      stack: [
        { ...check({ fqdn: UNKNOWN, port: UNKNOWN }), propertyDependencies: { fqdn: [urnOf(balancer())] } },
        balancer(),
        listener(),
      ],
      says: refused(LISTENER_PROBLEM),
    },
    {
      title: "refuses a distribution with TLS 1.3 only, found by its alias",
      stack: [check(), distribution("TLSv1.3_2025")],
      says: refused(EDGE_PROBLEM),
    },
    {
      title: "refuses a distribution with a wildcard",
      stack: [check(), distribution("TLSv1.3_2025", { aliases: [UNKNOWN, "*.example.com"] })],
      says: refused(EDGE_PROBLEM),
    },
    {
      title: "refuses a distribution that a record points to",
      stack: [
        check(),
        distribution("TLSv1.3_2025", { aliases: UNKNOWN }),
        record({}, distribution("TLSv1.3_2025")),
      ],
      says: refused(EDGE_PROBLEM),
    },
    {
      title: "passes a listener and a distribution that accept TLS 1.2",
      stack: [check(), balancer(), listener({ sslPolicy: FROM_1_2 }), record(), distribution("TLSv1.2_2021")],
      says: [],
    },
    {
      title: "passes another port, another name, and another balancer's listener",
      stack: [
        check(),
        check({ fqdn: UNKNOWN }),
        balancer(),
        listener({ port: 8443 }),
        record(),
        distribution("TLSv1.3_2025", { aliases: ["other.example.com"] }),
        { ...listener(), name: "other", propertyDependencies: { loadBalancerArn: ["urn:other"] } },
      ],
      says: [],
    },
    ...["other.example.com", "tore.example.com", "stor", ""].map((name) => ({
      title: `passes a listener that a record of another name points to: "${name}"`,
      stack: [check(), balancer(), listener(), record({ name })],
      says: [],
    })),
    {
      title: "refuses a listener that a record points to, whose name the provider completes with the zone's",
      stack: [check(), balancer(), listener(), record({ name: "store" })],
      says: refused(LISTENER_PROBLEM),
    },
    {
      title: "passes checks without TLS",
      stack: [check({ type: "TCP" }), check({ type: "HTTP", port: 80 }), balancer(), listener(), record()],
      says: [],
    },
  ]);
});
