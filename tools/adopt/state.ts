import { type Arn, parseArn } from "../../packages/rehearse/cloud/arn";
import { messageOf, refuseIfFaulty, UsageError } from "../../packages/rehearse/errors";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { isProviderType, nameOf, typeOf } from "../../packages/rehearse/engine/urn";
import type { StackConfig } from "../../packages/rehearse/project/config";
import { describe, isMapping, type Mapping } from "../../packages/rehearse/project/yaml-file";
import { parseExport, readExport } from "../../packages/rehearse/report/read-export";
import { contains, isMap, isSecret, type Values } from "../../packages/rehearse/values";

/** A resource in the state that its stack manages. */
export interface Managed {
  readonly resource: Resource;
  /** Its inputs in the export, with secrets as written there. */
  readonly inputs: Values;
  /** Its outputs, likewise. */
  readonly outputs: Values;
}

/** The adoptable resources of an export, and the others. */
export interface State {
  readonly file: string;
  /** In the order of the export: dependencies come first. */
  readonly managed: readonly Managed[];
  /** The resources that the stack doesn't manage, or is about to delete, one a line. */
  readonly leftOut: readonly string[];
}

/** Versions of a deployment. Source: pulumi/pulumi `sdk/go/common/apitype/versions.go`. */
const VERSIONS = [3, 4];

const HOW = "write one with 'pulumi stack export --show-secrets --stack STACK --file FILE'";

/**
 * Reads the output of `pulumi stack export`.
 *
 * @throws UsageError if it is not an export, or if a deployment of its stack was interrupted
 */
export function readState(file: string): State {
  const checked = <Result>(read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      throw error instanceof UsageError
        ? error
        : new UsageError(
            `--from ${file} can't be read: ${messageOf(error)}; it must be the export of a stack: ${HOW}`,
          );
    }
  };
  const content = checked(() => parseExport(file, "--from"));
  const resources = resourcesOf(file, content);
  const exported = checked(() => readExport(content));
  const all = exported.map((resource, index): Managed => {
    const { inputs = {}, outputs = {} } = resources[index] as { inputs?: Values; outputs?: Values };
    return { resource, inputs, outputs };
  });
  const custom = all.filter(({ resource: { custom, type } }) => custom && !isProviderType(type));
  const whyNot = ({ resource: { external, pendingDeletion, id } }: Managed): string | undefined => {
    if (external) return "its stack only reads it, and doesn't manage it";
    if (pendingDeletion) return "its stack has replaced it, but not deleted it yet: 'pulumi up' there does";
    return id === ""
      ? "the state has no id for it: run 'pulumi refresh' there, and export it again"
      : undefined;
  };
  return {
    file,
    managed: custom.filter((one) => whyNot(one) === undefined),
    leftOut: custom.flatMap((one) => {
      const { urn, id } = one.resource;
      const why = whyNot(one);
      return why === undefined ? [] : [`${[typeOf(urn), nameOf(urn), id].join("  ").trimEnd()}: ${why}`];
    }),
  };
}

