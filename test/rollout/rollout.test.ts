import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { rollout as runRollout } from "../../tools/rollout/rollout";
import { freePort, startBalancer, stop } from "../support/balancers";
import { Authority } from "../support/certificates";
import { AutoScaling, FAILS, Group } from "../support/auto-scaling";
import { DeployedStack, targetHealth } from "../support/deployed-stack";
import { FakeCli } from "../support/fake-cli";
import { describeWith } from "../support/programs";
import type { Run } from "../support/rehearse";
import { Store } from "../support/store";
import { MIGRATES, SystemsManager } from "../support/systems-manager";
import { haproxy } from "../probe/variants";

const TO_GREEN = ["prod", "--to", "green"];

async function rollout(stack: DeployedStack, args: readonly string[]): Promise<Run & { calls: string[] }> {
  const cli = await FakeCli.start(
    ["pulumi", "aws"],
    (program, args) => stack.answer(program, args),
    targetHealth,
  );
  try {
    return { ...(await cli.runHere(runRollout, args)), calls: cli.calls };
  } finally {
    await cli.stop();
  }
}

/** The messages of the deployments. */
const deployments = (calls: readonly string[]): string[] =>
  calls.flatMap((call) => /^pulumi up .*--message rollout: (.*)$/.exec(call)?.[1] ?? []);

