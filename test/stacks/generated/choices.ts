import fc from "fast-check";

import { type Config, CONFIG_SCHEMA, type StackFile, stackFiles } from "../../support/stack-files-arbitrary";
import type { Schema } from "../../support/schema-arbitrary";

/**
 * Every choice that the settings leave: both values of every yes or no, and every text of the enumerations, each with its
 * place. Numbers are left out: days that a log is kept, two dozen of them for each log, which all go the same way.
 */
export const CHOICES: ReadonlySet<string> = new Set(choicesIn(CONFIG_SCHEMA, ""));

/** The choices that a stack file makes. */
function choicesOf(config: Config): ReadonlySet<string> {
  return new Set(choicesMet(CONFIG_SCHEMA, config, "").filter((choice) => CHOICES.has(choice)));
}

/**
 * A few stack files, the same each time, that together make every choice. Many are made up, and more of the settings of
 * which some choice is still made by none; of all, at each step the one that adds most is taken.
 *
 * @returns the choices, too, that none makes
 */
export function covering(): { readonly files: readonly StackFile[]; readonly missed: readonly string[] } {
  const missed = new Set(CHOICES);
  const made: { readonly file: StackFile; readonly choices: ReadonlySet<string> }[] = [];
  const make = (files: fc.Arbitrary<StackFile>, seed: number, numRuns: number): void => {
    for (const file of fc.sample(files, { numRuns, seed })) {
      const choices = choicesOf(file.config);
      made.push({ file, choices });
      for (const choice of choices) missed.delete(choice);
    }
  };
  make(stackFiles(), 1, 100);
  const settingOf = (choice: string): string => /^\.([^.[=]+)/.exec(choice)?.[1] ?? "";
  for (const setting of new Set([...missed].map(settingOf))) {
    const files = stackFiles(setting);
    for (let seed = 1; seed <= 20 && [...missed].some((choice) => settingOf(choice) === setting); seed++)
      make(files, seed, 40);
  }
  const left = new Set([...CHOICES].filter((choice) => !missed.has(choice)));
  const files: StackFile[] = [];
  while (left.size > 0) {
    const adds = ({ choices }: (typeof made)[number]): number =>
      [...choices].filter((choice) => left.has(choice)).length;
    const best = made.reduce((one, other) => (adds(other) > adds(one) ? other : one));
    files.push(best.file);
    for (const choice of best.choices) left.delete(choice);
  }
  return { files, missed: [...missed] };
}

function choicesIn(schema: Schema, path: string): string[] {
  const values =
    schema.type === "boolean" ? [true, false] : schema.type === "string" ? (schema.enum ?? []) : [];
  return [
    ...values.map((value) => `${path}=${String(value)}`),
    ...innerOf(schema).flatMap(([inner, name]) => choicesIn(inner, path + name)),
  ];
}

function choicesMet(schema: Schema, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [`${path}=${String(value)}`];
  return innerOf(schema).flatMap(([inner, name]) => {
    const values = /[\]*]$/.test(name)
      ? Object.values(value)
      : [Reflect.get(value, name.slice(1)) as unknown];
    return values.flatMap((one) => choicesMet(inner, one, path + name));
  });
}

/** The schemas of fields, elements and entries, and how their places are called. */
function innerOf({ properties = {}, items, additionalProperties }: Schema): [Schema, string][] {
  return [
    ...Object.entries(properties).map(([name, inner]): [Schema, string] => [inner, `.${name}`]),
    ...(items === undefined ? [] : [[items, "[]"] as [Schema, string]]),
    ...(typeof additionalProperties === "object" ? [[additionalProperties, ".*"] as [Schema, string]] : []),
  ];
}
