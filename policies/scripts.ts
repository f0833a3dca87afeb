import { jsonOf, read, readList, isList } from "./read";
import type { Reading } from "./read";
import { isMap, mapKeys } from "./read-each";
import {
  DOCUMENT,
  EVENT_SCHEDULE,
  EVENT_TARGET,
  IMAGE_COMPONENT,
  isOf,
  MAINTENANCE_TASK,
  SSM_ASSOCIATION,
} from "./resources";
import type { Subject } from "./rule";
import { userDataOf, WITH_USER_DATA } from "./user-data";

/** A script that instances run, and the property that holds it. */
export interface Script {
  readonly label: string;
  readonly text: string;
}

/** Types with scripts that run on instances besides user data, and the paths of the properties that hold them. */
const PLACES: readonly (readonly [types: readonly string[], path: readonly string[]])[] = [
  [SSM_ASSOCIATION, ["parameters"]],
  [DOCUMENT, ["content"]],
  [MAINTENANCE_TASK, ["taskInvocationParameters"]],
  [IMAGE_COMPONENT, ["data"]],
  [EVENT_TARGET, ["input"]],
  [EVENT_SCHEDULE, ["target", "input"]],
];

/** Types with scripts that run on instances: user data, commands of Systems Manager, and components of images. */
export const WITH_SCRIPTS: readonly string[] = [...WITH_USER_DATA, ...PLACES.flatMap(([types]) => types)];

/** The known scripts of a resource, with the texts that it gives to scripts elsewhere. */
export function scriptsOf(resource: Subject): Script[] {
  if (isOf(WITH_USER_DATA, resource)) return userDataOf(resource);
  return PLACES.filter(([types]) => isOf(types, resource)).flatMap(([, path]) =>
    scriptsIn(read(resource.props, path)).map((text) => ({ label: path.join("."), text })),
  );
}

/** The texts within a value, with those of a list as the lines of one. */
function scriptsIn(reading: Reading): string[] {
  if (reading.kind !== "known") return [];
  const { value } = reading;
  if (typeof value === "string") {
    const said = jsonOf(value);
    if (typeof said === "object" && said !== null) return scriptsIn({ kind: "known", value: said });
    return /^\s*(?:-\s*)?(?:runCommand|commands)\s*:/m.test(value)
      ? [commandsIn(value, "runCommand").join("\n"), commandsIn(value, "commands").join("\n")]
      : [value];
  }
  const list = readList(value, []);
  if (isList(list)) {
    const texts = list.flatMap((one) =>
      one.kind === "known" && typeof one.value === "string" ? [one.value] : [],
    );
    const others = list.filter((one) => one.kind === "known" && typeof one.value !== "string");
    return [...(texts.length > 0 ? [texts.join("\n")] : []), ...others.flatMap(scriptsIn)];
  }
  return isMap(value) ? mapKeys(value).flatMap((key) => scriptsIn(read(value, [key]))) : [];
}

/**
 * The commands of a document of Systems Manager or Image Builder: in JSON, or the items of its lists in YAML.
 *
 * @param name the property that holds the commands
 */
export function commandsIn(text: string, name: string): string[] {
  const lines: string[] = [];
  const collect = (value: unknown, key: string): void => {
    if (typeof value === "string" && key === name) lines.push(value);
    else if (typeof value === "object" && value !== null)
      for (const [inner, one] of Object.entries(value)) collect(one, Array.isArray(value) ? key : inner);
  };
  const said = jsonOf(text);
  if (said !== undefined) collect(said, "");
  else {
    const all = text.split("\n");
    const property = new RegExp(String.raw`^(\s*(?:-\s+)?)["']?${name}["']?\s*:\s*(.*?)\s*$`);
    all.forEach((line, at) => {
      const [found, before = "", own = ""] = property.exec(line) ?? [];
      if (found === undefined) return;
      const inLine = [...own.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g)].map(
        ([, double, single]) => double ?? single!,
      );
      if (own !== "" && !/^[|>]/.test(own)) return void lines.push(...(inLine.length > 0 ? inLine : [own]));
      // The list ends where the next property begins.
      const rest = all.slice(at + 1);
      const end = rest.findIndex((next) => /^\s*[^\s-]/.test(next) && next.search(/\S/) <= before.length);
      const list = end === -1 ? rest : rest.slice(0, end);
      lines.push(...list.map((next) => next.replace(/^\s*-\s*(["']?)(.*)\1\s*$/, "$2")));
    });
  }
  return lines;
}
