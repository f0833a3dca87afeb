/**
 * The description of a resource type or a function in the program's installed SDK: its inputs, and the properties
 * that the provider sets. It is read from the generated text (`.js` and `.d.ts`) with a few expressions: loading the
 * SDK or a TypeScript compiler would take seconds, and a program may use several versions.
 *
 * Generated code marks output-only properties with an `out` comment in the constructor; in the declarations,
 * a property whose `pulumi.Output<T>` excludes `undefined` is always set by the provider.
 * Source: pulumi/pulumi `pkg/codegen/nodejs/gen.go`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The type of a property. An object's `name` is its path in the SDK's `types/output`, if it has one; a resource's is
 * the SDK's name for its class, such as `pulumiAws.lb.LoadBalancer`.
 */
export type PropertyType =
  | { readonly kind: "string" | "number" | "boolean" | "map" }
  | { readonly kind: "list"; readonly of: PropertyType }
  | { readonly kind: "object" | "resource"; readonly name: string };

/** A property as the SDK declares it. */
export interface Property {
  readonly name: string;
  readonly type: PropertyType;
  /** Whether the provider may leave it out. */
  readonly optional: boolean;
}

/** The type of an input that has only one: `string` excludes inputs that also take a document as an object. */
export type InputKind = "string" | "number" | "boolean" | "map";

/** An input of a resource. */
export interface Input {
  /** Whether a program may leave it out. */
  readonly optional: boolean;
  /** @default one of several types, or a block */
  readonly kind?: InputKind | "list";
  /** The type of each element of a list or mapping. @default one of several types, or a block */
  readonly of?: Exclude<InputKind, "map">;
}

/** A resource type as the SDK describes it. */
export interface ResourceShape {
  /** Every input property. */
  readonly inputs: ReadonlyMap<string, Input>;
  /** Every output property by name. */
  readonly outputs: ReadonlyMap<string, Property>;
  /** The outputs that a provider computes: those that are not inputs, and inputs that are always set. */
  readonly computed: readonly string[];
  /** Folder of the SDK, for {@link objectShape}. */
  readonly root: string;
}

/** A function as the SDK describes it. */
export interface FunctionShape {
  readonly results: readonly Property[];
  readonly root: string;
}

const cache = new Map<string, unknown>();

/** Caches results for the life of the process: SDKs don't change during a rehearsal. */
function once<T>(key: string, compute: () => T): T {
  if (!cache.has(key)) cache.set(key, compute());
  return cache.get(key) as T;
}

/** The folder of a Pulumi package's SDK as the program resolves it; undefined if it isn't installed. */
function packageRoot(pkg: string, programDir: string): string | undefined {
  return once(`root ${programDir} ${pkg}`, () => {
    const resolver = createRequire(join(programDir, "package.json"));
    for (const candidate of [`@pulumi/${pkg}`, `@pulumiverse/${pkg}`, `pulumi-${pkg}`, pkg]) {
      try {
        return dirname(resolver.resolve(candidate));
      } catch {
        // Not installed under this name; the next may be.
      }
    }
    return undefined;
  });
}

/**
 * The text of a generated file. Only comments contain non-ASCII characters, so reading bytes as characters loses
 * nothing relevant, and keeps the strings small and searches fast.
 */
const readGenerated = (path: string): string => readFileSync(path, "latin1");

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The path without extension of the generated file of a token such as `aws:lb/loadBalancer:LoadBalancer`. */
function generatedFile(token: string, programDir: string): { root: string; file: string } | undefined {
  const [pkg = "", module = "", member = ""] = token.split(":");
  const root = packageRoot(pkg, programDir);
  if (root === undefined || member === "") return undefined;
  const path = module.replace(/^index(\/|$)/, "").replace(/\.k8s\.io|\.sh(?=\/)/g, "");
  // `lb/loadBalancer:LoadBalancer` names the file, `ec2:Vpc` (native providers) only the folder.
  // A type called Index is in index_.js, beside the folder's index.js.
  for (const file of [path.replace(/\/index$/, "/index_"), join(path, lowerFirst(member))]) {
    if (file !== "" && existsSync(join(root, `${file}.d.ts`))) return { root, file: join(root, file) };
  }
  // Runs of capitals are spelled in lower case in file names only: `guardduty/iPSet` is in ipset.js.
  const folder = join(root, dirname(path));
  const wanted = `${lowerFirst(member)}.d.ts`.toLowerCase();
  const found = existsSync(folder)
    ? readdirSync(folder).find((entry) => entry.toLowerCase() === wanted)
    : undefined;
  return found === undefined ? undefined : { root, file: join(folder, found.slice(0, -".d.ts".length)) };
}

