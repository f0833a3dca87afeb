import type { Chart } from "../../packages/rehearse/charts";
import { colour, seriesColour } from "../../packages/rehearse/charts/theme";
import type { Run } from "./run";

const WIDTH = 920;
const MARGIN = { left: 110, right: 80 };
const ROW = 30;
const TITLE = 34;
const TIMELINE = 150;
/** The number of intervals in the timeline. */
const STEPS = 120;

/** Shares compared with the weights, latency, and the timeline of backends with the faults marked. */
export function plotRun(run: Run, title: string): Chart {
  const { members, result } = run;
  const shares = { top: 82, height: members.length * ROW };
  const latency = { top: shares.top + shares.height + TITLE + 20, height: 3 * ROW };
  const timeline = { top: latency.top + latency.height + TITLE + 20, height: TIMELINE };
  const heading = (text: string, { top }: typeof shares) => ({
    text,
    left: MARGIN.left,
    top: top - 26,
    textStyle: { fontSize: 13, fontWeight: 400 as const },
  });
  const share = shareOf(run);
  const names = members.map(({ name, isSlow }) => (isSlow ? `${name}, slow` : name));
  const latencies = Object.entries(result.latencyMs);
  const time = timelineOf(run);
  const rows = (data: readonly string[], gridIndex: number) => ({
    type: "category" as const,
    inverse: true,
    data: [...data],
    gridIndex,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colour("ink") },
  });
  const label = (decimals: number, unit: string) => ({
    show: true,
    position: "right" as const,
    color: colour("ink"),
    formatter: ({ value }: { value?: unknown }) => `${Number(value).toFixed(decimals)} ${unit}`,
  });
  const hidden = { type: "value" as const, show: false };
  return {
    id: "balance",
    label: `${title}. ${names.map((name, index) => `${name}: ${(share[index] ?? 0).toFixed(1)} %`).join(", ")}`,
    width: WIDTH,
    height: timeline.top + timeline.height + 40,
    option: {
      title: [
        { text: title, left: 20, top: 14, textStyle: { fontSize: 18 } },
        heading("Share of all requests; marks: shares of the weights", shares),
        heading("Latency at the client", latency),
        heading("Backends over time; red at the bottom: failed", timeline),
      ],
      grid: [shares, latency, timeline].map((place) => ({ ...MARGIN, ...place })),
      xAxis: [
        { ...hidden, gridIndex: 0, max: Math.max(...share, ...wantedOf(run)) },
        { ...hidden, gridIndex: 1 },
        {
          type: "value",
          gridIndex: 2,
          max: time.end,
          axisLabel: { formatter: "{value} s", showMaxLabel: false },
        },
      ],
      yAxis: [
        rows(names, 0),
        rows(
          latencies.map(([name]) => name),
          1,
        ),
        { type: "value", gridIndex: 2, show: false, min: ({ max }) => -0.06 * max },
      ],
      series: [
        {
          type: "bar",
          barWidth: ROW - 10,
          label: label(1, "%"),
          data: share.map((value, index) => ({ value, itemStyle: { color: seriesColour(index) } })),
        },
        {
          type: "scatter",
          symbol: "rect",
          symbolSize: [3, ROW - 2],
          color: colour("ink"),
          data: wantedOf(run).map((value, index) => [value, index]),
        },
        {
          type: "bar",
          xAxisIndex: 1,
          yAxisIndex: 1,
          barWidth: ROW - 10,
          label: label(1, "ms"),
          color: colour("muted"),
          data: latencies.map(([, value]) => value),
        },
        ...time.lanes.map((data, index) => ({
          type: "bar" as const,
          xAxisIndex: 2,
          yAxisIndex: 2,
          stack: "served",
          barWidth: time.width,
          color: seriesColour(index),
          data,
          ...(index === 0 ? { markLine: marksOf(run) } : {}),
        })),
        {
          type: "scatter",
          xAxisIndex: 2,
          yAxisIndex: 2,
          symbol: "rect",
          symbolSize: [time.width, 6],
          color: colour("bad"),
          data: time.failures,
        },
      ],
    },
  };
}

/** The percentage of served requests, by backend. */
function shareOf({ members, result }: Run): number[] {
  const total = Object.values(result.served).reduce((sum, count) => sum + count, 0);
  return members.map(({ name }) => (100 * (result.served[name] ?? 0)) / Math.max(1, total));
}

/** The percentages by weight. */
function wantedOf({ members, result }: Run): number[] {
  return members.map(({ name }) => 100 * (result.wanted[name] ?? 0));
}

/** Requests by backend in each interval, and the intervals in which some failed. */
function timelineOf({ members, samples }: Run) {
  const end = Math.max(...samples.map(({ at }) => at), 1) / 1000;
  const middle = (step: number): number => ((step + 0.5) * end) / STEPS;
  const counts = members.map(() => Array<number>(STEPS).fill(0));
  const failed = new Set<number>();
  for (const { at, backend, failure } of samples) {
    const step = Math.min(STEPS - 1, Math.floor((STEPS * at) / 1000 / end));
    const row = counts[members.findIndex(({ name }) => name === backend)];
    if (failure !== undefined) failed.add(step);
    else if (row !== undefined) row[step] = (row[step] ?? 0) + 1;
  }
  const most = Math.max(
    1,
    ...Array.from({ length: STEPS }, (_, step) => counts.reduce((sum, row) => sum + (row[step] ?? 0), 0)),
  );
  return {
    end,
    width: (WIDTH - MARGIN.left - MARGIN.right) / STEPS - 0.6,
    lanes: counts.map((row) => row.map((count, step) => [middle(step), count])),
    failures: [...failed].map((step) => [middle(step), -0.03 * most]),
  };
}

function marksOf({ faults }: Run) {
  return {
    symbol: "none",
    lineStyle: { color: colour("bad"), width: 2, type: "solid" as const },
    data: faults.map(({ at, what }, index) => ({
      xAxis: at / 1000,
      label: {
        formatter: what,
        color: colour("bad"),
        position: "insideEndTop" as const,
        rotate: 0,
        align: "left" as const,
        offset: [6, 16 * (index % 4)],
      },
    })),
  };
}
