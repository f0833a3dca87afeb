import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { RehearsalError } from "../errors";
import { runToEnd } from "../hosts/child";

/**
 * A package manager of Node.js: its lockfile, and the command that installs exactly that, without the packages'
 * scripts.
 */
interface Manager {
  readonly lockfile: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const FROZEN = ["install", "--frozen-lockfile", "--ignore-scripts"];

/** In the order in which Pulumi's language host checks for them: pulumi/pulumi `sdk/nodejs/npm/manager.go`. */
const MANAGERS: readonly Manager[] = [
  // Version 2 and later has no option to disable scripts, and version 1 ignores the setting.
  { lockfile: "yarn.lock", command: "yarn", args: FROZEN, env: { YARN_ENABLE_SCRIPTS: "false" } },
  { lockfile: "pnpm-lock.yaml", command: "pnpm", args: FROZEN },
  { lockfile: "bun.lock", command: "bun", args: FROZEN },
  { lockfile: "bun.lockb", command: "bun", args: FROZEN },
  {
    lockfile: "package-lock.json",
    command: "npm",
    args: ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
  },
];

/** The lockfile of a program: its own, or that of an enclosing workspace. */
interface Lock {
  readonly folder: string;
  readonly manager: Manager;
  readonly text: string;
}

/**
 * Installs the packages of a program at a commit: today's packages if its lockfile is the same or missing, else its
 * own.
 *
 * @param there - the program's folder in the commit's worktree, whose folder is `top`
 * @param today - the same folder in the repository
 * @param say - receives a line about the installation before it starts
 * @returns whether a lockfile determines the packages
 * @throws RehearsalError if the package manager fails
 */
export async function installPackages(
  there: string,
  top: string,
  today: string,
  say: (line: string) => void,
): Promise<boolean> {
  if (existsSync(join(there, "node_modules")) || !existsSync(there)) return false;
  const folders = upTo(there, top);
  const lock = lockOf(folders);
  const now = lockOf(folders.map((folder) => join(today, relative(there, folder))));
  if (lock === undefined || (lock.text === now?.text && lock.manager === now.manager)) {
    // In a workspace, the folders above also hold packages.
    for (const folder of folders) {
      const from = join(today, relative(there, folder), "node_modules");
      const to = join(folder, "node_modules");
      if (existsSync(from) && !existsSync(to)) symlinkSync(from, to, "junction");
    }
    return lock !== undefined;
  }
  const { folder, manager } = lock;
  const { command, args, lockfile, env } = manager;
  say(
    `Installing the ref's packages with ${[command, ...args].join(" ")}: its ${lockfile} differs from today's`,
  );
  const { status, output } = await runToEnd(command, args, folder, env ?? {});
  if (status !== 0)
    throw new RehearsalError(
      `${command} can't install the packages in the ref's ${lockfile}: ${output.trim().slice(-500) || `is ${command} installed?`}`,
    );
  return true;
}

/** A folder and the folders above it, up to `top`. */
function upTo(folder: string, top: string): string[] {
  return folder === top || folder === dirname(folder) ? [folder] : [folder, ...upTo(dirname(folder), top)];
}

/** The nearest lockfile. */
function lockOf(folders: readonly string[]): Lock | undefined {
  for (const folder of folders) {
    const manager = MANAGERS.find(({ lockfile }) => existsSync(join(folder, lockfile)));
    if (manager !== undefined)
      return { folder, manager, text: readFileSync(join(folder, manager.lockfile), "latin1") };
  }
  return undefined;
}
