import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The place of a program in a repository. */
export interface Place {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** The full commit id. */
  readonly commit: string;
  /** The folder of its Pulumi.yaml. */
  readonly path: string;
}

/** Maximum size of a file that is written, in bytes: a program needs none of the videos and data sets beside it. */
const LARGEST = 5_000_000;

/** Maximum number of files of a repository that is written whole. */
const SMALL = 300;

/**
 * Writes the files of a program's repository. For a large repository, writes only the files of the program's example,
 * because programs bundle folders such as `../app`.
 *
 * @param mirror - the folder with a bare repository `owner+name/repo` for each
 * @param into - an empty folder
 * @returns the program's folder
 * @throws Error if the mirror has no such repository, commit or folder
 */
export function checkOut({ repository, commit, path }: Place, mirror: string, into: string): string {
  const gitDir = `--git-dir=${join(mirror, repository.replace("/", "+"), "repo")}`;
  const listed = execFileSync("git", [gitDir, "ls-tree", "-r", "-l", "-z", commit], { maxBuffer: 1 << 28 });
  const entries = listed
    .toString()
    .split("\0")
    .flatMap((line) => {
      const [, mode = "", kind = "", hash = "", size = "", file = ""] =
        /^(\d+) (\w+) (\w+) +(\d+|-)\t(.*)$/.exec(line) ?? [];
      return kind === "blob" && Number(size) <= LARGEST ? [{ mode, hash, file }] : [];
    });
  if (!entries.some(({ file }) => path === "." || file.startsWith(`${path}/`)))
    throw new Error(`${repository} has no ${path} at ${commit}`);
  const example = path
    .split("/")
    .slice(0, path.startsWith("examples/") ? 2 : 1)
    .join("/");
  const written =
    entries.length <= SMALL ? entries : entries.filter(({ file }) => file.startsWith(`${example}/`));
  for (const { mode, hash, file } of written) {
    const { status, stdout } = spawnSync("git", [gitDir, "cat-file", "blob", hash], { maxBuffer: 1 << 28 });
    // A mirror may lack single files.
    if (status !== 0) continue;
    const target = join(into, file);
    mkdirSync(dirname(target), { recursive: true });
    if (mode === "120000") symlinkSync(stdout.toString(), target);
    else writeFileSync(target, stdout, { mode: mode === "100755" ? 0o755 : 0o644 });
  }
  return join(into, path);
}
