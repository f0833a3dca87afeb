import { forProvider } from "../engine/marshal";
import { parseReference } from "../engine/providers";
import type { Resource } from "../engine/resource";
import { nameOf, typeOf } from "../engine/urn";
import { containsUnknown, type Value, type Values } from "../values";
import { type Identity, IDENTITIES, IN_USE } from "./identity";
import { isShown, type Plan, type Step } from "./plan";

/** What goes wrong in AWS when a plan is carried out, though Pulumi plans it. */
export interface Hazard {
  readonly urn: string;
  /**
   * `collides`: AWS refuses to create, or change, it while there is another one like it. `in-use`: AWS refuses to delete
   * it while another one uses it. `detached`: it takes over what the other one has, and that is then deleted.
   */
  readonly kind: "collides" | "in-use" | "detached";
  /** The other one's URN, as the state has it. */
  readonly other: string;
  /** What happens, why, and what to do instead. */
  readonly message: string;
}

/** What goes wrong in AWS when a plan is carried out, what stops it first. */
export function hazardsOf(plan: Plan): Hazard[] {
  const found = [...collisionsOf(plan), ...usedOf(plan)];
  return [
    ...found.filter(({ kind }) => kind !== "detached"),
    ...found.filter(({ kind }) => kind === "detached"),
  ];
}

