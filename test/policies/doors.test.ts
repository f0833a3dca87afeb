import assert from "node:assert/strict";
import { Pack, secret, UNKNOWN, urnOf } from "../support/pack";
import type { Analysis, PolicySettings } from "../support/pack";
import { openInProcess } from "../support/pack-in-process";
import { openProcess } from "../support/pack-process";

/** A resource that a rule at resource level refuses. */
const PLAIN = { type: "aws:ec2/securityGroup:SecurityGroup", name: "plain", props: { ingress: UNKNOWN } };
const RULE = "world-ingress";
const GROUP = { type: "aws:autoscaling/group:Group", name: "web", props: { healthCheckType: "EC2" } };
const ATTACHMENT = {
  type: "aws:autoscaling/attachment:Attachment",
  name: "front",
  props: { autoscalingGroupName: UNKNOWN },
  propertyDependencies: { autoscalingGroupName: [urnOf(GROUP)] },
};

describe("The pack in this process", () => {
  const packs: Pack[] = [];
  before(async () => {
    packs.push(new Pack(openInProcess({ directory: "policies" })));
    packs.push(new Pack(await openProcess({ directory: "policies" })));
  });
  after(() => Promise.all(packs.map((pack) => pack.stop())));
  afterEach(() => Promise.all(packs.map((pack) => pack.configure({}))));

  /** The answers of both packs, which must be equal. */
  const both = async <T>(ask: (pack: Pack) => Promise<T>): Promise<T> => {
    const [inProcess, overGrpc] = await Promise.all(packs.map(ask));
    assert.deepEqual(inProcess, overGrpc);
    return overGrpc!;
  };
  const policiesIn = ({ findings }: Analysis): string[] => findings.map(({ policy }) => policy);

  for (const [kind, resource] of Object.entries({
    "a bad one": PLAIN,
    "one of which nothing is known": { ...PLAIN, props: { ingress: [UNKNOWN], vpcId: UNKNOWN } },
    "one of odd shape": { ...PLAIN, props: { ingress: [null, 5, { "0": "x" }], egress: { a: null } } },
    "one with a secret": { ...PLAIN, props: { ingress: secret(UNKNOWN), vpcId: secret("vpc-1") } },
  })) {
    it(`finds the same in a resource as over gRPC: ${kind}`, async () => {
      assert.ok(policiesIn(await both((pack) => pack.analyze(resource))).includes(RULE));
    });
  }

  it("finds the same in a stack as over gRPC", async () => {
    const answer = await both((pack) => pack.analyzeStack([ATTACHMENT, GROUP, PLAIN]));
    assert.ok(policiesIn(answer).includes("target-group-health-stack"));
  });

  it("describes itself as over gRPC", async () => {
    const { policies } = await both((pack) => pack.info());
    assert.ok(policies.length > 0);
  });

  it("accepts the same configuration as over gRPC: levels, settings, exemptions", async () => {
    const exemption = { urn: urnOf(GROUP), reason: "moves on Monday (Ada)", expires: "2999-12-31" };
    const config: Record<string, PolicySettings> = {
      [RULE]: { level: "disabled" },
      "target-encryption": { level: "advisory", required: true },
      "target-group-health-stack": { exemptions: [exemption] },
    };
    await both((pack) => pack.configure(config));
    assert.ok(!policiesIn(await both((pack) => pack.analyze(PLAIN))).includes(RULE));
    const target = { type: "aws:lb/targetGroup:TargetGroup", props: { port: 80, protocol: "HTTP" } };
    assert.ok(policiesIn(await both((pack) => pack.analyze(target))).includes("target-encryption"));
    const answer = await both((pack) => pack.analyzeStack([ATTACHMENT, GROUP]));
    const own = answer.findings.filter(({ policy }) => policy === "target-group-health-stack");
    assert.deepEqual(
      own.map(({ level }) => level),
      ["advisory"],
    );
  });

  it("fails where it fails over gRPC, for the same reason", async () => {
    const wrong = /configuration of policy world-ingress is wrong: exemptions is 5/;
    for (const pack of packs) {
      await pack.configure({ [RULE]: { exemptions: 5 } });
      await assert.rejects(pack.analyze(PLAIN), wrong);
    }
  });

  it("refuses to stand in for another pack", () => {
    assert.throws(() => openInProcess({ directory: "elsewhere" }), /, not "elsewhere"/);
  });
});
