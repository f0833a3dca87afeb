import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The properties of an object, each with the text of its type. */
type Members = ReadonlyMap<string, string>;

const SDK = dirname(require.resolve("@pulumi/aws/package.json"));

/** Maximum depth at which the inputs of a resource are read. */
const DEPTH = 5;

/**
 * Every input of every resource type of `@pulumi/aws`, including nested blocks, by type token:
 * `target.ecsParameters.taskCount`. They are read from the declarations, which are generated and therefore have a
 * uniform format.
 */
export function propertiesOfSdk(): ReadonlyMap<string, readonly string[]> {
  const blocks = blocksOfSdk();
  return new Map([...argumentsOfSdk()].map(([type, members]) => [type, pathsIn(members, blocks, DEPTH)]));
}

/** The inputs that accept a document as a string or as an object: each a type token and a property. */
export function documentsOfSdk(): (readonly [type: string, property: string])[] {
  return [...argumentsOfSdk()].flatMap(([type, members]) =>
    [...members]
      .filter(([, declared]) => declared.startsWith("pulumi.Input<string | inputs."))
      .map(([property]) => [type, property] as const),
  );
}

/** The arguments of every resource type, by type token. */
function argumentsOfSdk(): ReadonlyMap<string, Members> {
  const found = new Map<string, Members>();
  const folders = readdirSync(SDK, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !["types", "node_modules", "config"].includes(entry.name),
  );
  for (const { name: folder } of folders) {
    for (const file of readdirSync(join(SDK, folder))) {
      if (!file.endsWith(".d.ts") || /^get[A-Z]|^index\.d\.ts$/.test(file)) continue;
      const args = [...readFileSync(join(SDK, folder, file), "utf8").matchAll(ARGS)].at(-1)?.[1];
      const source = args && readFileSync(join(SDK, folder, file.replace(/\.d\.ts$/, ".js")), "utf8");
      const type = /__pulumiType = '([^']+)'/.exec(source ?? "")?.[1];
      if (args !== undefined && type !== undefined) found.set(type, membersOf(args));
    }
  }
  return found;
}

const ARGS = /^export interface \w+Args \{\n([\s\S]*?)^\}/gm;

function blocksOfSdk(): ReadonlyMap<string, Members> {
  const blocks = new Map<string, Members>();
  const source = readFileSync(join(SDK, "types", "input.d.ts"), "utf8");
  for (const part of source.split(/^export declare namespace (?=\w+ \{)/m).slice(1)) {
    const namespace = /^\w+/.exec(part)![0];
    for (const [, name = "", body = ""] of part.matchAll(/^ {4}interface (\w+) \{\n([\s\S]*?)^ {4}\}/gm))
      blocks.set(`${namespace}.${name}`, membersOf(body));
  }
  return blocks;
}

function membersOf(body: string): Members {
  return new Map(
    [...body.matchAll(/^ {4,8}(?:readonly )?(\w+)\??: ([^;]*);$/gm)].map(([, name, type]) => [name!, type!]),
  );
}

function pathsIn(members: Members, blocks: ReadonlyMap<string, Members>, depth: number): string[] {
  return [...members].flatMap(([name, type]) => {
    const inner = [...type.matchAll(/inputs\.([\w.]+)/g)].flatMap(([, block = ""]) => {
      const within = depth > 0 ? blocks.get(block) : undefined;
      return within === undefined ? [] : pathsIn(within, blocks, depth - 1);
    });
    return [name, ...inner.map((path) => `${name}.${path}`)];
  });
}
