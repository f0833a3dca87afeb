import type { Chart } from "../../packages/rehearse/charts";
import { colour } from "../../packages/rehearse/charts/theme";
import type { Sample } from "./sample";
import { watched } from "./watch";

const WIDTH = 1020;
const ROW = 26;
const MARGIN = { left: 190, right: 70, top: 44, bottom: 30 };

/** The result of watching: a line for each backend, darker where it served more, with failures in red. */
export function plotWatch(samples: readonly Sample[]): Chart {
  const seconds = Math.max(1, Math.ceil(Math.max(...samples.map(({ at }) => at), 0) / 1000));
  const lanes = [
    ...watched(samples).map(({ backend }) => ({
      name: backend,
      fill: colour("series-1"),
      own: samples.filter((one) => one.backend === backend),
    })),
    { name: "failed", fill: colour("bad"), own: samples.filter(({ failure }) => failure !== undefined) },
  ];
  const bare = { axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colour("ink") } };
  const cell = (WIDTH - MARGIN.left - MARGIN.right) / seconds;
  return {
    id: "watch",
    label: `Backends, second by second: ${lanes.map(({ name, own }) => `${name} ${own.length}`).join(", ")}`,
    width: WIDTH,
    height: MARGIN.top + lanes.length * ROW + MARGIN.bottom,
    option: {
      title: { text: "Backends, second by second", left: MARGIN.left, top: 8 },
      grid: MARGIN,
      xAxis: { type: "value", max: seconds, axisLabel: { formatter: "{value} s" } },
      yAxis: [
        { type: "category", inverse: true, data: lanes.map(({ name }) => name), ...bare },
        { type: "category", inverse: true, data: lanes.map(({ own }) => String(own.length)), ...bare },
      ],
      series: {
        type: "scatter",
        symbol: "rect",
        symbolSize: [Math.max(cell, 1.5), ROW - 8],
        data: lanes.flatMap(({ own, fill }, lane) => {
          const counts = perSecond(own);
          const most = Math.max(1, ...counts.values());
          return [...counts].map(([second, count]) => ({
            value: [second + 0.5, lane],
            itemStyle: { color: fill, opacity: 0.35 + (0.65 * count) / most },
          }));
        }),
      },
    },
  };
}

function perSecond(samples: readonly Sample[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { at } of samples) {
    const second = Math.floor(at / 1000);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return counts;
}
