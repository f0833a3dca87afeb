import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseExport, readExport } from "../../packages/rehearse/report/read-export";
import { pack, parsed, programOf, rehearseWarm } from "../support/rehearse";

describe("numbers that JSON cannot represent", () => {
  it("are written to a state as Pulumi writes them, and read back unchanged", async () => {
    const folder = mkdtempSync(join(tmpdir(), "state-floats-"));
    try {
      const file = join(folder, "state.json");
      const program = programOf('new aws.sns.Topic("t", { tags: { odd: NaN, far: -1e999, near: 0.5 } });');
      const args = ["dev", "--program", program, "--policy-pack", pack("allows"), "--mode", "up"];
      assert.equal((await rehearseWarm([...args, "--export", file])).status, 0);
      const { deployment } = parsed<{ deployment: { resources: { inputs?: { tags?: object } }[] } }>(
        readFileSync(file, "utf8"),
      );
      const float = (value: string): object => ({
        "4dabf18193072939515e22adb298388d": "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
        value,
      });
      assert.deepEqual(deployment.resources.find(({ inputs }) => inputs?.tags !== undefined)?.inputs?.tags, {
        odd: float("7ff8000000000000"),
        far: float("fff0000000000000"),
        near: 0.5,
      });
      const [topic] = readExport(parseExport(file, "state")).filter(({ name }) => name === "t");
      assert.deepEqual(topic?.inputs["tags"], { odd: NaN, far: -Infinity, near: 0.5 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
