import { modernType } from "../cloud/types";
import { forProvider } from "../engine/marshal";
import { parseReference } from "../engine/providers";
import type { Resource } from "../engine/resource";
import { nameOf, typeOf } from "../engine/urn";
import { containsUnknown, type Value } from "../values";
import { type Identity, IDENTITIES } from "./identity";
import { IN_USE } from "./in-use";
import { isShown, type Plan, type Step } from "./plan";

/** What goes wrong in AWS when a plan is carried out, although Pulumi plans it. */
export interface Hazard {
  readonly urn: string;
  /**
   * `collides`: AWS refuses to create or change the resource while a similar one exists. `in-use`: AWS refuses to
   * delete the resource while another one uses it. `detached`: it takes over the other resource's place, and the
   * other one is then deleted.
   */
  readonly kind: "collides" | "in-use" | "detached";
  /** The other resource's URN in the state. */
  readonly other: string;
  /** What happens, why, and what to do instead. */
  readonly message: string;
}

/** What goes wrong in AWS when a plan is carried out; failures that stop it come first. */
export function hazardsOf(plan: Plan): Hazard[] {
  const found = [...collisionsOf(plan), ...usedOf(plan)];
  return [
    ...found.filter(({ kind }) => kind !== "detached"),
    ...found.filter(({ kind }) => kind === "detached"),
  ];
}

/** A resource of the state, and the step that deletes it. */
interface Old {
  readonly resource: Resource;
  readonly step: Step | undefined;
}

/** Resources that are created or changed to have the identity that another one still has. */
function collisionsOf(plan: Plan): Hazard[] {
  const olds = new Map<string, Old>();
  const remember = (resource: Resource, step: Step | undefined): void => {
    for (const key of keysOf(resource)) olds.set(key, { resource, step });
  };
  for (const step of plan.steps) {
    // A resource that is deleted first doesn't collide.
    if (step.former !== undefined && isShown(step.former) && !step.deletesFirst) remember(step.former, step);
  }
  for (const { former, how } of plan.deletions)
    if (how !== "forgotten" && isShown(former)) remember(former, undefined);
  return plan.steps.flatMap((step): Hazard[] => {
    const { resource, operation, former } = step;
    if (!isShown(resource) || !["create", "replace", "update"].includes(operation)) return [];
    const identity = IDENTITIES.get(modernType(resource.type));
    const other = keysOf(resource)
      .map((key) => olds.get(key))
      .find((old) => old !== undefined);
    if (identity === undefined || other === undefined) return [];
    if (operation === "update" && other.resource === former) return [];
    const takesOver =
      identity.error === undefined ||
      (identity.unless !== undefined && resource.inputs[identity.unless] === true);
    if (!takesOver) return [collision(step, other, identity)];
    // If both stay, they have been the same thing all along: this plan loses nothing.
    return isGone(other) && !other.resource.retainOnDelete ? [takeover(step, other, identity)] : [];
  });
}

const isGone = ({ step }: Old): boolean => step === undefined || step.operation === "replace";

function collision(created: Step, old: Old, { by, action, error }: Identity): Hazard {
  const { resource, operation } = created;
  const [it, its, names] = [label(resource.urn), nameIn(created, old), namesOf(resource, by)];
  const how = operation === "update" ? "changed" : "created";
  const order = isGone(old)
    ? `${how} before ${its}, which has the same ${names}, is deleted`
    : `${how} while ${its} has the same ${names}`;
  return {
    urn: resource.urn,
    kind: "collides",
    other: old.resource.urn,
    message: `${it} is ${order}: AWS refuses what already exists (${action}: ${error ?? ""}). Instead, ${remedyFor(created, old, names)}`,
  };
}

function takeover(created: Step, old: Old, { by, action }: Identity): Hazard {
  const { resource } = created;
  const [it, its, names] = [label(resource.urn), nameIn(created, old), namesOf(resource, by)];
  return {
    urn: resource.urn,
    kind: "detached",
    other: old.resource.urn,
    message: `${it} takes over from ${its} (the same ${names}; ${action}), which is deleted afterwards: the result is detached or deleted. Instead, ${remedyFor(created, old, names)}`,
  };
}

