import assert from "node:assert/strict";

import fc from "fast-check";

import type { Resource } from "../../../packages/rehearse/engine/resource";
import {
  type Demand,
  type FleetPeak,
  type PeakOptions,
  type Scenario,
  simulatePeak,
  tellPeak,
} from "../../../packages/rehearse/peak";
import { styles } from "../../../packages/rehearse/report/style";
import { UNKNOWN } from "../../../packages/rehearse/values";
import { groupOf, resource } from "./stack";

/** A Monday, 00:00 UTC. */
const START = Date.UTC(2026, 10, 30) / 1000;
const NOW = Date.UTC(2026, 10, 25);

/** A demand of rates per second, each for a number of minutes. */
function demandOf(...parts: readonly (readonly [minutes: number, perSecond: number])[]): Demand {
  const perSecond = Float64Array.from(parts.flatMap(([minutes, rate]) => Array<number>(minutes).fill(rate)));
  return { source: "a test", startSeconds: START, stepSeconds: 60, perSecond };
}

function peakOf(resources: readonly Resource[], options: PeakOptions = {}): FleetPeak {
  const peak = simulatePeak(resources, { now: NOW, ...options });
  assert.equal(peak?.fleets.length, 1, JSON.stringify(peak?.notSimulated));
  return peak.fleets[0] as FleetPeak;
}

/** The events of a course: the minute since its beginning, and the text. */
function eventsOf({ events }: Scenario): [minute: number, what: string][] {
  return events.map(({ timeSeconds, what }) => [(timeSeconds - START) / 60, what]);
}

const planned = ({ scenarios }: FleetPeak): Scenario => scenarios[0] ?? assert.fail();

