import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { listedPrograms, nameOf } from "../../bench/programs/list";
import { faultsOf, type Judgement, precisionOf, type Told } from "../../bench/programs/precision-document";

const ROOT = join(__dirname, "..", "..");

const read = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as T;

const told: readonly Told[] = [
  {
    program: "o/r/shop",
    mandatory: [
      { rule: "doors", resource: "aws:x:Door::front", says: "It is open." },
      { rule: "doors", resource: "aws:x:Door::cellar", says: "It is open." },
    ],
    advisory: {},
  },
  { program: "o/r/office", mandatory: [], advisory: { lamps: 2 } },
  { program: "o/other/hut", mandatory: [], advisory: {} },
  { program: "o/other/ruin" },
];

const judgement = (over: Partial<Judgement>): Judgement => ({
  rule: "doors",
  programs: ["o/r/shop"],
  judgement: "defended",
  why: "Anybody walks in.",
  ...over,
});

describe("Judgements of the pack's refusals in other people's programs", () => {
  it("exist for each mandatory finding", () => {
    assert.deepEqual(faultsOf(told, [judgement({})]), []);
    assert.deepEqual(faultsOf(told, [judgement({ resource: "front" })]), [
      "doors refuses aws:x:Door::cellar of o/r/shop, and judgements.json has 0 judgements of it; it needs exactly one",
    ]);
    assert.deepEqual(faultsOf(told, [judgement({}), judgement({ resource: "front" })]), [
      "doors refuses aws:x:Door::front of o/r/shop, and judgements.json has 2 judgements of it; it needs exactly one",
    ]);
  });

  it("exist only for existing findings", () => {
    assert.deepEqual(faultsOf(told, [judgement({ programs: ["o/r/shop", "o/r/office"] })]), [
      "judgements.json judges findings of doors in o/r/office, which has none; remove the judgement",
    ]);
  });

  it("are counted by program, rule and judgement", () => {
    const document = precisionOf(told, [
      judgement({ resource: "front" }),
      judgement({ resource: "cellar", judgement: "false alarm", why: "It leads nowhere." }),
    ]);
    for (const line of [
      "Of 2 mandatory findings 1 are false alarms.",
      "| o/r | 1 | 1 | 0 | 0 | 2 |",
      "| all | 1 | 1 | 1 | 1 | 4 |",
      "| `doors` | 2 | 1 | 1 | 1 |",
      "- **false alarm**, 1: It leads nowhere. _In_ o/r: `shop`.",
    ])
      assert.ok(document.split("\n").includes(line), `${line} is not in\n${document}`);
  });
});

describe("docs/precision.md", () => {
  const findings = read<readonly Told[]>("bench/programs/findings.json");
  const judgements = read<readonly Judgement[]>("bench/programs/judgements.json");
  const path = join(ROOT, "docs", "precision.md");

  it("matches the kept findings and the judgements, for all programs", async () => {
    assert.deepEqual(faultsOf(findings, judgements), []);
    assert.deepEqual(
      findings.map(({ program }) => program),
      listedPrograms().map(nameOf),
    );
    const options = { ...(await resolveConfig(path)), filepath: path };
    assert.equal(readFileSync(path, "utf8"), await format(precisionOf(findings, judgements), options));
  });

  it("lists no false alarm", () => {
    assert.deepEqual(
      judgements.filter((one) => one.judgement === "false alarm"),
      [],
    );
  });
});
