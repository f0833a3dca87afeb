import assert from "node:assert/strict";
import { ENDPOINT_GROUP } from "../../../../policies/rules/evasion/types";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
const endpoints = (...ids: unknown[]) => ({
  endpointConfigurations: ids.map((endpointId) => ({ endpointId, weight: 100 })),
});

describe("accelerator-endpoints", () => {
  const suite = new RuleSuite("accelerator-endpoints");

  suite.check(ENDPOINT_GROUP[0], [
    { title: "passes load balancers", props: endpoints(BALANCER, secret(BALANCER)), says: [] },
    { title: "passes an unknown endpoint", props: endpoints(UNKNOWN), says: [] },
    { title: "passes unknown endpoint configurations", props: { endpointConfigurations: UNKNOWN }, says: [] },
    { title: "passes an unknown element", props: { endpointConfigurations: [UNKNOWN] }, says: [] },
    { title: "passes an absent list", props: {}, says: [] },
    { title: "passes null", props: { endpointConfigurations: null }, says: [] },
    {
      title: "refuses an instance",
      props: endpoints("i-0123456789abcdef0"),
      says: [
        'endpointConfigurations[0].endpointId is "i-0123456789abcdef0"; it must be the ARN of a load balancer',
      ],
    },
    {
      title: "refuses an address beside a load balancer and an unknown endpoint",
      props: endpoints(BALANCER, UNKNOWN, "eipalloc-0123456789abcdef0"),
      says: ['endpointConfigurations[2].endpointId is "eipalloc-0123456789abcdef0"'],
    },
    { title: "refuses the wrong type", props: endpoints([BALANCER]), says: ["is a list"] },
    {
      title: "refuses an ARN that only contains a load balancer's ARN",
      props: endpoints(`x${BALANCER}`),
      says: ["is another string"],
    },
  ]);
  suite.checkTypes(ENDPOINT_GROUP, endpoints("i-0123456789abcdef0"));
  suite.checkSilence(ENDPOINT_GROUP[0], endpoints(secret("hunter2")));
});

describe("accelerator-endpoints-stack", () => {
  const suite = new RuleSuite("accelerator-endpoints-stack");
  const group = (...sources: TestResource[]): TestResource => ({
    type: ENDPOINT_GROUP[0],
    props: endpoints(...sources.map(() => UNKNOWN)),
    propertyDependencies: { endpointConfigurations: sources.map(urnOf) },
  });
  const resource = (type: string, name: string): TestResource => ({ type, name, props: { id: UNKNOWN } });
  const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "front");
  const instance = resource("aws:ec2/instance:Instance", "web");
  const address = resource("aws:ec2/eip:Eip", "fixed");

  it("passes a load balancer in the stack", async () => {
    assert.deepEqual(await suite.judgeStack(balancer, instance, address, group(balancer)), []);
  });

  it("refuses an instance and an address in the stack, beside a load balancer", async () => {
    const mixed = group(balancer, instance, address);
    const [[urn, message] = ["", ""], ...more] = await suite.judgeStack(balancer, instance, address, mixed);
    assert.equal(urn, urnOf(mixed));
    assert.match(message, /endpointConfigurations lead to "web", "fixed"; they must lead to load balancers/);
    assert.match(message, /^Fix: endpointConfigurations/m);
    assert.deepEqual(more, []);
  });
});
