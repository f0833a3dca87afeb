/** Matches the properties of resources to members of requests, and collects what the models say about those members. */
import { type ApiTable, type Bounds, type Constraints, type Field, SENT } from "../../../policies/api-table";
import { formOf } from "./forms";
import { CLOSED_ENUMS, EXCEPT } from "./mappings";
import { agree, type Candidate, entriesOf, find, listIn, resolved, withWrapped } from "./match";
import type { Botocore, Model, Shape } from "./models";
import { isCreating, keyOf, type Operation, operationsFor, plain } from "./operations";
import { translated } from "./patterns";
import { Pool } from "./pool";
import type { Kind, Property, ResourceType, Sdk } from "./sdk";
import { MAPPINGS } from "./types";

/** The place of a property, for the hand-kept mappings. */
interface Context {
  /** As `keyOf` returns it. */
  readonly type: string;
  /** Property names, with dots; empty for the resource itself. */
  readonly path: string;
  /** The member that the property becomes; empty for the resource itself. */
  readonly member: string;
  readonly operation: Operation;
  /** Pairs of interfaces and shapes around it, because some contain themselves. */
  readonly around: readonly string[];
}

/** Makes the parts of a table, one type after the other. */
export class TableMaker {
  readonly operations = new Pool<ApiTable["operations"][number]>();
  readonly enums = new Pool<readonly string[]>();
  readonly patterns = new Pool<string>();
  readonly constraints = new Pool<Constraints>();
  /** Hand-kept names of members that have not been found yet, as type and path. */
  readonly unused = new Set(
    Object.entries(MAPPINGS).flatMap(([type, { members = {} }]) =>
      Object.keys(members).map((path) => `${type} ${path}`),
    ),
  );
  /** Objects that are already made, by pair of interface and shape. */
  private readonly known = new Map<string, Constraints>();

  constructor(
    private readonly botocore: Botocore,
    private readonly sdk: Sdk,
  ) {}

  /** @returns undefined for a type that has no property in a request that the generator knows */
  entry(type: ResourceType): ApiTable["types"][string] | undefined {
    const [first, ...later] = operationsFor(type, this.botocore);
    if (first === undefined) return undefined;
    const fields: Record<string, Field> = {};
    let left = type.properties.filter(({ name }) => EXCEPT[name] === undefined);
    for (const operation of [first, ...later]) {
      const context = { type: keyOf(type), path: "", member: "", operation, around: [] };
      const found = this.fields(left, operation.input.shape, context, type.name);
      for (const [name, [at, member, sent]] of Object.entries(found)) {
        // The provider may not call a later operation.
        fields[name] =
          operation === first
            ? [at, member, sent]
            : [at, member, Math.min(sent, SENT.ifSet), this.positionOf(operation)];
      }
      left = left.filter(({ name }) => found[name] === undefined);
    }
    if (Object.keys(fields).length === 0) return undefined;
    return [this.positionOf(first), this.constraints.position({ f: fields })];
  }

  private positionOf({ model: { metadata, service }, name }: Operation): number {
    return this.operations.position([service, metadata.uid ?? metadata.endpointPrefix, name]);
  }

  /** The constraints of the properties that become members of a structure in the operation's model. */
  private fields(
    properties: readonly Property[],
    structure: string,
    context: Context,
    owner: string,
  ): Record<string, Field> {
    const { model, name } = context.operation;
    const taken = new Set(properties.map((property) => plain(property.name)));
    const candidates = withWrapped(model.shapes[structure]!, model, taken);
    const noun = context.path === "" ? name.replace(/^[A-Z][a-z]+/, "") : owner.replace(/s$/, "");
    const nouns = [...new Set([owner, noun].map(plain))];
    const makes = isCreating(name);
    return Object.fromEntries(
      properties.flatMap((property): [string, Field][] => {
        const path = context.path === "" ? property.name : `${context.path}.${property.name}`;
        const { except, members } = MAPPINGS[context.type] ?? {};
        if (except?.[path] !== undefined) return [];
        const renamed = members?.[path];
        const inner = { ...context, path };
        if (renamed === `${name}.`) {
          this.unused.delete(`${context.type} ${path}`);
          const whole = { name, shape: structure, required: false };
          return [[property.name, this.field(property, whole, inner)]];
        }
        const member =
          renamed === undefined
            ? find(property, candidates, nouns, model, this.sdk, makes)
            : this.renamed(renamed, candidates, inner);
        if (member) return [[property.name, this.field(property, member, inner)]];
        const flattened = this.flattened(property, candidates, inner);
        return flattened
          ? [[property.name, [this.constraints.position(flattened), property.name, SENT.ifNotEmpty]]]
          : [];
      }),
    );
  }

  private renamed(path: string, candidates: readonly Candidate[], context: Context): Candidate | undefined {
    const { model, name } = context.operation;
    const own = path.startsWith(`${name}.`) ? path.slice(name.length + 1) : path;
    const found = resolved(own, candidates, model)[0];
    // Members of another operation in the same mapping are not found here.
    if (found) this.unused.delete(`${context.type} ${context.path}`);
    return found;
  }

  private field(property: Property, member: Candidate, context: Context): Field {
    const inner = { ...context, member: member.name };
    const made = this.value(property.value, member.shape, inner, property.name);
    const sent = !property.required ? SENT.ifNotEmpty : member.required ? SENT.always : SENT.ifSet;
    return [this.constraints.position(made), member.name, sent];
  }