/** The older names of the load balancers' types. */
const modern = (type: string): string => type.replace(/^aws:(alb|applicationloadbalancing)\//, "aws:lb/");

/** A resource of the state, and when it goes. */
interface Old {
  readonly resource: Resource;
  readonly step: Step | undefined;
}

/** What is created, or changed, to be what another one still is. */
function collisionsOf(plan: Plan): Hazard[] {
  const olds = new Map<string, Old>();
  const remember = (resource: Resource, step: Step | undefined): void => {
    for (const identity of IDENTITIES[modern(resource.type)] ?? [])
      for (const key of keysOf(resource, identity)) olds.set(key, { resource, step });
  };
  for (const step of plan.steps) {
    // What is deleted first is out of the way.
    if (step.former !== undefined && isShown(step.former) && !step.deletesFirst) remember(step.former, step);
  }
  for (const { former, how } of plan.deletions)
    if (how !== "forgotten" && isShown(former)) remember(former, undefined);
  return plan.steps.flatMap((step): Hazard[] => {
    const { resource, operation, former } = step;
    if (!isShown(resource) || !["create", "replace", "update"].includes(operation)) return [];
    return (IDENTITIES[modern(resource.type)] ?? []).flatMap((identity) => {
      const keys = keysOf(resource, identity);
      const other = keys.map((key) => olds.get(key)).find((old) => old !== undefined);
      const isItself = operation === "update" && other?.resource === former;
      if (other === undefined || isItself) return [];
      if (identity.unless !== undefined && resource.inputs[identity.unless] === true)
        return [collision(step, other, { ...identity, error: undefined })];
      return [collision(step, other, identity)];
    });
  });
}

function collision(
  { resource, operation, former }: Step,
  { resource: other, step }: Old,
  { by, action, error }: Omit<Identity, "error"> & { readonly error?: string | undefined },
): Hazard {
  const { urn } = resource;
  const same = by
    .filter((key) => !key.endsWith("?") || resource.inputs[key.slice(0, -1)] !== undefined)
    .map((key) => key.replace("?", ""));
  const names = [same.slice(0, -1).join(", "), same.at(-1)].filter((part) => part !== "").join(" and ");
  const its = other === former ? "the one that it replaces" : nameOf(other.urn);
  const isGone = step === undefined || step.operation === "replace";
  const isRenamed = resource.type === other.type && operation === "create" && step === undefined;
  const remedy = isRenamed
    ? `if it is the same, say so with aliases: [{ name: ${JSON.stringify(nameOf(other.urn))} }]; if not, deploy twice, without it first`
    : other === former
      ? "set deleteBeforeReplace: true, or leave its name to Pulumi"
      : `deploy twice, and free ${names} first`;
  if (error === undefined)
    return {
      ...{ urn, kind: "detached", other: other.urn },
      message: `${label(urn)} takes over what ${its} has (the same ${names}; ${action}), which is deleted after that: it ends detached, or deleted. Instead, ${remedy}`,
    };
  const order = isGone
    ? `${operation === "update" ? "changed" : "created"} before ${its}, which has the same ${names}, is deleted`
    : `${operation === "update" ? "changed" : "created"} while ${its} has the same ${names}`;
  return {
    ...{ urn, kind: "collides", other: other.urn },
    message: `${label(urn)} is ${order}: AWS refuses what already exists (${action}: ${error}). Instead, ${remedy}`,
  };
}

/** The identities that a resource has: several by a list, none where a part isn't known. */
function keysOf(resource: Resource, { by }: Identity): string[] {
  const inputs = forProvider(resource.inputs);
  const parts = by.map((key): Value | undefined => {
    const name = key.replace("?", "");
    const value = inputs[name];
    if (value === undefined || value === null) return key.endsWith("?") ? "" : undefined;
    return resource.defaults.includes(name) ? undefined : value;
  });
  if (parts.some((part) => part === undefined || containsUnknown(part))) return [];
  const [first] = parts;
  const provider = resource.provider === "" ? "" : nameOf(parseReference(resource.provider).urn);
  const place = [modern(resource.type), provider.replace(/^default_.*/, "default"), inputs["region"] ?? ""];
  const key = (values: readonly (Value | undefined)[]): string => JSON.stringify([...place, ...values]);
  return Array.isArray(first) ? first.map((one) => key([one])) : [key(parts.map(canonical))];
}

/** Names in DNS are the same in either case, with and without their last dot. */
const canonical = (part: Value | undefined): Value | undefined =>
  typeof part === "string" ? part.replace(/\.$/, "").toLowerCase() : part;

/** What is deleted while others use it. */
function usedOf(plan: Plan): Hazard[] {
  const stays = plan.steps.filter(({ resource }) => isShown(resource));
  const gone: { readonly former: Resource; readonly isFirst: boolean }[] = [
    ...plan.deletions
      .filter(({ how }) => how === "deleted")
      .map(({ former }) => ({ former, isFirst: false })),
    ...stays.flatMap(({ operation, former, deletesFirst }) =>
      operation === "replace" && former !== undefined ? [{ former, isFirst: deletesFirst }] : [],
    ),
  ];
  return gone.flatMap(({ former, isFirst }): Hazard[] => {
    const error = IN_USE[modern(former.type)];
    if (error === undefined || former.retainOnDelete) return [];
    const ids = [former.outputs["arn"], former.id].filter(
      (id): id is string => typeof id === "string" && id.length > MEANINGFUL,
    );
    const uses = (values: Values): boolean => {
      const text = JSON.stringify(values);
      return ids.some((id) => text.includes(JSON.stringify(id)));
    };
    const user = stays.find((step) => {
      if (step.former === undefined || step.former.urn === former.urn) return false;
      // Before the new one is there, others have the old one; afterwards, those that still name it.
      return isFirst
        ? !(step.operation === "replace" && step.deletesFirst) && uses(step.former.inputs)
        : uses(step.resource.inputs);
    });
    if (user?.former === undefined) return [];
    const when = isFirst ? "is deleted before there is a new one" : "is deleted";
    const remedy = isFirst
      ? "leave its name to Pulumi, or give the new one another name with deleteBeforeReplace: false"
      : `take it out of ${nameOf(user.resource.urn)} first`;
    return [
      {
        ...{ urn: former.urn, kind: "in-use", other: user.former.urn },
        message: `${label(former.urn)} ${when}, while ${label(user.resource.urn)} uses it: AWS refuses (${error}). Instead, ${remedy}`,
      },
    ];
  });
}

/** Characters above which an id is no word that stands in a text by chance. */
const MEANINGFUL = 4;

const label = (urn: string): string => `${typeOf(urn)} ${nameOf(urn)}`;
