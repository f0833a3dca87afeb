import type { Resource } from "../engine/resource";
import { nameOf, packageOf, ROOT_TYPE, typeOf } from "../engine/urn";
import { refuseIfFaulty } from "../errors";
import { CHILDREN_UNKNOWN } from "../report/resources";
import { type Charge, type Charging, Subject } from "./charge";
import { COMPUTE } from "./charges/compute";
import { DATA } from "./charges/data";
import { EDGE, MONITORING } from "./charges/edge-and-monitoring";
import { NETWORK } from "./charges/network";
import { isFree, isOfNoCloud } from "./free";
import { Graph, shortType } from "./graph";
import { HOURS, priceOf, priceTable, pricedRegions } from "./prices";
import { NO_USAGE, STACK_USAGE, type Usage, usageKeysOf } from "./usage";

/** The areas of the bill. */
export const AREAS = ["compute", "network", "data", "edge", "monitoring"] as const;
export type Area = (typeof AREAS)[number];

/** A line of the bill. */
export interface CostItem {
  readonly urn: string;
  readonly area: Area;
  readonly description: string;
  readonly region: string;
  /** The unit of the price. */
  readonly unit: string;
  /** Units a month. */
  readonly quantity: number;
  /** Units a month with Auto Scaling groups at their maximum size. */
  readonly mostQuantity: number;
  /** US dollars. */
  readonly unitPrice: number;
  /** US dollars a month. */
  readonly monthly: number;
  readonly mostMonthly: number;
  /** The key in a usage file that determines it; left out if there is none. */
  readonly usage?: string;
  /** Keys of the price table's sources. */
  readonly sources: readonly string[];
}

/** A resource that AWS charges for, or may charge for, at an unknown cost. */
export interface Unpriced {
  readonly urn: string;
  readonly type: string;
  readonly why: string;
}

/** The monthly cost of a stack, at list prices. */
export interface Cost {
  readonly currency: "USD";
  /** The newest date of the price table's sources. */
  readonly asOf: string;
  readonly monthly: number;
  readonly mostMonthly: number;
  readonly hourly: number;
  readonly mostHourly: number;
  readonly areas: readonly { readonly area: Area; readonly monthly: number; readonly mostMonthly: number }[];
  readonly items: readonly CostItem[];
  readonly unpriced: readonly Unpriced[];
  /** Regions for which the price table only has prices that are the same everywhere. */
  readonly foreignRegions: readonly string[];
  /** The assumptions, in words. */
  readonly assumptions: readonly string[];
}

/** The charges, by area: see {@link shortType} for the names of types. */
export const CHARGES: readonly (readonly [Area, Readonly<Record<string, Charging>>])[] = [
  ["compute", COMPUTE],
  ["network", NETWORK],
  ["data", DATA],
  ["edge", EDGE],
  ["monitoring", MONITORING],
];

/**
 * The monthly cost of a stack's resources, by AWS's list prices and the usage in a usage file.
 *
 * Resources that exist outside the stack (`Resource.get`) aren't counted.
 *
 * @param boxes - URNs of remote components whose children aren't known. @default none
 */
export function costOf(
  resources: readonly Resource[],
  usage: Usage = NO_USAGE,
  boxes: readonly string[] = [],
): Cost {
  const graph = new Graph(resources);
  const bill = new Bill();
  for (const urn of boxes) bill.leaveOut({ urn, type: typeOf(urn) }, CHILDREN_UNKNOWN);
  for (const resource of resources) {
    if (resource.custom && !resource.external) addResource(bill, resource, graph, usage);
  }
  addTransfers(bill, graph, usage);
  const { items, unpriced } = bill;
  const [monthly, mostMonthly] = [sum(items, "monthly"), sum(items, "mostMonthly")];
  const { currency, asOf } = priceTable();
  return {
    currency,
    asOf,
    monthly,
    mostMonthly,
    hourly: monthly / HOURS,
    mostHourly: mostMonthly / HOURS,
    areas: AREAS.flatMap((area) => {
      const own = items.filter((item) => item.area === area);
      return own.length === 0
        ? []
        : { area, monthly: sum(own, "monthly"), mostMonthly: sum(own, "mostMonthly") };
    }),
    foreignRegions: [...bill.regions]
      .filter((region) => region !== "" && !pricedRegions().includes(region))
      .sort(),
    items,
    unpriced,
    assumptions: assumptionsOf(items, usage),
  };
}

/** A resource, or a substitute for one. */
type Charged = Pick<Resource, "urn" | "type">;

/** The bill under construction. */
class Bill {
  readonly items: CostItem[] = [];
  readonly unpriced: Unpriced[] = [];
  readonly regions = new Set<string>();

