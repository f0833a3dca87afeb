/** The outcome of each row of {@link PLAN_ROWS}: on the true engine and in a rehearsal. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nameOf, typeOf } from "../../packages/rehearse/engine/urn";
import type { JsonStack } from "../../packages/rehearse/report/json";
import { PLAN_ROWS, type PlanRow, programOfRows } from "./plan-rows";
import { pack, parsed, programOf, rehearseWarm } from "./rehearse";
import { runTrueEngine } from "./true-engine";

/** By row: the operations on its resources, without unchanged ones, and the resources that Pulumi refuses. */
export type PlanTable = Readonly<
  Record<string, { readonly plan: readonly string[]; readonly refused: readonly string[] }>
>;

/** The recorded outcomes of the true engine. */
export const RECORDED = join(__dirname, "..", "fixtures", "plans-by-pulumi.json");

/** Reads the recorded outcomes. */
export function recordedPlans(): PlanTable {
  return parsed<PlanTable>(readFileSync(RECORDED, "utf8"));
}

/** The rows that share a program, and those with their own program. */
const PROGRAMS: readonly (readonly PlanRow[])[] = [
  PLAN_ROWS.filter(({ isAlone }) => isAlone !== true),
  ...PLAN_ROWS.filter(({ isAlone }) => isAlone === true).map((row) => [row]),
];

/** Runs every program, and groups the operations on its resources by row. */
async function tableBy(
  run: (
    before: string,
    after: string,
  ) => Promise<{ plan: readonly [string, string][]; refused: readonly string[] }>,
): Promise<PlanTable> {
  const table: Record<string, { plan: string[]; refused: string[] }> = {};
  for (const rows of PROGRAMS) {
    const found = await run(
      programOf(programOfRows(rows, "before")),
      programOf(programOfRows(rows, "after")),
    );
    const isOf = ({ name }: PlanRow, urn: string): boolean =>
      rows
        .filter((row) => nameOf(urn).startsWith(`${row.name}-`))
        .every((row) => row.name.length <= name.length) && nameOf(urn).startsWith(`${name}-`);
    for (const row of rows) {
      table[row.name] = {
        plan: found.plan
          .filter(([urn]) => row.isAlone !== true && isCounted(urn) && isOf(row, urn))
          .map(([urn, what]) => `${what} ${typeOf(urn)} ${nameOf(urn)}`)
          .sort(),
        refused: found.refused
          .filter((urn) => isCounted(urn) && isOf(row, urn))
          .map(nameOf)
          .sort(),
      };
    }
  }
  return table;
}

/** The outcome of the rows on the true engine. */
export function plansOfEngine(): Promise<PlanTable> {
  return tableBy(async (before, after) => {
    const { operations, errors } = await runTrueEngine({
      program: after,
      programBefore: before,
      stack: "dev",
      mode: "preview",
      deployedBefore: join(before, "Pulumi.dev.yaml"),
    });
    const byUrn = new Map<string, string[]>();
    for (const { urn, op, wasRead } of operations)
      byUrn.set(urn, [...(byUrn.get(urn) ?? []), wasRead && op === "create-replacement" ? "create" : op]);
    return {
      plan: [...byUrn].flatMap(([urn, ops]): [string, string][] => {
        const what = operationOf(ops);
        return what === "" ? [] : [[urn, what]];
      }),
      refused: [
        ...new Set(
          errors.flatMap(
            (error) => /"(urn:[^"]+)"|(urn:\S+?)'? conflicting/.exec(error)?.slice(1).find(Boolean) ?? [],
          ),
        ),
      ],
    };
  });
}

const isCounted = (urn: string): boolean => !/^(pulumi|shop):/.test(typeOf(urn));

/** The engine's steps for one URN as one operation; empty for none. */
function operationOf(ops: readonly string[]): string {
  const [created, deleted] = [ops.indexOf("create-replacement"), ops.indexOf("delete-replaced")];
  if (created >= 0) return deleted >= 0 && deleted < created ? "replace, deleted first" : "replace";
  if (ops.includes("read-replacement")) return "let go";
  if (ops.includes("import-replacement")) return "replace";
  // A resource found by an alias is deleted under its old name.
  const [op = ""] = ops;
  return ["same", "read", "discard", "delete-replaced"].includes(op) ? "" : op;
}

/** The outcome of the rows in a rehearsal. */
export function plansOfRehearsal(): Promise<PlanTable> {
  const folder = mkdtempSync(join(tmpdir(), "plans-"));
  const file = join(folder, "state.json");
  const args = (program: string) => ["dev", "--program", program, "--policy-pack", pack("allows")];
  return tableBy(async (before, after) => {
    const first = await rehearseWarm([...args(before), "--mode", "up", "--export", file]);
    assert.equal(first.status, 0, first.stdout + first.stderr);
    const { stdout, stderr } = await rehearseWarm([...args(after), "--against", file, "--json"]);
    const { diff } =
      parsed<{ stacks: JsonStack[] }>(stdout || assert.fail(stderr)).stacks[0] ?? assert.fail();
    assert.ok(diff);
    const all = (urns: readonly string[], what: string) => urns.map((urn): [string, string] => [urn, what]);
    return {
      plan: [
        ...all(diff.create, "create"),
        ...all(
          diff.update.map(({ urn }) => urn),
          "update",
        ),
        ...diff.replace.map(({ urn, deletesFirst }): [string, string] => [
          urn,
          deletesFirst ? "replace, deleted first" : "replace",
        ]),
        ...all(diff.import, "import"),
        ...all([...diff.delete, ...diff.forget], "delete"),
        ...all(diff.release, "let go"),
      ],
      refused: [...new Set(diff.refused.map(({ urn }) => urn))],
    };
  }).finally(() => rmSync(folder, { recursive: true }));
}
