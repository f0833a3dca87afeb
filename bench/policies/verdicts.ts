import { type Program, twinOf } from "./corpus";
import { difference, type Reported, type Reports } from "./findings";
import { table } from "./print";

/** A tool that judges programs, or templates of them. */
export interface Tool {
  readonly title: string;
  readonly version: string;
  readonly reports: Reports;
  readonly isOurs: boolean;
  readonly reads: "program" | "template";
}

/** A tool's verdict on an attack. */
export interface Verdict {
  readonly program: Program;
  readonly outcome: "caught" | "missed" | "not expressible";
  /** True if its findings would fail a build. */
  readonly refused: boolean;
  /** Its findings that are due to the defect. */
  readonly because: readonly Reported[];
}

/** All verdicts of a tool. */
export interface Verdicts {
  readonly tool: Tool;
  readonly attacks: readonly Verdict[];
  /** The findings that would fail the build of a compliant program, by program; programs without any are left out. */
  readonly falseAlarms: ReadonlyMap<string, readonly Reported[]>;
}

/**
 * Evaluates a tool. It catches an attack if it reports something on it that it does not report on its twin, the same
 * program without the defect.
 *
 * @param inexpressible attacks whose template is the same with and without the defect
 */
export function verdictsOf(
  tool: Tool,
  programs: readonly Program[],
  inexpressible: ReadonlySet<string>,
): Verdicts {
  const reportOf = (key: string): readonly Reported[] => tool.reports.get(key) ?? [];
  const sound = programs.filter(({ kind }) => kind === "sound");
  const attacks = programs
    .filter(({ kind }) => kind === "attack")
    .map((program): Verdict => {
      const { name } = program;
      const because = difference(reportOf(name), reportOf(twinOf(name)));
      const isCaught = because.length > 0;
      const isSilent = !isCaught && tool.reads === "template" && inexpressible.has(name);
      const outcome = isCaught ? "caught" : isSilent ? "not expressible" : "missed";
      return { program, outcome, because, refused: because.some(({ fails }) => fails) };
    });
  const falseAlarms = new Map(
    sound
      .map(({ name }) => [name, reportOf(name).filter(({ fails }) => fails)] as const)
      .filter(([, found]) => found.length > 0),
  );
  return { tool, attacks, falseAlarms };
}

/** The summary page, as Markdown. */
export function documentOf(all: readonly Verdicts[], programs: readonly Program[]): string {
  const sound = programs.filter(({ kind }) => kind === "sound").length;
  const attacks = programs.length - sound;
  return `${[
    "# The policy pack compared with its peers",
    `Our pack and its peers judge the [corpus](../corpus/README.md) of ${attacks} attacks and ${sound} compliant programs. ` +
      "An attack is caught if the tool reports something on it that it doesn't report on its twin, the same program " +
      "without the defect. [bench/policies](../bench/policies/README.md) describes how this is measured, and " +
      "[policy-peers.csv](policy-peers.csv) has each tool's result on each program. `npm run bench:policies` writes both.",
    summary(all, sound),
    "## By area",
    byArea(all, programs),
    "## What a peer catches and ours doesn't",
    holes(all),
    "## What fires on compliant programs",
    `For each tool, the ${SHOWN} checks that would fail the build of most of these programs.`,
    alarms(all),
  ].join("\n\n")}\n`;
}

/**
 * A row for each program, as CSV: each tool's findings that are due to an attack's defect, and those that would fail
 * the build of a compliant program.
 *
 * @param left by program, the parts that CloudFormation can't express
 */
