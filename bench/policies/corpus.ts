import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import type { Attack, Expected } from "../../corpus/attack";

/** A program of the corpus. */
export interface Program {
  readonly name: string;
  readonly kind: "attack" | "sound";
  /** The area of the rule that refuses an attack: the name of its folder. */
  readonly area: string;
  /** The rule that must refuse an attack. */
  readonly expected?: Expected;
}

/**
 * The programs of a corpus, attacks first.
 *
 * @param corpus the folder of the Pulumi project whose stacks are the programs
 */
export function programsOf(corpus: string): Program[] {
  return (["attack", "sound"] as const).flatMap((kind) => {
    const folder = join(corpus, kind === "attack" ? "attacks" : "sound");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    return files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => {
        const name = basename(file, ".ts");
        if (kind === "sound") return { name, kind, area: kind };
        const { expected } = require(join(folder, file)) as Attack;
        return { name, kind, area: dirname(file), expected };
      });
  });
}

/** The key of an attack's twin: the same program without the defect. */
export function twinOf(name: string): string {
  return `${name}.mended`;
}

/** A rehearsal of a program or of an attack's twin. */
export interface Run {
  readonly key: string;
  readonly stack: string;
  /** The stack file. */
  readonly file: string;
}

/** The rehearsals of a program. */
export function runsOf({ name, kind }: Program): Run[] {
  const plain = { key: name, stack: name, file: "stack.yaml" };
  return kind === "sound" ? [plain] : [plain, { key: twinOf(name), stack: name, file: "mended.yaml" }];
}
