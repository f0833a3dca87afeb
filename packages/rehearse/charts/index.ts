import type { EChartsOption } from "echarts";

import { escapeXml } from "../cli/xml";
import { colour, seriesColour, variables, withVariables } from "./theme";

/** ECharts with lines, bars, points and SVG: two thirds of the full size, with the same types. */
const { init } = require("echarts/dist/echarts.common.min") as typeof import("echarts");

/** What to draw. */
export interface Chart {
  /** Identifies the chart within a page: letters, digits and hyphens. */
  readonly id: string;
  /** A text alternative for screen readers. */
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Axes and series, in ECharts' format; colours from {@link colour}. */
  readonly option: EChartsOption;
}

const FONT = "system-ui, sans-serif";

const AXIS = {
  axisLine: { lineStyle: { color: colour("muted") } },
  axisTick: { lineStyle: { color: colour("line") } },
  axisLabel: { color: colour("muted") },
  nameTextStyle: { color: colour("muted") },
  splitLine: { lineStyle: { color: colour("line") } },
};

/** The default appearance of charts. */
const THEME = {
  color: Array.from({ length: 6 }, (_, index) => seriesColour(index)),
  textStyle: { fontFamily: FONT },
  title: { textStyle: { color: colour("ink"), fontSize: 14, fontWeight: 600 } },
  legend: { textStyle: { color: colour("ink") }, itemWidth: 14, itemHeight: 8, itemGap: 28, icon: "rect" },
  categoryAxis: { ...AXIS, splitLine: { show: false } },
  valueAxis: { ...AXIS, axisLine: { show: false } },
  timeAxis: { ...AXIS, splitLine: { show: false } },
};

/** Draws a chart as an SVG element for a page, which sets its colours with custom properties. */
export function drawChart({ id, label, width, height, option }: Chart): string {
  const chart = init(null, THEME, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({ animation: false, useUTC: true, ...option });
    const svg = chart.renderToSVGString();
    const root = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(label)}">`;
    return withVariables(svg)
      .replace(/^<svg [^>]*>\s*<rect [^>]*><\/rect>/, root)
      .replace(/ (?:class="zr[^"]*"|pointer-events="[^"]*"|ecmeta_\w+="[^"]*")/g, "")
      .replace(/<style ?>[^]*?<\/style>/g, "")
      .replace(/\bzr\d+-/g, `${id}-`);
  } finally {
    chart.dispose();
  }
}

/** The same as a separate file, which follows the reader's light or dark setting. */
export function toSvgFile(svg: string): string {
  const style = `:root{${variables("light")}}@media(prefers-color-scheme:dark){:root{${variables("dark")}}}`;
  const ground = `<style>${style}</style><rect width="100%" height="100%" fill="var(--surface,${colour("surface")})"/>`;
  return `${svg.replace(/^<svg [^>]*>/, (root) => root + ground)}\n`;
}
