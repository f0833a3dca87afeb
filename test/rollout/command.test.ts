import assert from "node:assert/strict";

import { rollout as runRollout } from "../../tools/rollout/rollout";
import { AutoScaling, Group } from "../support/auto-scaling";
import { DeployedStack, targetHealth } from "../support/deployed-stack";
import { FakeCli } from "../support/fake-cli";
import type { Run } from "../support/rehearse";
import { BREAKS, type Course, MIGRATES, SystemsManager } from "../support/systems-manager";

const [BLUE, GREEN] = ["b".repeat(16), "c".repeat(16)];

let stack: DeployedStack;
let ssm: SystemsManager;
let groups: { readonly blue: Group; readonly green: Group };

/** Runs a rollout. No server answers at the store's address: a rollout that reaches its probe returns from there. */
async function rollout(...args: readonly string[]): Promise<Run & { ups: string[] }> {
  const cli = await FakeCli.start(
    ["pulumi", "aws"],
    (program, args) => stack.answer(program, args),
    targetHealth,
  );
  try {
    const run = await cli.runHere(runRollout, [
      "prod",
      "--to",
      "green",
      "--bake-minutes",
      "0",
      "--interval-seconds",
      "1",
      ...args,
    ]);
    const ups = cli.calls.flatMap((call) => /^pulumi up .*--message rollout: (.*)$/.exec(call)?.[1] ?? []);
    return { ...run, ups };
  } finally {
    await cli.stop();
  }
}

function deployed(...courses: readonly Course[]): void {
  stack = new DeployedStack("https://127.0.0.1:1/");
  groups = { blue: new Group("blue", "7"), green: new Group("green", "7") };
  stack.autoScaling = new AutoScaling([groups.blue, groups.green]);
  stack.systemsManager = ssm = new SystemsManager(...courses);
}

const PAST = /FAILED: the probe of/;

describe("A rollout with a release command", () => {
  it("runs it on an instance of the filled colour, and records the release that ran and the live one", async () => {
    deployed(MIGRATES);
    const { stdout } = await rollout();
    assert.match(stdout, PAST);
    assert.deepEqual(
      ssm.sent.map(({ Comment, InstanceIds }) => [Comment, InstanceIds]),
      [[`release ${GREEN}`, ["i-0"]]],
    );
    assert.equal(ssm.value, `${GREEN},${BLUE}`);
  });

  it("stops if it fails: no visitor moves, its last lines are shown, and the next rollout runs it again", async () => {
    deployed(BREAKS, MIGRATES);
    const { status, stdout, ups } = await rollout();
    assert.equal(status, 1, stdout);
    assert.deepEqual(ups, ["fill green"]);
    assert.equal(stack.standing, "100:0 blue");
    assert.match(
      stdout,
      /FAILED: the release command ended as Failed on i-0:\n {4}relation is there already\n/,
    );
    assert.match(stdout, /green gets no visitors; all are with blue\.[^]*remedy: fix the release/);
    assert.equal(ssm.value, "none");

    assert.match((await rollout()).stdout, PAST);
    assert.equal(ssm.sent.length, 2);
  });

  it("stops if it takes too long, or is not delivered", async () => {
    deployed([{ Status: "InProgress" }]);
    ssm.place.timeoutSeconds = 1 - 840;
    const hanging = await rollout();
    assert.equal(hanging.status, 1, hanging.stdout);
    assert.match(hanging.stdout, /FAILED: the release command hasn't ended within -839 s on i-0/);

    deployed([{ Status: "TimedOut", StatusDetails: "Delivery Timed Out" }]);
    const lost = await rollout();
    assert.equal(lost.status, 1, lost.stdout);
    assert.match(lost.stdout, /ended as Delivery Timed Out on i-0:\n {4}it printed nothing/);
    assert.deepEqual([...hanging.ups, ...lost.ups], ["fill green", "fill green"]);
  });

  it("uses another instance if an agent is missing, and stops if none is available", async () => {
    deployed(MIGRATES);
    ssm.unknown.add("i-0");
    assert.match((await rollout()).stdout, PAST);
    assert.deepEqual(ssm.sent[0]?.InstanceIds, ["i-1"]);

    deployed(MIGRATES);
    ssm.unknown.add("i-0").add("i-1");
    const silent = await rollout();
    assert.equal(silent.status, 1, silent.stdout);
    assert.match(silent.stdout, /FAILED: Systems Manager reaches none of i-0, i-1 .*\n.*remedy: aws ssm/);

    deployed(MIGRATES);
    groups.green.instances = [];
    const empty = await rollout();
    assert.equal(empty.status, 1, empty.stdout);
    assert.match(empty.stdout, /FAILED: green has no healthy instance to run the release command on/);
    assert.deepEqual(empty.ups, ["fill green"]);
  }).timeout(60_000);

  it("waits for a command that a stopped rollout sent, and counts one that has ended as run", async () => {
    deployed();
    ssm.was(GREEN, MIGRATES);
    assert.match((await rollout()).stdout, PAST);
    assert.equal(ssm.sent.length, 1, "a second one beside it");
    assert.equal(ssm.value, `${GREEN},${BLUE}`);

    deployed();
    ssm.was(GREEN, [{ Status: "Success" }]);
    assert.match((await rollout()).stdout, /has run for release c+: --command-again/);
    assert.equal(ssm.sent.length, 1);
    assert.equal(ssm.value, `${GREEN},${BLUE}`);
  });

  it("does not run it for a release that ran or is live, unless the option says so", async () => {
    deployed(MIGRATES);
    ssm.value = `${BLUE},${GREEN}`;
    assert.match((await rollout()).stdout, PAST);
    assert.equal(ssm.sent.length, 0);
    assert.match((await rollout("--command-again")).stdout, PAST);
    assert.equal(ssm.sent.length, 1);

    deployed(MIGRATES);
    stack.releaseIds.green = BLUE;
    assert.match((await rollout()).stdout, PAST);
    assert.equal(ssm.sent.length, 0);
  });

  it("stops if AWS refuses it, and states the reason", async () => {
    deployed();
    stack.systemsManager = Object.assign(ssm, {
      answer: () => ({ status: 254, stderr: "An error occurred (AccessDeniedException): not authorized" }),
    });
    const { status, stdout, ups } = await rollout();
    assert.equal(status, 1, stdout);
    assert.match(stdout, /FAILED: aws ssm get-parameter failed.*\n.*AccessDeniedException/);
    assert.deepEqual(ups, ["fill green"]);
  }).timeout(60_000);
});