  add(resource: Charged, area: Area, region: string, charge: Charge): void {
    const { description, price, quantity, most = quantity, usage: key } = charge;
    this.regions.add(region);
    if (price === undefined) {
      // Without usage, a missing price doesn't matter.
      if (most > 0)
        this.leaveOut(resource, `no price for ${description} in ${region || "an unknown Region"}`);
      return;
    }
    this.items.push({
      urn: resource.urn,
      area,
      description,
      region,
      unit: price.unit,
      quantity,
      mostQuantity: most,
      unitPrice: price.usd,
      monthly: quantity * price.usd,
      mostMonthly: most * price.usd,
      ...(key === undefined ? {} : { usage: key }),
      sources: price.sources,
    });
  }

  leaveOut({ urn, type }: Charged, why: string): void {
    this.unpriced.push({ urn, type, why });
  }
}

function addResource(bill: Bill, resource: Resource, graph: Graph, usage: Usage): void {
  const short = shortType(resource.type);
  const [area, charging] = chargingOf(short);
  if (area === undefined) {
    const isCharged =
      short === undefined ? !isOfNoCloud(packageOf(resource.type)) && !isProvider(resource) : !isFree(short);
    if (isCharged) bill.leaveOut(resource, "its charges aren't known here");
    return;
  }
  const subject = new Subject(resource, graph, usage);
  for (const charge of charging(subject)) {
    if ("unknown" in charge) bill.leaveOut(resource, charge.unknown);
    else bill.add(resource, area, subject.region, charge);
  }
}

/** Data that leaves AWS, or a zone; between zones, AWS charges both sides. */
function addTransfers(bill: Bill, graph: Graph, usage: Usage): void {
  for (const [key, sides] of [
    ["transferOutGb", 1],
    ["transferBetweenZonesGb", 2],
  ] as const) {
    const gb = usage.stack[key] ?? 0;
    if (gb === 0) continue;
    bill.add({ urn: graph.stack, type: ROOT_TYPE }, "network", graph.region, {
      description: `data transfer: ${STACK_USAGE[key].what.replace("GB a month ", "")}`,
      price: priceOf(key, graph.region),
      quantity: gb * sides,
      usage: key,
    });
  }
}

const sum = (items: readonly CostItem[], key: "monthly" | "mostMonthly"): number =>
  items.reduce((total, item) => total + item[key], 0);

function chargingOf(short: string | undefined): readonly [Area, Charging] | readonly [undefined, undefined] {
  for (const [area, charges] of CHARGES) {
    const charging = short === undefined ? undefined : charges[short];
    if (charging !== undefined) return [area, charging];
  }
  return [undefined, undefined];
}

const isProvider = ({ type }: Resource): boolean => type.startsWith("pulumi:providers:");

function assumptionsOf(items: readonly CostItem[], usage: Usage): string[] {
  const has = (pattern: RegExp): boolean => items.some(({ description }) => pattern.test(description));
  const unset = [
    ...new Set(
      items.flatMap(({ usage: key, quantity }) =>
        key !== undefined && quantity === 0 ? key.split(", ") : [],
      ),
    ),
  ];
  const discount = usage.stack["spotDiscountPercent"] ?? STACK_USAGE.spotDiscountPercent.is;
  return [
    `List prices on demand as of ${priceTable().asOf}, a month of ${HOURS} hours; without free tiers, volume discounts, Savings Plans, support and taxes.`,
    ...(has(/on demand|Spot/)
      ? [
          "Auto Scaling groups run at their minimum, or their desired capacity, and follow recurring scheduled actions; at most, they run at their maximum. One-time actions are left out. Instances run Linux, have the first type that a group names, and don't use up CPU credits.",
        ]
      : []),
    ...(has(/Spot/) ? [`Spot instances cost ${discount} % less than on demand.`] : []),
    ...(has(/endpoint in AWS/) ? ["The endpoint that Route 53 checks is in AWS."] : []),
    ...(unset.length > 0 ? [`No usage is assumed: ${unset.join(", ")} are 0; set them with --usage.`] : []),
  ];
}

/**
 * Refuses a usage file that names a resource that no stack has, or a key that doesn't apply to the resource.
 * @throws UsageError naming them all
 */
export function refuseUnknownResources({ resources: used }: Usage, resources: readonly Resource[]): void {
  const faults = Object.entries(used).flatMap(([name, keys]) => {
    const named = resources.filter(({ urn }) => urn === name || nameOf(urn) === name);
    if (named.length === 0) return `no stack has a resource ${name}; use the names in --tree, or URNs`;
    const known = named.flatMap(({ type }) => usageKeysOf(shortType(type) ?? ""));
    const what = known.length === 0 ? "it isn't charged by use" : `its keys are ${known.join(", ")}`;
    return Object.keys(keys)
      .filter((key) => !known.includes(key))
      .map((key) => `${name} isn't charged by ${key}; ${what}`);
  });
  refuseIfFaulty("usage file", faults);
}
