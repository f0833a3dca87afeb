import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Place } from "./checkout";

/** Why a program doesn't run: its own fault, a limit of the rehearsal that is documented, a package that isn't at hand. */
export type Cause = "own fault" | "documented limit" | "package not installed";

/** A public program, and what it is run with. */
export interface Program extends Place {
  /**
   * A folder with the files of another over which its own are laid, as the tests of its repository do.
   * @default it is whole
   */
  readonly over?: string;
  /** Its configuration beside `aws:region`. @default none */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Its environment beside the runner's. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Answers, in the form of `--answers`. @default none */
  readonly answers?: object;
  /** Why it doesn't run, if it is known not to, and what its output then says. @default it runs in both modes */
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

/** What a program is called in tables. */
export function nameOf({ repository, path }: Place): string {
  return `${repository}/${path}`;
}
