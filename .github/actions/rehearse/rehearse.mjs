// The first step of action.yml: rehearses as its inputs say, which come by environment variables of their names, and tells
// the verdict by GITHUB_OUTPUT. Exits as `rehearse` does, but with 0 for a refusal that shall not fail the job.
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { command } from "./command.mjs";

/** The repository of this action, which GitHub fetches as a whole. */
const REPOSITORY = join(import.meta.dirname, "..", "..", "..");
const REFUSED = 1;
const WRONG_USE = 2;

/** What the action tells the rehearsal itself. */
const OWN = ["program", "policy-pack", "policy-pack-config", "against", "report", "markdown", "sarif"].map(
  (name) => `--${name}`,
);

/** What of the program's errors a comment shows, in characters. */
const MOST_ERRORS = 20_000;

const { env } = process;
const lines = (input) => (env[input] ?? "").split("\n").flatMap((line) => line.trim() || []);

const switches = ["REPORT", "COMMENT", "FAIL_ON_FINDINGS"];
const faults = switches
  .filter((input) => !["true", "false"].includes(env[input]))
  .map((input) => `${nameOf(input)} is "${env[input] ?? ""}"; it must be true or false`);
if (!existsSync(join(env.PROGRAM || ".", "Pulumi.yaml")))
  faults.push(
    `program is "${env.PROGRAM ?? ""}", and there is no Pulumi.yaml in that folder of the checkout; name the one that has it`,
  );
for (const option of lines("OPTIONS")) {
  if (!option.startsWith("--"))
    faults.push(`options has "${option}"; each line must be one option, such as --budget=500`);
  const [name] = option.split("=");
  if (OWN.includes(name))
    faults.push(
      `options has "${option}"; ${name} is the action's own: use the input ${name.slice(2)} if there is one, or the outputs`,
    );
}
if (faults.length > 0) leave(faults);

const against = (env.AGAINST ?? "").trim();
if (against !== "" && !isCommit(against))
  leave([
    `against is "${against}", which this checkout doesn't have; give actions/checkout fetch-depth: 0, or the action against: ""`,
  ]);

const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), "rehearse-"));
const [markdown, sarif, report] = ["comment.md", "findings.sarif", "report"].map((name) =>
  join(folder, name),
);
const stacks = (env.STACKS ?? "").split(/\s+/).filter((name) => name !== "");
const args = [
  "--program",
  env.PROGRAM || ".",
  "--markdown",
  markdown,
  "--sarif",
  sarif,
  ...lines("POLICY_PACK").flatMap((pack) => ["--policy-pack", pack]),
  ...lines("POLICY_PACK_CONFIG").flatMap((file) => ["--policy-pack-config", file]),
  ...(against === "" ? [] : ["--against", against]),
  ...(env.REPORT === "true" ? ["--report", report] : []),
  ...lines("OPTIONS"),
  "--",
  ...stacks,
];

// What the program prints must not be taken for a command to the runner:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
const end = randomUUID();
console.log(`::stop-commands::${end}`);
const { status, stderr } = await run(process.execPath, [rehearsal(), ...args]);
console.log(`::${end}::`);

// One comment for each program and choice of stacks, so that two jobs of a pull request don't overwrite each other's.
const key = [env.PROGRAM || ".", ...stacks].join(" ").replace(/[^\w./ -]/g, "_");
const text = existsSync(markdown)
  ? readFileSync(markdown, "utf8").replace(/^<!--.*-->\n/, "")
  : `\n### Rehearsal: ❌ not possible\n\n${fenced(stderr.slice(-MOST_ERRORS))}\n`;
writeFileSync(markdown, `<!-- rehearse: ${key} -->\n${text}`);

// With --help among the options nothing is rehearsed, and nothing is allowed.
const isRehearsed = existsSync(sarif);
const levels = isRehearsed ? levelsOf(JSON.parse(readFileSync(sarif, "utf8"))) : [];
const count = (level) => levels.filter((one) => one === level).length;
const outputs = {
  verdict: (isRehearsed && { 0: "allowed", [REFUSED]: "refused" }[status]) || "failed",
  mandatory: count("error"),
  advisory: count("warning"),
  markdown,
  sarif: isRehearsed ? sarif : "",
  report: existsSync(report) ? report : "",
};
for (const [name, value] of Object.entries(outputs)) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value}\n`);
if (outputs.verdict === "failed") process.exitCode = status || WRONG_USE;
else if (outputs.verdict === "refused" && env.FAIL_ON_FINDINGS === "true") process.exitCode = status;

/** The input of an environment variable. */
function nameOf(variable) {
  return variable.toLowerCase().replaceAll("_", "-");
}

/** Tells what is wrong with the inputs, in the log and beside the pull request's files, and ends. */
function leave(found) {
  for (const fault of found) command("error", fault);
  process.exit(WRONG_USE);
}

function isCommit(ref) {
  const asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  return spawnSync("git", asked, { stdio: "ignore" }).status === 0;
}

/** The command that rehearses: the program's own package, else that of this repository, installed by its lockfile. */
function rehearsal() {
  const own = createRequire(resolve(env.PROGRAM || ".", "package.json"));
  try {
    return join(dirname(own.resolve("@web-store/rehearse/package.json")), "bin.cjs");
  } catch {
    // It isn't installed there.
  }
  if (!existsSync(join(REPOSITORY, "node_modules"))) {
    const packages = ["--workspace", "packages/rehearse", "--workspace", "policies"];
    const npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...packages];
    const installed = spawnSync("npm", npm, { cwd: REPOSITORY, stdio: "inherit" });
    if (installed.status !== 0) {
      console.log(`::${end}::`);
      leave(["npm can't install the rehearsal's packages: see above"]);
    }
  }
  return join(REPOSITORY, "packages", "rehearse", "bin.cjs");
}

/** Runs a program to its end; what it prints is in the log as well. */
function run(command, argv) {
  const child = spawn(command, argv, { stdio: ["ignore", "inherit", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr = (stderr + data).slice(-MOST_ERRORS);
    process.stderr.write(data);
  });
  return new Promise((done, fail) =>
    child.on("error", fail).on("close", (status) => done({ status: status ?? 3, stderr })),
  );
}

/** The levels of what is found and isn't exempt. */
function levelsOf({ runs }) {
  const results = runs.flatMap((run) => run.results);
  return results.filter(({ suppressions = [] }) => suppressions.length === 0).map(({ level }) => level);
}

/** Text in which nothing is markup, and that can't end its block. */
function fenced(text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text.trim()}\n${fence}`;
}
