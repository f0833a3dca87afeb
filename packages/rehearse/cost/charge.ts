import type { Resource } from "../engine/resource";
import { nameOf } from "../engine/urn";
import type { Value } from "../values";
import { flagAt, type Graph, listAt, numberAt, shortType, textOf, at } from "./graph";
import { HOURS, type Price, priceOf } from "./prices";
import { STACK_USAGE, tokenOf, type Usage, usageKeysOf } from "./usage";

/** One thing that a resource is charged for. */
export interface Charge {
  readonly description: string;
  /** Undefined if the price table has none. */
  readonly price: Price | undefined;
  /** Units of the price a month. */
  readonly quantity: number;
  /** Units while Auto Scaling groups are as large as they may be. @default the same */
  readonly most?: number;
  /** What it depends on in a usage file. */
  readonly usage?: string;
}

/** Why something that is charged can't be computed. */
export interface Unknown {
  readonly unknown: string;
}

/** How a type of resource is charged. */
export type Charging = (subject: Subject) => readonly (Charge | Unknown)[];

/** A resource with all that its charges are computed from. */
export class Subject {
  readonly region: string;

  constructor(
    readonly resource: Resource,
    readonly graph: Graph,
    private readonly usageFile: Usage,
  ) {
    this.region = graph.regionOf(resource);
  }

  /** What lies at a path of the inputs; undefined if it isn't known. */
  at(path: string): Value | undefined {
    return at(this.resource.inputs, path);
  }

  text(path: string): string | undefined {
    return textOf(this.at(path));
  }

  number(path: string): number | undefined {
    return numberAt(this.resource.inputs, path);
  }

  flag(path: string): boolean | undefined {
    return flagAt(this.resource.inputs, path);
  }

  list(path: string): Value[] {
    return listAt(this.resource.inputs, path);
  }

  /** The same for another resource of the stack, such as a group's launch template. */
  of(resource: Resource): Subject {
    return new Subject(resource, this.graph, this.usageFile);
  }

  /** The resources of a type that a property comes from. */
  linked(property: string, type: string): Subject[] {
    return this.graph.linked(this.resource, property, type).map((resource) => this.of(resource));
  }

  /** What a usage file says; undefined if it says nothing. */
  usage(key: string): number | undefined {
    const short = shortType(this.resource.type) ?? "";
    if (!usageKeysOf(short).includes(key)) throw new Error(`${short} has no usage ${key}`);
    const { types, resources } = this.usageFile;
    const { urn } = this.resource;
    return resources[urn]?.[key] ?? resources[nameOf(urn)]?.[key] ?? types[tokenOf(short)]?.[key];
  }

  /** What is assumed of the whole stack. */
  assumed(key: keyof typeof STACK_USAGE): number {
    return this.usageFile.stack[key] ?? STACK_USAGE[key].is;
  }

  /** So many for every hour of a month. */
  hourly(description: string, figure: string, count = 1): Charge {
    return this.monthly(description, figure, count * HOURS);
  }

  /** So many a month. */
  monthly(description: string, figure: string, quantity = 1): Charge {
    return { description, price: priceOf(figure, this.region), quantity };
  }

  /** As many as a usage file says, 0 without one. The price is of so many units. */
  metered(key: string, description: string, figure: string, units = 1): Charge {
    return { ...this.monthly(description, figure, (this.usage(key) ?? 0) / units), usage: key };
  }

  /** The availability zones of the subnets that a property comes from; of subnets without a known zone, each counts. */
  zones(property: string, single?: string): number {
    const subnets = this.linked(property, "ec2/subnet").map(
      (subnet) => subnet.text("availabilityZone") ?? subnet.text("availabilityZoneId") ?? subnet.resource.urn,
    );
    const count = subnets.length > 0 ? new Set(subnets).size : this.list(property).length;
    return Math.max(1, count, single === undefined ? 0 : this.list(single).length);
  }
}

/** A million, of which several prices are. */
export const MILLION = 1e6;