export function rowsOf(
  all: readonly Verdicts[],
  programs: readonly Program[],
  left: ReadonlyMap<string, readonly string[]>,
): string {
  const cellOf = ({ attacks, falseAlarms }: Verdicts, { name }: Program): string => {
    const verdict = attacks.find(({ program }) => program.name === name);
    if (verdict === undefined) return checksOf(falseAlarms.get(name) ?? []).join("; ");
    return verdict.outcome === "caught" ? checksOf(verdict.because).join("; ") : verdict.outcome;
  };
  const rows = programs.map((program) => [
    program.area,
    program.name,
    ...all.map((verdicts) => cellOf(verdicts, program)),
    (left.get(program.name) ?? []).join("; "),
  ]);
  const head = ["area", "program", ...all.map(({ tool }) => tool.title), "not in the template"];
  const escaped = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [head, ...rows].map((row) => `${row.map(escaped).join(",")}\n`).join("");
}

/** Number of checks shown per tool that fire on compliant programs. */
const SHOWN = 5;

function count(attacks: readonly Verdict[], outcome: Verdict["outcome"]): number {
  return attacks.filter((verdict) => verdict.outcome === outcome).length;
}

function summary(all: readonly Verdicts[], sound: number): string {
  const rows = all.map(({ tool, attacks, falseAlarms }) => [
    `${tool.title}`,
    tool.version,
    String(count(attacks, "caught")),
    String(attacks.filter(({ refused }) => refused).length),
    String(count(attacks, "missed")),
    String(count(attacks, "not expressible")),
    `${falseAlarms.size} of ${sound}`,
    String([...falseAlarms.values()].flat().length),
  ]);
  return table([
    [
      "tool",
      "version",
      "caught",
      "of them refused",
      "missed",
      "not expressible",
      "compliant programs refused",
      "findings on them",
    ],
    ...rows,
  ]);
}

function byArea(all: readonly Verdicts[], programs: readonly Program[]): string {
  const areas = [...new Set(programs.filter(({ kind }) => kind === "attack").map(({ area }) => area))].sort();
  const rows = areas.map((area) => [
    area,
    String(programs.filter((program) => program.area === area).length),
    ...all.map(({ attacks }) => {
      const own = attacks.filter(({ program }) => program.area === area);
      return ["caught", "missed", "not expressible"]
        .map((outcome) => count(own, outcome as Verdict["outcome"]))
        .join(" / ");
    }),
  ]);
  return `Caught / missed / not expressible.\n\n${table([["area", "attacks", ...all.map(({ tool }) => tool.title)], ...rows])}`;
}

function holes(all: readonly Verdicts[]): string {
  const ours = all.filter(({ tool }) => tool.isOurs);
  const lines = all
    .filter(({ tool }) => !tool.isOurs)
    .flatMap(({ tool, attacks }) =>
      attacks
        .filter(({ outcome }) => outcome === "caught")
        .filter(({ program }) =>
          ours.every((our) =>
            our.attacks.some(
              (verdict) => verdict.program.name === program.name && verdict.outcome !== "caught",
            ),
          ),
        )
        .map(
          ({ program, because }) =>
            `- ${program.area}/${program.name}: ${tool.title} ${checksOf(because).join(", ")}`,
        ),
    );
  return lines.length === 0 ? "Nothing." : lines.join("\n");
}

function alarms(all: readonly Verdicts[]): string {
  const rows = all.flatMap(({ tool, falseAlarms }) => {
    const byCheck = new Map<string, { programs: number; message: string }>();
    for (const found of falseAlarms.values()) {
      for (const check of checksOf(found)) {
        const message = found.find((each) => each.check === check)?.message ?? "";
        byCheck.set(check, { programs: (byCheck.get(check)?.programs ?? 0) + 1, message });
      }
    }
    return [...byCheck]
      .sort(([, one], [, other]) => other.programs - one.programs)
      .slice(0, SHOWN)
      .map(([check, { programs, message }]) => [tool.title, check, String(programs), shortened(message)]);
  });
  return rows.length === 0 ? "Nothing." : table([["tool", "check", "programs", "says"], ...rows]);
}

function shortened(text: string): string {
  const line = (text.split("\n")[0] ?? "").replaceAll("|", "\\|");
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}

function checksOf(found: readonly Reported[]): string[] {
  return [...new Set(found.map(({ check }) => check))].sort();
}
