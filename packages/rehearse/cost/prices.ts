/**
 * AWS's list prices as they were at a date: on demand, in US dollars, without free tiers, discounts and taxes. The table
 * has a figure only where there is a source for it; docs/cost.md says how to renew it.
 */

/** A price of one unit. */
export interface Price {
  readonly usd: number;
  /** What the price is for, such as `hour` or `GB-month`. */
  readonly unit: string;
  /** Keys of the table's sources. */
  readonly sources: readonly string[];
}

/** By Region; `*` for all Regions of AWS's public partition. */
type ByRegion = Readonly<Record<string, number>>;

interface Figure {
  readonly unit: string;
  readonly sources: readonly string[];
  readonly usd: ByRegion;
}

/** Prices of the size `large`, by family; those of other sizes are in proportion. */
type Families = Readonly<Record<string, ByRegion>>;

/** Where figures come from. */
export interface Source {
  readonly what: string;
  readonly url: string;
  /** The date of the prices, as precise as it is known. */
  readonly asOf: string;
}

interface PriceTable {
  readonly currency: "USD";
  /** The newest date among the sources. */
  readonly asOf: string;
  readonly hoursPerMonth: number;
  readonly sources: Readonly<Record<string, Source>>;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly instances: {
    readonly unit: string;
    readonly sources: readonly string[];
    readonly families: Families;
    /** Types whose price isn't in proportion. */
    readonly exceptions: Readonly<Record<string, ByRegion>>;
  };
  readonly databases: {
    readonly unit: string;
    readonly sources: readonly string[];
    /** By engine. */
    readonly families: Readonly<Record<string, Families>>;
  };
}

/** The table; it is read when a cost is first asked for. */
export function priceTable(): PriceTable {
  // Late: a rehearsal starts without it.
  return require("./prices/aws.json") as PriceTable;
}

/**
 * The hours of a month: 8,760 / 12, as in AWS's own calculator.
 * @see https://calculator.aws
 */
export const HOURS = 730;

/** What a figure of the table costs in a Region; undefined where the table doesn't say. */
export function priceOf(figure: string, region: string): Price | undefined {
  const known = priceTable().figures[figure];
  if (known === undefined) throw new Error(`the price table has no figure ${figure}`);
  const usd = inRegion(known.usd, region);
  return usd === undefined ? undefined : { usd, unit: known.unit, sources: known.sources };
}

/** The Regions for which the table has more than what costs the same everywhere. */
export function pricedRegions(): string[] {
  const { families } = priceTable().instances;
  return [...new Set(Object.values(families).flatMap((family) => Object.keys(family)))].sort();
}

/** What an instance with Linux costs on demand, such as `m7g.large`. */
export function instancePrice(type: string, region: string): Price | undefined {
  const { families, exceptions, unit, sources } = priceTable().instances;
  const usd = inRegion(exceptions[type], region) ?? inProportion(families, type, region);
  return usd === undefined ? undefined : { usd, unit, sources };
}

/** What a database of RDS in one zone costs on demand, such as `db.t3.large` of `mysql`. */
export function databasePrice(engine: string, type: string, region: string): Price | undefined {
  const { families, unit, sources } = priceTable().databases;
  const usd = inProportion(families[engine] ?? {}, type.replace(/^db\./, ""), region);
  return usd === undefined ? undefined : { usd, unit, sources };
}

/** Sizes below `xlarge`, in `large`. */
const SIZES: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** A size in `large`; undefined for metal, whose price is a matter of its own. */
function sizeOf(size: string): number | undefined {
  const [, times] = /^(\d+)xlarge$/.exec(size) ?? [];
  return times === undefined ? SIZES[size] : 2 * Number(times);
}

function inProportion(families: Families, type: string, region: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  const large = inRegion(families[family], region);
  const times = sizeOf(size);
  return large === undefined || times === undefined ? undefined : large * times;
}

/** AWS prices its partitions in China and for the US government apart. */
function inRegion(prices: ByRegion | undefined, region: string): number | undefined {
  return prices?.[region] ?? (/^(cn|us-gov|us-iso|eusc)-/.test(region) ? undefined : prices?.["*"]);
}
