import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import fc from "fast-check";

import {
  forwardAction,
  newcomersWithWeight,
  refuseNewcomers,
} from "../../components/load-balancer/forwarding";

const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/";
const blue = `${ARN}blue/1`;
const green = `${ARN}green/2`;

const target = fc.record({ arn: fc.constantFrom(blue, green), weight: fc.constantFrom(0, 1, 999) });
const weights = fc.uniqueArray(target, { selector: ({ arn }) => arn, minLength: 1, maxLength: 2 });
const rule = (targets: readonly { arn: string; weight: number }[]) => ({
  actions: [forwardAction({ targets, stickinessSeconds: 0 })],
});

describe("A forward action", () => {
  it("contains one group's ARN, or several groups with weights, but never both", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 604_800 }), (targets, stickinessSeconds) => {
        const action = forwardAction({ targets, stickinessSeconds });
        assert.equal(action.type, "forward");
        assert.equal(action.targetGroupArn, targets.length === 1 ? targets[0]?.arn : undefined);
        assert.deepEqual(action.forward?.targetGroups, targets.length === 1 ? undefined : targets);
      }),
    );
  });

  it("has stickiness only while both groups have weight, as the other may soon be empty", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 604_800 }), (targets, stickinessSeconds) => {
        const { forward } = forwardAction({ targets, stickinessSeconds });
        if (forward === undefined) return;
        const shared = targets.every(({ weight }) => weight > 0);
        assert.equal(forward.stickiness.enabled, shared && stickinessSeconds > 0);
        // AWS's bounds also apply to a setting that is off.
        assert.ok(forward.stickiness.duration >= 1 && forward.stickiness.duration <= 604_800);
      }),
    );
  });
});

describe("New target groups", () => {
  it("are the groups that get weight and were not there before", () => {
    fc.assert(
      fc.property(weights, weights, (before, after) => {
        const expected = after
          .filter(({ arn, weight }) => {
            const counts = after.length === 1 || weight > 0;
            return counts && !before.some((known) => known.arn === arn);
          })
          .map(({ arn }) => arn);
        assert.deepEqual(newcomersWithWeight(rule(before), rule(after)), expected);
      }),
    );
  });

  it("are also found in a listener's default actions", () => {
    const before = { defaultActions: [{ type: "forward", targetGroupArn: blue }] };
    const after = { defaultActions: [{ type: "forward", targetGroupArn: green }] };
    assert.deepEqual(newcomersWithWeight(before, after), [green]);
  });

  it("are not found in actions that do not forward", () => {
    const fixed = { actions: [{ type: "fixed-response", fixedResponse: { statusCode: "503" } }] };
    assert.deepEqual(newcomersWithWeight(fixed, fixed), []);
    assert.deepEqual(newcomersWithWeight(undefined, undefined), []);
  });

  it("include an unknown ARN in a preview only if it means a group to be created", () => {
    const before = rule([{ arn: blue, weight: 1 }]);
    const after = {
      actions: [
        {
          type: "forward",
          forward: {
            targetGroups: [
              { arn: blue, weight: 90 },
              { arn: unknown, weight: 10 },
            ],
          },
        },
      ],
    };
    assert.deepEqual(newcomersWithWeight(before, after), []);
    assert.deepEqual(newcomersWithWeight(before, after, { unknownIsNew: true }), [
      "A target group to be created",
    ]);
  });

  it("are found without weight, too, if a rule may give weight to them", () => {
    const before = { defaultActions: [{ type: "forward", targetGroupArn: blue }] };
    const { actions: defaultActions } = rule([
      { arn: blue, weight: 1 },
      { arn: green, weight: 0 },
    ]);
    assert.deepEqual(newcomersWithWeight(before, { defaultActions }), []);
    assert.deepEqual(newcomersWithWeight(before, { defaultActions }, { evenWithoutWeight: true }), [green]);
    const known = { defaultActions };
    assert.deepEqual(newcomersWithWeight(known, known, { evenWithoutWeight: true }), []);
  });

  it("are found behind proxies if they replace another group, without weight, too", () => {
    const proxies = {
      arn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/proxies/3",
      weight: 1,
    };
    const actions = (...arns: unknown[]) =>
      rule([...arns.map((arn) => ({ arn: arn as string, weight: 0 })), proxies]);
    const options = { behindProxies: true };
    assert.deepEqual(newcomersWithWeight(actions(blue), actions(green), options), [green]);
    assert.deepEqual(newcomersWithWeight(actions(blue), actions(green)), []);
    for (const [before, after] of [
      [[blue], [blue, green]],
      [[blue, green], [green]],
      [[blue], [blue]],
    ])
      assert.deepEqual(newcomersWithWeight(actions(...before!), actions(...after!), options), []);
  });

  describe("stop the deployment in the preview, too,", () => {
    const hook = refuseNewcomers("newcomers");
    const update = async (before: unknown, after: unknown): Promise<void> => {
      await hook.callback({
        urn: "",
        id: "",
        name: "",
        type: "",
        oldInputs: before as Record<string, unknown>,
        newInputs: after as Record<string, unknown>,
      });
    };
    const [resting, canary] = [
      [{ arn: blue, weight: 1 }],
      [
        { arn: blue, weight: 90 },
        { arn: green, weight: 10 },
      ],
    ];
    const filled = [
      { arn: blue, weight: 100 },
      { arn: green, weight: 0 },
    ];

    it("with the remedy", async () => {
      assert.equal(hook.opts?.onDryRun, true);
      await assert.rejects(update(rule(resting), rule(canary)), {
        message:
          "green would get visitors before its instances are healthy. " +
          "Deploy twice: first with blueGreen.fillIdle: true and no weight for that colour, or for proxies with " +
          "proxy.standby: true and loadBalancing.engine: alb; then with the weight, or with engine: haproxy. " +
          "Another loadBalancing.instanceProtocol or protocolVersion moves instances to another target group: " +
          "docs/instances.md says how a store moves over.",
      });
      await update(rule(resting), rule(filled));
      await update(rule(filled), rule(canary));
      await update(rule(canary), rule([{ arn: green, weight: 1 }]));
    });

    it("with a login's secret in the actions, which Pulumi makes secret as a whole", async () => {
      const secret = (targets: unknown) => ({
        actions: pulumi.secret(rule(targets as typeof resting).actions),
      });
      await assert.rejects(update(secret(resting), secret(canary)), /green would get visitors/);
      await assert.rejects(update(rule(resting), secret(canary)), /green would get visitors/);
      await update(secret(filled), secret(canary));
    });

    it("except for secret actions with an ARN that is unknown in a preview", async () => {
      const actions = pulumi.secret([{ forward: { targetGroups: [{ arn: unknown, weight: 1 }] } }]);
      await update(rule(resting), { actions });
    });
  });
});
