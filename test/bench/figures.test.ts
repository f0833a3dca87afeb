import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { PAGE, pretty, readFigures } from "../../bench/figures/kept";
import { main } from "../../bench/figures/main";
import { pageOf } from "../../bench/figures/page";
import { type Figures, NotMeasured, type Part } from "../../bench/figures/part";
import { PARTS } from "../../bench/figures/parts";
import { ROOT } from "../support/rehearse";

const doors: Part = {
  name: "doors",
  claims: "Doors shut.",
  judge: "A hand.",
  count: 3,
  counted: "pushes",
  peers: [{ who: "Gates 2.0", says: "two of three shut", source: "performance.md" }],
  measure: ({ count }) =>
    Promise.resolve({
      figures: [
        { what: "doors shut", value: 2, unit: "", of: count, goal: { atLeast: 3 } },
        { what: "seconds to shut", value: 0.123456, unit: "s", goal: { atMost: 1 } },
        { what: "doors", value: 1234, unit: "" },
      ],
      faults: ["the third door\nis warped"],
    }),
};
const windows: Part = {
  name: "windows",
  claims: "Windows shut.",
  judge: "A hand.",
  count: 0,
  counted: "",
  measure: () => Promise.reject(new NotMeasured("there is no window")),
};

/** The output and exit status of a command line; nothing is saved. */
async function told(argv: readonly string[], signal = new AbortController().signal) {
  const lines: string[] = [];
  const status = await main([...argv, "--dry-run"], (line) => lines.push(line), signal, [doors, windows]);
  return { status, text: lines.join("\n") };
}

describe("npm run figures", () => {
  it("measures the named parts, prints each figure and error, and ends with 1 for a missed goal", async () => {
    const { status, text } = await told(["doors"]);
    assert.equal(status, 1);
    for (const line of ["doors, 0 s: doors shut: 2  of 3, MISSED", "doors, 0 s: doors: 1234 "])
      assert.ok(text.split("\n").includes(line), text);
    assert.match(text, /fault: the third door/);
    assert.doesNotMatch(text, /windows/);
  });

  it("continues if a part cannot be measured, and states why", async () => {
    const { status, text } = await told(["windows"]);
    assert.equal(status, 0);
    assert.match(text, /windows, 0 s: not measured: there is no window/);
  });

  it("measures as often as requested", async () => {
    assert.match((await told(["doors", "--count", "7"])).text, /2 {2}of 7/);
    await assert.rejects(told(["--count", "many"]), /--count is "many"; it must be a whole number from 1 to/);
  });

  it("names the existing parts", async () => {
    await assert.rejects(
      told(["door"]),
      /there is no part "door"; the parts are doors, windows. Did you mean doors?/,
    );
  });

  it("starts no part once it is interrupted", async () => {
    const { status, text } = await told([], AbortSignal.abort());
    assert.deepEqual([status, text], [1, ""]);
  });
});

describe("docs/figures.md", () => {
  it("matches the kept figures", async () => {
    assert.equal(readFileSync(PAGE, "utf8"), await pretty(PAGE, pageOf(PARTS, readFigures())));
  });

  it("contains existing parts only", () => {
    const names = PARTS.map(({ name }) => name);
    assert.deepEqual(
      Object.keys(readFigures()).filter((name) => !names.includes(name)),
      [],
    );
  });

  it("contains figures, goals, errors and peers, and what was not measured", async () => {
    const machine = { cores: 2, gibibytes: 8, node: "v20.1.0", system: "linux x64", load: [1, 2] as const };
    const measured = await doors.measure({
      count: 3,
      log: () => undefined,
      signal: new AbortController().signal,
    });
    const figures: Figures = { doors: { count: 3, date: "2026-11-30", seconds: 61, machine, ...measured } };
    const page = pageOf([doors, windows], figures);
    for (const line of [
      "1 goals are met, 1 missed. Not measured: `windows`.",
      "| doors shut | 2 | 3 | ≥ 3 | **missed** |",
      "| seconds to shut | 0.123 s |  | ≤ 1 | met |",
      "| doors | 1,234 |  |  |  |",
      "- the third door is warped",
      "- **Gates 2.0**: two of three shut ([performance.md](performance.md))",
      "2026-11-30: 3 pushes, 61 s, on 2 cores and 8 GiB, Node 20.1.0, linux x64, load 1 to 2.",
      "Not measured.",
    ])
      assert.ok(page.split("\n").includes(line), `${line} is not in\n${page}`);
  });
});

describe("The parts of the figures", () => {
  it("have different names, each with its module", () => {
    const names = PARTS.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    for (const name of names) readFileSync(join(ROOT, "bench", "figures", `${name}.ts`));
  });
});
