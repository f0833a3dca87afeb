import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { whatIsThere, whatThereIs } from "../cli/nearest";
import { refuseIfFaulty, UsageError } from "../errors";
import { parseKey } from "./config-keys";
import { type ConfigDeclaration, type ConfigType, fits, typeName } from "./config-types";
import { goJson } from "./go-yaml";
import { describe, isMapping, type Mapping, readYaml } from "./yaml-file";

/** The engine's name for the owner of a stack in a self-managed backend. */
export const ORGANIZATION = "organization";

/** `runtime.options` of Pulumi.yaml, as the Node.js language host reads them. */
export interface RuntimeOptions {
  /** @default true */
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeargs: string;
}

/** A Pulumi program, as described by its Pulumi.yaml. */
export interface Project {
  /** The folder of Pulumi.yaml, absolute. */
  readonly root: string;
  readonly name: string;
  readonly runtime: RuntimeOptions;
  /** The working directory of the program: {@link root}, or the folder in `main`. */
  readonly workingDir: string;
  /** What is run in it: `.` (package.json decides) or the file in `main`. */
  readonly entryPoint: string;
  /** The declared configuration, by key as written, with or without a namespace. */
  readonly config: ReadonlyMap<string, ConfigDeclaration>;
  /** The folder of the stack files, absolute. */
  readonly stackDir: string;
  /** Possible mistakes that the engine ignores silently. */
  readonly warnings: readonly string[];
}

const TYPES = ["string", "integer", "boolean", "array", "object"];

/**
 * Reads a folder's Pulumi.yaml.
 * @throws UsageError naming every fault of the file.
 */
export function readProject(dir: string): Project {
  const root = resolve(dir);
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) {
    const isProgram = (name: string): boolean => existsSync(join(dirname(root), name, "Pulumi.yaml"));
    throw new UsageError(
      `no Pulumi.yaml in ${root}: name the program's folder with --program DIR; ${whatIsThere(root, "programs beside it", isProgram)}`,
    );
  }
  const content = readYaml(file, "project file", Infinity);
  const faults: string[] = [];

  const name = content["name"];
  if (typeof name !== "string" || name === "") faults.push("it has no name");
  const runtime = readRuntime(content["runtime"], faults);
  const config = readDeclarations(content["config"], typeof name === "string" ? name : "", faults);
  faults.push(...wrongParts(content));
  // In its old meaning, config is the folder of the stack files.
  const inFolder = typeof content["config"] === "string";
  const stackDir = inFolder ? content["config"] : (content["stackConfigDir"] ?? ".");
  if (typeof stackDir !== "string")
    faults.push(`stackConfigDir is ${describe(stackDir)}; it must be a folder`);
  if (inFolder && content["stackConfigDir"] !== undefined)
    faults.push(
      "it has both config and stackConfigDir for the folder of the stack files; keep stackConfigDir",
    );
  const { workingDir, entryPoint } = readMain(root, content["main"], faults);

  refuseIfFaulty(`project file ${file}`, faults);
  return {
    root,
    name: name as string,
    runtime,
    workingDir,
    entryPoint,
    config,
    stackDir: resolve(root, stackDir as string),
    warnings: unknownParts(content).map((slip) => `project file ${file}: ${slip}`),
  };
}

const TEXTS = ["description", "author", "website", "license"];
const PARTS = [
  "name",
  "runtime",
  "main",
  ...TEXTS,
  "config",
  "stackConfigDir",
  "template",
  "requiredPulumiVersion",
  "backend",
  "options",
  "packages",
  "plugins",
];

/** Faults of the parts that the rehearsal doesn't use, but that must be valid for Pulumi to read the file. */
function wrongParts(content: Mapping): string[] {
  const { backend, options } = content;
  return [
    ...TEXTS.filter((part) => typeof (content[part] ?? "") !== "string").map(
      (part) => `${part} is ${describe(content[part])}; it must be a string`,
    ),
    ...(hasOnly(backend, ["url"]) ? [] : ["backend must be a mapping with url"]),
    ...(hasOnly(options, ["refresh"]) && (!isMapping(options) || options["refresh"] === "always")
      ? []
      : ["options must be a mapping with refresh, which must be always"]),
  ];
}

function hasOnly(value: unknown, keys: readonly string[]): boolean {
  if (value === undefined || value === null) return true;
  return isMapping(value) && Object.keys(value).every((key) => keys.includes(key));
}

function unknownParts(content: Mapping): string[] {
  const unknown = Object.keys(content).filter((key) => !PARTS.includes(key));
  return [
    ...unknown.map((key) => `${key} is ignored; ${whatThereIs(key, "parts", PARTS)}`),
    ...(content["plugins"] === undefined ? [] : ["its plugins aren't run: the stand-in cloud replaces them"]),
  ];
}

