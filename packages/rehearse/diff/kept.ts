import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { deserialize, serialize } from "node:v8";

import type { Options } from "../options";
import { PACKAGE } from "../paths";
import type { StackToRehearse } from "../stacks";
import { contains, isSecret } from "../values";
import { type Against, type Former, wayInside } from "./before";

/** How many stacks are kept for each repository; the oldest make room. */
const KEPT = 20;

/** The files of a repository, or what is known of one that is elsewhere. */
type Place = { readonly inside: string } | { readonly text: string } | undefined;

/**
 * What was rehearsed of a git ref, kept in the repository's own folder of git. A commit's files and lockfile never change,
 * so its stack is the same again while the rehearsal, its answers and the files from outside the repository are.
 */
export class KeptFormers {
  private readonly shared: readonly unknown[];

  private constructor(
    private readonly folder: string,
    private readonly repository: string,
    against: Extract<Against, { kind: "ref" }>,
    { project, packSources, answers, allowUnjudged }: Options,
  ) {
    this.shared = [
      identity(),
      process.version,
      against.commit,
      relative(repository, project.root),
      packSources.map(({ label, dir, configFile }) => [label, this.place(dir), this.place(configFile)]),
      answers,
      allowUnjudged,
    ];
  }

  /** @returns undefined if a policy pack is outside the repository: nobody knows what it was at the commit. */
  static of(against: Extract<Against, { kind: "ref" }>, options: Options): KeptFormers | undefined {
    const { repository, gitFolder } = against;
    const isOutside = options.packSources.some(({ dir }) => wayInside(repository, dir) === undefined);
    return isOutside ? undefined : new KeptFormers(join(gitFolder, "rehearse"), repository, against, options);
  }

  /** What is kept of a stack; undefined for nothing, or for what can't be read. */
  read(stack: Pick<StackToRehearse, "name" | "file">): Former | undefined {
    try {
      return deserialize(readFileSync(this.fileOf(stack))) as Former;
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps a stack, unless it has secrets: they would lie there in clear text. Where it can't be written, nothing is kept, and
   * nothing else changes.
   */
  write(stack: Pick<StackToRehearse, "name" | "file">, former: Former): void {
    if (former.secretTexts.length > 0 || holdsSecret(former)) return;
    try {
      mkdirSync(this.folder, { recursive: true });
      const file = this.fileOf(stack);
      const own = `${file}.${process.pid}`;
      writeFileSync(own, serialize(former), { mode: 0o600 });
      renameSync(own, file);
      const ageOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      const files = readdirSync(this.folder).map((name) => join(this.folder, name));
      for (const old of files.sort((a, b) => ageOf(b) - ageOf(a)).slice(KEPT)) rmSync(old, { force: true });
    } catch {
      // Another rehearsal took it away, or the folder isn't ours to write to.
    }
  }

  private fileOf({ name, file }: Pick<StackToRehearse, "name" | "file">): string {
    const key = createHash("sha256").update(serialize([this.shared, name, this.place(file)]));
    return join(this.folder, key.digest("hex"));
  }

  private place(path: string | undefined): Place {
    if (path === undefined) return undefined;
    const inside = wayInside(this.repository, path);
    if (inside !== undefined) return { inside };
    return { text: existsSync(path) ? readFileSync(path, "utf8") : "" };
  }
}

/** Whether a program has made a secret. */
function holdsSecret({ state }: Former): boolean {
  return state.some(({ inputs, outputs }) => contains(inputs, isSecret) || contains(outputs, isSecret));
}

/** A hash of the rehearsal's own files: another rehearsal may rehearse in another way. */
function identity(): string {
  const hash = createHash("sha256");
  const files = readdirSync(PACKAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(c?js|ts|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(PACKAGE, file).split(sep).includes("node_modules"));
  for (const file of files.sort()) hash.update(readFileSync(file));
  return hash.digest("hex");
}
