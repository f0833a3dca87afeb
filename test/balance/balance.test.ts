import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { main } from "../../tools/balance/main";
import { describeWith } from "../support/programs";
import { captured, ROOT, type Run } from "../support/rehearse";

interface Told {
  readonly algorithm: string;
  readonly wanted: Readonly<Record<string, number>>;
  readonly served: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly failed: number;
  readonly latencyMs: Readonly<Record<"p50" | "p95" | "p99", number>>;
  readonly verdict: string;
}

const MAIN = join(ROOT, "tools", "balance", "main.ts");

/** Runs the command line: in this process, unless a test sets its environment. */
async function balance(args: string, env?: NodeJS.ProcessEnv): Promise<Run> {
  const argv = args.split(" ");
  if (env !== undefined)
    return spawnSync(process.execPath, ["--require", "tsx/cjs", MAIN, ...argv], {
      cwd: ROOT,
      env,
      encoding: "utf8",
    });
  return captured((streams) => main(argv, streams));
}

const told = async (args: string): Promise<Told> => {
  const { stdout, stderr, status } = await balance(`--json ${args}`);
  assert.equal(stderr, "");
  const result = JSON.parse(stdout) as Told;
  assert.equal(status, result.verdict === "pass" ? 0 : 1);
  return result;
};

describe("npm run balance", () => {
  for (const [args, says] of [
    [
      "--weights 3,1 --backends 3",
      /^balance: --weights has 2 weights, but there are 3 backends; give one for each/,
    ],
    ["--weights 3,0,1", /--weights is "3,0,1"; it must be whole numbers from 1 to 256/],
    ["--algorithm fastest", /--algorithm is "fastest"; it must be roundrobin or leastconn/],
    ["--backends 0", /--backends is "0"; it must be a whole number from 1 to 16, such as 3/],
    ["--kill 2 --drain 1", /--kill and --drain take 3 of 3 backends; at least one must remain/],
    [
      "--stack nowhere",
      /^balance: there is no stack "nowhere": .*Pulumi\.nowhere\.yaml doesn't exist; the stacks are dev, prod/,
    ],
    ["--chart /nowhere/at/all", /--chart \/nowhere\/at\/all: the folder \/nowhere\/at doesn't exist/],
    ["--bogus", /Unknown option '--bogus'/],
  ] as const) {
    it(`refuses ${args} in one line`, async () => {
      const { status, stdout, stderr } = await balance(args);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, says);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    });
  }

  it("reports all errors at once", async () => {
    const { stderr } = await balance("--algorithm fastest --requests 1 --slow 9");
    assert.deepEqual(stderr.match(/^(balance: )?--\w+/gm), ["balance: --algorithm", "--slow", "--requests"]);
  });

  it("explains how to install HAProxy if it is missing", async () => {
    const { status, stderr } = await balance("--requests 100", {
      ...process.env,
      PATH: dirname(process.execPath),
    });
    assert.equal(status, 2);
    assert.match(stderr, /^balance: haproxy is not installed: apt-get install haproxy, brew install haproxy/);
  });

  it("prints its usage", async () => {
    const { status, stdout } = await balance("--help");
    assert.equal(status, 0);
    for (const option of ["--algorithm", "--weights", "--kill", "--drain", "--slow", "--json", "--chart"])
      assert.ok(stdout.includes(option), option);
  });
});

describeWith(["haproxy", "openssl"], "npm run balance, with real HAProxy", () => {
  it("measures weights, a killed instance and a drained one, and draws a chart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "chart-"));
    try {
      const chart = join(folder, "shares");
      const result = await told(`--weights 3,1,1 --requests 1500 --kill 1 --drain 1 --chart ${chart}`);
      assert.deepEqual([result.failed, result.verdict], [0, "pass"]);
      assert.deepEqual(result.wanted, { "store-1": 0.6, "store-2": 0.2, "store-3": 0.2 });
      const { "store-1": first = 0, "store-2": drained = 0, "store-3": killed = 0 } = result.served;
      assert.ok(first > drained && drained > killed && killed > 0);
      const svg = readFileSync(`${chart}.svg`, "utf8");
      for (const text of ["kill store-3", "drain store-2", "p99", "store-1"])
        assert.ok(svg.includes(text), text);
      assert.equal(readFileSync(`${chart}.png`).subarray(1, 4).toString(), "PNG");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("measures that least connections sends less to a slow backend, and round robin does not", async function () {
    // Only the time shows a slow backend, and other load on the machine affects it.
    this.retries(6);
    const spared = await told("--algorithm leastconn --slow 1 --requests 1500");
    const even = await told("--slow 1 --requests 600 --backends 2");
    assert.deepEqual([spared.verdict, even.verdict], ["pass", "pass"]);
    assert.deepEqual([even.algorithm, even.requests, even.failed], ["roundrobin", 600, 0]);
    assert.deepEqual(even.wanted, { "store-1": 0.5, "store-2": 0.5 });
    assert.ok((spared.served["store-1"] ?? 0) < 1500 / 6);
    assert.ok(Math.abs((even.served["store-1"] ?? 0) - 300) <= 3);
    assert.ok(even.latencyMs.p99 >= 50);
  });

  it("fails, and states why, if requests get no successful response", async () => {
    const { status, stdout } = await balance("--requests 200 --backends 1 --path /no-such-page");
    assert.equal(status, 1);
    assert.match(stdout, /200 of 200 requests failed: status 404/);
    assert.match(stdout, /Verdict: fail$/m);
  });
});
