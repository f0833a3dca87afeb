/** Which member of a request a property becomes: by name, where their kinds agree. */
import { plain } from "./operations";
import type { Model, Shape } from "./models";
import type { Kind, Property, Sdk } from "./sdk";

/** A member that a property may become. */
export interface Candidate {
  /** Its name, with those of the structures around it: `DistributionConfig.Comment`. */
  readonly name: string;
  readonly shape: string;
  /** True if AWS demands it, and all that it is in. */
  readonly required: boolean;
}

/** The members of a structure. */
export function candidatesOf({ members = {}, required = [] }: Shape, within?: Candidate): Candidate[] {
  return Object.entries(members).map(([name, { shape }]) => ({
    name: within ? `${within.name}.${name}` : name,
    shape,
    required: required.includes(name) && (within?.required ?? true),
  }));
}

/** Structures that AWS puts around what the provider takes flat. */
const WRAPPER =
  /(config|configuration|input|request|settings|details|properties|parameters|specification|data)$/;

/**
 * The members to look for properties in: a structure's own, then those of structures around other members, which
 * count where nothing else has their name.
 *
 * @param taken names of properties, in plain form: a structure with such a name is a property itself
 */
export function withWrapped(structure: Shape, model: Model, taken: ReadonlySet<string>): Candidate[] {
  const own = candidatesOf(structure);
  const wrapped = own.flatMap((candidate) => {
    const shape = model.shapes[candidate.shape]!;
    const isWrapper = shape.type === "structure" && !shape.union && WRAPPER.test(plain(candidate.name));
    return isWrapper && !taken.has(plain(candidate.name)) ? candidatesOf(shape, candidate) : [];
  });
  return [...own, ...wrapped];
}

/**
 * The member that a property becomes.
 *
 * @param nouns what AWS calls the thing that the property belongs to, in plain form: `name` of a `queue` is `QueueName`
 * @param makes whether the operation makes the thing: its id is then the name that it is given
 */
export function find(
  property: Property,
  candidates: readonly Candidate[],
  nouns: readonly string[],
  model: Model,
  sdk: Sdk,
  makes: boolean,
): Candidate | undefined {
  const name = plain(property.name);
  const names = [
    name,
    ...plurals(name),
    ...SUFFIXES[property.value.kind].map((suffix) => name + suffix),
    // Only what tells things of the kind apart carries the kind's name.
    ...(/^(name|id|identifier|arn|description|type|status|policy|config)$/.test(name)
      ? nouns.map((noun) => noun + name)
      : []),
    ...(name === "name" ? nouns : []),
    ...(name === "name" && makes ? nouns.flatMap((noun) => [`${noun}identifier`, `${noun}id`]) : []),
  ];
  // EC2 takes tags of all that an operation makes.
  if (name === "tags") candidates = [...candidates, ...resolved("TagSpecifications.Tags", candidates, model)];
  for (const wanted of names) {
    const found = candidates.find(
      (candidate) =>
        plain(candidate.name.slice(candidate.name.lastIndexOf(".") + 1)) === wanted &&
        agree(property.value, model.shapes[candidate.shape]!, model, sdk),
    );
    if (found) return found;
  }
  return undefined;
}

/** What AWS adds to a name, by kind. */
const SUFFIXES: Readonly<Record<Kind["kind"], readonly string[]>> = {
  boolean: [],
  list: [],
  map: [],
  number: ["seconds", "inseconds", "minutes", "inminutes", "days", "indays", "count"],
  object: ["config", "configuration", "specification"],
  other: [],
  string: [],
};

/**
 * A member by its path, through structures and the elements of lists: `ChangeBatch.Changes.ResourceRecordSet.Name`.
 *
 * @param candidates where the path begins
 * @returns one, or none
 */
export function resolved(path: string, candidates: readonly Candidate[], model: Model): Candidate[] {
  const whole = candidates.find(({ name }) => name === path);
  if (whole) return [whole];
  return candidates.flatMap((candidate) => {
    if (!path.startsWith(`${candidate.name}.`)) return [];
    const shape = model.shapes[candidate.shape]!;
    // A list that is wrapped has members beside the list.
    const structures = [shape, elementsOf(shape, model)].filter((one) => one !== undefined);
    return structures
      .flatMap((structure) => resolved(path, candidatesOf(structure, candidate), model))
      .slice(0, 1);
  });
}

function plurals(name: string): string[] {
  const singular = name.endsWith("ies") ? `${name.slice(0, -3)}y` : name.replace(/s$/, "");
  return [singular, `${name}s`, name.replace(/y$/, "ies"), name.replace(/es$/, ""), `${name}es`].filter(
    (other) => other !== name,
  );
}

/** True if a property of a kind can be sent as a member of a shape without being computed with. */
export function agree(kind: Kind, shape: Shape, model: Model, sdk: Sdk): boolean {
  switch (kind.kind) {
    case "string":
      return ["string", "integer", "long", "float", "double", "boolean"].includes(shape.type);
    case "number":
      return ["integer", "long", "float", "double"].includes(shape.type);
    case "boolean":
      return shape.type === "boolean";
    case "list": {
      const elements = elementsOf(shape, model);
      return elements !== undefined && agree(kind.element, elements, model, sdk);
    }
    case "map":
      return shape.type === "map" || entriesOf(shape, model) !== undefined;
    case "object":
      // A list of one, to AWS.
      return shape.type === "structure" || model.shapes[shape.member?.shape ?? ""]?.type === "structure";
    case "other":
      return false;
  }
}

/** The shape of a list's elements; CloudFront wraps lists into `{Quantity, Items}`. */
export function elementsOf(shape: Shape, model: Model): Shape | undefined {
  const list = listIn(shape, model);
  return list?.member && model.shapes[list.member.shape];
}

/** The list itself, which has the bounds of its length. */
export function listIn(shape: Shape, model: Model): Shape | undefined {
  if (shape.type === "list") return shape;
  const { Items: items, Quantity: quantity } = shape.members ?? {};
  return items && quantity ? model.shapes[items.shape] : undefined;
}

/** Keys and values of a map that AWS takes as a list, as it does tags. */
export function entriesOf(shape: Shape, model: Model): { key: string; value: string } | undefined {
  const members = elementsOf(shape, model)?.members ?? {};
  const key = members["Key"] ?? members["TagKey"] ?? members["Name"] ?? members["key"] ?? members["tagKey"];
  const value = members["Value"] ?? members["TagValue"] ?? members["value"] ?? members["tagValue"];
  return key && value && Object.keys(members).length === 2
    ? { key: key.shape, value: value.shape }
    : undefined;
}
