/**
 * AWS's list prices at a date: on demand, in US dollars, without free tiers, discounts and taxes. The table only has
 * figures with a source; docs/cost.md describes how to update it.
 */

/** A price of one unit. */
export interface Price {
  readonly usd: number;
  /** The unit of the price, such as `hour` or `GB-month`. */
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

/** Prices of the size `large`, by family; other sizes are proportional. */
type Families = Readonly<Record<string, ByRegion>>;

/** The source of figures. */
export interface Source {
  readonly what: string;
  readonly url: string;
  /** The date of the prices, as precisely as it is known. */
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
    /** Types whose price isn't proportional to their size. */
    readonly exceptions: Readonly<Record<string, ByRegion>>;
  };
  readonly databases: {
    readonly unit: string;
    readonly sources: readonly string[];
    /** By engine. */
    readonly families: Readonly<Record<string, Families>>;
  };
}

/** The table, loaded on first use. */
export function priceTable(): PriceTable {
  // Loaded late: a rehearsal starts without it.
  return require("./prices/aws.json") as PriceTable;
}

/**
 * The hours of a month: 8,760 / 12, as in AWS's own calculator.
 * @see https://calculator.aws
 */
export const HOURS = 730;

/** The price of a figure in a Region; undefined if the table has none. */
export function priceOf(figure: string, region: string): Price | undefined {
  const known = priceTable().figures[figure];
  if (known === undefined) throw new Error(`the price table has no figure ${figure}`);
  const usd = inRegion(known.usd, region);
  return usd === undefined ? undefined : { usd, unit: known.unit, sources: known.sources };
}

/** The Regions for which the table has more than prices that are the same everywhere. */
export function pricedRegions(): string[] {
  const { families } = priceTable().instances;
  return [...new Set(Object.values(families).flatMap((family) => Object.keys(family)))].sort();
}

/** The on-demand price of a Linux instance, such as `m7g.large`. */
export function instancePrice(type: string, region: string): Price | undefined {
  const { families, exceptions, unit, sources } = priceTable().instances;
  const usd = inRegion(exceptions[type], region) ?? inProportion(families, type, region);
  return usd === undefined ? undefined : { usd, unit, sources };
}

/** The on-demand price of an RDS database in one zone, such as `db.t3.large` with `mysql`. */
export function databasePrice(engine: string, type: string, region: string): Price | undefined {
  const { families, unit, sources } = priceTable().databases;
  const usd = inProportion(families[engine] ?? {}, type.replace(/^db\./, ""), region);
  return usd === undefined ? undefined : { usd, unit, sources };
}

/** The sizes below `xlarge`, as multiples of `large`. */
const SIZES: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** A size as a multiple of `large`; undefined for metal, which has its own prices. */
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

/** AWS's partitions in China and for the US government have separate prices. */
function inRegion(prices: ByRegion | undefined, region: string): number | undefined {
  return prices?.[region] ?? (/^(cn|us-gov|us-iso|eusc)-/.test(region) ? undefined : prices?.["*"]);
}
