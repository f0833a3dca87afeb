import type { Chart } from "../charts";
import { colour } from "../charts/theme";
import { priceTable } from "../cost/prices";
import { cents, dollars, price, signed } from "../cost/text";
import type { JsonCost } from "../cost/told";
import { drawChart } from "../charts";
import { fold, html, type Html, raw, table } from "./html";
import { link, type StackReport } from "./stack-report";

/** Lines of the bill that are visible without expanding the rest. */
const BIGGEST = 10;

/** The cost of a stack: by area, its largest lines, other settings, and the assumptions. */
export function costSection(report: StackReport, cost: JsonCost): Html {
  const { items, unpriced, assumptions, whatIf = [], difference } = cost;
  const charged = [...items]
    .filter(({ mostMonthly }) => mostMonthly > 0)
    .sort((a, b) => b.monthly - a.monthly || b.mostMonthly - a.mostMonthly);
  const byUse = items.filter(({ usage, mostMonthly }) => usage !== undefined && mostMonthly === 0);
  const [first, rest] = [charged.slice(0, BIGGEST), charged.slice(BIGGEST)];
  const hasRange = charged.some(({ monthly, mostMonthly }) => cents(monthly) !== cents(mostMonthly));
  const bill = (caption: string, lines: typeof items): Html =>
    table(
      caption,
      [
        "resource",
        "for",
        "units",
        ...(hasRange ? ["a month at the minimum", "at the maximum"] : ["a month"]),
      ],
      lines.map((line) => [
        link(report, line.urn),
        line.description,
        `${units(line.quantity)}${line.mostQuantity === line.quantity ? "" : ` … ${units(line.mostQuantity)}`} ${line.unit} × ${price(line.unitPrice)}`,
        cents(line.monthly),
        ...(hasRange ? [cents(line.mostMonthly)] : []),
      ]),
    );
  return html`<p>${costSentence(cost)}</p>
    ${charged.length === 0 ? "" : html`<figure class="chart">${raw(drawChart(areasChart(report, cost)))}</figure>`}
    ${charged.length === 0 ? "" : bill("The largest lines of the bill", first)}
    ${rest.length === 0 ? "" : fold(`${rest.length} smaller lines`, bill("Smaller lines", rest))}
    ${
      byUse.length === 0
        ? ""
        : fold(
            `${byUse.length} lines charged by use, without any assumed use`,
            bill("Charged by use; set the use with --usage", byUse),
          )
    }
    ${
      whatIf.length === 0
        ? ""
        : table(
            "With other settings",
            ["settings", "at the minimum", "at the maximum"],
            whatIf.map((other) =>
              "error" in other
                ? [html`<code>${other.settings}</code>`, other.error, ""]
                : [
                    html`<code>${other.settings}</code>`,
                    `${dollars(other.monthly)} (${signed(other.monthly - cost.monthly)})`,
                    `${dollars(other.mostMonthly)} (${signed(other.mostMonthly - cost.mostMonthly)})`,
                  ],
            ),
          )
    }
    ${
      difference === undefined || difference.resources.length === 0
        ? ""
        : table(
            `Effect of the change: ${signed(difference.monthly)} a month, ${signed(difference.mostMonthly)} at the maximum`,
            ["resource", "at the minimum", "at the maximum"],
            difference.resources.map(({ urn, monthly, mostMonthly }) => [
              link(report, urn),
              signed(monthly),
              signed(mostMonthly),
            ]),
          )
    }
    ${
      unpriced.length === 0
        ? ""
        : html`<h4>Without a price</h4>
            <ul>
              ${unpriced.map(({ urn, why }) => html`<li>${link(report, urn)}: ${why}</li>`)}
            </ul>`
    }
    <h4>Assumed</h4>
    <ul>
      ${assumptions.map((assumption) => html`<li>${assumption}</li>`)}
    </ul>
    ${fold("Sources of the prices", sources(items))}`;
}

function sources(items: JsonCost["items"]): Html {
  const table = priceTable().sources;
  const named = [...new Set(items.flatMap((item) => item.sources))].flatMap((key) => table[key] ?? []);
  return html`<ul>
    ${named.map(({ what, url, asOf }) => html`<li><a href="${url}" rel="noreferrer">${what}</a>, as of ${asOf}</li>`)}
  </ul>`;
}

function units(quantity: number): string {
  return quantity.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

/** The cost in a sentence. */
export function costSentence({ monthly, mostMonthly, hourly, items, unpriced, budget }: JsonCost): string {
  if (items.length === 0)
    return unpriced.length === 0 ? "AWS charges nothing for it." : "None of it has a price.";
  const isIdle = items.every(({ usage, quantity }) => usage === undefined || quantity === 0);
  const most = dollars(monthly) === dollars(mostMonthly) ? "" : `, ${dollars(mostMonthly)} at their maximum`;
  const least = most === "" ? "" : " at the groups' minimum";
  const limit =
    budget === undefined
      ? ""
      : ` ${monthly > budget ? `That is ${dollars(monthly - budget)} over` : "That is within"} the budget of ${dollars(budget)}.`;
  return `About ${dollars(monthly)} a month (${cents(hourly)} an hour)${least}${most}${isIdle ? ", without traffic" : ""}.${limit}`;
}

/** The cost of each area, at the minimum and up to the maximum. */
function areasChart({ id }: StackReport, { areas }: JsonCost): Chart {
  const sorted = [...areas]
    .filter(({ mostMonthly }) => mostMonthly > 0)
    .sort((a, b) => b.monthly - a.monthly);
  const ranges = sorted.some(({ monthly, mostMonthly }) => mostMonthly - monthly >= 0.005);
  const text = ({ monthly, mostMonthly }: (typeof sorted)[number]): string =>
    dollars(monthly) === dollars(mostMonthly)
      ? dollars(monthly)
      : `${dollars(monthly)} … ${dollars(mostMonthly)}`;
  const bar = { type: "bar" as const, stack: "cost", barWidth: 18 };
  return {
    id: `${id}-areas`,
    label: `US dollars a month by area. ${sorted.map((area) => `${area.area}: ${text(area)}`).join(", ")}`,
    width: 760,
    height: (ranges ? 56 : 24) + sorted.length * 34,
    option: {
      grid: { left: 96, right: 130, top: ranges ? 36 : 6, bottom: 12 },
      ...(ranges ? { legend: { left: 96, top: 0, data: ["at the minimum", "more at the maximum"] } } : {}),
      xAxis: { type: "value", show: false },
      yAxis: {
        type: "category",
        inverse: true,
        data: sorted.map(({ area }) => area),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: colour("ink"), fontSize: 13 },
      },
      series: [
        {
          ...bar,
          name: "at the minimum",
          color: colour("series-1"),
          data: sorted.map(({ monthly }) => monthly),
        },
        {
          ...bar,
          name: "more at the maximum",
          itemStyle: { color: colour("surface"), borderColor: colour("series-1"), borderWidth: 1.5 },
          data: sorted.map(({ monthly, mostMonthly }) => mostMonthly - monthly),
          label: {
            show: true,
            position: "right",
            color: colour("ink"),
            fontSize: 13,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const area = sorted[dataIndex];
              return area === undefined ? "" : text(area);
            },
          },
        },
      ],
    },
  };
}