describe("A group whose demand", () => {
  it("stays below its target keeps its minimum size, and costs as much as these instances", () => {
    const peak = peakOf(groupOf(), { demand: demandOf([60, 15]) });
    assert.deepEqual(planned(peak).events, []);
    const { verdict } = planned(peak);
    assert.deepEqual([verdict.requests, verdict.failed, verdict.mostInstances], [54_000, 0, 2]);
    // Of two instances at 20 requests a second each.
    assert.equal(verdict.peakUtilisation, 15 / 40);
    // m7g.large with 8 GB of gp2 or gp3 and seven metrics of detailed monitoring, at the table's prices.
    assert.ok(Math.abs((verdict.cost ?? 0) - 2 * 0.0955) < 0.003, `${verdict.cost}`);
    assert.equal(peak.verdict.carries, "all");
    assert.deepEqual(peak.remedies, []);
  });

  it("rises at once follows it as its alarms, its metrics and its boot time allow", () => {
    const peak = peakOf(groupOf(), { demand: demandOf([30, 10], [40, 60]) });
    const [first, second] = eventsOf(planned(peak));
    // Three minutes of the metric; the third value is available a minute after its end.
    assert.equal(first?.[0], 34);
    assert.match(
      first?.[1] ?? "",
      /^4 more: web-requests, 1,800 requests a minute for each instance, target 600$/,
    );
    // The queued requests kept the instances busy for longer than the demand lasted.
    assert.deepEqual(second, [38, "1 more: web-cpu, 55.6 % CPU, target 50"]);
    const { day } = planned(peak);
    const at = (minute: number): number | undefined => day.instances[minute];
    // In service two minutes after the launch.
    assert.deepEqual([at(33), at(35), at(36), at(37)], [2, 2, 6, 6]);
    const { verdict } = planned(peak);
    assert.equal(verdict.minutesOverCapacity, 6);
    assert.equal(peak.verdict.carries, "short");
    // 20 requests a second too many for six minutes, of which 400 can wait.
    assert.equal(verdict.failed, 6 * 60 * 20 - 400);
    assert.equal(verdict.worstWaitSeconds, 10);
  });

  it("peaks in alternate minutes does not scale: three in a row must be over", () => {
    const minutes = Array.from({ length: 40 }, (_, minute) => [1, minute % 3 === 2 ? 5 : 25] as const);
    assert.deepEqual(planned(peakOf(groupOf(), { demand: demandOf(...minutes) })).events, []);
  });

  it("falls scales in after fifteen minutes below nine tenths of the target", () => {
    const peak = peakOf(groupOf(), { demand: demandOf([30, 38], [60, 12]) });
    const scaleIns = eventsOf(planned(peak)).filter(([, what]) => what.includes("fewer"));
    // From minute 30 on, fifteen data points, and a minute until the last one is available.
    assert.equal(scaleIns[0]?.[0], 46);
    assert.equal(planned(peak).day.desired.at(-1), 2);
  });

  it("is measured every five minutes scales later, without detailed monitoring", () => {
    const [target, , group, ...others] = groupOf({ requests: undefined });
    const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "web", {
      name: "web-template",
      instanceType: "m7g.large",
    });
    const demand = demandOf([30, 20], [60, 70]);
    const slow = peakOf(
      [target, template, group, ...others].flatMap((one) => one ?? []),
      { demand },
    );
    const fast = peakOf(groupOf({ requests: undefined }), { demand });
    const first = (peak: FleetPeak): number | undefined => eventsOf(planned(peak))[0]?.[0];
    assert.deepEqual([first(fast), first(slow)], [34, 46]);
  });

  it("exceeds its maximum size does not grow beyond it, and reports that a greater maximum would suffice", () => {
    const group = { minSize: 3, maxSize: 3, availabilityZones: ["eu-west-1a"] };
    const peak = peakOf(groupOf({ group }), { demand: demandOf([30, 10], ...ramp(10, 70, 60), [60, 70]) });
    assert.equal(Math.max(...planned(peak).series.desired), 3);
    assert.equal(peak.verdict.carries, "short");
    const remedy = peak.remedies.find(({ what }) => what.startsWith("maxSize"));
    // 70 requests a second, at 20 for each instance, one of which is lost.
    assert.equal(remedy?.what, "maxSize 5 instead of 3");
    assert.ok((remedy.monthlyCost ?? 0) > 0);
  });

  it("needs a thousand instances is simulated, too, and a demand beyond any size has no fix", () => {
    const peak = peakOf(groupOf({ group: { minSize: 10, maxSize: 2000 } }), {
      demand: demandOf([30, 150], ...ramp(150, 12_000, 180), [30, 12_000]),
    });
    assert.ok(planned(peak).verdict.mostInstances >= 1200, planned(peak).verdict.text);
    const hopeless = peakOf(groupOf(), { demand: demandOf([5, 1e9]) });
    assert.deepEqual([hopeless.verdict.carries, hopeless.remedies], ["short", []]);
  });

  it("is zero shrinks, and serves nobody without instances", () => {
    const peak = peakOf(groupOf({ group: { minSize: 1, desiredCapacity: 5 } }), {
      demand: demandOf([120, 0]),
    });
    assert.equal(planned(peak).day.instances.at(-1), 1);
    assert.equal(planned(peak).verdict.requests, 0);
    assert.equal(planned(peak).worstHour, undefined);
    assert.deepEqual(
      peak.scenarios.map(({ kind }) => kind),
      ["planned"],
    );
  });
});

/** The minutes in which one rate changes to another. */
function ramp(from: number, to: number, minutes: number): (readonly [number, number])[] {
  return Array.from(
    { length: minutes },
    (_, minute) => [1, from + ((to - from) * minute) / minutes] as const,
  );
}

