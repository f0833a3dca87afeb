import fc from "fast-check";

import {
  beginnings,
  type Config,
  CONFIG_SCHEMA,
  type StackFile,
  stackFiles,
  withSettingOf,
} from "../../support/stack-files-arbitrary";
import type { Schema } from "../../support/schema-arbitrary";

/**
 * Every choice that the settings have: both values of every Boolean, and every value of the enumerations, each with its
 * place. Numbers are left out: the days that a log is kept, two dozen values for each log, which are all handled alike.
 */
export const CHOICES: ReadonlySet<string> = new Set(choicesIn(CONFIG_SCHEMA, ""));

/** The choices that a stack file makes. */
function choicesOf(config: Config): ReadonlySet<string> {
  return new Set(choicesMet(CONFIG_SCHEMA, config, "").filter((choice) => CHOICES.has(choice)));
}

/** A stack file and its choices. */
interface Made {
  readonly file: StackFile;
  readonly choices: ReadonlySet<string>;
  /** The same by setting. */
  readonly ofSettings: ReadonlyMap<string, readonly string[]>;
}

function madeOf(file: StackFile): Made {
  const choices = choicesOf(file.config);
  const ofSettings = new Map<string, string[]>();
  for (const choice of choices)
    ofSettings.set(settingOf(choice), [...(ofSettings.get(settingOf(choice)) ?? []), choice]);
  return { file, choices, ofSettings };
}

function settingOf(choice: string): string {
  return /^\.([^.[=]+)/.exec(choice)?.[1] ?? "";
}

/** How many stack files are tried for a setting: one may be refused that adds most. */
const TRIES = 6;

/**
 * A few stack files that together make every choice; the same files each time. Generates many files, and more files of
 * the settings with choices that no file makes yet. Selects the file that adds the most choices, with each setting by
 * which another file adds more, and so on.
 *
 * @returns also the choices that no file makes
 */
export function covering(): { readonly files: readonly StackFile[]; readonly missed: readonly string[] } {
  const missed = new Set(CHOICES);
  const made: Made[] = [];
  const add = (files: readonly StackFile[]): void => {
    for (const file of files) {
      made.push(madeOf(file));
      for (const choice of choicesOf(file.config)) missed.delete(choice);
    }
  };
  add(beginnings().map((config) => ({ config, changes: { tried: 0, kept: 0 } })));
  for (const setting of new Set([...missed].map(settingOf))) {
    const files = stackFiles(setting);
    for (let seed = 1; seed <= 100 && [...missed].some((choice) => settingOf(choice) === setting); seed++)
      add(fc.sample(files, { numRuns: 10, seed }));
  }
  const left = new Set([...CHOICES].filter((choice) => !missed.has(choice)));
  const settings = new Set([...left].map(settingOf));
  const files: StackFile[] = [];
  while (left.size > 0) {
    const addedBy = (choices: Iterable<string>): number =>
      [...choices].filter((choice) => left.has(choice)).length;
    let best = made.reduce((one, other) => (addedBy(other.choices) > addedBy(one.choices) ? other : one));
    for (const setting of settings) {
      const others = made
        .map(({ file, ofSettings }) => ({ file, adds: addedBy(ofSettings.get(setting) ?? []) }))
        .filter(({ adds }) => adds > 0)
        .sort((one, other) => other.adds - one.adds)
        .slice(0, TRIES);
      for (const other of others) {
        const file = withSettingOf(best.file, other.file, setting);
        if (file === undefined) continue;
        const merged = madeOf(file);
        if (addedBy(merged.choices) <= addedBy(best.choices)) continue;
        best = merged;
        break;
      }
    }
    files.push(best.file);
    for (const choice of best.choices) left.delete(choice);
  }
  return { files, missed: [...missed] };
}

/**
 * Selects the stack files that make the most pairs of choices that no earlier file makes: five selected from thirty make
 * nearly as many as all thirty.
 */
export function mostPairs(
  count: number,
  among: readonly StackFile[],
  before: readonly StackFile[],
): readonly StackFile[] {
  const made = new Set(before.flatMap(pairsOf));
  const left = new Map(among.map((file) => [file, pairsOf(file)]));
  const taken: StackFile[] = [];
  while (taken.length < count) {
    const added = [...left].map(([file, pairs]) => ({
      file,
      pairs,
      more: pairs.filter((pair) => !made.has(pair)).length,
    }));
    const best = added.reduce((one, other) => (other.more > one.more ? other : one));
    taken.push(best.file);
    left.delete(best.file);
    for (const pair of best.pairs) made.add(pair);
  }
  return taken;
}

function pairsOf({ config }: StackFile): string[] {
  const choices = [...choicesOf(config)].sort();
  return choices.flatMap((one, at) => choices.slice(at + 1).map((other) => `${one} ${other}`));
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

/** The schemas of fields, elements and entries, and the names of their places. */
function innerOf({ properties = {}, items, additionalProperties }: Schema): [Schema, string][] {
  return [
    ...Object.entries(properties).map(([name, inner]): [Schema, string] => [inner, `.${name}`]),
    ...(items === undefined ? [] : [[items, "[]"] as [Schema, string]]),
    ...(typeof additionalProperties === "object" ? [[additionalProperties, ".*"] as [Schema, string]] : []),
  ];
}
