import assert from "node:assert/strict";

import { packForSuite, type TestResource, UNKNOWN, urnOf } from "../support/pack";

const LISTENER = "aws:lb/listener:Listener";

/** A load balancer whose kind decides what its listener must speak. */
const balancer = (props: TestResource["props"], more: Partial<TestResource> = {}): TestResource => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "front",
  props: { arn: UNKNOWN, ...props },
  ...more,
});
const NETWORK = balancer({ loadBalancerType: "network" });
/** The same as a preview may show its outputs. */
const HIDDEN = balancer({ loadBalancerType: UNKNOWN });
const listener: TestResource = {
  type: LISTENER,
  name: "web",
  props: { loadBalancerArn: UNKNOWN, protocol: "UDP" },
  propertyDependencies: { loadBalancerArn: [urnOf(NETWORK)] },
};
const stack: TestResource = { type: "pulumi:pulumi:Stack", name: "store", props: {} };

describe("What the program gave a resource, to rules that are shown its outputs", () => {
  const pack = packForSuite({ directory: "policies" });
  beforeEach(async () => {
    // The run before ends, and this one begins.
    await pack().analyzeStack([]);
    await pack().analyze({ type: LISTENER, name: "another", props: {} });
    await pack().analyzeStack([]);
  });

  /** What the listener must speak, by a stack. */
  const wanted = async (...resources: readonly TestResource[]): Promise<string | undefined> => {
    const { findings } = await pack().analyzeStack(resources);
    const own = findings.find(
      ({ policy, urn }) => policy === "tls-listeners-stack" && urn === urnOf(listener),
    );
    return /protocol is "UDP"; it must be a literal: ("HTTPS" or "TLS"|"HTTPS"|"TLS")/.exec(
      own?.message ?? "",
    )?.[1];
  };
  const shown = async (...resources: readonly TestResource[]): Promise<void> => {
    for (const resource of resources) await pack().analyze(resource);
  };

  it("is known where they have been shown it, for all rules and as often as they are asked", async () => {
    await shown(NETWORK, listener);
    assert.equal(await wanted(HIDDEN, listener), '"TLS"');
    assert.equal(await wanted(HIDDEN, listener), '"TLS"');
  });

  it("is known beside what no rule is shown", async () => {
    await shown(NETWORK, listener);
    assert.equal(await wanted(stack, HIDDEN, listener), '"TLS"');
  });

  it("is what it was shown last", async () => {
    await shown(balancer({}), listener, NETWORK);
    assert.equal(await wanted(HIDDEN, listener), '"TLS"');
  });

  it("is nothing where the outputs are all there is, and the provider fills it in", async () => {
    assert.equal(await wanted(HIDDEN, listener), '"HTTPS"');
    assert.equal(await wanted(NETWORK, listener), '"TLS"');
  });

  it("is not known where it comes from another resource", async () => {
    const propertyDependencies = { loadBalancerType: [urnOf(stack)] };
    const from = balancer({ loadBalancerType: UNKNOWN }, { propertyDependencies });
    assert.equal(await wanted(stack, from, listener), '"HTTPS" or "TLS"');
  });

  it("is forgotten once another run has begun", async () => {
    await shown(NETWORK, listener);
    await wanted(HIDDEN, listener);
    await shown(listener);
    assert.equal(await wanted(HIDDEN, listener), '"HTTPS"');
  });

  it("is forgotten if the run has broken off and the stack is another", async () => {
    await shown(NETWORK);
    assert.equal(await wanted(HIDDEN, listener), '"HTTPS"');
  });
});