/** The text between the end of `start` and the next `end`; empty if there is no `start`. */
function section(text: string, start: RegExp, end: string): string {
  const match = start.exec(text);
  if (match === null) return "";
  const from = match.index + match[0].length;
  const to = text.indexOf(end, from);
  return to < 0 ? text.slice(from) : text.slice(from, to);
}

/** Parses a generated type expression; unions other than with `undefined` become their first member. */
function propertyType(text: string): PropertyType {
  const type = text.replace(/\s*\|\s*undefined$/, "").trim();
  if (type.endsWith("[]")) return { kind: "list", of: propertyType(type.slice(0, -2)) };
  if (type.startsWith("{")) return { kind: "map" };
  if (type === "number" || type === "boolean") return { kind: type };
  const object = /^outputs\.([\w.]+)/.exec(type);
  if (object !== null) return { kind: "object", name: object[1] ?? "" };
  if (/^pulumi[A-Z]\w*(\.\w+)*\.[A-Z]\w*$/.test(type) && !type.includes(".types."))
    return { kind: "resource", name: type };
  // Apart from strings and enumerations, the rest are assets, resources and `any`.
  return /^(string|enums\.|["'])/.test(type) ? { kind: "string" } : { kind: "object", name: "" };
}

/** Declared properties: `readonly x: pulumi.Output<T>;` of a class, `readonly x?: T;` or `x?: T;` of an interface. */
const CLASS_PROPERTY = /^ {4}readonly (?:\/\*out\*\/ )?(\w+): pulumi\.Output<((?:[^{};]|\{[^}]*\})*)>;$/gm;
const INTERFACE_PROPERTY = /^ {4,8}(?:readonly )?(\w+)(\??): ((?:[^{};]|\{[^}]*\})*);$/gm;

