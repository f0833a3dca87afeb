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

/** The most stacks that are kept for each repository; the oldest are removed. */
const KEPT = 20;

/** The path of a file in the repository, or the content of a file outside it. */
type Place = { readonly inside: string } | { readonly text: string } | undefined;

/**
 * Caches the rehearsals of git refs in the repository's own git folder. A commit's files and lockfile never change,
 * so its stack stays the same as long as the rehearsal, its answers and the files outside the repository do.
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

  /** @returns undefined if a policy pack is outside the repository: its version at the commit isn't known. */
  static of(against: Extract<Against, { kind: "ref" }>, options: Options): KeptFormers | undefined {
    const { repository, gitFolder } = against;
    const isOutside = options.packSources.some(({ dir }) => wayInside(repository, dir) === undefined);
    return isOutside ? undefined : new KeptFormers(join(gitFolder, "rehearse"), repository, against, options);
  }

  /** The cached stack; undefined if there is none or it can't be read. */
  read(stack: Pick<StackToRehearse, "name" | "file">): Former | undefined {
    try {
      return deserialize(readFileSync(this.fileOf(stack))) as Former;
    } catch {
      return undefined;
    }
  }

  /**
   * Caches a stack, unless it has secrets, which would be stored in clear text. Does nothing if it can't write.
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
      // Another rehearsal removed it, or the folder isn't writable.
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

/** Whether the state contains a secret. */
function holdsSecret({ state }: Former): boolean {
  return state.some(({ inputs, outputs }) => contains(inputs, isSecret) || contains(outputs, isSecret));
}

/** A hash of the rehearsal's own files: another version may give other results. */
function identity(): string {
  const hash = createHash("sha256");
  const files = readdirSync(PACKAGE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(c?js|ts|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(PACKAGE, file).split(sep).includes("node_modules"));
  for (const file of files.sort()) hash.update(readFileSync(file));
  return hash.digest("hex");
}
