import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Place } from "./checkout";

/** Why a program doesn't run: a fault in the program, a documented limit of the rehearsal, or a missing package. */
export type Cause = "own fault" | "documented limit" | "package not installed";

/** A public program, and the options of its run. */
export interface Program extends Place {
  /**
   * A folder whose files the program's own files are laid over, as its repository's tests do.
   * @default the program is complete
   */
  readonly over?: string;
  /** Its configuration in addition to `aws:region`. @default none */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Its environment in addition to the runner's. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Answers, in the form of `--answers`. @default none */
  readonly answers?: object;
  /** The known reason why it doesn't run, and the text in its output then. @default it runs in both modes */
  readonly fails?: { readonly cause: Cause; readonly says: string; readonly why: string };
}

/** The programs of `programs.json`, in the order of the file. */
export function listedPrograms(): readonly Program[] {
  const { repositories } = JSON.parse(readFileSync(join(__dirname, "programs.json"), "utf8")) as {
    readonly repositories: readonly (Pick<Place, "repository" | "commit"> & {
      readonly programs: readonly (Omit<Program, "repository" | "commit"> & { readonly commit?: string })[];
    })[];
  };
  return repositories.flatMap(({ repository, commit, programs }) =>
    programs.map((program) => ({ repository, commit, ...program })),
  );
}

/** A program's name in tables. */
export function nameOf({ repository, path }: Place): string {
  return `${repository}/${path}`;
}
