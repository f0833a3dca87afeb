import type { Resource } from "../engine/resource";
import { nameOf } from "../engine/urn";
import type { Value } from "../values";
import { flagAt, type Graph, listAt, numberAt, shortType, textOf, at } from "./graph";
import { HOURS, type Price, priceOf } from "./prices";
import { STACK_USAGE, tokenOf, type Usage, usageKeysOf } from "./usage";

/** A charge of a resource. */
export interface Charge {
  readonly description: string;
  /** Undefined if the price table has none. */
  readonly price: Price | undefined;
  /** Units a month. */
  readonly quantity: number;
  /** Units a month with Auto Scaling groups at their maximum size. @default the same */
  readonly most?: number;
  /** The key in a usage file that determines it. */
  readonly usage?: string;
}

/** Why a charge can't be computed. */
export interface Unknown {
  readonly unknown: string;
}

/** How a type of resource is charged. */
export type Charging = (subject: Subject) => readonly (Charge | Unknown)[];

/** A resource with everything that its charges are computed from. */
export class Subject {
  readonly region: string;

  constructor(
    readonly resource: Resource,
    readonly graph: Graph,
    private readonly usageFile: Usage,
  ) {
    this.region = graph.regionOf(resource);
  }

  /** The value at a path of the inputs; undefined if it isn't known. */
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

  /** The resources of a type that a property refers to. */
  linked(property: string, type: string): Subject[] {
    return this.graph.linked(this.resource, property, type).map((resource) => this.of(resource));
  }

  /** The value in a usage file; undefined if it has none. */
  usage(key: string): number | undefined {
    const short = shortType(this.resource.type) ?? "";
    if (!usageKeysOf(short).includes(key)) throw new Error(`${short} has no usage ${key}`);
    const { types, resources } = this.usageFile;
    const { urn } = this.resource;
    return resources[urn]?.[key] ?? resources[nameOf(urn)]?.[key] ?? types[tokenOf(short)]?.[key];
  }

  /** The assumption for the whole stack. */
  assumed(key: keyof typeof STACK_USAGE): number {
    return this.usageFile.stack[key] ?? STACK_USAGE[key].is;
  }

  /** A charge for every hour of a month. */
  hourly(description: string, figure: string, count = 1): Charge {
    return this.monthly(description, figure, count * HOURS);
  }

  /** A charge for every month. */
  monthly(description: string, figure: string, quantity = 1): Charge {
    return { description, price: priceOf(figure, this.region), quantity };
  }

  /** A charge for the usage in a usage file; 0 without one. The price is for `units` units. */
  metered(key: string, description: string, figure: string, units = 1): Charge {
    return { ...this.monthly(description, figure, (this.usage(key) ?? 0) / units), usage: key };
  }

  /**
   * The number of availability zones of the subnets that a property refers to; each subnet without a known zone
   * counts.
   */
  zones(property: string, single?: string): number {
    const subnets = this.linked(property, "ec2/subnet").map(
      (subnet) => subnet.text("availabilityZone") ?? subnet.text("availabilityZoneId") ?? subnet.resource.urn,
    );
    const count = subnets.length > 0 ? new Set(subnets).size : this.list(property).length;
    return Math.max(1, count, single === undefined ? 0 : this.list(single).length);
  }
}

/** Several prices are for a million units. */
export const MILLION = 1e6;