/** `runtime: nodejs`, or `runtime: { name, options }`. */
export function readRuntime(value: unknown, faults: string[]): RuntimeOptions {
  const name = isMapping(value) ? value["name"] : value;
  const given = isMapping(value) ? (value["options"] ?? {}) : {};
  const options = isMapping(given) ? given : {};
  if (name !== "nodejs")
    faults.push(`runtime is ${describe(name)}; the rehearsal runs Node.js only (runtime: nodejs)`);
  if (!isMapping(given)) faults.push(`runtime.options is ${describe(given)}; it must be a mapping`);
  if (isMapping(value) && !hasOnly(value, ["name", "options"]))
    faults.push(`runtime has ${Object.keys(value).join(", ")}; it may have name and options`);
  const { typescript = true, tsconfig, nodeargs = "" } = options;
  if (typeof typescript !== "boolean")
    faults.push(`runtime.options.typescript is ${describe(typescript)}; it must be a boolean`);
  if (typeof nodeargs !== "string")
    faults.push(`runtime.options.nodeargs is ${describe(nodeargs)}; it must be a string`);
  return {
    typescript: typescript === true,
    tsconfig: typeof tsconfig === "string" ? tsconfig : undefined,
    nodeargs: typeof nodeargs === "string" ? nodeargs : "",
  };
}

/** `main` names a working folder, or a file to run there; it must be inside the project. */
function readMain(root: string, main: unknown, faults: string[]): Pick<Project, "workingDir" | "entryPoint"> {
  if (main === undefined) return { workingDir: root, entryPoint: "." };
  if (typeof main !== "string") {
    faults.push(`main is ${describe(main)}; it must be a path`);
    return { workingDir: root, entryPoint: "." };
  }
  const path = resolve(root, main);
  if (relative(root, path).startsWith("..")) faults.push(`main is ${main}; it must be inside ${root}`);
  else if (!existsSync(path)) faults.push(`main is ${main}, which doesn't exist`);
  else if (!statSync(path).isDirectory()) return { workingDir: dirname(path), entryPoint: basename(path) };
  return { workingDir: path, entryPoint: "." };
}

const FIELDS = ["type", "items", "description", "secret", "default", "value"];

/** The rules are those of pulumi/pulumi `sdk/go/common/workspace/project.go` (`Project.Validate`) and `project.json`. */
function readDeclarations(value: unknown, project: string, faults: string[]): Map<string, ConfigDeclaration> {
  const declarations = new Map<string, ConfigDeclaration>();
  if (value === undefined || value === null || typeof value === "string") return declarations;
  if (!isMapping(value)) {
    faults.push(`config is ${describe(value)}; it must be a mapping`);
    return declarations;
  }
  for (const [name, declared] of Object.entries(value)) {
    const key = parseKey(name, project);
    if (key === undefined)
      faults.push(`config ${name} is not a configuration key; write NAME or NAMESPACE:NAME`);
    else if (/[.[]/.test(name))
      faults.push(`config ${name} is a path; declare the whole setting as an object`);
    else if (isMapping(declared))
      declarations.set(name, {
        key,
        ...readDeclaration(name, declared, key.startsWith(`${project}:`), faults),
      });
    // A plain value is the value of the key for every stack.
    else if (isShorthand(declared))
      declarations.set(name, { key, type: undefined, fallback: declared, secret: false });
    else
      faults.push(
        `config ${name} is ${describe(declared)}; it must be a string, a whole number, a boolean, a list, or a mapping with ${FIELDS.join(", ")}`,
      );
  }
  return declarations;
}

function isShorthand(value: unknown): boolean {
  if (typeof value === "bigint") return value < 2n ** 63n;
  return Array.isArray(value) || ["string", "boolean"].includes(typeof value) || Number.isInteger(value);
}

function readDeclaration(
  name: string,
  declared: Mapping,
  isOwn: boolean,
  faults: string[],
): Omit<ConfigDeclaration, "key"> {
  const { type: typeGiven, default: preset, value: fixed, secret } = declared;
  const type = typeof typeGiven === "string" ? typeOf(declared) : undefined;
  const fallback = preset ?? fixed ?? undefined;
  const more = Object.keys(declared).filter((field) => !FIELDS.includes(field));
  if (more.length > 0) faults.push(`config ${name} has ${more.join(", ")}; it may have ${FIELDS.join(", ")}`);
  if (preset !== undefined && fixed !== undefined)
    faults.push(`config ${name} has both a default and a value; keep one`);
  if (typeGiven !== undefined && !(type !== undefined && TYPES.includes(type.type)))
    faults.push(`config ${name} has type ${describe(typeGiven)}; it must be one of ${TYPES.join(", ")}`);
  else if (type?.type === "array" && type.items === undefined)
    faults.push(`config ${name} is an array without items; add items: { type: string }`);
  else if (type !== undefined && fallback !== undefined && !fits(fallback, type))
    faults.push(`config ${name} is of type ${typeName(type)}, but its default is ${goJson(fallback)}`);
  if (!isOwn && type !== undefined)
    faults.push(`config ${name} belongs to another namespace and can't declare a type`);
  if (!isOwn && fixed === undefined)
    faults.push(`config ${name} belongs to another namespace and needs a value`);
  return { type, fallback, secret: secret === true };
}

function typeOf(declared: Mapping): ConfigType {
  const items = declared["items"];
  return { type: String(declared["type"]), ...(isMapping(items) ? { items: typeOf(items) } : {}) };
}

/** The path of a stack's own file, whether or not it exists. */
export function stackFile(project: Project, stack: string): string {
  const paths = [".yaml", ".yml"].map((ending) => join(project.stackDir, `Pulumi.${stack}${ending}`));
  return paths.find((path) => existsSync(path)) ?? (paths[0] as string);
}

/** The stack of a `--config-file`, from its name: `Pulumi.dev.yaml` and `dev.yaml` both belong to dev. */
export function stackNameOf(file: string): string {
  return basename(file)
    .replace(/^Pulumi\./, "")
    .replace(/\.ya?ml$/, "");
}
