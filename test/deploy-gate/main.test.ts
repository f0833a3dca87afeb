import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { ROOT } from "../support/rehearse";

function gate(input: unknown): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--require", "tsx/cjs", join(ROOT, "tools/deploy-gate/main.ts")],
    { cwd: ROOT, input: typeof input === "string" ? input : JSON.stringify(input), encoding: "utf8" },
  );
  return { status, stderr };
}

const always = {
  name: "always",
  timeZone: "Etc/UTC",
  from: "2020-01-01T00:00:00Z",
  to: "2999-01-01T00:00:00Z",
};
const over = { ...always, name: "over", to: "2020-01-02T00:00:00Z" };
const weekly = {
  name: "weekly",
  timeZone: "Europe/Berlin",
  recurrence: "0 0 * * 0,1,2,3,4,5,6",
  minutes: 1500,
};

describe("The deploy gate", () => {
  it("is open without a freeze", () => {
    for (const freezes of [[], [over]]) assert.deepEqual(gate(freezes), { status: 0, stderr: "" });
  });

  it("is closed during a freeze, and states its name and end", () => {
    assert.deepEqual(gate([over, always]), {
      status: 1,
      stderr: "Deployments are frozen by always until 2999-01-01T00:00:00Z.\n",
    });
    const { status, stderr } = gate([weekly]);
    assert.equal(status, 1);
    assert.match(stderr, /^Deployments are frozen by weekly until \d{4}-\d\d-\d\dT\d\d:00:00Z\.\n$/);
  });

  it("is closed for input that it cannot read", () => {
    for (const input of [
      "",
      "{}",
      "[{}]",
      [{ ...always, timeZone: "CET" }],
      [{ ...weekly, recurrence: "@daily" }],
    ]) {
      const { status, stderr } = gate(input);
      assert.equal(status, 2);
      assert.match(
        stderr,
        /^The deploy gate can't read the freezes, so nothing may be deployed\.\n {2}got: /,
      );
    }
  });
});
