/** Finds the operations of AWS's APIs that create a resource: by name, unless `MAPPINGS` names them. */
import { SERVICES } from "./mappings";
import type { Botocore, Member, Model } from "./models";
import type { ResourceType } from "./sdk";
import { MAPPINGS } from "./types";

/** An operation and its input. */
export interface Operation {
  readonly model: Model;
  readonly name: string;
  readonly input: Member;
}

/** A name without case and punctuation, which differ between the SDK and AWS. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The first words of operations that create something, in the order of preference. */
const VERBS = ["Create", "Put", "Register", "Request", "Run", "Set", "Add", "Start", "Allocate", "Publish"];

/** The first words of operations that set more properties of an existing thing. */
const LATER_VERBS = ["Put", "Enable", "Associate", "Attach", "Import", "Subscribe", "Update", "Modify"];

/** True for an operation that creates something, false for one that sets more properties of an existing thing. */
export function isCreating(name: string): boolean {
  return !LATER_VERBS.some((verb) => name.startsWith(verb));
}

/**
 * The operations that create a resource, the best match first, then those that take the remaining properties.
 *
 * @throws if a mapping names an operation that the model lacks
 */
export function operationsFor(type: ResourceType, botocore: Botocore): Operation[] {
  const mapping = MAPPINGS[keyOf(type)];
  if (mapping?.operations) return mapping.operations.map((name) => named(name, botocore));
  const services = servicesOf(type.module, botocore).map((service) => botocore.model(service));
  const found = services.flatMap((model) => {
    const nouns = nounsOf(type, model);
    return [...VERBS, ...LATER_VERBS].flatMap((verb) =>
      nouns.flatMap((noun) => operation(model, verb + noun) ?? []),
    );
  });
  // Services of one module can have operations of the same name: those of the first service that has any are used.
  const own = found.filter(({ model }) => model === found[0]?.model);
  const unique = [...new Map(own.map((one) => [one.name, one])).values()];
  return unique.length > 0 ? unique : services.flatMap((model) => longer(model, type));
}

/** `CreateDBInstance` creates `Instance` of `rds`, if no other operation has that ending. */
function longer(model: Model, { name }: ResourceType): Operation[] {
  const found = Object.keys(model.operations).filter(
    (one) => /^(Create|Put)/.test(one) && plain(one).endsWith(plain(name)),
  );
  return found.length === 1 ? [operation(model, found[0]!)].filter((one) => one !== undefined) : [];
}

/** The name of a type in the hand-kept mappings: `lb.TargetGroup`, whichever module it comes from. */
export function keyOf({ module, name }: Pick<ResourceType, "module" | "name">): string {
  return `${["alb", "applicationloadbalancing"].includes(module) ? "lb" : module}.${name}`;
}

function named(text: string, botocore: Botocore): Operation {
  const [service = "", name = ""] = text.split(" ");
  const model = botocore.model(service);
  const input = model.operations[name]?.input;
  if (input === undefined) throw new Error(`AWS has no operation ${text} with an input.`);
  return { model, name, input };
}

function servicesOf(module: string, botocore: Botocore): readonly string[] {
  return SERVICES[module] ?? botocore.services.filter((service) => plain(service) === module);
}

/** Names that AWS may use for the type in an operation's name: with the service's name in front, or without it. */
function nounsOf({ module, name }: ResourceType, { metadata, service }: Model): string[] {
  const names = [name, name.replace(/y$/, "ies"), `${name}s`, name.replace(/s$/, "")];
  const prefixes = [module, service, metadata.serviceId, metadata.endpointPrefix, ...service.split("-")].map(
    plain,
  );
  const bare = prefixes.flatMap((prefix) => {
    const singular = prefix.replace(/s$/, "");
    return [prefix, singular]
      .filter((one) => plain(name).startsWith(one))
      .map((one) => name.slice(one.length));
  });
  const nouns = [...names, ...bare].filter((noun) => noun !== "").map(plain);
  return [...new Set([...nouns, ...prefixes.map((prefix) => prefix + plain(name))])];
}

const indexes = new WeakMap<Model, Map<string, string>>();

/** @param name in any case */
function operation(model: Model, name: string): Operation | undefined {
  const index =
    indexes.get(model) ?? new Map(Object.keys(model.operations).map((one) => [plain(one), one] as const));
  indexes.set(model, index);
  const found = index.get(plain(name));
  const input = found === undefined ? undefined : model.operations[found]!.input;
  return found === undefined || input === undefined ? undefined : { model, name: found, input };
}