const nameIn = ({ former }: Step, { resource }: Old): string =>
  resource === former ? "the one that it replaces" : nameOf(resource.urn);

/** The names of the equal inputs, in words. */
function namesOf({ inputs }: Resource, by: readonly string[]): string {
  const same = by
    .filter((key) => !key.endsWith("?") || inputs[key.slice(0, -1)] !== undefined)
    .map((key) => key.replace("?", ""));
  return [same.slice(0, -1).join(", "), same.at(-1)].filter((part) => part !== "").join(" and ");
}

function remedyFor(
  { resource, operation, former }: Step,
  { resource: other, step }: Old,
  names: string,
): string {
  if (other === former) return "set deleteBeforeReplace: true, or leave its name to Pulumi";
  return resource.type === other.type && operation === "create" && step === undefined
    ? `if it is the same resource, declare it with aliases: [{ name: ${JSON.stringify(nameOf(other.urn))} }]; if not, deploy twice, the first time without it`
    : `deploy twice, and free ${names} the first time`;
}

/** The identities of a resource: several for a list, none if a part isn't known. */
function keysOf(resource: Resource): string[] {
  const { by } = IDENTITIES.get(modernType(resource.type)) ?? { by: [] };
  if (by.length === 0) return [];
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
  const place = [
    modernType(resource.type),
    provider.replace(/^default_.*/, "default"),
    inputs["region"] ?? "",
  ];
  const key = (values: readonly (Value | undefined)[]): string => JSON.stringify([...place, ...values]);
  return Array.isArray(first) ? first.map((one) => key([one])) : [key(parts.map(canonical))];
}

/** DNS names ignore case and a final dot. */
const canonical = (part: Value | undefined): Value | undefined =>
  typeof part === "string" ? part.replace(/\.$/, "").toLowerCase() : part;

/** Resources that are deleted while others use them. */
function usedOf(plan: Plan): Hazard[] {
  const stays = plan.steps.filter(({ resource }) => isShown(resource));
  const users = stays.flatMap((step) =>
    step.former === undefined
      ? []
      : [{ step, before: JSON.stringify(step.former.inputs), after: JSON.stringify(step.resource.inputs) }],
  );
  const gone: { readonly former: Resource; readonly isFirst: boolean }[] = [
    ...plan.deletions
      .filter(({ how }) => how === "deleted")
      .map(({ former }) => ({ former, isFirst: false })),
    ...stays.flatMap(({ operation, former, deletesFirst }) =>
      operation === "replace" && former !== undefined ? [{ former, isFirst: deletesFirst }] : [],
    ),
  ];
  return gone.flatMap(({ former, isFirst }): Hazard[] => {
    const inUse = IN_USE[modernType(former.type)];
    if (inUse === undefined || former.retainOnDelete) return [];
    const ids = [former.outputs["arn"], former.id].filter(
      (id): id is string => typeof id === "string" && id.length > MEANINGFUL,
    );
    const uses = (inputs: string): boolean => ids.some((id) => inputs.includes(JSON.stringify(id)));
    const user = users.find(({ step, before, after }) => {
      if (step.former?.urn === former.urn) return false;
      if (inUse.by?.includes(modernType(step.resource.type)) === false) return false;
      // Before the new resource exists, others use the old one; afterwards, only those that still name it.
      return isFirst ? !(step.operation === "replace" && step.deletesFirst) && uses(before) : uses(after);
    })?.step;
    if (user?.former === undefined) return [];
    const when = isFirst ? "is deleted before the new one exists" : "is deleted";
    const remedy = isFirst
      ? "leave its name to Pulumi, or give the new one another name with deleteBeforeReplace: false"
      : `remove it from ${nameOf(user.resource.urn)} first`;
    return [
      {
        urn: former.urn,
        kind: "in-use",
        other: user.former.urn,
        message: `${label(former.urn)} ${when}, while ${label(user.resource.urn)} uses it: AWS refuses (${inUse.action}: ${inUse.error}). Instead, ${remedy}`,
      },
    ];
  });
}

/** Ids up to this length may occur in a text by chance. */
const MEANINGFUL = 4;

const label = (urn: string): string => `${typeOf(urn)} ${nameOf(urn)}`;
