import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Template } from "./cloudformation/translate";
import type { Reported, Reports } from "./findings";
import { installPythonTool, pythonPath } from "./install";

/** The Region for which templates are linted. */
export const REGION = "eu-west-1";

/** Writes templates into a folder, which is emptied first, each under its key. */
export function writeTemplates(folder: string, templates: ReadonlyMap<string, Template>): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return [...templates].map(([key, template]) => {
    const file = join(folder, `${key}.json`);
    writeFileSync(file, `${JSON.stringify(template, null, 2)}\n`);
    return file;
  });
}

/** The folder of CloudFormation's resource schemas in cfn-lint. */
export function schemaFolder(): string {
  installPythonTool("cfn-lint");
  return join(pythonPath("cfn-lint", "cfnlint"), "data", "schemas");
}

/**
 * cfn-lint's findings for the templates, with its default configuration: errors fail a build, warnings don't.
 *
 * @param program - cfn-lint; by default the one of this folder, which is installed if necessary
 */
export function cfnLint(files: readonly string[], program = installPythonTool("cfn-lint")): Reports {
  const args = ["--format", "json", "--regions", REGION, "--template", ...files];
  const output = run(program, args, [0, 2, 4, 6]);
  const reports = empty(files);
  for (const match of JSON.parse(output) as CfnLintMatch[]) {
    const path = match.Location.Path ?? [];
    reports
      .get(keyOf(match.Filename))
      ?.push({
        check: match.Rule.Id,
        resource: path[0] === "Resources" ? String(path[1] ?? "") : "",
        fails: match.Level === "Error",
        message: match.Message,
      });
  }
  return reports;
}

interface CfnLintMatch {
  readonly Filename: string;
  readonly Level: "Error" | "Warning" | "Informational";
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}

/**
 * checkov's findings for the templates, with its default configuration: every finding fails a build. It downloads
 * nothing.
 */
export function checkov(folder: string, files: readonly string[]): Reports {
  const frameworks = ["--framework", "cloudformation", "secrets"];
  const output = run(
    installPythonTool("checkov"),
    ["--directory", folder, ...frameworks, "--output", "json", "--skip-download", "--quiet", "--compact"],
    [0, 1],
  );
  const reports = empty(files);
  for (const { results } of [JSON.parse(output) as CheckovReport | CheckovReport[]].flat()) {
    for (const {
      check_id: check,
      check_name: message,
      file_path: file,
      resource,
    } of results?.failed_checks ?? []) {
      reports
        .get(keyOf(file))
        ?.push({ check, message, fails: true, resource: resource.split(".").pop() ?? "" });
    }
  }
  return reports;
}

interface CheckovReport {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly file_path: string;
      readonly resource: string;
    }[];
  };
}

/** An empty list of findings for each file. */
function empty(files: readonly string[]): Map<string, Reported[]> {
  return new Map(files.map((file) => [keyOf(file), []]));
}

function keyOf(file: string): string {
  return basename(file, ".json");
}

/** @throws Error if the tool's exit status is not one of those for findings */
function run(program: string, args: readonly string[], statuses: readonly number[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    env: { ...process.env, BC_SKIP_MAPPING: "TRUE", LOG_LEVEL: "ERROR" },
  });
  if (status !== null && statuses.includes(status)) return stdout;
  throw new Error(
    `${basename(program)} ended with ${status ?? "no status"}: ${error?.message ?? stderr.slice(-2000)}`,
  );
}

/** cdk-nag's findings for the templates: with the pack that its README uses first, and with all security packs. */
export function cdkNag(files: readonly string[]): { readonly solutions: Reports; readonly all: Reports } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "nag.mjs"), ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    env: { ...process.env, AWS_REGION: REGION, JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: "1" },
  });
  if (status !== 0) throw new Error(`cdk-nag ended with ${status ?? "no status"}: ${stderr.slice(-2000)}`);
  const { solutions, all, unread } = JSON.parse(stdout) as Record<
    "solutions" | "all",
    Record<string, Reported[]>
  > & { unread: Record<string, string> };
  for (const [key, message] of Object.entries(unread)) {
    // CDK refuses to include such a template, which fails the build.
    const refusal = [{ check: "CfnInclude", resource: "", fails: true, message }];
    solutions[key] = refusal;
    all[key] = refusal;
  }
  return { solutions: new Map(Object.entries(solutions)), all: new Map(Object.entries(all)) };
}