  /** `healthCheck.path` is `HealthCheckPath`. */
  private flattened(
    property: Property,
    candidates: readonly Candidate[],
    context: Context,
  ): Constraints | undefined {
    if (property.value.kind !== "object") return undefined;
    const prefix = plain(property.name);
    const { model } = context.operation;
    const { except, members } = MAPPINGS[context.type] ?? {};
    const found = (this.sdk.interfaces.get(property.value.fields) ?? []).flatMap(
      (field): [string, Field][] => {
        const path = `${context.path}.${field.name}`;
        const wanted = members?.[path];
        const member = wanted
          ? this.renamed(wanted, candidates, { ...context, path })
          : find({ ...field, name: prefix + field.name }, candidates, [], model, this.sdk, false);
        return member && except?.[path] === undefined
          ? [[field.name, this.field(field, { ...member, required: false }, { ...context, path })]]
          : [];
      },
    );
    return found.length === 0 ? undefined : { f: Object.fromEntries(found) };
  }

  private value(kind: Kind, shapeName: string, context: Context, owner: string): Constraints {
    const { model } = context.operation;
    const shape = model.shapes[shapeName]!;
    switch (kind.kind) {
      case "string":
      case "number":
        // AWS takes a list of these. Only hand-kept mappings lead here.
        return this.scalar(listIn(shape, model)?.member?.shape ?? shapeName, model, context);
      case "list": {
        const list = listIn(shape, model);
        // AWS takes a single value. Only hand-kept mappings lead here.
        if (!list) return { i: this.at(this.value(kind.element, shapeName, context, owner)) };
        return { ...counted(list), i: this.at(this.value(kind.element, list.member!.shape, context, owner)) };
      }
      case "map":
        return this.map(kind.element, shape, context, owner);
      case "object":
        return this.object(
          kind.fields,
          shape.type === "structure" ? shapeName : shape.member!.shape,
          context,
          owner,
        );
      case "boolean":
      case "other":
        return {};
    }
  }

  private at(made: Constraints): number {
    return this.constraints.position(made);
  }

  private map(element: Kind, shape: Shape, context: Context, owner: string): Constraints {
    const { model } = context.operation;
    const { key, value } = entriesOf(shape, model) ?? { key: shape.key!.shape, value: shape.value!.shape };
    const agrees = agree(element, model.shapes[value]!, model, this.sdk);
    const limits = owner === "tags" ? TAGS : {};
    return {
      ...counted(listIn(shape, model) ?? shape),
      k: this.at(capped(this.scalar(key, model), limits.key)),
      ...(agrees ? { i: this.at(capped(this.value(element, value, context, owner), limits.value)) } : {}),
    };
  }

  private object(fields: string, shapeName: string, context: Context, owner: string): Constraints {
    const { model } = context.operation;
    const pair = `${fields} ${model.service} ${shapeName}`;
    if (context.around.includes(pair)) return {};
    const { except, members } = MAPPINGS[context.type] ?? {};
    const hasMappings = Object.keys({ ...except, ...members }).some((path) =>
      path.startsWith(`${context.path}.`),
    );
    const known = hasMappings ? undefined : this.known.get(pair);
    if (known) return known;
    const properties = this.sdk.interfaces.get(fields) ?? [];
    const found = this.fields(
      properties,
      shapeName,
      { ...context, around: [...context.around, pair] },
      owner,
    );
    const isUnion =
      model.shapes[shapeName]!.union === true &&
      properties.length > 1 &&
      properties.every(({ name }) => found[name] !== undefined);
    const made: Constraints = isUnion ? { f: found, u: 1 } : { f: found };
    if (!hasMappings) this.known.set(pair, made);
    return made;
  }

  private scalar(name: string, model: Model, { path, member }: Partial<Context> = {}): Constraints {
    const { enum: words, min, max, sensitive, type, ...shape } = model.shapes[name]!;
    // A form is more specific than a model's pattern, which may allow any text.
    const pattern = formOf(model.service, name, path ?? "", member ?? "") ?? shape.pattern;
    const bounds: Bounds | undefined =
      min === undefined && max === undefined ? undefined : [min ?? null, max ?? null];
    const secret = sensitive ? { s: 1 as const } : {};
    if (type !== "string") return bounds ? { r: bounds, ...secret } : {};
    if (words) {
      const isClosed = CLOSED_ENUMS[`${model.service} ${name}`] !== undefined;
      return { e: this.enums.position(words), ...(isClosed ? { c: 1 as const } : {}), ...secret };
    }
    const source = pattern === undefined ? undefined : translated(pattern);
    return {
      ...(bounds && (bounds[0] || bounds[1] !== null) ? { l: bounds } : {}),
      ...(source === undefined ? {} : { p: this.patterns.position(source) }),
      ...secret,
    };
  }
}

/**
 * The maximum lengths of the keys and values of tags, in characters, where a model defines none.
 *
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const TAGS: { readonly key?: number; readonly value?: number } = { key: 128, value: 256 };

function capped(made: Constraints, most: number | undefined): Constraints {
  const [least, given] = made.l ?? [null, null];
  return most === undefined || given !== null ? made : { ...made, l: [least, most] };
}

function counted({ min, max }: Shape): { n?: Bounds } {
  return min || max !== undefined ? { n: [min ?? null, max ?? null] } : {};
}
