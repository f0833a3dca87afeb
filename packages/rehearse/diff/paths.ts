import { isMap, isSecret, secret, SIGNATURE, UNKNOWN, type Value, type Values } from "../values";

/** A path into a resource's properties: property names, element numbers, and `*` for any name or number. */
export type Path = readonly (string | number)[];

/**
 * Parses a path as written in resource options: `tags.owner`, `ingress[0]`, `ingress[*].cidrBlocks`, `tags["a.b"]`.
 * Source: pulumi/pulumi `sdk/go/common/resource/properties_path.go`, `ParsePropertyPath`.
 *
 * @returns undefined if it isn't a path, which the engine ignores
 */
export function parsePath(text: string): Path | undefined {
  if (text.startsWith(".")) return undefined;
  const path: (string | number)[] = [];
  let rest = text;
  while (rest !== "") {
    const part = /^(?:\["((?:\\"|[^"])*)"\]|\[(\*|-?\d+)\]|\.(?=\[)|\.?([^.[]+))/.exec(rest);
    if (part === null) return undefined;
    const [whole, quoted, index, name] = part;
    if (quoted !== undefined) path.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) path.push(index === "*" ? index : Number(index));
    else if (name !== undefined) path.push(name);
    rest = rest.slice(whole.length);
  }
  return path;
}

/** Writes a path as in resource options. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^\w+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

/** Whether a path equals another one or contains it. */
export function containsPath(path: Path, other: Path): boolean {
  return path.length <= other.length && path.every((key, index) => key === "*" || key === other[index]);
}

/**
 * Restores the old value at a path, for `ignoreChanges`. Elements of a list are neither added nor removed.
 * Source: pulumi/pulumi `sdk/go/common/resource/properties_path.go`, `Reset`.
 *
 * @param before - the properties as they were
 * @param after - the properties of the program; modified in place
 * @returns false where the path leads through what was added or removed
 */
export function resetPath(path: Path, before: Values, after: Values): boolean {
  return reset(path, before, after, false);
}

/**
 * The same for all paths in `ignoreChanges`.
 *
 * @returns those that lead through what was added or removed
 */
export function resetPaths(paths: readonly string[], before: Values, after: Values): string[] {
  return paths.filter((text) => {
    const path = parsePath(text);
    return path !== undefined && !resetPath(path, before, after);
  });
}

/**
 * Makes the values at some paths unknown. Where a path leads to something that isn't there, the innermost container
 * that is there gets the unknown value.
 *
 * @param paths - as written in `ignoreChanges`
 */
export function withUnknown(values: Values, paths: readonly string[]): Values {
  return paths.reduce((result, text) => {
    const path = parsePath(text);
    const opened = path === undefined ? result : openedAt(result, path);
    return mapOf(opened) ?? result;
  }, values);
}

function openedAt(value: Value | undefined, [key, ...rest]: Path): Value {
  const [list, map] = [listOf(value), mapOf(value)];
  if (key === undefined) return UNKNOWN;
  if (map !== undefined) {
    const names = key === "*" ? Object.keys(map) : [String(key)];
    return { ...map, ...Object.fromEntries(names.map((name) => [name, openedAt(map[name], rest)])) };
  }
  if (list === undefined || (key === "*" && rest.length === 0)) return UNKNOWN;
  if (key === "*") return list.map((element) => openedAt(element, rest));
  if (typeof key !== "number" || list[key] === undefined) return UNKNOWN;
  return list.with(key, openedAt(list[key], rest));
}

/** @param wasSecret - whether the container of `before` is a secret, and that of `after` isn't */
function reset(path: Path, before: Value | undefined, after: Value | undefined, wasSecret: boolean): boolean {
  if (isSecret(before) && !isSecret(after)) return reset(path, before["value"], after, true);
  if (isSecret(before)) return reset(path, before["value"], after, wasSecret);
  if (isSecret(after)) return reset(path, before, after["value"], false);
  const [key, ...rest] = path;
  if (key === undefined) return false;
  const kept = (value: Value): Value => (wasSecret ? secret(value) : value);
  if (key === "*") return resetAll(rest, before, after, wasSecret);
  if (typeof key === "number") {
    const [olds, news] = [listOf(before), listOf(after)];
    if (olds === undefined || news === undefined) return olds === news;
    const [old, now] = [olds[key], news[key]];
    if (rest.length > 0) return old !== undefined && now !== undefined && reset(rest, old, now, wasSecret);
    if (old === undefined || now === undefined) return key >= 0 && old === now;
    news[key] = kept(old);
    return true;
  }
  const [olds, news] = [mapOf(before), mapOf(after)];
  const old = olds?.[key];
  if (rest.length > 0) {
    if (olds === undefined || news === undefined) return olds === news;
    const now = news[key];
    if (now === undefined) return old === undefined;
    return reset(rest, old, now, wasSecret);
  }
  if (old === undefined) delete news?.[key];
  else if (news === undefined) return false;
  else news[key] = kept(old);
  return true;
}

/** Applies the rest of a path after `*` to every element of a list or mapping. */
function resetAll(
  rest: Path,
  before: Value | undefined,
  after: Value | undefined,
  wasSecret: boolean,
): boolean {
  const [olds, news] = [listOf(before), listOf(after)];
  const [oldMap, newMap] = [mapOf(before), mapOf(after)];
  if (rest.length === 0 && newMap !== undefined) {
    if (oldMap === undefined) return true;
    for (const name of Object.keys(newMap)) if (!(name in oldMap)) delete newMap[name];
    for (const [name, old] of Object.entries(oldMap)) newMap[name] = wasSecret ? secret(old) : old;
    return true;
  }
  if (rest.length === 0 && news !== undefined) {
    olds?.slice(0, news.length).forEach((old, index) => (news[index] = wasSecret ? secret(old) : old));
    return olds === undefined || olds.length === news.length;
  }
  if (oldMap !== undefined && newMap !== undefined)
    return Object.entries(oldMap).every(
      ([name, old]) => newMap[name] !== undefined && reset(rest, old, newMap[name], wasSecret),
    );
  if (olds === undefined || news === undefined) return false;
  const both = Math.min(olds.length, news.length);
  return (
    olds.slice(0, both).every((old, index) => reset(rest, old, news[index], wasSecret)) &&
    olds.length === news.length
  );
}

/** Assets, archives and references are single values, not mappings. */
function mapOf(value: Value | undefined): Values | undefined {
  return isMap(value) && !(SIGNATURE in value) ? value : undefined;
}

function listOf(value: Value | undefined): Value[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
