import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";

import { judgeShares } from "../../tools/probe/checks/distribution";
import { chiSquare, powerOf, sampleSize, upperTail } from "../../tools/probe/statistics";
import { freePort } from "../support/balancers";
import { probe } from "../support/probe";

describe("the probe's command line", () => {
  it("reports all its errors at once, without a stack trace", async () => {
    const backends = ["--expect", "a=0,b", "--stack", "prod"];
    const { status, stdout, stderr } = await probe([
      "ftp://x",
      ...backends,
      "--power",
      "2",
      "--rate",
      "1.5",
      "--chart",
      "/none/x.svg",
    ]);
    assert.deepEqual([status, stdout], [2, ""]);
    for (const line of [
      'probe: "ftp://x" is not a valid URL; it must be like https://shop.example.com, without a user',
      "--expect and --stack both name the backends: give only one of them",
      "--chart draws what --watch saw: add --watch",
      '--expect has "a=0"; it must be id=weight, such as i-0abc=1, with a weight above 0',
      '--expect has "b"; it must be id=weight, such as i-0abc=1, with a weight above 0',
      '--power is "2"; it must be a number from 0.5 to 0.999, such as 0.9',
      '--rate is "1.5"; it must be a whole number from 1 to 2000, such as 50',
      "--chart /none/x.svg: the folder /none doesn't exist; create it, or name another file",
    ])
      assert.ok(stderr.split("\n").includes(line), `${line}\nis not in\n${stderr}`);
    assert.doesNotMatch(stderr, /^ +at /m);
  });

  it("requires a URL, and refuses an unknown option", async () => {
    assert.match((await probe([])).stderr, /^probe: no URL: npm run probe -- https:\/\/shop\.example\.com$/m);
    assert.equal((await probe(["https://x", "--weights", "1"])).status, 2);
    assert.match(
      (await probe(["https://x", "--application", "search"])).stderr,
      /^probe: --application needs --stack: add it$/m,
    );
    assert.match((await probe(["--help"])).stdout, /^npm run probe -- URL \[options\]/);
  });

  it("ends with status 2 if nothing listens", async () => {
    const { status, stderr } = await probe([`https://localhost:${await freePort()}`]);
    assert.equal(status, 2);
    assert.match(stderr, /can't be reached: ECONNREFUSED/);
  });
});

describe("the probe for a stack", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pulumi-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const refusal = async (script: string): Promise<string> => {
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "pulumi"), 0o755);
    const port = await freePort();
    const { status, stderr } = await probe([`https://localhost:${port}`, "--stack", "prod"], {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
    });
    assert.equal(status, 2);
    return stderr;
  };

  it("reports Pulumi's error, and missing outputs", async () => {
    const failed = await refusal("echo 'no stack named prod' >&2; exit 255");
    assert.match(failed, /pulumi stack output --stack prod failed: no stack named prod/);
    for (const output of ["{}", "nonsense"])
      assert.match(await refusal(`echo '${output}'`), /stack prod has no output release\.colours/);
    const idle = { release: { colours: [{ colour: "blue", weight: 0, targetGroupArn: "arn" }] } };
    assert.match(await refusal(`echo '${JSON.stringify(idle)}'`), /gives no colour any weight/);
  });
});

describe("the probe's judgement", () => {
  /** Samples from backends, one after the other. */
  const samplesOf = (backends: readonly string[]) =>
    backends.map((backend, at) => ({ at, backend, zone: undefined, milliseconds: 1, failure: undefined }));
  const TWO = new Map([
    ["a", 1],
    ["b", 1],
  ]);

  it("distinguishes round robin from chance", () => {
    const judge = (backends: readonly string[]) =>
      judgeShares(samplesOf(backends), TWO, { alpha: 0.01, algorithm: "round-robin" }).check;
    const inTurn = Array.from({ length: 200 }, (_, index) => (index % 2 ? "a" : "b"));
    assert.equal(judge(inTurn).passed, true);
    const byChance = [...inTurn, ...Array<string>(20).fill("a")];
    assert.equal(judge(byChance).passed, false);
    assert.match(
      judge(byChance).detail,
      /^in these shares, but as if by chance, not in turn: dispersion 1\.8/,
    );
  });
});

describe("the probe's statistics", () => {
  it("match statistical tables", () => {
    // https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm
    assert.ok(Math.abs(upperTail(9.21, 2) - 0.01) < 1e-4);
    assert.equal(chiSquare([20, 30], [0.5, 0.5]), 2);
    // Noncentrality 17.43 for alpha 0.01, 2 degrees of freedom and power 0.9 (Cohen 1988, chapter 7): 17.43 / 0.3².
    const needed = sampleSize([1 / 3, 1 / 3, 1 / 3], { alpha: 0.01, effect: 0.3, power: 0.9 });
    assert.ok(Math.abs(needed - 194) <= 1, String(needed));
    assert.ok(Math.abs(powerOf(needed, 2, 0.3, 0.01) - 0.9) < 0.005);
  });

  it("require more requests for a smaller difference, and five for the smallest share", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(weights, (given) => {
        const sum = given.reduce((a, b) => a + b, 0);
        const shares = given.map((weight) => weight / sum);
        const settings = { alpha: 0.01, power: 0.9 };
        const coarse = sampleSize(shares, { ...settings, effect: 0.2 });
        assert.ok(sampleSize(shares, { ...settings, effect: 0.1 }) >= coarse);
        assert.ok(coarse * Math.min(...shares) >= 5 - 1e-9);
        assert.ok(powerOf(coarse, shares.length - 1, 0.2, 0.01) >= 0.9);
      }),
      { numRuns: 30 },
    );
  });
});