describe("A lost zone", () => {
  const peak = (group: Parameters<typeof groupOf>[0] = {}): FleetPeak =>
    peakOf(groupOf({ ...group, group: { minSize: 4, maxSize: 4, ...group.group } }), {
      demand: demandOf([60, 30], [1, 31], [60, 30]),
    });

  it("fails its share of requests until the balancer's checks notice, and is replaced in the other zones", () => {
    const [, one, zone] = peak().scenarios;
    assert.deepEqual(eventsOf(zone as Scenario), [
      [60, "zone eu-west-1a is lost"],
      // Two checks ten seconds apart, and a minute until the group notices.
      [60 + 80 / 60, "2 lost instances are replaced"],
    ]);
    // Half of the requests fail during two checks of ten seconds, and a quarter if one instance is lost.
    assert.deepEqual([zone?.verdict.failed, one?.verdict.failed], [(31 * 20) / 2, Math.round((31 * 20) / 4)]);
    assert.deepEqual([zone?.title, one?.title], ["with zone eu-west-1a lost", "with an instance lost"]);
    const { instances } = (zone as Scenario).day;
    assert.deepEqual([instances[59], instances[60], instances[62], instances[64]], [4, 2, 2, 4]);
  });

  it("is noticed later by EC2's own checks, and loses no requests without a balancer", () => {
    const [, , zone] = peak({ group: { healthCheckType: "EC2" } }).scenarios;
    assert.deepEqual(eventsOf(zone as Scenario)[1], [65, "2 lost instances are replaced"]);
  });

  it("makes the group fragile if the remaining instances do not suffice", () => {
    const fragile = peakOf(groupOf({ group: { minSize: 4, maxSize: 4 } }), { demand: demandOf([120, 50]) });
    assert.equal(fragile.verdict.carries, "fragile");
    assert.match(fragile.verdict.text, /if nothing fails; with zone eu-west-1a lost/);
    const [cheapest] = fragile.remedies;
    assert.equal(cheapest?.mends, "zoneLost");
    // Of six, three are left: 60 requests a second.
    assert.match(cheapest.what, /^minSize 6 instead of 4, at all times and a maxSize no less$/);
    const mended = peakOf(groupOf({ group: { minSize: 6, maxSize: 6 } }), { demand: demandOf([120, 50]) });
    assert.equal(mended.verdict.carries, "all");
  });

  it("is not simulated with only one zone", () => {
    const kinds = peak({ group: { availabilityZones: ["eu-west-1a"] } }).scenarios.map(({ kind }) => kind);
    assert.deepEqual(kinds, ["planned", "instanceLost"]);
  });
});

describe("Scheduled actions", () => {
  const evening = [
    { recurrence: "30 17 * * *", timeZone: "Europe/Berlin", minSize: 6 },
    { recurrence: "0 23 * * *", timeZone: "Europe/Berlin", minSize: 2 },
  ];

  it("run on the clock of their time zone, before and after a change to winter time", () => {
    const demand = { ...demandOf([3 * 24 * 60, 10]), startSeconds: Date.UTC(2026, 9, 24) / 1000 };
    const peak = peakOf(groupOf({ schedules: evening }), { demand });
    const times = planned(peak)
      .events.filter(({ kind }) => kind === "schedule")
      .map(({ timeSeconds }) => new Date(1000 * timeSeconds).toISOString().slice(5, 16));
    // The clocks go back on October 25, 2026.
    assert.deepEqual(times, [
      "10-24T15:30",
      "10-24T21:00",
      "10-25T16:30",
      "10-25T22:00",
      "10-26T16:30",
      "10-26T22:00",
    ]);
  });

  it("are reported if they run too late, with how much earlier they must run", () => {
    const minutes = 16 * 60 + 30;
    const demand = demandOf([minutes, 15], [120, 55], [180, 15]);
    const peak = peakOf(groupOf({ schedules: evening, group: { maxSize: 8 } }), { demand });
    assert.equal(peak.verdict.carries, "short");
    const lead = peak.remedies.find(({ what }) => what.includes("earlier"));
    // The instances serve two minutes after their launch.
    assert.equal(lead?.what, "the actions that raise minSize 5 minutes earlier (action-0)");
    assert.equal(lead.mends, "zoneLost");
  });

  it("run once with a start and no recurrence, and not after their end", () => {
    const schedules = [
      { startTime: "2026-11-30T00:10:00Z", minSize: 4 },
      {
        recurrence: "*/20 * * * *",
        startTime: "2026-11-01T00:00:00Z",
        endTime: "2026-11-30T00:30:00Z",
        maxSize: 8,
      },
    ];
    const peak = peakOf(groupOf({ schedules }), { demand: demandOf([60, 10]) });
    assert.deepEqual(
      eventsOf(planned(peak)).map(([minute, what]) => `${minute}: ${what}`),
      [
        "0: scheduled action action-1: at most 8",
        "10: scheduled action action-0: at least 4",
        "20: scheduled action action-1: at most 8",
      ],
    );
  });

  it("set a size that they leave out to 0, as the provider does: the group shrinks to nothing", () => {
    const schedules = [{ startTime: "2026-11-30T00:10:00Z", minSize: 0, desiredCapacity: 0, maxSize: null }];
    const { events, series } = planned(peakOf(groupOf({ schedules }), { demand: demandOf([60, 10]) }));
    assert.match(events.find(({ kind }) => kind === "schedule")?.what ?? "", /at least 0, at most 0/);
    assert.equal(series.instances.at(-1), 0);
  });

  it("determine the demand if none is given: what their sizes carry, with a zone lost", () => {
    const peak = peakOf(groupOf({ schedules: evening }));
    const { series } = planned(peak);
    // Five of ten are left, at ten requests a second.
    assert.ok(Math.abs(Math.max(...planned(peak).day.demandPerSecond) - 50) < 0.5);
    assert.equal(series.timeSeconds.length, 2016);
    assert.equal(new Date(1000 * (series.timeSeconds[0] ?? 0)).toISOString(), "2026-11-22T23:00:00.000Z");
    assert.equal(peak.verdict.carries, "all");
  });

  it("with the largest size, even years ahead, determine the simulated week", () => {
    const schedules = [...evening, { startTime: "2030-11-28T21:00:00Z", minSize: 9, maxSize: 20 }];
    const { series } = planned(peakOf(groupOf({ schedules })));
    assert.equal(new Date(1000 * (series.timeSeconds[0] ?? 0)).toISOString(), "2030-11-24T23:00:00.000Z");
  });
});

