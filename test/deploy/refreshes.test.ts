import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { deploy as runDeploy } from "../../tools/deploy/deploy";
import { AutoScaling, type Course, ends, FAILS, Group, HANGS, SUCCEEDS } from "../support/auto-scaling";
import { type Answer, FakeCli } from "../support/fake-cli";
import { autoScalingXml } from "../support/query-protocol";
import type { Run } from "../support/rehearse";

/** A deployment, and the changes that it requested from AWS. */
interface Deployed extends Run {
  readonly changes: AutoScaling["changes"];
  readonly calls: readonly string[];
}

/** The environment of a deployment. */
interface World {
  readonly groups: readonly Group[];
  /** The effect of `pulumi up` on the groups. */
  readonly up?: () => Answer | void;
  /** Prepares AWS for a test. */
  readonly aws?: (aws: AutoScaling) => void;
  readonly args?: readonly string[];
  /** Whether Ctrl-C interrupts the first poll of the refresh. @default false */
  readonly isInterrupted?: boolean;
  /** Whether the real AWS CLI sends the requests, by HTTP. @default false */
  readonly trueCli?: boolean;
}

async function deploy({
  groups,
  up,
  aws,
  args = [],
  isInterrupted,
  trueCli = false,
}: World): Promise<Deployed> {
  const service = new AutoScaling(groups);
  aws?.(service);
  const answer = (program: string, given: readonly string[]): Answer => {
    const [first, second] = given;
    if (isInterrupted === true && given.some((arg) => arg.includes("InstanceRefreshIds"))) cli.interrupt();
    if (program === "aws") return service.answer(given);
    if (first === "up") return up?.() ?? {};
    if (second === "export") return { stdout: service.state };
    return second === "output" ? { stdout: '{"deployFreezes":[]}' } : {};
  };
  const cli = await FakeCli.start(trueCli ? ["pulumi"] : ["pulumi", "aws"], answer, (body) =>
    autoScalingXml(service, body),
  );
  try {
    const line = ["prod", "--interval-seconds", "1", ...args];
    // An interruption needs a separate process.
    const run = await (isInterrupted === true ? cli.run("deploy", line) : cli.runHere(runDeploy, line));
    return { ...run, changes: service.changes, calls: cli.calls };
  } finally {
    await cli.stop();
  }
}

/** A store whose groups run version 7 and whose template gets version 8. */
function versionEight(courses: Readonly<Record<string, Course>>): World {
  const groups = Object.keys(courses).map((name) => new Group(name, "7"));
  const up = (): void => groups.forEach((group) => group.deploy("8", courses[group.name] ?? SUCCEEDS));
  return { groups, up };
}

const operations = ({ changes }: Deployed): string[] => changes.map(([operation]) => operation);

