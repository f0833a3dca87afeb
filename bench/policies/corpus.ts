import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A program of the corpus in `test/attacks/`. */
export interface Program {
  readonly name: string;
  readonly kind: "attack" | "sound";
  /** The area of the rule that refuses an attack: the folder it is in. */
  readonly area: string;
}

/**
 * The programs of a corpus, attacks first.
 *
 * @param corpus the folder of the Pulumi project whose stacks are the programs
 */
export function programsOf(corpus: string): Program[] {
  return (["attack", "sound"] as const).flatMap((kind) => {
    const folder = join(corpus, kind === "attack" ? "programs" : "sound");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    return files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => ({
        name: basename(file, ".ts"),
        kind,
        area: kind === "sound" ? "sound" : dirname(file),
      }));
  });
}

/** By attack, the file that configures our pack for it; attacks on what is mandatory without any are left out. */
export function configurationsOf(corpus: string): Map<string, string> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which corpus, the command line tells
  const { ATTACKS } = require(join(corpus, "expected")) as {
    ATTACKS: Readonly<Record<string, { readonly config?: string }>>;
  };
  return new Map(
    Object.entries(ATTACKS).flatMap(([name, { config }]) =>
      config === undefined ? [] : [[name, config] as const],
    ),
  );
}
