import { CLASSIC_LOAD_BALANCER } from "../../../../policies/resources";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, without, type Props } from "../../../support/rule-suite";

const CHECK = {
  target: "HTTP:8080/healthz",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
const LISTENERS = [{ lbProtocol: "https", instanceProtocol: "http" }];

/** A balancer whose health check has the given fields replaced. */
const checked = (fields: Props, listeners: unknown = LISTENERS): Props => ({
  listeners,
  healthCheck: { ...CHECK, ...fields },
});

describe("classic-health", () => {
  const pack = packForSuite({ directory: "policies" });
  const suite = new RuleSuite("classic-health", { pack });
  const passing = [{ instanceProtocol: "TCP" }, { instanceProtocol: "ssl" }];

  suite.check("aws:elb/loadBalancer:LoadBalancer", [
    { title: "passes a page of an instance", props: checked({}), says: [] },
    { title: "passes HTTPS in lower case", props: checked({ target: "https:8443/" }), says: [] },
    {
      title: "passes secret values that are right",
      props: checked({ target: secret(CHECK.target) }),
      says: [],
    },
    { title: "passes numbers as digits", props: checked({ interval: "15", timeout: "5" }), says: [] },
    {
      title: "passes an open port of instances that speak no HTTP",
      props: checked({ target: "TCP:5432" }, passing),
      says: [],
    },
    { title: "passes a page of them", props: checked({}, passing), says: [] },
    {
      title: "shows digits",
      props: checked({ interval: "301" }),
      says: ['healthCheck.interval is "301"; it must be a literal whole number from 5 to 300'],
    },
    {
      title: "refuses an open port of an instance that speaks HTTP",
      props: checked({ target: "TCP:8080" }),
      says: ['healthCheck.target is "TCP:8080"; it must be a literal such as "HTTP:8080/healthz"'],
    },
    {
      title: "refuses an open port where one listener of several speaks HTTP",
      props: checked({ target: "TCP:8080" }, [...passing, ...LISTENERS]),
      says: ['healthCheck.target is "TCP:8080"'],
    },
    {
      title: "refuses an open port where a listener is unknown",
      props: checked({ target: "SSL:8080" }, [...passing, UNKNOWN]),
      says: ['healthCheck.target is "SSL:8080"'],
    },
    {
      title: "refuses an open port where all listeners are unknown",
      props: checked({ target: "TCP:8080" }, UNKNOWN),
      says: ["healthCheck.target is"],
    },
    {
      title: "refuses a page without a path",
      props: checked({ target: "HTTP:8080" }),
      says: ["healthCheck.target is another string"],
    },
    { title: "refuses an unknown page", props: checked({ target: UNKNOWN }), says: ["target is not known"] },
    { title: "refuses a page of the wrong kind", props: checked({ target: 8080 }), says: ["target is 8080"] },
    {
      title: "refuses an absent health check",
      props: { listeners: LISTENERS },
      says: ["healthCheck is not set, which means an open port; it must be written out"],
    },
    { title: "refuses a null one", props: { healthCheck: null }, says: ["healthCheck is not set"] },
    { title: "refuses an unknown one", props: { healthCheck: UNKNOWN }, says: ["healthCheck is not known"] },
    { title: "refuses a list", props: { healthCheck: [CHECK] }, says: ["healthCheck is a list"] },
    {
      title: "refuses numbers outside AWS's bounds, all at once",
      props: checked({ interval: 301, timeout: 61, healthyThreshold: 1, unhealthyThreshold: 11 }),
      says: [
        /interval is 301(.|\n)*timeout is 61(.|\n)*healthyThreshold is 1;(.|\n)*unhealthyThreshold is 11/,
      ],
    },
    {
      title: "refuses an absent number",
      props: { listeners: LISTENERS, healthCheck: without(CHECK, "interval") },
      says: ["healthCheck.interval is not set"],
    },
    {
      title: "refuses a timeout as long as the interval",
      props: checked({ interval: 10, timeout: 10 }),
      says: ["healthCheck.timeout is 10 and healthCheck.interval is 10; the timeout must be shorter"],
    },
  ]);
  suite.checkSilence("aws:elb/loadBalancer:LoadBalancer", checked({ target: "hunter2" }));
  suite.checkTypes(CLASSIC_LOAD_BALANCER, {});
});
