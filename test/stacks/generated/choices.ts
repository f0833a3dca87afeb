import type { Config, StackFile } from "../../support/stack-files-arbitrary";
import { CONFIG_SCHEMA } from "../../support/stack-files-arbitrary";
import type { Schema } from "../../support/schema-arbitrary";

/**
 * Every choice that the settings leave: both values of every yes or no, and every text of the enumerations, each with its
 * place. Numbers are left out: days that a log is kept, two dozen of them for each log, which all go the same way.
 */
export const CHOICES: ReadonlySet<string> = new Set(choicesIn(CONFIG_SCHEMA, ""));

/** The choices that a stack file makes. */
export function choicesOf(config: Config): ReadonlySet<string> {
  return new Set(choicesMet(CONFIG_SCHEMA, config, "").filter((choice) => CHOICES.has(choice)));
}

/** A few of some stack files that together make every choice that all of them make: at each step the one that adds most. */
export function covering(files: readonly StackFile[]): StackFile[] {
  const made = files.map((file) => ({ file, choices: choicesOf(file.config) }));
  const left = new Set(made.flatMap(({ choices }) => [...choices]));
  const chosen: StackFile[] = [];
  while (left.size > 0) {
    const adds = ({ choices }: (typeof made)[number]): number =>
      [...choices].filter((choice) => left.has(choice)).length;
    const best = made.reduce((one, other) => (adds(other) > adds(one) ? other : one));
    chosen.push(best.file);
    for (const choice of best.choices) left.delete(choice);
  }
  return chosen;
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
