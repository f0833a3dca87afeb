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
    { title: "passes an HTTP check of an instance", props: checked({}), says: [] },
    { title: "passes HTTPS in lower case", props: checked({ target: "https:8443/" }), says: [] },
    { title: "passes valid secret values", props: checked({ target: secret(CHECK.target) }), says: [] },
    { title: "passes numbers as digits", props: checked({ interval: "15", timeout: "5" }), says: [] },
    {
      title: "passes a port check of instances without HTTP",
      props: checked({ target: "TCP:5432" }, passing),
      says: [],
    },
    { title: "passes an HTTP check of instances without HTTP", props: checked({}, passing), says: [] },
    {
      title: "shows digits",
      props: checked({ interval: "301" }),
      says: ['healthCheck.interval is "301"; it must be a literal whole number from 5 to 300'],
    },
    {
      title: "refuses a port check of an instance with HTTP",
      props: checked({ target: "TCP:8080" }),
      says: ['healthCheck.target is "TCP:8080"; it must be a literal such as "HTTP:8080/healthz"'],
    },
    {
      title: "refuses a port check if one of several listeners uses HTTP",
      props: checked({ target: "TCP:8080" }, [...passing, ...LISTENERS]),
      says: ['healthCheck.target is "TCP:8080"'],
    },
    {
      title: "refuses a port check if a listener is unknown",
      props: checked({ target: "SSL:8080" }, [...passing, UNKNOWN]),
      says: ['healthCheck.target is "SSL:8080"'],
    },
    {
      title: "refuses a port check if all listeners are unknown",
      props: checked({ target: "TCP:8080" }, UNKNOWN),
      says: ["healthCheck.target is"],
    },
    {
      title: "refuses an HTTP check without a path",
      props: checked({ target: "HTTP:8080" }),
      says: ["healthCheck.target is another string"],
    },
    {
      title: "refuses an unknown target",
      props: checked({ target: UNKNOWN }),
      says: ["target is not known"],
    },
    {
      title: "refuses a target of the wrong type",
      props: checked({ target: 8080 }),
      says: ["target is 8080"],
    },
    {
      title: "refuses an absent health check",
      props: { listeners: LISTENERS },
      says: ["healthCheck is not set, which means an open port; it must be written out"],
    },
    { title: "refuses a null health check", props: { healthCheck: null }, says: ["healthCheck is not set"] },
    {
      title: "refuses an unknown health check",
      props: { healthCheck: UNKNOWN },
      says: ["healthCheck is not known"],
    },
    {
      title: "refuses a list as the health check",
      props: { healthCheck: [CHECK] },
      says: ["healthCheck is a list"],
    },
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