describe("A warm pool", () => {
  it("provides its instances sooner, as many as it has", () => {
    const demand = demandOf([30, 10], [60, 60]);
    const group = {
      defaultInstanceWarmup: 600,
      warmPool: { minSize: 2, maxGroupPreparedCapacity: 4, poolState: "Stopped" },
    };
    const { day } = planned(peakOf(groupOf({ group }), { demand, assumptions: { bootSeconds: 580 } }));
    // Launched in minute 34: from the warm pool after 60 s and two checks, cold after 580 s and the checks.
    assert.deepEqual(
      [day.instances[34], day.instances[36], day.instances[43], day.instances[45]],
      [2, 4, 4, 6],
    );
  });
});

describe("The simulation", () => {
  it("covers every group that gets requests, and states why it skips the others", () => {
    const peak = simulatePeak(
      [
        ...groupOf({ name: "blue" }),
        ...groupOf({ name: "green", group: { minSize: 0, maxSize: 0 } }),
        ...groupOf({ name: "unknown", group: { minSize: UNKNOWN } }),
        ...groupOf({ name: "reversed", group: { minSize: 5, maxSize: 3 } }),
        ...groupOf({ name: "worker", group: { targetGroupArns: [] }, requests: undefined }),
      ],
      { demand: demandOf([10, 1]) },
    );
    assert.deepEqual(
      peak?.fleets.map(({ name }) => name),
      ["blue"],
    );
    assert.deepEqual(
      peak.notSimulated.map(({ name, why }) => `${name}: ${why}`),
      [
        "green: its maxSize is 0: it is empty",
        "unknown: its sizes aren't known before deployment",
        "reversed: its minSize, 5, is greater than its maxSize, 3, which AWS refuses",
        "worker: no load balancer sends it requests",
      ],
    );
    assert.match(tellPeak(peak).text(styles(false), false), /green: its maxSize is 0/);
  });

  it("is empty without a group", () => {
    assert.equal(simulatePeak([]), undefined);
    assert.match(tellPeak(undefined).text(styles(false), false), /no Auto Scaling group/);
  });

  it("lists what it does not simulate: policies on memory or network, predictive policies, and invalid time zones", () => {
    const policy = (name: string, configuration: object): Resource =>
      resource("aws:autoscaling/policy:Policy", name, { autoscalingGroupName: "web", ...configuration });
    const { assumptions } = peakOf([
      ...groupOf({ schedules: [{ recurrence: "0 1 * * *", timeZone: "Mars/Olympus", minSize: 3 }] }),
      policy("network", {
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: "ASGAverageNetworkIn" },
          targetValue: 1,
        },
      }),
      policy("oracle", { policyType: "PredictiveScaling" }),
      policy("alone", {
        policyType: "SimpleScaling",
        adjustmentType: "ChangeInCapacity",
        scalingAdjustment: 1,
      }),
    ]);
    for (const part of [
      /network isn't simulated: its metric, ASGAverageNetworkIn/,
      /oracle isn't simulated: its type is PredictiveScaling/,
      /alone isn't simulated: no alarm of the stack starts it/,
      /time zone Mars\/Olympus of scheduled action action-0 doesn't exist/,
    ])
      assert.ok(
        assumptions.some((text) => part.test(text)),
        `${part} in ${assumptions.join("\n")}`,
      );
  });

  it("runs step policies when their alarms start them", () => {
    const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "busy", {
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      statistic: "Average",
      period: 60,
      evaluationPeriods: 2,
      threshold: 60,
      comparisonOperator: "GreaterThanThreshold",
      alarmActions: ["arn:step"],
    });
    const step = resource(
      "aws:autoscaling/policy:Policy",
      "step",
      {
        autoscalingGroupName: "web",
        policyType: "StepScaling",
        adjustmentType: "ChangeInCapacity",
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 3 }],
      },
      { arn: "arn:step" },
    );
    const peak = peakOf([...groupOf({ requests: undefined, cpu: undefined }), alarm, step], {
      demand: demandOf([30, 10], [40, 35]),
      assumptions: { requestsPerSecond: 20 },
    });
    assert.deepEqual(eventsOf(planned(peak))[0], [33, "3 more: step, 87.5 % CPU, threshold 60"]);
  });
});

