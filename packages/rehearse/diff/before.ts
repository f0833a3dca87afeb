import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";

import { nearest } from "../cli/nearest";
import { messageOf, RehearsalError, UsageError } from "../errors";
import type { Finding } from "../engine/diagnostics";
import type { Resource } from "../engine/resource";
import { parseExport, readExport } from "../report/read-export";
import { runToEnd } from "../hosts/child";
import { installPackages } from "./packages";

/** What a plan is compared with. */
export type Against =
  | { readonly kind: "export"; readonly file: string; readonly resources: readonly Resource[] }
  | {
      readonly kind: "ref";
      /** As it was given. */
      readonly ref: string;
      /** The commit that it names. */
      readonly commit: string;
      /** The repository's folder. */
      readonly repository: string;
      /** The folder that git keeps its own files of the repository in. */
      readonly gitFolder: string;
      /** Whether the folder has changes that no commit has. */
      readonly isDirty: boolean;
    };

/** A stack as it is before a change. */
export interface Former {
  readonly state: readonly Resource[];
  /** What the policies say of it; undefined if nobody knows. */
  readonly findings: readonly Finding[] | undefined;
  /** What no report may show. */
  readonly secretTexts: readonly string[];
}

/**
 * Finds what `--against` names: a file of `--export` or `pulumi stack export`, or else a git ref.
 *
 * @param given - as it was given
 * @param file - the same as a path
 * @param programDir - a folder in the repository
 * @throws UsageError if it is neither
 */
export function readAgainst(given: string, file: string, programDir: string): Against {
  if (existsSync(file) && statSync(file).isFile())
    return { kind: "export", file, resources: readState(file) };
  const top = git(programDir, "rev-parse", "--show-toplevel");
  const commit = given.startsWith("-")
    ? undefined
    : git(programDir, "rev-parse", "--verify", "--quiet", `${given}^{commit}`);
  if (top === undefined || commit === undefined) {
    const refs =
      git(programDir, "for-each-ref", "--format=%(refname:short)", "--count=1000")?.split("\n") ?? [];
    const close = nearest(given, refs);
    throw new UsageError(
      `--against is "${given}"; it must be a git ref, such as origin/main, or a file that --export or 'pulumi stack export' wrote` +
        (close === undefined ? "" : `. Did you mean ${close}?`),
    );
  }
  const isDirty = (git(programDir, "status", "--porcelain", "--untracked-files=normal") ?? "") !== "";
  const gitFolder = resolve(top, git(top, "rev-parse", "--git-common-dir") ?? ".git");
  return { kind: "ref", ref: given, commit, repository: top, gitFolder, isDirty };
}

function git(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", ["-C", folder, ...args], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

function readState(file: string): Resource[] {
  try {
    return readExport(parseExport(file, "--against"));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `--against ${file} is no export of a stack: ${messageOf(error).replace(/\s+/g, " ")}. Write one with --export, or 'pulumi stack export --file'`,
    );
  }
}

/** The way from a repository's folder to a path inside; undefined for one that is outside. */
export function wayInside(repository: string, path: string): string | undefined {
  const way = relative(repository, path);
  return way === ".." || way.startsWith(`..${sep}`) ? undefined : way;
}

/** A commit's files in a folder of its own, with the packages that its lockfile asks for. */
export class Worktree {
  private constructor(
    private readonly repository: string,
    /** The folder. */
    readonly folder: string,
  ) {}

  private readonly removeAtExit = (): void => this.remove();

  /**
   * Checks a commit out.
   *
   * @throws RehearsalError if git fails; nothing is left of it then
   */
  static async create({ repository, commit, ref }: Extract<Against, { kind: "ref" }>): Promise<Worktree> {
    const worktree = new Worktree(repository, join(mkdtempSync(join(tmpdir(), "against-")), "tree"));
    process.once("exit", worktree.removeAtExit);
    try {
      // git's note of it takes no time, and is whole or not there; a child writes the files, which an interrupt ends.
      const add = ["worktree", "add", "--detach", "--no-checkout", "--quiet", worktree.folder, commit];
      const added = spawnSync("git", ["-C", repository, ...add], { encoding: "utf8" });
      if (added.status !== 0)
        throw new RehearsalError(`git has no worktree of ${ref}: ${added.stderr.trim()}`);
      const { status, output } = await runToEnd("git", ["reset", "--hard", "--quiet"], worktree.folder);
      if (status !== 0) throw new RehearsalError(`git can't check ${ref} out: ${output.trim()}`);
      return worktree;
    } catch (error) {
      worktree.remove();
      throw error;
    }
  }

  /** Where it has what the repository has at a path; the same path if that is somewhere else. */
  inside(path: string): string {
    const way = wayInside(this.repository, path);
    return way === undefined ? path : join(this.folder, way);
  }

  /**
   * Gives a program its packages, as {@link installPackages} does.
   *
   * @param programDir - the program's folder in the repository
   * @param say - takes a line about what takes long
   * @returns whether a lockfile says which
   */
  async installPackages(programDir: string, say: (line: string) => void): Promise<boolean> {
    return installPackages(this.inside(programDir), this.folder, programDir, say);
  }

  /** Removes the folder, and git's note of it. */
  remove(): void {
    process.off("exit", this.removeAtExit);
    // A child that has just been killed may write a last file in between.
    rmSync(join(this.folder, ".."), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    spawnSync("git", ["-C", this.repository, "worktree", "remove", "--force", this.folder]);
  }
}
