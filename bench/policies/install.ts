import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Installs the npm packages of this folder, unless the installed ones match the lock file. */
export function installNodePackages(): void {
  const installed = changedAt(join(__dirname, "node_modules", ".package-lock.json"));
  if (installed >= changedAt(join(__dirname, "package-lock.json"))) return;
  run("npm", ["ci", "--no-audit", "--no-fund"]);
}

/**
 * Creates a virtual environment for a Python tool, unless there is one that matches the requirements. Each tool has its
 * own environment, because their dependencies may conflict.
 *
 * @param tool the name before `.requirements.txt`
 * @returns the path of the tool's program
 */
export function installPythonTool(tool: string): string {
  const requirements = join(__dirname, `${tool}.requirements.txt`);
  const environment = join(__dirname, ".venv", tool);
  const done = join(environment, "installed.txt");
  const wanted = readFileSync(requirements, "utf8");
  if (!existsSync(done) || readFileSync(done, "utf8") !== wanted) {
    run("python3", ["-m", "venv", "--clear", environment]);
    run(join(environment, "bin", "pip"), ["install", "--quiet", "--requirement", requirements]);
    writeFileSync(done, wanted);
  }
  return join(environment, "bin", tool);
}

/**
 * The folder of a package in a Python tool's environment.
 *
 * @throws Error if the package is missing
 */
export function pythonPath(tool: string, module: string): string {
  const python = join(__dirname, ".venv", tool, "bin", "python");
  const code = `import ${module}, os; print(os.path.dirname(${module}.__file__))`;
  const { status, stdout, stderr } = spawnSync(python, ["-c", code], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${tool} has no ${module}: ${stderr}`);
  return stdout.trim();
}

/** The installed version of a Python tool. */
export function pythonVersionOf(tool: string): string {
  const wanted = readFileSync(join(__dirname, `${tool}.requirements.txt`), "utf8");
  return new RegExp(`^${tool}==(.*)$`, "m").exec(wanted)?.[1] ?? "unknown";
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? NaN;
}

/** @throws Error if the command fails, after its output went to standard error */
function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: __dirname, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? `status ${status}`}`);
}
