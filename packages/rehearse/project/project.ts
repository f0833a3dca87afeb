import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { whatIsThere } from "../cli/nearest";
import { refuseIfFaulty, UsageError } from "../errors";
import { describe, isMapping, readYaml } from "./yaml-file";

/** What the engine calls the owner of a stack in a state file of one's own. */
export const ORGANIZATION = "organization";

/** A `type` of Pulumi.yaml's config schema; arrays name their items'. */
export interface ConfigType {
  readonly type: string;
  readonly items?: ConfigType;
}

/** One key of Pulumi.yaml's `config:`. */
export interface ConfigDeclaration {
  readonly type: ConfigType | undefined;
  readonly fallback: unknown;
  readonly secret: boolean;
}

/** `runtime.options` of Pulumi.yaml, as the Node.js language host reads them. */
export interface RuntimeOptions {
  /** @default true */
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeargs: string;
}

/** A Pulumi program: what its Pulumi.yaml says. */
export interface Project {
  /** The folder of Pulumi.yaml, absolute. */
  readonly root: string;
  readonly name: string;
  readonly runtime: RuntimeOptions;
  /** The working directory of the program: {@link root}, or as `main` says. */
  readonly workingDir: string;
  /** What is run in it: `.` (package.json decides) or a file that `main` names. */
  readonly entryPoint: string;
  /** Declared configuration by key as written, with or without a namespace. */
  readonly config: ReadonlyMap<string, ConfigDeclaration>;
  /** The folder of the stack files, absolute. */
  readonly stackDir: string;
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
  const content = readYaml(file, "project file");
  const faults: string[] = [];

  const name = content["name"];
  if (typeof name !== "string" || name === "") faults.push("it has no name");
  const runtime = readRuntime(content["runtime"], faults);
  const config = readDeclarations(content["config"], typeof name === "string" ? name : "", faults);
  // In its old meaning, config is the folder of the stack files.
  const inFolder = typeof content["config"] === "string";
  const stackDir = inFolder ? content["config"] : content["stackConfigDir"];
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
    stackDir: typeof stackDir === "string" ? resolve(root, stackDir) : root,
  };
}

/** `runtime: nodejs`, or `runtime: { name, options }`. */
export function readRuntime(value: unknown, faults: string[]): RuntimeOptions {
  const name = isMapping(value) ? value["name"] : value;
  const options = isMapping(value) && isMapping(value["options"]) ? value["options"] : {};
  if (name !== "nodejs") {
    faults.push(`runtime is ${describe(name)}; the rehearsal runs Node.js only (runtime: nodejs)`);
  }
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

/** `main` names a folder to work in, or a file to run there; it must stay inside the project. */
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

/** The rules are those of pulumi/pulumi `sdk/go/common/workspace/project.go`, `Project.Validate`. */
function readDeclarations(value: unknown, project: string, faults: string[]): Map<string, ConfigDeclaration> {
  const declarations = new Map<string, ConfigDeclaration>();
  if (!isMapping(value)) return declarations;
  for (const [key, declared] of Object.entries(value)) {
    if (!isMapping(declared)) {
      // A bare value is the value of the key for every stack.
      declarations.set(key, { type: undefined, fallback: declared, secret: false });
      continue;
    }
    const { type, default: fallback, value: fixed, secret } = declared;
    const own = !key.includes(":") || key.startsWith(`${project}:`);
    if (fallback !== undefined && fixed !== undefined) {
      faults.push(`config ${key} has both a default and a value; keep one`);
    }
    if (type !== undefined && !(typeof type === "string" && TYPES.includes(type))) {
      faults.push(`config ${key} has type ${describe(type)}; it must be one of ${TYPES.join(", ")}`);
    }
    if (type === "array" && !isMapping(declared["items"])) {
      faults.push(`config ${key} is an array without items; add items: { type: string }`);
    }
    if (!own && type !== undefined)
      faults.push(`config ${key} belongs to another namespace and can't declare a type`);
    if (!own && fixed === undefined)
      faults.push(`config ${key} belongs to another namespace and needs a value`);
    declarations.set(key, {
      type: typeof type === "string" ? typeOf(declared) : undefined,
      fallback: fixed ?? fallback,
      secret: secret === true,
    });
  }
  return declarations;
}

function typeOf(declared: Record<string, unknown>): ConfigType {
  const items = declared["items"];
  return { type: String(declared["type"]), ...(isMapping(items) ? { items: typeOf(items) } : {}) };
}

/** The path of a stack's own file, whether it exists or not. */
export function stackFile(project: Project, stack: string): string {
  const paths = [".yaml", ".yml"].map((ending) => join(project.stackDir, `Pulumi.${stack}${ending}`));
  return paths.find((path) => existsSync(path)) ?? (paths[0] as string);
}

/** The stack that a `--config-file` is for, by its name: `Pulumi.dev.yaml` and `dev.yaml` are both dev's. */
export function stackNameOf(file: string): string {
  return basename(file)
    .replace(/^Pulumi\./, "")
    .replace(/\.ya?ml$/, "");
}
