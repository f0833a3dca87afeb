/**
 * Pulumi ESC environments that a stack file imports. Only Pulumi Cloud can open them; their content can be given with
 * `--answers`.
 *
 * Source: https://www.pulumi.com/docs/esc/integrations/infrastructure/pulumi-iac/; pulumi/pulumi
 * `sdk/go/common/workspace/project.go` (`Environment`) and `pkg/workspace/config.go` (`mergeConfig`).
 */
import { describe, isMapping, type Mapping } from "./yaml-file";

/** The content of an environment that a stack uses. */
export interface EnvironmentAnswer {
  /** Settings by key; `{ "fn::secret": value }` is a secret. @default none */
  readonly pulumiConfig?: Mapping;
  /** Variables of the program's environment. @default none */
  readonly environmentVariables?: Readonly<Record<string, string>>;
}

/** A secret value of an environment. */
export class EnvironmentSecret {
  constructor(readonly value: unknown) {}
}

/** Environments by name, `project/environment`. */
export type EnvironmentAnswers = Readonly<Record<string, EnvironmentAnswer>>;

/** The faults of the environments in an `--answers` file. */
export function wrongEnvironments(value: unknown): string[] {
  if (!isMapping(value)) return [`environments is ${describe(value)}; it must be an object by environment`];
  return Object.entries(value).flatMap(([name, answer]) => {
    const { pulumiConfig = {}, environmentVariables = {}, ...rest } = isMapping(answer) ? answer : { answer };
    const areTexts =
      isMapping(environmentVariables) &&
      Object.values(environmentVariables).every((variable) => typeof variable === "string");
    return isMapping(pulumiConfig) && areTexts && Object.keys(rest).length === 0
      ? []
      : [`environments["${name}"] must be { "pulumiConfig": {…}, "environmentVariables": { NAME: TEXT } }`];
  });
}

/** The combined content of several environments. */
export interface Environment {
  readonly config: Mapping;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Combines the environments of a stack file; later ones override earlier ones.
 *
 * @param value - the file's `environment`: a list of names, or a definition with `imports`
 * @param answers - the known environments
 * @param faults - receives the names of unknown environments
 */
export function openEnvironments(value: unknown, answers: EnvironmentAnswers, faults: string[]): Environment {
  const names = namesIn(value, faults);
  const unknown = names.filter((name) => !Object.hasOwn(answers, name));
  if (unknown.length > 0)
    faults.push(
      `it imports the Pulumi ESC environments ${unknown.join(", ")}, which only Pulumi Cloud can open. Give their content ` +
        `with --answers FILE: {"environments": {"${unknown[0] ?? ""}": {"pulumiConfig": {"aws:region": "eu-west-1"}}}}, ` +
        "or rehearse another stack file with --config-file FILE",
    );
  const opened = names.flatMap((name) => answers[name] ?? []);
  return {
    config: opened.reduce<Mapping>(
      (all, { pulumiConfig = {} }) => merged(all, withSecrets(pulumiConfig)) as Mapping,
      {},
    ),
    variables: Object.assign(
      {},
      ...opened.map(({ environmentVariables = {} }) => environmentVariables),
    ) as Record<string, string>,
  };
}

/** @see https://www.pulumi.com/docs/esc/environments/syntax/builtin-functions/fn-secret/ */
function withSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecrets);
  if (!isMapping(value)) return value;
  if (Object.keys(value).join() === "fn::secret") return new EnvironmentSecret(value["fn::secret"]);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withSecrets(child)]));
}

function namesIn(value: unknown, faults: string[]): string[] {
  if (value === undefined || value === null) return [];
  const imports = isMapping(value) ? (value["imports"] ?? []) : value;
  if (isMapping(value) && value["values"] !== undefined)
    faults.push(
      "its environment has values of its own, which only Pulumi Cloud can open; write them under config, where they mean the same",
    );
  const names = Array.isArray(imports) ? imports.map(nameIn) : [undefined];
  if (names.every((name) => name !== undefined)) return names;
  faults.push(`environment is ${describe(value)}; it must be a list of names of Pulumi ESC environments`);
  return [];
}

/** An import is a name, or a mapping of one name to its options. */
function nameIn(entry: unknown): string | undefined {
  if (typeof entry === "string") return entry;
  return isMapping(entry) ? Object.keys(entry)[0] : undefined;
}

/**
 * Merges a value into another one, as a JSON merge patch without deletions: mappings are merged, everything else is
 * replaced.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc7386
 */
export function merged(base: unknown, patch: unknown): unknown {
  if (!isMapping(base) || !isMapping(patch)) return patch;
  const keys = [...new Set([...Object.keys(base), ...Object.keys(patch)])];
  return Object.fromEntries(
    keys.map((key) => [key, key in patch ? merged(base[key], patch[key]) : base[key]]),
  );
}
