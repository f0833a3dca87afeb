import { LISTENER, LOAD_BALANCER } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import type { Props } from "../../../support/policy-cases";
import { RuleSuite } from "./cases";

const alb = { type: LOAD_BALANCER[0], name: "alb", props: { arn: UNKNOWN } };
const nlb = { type: LOAD_BALANCER[1], name: "nlb", props: { arn: UNKNOWN, loadBalancerType: "network" } };
const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/store/50dc6c495c0c9188";

/** A listener of a load balancer that does not exist yet. */
const on = (
  balancer: TestResource,
  name: string,
  props: Props,
  type: string = LISTENER[0],
): TestResource => ({
  type,
  name,
  props: { loadBalancerArn: UNKNOWN, ...props },
  propertyDependencies: { loadBalancerArn: [urnOf(balancer)] },
});
const elsewhere = (name: string, props: Props): TestResource => ({ type: LISTENER[0], name, props });

describe("listener-ports", () => {
  const suite = new RuleSuite("listener-ports");
  const taken = 'port is 443, which listener "one" of the same load balancer has already; it must be another';
  const https = { port: 443, protocol: "HTTPS" };
  suite.checkStacks([
    {
      title: "passes different ports",
      stack: [alb, on(alb, "one", https), on(alb, "two", { port: 80 })],
      says: [],
    },
    {
      title: "passes different load balancers",
      stack: [alb, nlb, on(alb, "one", https), on(nlb, "two", https)],
      says: [],
    },
    {
      title: "passes different protocols on a Network Load Balancer",
      stack: [
        nlb,
        on(nlb, "one", { port: 53, protocol: "TCP" }),
        on(nlb, "two", { port: 53, protocol: "UDP" }),
      ],
      says: [],
    },
    {
      title: "passes an unknown port and an absent one",
      stack: [
        alb,
        on(alb, "one", { port: UNKNOWN }),
        on(alb, "two", { port: UNKNOWN }),
        on(alb, "three", {}),
      ],
      says: [],
    },
    {
      title: "passes ports of the wrong type",
      stack: [alb, on(alb, "one", { port: [1] }), on(alb, "two", { port: [1] })],
      says: [],
    },
    {
      title: "passes listeners of load balancers nobody knows",
      stack: [
        elsewhere("one", { ...https, loadBalancerArn: UNKNOWN }),
        elsewhere("two", { ...https, loadBalancerArn: UNKNOWN }),
      ],
      says: [],
    },
    {
      title: "refuses one port twice",
      stack: [alb, on(alb, "one", https), on(alb, "two", { port: "443", protocol: "http" })],
      says: [["two", taken]],
    },
    {
      title: "refuses it under the other name of the type, and as a secret",
      stack: [alb, on(alb, "one", https), on(alb, "two", { port: secret(443) }, LISTENER[1])],
      says: [["two", taken]],
    },
    {
      title: "refuses it on a load balancer of elsewhere, by its ARN",
      stack: [
        elsewhere("one", { ...https, loadBalancerArn: ARN }),
        elsewhere("two", { ...https, loadBalancerArn: ARN }),
      ],
      says: [["two", taken]],
    },
    {
      title: "refuses one port and protocol twice on a Network Load Balancer",
      stack: [
        nlb,
        on(nlb, "one", { port: 443, protocol: "TLS" }),
        on(nlb, "two", { port: 443, protocol: "tls" }),
      ],
      says: [["two", taken]],
    },
  ]);
});
