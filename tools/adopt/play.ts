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

/** What is played. */
export interface Player {
  readonly project: Project;
  readonly stack: StackToRehearse;
  readonly answers: Answers;
  readonly hosts: Hosts;
}

/** A program as it looks when deployed, and the texts in it that nobody but AWS knows. */
export interface Deployed {
  readonly resources: readonly Resource[];
  readonly lookups: Lookups;
}

/**
 * Plays a program as if it were deployed, all of it new.
 *
 * @throws RehearsalError if it fails
 */
export async function playNew(player: Player): Promise<Deployed> {
  const lookups = new Lookups(new Set(Object.keys(player.answers.invokes ?? {})));
  try {
    return { resources: (await play(player, lookups, { isDeployed: true })).resources, lookups };
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    // What is made up may be nothing that the program can work with. Unknown, it is what a preview has anyway.
    return { resources: (await play(player, lookups, {})).resources, lookups };
  }
}

/**
 * Plays a preview of a program over the state that an import leaves.
 *
 * @param state - see {@link imported}
 * @param truths - what is in the place of what was made up for the program
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
  throw new RehearsalError(`the program failed, and so nothing is adopted:\n${told.join("\n")}`);
}

/** A resource that is taken over. */
export interface Adopted {
  readonly managed: Managed;
  /** Its inputs as the import file gives them. */
  readonly inputs: Values;
}

/**
 * How a resource's inputs go into the new stack: a name that the program leaves to Pulumi is noted as Pulumi's own, or the
 * provider would make another one up, and replace the resource for it.
 *
 * @see https://github.com/pulumi/pulumi/issues/9210
 * @param resource - the program's
 */
export function withKeptNames({ inputs }: Managed, resource: Resource): Values {
  const noted = inputs["__defaults"];
  // Without that note, the provider takes any former value for its own.
  if (!Array.isArray(noted)) return inputs;
  const names = resource.defaults.filter((name) => inputs[name] !== undefined);
  return { ...inputs, __defaults: [...new Set([...noted, ...names])] };
}

/**
 * The state of a new stack after the import: what is taken over, its components and providers. Nothing in it depends on
 * anything: an import doesn't say so.
 *
 * @param program - as {@link playNew} gives it
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
