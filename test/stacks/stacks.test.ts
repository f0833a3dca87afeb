import assert from "node:assert/strict";

import { refusedDescriptions } from "../support/aws-limits";
import { type Graph, type JsonRun, rehearseWarm, rehearseJson } from "../support/rehearse";
import { STRICT } from "../support/strict";

const STACKS = ["dev", "prod"] as const;

describe("The stacks dev and prod", () => {
  let run: JsonRun;
  before(async () => {
    run = await rehearseJson(["--mode", "both", ...STRICT]);
  });
  const up = (stack: string): Graph => run.graph("up", stack);
  const counts = (type: string): number[] => STACKS.map((stack) => up(stack).ofType(type).length);

  it("pass their own policies at the strictest level, in preview and up, without a finding", () => {
    assert.equal(run.status, 0, run.stderr);
    for (const stack of STACKS) {
      for (const mode of ["preview", "up"] as const)
        assert.deepEqual(run.graph(mode, stack).stack.findings, []);
    }
  });

  it("plan in preview the same resources that up creates, and know every value in up", () => {
    for (const stack of STACKS) {
      const urns = (mode: "preview" | "up"): string[] =>
        run.graph(mode, stack).resources.map(({ urn }) => urn);
      assert.deepEqual(urns("preview").sort(), urns("up").sort());
      assert.doesNotMatch(JSON.stringify(up(stack).stack), /"unknown":true/);
    }
  });

  it("give each resource a parent, except the stack and the engine's default providers", () => {
    for (const stack of STACKS) {
      const orphans = up(stack).resources.filter(
        ({ parent, type }) => parent === "" && !type.startsWith("pulumi:"),
      );
      assert.deepEqual(orphans, []);
    }
  });

  it("each have a certificate, flow logs, a status function and alarms that notify somebody", () => {
    for (const type of [
      "aws:acm/certificate:Certificate",
      "aws:ec2/flowLog:FlowLog",
      "aws:lambda/function:Function",
      "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    ])
      assert.deepEqual(counts(type), [1, 1], type);
    // The checks from outside have their own topic, in us-east-1.
    assert.deepEqual(counts("aws:sns/topicSubscription:TopicSubscription"), [1, 2]);
  });

  it("prepare for peaks by schedules; only prod pays for a dashboard, a web ACL and an outside health check", () => {
    // Five working days, and the two days of the weekend, each with a start and an end.
    assert.deepEqual(counts("aws:autoscaling/schedule:Schedule"), [10, 4]);
    assert.deepEqual(counts("aws:cloudwatch/dashboard:Dashboard"), [0, 1]);
    assert.deepEqual(counts("aws:wafv2/webAcl:WebAcl"), [0, 1]);
    assert.deepEqual(counts("aws:wafv2/webAclAssociation:WebAclAssociation"), [0, 1]);
    assert.deepEqual(counts("aws:route53/healthCheck:HealthCheck"), [0, 1]);
  });

  it("print no warning", async () => {
    const { stdout } = await rehearseWarm(["dev", "prod", "--policy-pack", "test/fixtures/packs/allows"]);
    assert.doesNotMatch(stdout, /^Diagnostics:|warning/m);
  });

  it("describe security groups and their rules in characters that EC2 accepts", () => {
    assert.deepEqual(
      STACKS.flatMap((stack) => refusedDescriptions(up(stack))),
      [],
    );
  });

  it("pay for one NAT gateway in dev, and for one in each zone in prod", () => {
    assert.deepEqual(counts("aws:ec2/natGateway:NatGateway"), [1, 3]);
  });
});
