import { parse } from "yaml";
import type { Resource } from "../../../packages/rehearse/engine/resource";
import {
  isMap,
  isResourceReference,
  isSecret,
  SIGNATURE,
  transform,
  UNKNOWN,
  type Value,
  type Values,
} from "../../../packages/rehearse/values";
import { applications } from "./applications";
import { balancing } from "./balancing";
import { compute } from "./compute";
import { edge } from "./edge";
import { isObject, type Mapping, type Mappings, type Owner, type Part } from "./mapping";
import { network } from "./network";
import { isIntrinsic, type Schemas } from "./schemas";
import { services } from "./services";

const MAPPINGS: Mappings = { ...applications, ...balancing, ...compute, ...edge, ...network, ...services };

/** A program as a CloudFormation template, and the parts without an equivalent in CloudFormation. */
export interface Translation {
  readonly template: Template;
  /** The logical id of each resource that has one, by URN. */
  readonly ids: ReadonlyMap<string, string>;
  /** Resource types without an equivalent, and properties of a `<type>` without one. */
  readonly left: readonly string[];
}

/** The parts of a CloudFormation template that are used here. */
export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Resources: Record<string, { readonly Type: string; Properties: Values }>;
}

/** Inputs that a provider adds to every resource. */
const OF_PROVIDER = ["region", "tagsAll", "__defaults"];
/** Inputs that contain JSON, which templates contain as objects. */
const JSON_INPUTS = ["policy", "assumeRolePolicy", "content", "desiredState"];

/**
 * Translates the resources of an update. Their ids and ARNs are known and unique, so that each identifies the resource
 * that it refers to.
 */
export function translate(resources: readonly Resource[], schemas: Schemas): Translation {
  return new Translator(resources, schemas).run();
}

class Translator {
  private readonly byUrn: ReadonlyMap<string, Resource>;
  private readonly template: Template = { AWSTemplateFormatVersion: "2010-09-09", Resources: {} };
  private readonly ids = new Map<string, string>();
  private readonly left = new Set<string>();
  private readonly managed: readonly Resource[];