describe("Any group", () => {
  const rates = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 200, noNaN: true })),
    { minLength: 1, maxLength: 8 },
  );
  const sizes = fc
    .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 12 }))
    .map(([min, more]) => ({ minSize: min, maxSize: min + more }));

  it("loses no request without reporting it, and serves no more than its capacity", () => {
    fc.assert(
      fc.property(sizes, rates, (group, parts) => {
        for (const { day, verdict } of peakOf(groupOf({ group }), { demand: demandOf(...parts) }).scenarios) {
          let accepted = 0;
          day.timeSeconds.forEach((_, minute) => {
            const arrived = 60 * (day.demandPerSecond[minute] ?? 0);
            const failed = 60 * (day.errorsPerSecond[minute] ?? 0);
            assert.ok(failed >= -1e-6 && (day.queued[minute] ?? 0) >= 0);
            accepted += arrived - failed;
          });
          // Requests that neither failed nor are left were served, by at most the running instances.
          const served = accepted - (day.queued.at(-1) ?? 0);
          assert.ok(
            served >= -1e-6 && served <= 20 * 60 * day.timeSeconds.length * verdict.mostInstances + 1e-6,
          );
          assert.ok(verdict.failed <= verdict.requests + 1);
          assert.ok(Math.max(...day.desired) <= group.maxSize && Math.min(...day.desired) >= group.minSize);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("of a fixed size is over capacity for a shorter time the larger it is", () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 10 }), (parts, size) => {
        const over = (count: number): number =>
          planned(
            peakOf(groupOf({ group: { minSize: count, maxSize: count } }), { demand: demandOf(...parts) }),
          ).verdict.minutesOverCapacity;
        assert.ok(over(size + 1) <= over(size));
      }),
      { numRuns: 20 },
    );
  });

  it("is the same in every simulation", () => {
    fc.assert(
      fc.property(sizes, rates, (group, parts) => {
        const run = (): FleetPeak => peakOf(groupOf({ group }), { demand: demandOf(...parts) });
        assert.deepEqual(run(), run());
      }),
      { numRuns: 5 },
    );
  });
});