describeWith(["haproxy", "openssl"], "A rollout, with HAProxy's real weights,", () => {
  const folder = mkdtempSync(join(tmpdir(), "rollout-"));
  let authority: Authority;
  let stores: Store[];
  let balancer: ChildProcess;
  let [tls, plain] = [0, 0];
  let certificate: ReturnType<Authority["issue"]>;
  let args: readonly string[];

  const start = (colour: string, end: string): Promise<Store> =>
    Store.start({
      INSTANCE_ID: `${colour}-${end}`,
      AVAILABILITY_ZONE: `eu-west-1${end}`,
      ORDERS_FILE: join(folder, "orders.sqlite"),
    });
  /** Changes the load balancer's weights, as a deployment does. */
  const weigh = async (weights: readonly [number, number]): Promise<void> => {
    await stop(balancer);
    await balance(weights);
  };
  const balance = async ([blue, green]: readonly [number, number]): Promise<void> => {
    const each = [blue, blue, green, green];
    const variant = { certificate, oldTls: false, plain: "redirect", weights: each, hardened: true } as const;
    const backends = stores.map(({ port }) => port);
    balancer = await startBalancer("haproxy", folder, haproxy(variant, { tls, plain, backends }), [
      tls,
      plain,
    ]);
  };
  /** Green's share of the responses, in percent. */
  const shareOfGreen = async (requests = 40): Promise<number> => {
    let green = 0;
    const agent = new Agent({ ca: readFileSync(authority.file) });
    for (let request = 0; request < requests; request++) {
      const by = await new Promise<string>((resolve, reject) =>
        get(`https://localhost:${tls}/`, { agent }, (response) => {
          response.resume();
          resolve(String(response.headers["x-served-by"]));
        }).once("error", reject),
      );
      if (by.startsWith("green")) green++;
    }
    return (100 * green) / requests;
  };

  before(async () => {
    authority = new Authority(folder);
    certificate = authority.issue("store", { name: "localhost", days: 30 });
    // The first store creates the database that all share.
    stores = [await start("blue", "a")];
    stores.push(...(await Promise.all([start("blue", "b"), start("green", "a"), start("green", "b")])));
    [tls, plain] = [await freePort(), await freePort()];
    args = [
      "--bake-minutes",
      "0",
      "--",
      "--http-port",
      String(plain),
      "--ca",
      authority.file,
      "--rate",
      "1000",
      "--effect",
      "0.5",
      "--alpha",
      "0.0001",
    ];
  });
  beforeEach(() => balance([100, 0]));
  afterEach(() => stop(balancer));
  after(async () => {
    await Promise.all(stores.map((store) => store.stop()));
    rmSync(folder, { recursive: true });
  });

  it("fills the colour, shifts 10, 50 and 100 % of the visitors to it, proves each share, and makes it live", async () => {
    const seen: number[] = [];
    const stack = new DeployedStack(`https://localhost:${tls}/`, async (weights) => {
      await weigh(weights);
      // A colour without weight has no alarms.
      stack.alarmNames = weights[0] === 0 ? ["green-errors"] : ["blue-errors", "green-errors"];
      seen.push(await shareOfGreen());
    });
    const { status, stdout, stderr, calls } = await rollout(stack, [...TO_GREEN, ...args]);
    assert.equal(status, 0, stdout + stderr);
    assert.deepEqual(deployments(calls), [
      "fill green",
      "10 % to green",
      "50 % to green",
      "100 % to green",
      "make green live",
    ]);
    assert.deepEqual(seen, [0, 10, 50, 100, 100]);
    assert.equal(stack.standing, "0:100 green");
    assert.match(stdout, /green is live\. .*way back: npm run rollout -- prod --to blue/);
  });

  it("rolls back when an alarm fires, and states which and why", async () => {
    const stack = new DeployedStack(`https://localhost:${tls}/`, async (weights, message) => {
      stack.ringing = message.includes("10 %");
      await weigh(weights);
    });
    const { status, stdout, calls } = await rollout(stack, [...TO_GREEN, ...args]);
    assert.equal(status, 1, stdout);
    assert.deepEqual(deployments(calls), ["fill green", "10 % to green", "return"]);
    assert.match(stdout, /FAILED: alarm customers-affected: more than 1 % of requests failed/);
  });

  it("runs the release command once, before the first visitor, and never for a live release", async () => {
    const stack = new DeployedStack(`https://localhost:${tls}/`, weigh);
    stack.autoScaling = new AutoScaling([new Group("blue", "7"), new Group("green", "7")]);
    const ssm = (stack.systemsManager = new SystemsManager(MIGRATES));
    const toAll = ["--steps", "100", ...args];
    const first = await rollout(stack, [...TO_GREEN, "--interval-seconds", "1", ...toAll]);
    assert.equal(first.status, 0, first.stdout + first.stderr);
    const ups = first.calls.filter((call) => /^(pulumi up|aws ssm send-command)/.test(call));
    assert.match(ups[0] ?? "", /fill green/);
    assert.match(ups[1] ?? "", /send-command/);
    assert.match(ups[2] ?? "", /100 % to green/);
    assert.equal(ssm.sent.length, 1);
    assert.match(first.stdout, /migrated\n.*aws logs tail web-store-release-3 .*command-1/);
    assert.equal(ssm.value, `${stack.releaseIds.green},${stack.releaseIds.blue}`);

    const back = await rollout(stack, ["prod", "--to", "blue", ...toAll]);
    assert.equal(back.status, 0, back.stdout);
    const again = await rollout(stack, [...TO_GREEN, ...toAll]);
    assert.equal(again.status, 0, again.stdout);
    assert.equal(ssm.sent.length, 1, "it ran again");
  });

  it("resumes at the deployed state, after watching that state again", async () => {
    const stack = new DeployedStack(`https://localhost:${tls}/`, weigh);
    stack.deployed = { "blue.weight": "50", "green.weight": "50", live: "blue" };
    await weigh([50, 50]);
    const { status, stdout, calls } = await rollout(stack, [...TO_GREEN, ...args]);
    assert.equal(status, 0, stdout);
    assert.deepEqual(deployments(calls), ["100 % to green", "make green live"]);
    assert.match(stdout, /at 50 % to green, where an earlier rollout stopped/);
  });

  // Must be the last test here: it stops the stores of a colour.
  it("moves all visitors back if the new colour fails under half of them", async () => {
    const stack = new DeployedStack(`https://localhost:${tls}/`, async (weights, message) => {
      if (message.includes("50 %")) await Promise.all(stores.slice(2).map((store) => store.stop("SIGKILL")));
      await weigh(weights);
    });
    const { status, stdout, calls } = await rollout(stack, [...TO_GREEN, ...args]);
    assert.equal(status, 1, stdout);
    assert.deepEqual(deployments(calls), ["fill green", "10 % to green", "50 % to green", "return"]);
    assert.match(stdout, /FAILED: the probe of https:\/\/localhost/);
    assert.match(stdout, /All visitors are back at blue\./);
    assert.equal(stack.standing, "100:0 blue");
    assert.equal(await shareOfGreen(), 0);
  });
});

