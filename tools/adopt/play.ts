import type { Answers } from "../../packages/rehearse/cloud/answers";
import { standInCloud } from "../../packages/rehearse/cloud/stand-in";
import { isProviderType } from "../../packages/rehearse/engine/urn";
import { parseReference } from "../../packages/rehearse/engine/providers";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { RehearsalError } from "../../packages/rehearse/errors";
import type { Project } from "../../packages/rehearse/project/project";
import { type Hosts, type Rehearsal, rehearse } from "../../packages/rehearse/rehearsal";
import { redact } from "../../packages/rehearse/report/redact";
import type { StackToRehearse } from "../../packages/rehearse/stacks";
import type { Values } from "../../packages/rehearse/values";
import { Lookups } from "./lookups";
import type { Managed } from "./state";

/** The program to rehearse. */
export interface Player {
  readonly project: Project;
  readonly stack: StackToRehearse;
  readonly answers: Answers;
  readonly hosts: Hosts;
}

/** A program as it looks when deployed, and its strings that only AWS knows. */
export interface Deployed {
  readonly resources: readonly Resource[];
  readonly lookups: Lookups;
}

/**
 * Rehearses a program as if it were deployed, with all resources new.
 *
 * @throws RehearsalError if it fails
 */
export async function playNew(player: Player): Promise<Deployed> {
  const lookups = new Lookups(new Set(Object.keys(player.answers.invokes ?? {})));
  try {
    return { resources: (await play(player, lookups, { isDeployed: true })).resources, lookups };
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    // The program may fail on made-up values. A preview with unknown values then works as well.
    return { resources: (await play(player, lookups, {})).resources, lookups };
  }
}

/**
 * Rehearses a preview of a program over the state that an import leaves.
 *
 * @param state - see {@link imported}
 * @param truths - the real values of made-up strings
 * @throws RehearsalError if it fails
 */
export function playOver(
  player: Player,
  state: readonly Resource[],
  truths: ReadonlyMap<string, string>,
): Promise<Rehearsal> {
  const lookups = new Lookups(new Set(Object.keys(player.answers.invokes ?? {})), truths);
  return play(player, lookups, { state });
}

async function play(
  { project, stack, answers, hosts }: Player,
  lookups: Lookups,
  how: { readonly isDeployed?: boolean; readonly state?: readonly Resource[] },
): Promise<Rehearsal> {
  const rehearsal = await rehearse({
    project,
    hosts,
    mode: "preview",
    stack: stack.name,
    config: stack.config,
    packs: [],
    ...how,
    cloud: lookups.listenTo(standInCloud(answers)),
    allowUnjudged: [],
    timeoutSeconds: 120,
    onProgress: () => undefined,
  });
  if (rehearsal.verdict !== "failed") return rehearsal;
  const { diagnostics, printed } = redact(rehearsal, stack.config.secretTexts);
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const told = errors.length > 0 ? errors : printed;
  throw new RehearsalError(`the program failed, so nothing is adopted:\n${told.join("\n")}`);
}

/** An adopted resource. */
export interface Adopted {
  readonly managed: Managed;
  /** Its inputs in the import file. */
  readonly inputs: Values;
}

/**
 * The inputs of a resource in the new stack: a name that the program leaves to Pulumi is marked as auto-generated.
 * Otherwise the provider would generate another one, and replace the resource.
 *
 * @see https://github.com/pulumi/pulumi/issues/9210
 * @param resource - the program's
 */
export function withKeptNames({ inputs }: Managed, resource: Resource): Values {
  const noted = inputs["__defaults"];
  // Without that mark, the provider takes every old value for its own.
  if (!Array.isArray(noted)) return inputs;
  const names = resource.defaults.filter((name) => inputs[name] !== undefined);
  return { ...inputs, __defaults: [...new Set([...noted, ...names])] };
}

/**
 * The state of a new stack after the import: adopted resources, their components and providers. It has no
 * dependencies, because an import doesn't record any.
 *
 * @param program - the result of {@link playNew}
 * @param adopted - by the program's URN
 */
export function imported(
  program: readonly Resource[],
  adopted: ReadonlyMap<string, Adopted>,
): readonly Resource[] {
  const byUrn = new Map(program.map((resource) => [resource.urn, resource]));
  const needed = new Set<string>();
  const need = (urn: string): void => {
    const resource = byUrn.get(urn);
    if (resource === undefined || needed.has(urn)) return;
    needed.add(urn);
    need(resource.parent);
    if (resource.provider !== "") need(parseReference(resource.provider).urn);
  };
  for (const urn of adopted.keys()) need(urn);
  return program.flatMap((resource): Resource[] => {
    if (!needed.has(resource.urn)) return [];
    const bare = {
      ...resource,
      dependencies: [],
      propertyDependencies: {},
      replaceWith: [],
      deletedWith: "",
    };
    const one = adopted.get(resource.urn);
    if (one === undefined) return isProviderType(resource.type) || !resource.custom ? [bare] : [];
    const { id, inputs, outputs } = one.managed.resource;
    const noted = one.inputs["__defaults"];
    return [
      {
        ...bare,
        id,
        outputs,
        importId: "",
        inputs: { ...inputs, ...(noted === undefined ? {} : { __defaults: noted }) },
        defaults: Array.isArray(noted) ? (noted as string[]) : Object.keys(inputs),
      },
    ];
  });
}
