import type { Chart } from "../charts";
import { colour } from "../charts/theme";
import type { FleetPeak, Scenario, Series } from "../peak";

const WIDTH = 1000;
const MARGIN = { left: 64, right: 24 };
const HEAD = 34;
const GAP = 52;
/** The most events that get a vertical line; more would hide the curves. */
const MARKED = 8;

/** A line of a plot. */
interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly colour: string;
  /** Whether the area down to the axis is filled. */
  readonly filled?: boolean;
  readonly dashed?: boolean;
  /** Whether each value holds until the next one. */
  readonly steps?: boolean;
}

/** One of the plots stacked in a chart. */
interface Panel {
  readonly title: string;
  readonly height: number;
  readonly curves: readonly Curve[];
  readonly format?: (value: number) => string;
}

/** The whole time: demand and capacity. */
export function plotWhole(id: string, { name }: FleetPeak, { series, events }: Scenario): Chart {
  return plot(
    `${id}-whole`,
    `Demand and capacity of ${name}, the whole time`,
    series,
    [],
    [load(series, 200)],
    events.length,
  );
}

/** The day around the worst time: demand and capacity, utilisation, waiting and failing requests, and cost. */
export function plotDay(id: string, { name }: FleetPeak, { day, title, events, kind }: Scenario): Chart {
  const { utilisation, queued, errorsPerSecond, instances, desired, costPerHour } = day;
  const panels: Panel[] = [
    load(day, 190),
    {
      title: "Utilisation: demand divided by capacity",
      height: 90,
      format: (value) => `${Math.round(100 * value)} %`,
      curves: [
        {
          name: "utilisation",
          values: utilisation.map((value) => Math.min(value, 2)),
          colour: colour("series-4"),
        },
      ],
    },
    ...([...queued, ...errorsPerSecond].some((value) => value > 0)
      ? [
          {
            title: "Waiting requests, and failed requests a second",
            height: 90,
            curves: [
              { name: "waiting", values: queued, colour: colour("series-2"), filled: true },
              { name: "failing", values: errorsPerSecond, colour: colour("bad") },
            ],
          },
        ]
      : []),
    {
      title: "Instances",
      height: 90,
      curves: [
        { name: "serving", values: instances, colour: colour("series-3"), steps: true },
        { name: "wanted", values: desired, colour: colour("muted"), dashed: true, steps: true },
      ],
    },
    ...(costPerHour.some((cost) => cost > 0)
      ? [
          {
            title: "US dollars an hour",
            height: 70,
            format: (value: number) => `$${round(value)}`,
            curves: [{ name: "cost", values: costPerHour, colour: colour("series-6"), steps: true }],
          },
        ]
      : []),
  ];
  const [from = 0, to = 0] = [day.timeSeconds[0], day.timeSeconds.at(-1)];
  const within = events.filter(({ timeSeconds }) => timeSeconds >= from && timeSeconds <= to);
  const faults = within.filter(({ kind: one }) => one === "fault");
  const schedules = within.filter(({ kind: one }) => one === "schedule");
  return plot(
    `${id}-${kind}`,
    `The day around the worst time of ${name}, ${title}`,
    day,
    [...faults, ...schedules].slice(0, MARKED),
    panels,
    within.length,
  );
}

function load({ demandPerSecond, capacityPerSecond }: Series, height: number): Panel {
  return {
    title: "Requests a second",
    height,
    curves: [
      { name: "demand", values: demandPerSecond, colour: colour("series-1"), filled: true },
      { name: "capacity", values: capacityPerSecond, colour: colour("series-3"), steps: true },
    ],
  };
}

function round(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function plot(
  id: string,
  label: string,
  { timeSeconds }: Series,
  marks: Scenario["events"],
  panels: readonly Panel[],
  events: number,
): Chart {
  let top = HEAD;
  const places = panels.map(({ height }) => {
    const place = { ...MARGIN, top, height };
    top += height + GAP;
    return place;
  });
  const [min = 0, max = 0] = [timeSeconds[0], timeSeconds.at(-1)].map((seconds) => (seconds ?? 0) * 1000);
  return {
    id,
    label: `${label}; ${events} events, listed below`,
    width: WIDTH,
    height: top - 12,
    option: {
      title: panels.map(({ title }, index) => ({
        text: title,
        left: MARGIN.left - 4,
        top: (places[index]?.top ?? 0) - 28,
        textStyle: { fontSize: 13 },
      })),
      legend: panels.flatMap(({ curves }, index) =>
        curves.length < 2
          ? []
          : {
              data: curves.map(({ name }) => name),
              right: MARGIN.right,
              top: (places[index]?.top ?? 0) - 26,
            },
      ),
      grid: places,
      xAxis: panels.map((_, gridIndex) => ({
        type: "time" as const,
        gridIndex,
        min,
        max,
        axisLabel: {
          hideOverlap: true,
          formatter: {
            day: "{ee} {d} {MMM}",
            hour: "{HH}:{mm}",
            month: "{ee} {d} {MMM}",
            year: "{ee} {d} {MMM}",
          },
        },
      })),
      yAxis: panels.map(({ format = round }, gridIndex) => ({
        type: "value" as const,
        gridIndex,
        min: 0,
        splitNumber: 3,
        axisLabel: { formatter: (value: number) => format(value) },
      })),
      series: panels.flatMap(({ curves }, panel) =>
        curves.map((curve, index) => ({
          type: "line" as const,
          name: curve.name,
          xAxisIndex: panel,
          yAxisIndex: panel,
          showSymbol: false,
          silent: true,
          color: curve.colour,
          ...(curve.steps === true ? { step: "end" as const } : { sampling: "lttb" as const }),
          lineStyle: { width: 1.75, type: curve.dashed === true ? ("dashed" as const) : ("solid" as const) },
          ...(curve.filled === true ? { areaStyle: { opacity: 0.18 } } : {}),
          data: pointsOf(timeSeconds, curve.values),
          ...(panel === 0 && index === 0 && marks.length > 0 ? { markLine: markLines(marks, min, max) } : {}),
        })),
      ),
    },
  };
}

/** Leaves out points between others of the same value: the line is the same without them. */
function pointsOf(timeSeconds: readonly number[], values: readonly number[]): [number, number][] {
  return timeSeconds.flatMap((seconds, index): [number, number][] => {
    const value = values[index] ?? 0;
    const isWithin = index > 0 && values[index - 1] === value && values[index + 1] === value;
    return isWithin ? [] : [[seconds * 1000, Number.isFinite(value) ? Number(value.toPrecision(5)) : 0]];
  });
}

function markLines(marks: Scenario["events"], min: number, max: number) {
  return {
    symbol: "none",
    silent: true,
    data: marks.map(({ timeSeconds, what, kind }, index) => {
      const isLate = (timeSeconds * 1000 - min) / (max - min) > 0.7;
      const ink = colour(kind === "fault" ? "bad" : "muted");
      return {
        xAxis: timeSeconds * 1000,
        lineStyle: {
          color: ink,
          type: kind === "fault" ? ("solid" as const) : ("dashed" as const),
          width: 1,
        },
        label: {
          formatter: what.length > 34 ? `${what.slice(0, 33)}…` : what,
          color: ink,
          rotate: 0,
          position: "insideEndTop" as const,
          align: isLate ? ("right" as const) : ("left" as const),
          offset: [isLate ? -6 : 6, 14 + 15 * (index % 4)],
        },
      };
    }),
  };
}
