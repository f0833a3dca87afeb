/**
 * Programs besides Node.js that tests run. Where one is missing, the tests that need it are skipped, and their titles
 * say so: `npm test` passes on a machine with only Node.js.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const VENV = join(__dirname, "..", "..", ".venv", "bin");
const ON_PATH = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");

/** The places where each program is searched, and its name in titles. */
const PROGRAMS = {
  bash: { places: ON_PATH, title: "bash" },
  chromium: { places: ON_PATH, title: "Debian's package chromium" },
  git: { places: ON_PATH, title: "git" },
  haproxy: { places: ON_PATH, title: "Debian's package haproxy" },
  nginx: { places: ON_PATH, title: "Debian's package nginx" },
  openssl: { places: ON_PATH, title: "Debian's package openssl" },
  python3: { places: ON_PATH, title: "Python" },
  perl: { places: ON_PATH, title: "Perl" },
  tar: { places: ON_PATH, title: "tar" },
  moto_server: { places: [VENV], title: "moto: test/requirements.txt" },
  "cfn-lint": { places: [VENV], title: "cfn-lint: test/requirements.txt" },
  actionlint: { places: [VENV], title: "actionlint, which .ci/run installs" },
  zizmor: { places: [VENV], title: "zizmor, which .ci/run installs" },
  "check-jsonschema": { places: [VENV], title: "check-jsonschema: test/requirements.txt" },
  pulumi: { places: ON_PATH, title: "the Pulumi CLI" },
} as const;

/** A program's name. */
export type Program = keyof typeof PROGRAMS;

/** The path of an installed program; undefined if it isn't installed. */
export function pathOf(program: Program): string | undefined {
  const file = process.platform === "win32" ? `${program}.exe` : program;
  return PROGRAMS[program].places.map((folder) => join(folder, file)).find(isExecutable);
}

/** Describes tests that need programs; without one of them, each test is skipped and says so. */
export function describeWith(programs: readonly Program[], title: string, tests: () => void): void {
  const needs = needsOf(programs);
  if (needs === "") describe(title, tests);
  else describe.skip(`${title}${needs}`, tests);
}

/** Declares a test that needs programs; without one of them, it is skipped and says so. */
export function itWith(
  programs: readonly Program[],
  title: string,
  test: () => void | Promise<void>,
): Mocha.Test {
  const needs = needsOf(programs);
  return needs === "" ? it(title, test) : it.skip(`${title}${needs}`);
}

function needsOf(programs: readonly Program[]): string {
  const missing = programs
    .filter((program) => pathOf(program) === undefined)
    .map((program) => PROGRAMS[program].title);
  return missing.length === 0 ? "" : ` (needs ${missing.join(", ")})`;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