/** @throws UsageError unless the file is the export of a stack without pending operations */
function resourcesOf(file: string, content: unknown): readonly Mapping[] {
  const refuse = (what: string, remedy = HOW): never => {
    throw new UsageError(`--from ${file} ${what}; it must be the export of a Pulumi stack: ${remedy}`);
  };
  if (!isMapping(content)) return refuse(`is ${describe(content)}`);
  if ("terraform_version" in content)
    return refuse(
      "is a Terraform state",
      "import it first, with 'pulumi import --from terraform FILE' into a separate stack, then export that (docs/adopt.md)",
    );
  if ("checkpoint" in content) return refuse("is a checkpoint, the file of a state bucket");
  const { version, deployment } = content;
  if (!VERSIONS.includes(version as number))
    return refuse(`has version ${JSON.stringify(version)}, but only ${VERSIONS.join(" and ")} are supported`);
  if (!isMapping(deployment)) return refuse(`has no deployment, but ${describe(deployment)}`);
  const { resources = [], pending_operations: pending = [] } = deployment;
  if (!Array.isArray(resources) || !resources.every(isMapping))
    return refuse(`has resources that are ${describe(resources)}, not a list of mappings`);
  if (Array.isArray(pending) && pending.length > 0) {
    const of = pending.map((operation: unknown) => {
      const { type = "something", resource } = isMapping(operation) ? operation : {};
      const { urn } = isMapping(resource) ? resource : {};
      return `${typeof type === "string" ? type : "something"} ${typeof urn === "string" ? nameOf(urn) : "of a resource"}`;
    });
    throw new UsageError(
      `--from ${file} has ${pending.length} pending operations (${of.slice(0, 5).join(", ")}): a deployment was interrupted, and the actual state is unknown; it must have none: run 'pulumi refresh' in its stack, and export it again`,
    );
  }
  if (resources.length === 0) return refuse("has no resources", "export the stack that has some");
  return resources;
}

/**
 * Refuses a state from another account or Region than the stack's.
 *
 * @throws UsageError naming both
 */
export function refuseElsewhere({ file, managed }: State, stack: string, config: StackConfig): void {
  const region = config.get("aws:region");
  const regions = tally(managed.map(({ resource }) => regionOf(resource)));
  const accounts = tally(managed.map(({ resource }) => arnOf(resource)?.account));
  const allowed = listOf(config.get("aws:allowedAccountIds"));
  const forbidden = listOf(config.get("aws:forbiddenAccountIds"));
  const foreign = accounts.filter(
    (account) => (allowed.length > 0 && !allowed.includes(account)) || forbidden.includes(account),
  );
  refuseIfFaulty(`--from ${file} is from another account or Region than ${stack}`, [
    ...(region === undefined || regions.length === 0 || regions.includes(region)
      ? []
      : [
          `its resources are in ${regions.join(", ")}, but aws:region is ${region}: name the stack of that Region, or set its aws:region`,
        ]),
    ...(accounts.length === 0 || foreign.length < accounts.length
      ? []
      : [
          `its resources are in account ${accounts.join(", ")}, but aws:allowedAccountIds and aws:forbiddenAccountIds allow ${allowed.join(", ") || "another"}: name the stack of that account, or export the right one`,
        ]),
  ]);
}

/**
 * Refuses to adopt resources with secrets that can't be decrypted here.
 *
 * @throws UsageError naming them, without the secrets
 */
export function refuseSealed(file: string, adopted: readonly Managed[]): void {
  const isSealed = (values: Values): boolean =>
    contains(values, (value) => isSecret(value) && isMap(value) && typeof value["plaintext"] !== "string");
  const faults = adopted.flatMap(({ resource: { urn }, inputs, outputs }) => {
    const keys = Object.keys({ ...inputs, ...outputs }).filter((key) =>
      isSealed({ inputs: inputs[key] ?? null, outputs: outputs[key] ?? null }),
    );
    return keys.length === 0 ? [] : [`${typeOf(urn)}  ${nameOf(urn)}: ${keys.join(", ")}`];
  });
  if (faults.length === 0) return;
  refuseIfFaulty(`--from ${file} has encrypted secrets, but the import file needs them in plain text`, [
    ...faults,
    "export it with 'pulumi stack export --show-secrets', keep both files private, and delete them afterwards",
  ]);
}

const listOf = (text: string | undefined): string[] => text?.match(/\d{12}/g) ?? [];

/** Each value once, the most frequent first. */
function tally(texts: readonly (string | undefined)[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) if (text) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([text]) => text);
}

function arnOf({ outputs: { arn } }: Resource): Arn | undefined {
  return typeof arn === "string" ? parseArn(arn) : undefined;
}

function regionOf(resource: Resource): string | undefined {
  const { region } = resource.outputs;
  return arnOf(resource)?.region || (typeof region === "string" ? region : undefined);
}
