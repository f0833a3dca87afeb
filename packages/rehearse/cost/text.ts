import { nameOf, typeOf } from "../engine/urn";
import { pad, type Style, styles, widest } from "../report/style";
import { type CostDifference, NOTHING } from "./difference";
import type { Cost, CostItem, Unpriced } from "./index";
import { pricedRegions } from "./prices";

/** US dollars without cents, or with cents below ten dollars. */
export function dollars(usd: number): string {
  const digits = Math.abs(usd) < 10 && usd !== 0 ? 2 : 0;
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** US dollars with cents. */
export function cents(usd: number): string {
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** `+$35`, or `-$1.20`. */
export function signed(usd: number): string {
  return `${usd < 0 ? "-" : "+"}${dollars(Math.abs(usd))}`;
}

/** A unit price, which is never rounded to zero. */
export function price(usd: number): string {
  return `$${usd.toLocaleString("en-US", { maximumSignificantDigits: 6 })}`;
}

/** The most types and resources in a line. */
const NAMED = 3;

/** Whether there is nothing to report. */
export function isSilent({ items, unpriced }: Cost): boolean {
  return items.length === 0 && unpriced.length === 0;
}

/** The cost of a stack in a line, and what has no price in another. */
export function costLine(
  cost: Cost,
  difference: CostDifference | undefined,
  budget: number | undefined,
  style: Style,
): string {
  const over = budget === undefined ? "" : budgetText(cost, budget);
  const coloured = budget !== undefined && cost.monthly > budget ? style.yellow(over) : over;
  const change = difference === undefined ? "" : `; ${changeText(difference)}`;
  const lines = [`${style.bold("Cost:")} ${sums(cost)}${coloured}${change}`];
  if (cost.unpriced.length > 0) lines.push(`    and what has no price: ${unpricedText(cost.unpriced)}`);
  if (cost.foreignRegions.length > 0)
    lines.push(
      `    no prices for ${cost.foreignRegions.join(", ")}; there are for ${pricedRegions().join(", ")}`,
    );
  return lines.join("\n");
}

function sums({ monthly, mostMonthly, hourly, items, unpriced }: Cost): string {
  if (items.length === 0 && unpriced.length > 0) return "none of it has a price";
  const [least, most] = [dollars(monthly), dollars(mostMonthly)];
  const range = least === most ? "" : ` at the groups' minimum, ${most} at their maximum`;
  const isIdle = items.every(({ usage, quantity }) => usage === undefined || quantity === 0);
  if (mostMonthly === 0) return "nothing without traffic";
  return `about ${least} a month (${cents(hourly)} an hour)${range}${isIdle ? ", without traffic" : ""}`;
}

/** A stack with other settings: its cost, or why it can't be rehearsed. */
export type WhatIf = { readonly settings: string } & (
  { readonly monthly: number; readonly mostMonthly: number } | { readonly error: string }
);

/** The cost with other settings, compared with the actual ones. */
export function whatIfLine(whatIf: WhatIf, { monthly, mostMonthly }: Cost): string {
  const head = `    with ${whatIf.settings}: `;
  if ("error" in whatIf) return `${head}${whatIf.error}`;
  const [least, most] = [whatIf.monthly, whatIf.mostMonthly];
  const atMost =
    dollars(least) === dollars(most)
      ? ""
      : `; ${dollars(most)} (${signed(most - mostMonthly)}) at the maximum`;
  return `${head}about ${dollars(least)} a month (${signed(least - monthly)})${atMost}`;
}

/** How a cost compares with a budget. */
export function budgetText({ monthly, mostMonthly }: Cost, budget: number): string {
  const named = `the budget of ${dollars(budget)}`;
  if (monthly > budget) return `, ${dollars(monthly - budget)} over ${named}`;
  return mostMonthly > budget ? `, within ${named} except at the groups' maximum` : `, within ${named}`;
}

/** The resources without a price, by type. */
function unpricedText(unpriced: readonly Unpriced[]): string {
  const types = new Map<string, Set<string>>();
  for (const { type, urn } of unpriced) types.set(type, (types.get(type) ?? new Set()).add(urn));
  const named = [...types].map(([type, urns]) => (urns.size === 1 ? type : `${type} (${urns.size})`));
  const more = named.length - NAMED;
  return `${named.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more ${more === 1 ? "type" : "types"}` : ""} (--cost says why)`;
}

/** The effect of a change on the cost, and the resources with the largest effect. */
function changeText({ before, after, resources }: CostDifference): string {
  if (resources.length === 0) return "as before";
  const change = after.monthly - before.monthly;
  const most = after.mostMonthly - before.mostMonthly;
  const isSame = Math.abs(change) < NOTHING;
  const atMost =
    Math.abs(most - change) < NOTHING ? "" : `${isSame ? "" : ", "}${signed(most)} at the maximum`;
  const named = resources
    .slice(0, NAMED)
    .map(
      ({ urn, monthly, mostMonthly }) =>
        `${nameOf(urn)} (${typeOf(urn).split(":").at(-1) ?? ""}) ${Math.abs(monthly) < NOTHING ? `${signed(mostMonthly)} at the maximum` : signed(monthly)}`,
    );
  const more = resources.length - named.length;
  return `the change: ${isSame ? "" : signed(change)}${atMost}, by ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** {@link costLine} for a comment on a pull request, in Markdown. */
export function costMarkdown(
  cost: Cost,
  difference: CostDifference | undefined,
  budget: number | undefined,
): string {
  return costLine(cost, difference, budget, styles(false))
    .replace("Cost:", "**Cost**:")
    .replaceAll("\n    ", "<br>");
}

/** Every line of the bill, by area, and the assumptions. */
export function costTable({ areas, items, unpriced, assumptions }: Cost, style: Style): string {
  const rows = areas.flatMap(({ area, monthly, mostMonthly }) => [
    { what: area, name: "", units: "", ...amounts(monthly, mostMonthly) },
    ...items.filter((item) => item.area === area).map(rowOf),
  ]);
  const width = (key: keyof (typeof rows)[number]): number => widest(rows.map((row) => row[key]));
  const [whats, names, units, leasts] = (["what", "name", "units", "least"] as const).map(width);
  return [
    ...rows.map((row) => {
      const what = pad(row.name === "" ? style.bold(row.what) : row.what, whats ?? 0);
      const amount = `${row.least.padStart(leasts ?? 0)}${row.most}`;
      return `    ${what}  ${pad(row.name, names ?? 0)}  ${pad(row.units, units ?? 0)}  ${amount}`.trimEnd();
    }),
    ...unpriced.map(({ urn, type, why }) => `    ?  ${type} ${nameOf(urn)}: ${why}`),
    ...assumptions.map((assumption) => `    ${assumption}`),
  ].join("\n");
}

function rowOf({ urn, description, quantity, mostQuantity, unit, unitPrice, usage, ...sum }: CostItem) {
  const count = (number: number): string => number.toLocaleString("en-US", { maximumFractionDigits: 2 });
  const range = mostQuantity === quantity ? "" : ` … ${count(mostQuantity)}`;
  const isOpen = usage !== undefined && mostQuantity === 0;
  return {
    what: `  ${description}`,
    name: nameOf(urn),
    units: `${count(quantity)}${range} ${unit} × ${price(unitPrice)}`,
    ...(isOpen ? { least: "by use", most: "" } : amounts(sum.monthly, sum.mostMonthly)),
  };
}

function amounts(monthly: number, mostMonthly: number): { least: string; most: string } {
  const [least, most] = [cents(monthly), cents(mostMonthly)];
  return { least, most: least === most ? "" : ` … ${most}` };
}
