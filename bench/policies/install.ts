import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Installs the npm packages of this folder unless they are those of the lock file. */
export function installNodePackages(): void {
  const installed = changedAt(join(__dirname, "node_modules", ".package-lock.json"));
  if (installed >= changedAt(join(__dirname, "package-lock.json"))) return;
  run("npm", ["ci", "--no-audit", "--no-fund"]);
}

/**
 * Makes a virtual environment of a Python tool, unless it is there as the requirements say. Each tool has its own:
 * what they depend on need not agree.
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
 * Where a Python tool's environment has a package.
 *
 * @throws Error if it hasn't
 */
export function pythonPath(tool: string, module: string): string {
  const python = join(__dirname, ".venv", tool, "bin", "python");
  const code = `import ${module}, os; print(os.path.dirname(${module}.__file__))`;
  const { status, stdout, stderr } = spawnSync(python, ["-c", code], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${tool} has no ${module}: ${stderr}`);
  return stdout.trim();
}

/** The version of a Python tool that is installed. */
export function pythonVersionOf(tool: string): string {
  const wanted = readFileSync(join(__dirname, `${tool}.requirements.txt`), "utf8");
  return new RegExp(`^${tool}==(.*)$`, "m").exec(wanted)?.[1] ?? "unknown";
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? NaN;
}

/** @throws Error if the command fails; what it printed is on standard error by then */
function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: __dirname, stdio: ["ignore", 2, 2] });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? `status ${status}`}`);
}
