import assert from "node:assert/strict";
import { availableParallelism, tmpdir } from "node:os";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { type Hosts, PROCESSES } from "../../packages/rehearse/rehearsal";
import { forSeveral } from "../../packages/rehearse/several";
import { fixture, pack, parsed, rehearseHere } from "../support/rehearse";
import type { JsonStack } from "../../packages/rehearse/report/json";

describe("Parallel work", () => {
  it("runs a limited number of jobs at a time, and returns their results in order", async () => {
    let [now, most] = [0, 0];
    const double = async (item: number): Promise<number> => {
      most = Math.max(most, ++now);
      await sleep(10 - item);
      now--;
      return 2 * item;
    };
    assert.deepEqual(await forSeveral([1, 2, 3, 4, 5], 2, double), [2, 4, 6, 8, 10]);
    assert.equal(most, 2);
    assert.deepEqual(await forSeveral([], 2, double), []);
  });

  it("starts no further job after a failure", async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await sleep(1);
      if (item === 1) throw new Error("one");
    };
    await assert.rejects(forSeveral([1, 2, 3, 4], 1, work), /^Error: one$/);
    assert.deepEqual(begun, [1]);
  });
});

describe("Several stacks", () => {
  it("are rehearsed in parallel, one for each processor and at least two, and reported in their order", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stacks-"));
    let [now, most] = [0, 0];
    const hosts: Hosts = {
      ...PROCESSES,
      startProgram(options) {
        most = Math.max(most, ++now);
        const program = PROCESSES.startProgram(options);
        void program.exited.then(() => now--);
        return program;
      },
    };
    try {
      const limit = Math.max(2, availableParallelism());
      const names = Array.from({ length: 2 * limit + 1 }, (_, index) => `s${index}`);
      const files = names.map((name) => join(folder, `Pulumi.${name}.yaml`));
      for (const file of files) writeFileSync(file, "config:\n  aws:region: eu-west-1\n");
      const { status, stdout, stderr } = await rehearseHere(
        [
          "--program",
          fixture("one-bucket"),
          "--policy-pack",
          pack("allows"),
          "--json",
          ...files.flatMap((file) => ["--config-file", file]),
        ],
        hosts,
      );
      assert.equal(status, 0, stderr);
      const { stacks } = parsed<{ stacks: JsonStack[] }>(stdout);
      assert.deepEqual(
        stacks.map(({ stack }) => stack),
        names,
      );
      // A rehearsal ends before its program's end is noticed, so each may overlap with the next one.
      assert.ok(most >= 2 && most <= 2 * limit, `${most} at a time`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