describe("A rollout", () => {
  const URL = "https://shop.example.com";

  for (const [fault, said, remedy] of [
    ["two deployments at once", "error: the stack is currently locked by 1 lock(s)", /pulumi cancel/],
    [
      "an interrupted deployment",
      "error: the current deployment has 1 resource(s) with pending operations",
      /pulumi refresh/,
    ],
    [
      "an expired token",
      "error: ExpiredToken: The security token included in the request is expired",
      /sign in again/,
    ],
    ["a missing role", "error: AccessDenied: not authorized to perform: sts:AssumeRole", /deploy the roles/],
    ["a wrong passphrase", "error: incorrect passphrase", /PULUMI_CONFIG_PASSPHRASE/],
  ] as const) {
    it(`stops at ${fault} with nothing changed, and states a remedy`, async () => {
      const stack = new DeployedStack(URL);
      stack.fails.set("rollout: fill green", said);
      const { status, stdout, calls } = await rollout(stack, TO_GREEN);
      assert.equal(status, 2, stdout);
      assert.match(stdout, remedy);
      assert.ok(stdout.includes(`  got:    ${said}`), stdout);
      assert.deepEqual(deployments(calls), ["fill green"]);
      assert.equal(`${stack.file["blue.weight"]}:${stack.file["green.weight"]}`, "100:0");
    });
  }

  it("rolls back if a deployment fails halfway", async () => {
    const stack = new DeployedStack(URL);
    stack.fails.set("rollout: fill green", "error: instances didn't become healthy");
    const { status, stdout, calls } = await rollout(stack, TO_GREEN);
    assert.equal(status, 1, stdout);
    assert.deepEqual(deployments(calls), ["fill green", "return"]);
  });

  it("waits for a step's instance refreshes, and rolls back if one fails, with the colour's former version", async () => {
    const green = new Group("green", "7");
    const stack = new DeployedStack(URL, (_, message) => {
      if (message.includes("fill")) green.deploy("8", FAILS);
    });
    stack.autoScaling = new AutoScaling([new Group("blue", "7"), green]);
    const { status, stdout, calls } = await rollout(stack, [...TO_GREEN, "--interval-seconds", "1"]);
    assert.equal(status, 1, stdout);
    assert.deepEqual(deployments(calls), ["fill green", "return"]);
    assert.match(
      stdout,
      /green: instance refresh Failed, 0 %, 2 instances left: Instances failed their health/,
    );
    assert.match(stdout, /FAILED: the instances don't all run the release at: fill green/);
    assert.equal(green.version, "7");
  });

  it("stops with nothing changed if a policy refuses the preview, and names it", async () => {
    const stack = new DeployedStack(URL);
    const refusal = "        - [mandatory]  https-listeners  (aws:lb/listener:Listener: http)";
    stack.fails.set(
      "rollout: fill green",
      `Previewing update (prod):\nPolicies:\n${refusal}\n          use HTTPS`,
    );
    const { status, stdout, calls } = await rollout(stack, TO_GREEN);
    assert.equal(status, 2, stdout);
    assert.match(stdout, /https-listeners refuses aws:lb\/listener:Listener: http:\n {4}use HTTPS/);
    assert.deepEqual(deployments(calls), ["fill green"]);
    assert.equal(stack.file["green.weight"], "0");
  });

  it("requires help if the rollback fails, too", async () => {
    const stack = new DeployedStack(URL);
    stack.fails.set("rollout: fill green", "error: instances didn't become healthy");
    stack.fails.set("rollout: return", "error: throttled");
    const { status, stdout } = await rollout(stack, TO_GREEN);
    assert.equal(status, 3);
    assert.match(stdout, /LOOK AT ONCE: .*\n {2}pulumi up --stack prod/);
  });

  it("moves all visitors back at once with --back", async () => {
    const stack = new DeployedStack(URL);
    stack.deployed = { "blue.weight": "50", "green.weight": "50", live: "blue" };
    const { status, calls } = await rollout(stack, ["prod", "--back"]);
    assert.equal(status, 0);
    assert.deepEqual(deployments(calls), ["back"]);
    assert.equal(stack.standing, "100:0 blue");
  });

  it("does nothing if the colour is live", async () => {
    const { status, stdout, calls } = await rollout(new DeployedStack(URL), ["prod", "--to", "blue"]);
    assert.equal(status, 0);
    assert.equal(stdout, "blue is live in prod already.\n");
    assert.equal(calls.length, 1);
  });

  it("does not start without alarms, or with one colour", async () => {
    const [silent, single] = [new DeployedStack(URL), new DeployedStack(URL)];
    silent.alarmNames = [];
    single.colours = ["blue"];
    for (const [stack, says] of [
      [silent, /no alarms[^]*alarms\.enabled/] as const,
      [single, /one colour[^]*blueGreen\.enabled/] as const,
    ]) {
      const { status, stderr, calls } = await rollout(stack, TO_GREEN);
      assert.equal(status, 2);
      assert.match(stderr, says);
      assert.equal(calls.length, 1);
    }
  });

  it("does not start while an alarm fires, or if AWS cannot be asked", async () => {
    const [ringing, unknown] = [new DeployedStack(URL), new DeployedStack(URL)];
    ringing.ringing = true;
    unknown.awsRefuses = "Unable to locate credentials";
    for (const [stack, says] of [
      [ringing, /alarm customers-affected: more than 1 %[^]*nothing was changed/] as const,
      [unknown, /there are no credentials for AWS[^]*remedy: sign in/] as const,
    ]) {
      const { status, stderr, calls } = await rollout(stack, TO_GREEN);
      assert.equal(status, 2);
      assert.match(stderr, says);
      assert.deepEqual(deployments(calls), []);
    }
  });

  it("reports all errors of its options at once", async () => {
    const { status, stderr } = await rollout(new DeployedStack(URL), [
      "--to",
      "red",
      "--steps",
      "50,10",
      "--bake-minutes",
      "x",
    ]);
    assert.equal(status, 2);
    assert.equal(stderr.split("\n").length, 6);
    for (const part of [
      "name exactly one stack",
      '--to is "red"',
      '--steps is "50,10"',
      '--bake-minutes is "x"',
    ])
      assert.ok(stderr.includes(part), stderr);
  });

  it("shows in the rehearsal what each step changes, and where the release command runs", async () => {
    const file = ["--config-file", "examples/with-migrations.yaml"];
    const { status, stdout, stderr, calls } = await rollout(new DeployedStack(URL), [
      ...TO_GREEN,
      "--dry-run",
      "--steps",
      "50,100",
      ...file,
    ]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(calls, []);
    const [fill = "", half = "", all = "", live = ""] = stdout.split(/^(?:50 %|100 %|make).*:\n/m);
    assert.match(
      fill,
      /^fill green:\n[^]*release command, on one instance, unless it has run for this release:\n {2}bin\/migrate up\n$/,
    );
    assert.match(half, /^ {2}~ aws:lb\/listenerRule:ListenerRule \S+: actions$/m);
    assert.match(half, /^ {2}\+ aws:cloudwatch\/metricAlarm:MetricAlarm \S+-no-healthy-instance-green$/m);
    assert.doesNotMatch(half, /LaunchTemplate|TargetGroup/);
    assert.match(all, /^ {2}~ aws:lb\/listenerRule:ListenerRule \S+: actions$/m);
    assert.match(all, /^ {2}- aws:cloudwatch\/metricAlarm:MetricAlarm \S+-no-healthy-instance$/m);
    assert.doesNotMatch(live, /LaunchTemplate|TargetGroup/);
  });
});
