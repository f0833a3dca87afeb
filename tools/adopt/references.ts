import type { Resource } from "../../packages/rehearse/engine/resource";
import { isMap, isSecret, type Value, type Values } from "../../packages/rehearse/values";

/** Marks the start and the end of a reference in a string: no string in AWS contains it. */
const MARK = "\u0000";

/** Separates the URN and the output in a reference. */
const OF = "\u0001";

/** Outputs that identify a resource; shorter ones, and account ids, occur in too many strings. */
const TELLS_APART = /^(?=.*[\d.])(?!\d{12}$).{10,}$/s;

/** Longer strings are programs and scripts: their references also occur in other inputs. */
const LONGEST = 20_000;

/** An output of a resource. */
export interface Reference {
  readonly urn: string;
  /** The name of the output, such as `arn`. */
  readonly output: string;
}

/** Resources and their relations: in the inputs, another resource's id, ARN or name is replaced by a reference. */
export interface Graph {
  /** By URN, in the given order. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** The inputs of each, by URN. */
  readonly inputs: ReadonlyMap<string, Values>;
  /** By URN: the resources that refer to it, and in which input. */
  readonly referrers: ReadonlyMap<string, readonly Referrer[]>;
  /** `URN property` of each input that refers to another resource. */
  readonly relations: ReadonlySet<string>;
}

/** A resource that refers to another one. */
export interface Referrer {
  readonly urn: string;
  readonly property: string;
  /**
   * The path in the property; elements of a list are named by their content, such as `{"weight":1}`, not by their
   * position.
   */
  readonly path: string;
}

/**
 * Builds the graph of resources.
 *
 * @param resources - dependencies come first: of two with the same id, others refer to the first
 */
export function graphOf(resources: readonly Resource[]): Graph {
  const owners = ownersOf(resources);
  const texts = [...owners.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(texts.map(literal).join("|"), "g");
  const inputs = new Map<string, Values>();
  const referrers = new Map<string, Referrer[]>();
  const relations = new Set<string>();
  for (const { urn, inputs: given } of resources) {
    const refer = (owner: string, property: string, path: string): void => {
      relations.add(`${urn} ${property}`);
      referrers.set(owner, [...(referrers.get(owner) ?? []), { urn, property, path }]);
    };
    const marked = (value: Value, property: string, path: string): Value => {
      if (Array.isArray(value))
        return value.map((one) => marked(one, property, `${path}[${scalarsOf(one)}]`));
      if (isMap(value) && !isSecret(value))
        return Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, marked(one as Value, property, `${path}.${key}`)]),
        );
      if (typeof value !== "string" || texts.length === 0 || value.length > LONGEST) return value;
      return value.replace(pattern, (text) => {
        const owner = owners.get(text);
        // A resource's own name is not a relation.
        if (owner === undefined || owner.urn === urn) return text;
        refer(owner.urn, property, path);
        return MARK + owner.urn + OF + owner.output + MARK;
      });
    };
    const entries = Object.entries(given).map(([key, value]) => [key, marked(value, key, "")]);
    inputs.set(urn, Object.fromEntries(entries) as Values);
  }
  return { resources: new Map(resources.map((one) => [one.urn, one])), inputs, referrers, relations };
}

/** Identifies an element of a list among its neighbours, whatever it refers to. */
function scalarsOf(value: Value): string {
  const scalars = isMap(value)
    ? Object.entries(value).filter(([, one]) => typeof one === "number" || typeof one === "boolean")
    : [];
  return JSON.stringify(Object.fromEntries(scalars.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** The strings by which resources refer to others, with the output of each. */
function ownersOf(resources: readonly Resource[]): Map<string, Reference> {
  const owners = new Map<string, Reference>();
  const claim = (text: Value | undefined, urn: string, output: string): void => {
    if (typeof text === "string" && text.length >= 6 && !owners.has(text)) owners.set(text, { urn, output });
  };
  for (const { urn, id, outputs } of resources) {
    claim(id, urn, "id");
    claim(outputs["arn"], urn, "arn");
  }
  const others = new Map<string, Reference[]>();
  for (const { urn, outputs, inputs } of resources)
    for (const [key, value] of Object.entries(outputs)) {
      if (key in inputs) continue;
      for (const [text, output] of textsIn(value, key))
        if (TELLS_APART.test(text)) others.set(text, [...(others.get(text) ?? []), { urn, output }]);
    }
  for (const [text, [first, ...rest]] of others)
    if (first !== undefined && rest.every(({ urn }) => urn === first.urn))
      claim(text, first.urn, first.output);
  return owners;
}

/** Strings with their paths. Elements of a list are named by their content, because AWS determines their order. */
function textsIn(value: Value, path: string): (readonly [string, string])[] {
  if (typeof value === "string") return [[value, path]];
  if (Array.isArray(value))
    return value.flatMap((one, index) => {
      const about = isMap(one) ? (one["domainName"] ?? one["name"]) : undefined;
      return textsIn(one, `${path}[${typeof about === "string" ? about : index}]`);
    });
  const inside = isMap(value) ? Object.entries(value) : [];
  return isSecret(value) ? [] : inside.flatMap(([key, one]) => textsIn(one, `${path}.${key}`));
}

/** The source of a regular expression that matches exactly a text. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The parts of a string: plain at even indexes, references between them; see {@link referenceOf}. */
export function partsOf(text: string): string[] {
  return text.split(MARK);
}

/** Parses a reference. */
export function referenceOf(part: string): Reference {
  const [urn = "", output = ""] = part.split(OF);
  return { urn, output };
}
