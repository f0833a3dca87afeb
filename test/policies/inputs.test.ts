import assert from "node:assert/strict";

import { packForSuite, type TestResource, UNKNOWN, urnOf } from "../support/pack";

const LISTENER = "aws:lb/listener:Listener";

/** A load balancer whose type determines the protocols of its listener. */
const balancer = (props: TestResource["props"], more: Partial<TestResource> = {}): TestResource => ({
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "front",
  props: { arn: UNKNOWN, ...props },
  ...more,
});
const NETWORK = balancer({ loadBalancerType: "network" });
/** The same load balancer with unknown outputs, as in a preview. */
const HIDDEN = balancer({ loadBalancerType: UNKNOWN });
const listener: TestResource = {
  type: LISTENER,
  name: "web",
  props: { loadBalancerArn: UNKNOWN, protocol: "UDP" },
  propertyDependencies: { loadBalancerArn: [urnOf(NETWORK)] },
};
const stack: TestResource = { type: "pulumi:pulumi:Stack", name: "store", props: {} };

describe("The inputs that the program gave a resource, for rules that see its outputs", () => {
  const pack = packForSuite({ directory: "policies" });
  beforeEach(async () => {
    // Ends the previous run and begins this one.
    await pack().analyzeStack([]);
    await pack().analyze({ type: LISTENER, name: "another", props: {} });
    await pack().analyzeStack([]);
  });

  /** The protocols that the listener may have, for a stack. */
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

  it("are known once the resource was analyzed, to all rules and each time they ask", async () => {
    await shown(NETWORK, listener);
    assert.equal(await wanted(HIDDEN, listener), '"TLS"');
    assert.equal(await wanted(HIDDEN, listener), '"TLS"');
  });

  it("are known if the stack contains a resource that no rule analyzes", async () => {
    await shown(NETWORK, listener);
    assert.equal(await wanted(stack, HIDDEN, listener), '"TLS"');
  });

  it("are those of the last analysis", async () => {
    await shown(balancer({}), listener, NETWORK);
    assert.equal(await wanted(HIDDEN, listener), '"TLS"');
  });

  it("are taken from the outputs if the resource was not analyzed", async () => {
    assert.equal(await wanted(HIDDEN, listener), '"HTTPS"');
    assert.equal(await wanted(NETWORK, listener), '"TLS"');
  });

  it("are unknown if they come from another resource", async () => {
    const propertyDependencies = { loadBalancerType: [urnOf(stack)] };
    const from = balancer({ loadBalancerType: UNKNOWN }, { propertyDependencies });
    assert.equal(await wanted(stack, from, listener), '"HTTPS" or "TLS"');
  });

  it("are compared with the outputs if the program ignores changes, as a replacement may have others", async () => {
    const ignoreChanges = ["loadBalancerArn", "protocol"];
    const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/1";
    const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
    const secure = { loadBalancerArn: "arn", protocol: "HTTPS", certificateArn, sslPolicy };
    const forward = { type: "forward", targetGroupArn: "arn" };
    const of = (props: TestResource["props"], ignored: readonly string[]): TestResource => ({
      type: LISTENER,
      name: "web",
      props: { ...props, defaultActions: [forward] },
      ignoreChanges: ignored,
    });
    const refused = async (ignored: readonly string[]): Promise<boolean> => {
      await shown(of(secure, ignored));
      const { findings } = await pack().analyzeStack([
        of({ loadBalancerArn: "arn", protocol: "HTTP" }, ignored),
      ]);
      return findings.some(({ policy, level }) => policy === "tls-listeners-stack" && level === "mandatory");
    };
    assert.equal(await refused(ignoreChanges), true);
    assert.equal(await refused([]), false);
  });

  it("are forgotten once another run begins", async () => {
    await shown(NETWORK, listener);
    await wanted(HIDDEN, listener);
    await shown(listener);
    assert.equal(await wanted(HIDDEN, listener), '"HTTPS"');
  });

  it("are forgotten if the run was aborted and the stack is another one", async () => {
    await shown(NETWORK);
    assert.equal(await wanted(HIDDEN, listener), '"HTTPS"');
  });
});