  constructor(
    private readonly resources: readonly Resource[],
    private readonly schemas: Schemas,
  ) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    this.managed = resources.filter(
      ({ type, custom, external }) => custom && !external && !type.startsWith("pulumi:"),
    );
  }

  run(): Translation {
    for (const resource of this.managed) {
      if (MAPPINGS[resource.type]?.type !== undefined) this.ids.set(resource.urn, this.newId(resource));
    }
    // Resources that belong to others are added after these.
    const whole = this.managed.filter(({ urn }) => this.ids.has(urn));
    for (const resource of whole) this.addWhole(resource);
    for (const resource of this.managed) if (!this.ids.has(resource.urn)) this.addOther(resource);
    for (const resource of Object.values(this.template.Resources)) {
      resource.Properties = this.schemas.align(resource.Type, resource.Properties).aligned;
    }
    return { template: this.template, ids: this.ids, left: [...this.left].sort() };
  }

  private addWhole(resource: Resource): void {
    const { type, shape } = MAPPINGS[resource.type] as Mapping & { type: string };
    const inputs = this.inputsOf(resource);
    const shaped = shape === undefined ? inputs : shape(inputs, this.owner, resource.name);
    const id = this.ids.get(resource.urn);
    if (shaped === undefined || Array.isArray(shaped) || id === undefined) this.leave(resource);
    else this.put(id, type, shaped as Values);
  }

  private addOther(resource: Resource): void {
    const inputs = this.inputsOf(resource);
    const parts =
      MAPPINGS[resource.type]?.shape?.(inputs, this.owner, resource.name) ?? this.foreign(resource, inputs);
    if (!Array.isArray(parts)) return this.leave(resource);
    for (const [index, { type, properties }] of (parts as readonly Part[]).entries()) {
      const id = this.newId(resource);
      if (index === 0) this.ids.set(resource.urn, id);
      this.put(id, type, properties);
    }
  }

  /** Resources that a program declares in CloudFormation's own form, in one of several ways. */
  private foreign(resource: Resource, inputs: Values): readonly Part[] | undefined {
    if (resource.type === "aws:cloudcontrol/resource:Resource") {
      const { typeName, desiredState } = inputs;
      const type = typeof typeName === "string" ? this.schemas.find(typeName) : undefined;
      if (type === undefined) return undefined;
      const properties: unknown = typeof desiredState === "string" ? JSON.parse(desiredState) : desiredState;
      return [{ type, properties: properties as Values }];
    }
    if (resource.type === "aws:cloudformation/stack:Stack" && typeof inputs["templateBody"] === "string") {
      // Linters also read the templates of nested stacks, which belong to the same repository.
      const nested = withParameters(parse(inputs["templateBody"], { logLevel: "silent" }) as Values, inputs);
      const found = isObject(nested["Resources"]) ? Object.values(nested["Resources"]) : [];
      return found.flatMap((each) =>
        isObject(each) && typeof each["Type"] === "string" && this.schemas.has(each["Type"])
          ? [{ type: each["Type"], properties: isObject(each["Properties"]) ? each["Properties"] : {} }]
          : [],
      );
    }
    // A type without a mapping may have the same name in CloudFormation.
    const [, module, name] = /^aws(?:-native)?:(\w+)(?:\/\w+)?:(\w+)$/.exec(resource.type) ?? [];
    const native = module === undefined ? undefined : this.schemas.find(`AWS::${module}::${name}`);
    return native === undefined ? undefined : [{ type: native, properties: inputs }];
  }

  private put(id: string, type: string, properties: Values): void {
    const { aligned, left } = this.schemas.align(type, properties);
    for (const path of left) this.left.add(`${type} ${path}`);
    this.template.Resources[id] = { Type: type, Properties: aligned };
  }

  private leave(resource: Resource): void {
    this.ids.delete(resource.urn);
    this.left.add(resource.type);
  }

  private newId({ type, name }: Resource): string {
    const words = `${name} ${type.split(":").pop()}`.split(/[^A-Za-z0-9]+/);
    const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
    const taken = new Set([...Object.keys(this.template.Resources), ...this.ids.values()]);
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}${number}`;
    return id;
  }

  /** The program's inputs, with references in CloudFormation's form, and without names that Pulumi generated. */
  private inputsOf(resource: Resource): Values {
    const result: Values = {};
    for (const [key, value] of Object.entries(revealed(resource.inputs) as Values)) {
      const isMadeUp = key === "name" && !Object.hasOwn(resource.propertyDependencies, key);
      if (isMadeUp || OF_PROVIDER.includes(key) || value === null) continue;
      const sources = resource.propertyDependencies[key] ?? [];
      result[key] = this.referring(JSON_INPUTS.includes(key) ? parsed(value) : value, sources);
    }
    return result;
  }

  private referring(value: Value, sources: readonly string[]): Value {
    if (sources.length === 0) return value;
    const outputs = [
      ...sources.flatMap((urn) => this.outputsOf(this.byUrn.get(urn))),
      // A resource that was read, or that went through a component, is identified by its id.
      ...this.managed.flatMap((resource) => this.outputsOf(resource)),
    ];
    const unknowns = sources
      .flatMap((urn) => this.outputsOf(this.byUrn.get(urn), UNKNOWN).slice(0, 1))
      .values();
    return transform(value, (leaf) => {
      if (leaf === UNKNOWN) return unknowns.next().value?.[1];
      return typeof leaf === "string" ? replaced(leaf, outputs) : undefined;
    });
  }

  /** The outputs that CloudFormation has: their values here, and their references there. */
  private outputsOf(resource: Resource | undefined, unknown?: Value): (readonly [string, Value])[] {
    const id = resource && this.ids.get(resource.urn);
    if (resource === undefined || id === undefined) return [];
    const names = MAPPINGS[resource.type]?.outputs ?? { id: "Ref", name: "Ref", arn: "Arn" };
    return Object.entries(names).flatMap(([output, attribute]) => {
      const value = revealed((output === "id" ? resource.id : resource.outputs[output]) ?? null);
      if (typeof value !== "string" || value === "" || (value === UNKNOWN) !== (unknown === UNKNOWN))
        return [];
      return [[value, attribute === "Ref" ? { Ref: id } : { "Fn::GetAtt": [id, attribute] }] as const];
    });
  }

  private readonly owner: Owner = (reference) => {
    const id = isIntrinsic(reference) ? idIn(reference as Values) : this.idNamed(reference);
    return id === undefined ? undefined : this.template.Resources[id]?.Properties;
  };

  private idNamed(reference: Value | undefined): string | undefined {
    if (typeof reference !== "string") return undefined;
    const owner = this.managed.find((resource) =>
      [resource.id, ...["name", "arn", "bucket"].map((key) => resource.outputs[key])].includes(reference),
    );
    return owner && this.ids.get(owner.urn);
  }
}

/** A nested template in which the values from its stack replace its parameters. */
function withParameters(nested: Values, { parameters }: Values): Values {
  if (!isObject(parameters)) return nested;
  const leaf = (value: Value): Value | undefined =>
    isObject(value) && typeof value["Ref"] === "string" ? parameters[value["Ref"]] : undefined;
  return transform(nested, leaf) as Values;
}

function idIn(intrinsic: Values): string | undefined {
  const [inner] = Object.values(intrinsic);
  const id = Array.isArray(inner) ? inner[0] : inner;
  return typeof id === "string" ? id : undefined;
}

/** A text in which the values of outputs are replaced by one reference, or by a `Fn::Join` of texts and references. */
function replaced(text: string, outputs: readonly (readonly [string, Value])[]): Value | undefined {
  const whole = outputs.find(([value]) => value === text);
  if (whole !== undefined) return whole[1];
  // Inside a text, replaces only values that can't occur by chance: ARNs, ids and names with a generated part.
  const within = outputs.filter(([value]) => value.length >= 8 && text.includes(value));
  const longest = within.sort(([one], [other]) => other.length - one.length)[0];
  if (longest === undefined) return undefined;
  const [value, reference] = longest;
  const pieces = text
    .split(value)
    .flatMap((piece, index): Value[] => [
      ...(index === 0 ? [] : [reference]),
      ...(piece === "" ? [] : [piece]),
    ]);
  return { "Fn::Join": ["", pieces] };
}

function parsed(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

/** A value without the protocol's wrappers; secrets in plain text, as in a template. */
function revealed(value: Value): Value {
  return transform(value, (part) => {
    if (isSecret(part)) return revealed(part["value"] ?? null);
    if (isResourceReference(part)) return part["urn"] ?? null;
    if (!isMap(part)) return undefined;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([key]) => key !== SIGNATURE)
        .map(([key, inner]) => [key, revealed(inner)]),
    );
  });
}
