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
      /** As the user wrote it. */
      readonly ref: string;
      /** The commit it points to. */
      readonly commit: string;
      /** The repository's folder. */
      readonly repository: string;
      /** The folder where git keeps its data of the repository. */
      readonly gitFolder: string;
      /** Whether the working tree has uncommitted changes. */
      readonly isDirty: boolean;
    };

/** A stack before a change. */
export interface Former {
  readonly state: readonly Resource[];
  /** The policies' findings; undefined if they aren't known. */
  readonly findings: readonly Finding[] | undefined;
  /** Secrets that no report may show. */
  readonly secretTexts: readonly string[];
  /** Why the stack can't be rehearsed as it was; left out if it can. */
  readonly failure?: string;
}

/**
 * Finds the target of `--against`: a file of `--export` or `pulumi stack export`, or else a git ref.
 *
 * @param given - as the user wrote it
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
    const isOutside = top === undefined ? `, and ${programDir} is not in a git repository` : "";
    throw new UsageError(
      `--against is "${given}"; it must be a git ref, such as origin/main, or a file that --export or 'pulumi stack export' wrote${isOutside}` +
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
      `--against ${file} is not an export of a stack: ${messageOf(error).replace(/\s+/g, " ")}. Write one with --export, or 'pulumi stack export --file'`,
    );
  }
}

/** The path relative to the repository's folder; undefined if it is outside. */
export function wayInside(repository: string, path: string): string | undefined {
  const way = relative(repository, path);
  return way === ".." || way.startsWith(`..${sep}`) ? undefined : way;
}

/** A commit's files in a separate folder, with the packages of its lockfile. */
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
   * @throws RehearsalError if git fails; nothing is left behind
   */
  static async create({ repository, commit, ref }: Extract<Against, { kind: "ref" }>): Promise<Worktree> {
    const worktree = new Worktree(repository, join(mkdtempSync(join(tmpdir(), "against-")), "tree"));
    process.once("exit", worktree.removeAtExit);
    try {
      // Registering the worktree is quick and atomic; a child process writes the files, so that an interrupt can end
      // it.
      const add = ["worktree", "add", "--detach", "--no-checkout", "--quiet", worktree.folder, commit];
      const added = spawnSync("git", ["-C", repository, ...add], { encoding: "utf8" });
      if (added.status !== 0)
        throw new RehearsalError(`git can't create a worktree of ${ref}: ${added.stderr.trim()}`);
      const { status, output } = await runToEnd("git", ["reset", "--hard", "--quiet"], worktree.folder);
      if (status !== 0) throw new RehearsalError(`git can't check out ${ref}: ${output.trim()}`);
      return worktree;
    } catch (error) {
      worktree.remove();
      throw error;
    }
  }

  /** Maps a path in the repository to the worktree; a path outside the repository stays the same. */
  inside(path: string): string {
    const way = wayInside(this.repository, path);
    return way === undefined ? path : join(this.folder, way);
  }

  /**
   * Installs a program's packages, as {@link installPackages} does.
   *
   * @param programDir - the program's folder in the repository
   * @param say - receives a line about each slow step
   * @returns whether a lockfile determines the packages
   */
  async installPackages(programDir: string, say: (line: string) => void): Promise<boolean> {
    return installPackages(this.inside(programDir), this.folder, programDir, say);
  }

  /** Removes the folder and its registration in git. */
  remove(): void {
    process.off("exit", this.removeAtExit);
    // A child process that has just been killed may still write a last file.
    rmSync(join(this.folder, ".."), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    spawnSync("git", ["-C", this.repository, "worktree", "remove", "--force", this.folder]);
  }
}