describe("After a deployment", () => {
  it("waits for the refresh, and shows its progress, the remaining instances and the reason", async () => {
    const run = await deploy(versionEight({ store: SUCCEEDS }));
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout, "prod is deployed.\n");
    assert.deepEqual(run.stderr.trim().split("\n"), [
      "store: instance refresh Pending, 0 %",
      "store: instance refresh InProgress, 50 %, 1 instance left: Waiting for instances to warm up before continuing.",
      "store: instance refresh Successful, 100 %",
    ]);
    assert.deepEqual(run.changes, []);
  });

  for (const [title, course, why] of [
    ["fails", FAILS, /ended as Failed: Instances failed their health checks\./],
    ["is cancelled", ends("Cancelled"), /ended as Cancelled: because it was Cancelled/],
    ["AWS has rolled back itself", ends("RollbackSuccessful"), /ended as RollbackSuccessful/],
    ["AWS couldn't roll back", ends("RollbackFailed"), /ended as RollbackFailed/],
  ] as const) {
    it(`rolls back after a refresh that ${title}`, async () => {
      const world = versionEight({ store: course });
      const run = await deploy(world);
      assert.equal(run.status, 1, run.stderr);
      assert.equal(run.stdout, "");
      assert.match(run.stderr, /prod is not deployed\.\n$/);
      assert.match(run.stderr, why);
      assert.deepEqual(operations(run), ["UpdateAutoScalingGroup", "StartInstanceRefresh"]);
      const [store] = world.groups;
      assert.equal(store?.version, "7");
      assert.deepEqual(store?.instances, ["7", "7"]);
      assert.match(
        run.stderr,
        /store runs version 7 of launch template lt-\w+ again, not 8\.\n {2}remedy: .*describe-scaling-activities --region eu-west-1 --auto-scaling-group-name store.*\n {2}note: .*without pulumi refresh/,
      );
    });
  }

  it("cancels a refresh that does not end in time, and rolls back", async () => {
    const world = versionEight({ store: HANGS });
    world.groups[0]?.courses.push(ends("Successful"));
    const run = await deploy({ ...world, args: ["--refresh-minutes", "0"] });
    assert.equal(run.status, 1, run.stderr);
    assert.match(run.stderr, /FAILED: store: instance refresh \S+ has not ended after 0 minutes beside/);
    assert.deepEqual(operations(run), [
      "CancelInstanceRefresh",
      "UpdateAutoScalingGroup",
      "StartInstanceRefresh",
    ]);
  });

  it("does not count the time that a refresh waits at its checkpoints", async () => {
    const world = versionEight({ store: [...SUCCEEDS.slice(0, 2), ...SUCCEEDS] });
    const [store] = world.groups;
    if (store !== undefined)
      store.preferences = {
        CheckpointPercentages: [50, 100],
        CheckpointDelay: 60,
        MinHealthyPercentage: 100,
      };
    const run = await deploy({ ...world, args: ["--refresh-minutes", "0"] });
    assert.equal(run.status, 0, run.stderr);
  });

  it("rolls back without pauses and alarms, as carefully as before, and skips instances that run the former version", async () => {
    const world = versionEight({ store: FAILS });
    const [store] = world.groups;
    const preferences = {
      CheckpointPercentages: [50, 100],
      CheckpointDelay: 60,
      BakeTime: 60,
      MinHealthyPercentage: 100,
      MaxHealthyPercentage: 150,
      AlarmSpecification: { Alarms: ["errors"] },
    };
    if (store !== undefined) store.preferences = preferences;
    const { changes } = await deploy(world);
    assert.deepEqual(changes.at(-1)?.[1].Preferences, {
      MinHealthyPercentage: 100,
      MaxHealthyPercentage: 150,
      SkipMatching: true,
    });
  });

  it("restores a mixed instances policy completely, with its launch template by ID only", async () => {
    const store = new Group("store", "7", ["m7g.large", "m6g.large"]);
    const run = await deploy({ groups: [store], up: () => store.deploy("8", FAILS) });
    assert.equal(run.status, 1, run.stderr);
    assert.deepEqual(run.changes[0], [
      "UpdateAutoScalingGroup",
      {
        AutoScalingGroupName: "store",
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateId: "lt-0123456789abcdef0", Version: "7" },
            Overrides: [{ InstanceType: "m7g.large" }, { InstanceType: "m6g.large" }],
          },
        },
      },
    ]);
  });

  it("rolls back the group that fails, and lets the others continue", async () => {
    const world = versionEight({ blue: SUCCEEDS, proxies: FAILS });
    const run = await deploy(world);
    assert.equal(run.status, 1, run.stderr);
    assert.deepEqual(
      world.groups.map(({ version }) => version),
      ["8", "7"],
    );
    assert.deepEqual(
      run.changes.map(([, { AutoScalingGroupName }]) => AutoScalingGroupName),
      ["proxies", "proxies"],
    );
  });

  it("requires help if the rollback fails, too, or cannot start", async () => {
    const fails = versionEight({ store: FAILS });
    fails.groups[0]?.courses.push(FAILS);
    const refused = versionEight({ store: FAILS });
    for (const [world, says] of [
      [fails, /the way back ended as Failed: Instances failed their health checks\./],
      [
        { ...refused, aws: (aws: AutoScaling) => aws.refuses.set("start-instance-refresh", "LimitExceeded") },
        /aws autoscaling start-instance-refresh failed[^]*LimitExceeded/,
      ],
    ] as const) {
      const run = await deploy(world);
      assert.equal(run.status, 3, run.stderr);
      assert.match(run.stderr, /LOOK AT ONCE: store may serve with two versions/);
      assert.match(run.stderr, says);
      assert.match(run.stderr, /way back: version 7 of launch template lt-/);
      // Instances that scaling starts in the meantime still run the previous version.
      assert.equal(world.groups[0]?.version, "7");
    }
  });

  it("cannot roll back if no healthy instance ran an earlier version", async () => {
    const world = versionEight({ store: FAILS });
    if (world.groups[0] !== undefined) world.groups[0].instances = [];
    const run = await deploy(world);
    assert.equal(run.status, 3, run.stderr);
    assert.match(run.stderr, /store has no version to return to/);
    assert.deepEqual(run.changes, []);
  });

  it("skips a version whose refresh had failed before when it rolls back", async () => {
    const store = new Group("store", "7");
    store.deploy("8", ends("Failed"));
    store.instances = ["8", "8", "7"];
    const run = await deploy({ groups: [store], up: () => store.deploy("9", FAILS) });
    assert.equal(run.status, 1, run.stderr);
    assert.equal(store.version, "7");
  });

  it("succeeds if nothing changed", async () => {
    const run = await deploy({ groups: [new Group("store", "7")] });
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout, "prod is deployed.\n");
  });

  it("fails if an earlier deployment was rolled back and nothing is fixed", async () => {
    const store = new Group("store", "7");
    store.deployed = "8";
    const run = await deploy({ groups: [store] });
    assert.equal(run.status, 1, run.stderr);
    assert.match(run.stderr, /store launches version 7 of its launch template, but the program says 8/);
  });

  it("reports afterwards, with --wait-only, why a rolled-back refresh had failed", async () => {
    const world = versionEight({ store: FAILS });
    await deploy(world);
    const run = await deploy({ groups: world.groups, args: ["--wait-only"] });
    assert.equal(run.status, 1, run.stderr);
    assert.match(
      run.stderr,
      /was rolled back \(instance refresh .+ ended as Failed: Instances failed their health checks\.\)/,
    );
  });

  for (const [how, args] of [
    ["a deployment", []],
    ["--wait-only", ["--wait-only"]],
  ] as const) {
    it(`rolls back an earlier unattended failure, and states its reason: ${how}`, async () => {
      const store = new Group("store", "7");
      store.deploy("8", ends("Failed"));
      const run = await deploy({ groups: [store], args });
      assert.equal(run.status, 1, run.stderr);
      assert.match(run.stderr, /^FAILED: store: .*ended as Failed: because it was Failed/m);
      assert.deepEqual([store.version, ...store.instances], ["7", "7", "7"]);
    });

    it(`requires help if no former version is known: ${how}`, async () => {
      const store = new Group("store", "7");
      store.deploy("8", ends("Failed"));
      store.instances = ["7", "8"];
      const unhealthy = {
        ...store.description,
        Instances: store.description.Instances?.map((one) => ({ ...one, HealthStatus: "Unhealthy" })),
      };
      Object.defineProperty(store, "description", { value: unhealthy });
      const run = await deploy({ groups: [store], args });
      assert.equal(run.status, 3, run.stderr);
      assert.match(
        run.stderr,
        /i-0 don't run version 8.*instance refresh .+ ended as Failed: because it was Failed/,
      );
    });
  }

  it("does not count the rollback of a killed deployment as success", async () => {
    const store = new Group("store", "7");
    store.deploy("8", ends("Failed"));
    store.launching = new Group("store", "7").launching;
    store.refresh({});
    const run = await deploy({ groups: [store] });
    assert.equal(run.status, 1, run.stderr);
    assert.match(
      run.stderr,
      /launches version 7 .* but the program says 8: an earlier deployment was rolled back/,
    );
  });

  it("waits for a refresh that was already running with --wait-only only", async () => {
    const store = new Group("store", "7");
    store.deploy("8", SUCCEEDS);
    const run = await deploy({ groups: [store], args: ["--wait-only"] });
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /store: instance refresh Successful/);
    assert.deepEqual(
      run.calls.filter((call) => call.startsWith("pulumi") && !call.includes("export")),
      [],
    );
  });

  it("states when it is stopped that the refresh continues, and how to keep watching it", async () => {
    const run = await deploy({ ...versionEight({ store: HANGS }), isInterrupted: true });
    assert.equal(run.status, 130, run.stderr);
    assert.match(
      run.stderr,
      /Stopped\. The instance refresh of store continues.*\n.*npm run deploy -- prod --wait-only/,
    );
    assert.deepEqual(run.changes, []);
  });

  it("rolls back what a failed up had started, and still fails", async () => {
    const world = versionEight({ store: SUCCEEDS });
    const up = (): Answer => {
      world.up?.();
      return { status: 255, stderr: "error: creating the dashboard: throttled" };
    };
    const run = await deploy({ ...world, up });
    assert.equal(run.status, 1, run.stderr);
    assert.equal(run.stdout, "");
    assert.match(run.stderr, /the deployment of prod failed[^]*store: instance refresh Successful/);
  });

  it("retries if AWS throttles, or its answer cannot be read", async () => {
    const run = await deploy({
      ...versionEight({ store: SUCCEEDS }),
      aws: ({ garbled }) =>
        garbled.push({ status: 254, stderr: "An error occurred (Throttling)" }, { stdout: "<html>" }),
    });
    assert.equal(run.status, 0, run.stderr);
  });

  it("does not start without AWS credentials, because it could not watch the result", async () => {
    const run = await deploy({
      ...versionEight({ store: SUCCEEDS }),
      aws: ({ garbled }) => garbled.push({ status: 254, stderr: "Unable to locate credentials" }),
    });
    assert.equal(run.status, 2);
    assert.match(run.stderr, /there are no credentials for AWS[^]*remedy: sign in/);
    assert.deepEqual(
      run.calls.filter((call) => call.startsWith("pulumi up")),
      [],
    );
  });

  const hasAws = spawnSync("aws", ["--version"]).status === 0;
  const title = "speaks to the true AWS CLI as its models demand";
  if (hasAws)
    it(title, async function () {
      this.timeout(300_000); // Each of some twenty calls starts Python.
      const groups = [new Group("store", "7"), new Group("several", "7", ["m7g.large", "m6g.large"])];
      for (const { courses } of groups) courses.push(ends("Successful"));
      const up = (): void => groups.forEach((group) => group.deploy("8", ends("Failed")));
      const run = await deploy({ groups, up, trueCli: true });
      assert.equal(run.status, 1, run.stderr);
      assert.deepEqual(
        groups.map(({ version }) => version),
        ["7", "7"],
      );
    });
  else it.skip(`${title} (needs the AWS CLI)`);
});
