import { drawChart } from "../charts";
import { dollars } from "../cost/text";
import { type FleetPeak, type Peak, remediesText, type Scenario } from "../peak";
import { count, fold, html, type Html, raw, table } from "./html";
import { plotDay, plotWhole } from "./plots";
import { link, type StackReport } from "./stack-report";

/** A picture in the page that is also written as a file. */
export interface Picture {
  /** The end of the file's name. */
  readonly name: string;
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
}

/** The pictures of a peak: for each group the whole time, and for each scenario the day around the worst time. */
export function peakPictures(id: string, { fleets }: Peak): Picture[] {
  return fleets.flatMap((fleet, index) => {
    const picture = (name: string, chart: Parameters<typeof drawChart>[0]): Picture => ({
      name: `peak-${fileName(fleet.name)}-${name}`,
      svg: drawChart(chart),
      width: chart.width,
    });
    const prefix = `${id}-p${index}`;
    const [planned] = fleet.scenarios;
    return [
      ...(planned === undefined ? [] : [picture("all", plotWhole(prefix, fleet, planned))]),
      ...fleet.scenarios.map((scenario) => picture(scenario.kind, plotDay(prefix, fleet, scenario))),
    ];
  });
}

/** A name that is a valid file name on every system. */
export function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 60);
}

/** Whether the groups carry their peak, in which scenarios they don't, and the remedies. */
export function peakSection(report: StackReport, peak: Peak, pictures: readonly Picture[]): Html {
  let drawn = 0;
  return html`${peak.fleets.map((fleet) => {
    const own = pictures.slice(drawn, (drawn += 1 + fleet.scenarios.length));
    return fleetPart(report, fleet, own);
  })}
  ${
    peak.notSimulated.length === 0
      ? ""
      : html`<h4>Not simulated</h4>
          <ul>
            ${peak.notSimulated.map(({ urn, why }) => html`<li>${link(report, urn)}: ${why}</li>`)}
          </ul>`
  }`;
}

function fleetPart(report: StackReport, fleet: FleetPeak, [whole, ...days]: readonly Picture[]): Html {
  const { remedies, scenarios, verdict, assumptions, demandSource } = fleet;
  const mends = remediesText(verdict.carries, remedies);
  const number = (value: number, digits = 0): string =>
    value.toLocaleString("en-US", { maximumFractionDigits: digits });
  return html`<article class="fleet">
    <h4>${link(report, fleet.urn)}</h4>
    <p><span class="state ${verdict.carries}">${CARRIES[verdict.carries]}</span> ${verdict.text}</p>
    ${
      mends.length === 0
        ? ""
        : html`<ul>
            ${mends.map((line) => html`<li>${line.replace(/^Fix: /, "")}</li>`)}
          </ul>`
    }
    ${table(
      "Scenarios",
      [
        "scenario",
        "minutes over capacity",
        "peak utilisation",
        "longest wait",
        "failed",
        "most instances",
        "cost",
      ],
      scenarios.map(({ title, verdict: one }) => [
        title,
        `${number(one.minutesOverCapacity)} of ${number(one.minutes)}`,
        Number.isFinite(one.peakUtilisation)
          ? `${Math.round(100 * one.peakUtilisation)} %`
          : "nothing serves",
        `${number(one.worstWaitSeconds, 1)} s`,
        number(one.failed),
        number(one.mostInstances),
        one.cost === undefined ? "" : dollars(one.cost),
      ]),
    )}
    ${hours(scenarios)}
    <p class="aside">Demand: ${demandSource}. Times are UTC.</p>
    ${figureOf(whole)} ${days.map((day, index) => dayPart(scenarios[index], figureOf(day), index === 0))}
    ${fold(
      "Assumed",
      html`<ul>
        ${assumptions.map((assumption) => html`<li>${assumption}</li>`)}
      </ul>`,
    )}
  </article>`;
}

function figureOf(picture: Picture | undefined): Html | string {
  return picture === undefined ? "" : html`<figure class="chart">${raw(picture.svg)}</figure>`;
}

/** How long requests take in the hour around the worst time. */
function hours(scenarios: readonly Scenario[]): Html | string {
  const rows = scenarios.flatMap(({ title, worstHour }) => {
    if (worstHour?.milliseconds === undefined) return [];
    const { startSeconds, balancing, requests, milliseconds } = worstHour;
    const ms = (value: number): string => `${Math.round(value).toLocaleString("en-US")} ms`;
    const { mean, p50, p95, p99 } = milliseconds;
    const words = balancing.replace(/[A-Z]/g, (letter: string) => ` ${letter.toLowerCase()}`);
    return [
      [title, clock(startSeconds), words, requests.toLocaleString("en-US"), ...[mean, p50, p95, p99].map(ms)],
    ];
  });
  return rows.length === 0
    ? ""
    : table(
        "The worst time, request by request",
        [
          "scenario",
          "from",
          "shared out by",
          "requests",
          "mean",
          "50 % within",
          "95 % within",
          "99 % within",
        ],
        rows,
      );
}

const CARRIES: Record<FleetPeak["verdict"]["carries"], string> = {
  all: "carries it",
  fragile: "carries it if nothing fails",
  short: "falls short",
};

/** The most events that are listed: in a week of scaling the rest adds little. */
const LISTED = 60;

function dayPart(scenario: Scenario | undefined, figure: Html | string, isOpen: boolean): Html | string {
  if (scenario === undefined) return "";
  const { day, events, title } = scenario;
  const [from = 0, to = 0] = [day.timeSeconds[0], day.timeSeconds.at(-1)];
  const within = events.filter(({ timeSeconds }) => timeSeconds >= from && timeSeconds <= to);
  const listed = within.slice(0, LISTED);
  return html`<details ${isOpen ? raw("open") : ""}>
    <summary>The day around the worst time, ${title}</summary>
    ${figure}
    ${
      listed.length === 0
        ? ""
        : fold(
            count(within.length, "event"),
            html`<ul>
              ${listed.map(({ timeSeconds, what }) => html`<li><time>${clock(timeSeconds)}</time> ${what}</li>`)}
              ${within.length > listed.length ? html`<li>and ${within.length - listed.length} more</li>` : ""}
            </ul>`,
          )
    }
  </details>`;
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}
