import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import type { JsonResource, JsonStack } from "../../packages/rehearse/report/json";
import type { Value, Values } from "../../packages/rehearse/values";
import { withClock } from "../support/clock";
import {
  fixture,
  Graph,
  type JsonRun,
  pack,
  parsed,
  type Run,
  rehearseWarm,
  rehearseJson,
  ROOT,
  type StateResource,
  stateOf,
} from "../support/rehearse";
import { stackFile } from "../support/stack-file";

const ACTION = "aws:autoscaling/schedule:Schedule";
const CALL = "aws:scheduler/schedule:Schedule";
const MUTE = "aws:cloudwatch/alarmMuteRule:AlarmMuteRule";
const EXAMPLE = join("examples", "holiday-peak.yaml");

/** The group's scheduled actions, one per line, sorted. */
function actionsIn(graph: Graph): string[] {
  const lines = graph
    .ofType(ACTION)
    .map(({ inputs: { minSize, maxSize, recurrence, timeZone, startTime } }) => {
      const when = startTime ?? `${String(recurrence)} ${String(timeZone)}`;
      return `${String(when)}: ${String(minSize)} to ${String(maxSize)}`;
    });
  return lines.sort();
}

/** The calls that EventBridge Scheduler makes, one per line, sorted. */
function callsIn(graph: Graph): string[] {
  const lines = graph.ofType(CALL).map(({ inputs }) => {
    const { arn, input } = targetOf(inputs);
    const operation = arn.replace(/^arn:aws:scheduler:::aws-sdk:/, "");
    return `${String(inputs["scheduleExpression"])} ${String(inputs["scheduleExpressionTimezone"])}: ${operation} ${input}`;
  });
  return lines.sort();
}

function targetOf(inputs: Values): { arn: string; input: string; roleArn: Value; retryPolicy: Value } {
  return inputs["target"] as { arn: string; input: string; roleArn: Value; retryPolicy: Value };
}