/** Inputs that are only a scalar, a list of scalars or a mapping: `x?: pulumi.Input<string | undefined>;`. */
const INPUT_OF_ONE_KIND =
  /^ {4}(\w+)\??: pulumi\.Input<(?:(string|number|boolean)(?: \| enums\.[\w.]+)?(?: \| undefined)?>;|pulumi\.Input<(string|number|boolean)>\[\](?: \| undefined)?>;|\{\s+\[key: string\]: (?:pulumi\.Input<(string|number|boolean)>;)?)/gm;

function interfaceProperties(body: string): Property[] {
  return [...body.matchAll(INTERFACE_PROPERTY)].map(([, name = "", optional, type = ""]) => ({
    name,
    type: propertyType(type),
    optional: optional === "?" || /\|\s*undefined$/.test(type),
  }));
}

/** Describes a resource type; undefined if no installed SDK of its package has it. */
export function resourceShape(type: string, programDir: string): ResourceShape | undefined {
  return once(`resource ${programDir} ${type}`, () => {
    const generated = generatedFile(type, programDir);
    if (generated === undefined) return undefined;
    const code = readGenerated(`${generated.file}.js`);
    const declarations = readGenerated(`${generated.file}.d.ts`);
    const member = type.slice(type.lastIndexOf(":") + 1);
    const constructor = section(code, /\n {4}constructor\(/, "\n    }\n");
    const args = section(declarations, new RegExp(`interface ${member}Args \\{`), "\n}");
    const required = new Set([...args.matchAll(/^ {4}(\w+): /gm)].map((match) => match[1]));

    const kinds = new Map<string, Pick<Input, "kind" | "of">>();
    for (const [, name = "", scalar, element, entry] of args.matchAll(INPUT_OF_ONE_KIND)) {
      const kind = (scalar as InputKind | undefined) ?? (element === undefined ? "map" : "list");
      const of = (element ?? entry) as Input["of"];
      kinds.set(name, { kind, ...(of && { of }) });
    }

    const inputs = new Map<string, Input>();
    const marked = new Set<string>();
    for (const [, name = "", value = ""] of constructor.matchAll(
      /\b(?:resourceI|i)nputs\["(\w+)"\] = (.*);/g,
    )) {
      if (value.includes("/*out*/")) marked.add(name);
      else if (!value.startsWith("state")) {
        inputs.set(name, { optional: !required.has(name), ...kinds.get(name) });
      }
    }
    const outputs = new Map<string, Property>();
    const body = section(declarations, new RegExp(`class ${member} extends [^{]*\\{`), "\n}");
    for (const [, name = "", text = ""] of body.matchAll(CLASS_PROPERTY)) {
      outputs.set(name, { name, type: propertyType(text), optional: /\|\s*undefined$/.test(text) });
    }
    const computed = [...outputs.values()]
      .filter(({ name, optional }) => (inputs.has(name) ? !optional : marked.has(name) || !optional))
      .map(({ name }) => name);
    return { inputs, outputs, computed, root: generated.root };
  });
}

/**
 * The type token of a class of another package, such as `pulumiAws.lb.LoadBalancer`; undefined if that isn't installed.
 *
 * The first part is the name of the package: code generation imports `@pulumi/docker-build` as `pulumiDockerBuild`.
 */
export function resourceToken(className: string, programDir: string): string | undefined {
  const [alias = "", ...path] = className.split(".");
  const pkg = lowerFirst(alias.replace(/^pulumi/, "")).replace(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  );
  const member = path.pop() ?? "";
  if (member === "Provider" && path.length === 0) return `pulumi:providers:${pkg}`;
  const root = packageRoot(pkg, programDir);
  const file = root === undefined ? "" : join(root, ...path, `${lowerFirst(member)}.js`);
  if (!existsSync(file)) return undefined;
  return once(`token ${file}`, () => /__pulumiType = '([^']+)'/.exec(readGenerated(file))?.[1]);
}

/** Describes a function, such as `aws:ec2/getAmi:getAmi`; undefined if the installed SDKs don't have it. */
export function functionShape(token: string, programDir: string): FunctionShape | undefined {
  return once(`function ${programDir} ${token}`, () => {
    const generated = generatedFile(token, programDir);
    if (generated === undefined) return undefined;
    const declarations = readGenerated(`${generated.file}.d.ts`);
    const member = token.slice(token.lastIndexOf(":") + 1);
    const result = new RegExp(`interface ${member.charAt(0).toUpperCase()}${member.slice(1)}Result \\{`);
    return { results: interfaceProperties(section(declarations, result, "\n}")), root: generated.root };
  });
}

/**
 * The result of a component's method such as `eks:index:Cluster/getKubeconfig`; undefined if the SDK doesn't declare
 * it.
 */
export function methodShape(token: string, programDir: string): FunctionShape | undefined {
  return once(`method ${programDir} ${token}`, () => {
    const [type, method] = [token.slice(0, token.lastIndexOf("/")), token.slice(token.lastIndexOf("/") + 1)];
    const generated = generatedFile(type, programDir);
    if (generated === undefined) return undefined;
    const result = new RegExp(`interface ${method.charAt(0).toUpperCase()}${method.slice(1)}Result \\{`);
    const body = section(readGenerated(`${generated.file}.d.ts`), result, "\n    }");
    return body === "" ? undefined : { results: interfaceProperties(body), root: generated.root };
  });
}

/**
 * The properties of a nested output type, by its path such as `lb.TargetGroupHealthCheck`. The file that contains
 * them has megabytes, so it is only read when needed, and searched rather than parsed.
 */
export function objectShape(root: string, name: string): readonly Property[] {
  return once(`object ${root} ${name}`, () => interfaceProperties(nestedType(root, "output", name)));
}

/** The names of the required properties of the nested input type at that path. */
export function requiredIn(root: string, name: string): ReadonlySet<string> {
  return once(`required ${root} ${name}`, () => {
    const properties = interfaceProperties(nestedType(root, "input", name));
    return new Set(properties.filter(({ optional }) => !optional).map((property) => property.name));
  });
}

function namespaceText(text: string, name: string): string {
  const from = text.indexOf(`\nexport declare namespace ${name} {`);
  return from < 0 ? "" : text.slice(from, text.indexOf("\n}\n", from) + 2);
}

/** The text of a nested type's interface; empty if the SDK has none with that name. */
function nestedType(root: string, side: "input" | "output", name: string): string {
  const path = join(root, "types", `${side}.d.ts`);
  if (name === "" || !existsSync(path)) return "";
  const text = once(`types ${side} ${root}`, () => readGenerated(path));
  const [member = "", ...namespaces] = name.split(".").reverse();
  if (namespaces.length > 1) return "";
  const [space] = namespaces;
  // A namespace's closing brace is at the start of a line. Searching only the namespace is quick even if a name
  // doesn't exist: the whole file has megabytes.
  const within =
    space === undefined ? text : once(`namespace ${side} ${root} ${space}`, () => namespaceText(text, space));
  const start = within.indexOf(`interface ${member} {`);
  if (start < 0) return "";
  return within.slice(start, within.indexOf(`\n${space === undefined ? "" : "    "}}`, start));
}
