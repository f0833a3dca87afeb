/** Finds the member of a request that a property becomes: by name, where the kinds agree. */
import { plain } from "./operations";
import type { Model, Shape } from "./models";
import type { Kind, Property, Sdk } from "./sdk";

/** A member that a property may become. */
export interface Candidate {
  /** Its name, with the names of the structures around it: `DistributionConfig.Comment`. */
  readonly name: string;
  readonly shape: string;
  /** True if AWS requires the member and every structure around it. */
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

/** Structures that AWS puts around properties that the provider takes without nesting. */
const WRAPPER =
  /(config|configuration|input|request|settings|details|properties|parameters|specification|data)$/;

/**
 * The members to look for properties in: the structure's own, then those of structures around other members, which
 * count only where nothing else has their name.
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
 * @param nouns AWS's names for the thing that the property belongs to, in plain form: `name` of a `queue` is
 * `QueueName`
 * @param makes whether the operation creates the thing: its id is then the name that it gets
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
    // AWS adds the noun only to these names.
    ...(/^(name|id|identifier|arn|description|type|status|policy|config)$/.test(name)
      ? nouns.map((noun) => noun + name)
      : []),
    ...(name === "name" ? nouns : []),
    ...(name === "name" && makes ? nouns.flatMap((noun) => [`${noun}identifier`, `${noun}id`]) : []),
  ];
  // EC2 takes the tags of everything that an operation creates.
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

/** The suffixes that AWS adds to a name, by kind. */
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
 * @param candidates the members at which the path begins
 * @returns one member, or none
 */
export function resolved(path: string, candidates: readonly Candidate[], model: Model): Candidate[] {
  const whole = candidates.find(({ name }) => name === path);
  if (whole) return [whole];
  return candidates.flatMap((candidate) => {
    if (!path.startsWith(`${candidate.name}.`)) return [];
    const shape = model.shapes[candidate.shape]!;
    // A wrapped list has other members beside the list.
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

/** True if a property of a kind can be sent as a member of a shape without a conversion. */
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
      // AWS takes a list of one.
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

/** The list itself, whose shape has the bounds of the length. */
export function listIn(shape: Shape, model: Model): Shape | undefined {
  if (shape.type === "list") return shape;
  const { Items: items, Quantity: quantity } = shape.members ?? {};
  return items && quantity ? model.shapes[items.shape] : undefined;
}

/** The shapes of the keys and values of a map that AWS takes as a list, such as tags. */
export function entriesOf(shape: Shape, model: Model): { key: string; value: string } | undefined {
  const members = elementsOf(shape, model)?.members ?? {};
  const key = members["Key"] ?? members["TagKey"] ?? members["Name"] ?? members["key"] ?? members["tagKey"];
  const value = members["Value"] ?? members["TagValue"] ?? members["value"] ?? members["tagValue"];
  return key && value && Object.keys(members).length === 2
    ? { key: key.shape, value: value.shape }
    : undefined;
}