describe("A stack with a peak calendar", () => {
  let run: JsonRun;
  before(async () => {
    run = await rehearseJson(["--config-file", EXAMPLE, "--mode", "both", "--policy-pack", "policies"]);
  });
  const up = (): Graph => run.graph("up", "holiday-peak");

  it("sizes its group every weekend and on the dates, and corrects what the weekend sets within them", () => {
    assert.deepEqual(actionsIn(up()), [
      "0 23 * * 0 Europe/Berlin: 3 to -1",
      "0 23 * * 6 Europe/Berlin: 3 to -1",
      "2030-11-24T22:30:00Z: 9 to -1",
      "2030-11-28T21:00:00Z: 18 to 30",
      "2030-11-30T08:31:00Z: 18 to -1",
      "2030-11-30T22:01:00Z: 18 to -1",
      "2030-12-01T08:31:00Z: 18 to -1",
      "2030-12-01T22:01:00Z: 18 to -1",
      "2030-12-02T23:00:00Z: 3 to 12",
      "30 9 * * 0 Europe/Berlin: 6 to -1",
      "30 9 * * 6 Europe/Berlin: 6 to -1",
    ]);
  });

  it("creates exactly the actions that docs/peak-calendar.md describes", () => {
    const doc = readFileSync(join(ROOT, "docs", "peak-calendar.md"), "utf8");
    const told = [...doc.matchAll(/^\| `([\w-]+)` +\| (-?\d+) +\| (-?\d+) +\|/gm)].map(
      ([, ...cells]) => cells,
    );
    const made = up()
      .ofType(ACTION)
      .map(({ inputs: { scheduledActionName, minSize, maxSize } }) =>
        [scheduledActionName, minSize, maxSize].map(String),
      );
    assert.deepEqual(told.sort(), made.sort());
  });

  it("leaves the desired capacity to scaling", () => {
    for (const { inputs, name } of up().ofType(ACTION)) assert.equal(inputs["desiredCapacity"], -1, name);
  });

  it("gives each action of a group a different name", () => {
    const names = up()
      .ofType(ACTION)
      .map(
        ({ inputs }) => `${String(inputs["autoscalingGroupName"])} ${String(inputs["scheduledActionName"])}`,
      );
    assert.equal(new Set(names).size, names.length);
  });

  it("has a warm pool only for its peaks, exactly as large as configured", () => {
    const group = String(up().one("aws:autoscaling/group:Group").outputs["name"]);
    const put = (size: number): string =>
      `putWarmPool {"AutoScalingGroupName":"${group}","MinSize":${size},"MaxGroupPreparedCapacity":${size},"PoolState":"Stopped","InstanceReusePolicy":{"ReuseOnScaleIn":false}}`;
    const end = `deleteWarmPool {"AutoScalingGroupName":"${group}"}`;
    assert.deepEqual(
      callsIn(up()).filter((call) => call.includes("WarmPool")),
      [
        `at(2030-11-28T21:00:00) UTC: autoscaling:${put(6)}`,
        `at(2030-11-30T08:31:00) UTC: autoscaling:${put(6)}`,
        `at(2030-11-30T22:01:00) UTC: autoscaling:${put(6)}`,
        `at(2030-12-01T08:31:00) UTC: autoscaling:${put(6)}`,
        `at(2030-12-01T22:01:00) UTC: autoscaling:${put(6)}`,
        `at(2030-12-02T23:00:00) UTC: autoscaling:${end}`,
        `cron(0 23 ? * SAT *) Europe/Berlin: autoscaling:${end}`,
        `cron(0 23 ? * SUN *) Europe/Berlin: autoscaling:${end}`,
        `cron(30 9 ? * SAT *) Europe/Berlin: autoscaling:${put(2)}`,
        `cron(30 9 ? * SUN *) Europe/Berlin: autoscaling:${put(2)}`,
      ],
    );
  });

  it("reserves capacity for its load balancer, and releases it", () => {
    const arn = String(up().one("aws:lb/loadBalancer:LoadBalancer").outputs["arn"]);
    const call = `elasticloadbalancingv2:modifyCapacityReservation {"LoadBalancerArn":"${arn}"`;
    assert.deepEqual(
      callsIn(up()).filter((one) => one.includes("Reservation")),
      [
        `at(2030-11-28T21:00:00) UTC: ${call},"MinimumLoadBalancerCapacity":{"CapacityUnits":500}}`,
        `at(2030-12-02T23:00:00) UTC: ${call},"ResetCapacityReservation":true}`,
      ],
    );
  });

  it("runs its calls on the minute, with retries for an hour", () => {
    const role = up().one("aws:iam/role:Role", "web-store-peaks").outputs["arn"];
    for (const { inputs, name } of up().ofType(CALL)) {
      assert.deepEqual(inputs["flexibleTimeWindow"], { mode: "OFF" }, name);
      const { retryPolicy, roleArn } = targetOf(inputs);
      assert.deepEqual(retryPolicy, { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 }, name);
      assert.equal(roleArn, role, name);
    }
  });

  it("lets only its own schedules make exactly these calls, on its group and its load balancer", () => {
    const { inputs } = up().one("aws:iam/role:Role", "web-store-peaks");
    const schedules = up().one("aws:scheduler/scheduleGroup:ScheduleGroup");
    const [trust] = parsed<{ Statement: Values[] }>(inputs["assumeRolePolicy"]).Statement;
    assert.deepEqual(trust, {
      Effect: "Allow",
      Principal: { Service: "scheduler.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012", "aws:SourceArn": schedules.outputs["arn"] },
      },
    });
    for (const schedule of up().ofType(CALL))
      assert.equal(schedule.inputs["groupName"], schedules.outputs["name"]);

    const group = String(up().one("aws:autoscaling/group:Group").outputs["name"]);
    const { Statement } = parsed<{ Statement: Values[] }>(
      up().one("aws:iam/rolePolicy:RolePolicy", "web-store-peaks").inputs["policy"],
    );
    assert.deepEqual(Statement, [
      {
        Effect: "Allow",
        Action: ["autoscaling:PutWarmPool", "autoscaling:DeleteWarmPool"],
        Resource: [
          `arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:*:autoScalingGroupName/${group}`,
        ],
      },
      {
        Effect: "Allow",
        Action: ["elasticloadbalancing:ModifyCapacityReservation"],
        Resource: [up().one("aws:lb/loadBalancer:LoadBalancer").outputs["arn"]],
      },
    ]);
  });

  it("mutes the alarms that the calendar names, and no others", () => {
    const { inputs } = up().one(MUTE);
    assert.deepEqual(inputs["muteTargets"], { alarmNames: ["shop-few-orders"] });
    assert.deepEqual(inputs["rule"], {
      schedule: { expression: "at(2030-12-23T16:30)", duration: "P9DT6H30M", timezone: "UTC" },
    });
  });

  it("tells the deploy gate about freezes, in the preview, too", () => {
    const freezes = [
      { name: "black-week", from: "2030-11-24T22:30:00Z", to: "2030-11-28T23:00:00Z" },
      { name: "black-friday", from: "2030-11-28T21:00:00Z", to: "2030-12-02T23:00:00Z" },
      { name: "christmas", from: "2030-12-23T16:30:00Z", to: "2031-01-01T23:00:00Z" },
    ].map((freeze) => ({ ...freeze, timeZone: "Europe/Berlin" }));
    for (const mode of ["preview", "up"] as const)
      assert.deepEqual(run.graph(mode, "holiday-peak").stack.outputs["deployFreezes"], freezes);
  });

  it("tags every resource that can have tags", () => {
    for (const [type, name] of [
      ["aws:scheduler/scheduleGroup:ScheduleGroup", "web-store-peaks"],
      ["aws:iam/role:Role", "web-store-peaks"],
      [MUTE, "web-store-christmas-20301223t1630z"],
    ] as const) {
      const tags = { ManagedBy: "Pulumi", Name: name, Project: "web-store", Stack: "holiday-peak" };
      assert.deepEqual(up().one(type, name).inputs["tags"], tags);
    }
  });

  it("passes the policies, without advice about the calendar's resources", () => {
    assert.equal(run.status, 0, run.stderr);
    for (const mode of ["preview", "up"] as const) {
      const { findings, resources } = run.graph(mode, "holiday-peak").stack;
      const made = resources.filter(({ urn }) => urn.includes("PeakCalendar")).map(({ urn }) => urn);
      assert(made.length > 20);
      assert.deepEqual(
        findings.filter(({ urn }) => made.includes(urn)),
        [],
      );
    }
  });

  it("has the same plan in a second preview on the same day", async () => {
    const again = await rehearseJson([
      "--config-file",
      EXAMPLE,
      "--mode",
      "preview",
      "--policy-pack",
      pack("allows"),
    ]);
    const made = (graph: Graph): JsonResource[] =>
      graph.resources.filter(({ urn }) => urn.includes("PeakCalendar"));
    assert.deepEqual(made(again.graph("preview")), made(run.graph("preview", "holiday-peak")));
  });
});

