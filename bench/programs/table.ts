import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Cause, Program } from "./list";

/** A program's outcome. */
export interface Outcome {
  readonly program: Program;
  readonly result: "ran in both modes" | Cause | "ours";
  /** The explanation; empty for none. */
  readonly why: string;
}

const RESULTS = [
  "ran in both modes",
  "own fault",
  "documented limit",
  "package not installed",
  "ours",
] as const;

/** Packages whose versions affect the results. */
const VERSIONS = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/awsx", "@pulumi/eks", "@pulumi/kubernetes"];

/**
 * docs/compatibility.md.
 *
 * @param packages - the folder whose packages the programs used
 */
export function documentOf(outcomes: readonly Outcome[], packages: string): string {
  const repositories = [...new Set(outcomes.map(({ program }) => program.repository))];
  const count = (result: Outcome["result"], repository?: string): number =>
    outcomes.filter(
      (outcome) =>
        outcome.result === result && (repository === undefined || outcome.program.repository === repository),
    ).length;
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  const counts = [
    row(["", ...RESULTS, "programs"]),
    row(["---", ...RESULTS.map(() => "---"), "---"]),
    ...repositories.map((repository) =>
      row([
        repository,
        ...RESULTS.map((result) => count(result, repository)),
        outcomes.filter(({ program }) => program.repository === repository).length,
      ]),
    ),
    row(["all", ...RESULTS.map((result) => count(result)), outcomes.length]),
  ];
  const versions = VERSIONS.flatMap((name) => {
    try {
      const text = readFileSync(join(packages, "node_modules", name, "package.json"), "utf8");
      return [`\`${name}\` ${(JSON.parse(text) as { version: string }).version}`];
    } catch {
      return [];
    }
  });
  const commitsOf = (repository: string): string => {
    const own = outcomes.filter(({ program }) => program.repository === repository);
    const [commit = "", ...others] = new Set(own.map(({ program }) => program.commit.slice(0, 12)));
    return others.length === 0 ? `at ${commit}` : "at several commits";
  };
  return [
    "# Programs that others wrote",
    "",
    "`npm run bench:programs` ([bench/programs](../bench/programs/README.md)) rehearses these public programs, unmodified (except those",
    "of pulumi-aws: see there), in both modes, with a pack that allows everything. They are read at the commits in its list, run, and",
    "never committed.",
    `Packages: ${versions.join(", ")}.`,
    "",
    ...counts,
    "",
    "- **Own fault**: it fails on Pulumi's engine with these packages, too.",
    "- **Documented limit**: [differences.md](differences.md) says that it can't be rehearsed.",
    "- **Package not installed**: it needs a package that wasn't available.",
    "- **Ours**: the rehearsal's fault.",
    "",
    ...repositories.flatMap((repository) => [
      `## ${repository}, ${commitsOf(repository)}`,
      "",
      row(["program", "result", ""]),
      row(["---", "---", "---"]),
      ...outcomes
        .filter(({ program }) => program.repository === repository)
        .map(({ program, result, why }) => row([`\`${program.path}\``, result, why.replaceAll("|", "\\|")])),
      "",
    ]),
  ].join("\n");
}
