import assert from "node:assert/strict";

import type { Resource } from "../../../packages/rehearse/engine/resource";
import { type Demand, type FleetPeak, type PeakOptions, simulatePeak } from "../../../packages/rehearse/peak";
import type { Values } from "../../../packages/rehearse/values";
import { groupOf, resource } from "./stack";

/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 10, 30) / 1000;
const NOW = Date.UTC(2026, 10, 25);

function demandOf(...parts: readonly (readonly [minutes: number, perSecond: number])[]): Demand {
  const perSecond = Float64Array.from(parts.flatMap(([minutes, rate]) => Array<number>(minutes).fill(rate)));
  return { source: "orders.csv", startSeconds: START, stepSeconds: 60, perSecond };
}

function peaksOf(resources: readonly Resource[], options: PeakOptions = {}): FleetPeak[] {
  return [...(simulatePeak(resources, { now: NOW, ...options })?.fleets ?? [])];
}

const mostOf = (fleet: FleetPeak | undefined): number =>
  Math.round(60 * Math.max(...(fleet?.scenarios[0]?.day.demandPerSecond ?? [])));

/** A group that scales by its proxies' requests. */
function behind(name: string, size: number): Resource[] {
  const metric = (id: string, metricName: string, dimensions: Values[]): Values => ({
    id,
    metricStat: { metric: { metricName, dimensions }, stat: "Sum" },
  });
  return [
    ...groupOf({ name, requests: undefined, group: { minSize: size, maxSize: size } }),
    resource("aws:autoscaling/policy:Policy", `${name}-own`, {
      autoscalingGroupName: name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        targetValue: 600,
        customizedMetricSpecification: {
          metrics: [
            metric("requests", "RequestCount", [{ name: "TargetGroup", value: "arn:proxies" }]),
            metric("instances", "GroupInServiceInstances", [{ name: "AutoScalingGroupName", value: name }]),
            { id: "ratio", expression: "requests / instances" },
          ],
        },
      },
    }),
  ];
}

describe("The peak of several groups", () => {
  const proxies = groupOf({ name: "proxies", requests: 30_000, group: { maxSize: 2 } });
  const colours = [...behind("blue", 10), ...behind("green", 6)];

  it("gives proxies the demand of the group behind them, and says so", () => {
    const [front, blue, green] = peaksOf([...proxies, ...colours]);
    assert.equal(mostOf(blue), 3000);
    assert.equal(mostOf(green), 1800);
    assert.equal(mostOf(front), 3000);
    assert.equal(front?.demandSource, "derived from the sizes of blue behind it");
    assert.match(front.assumptions.join("\n"), /It passes its requests on to blue/);
  });

  it("gives proxies the assumptions of a load file", () => {
    const groups = { proxies: { peakRequestsPerMinute: 6000 } };
    assert.equal(mostOf(peaksOf([...proxies, ...behind("blue", 2)], { assumptions: { groups } })[0]), 6000);
  });

  it("says that each group gets all requests of a file, even if groups may share them", () => {
    const told = (resources: readonly Resource[], options: PeakOptions = {}): boolean[] =>
      peaksOf(resources, { demand: demandOf([60, 5]), ...options }).map(({ assumptions }) =>
        assumptions.some((text) =>
          text.startsWith("It receives all requests of orders.csv, and so does each of 1 other group"),
        ),
      );
    const shop = groupOf({ name: "shop" });
    const search = groupOf({ name: "search" });
    assert.deepEqual(told([...shop, ...search]), [true, true]);
    assert.deepEqual(told([...shop, ...search], { assumptions: { share: 0.5 } }), [false, false]);
    assert.deepEqual(told([...proxies, ...behind("blue", 2)]), [false, false]);
  });
});

describe("The peak, calculated by hand", () => {
  const load = { requestsPerSecond: 10, patienceSeconds: 10 };

  it("matches for two instances of 10 requests a second each that get 25 for an hour", () => {
    const [fleet] = peaksOf(groupOf({ group: { maxSize: 2 } }), {
      demand: demandOf([60, 5], [60, 25], [60, 5]),
      assumptions: load,
    });
    const { minutesOverCapacity, peakUtilisation, failed, worstWaitSeconds } =
      fleet?.scenarios[0]?.verdict ?? assert.fail();
    assert.deepEqual([minutesOverCapacity, peakUtilisation, worstWaitSeconds], [60, 1.25, 10]);
    // 5 a second for an hour, except for the 200 queued requests, which are served afterwards.
    assert.equal(failed, 60 * 60 * 5 - 10 * 20);
  });

  it("states in the verdict that requests fail until a loss is noticed", () => {
    const [fleet] = peaksOf(groupOf(), { demand: demandOf([600, 5]), assumptions: load });
    assert.equal(fleet?.verdict.carries, "all");
    assert.match(
      fleet.verdict.text,
      /a zone lost at the worst time; until the loss is noticed, up to \d+ requests fail\.$/,
    );
  });

  it("matches for a calendar that raises an hour too late, which each proposed fix corrects", () => {
    // 60 a second from 10:00 on; the action that raises the size to 8 comes at 11:00.
    const demand = demandOf([600, 5], [300, 60], [540, 5]);
    const stackOf = (minSize: number, scheduledMin: number, recurrence: string, maxSize = 10): Resource[] =>
      groupOf({
        group: { minSize, maxSize },
        requests: undefined,
        cpu: undefined,
        schedules: [
          { recurrence, minSize: scheduledMin, timeZone: "Etc/UTC" },
          { recurrence: "0 16 * * *", minSize, desiredCapacity: minSize },
        ],
      });
    const options = { demand, assumptions: { ...load, bootSeconds: 60 } };
    const late = peaksOf(stackOf(2, 8, "0 11 * * *"), options)[0] ?? assert.fail();
    assert.equal(late.verdict.carries, "short");
    // An hour, and the time until the instances have booted and passed two checks.
    const over = late.scenarios[0]?.verdict.minutesOverCapacity ?? 0;
    assert.ok(over >= 60 && over <= 63, `${over} minutes`);
    assert.ok(late.remedies.length > 0);
    const kinds = ["planned", "instanceLost", "zoneLost"];
    for (const { what, mends } of late.remedies) {
      const [, minSize] = /^minSize (\d+) /.exec(what) ?? [];
      const [, minutes] = /(\d+) minutes earlier/.exec(what) ?? [];
      const earlier = new Date(Date.UTC(2026, 0, 1, 11) - 60_000 * Number(minutes ?? 0));
      const mended =
        minSize !== undefined
          ? stackOf(
              Number(minSize),
              Math.max(8, Number(minSize)),
              "0 11 * * *",
              Math.max(10, Number(minSize)),
            )
          : stackOf(2, 8, `${earlier.getUTCMinutes()} ${earlier.getUTCHours()} * * *`);
      assert.ok(minSize !== undefined || minutes !== undefined, what);
      const again = peaksOf(mended, options)[0]?.scenarios ?? [];
      for (const { kind, verdict } of again)
        if (kinds.indexOf(kind) <= kinds.indexOf(mends))
          assert.equal(verdict.minutesOverCapacity, 0, `${what}: ${kind}: ${verdict.text}`);
    }
  });
});