describe("A stack deployed during a peak with dates", () => {
  /** The deployed stack at each of these times. */
  const at = async (...times: readonly string[]): Promise<Graph[]> => {
    const graphs: Graph[] = [];
    for (const time of times) {
      const { status, stdout, stderr } = await withClock(time, () =>
        rehearseWarm(["--config-file", EXAMPLE, "--mode", "up", "--policy-pack", "policies", "--json"]),
      );
      assert.equal(status, 0, stderr);
      const [stack = assert.fail(stdout)] = parsed<{ stacks: JsonStack[] }>(stdout).stacks;
      graphs.push(new Graph(stack));
    }
    return graphs;
  };
  const sizesOf = (graph: Graph): unknown => {
    const { minSize, maxSize, waitForCapacityTimeout, warmPool } = graph.one(
      "aws:autoscaling/group:Group",
    ).inputs;
    const { minimumLoadBalancerCapacity: reserved } = graph.one("aws:lb/loadBalancer:LoadBalancer").inputs;
    return { sizes: [minSize, maxSize], waitForCapacityTimeout, warmPool, reserved };
  };
  const datesIn = (graph: Graph): string[] =>
    [...actionsIn(graph), ...callsIn(graph)].flatMap((line) => /20\d\d-\d\d-\d\dT\d\d:\d\d/.exec(line) ?? []);
  const HELD = {
    sizes: [18, 30],
    waitForCapacityTimeout: "0",
    warmPool: {
      poolState: "Stopped",
      minSize: 6,
      maxGroupPreparedCapacity: 6,
      instanceReusePolicy: { reuseOnScaleIn: false },
    },
    reserved: { capacityUnits: 500 },
  };

  it("has the peak's capacity at once, from its first to its last day, and no time in the past", async () => {
    // Two hours early, plus half an hour for the deployment.
    const times = ["2030-11-28T20:30:00Z", "2030-11-29T12:00:00Z", "2030-12-02T22:50:00Z"];
    const graphs = await at(...times);
    for (const [index, graph] of graphs.entries()) {
      const time = times[index] ?? assert.fail();
      assert.deepEqual(sizesOf(graph), HELD, time);
      assert.deepEqual(
        datesIn(graph).filter((date) => date <= time.slice(0, 16)),
        [],
        time,
      );
      assert.ok(actionsIn(graph).includes("2030-12-02T23:00:00Z: 3 to 12"), "its end is still scheduled");
    }
    assert.ok(!actionsIn(graphs[0] as Graph).some((line) => line.startsWith("2030-11-28T21:00")));
    const [, midway] = graphs;
    assert.equal((midway?.stack.outputs["deployFreezes"] as Values[])[0]?.["name"], "black-friday");
  });

  it("has the earlier peak's capacity until then, and the usual one after the end, without delay", async () => {
    const [before = assert.fail(), after = assert.fail()] = await at(
      "2030-11-28T20:29:00Z",
      "2030-12-02T23:00:00Z",
    );
    assert.deepEqual((sizesOf(before) as { sizes: unknown }).sizes, [9, 12]);
    assert.ok(actionsIn(before).includes("2030-11-28T21:00:00Z: 18 to 30"));
    assert.deepEqual(sizesOf(after), {
      sizes: [3, 12],
      waitForCapacityTimeout: "0",
      warmPool: undefined,
      reserved: undefined,
    });
  });

  it("has the same plan in a preview and an up if nothing begins or ends in between", async () => {
    const inputs = (graph: Graph): unknown => graph.resources.map(({ urn, inputs: all }) => [urn, all]);
    const [one = assert.fail(), other = assert.fail()] = await at(
      "2030-11-29T12:00:00Z",
      "2030-11-29T18:00:00Z",
    );
    assert.deepEqual(inputs(one), inputs(other));
  });
});

