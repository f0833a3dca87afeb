import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readCommandLine } from "../../packages/rehearse/cli/command-line";
import { runTool } from "../../tools/cli/command";
import { ROOT } from "../support/rehearse";
import type { Snapshot } from "./snapshot";

/** The paths whose effect is compared; all other files do the comparison. */
const JUDGED = [
  "app",
  "bootstrap",
  "components",
  "examples",
  "functions",
  "policies",
  "corpus",
  "stacks",
  ":(glob)Pulumi*.yaml",
];
/** Number of differences that are shown for one program; the rest are only counted. */
const SHOWN = 5;

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-C", ROOT, ...args], { encoding: "utf8" }).trim();

function snapshotOf(root: string): Snapshot {
  const preload = (name: string): string[] => ["--require", `./packages/rehearse/hosts/preload/${name}.cjs`];
  const text = execFileSync(
    process.execPath,
    [
      ...["stack-traces", "plain-packages", "unpack-once"].flatMap(preload),
      "--require",
      "tsx/cjs",
      "test/unchanged/snapshot.ts",
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 1e9, stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(text) as Snapshot;
}

/** This checkout, with the compared paths as they were at a commit. */
function withFormer(commit: string, judge: (root: string) => Snapshot): Snapshot {
  const folder = mkdtempSync(join(tmpdir(), "unchanged-"));
  try {
    git("worktree", "add", "--quiet", "--detach", folder, "HEAD");
    const there = (...args: readonly string[]): string => git("-C", folder, ...args);
    there("rm", "-r", "--quiet", "--ignore-unmatch", "--", ...JUDGED);
    // Paths that didn't exist yet are new as a whole. `git rm` has emptied the index, so this lists the commit's files.
    const former = JUDGED.filter((path) => there("ls-files", "--with-tree", commit, "--", path) !== "");
    there("checkout", commit, "--", ...former);
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return judge(folder);
  } finally {
    git("worktree", "remove", "--force", folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The differences by program, one per line. */
export function differences(before: Snapshot, after: Snapshot): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const program of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old = {}, now = {}] = [before[program], after[program]];
    const lines = [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => {
      if (old[key] === now[key]) return [];
      if (old[key] === undefined) return [`+ ${key}`];
      if (now[key] === undefined) return [`- ${key}`];
      return [`~ ${key}\n    was: ${excerpt(old[key], now[key])}\n    is:  ${excerpt(now[key], old[key])}`];
    });
    if (lines.length > 0) found.set(program, lines);
  }
  return found;
}

/** The part of a text where it begins to differ from another one: user data and programs are long. */
function excerpt(text: string, other: string): string {
  let same = 0;
  while (same < text.length && text[same] === other[same]) same++;
  const from = Math.max(0, same - 100);
  const part = text.slice(from, from + 300);
  return `${from > 0 ? "…" : ""}${part}${from + part.length < text.length ? "…" : ""}`;
}

const USAGE = `npm run unchanged -- [COMMIT]

Tells what changed since a commit (default: the merge base with origin/main) in the plans of dev, prod, every example and the
bootstrap program, and in what the pack finds in the attacks and the compliant programs. A restructuring changes nothing.
Both are rehearsed by this checkout's own rehearsal and tests, so a difference is one of the program or of the pack.

  --help  print this help

Exit status: 0 nothing changed, or a commit since then says so in a trailer (Plan-change: WHAT AND WHY), 1 something did.`;

async function main(): Promise<number> {
  const line = readCommandLine(USAGE, process.argv.slice(2), {});
  if (line === undefined) {
    console.log(USAGE);
    return 0;
  }
  const [ref = "origin/main"] = line.positionals;
  const commit = git("merge-base", "HEAD", ref);
  const announced = git("log", "--format=%(trailers:key=Plan-change,valueonly)", `${commit}..HEAD`);
  const found = differences(withFormer(commit, snapshotOf), snapshotOf(ROOT));
  for (const [program, lines] of found) {
    console.log(`${program}: ${lines.length} differences\n  ${lines.slice(0, SHOWN).join("\n  ")}`);
    if (lines.length > SHOWN) console.log(`  and ${lines.length - SHOWN} more`);
  }
  if (found.size === 0) console.log(`No plan and no finding has changed since ${commit.slice(0, 10)}.`);
  else if (announced !== "") console.log(`Announced since ${commit.slice(0, 10)}:\n${announced}`);
  else console.log("A commit that means these changes says so in a trailer: Plan-change: WHAT AND WHY");
  return found.size === 0 || announced !== "" ? 0 : 1;
}

if (require.main === module) runTool("unchanged", main);
