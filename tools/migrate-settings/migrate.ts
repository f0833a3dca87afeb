import { isMap, isPair, isScalar, Pair, parseDocument, Scalar, visit, YAMLMap } from "yaml";

import { MOVED } from "../../stacks/settings/former";
import { CliError } from "../cli/command";

/** A stack file of version 0.2, and the changes to it. */
export interface Migrated {
  readonly text: string;
  /** One line each; empty if the file already has version 0.2. */
  readonly changes: readonly string[];
}

const PREFIX = "web-store:";

/** Strings that may be empty in 0.2 as well. */
const MAY_BE_EMPTY = ["contentSecurityPolicy", "query", "body"];

/** Numbers whose 0 meant "none", wherever they are. */
const NONE_AS_ZERO = [
  "capacityUnits",
  "maxPreparedCapacity",
  "peakRequestsPerMinute",
  "reservedConcurrency",
  "slowStartSeconds",
  "warmPoolSize",
];

/** The same, in a peak. */
const USUAL_AS_ZERO = ["minSize", "maxSize"];

/**
 * Converts a stack file of 0.1 to the form of 0.2: settings in their groups, and without the 0 and the empty strings
 * that meant "none". Comments stay in place.
 *
 * @param name - the name of the file in errors
 * @throws CliError if it isn't a stack file
 */
export function migrate(name: string, source: string): Migrated {
  const document = parseDocument(source);
  const [fault] = document.errors;
  if (fault !== undefined)
    throw notRead(name, fault.message.split("\n")[0] ?? "", "YAML", "correct it first");
  const config = document.get("config");
  if (!isMap(config))
    throw notRead(
      name,
      "no mapping under config",
      "a stack file of Pulumi",
      "name a file such as Pulumi.dev.yaml",
    );
  const changes = [...withoutNone(config), ...inGroups(name, config)];
  if (changes.length === 0) return { text: source, changes };
  // The CLI's own format.
  return { text: document.toString({ lineWidth: 0, flowCollectionPadding: false }), changes };
}

function notRead(name: string, got: string, allowed: string, remedy: string): CliError {
  return new CliError(`${name}\n  got:     ${got}\n  allowed: ${allowed}\n  remedy:  ${remedy}`);
}

/** Removes values that meant "none". */
function withoutNone(config: YAMLMap): string[] {
  const changes: string[] = [];
  visit(config, {
    Pair(_, pair, path) {
      const key = keyOf(pair);
      const names = [...path.filter(isPair).map(keyOf), key];
      const [setting] = names;
      if (setting === undefined || !setting.startsWith(PREFIX) || setting === `${PREFIX}tags`)
        return undefined;
      if (!isScalar(pair.value) || !isNone(pair.value.value, names)) return undefined;
      changes.push(`removed ${names.join(".")}: ${JSON.stringify(pair.value.value)}, which meant none`);
      return visit.REMOVE;
    },
  });
  return changes;
}

function isNone(value: unknown, names: readonly string[]): boolean {
  const key = (names.at(-1) ?? "").replace(PREFIX, "");
  if (value === "") return !MAY_BE_EMPTY.includes(key);
  if (value !== 0 && value !== "0") return false;
  return NONE_AS_ZERO.includes(key) || (names[0] === `${PREFIX}peakCalendar` && USUAL_AS_ZERO.includes(key));
}

/** Moves settings into their groups; each group is placed where its first setting was. */
function inGroups(name: string, config: YAMLMap): string[] {
  const changes: string[] = [];
  const pairs = config.items;
  config.items = [];
  for (const pair of pairs) {
    const key = keyOf(pair);
    const [groupName, field] = (key.startsWith(PREFIX) && MOVED[key.slice(PREFIX.length)]?.split(".")) || [];
    if (groupName === undefined || field === undefined) {
      const there = config.get(key);
      // A group that also exists in 0.1, after a setting that moved into it.
      if (isMap(there) && isMap(pair.value)) join(name, there, pair);
      else config.items.push(pair);
      continue;
    }
    const group = groupIn(config, `${PREFIX}${groupName}`, pair);
    if (isScalar(pair.key)) pair.key.value = field;
    add(name, group, pair, groupName);
    changes.push(`${key} is now ${groupName}.${field}`);
  }
  return changes;
}

/** The group of a name, created if it doesn't exist yet, with the comment above its first setting. */
function groupIn(config: YAMLMap, name: string, first: Pair): YAMLMap {
  const there = config.get(name);
  if (isMap(there)) return there;
  const group = new YAMLMap();
  const key = new Scalar(name);
  if (isScalar(first.key)) {
    if (first.key.spaceBefore === true) key.spaceBefore = true;
    first.key.spaceBefore = false;
  }
  config.items.push(new Pair(key, group));
  return group;
}

/** Appends a group's settings to the existing ones, with its comment before the first. */
function join(name: string, there: YAMLMap, pair: Pair): void {
  const inner = (pair.value as YAMLMap).items;
  const comment = isScalar(pair.key) ? pair.key.commentBefore : undefined;
  const first = inner[0]?.key;
  if (comment && isScalar(first)) first.commentBefore = comment;
  for (const each of inner) add(name, there, each, keyOf(pair).slice(PREFIX.length));
}

function add(name: string, group: YAMLMap, pair: Pair, groupName: string): void {
  const field = keyOf(pair);
  if (group.has(field))
    throw notRead(
      name,
      `${groupName}.${field} twice, once under its key of 0.1`,
      "one of the two",
      "remove one",
    );
  group.items.push(pair);
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}