describe("A stack whose calendar is in the past", () => {
  let run: Run;
  before(async () => {
    const { config } = parse(readFileSync(join(ROOT, EXAMPLE), "utf8")) as {
      config: Record<string, unknown>;
    };
    const peaks = JSON.stringify(config["web-store:peakCalendar"]);
    const over = (JSON.parse(peaks.replaceAll('"203', '"202')) as Values[]).slice(1);
    const dir = mkdtempSync(join(tmpdir(), "calendar-"));
    try {
      const file = join(dir, "over.yaml");
      writeFileSync(file, stackFile({ ...config, "web-store:peakCalendar": over }));
      run = await rehearseWarm(["--config-file", file, "--mode", "preview", "--policy-pack", pack("allows")]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it("still passes, as an old commit must", () => assert.equal(run.status, 0, run.stdout));

  it("warns about past peaks, and creates nothing for them", () => {
    for (const name of ["black-week", "black-friday", "christmas"]) {
      const warning = `Peak ${name} is over; the stack creates nothing for what is over. Remove it from peakCalendar after this deployment.`;
      assert(run.stdout.includes(`warning: ${warning}`), run.stdout);
    }
    assert.doesNotMatch(run.stdout, /aws:autoscaling\/schedule|aws:scheduler|alarmMuteRule/);
    assert.match(run.stdout, /deployFreezes +: \[\]/);
  });
});

describe("A calendar for two groups, a warm pool and reserved capacity", () => {
  let graph: Graph;
  let state: readonly StateResource[];
  before(async () => {
    const args = [
      "--program",
      fixture("idle-group-at-a-peak"),
      "--mode",
      "up",
      "--policy-pack",
      pack("allows"),
    ];
    graph = (await rehearseJson(args)).graph("up");
    state = await stateOf(args);
  });

  it("gives capacity to the group that gets customers' requests, and none to the idle one", () => {
    const actions = graph.ofType(ACTION);
    assert.deepEqual(
      actions.map(({ name }) => name),
      ["store-green-fri-1800-europe-berlin", "store-green-fri-2200-europe-berlin"],
    );
    for (const { inputs } of actions) assert.equal(inputs["autoscalingGroupName"], "store-green");
    assert.doesNotMatch(JSON.stringify(graph.ofType(CALL)), /store-blue/);
  });

  it("raises existing sizes, and then resets them to the usual ones", () => {
    const pool = (size: number): string =>
      `autoscaling:putWarmPool {"AutoScalingGroupName":"store-green","MinSize":${size},"MaxGroupPreparedCapacity":-1,"PoolState":"Hibernated","InstanceReusePolicy":{"ReuseOnScaleIn":true}}`;
    const units = (count: number): string =>
      `elasticloadbalancingv2:modifyCapacityReservation {"LoadBalancerArn":"arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/store/0123456789abcdef","MinimumLoadBalancerCapacity":{"CapacityUnits":${count}}}`;
    const [begin, end] = [18, 22].map((hour) => `cron(0 ${hour} ? * FRI *) Europe/Berlin`);
    assert.deepEqual(callsIn(graph), [
      `${begin}: ${pool(3)}`,
      `${begin}: ${units(300)}`,
      `${end}: ${pool(1)}`,
      `${end}: ${units(100)}`,
    ]);
  });

  it("never updates a scheduled action: the provider would send a start time in the past", () => {
    const actions = state.filter(({ type }) => type === ACTION);
    assert.equal(actions.length, 2);
    for (const { replaceOnChanges, urn } of actions)
      assert.deepEqual(replaceOnChanges, ["minSize", "maxSize"], urn);
  });

  it("then does not delete a warm pool", () => {
    const { policy } = graph.one("aws:iam/rolePolicy:RolePolicy").inputs;
    assert.match(String(policy), /"autoscaling:PutWarmPool"/);
    assert.doesNotMatch(String(policy), /DeleteWarmPool/);
  });

  it("mutes the stack's own alarms by their short names, and others by their full names", () => {
    assert.deepEqual(graph.one(MUTE).inputs["muteTargets"], {
      alarmNames: ["store-surge-0a1b2c3", "somebody-elses"],
    });
  });
});
