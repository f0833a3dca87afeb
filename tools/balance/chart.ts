import { Resvg } from "@resvg/resvg-js";

import { escapeXml } from "../probe/xml";
import type { Run } from "./run";

const WIDTH = 920;
const LEFT = 110;
const RIGHT = 70;
const PLOT = WIDTH - LEFT - RIGHT;
const ROW = 34;
/** Parts that the timeline has. */
const STEPS = 120;
/** Okabe and Ito's colours, which people who see few colours tell apart: https://jfly.uni-koeln.de/color/ */
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"];

const colour = (index: number): string => COLOURS[index % COLOURS.length] ?? "#000";
const at = (x: number, y: number, text: string, more = ""): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${more}>${escapeXml(text)}</text>`;
const box = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(0, width).toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}"/>`;

/** Shares against those wanted, latency, and who served when, with the faults marked; as SVG. */
export function draw(run: Run, title: string): string {
  const parts = [shares, latency, timeline];
  const drawn: string[] = [];
  let y = 60;
  for (const part of parts) {
    const { svg, height } = part(run, y);
    drawn.push(svg);
    y += height + 34;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="DejaVu Sans, sans-serif" font-size="13" fill="#222">
<rect width="100%" height="100%" fill="#fff"/>
${at(20, 30, title, ' font-size="18"')}
${drawn.join("\n")}
</svg>
`;
}

interface Part {
  readonly svg: string;
  readonly height: number;
}

/** A bar for each backend, and a mark where its weight would have it. */
function shares({ members, result }: Run, top: number): Part {
  const total = Object.values(result.served).reduce((sum, count) => sum + count, 0);
  const most = Math.max(
    ...members.map(({ name }) => Math.max(result.wanted[name] ?? 0, (result.served[name] ?? 0) / total)),
  );
  const rows = members.map(({ name, isSlow }, index) => {
    const share = (result.served[name] ?? 0) / total;
    const y = top + 14 + index * ROW;
    const mark = LEFT + (PLOT * (result.wanted[name] ?? 0)) / most;
    return [
      at(LEFT - 10, y + 17, isSlow ? `${name}, slow` : name, ' text-anchor="end"'),
      box(LEFT, y, (PLOT * share) / most, ROW - 10, colour(index)),
      `<line x1="${mark.toFixed(1)}" x2="${mark.toFixed(1)}" y1="${y - 3}" y2="${y + ROW - 7}" stroke="#222" stroke-width="2" stroke-dasharray="3 2"/>`,
      at(WIDTH - RIGHT + 8, y + 17, `${(100 * share).toFixed(1)} %`),
    ].join("");
  });
  return {
    svg: [at(LEFT, top, "Share of all requests; dashed: what the weights ask for"), ...rows].join("\n"),
    height: 14 + members.length * ROW,
  };
}

function latency({ result }: Run, top: number): Part {
  const entries = Object.entries(result.latencyMs);
  const most = Math.max(...entries.map(([, value]) => value), 0.001);
  const rows = entries.map(([name, value], index) => {
    const y = top + 14 + index * ROW;
    return [
      at(LEFT - 10, y + 17, name, ' text-anchor="end"'),
      box(LEFT, y, (PLOT * value) / most, ROW - 10, "#7a7a7a"),
      at(WIDTH - RIGHT + 8, y + 17, `${value.toFixed(1)} ms`),
    ].join("");
  });
  return {
    svg: [at(LEFT, top, "Latency at the client"), ...rows].join("\n"),
    height: 14 + entries.length * ROW,
  };
}

/** Requests by backend over time, one above the other; failures in red below. */
function timeline({ members, samples, faults }: Run, top: number): Part {
  const height = 150;
  const end = Math.max(...samples.map((sample) => sample.at), 1);
  const step = (when: number): number => Math.min(STEPS - 1, Math.floor((STEPS * when) / end));
  const counts = members.map(() => Array<number>(STEPS).fill(0));
  const failed = Array<number>(STEPS).fill(0);
  for (const { at: when, backend, failure } of samples) {
    const row = failure === undefined ? counts[members.findIndex(({ name }) => name === backend)] : failed;
    if (row !== undefined) row[step(when)] = (row[step(when)] ?? 0) + 1;
  }
  const most = Math.max(
    1,
    ...failed.map((_, index) => counts.reduce((sum, row) => sum + (row[index] ?? 0), 0)),
  );
  const base = top + 14 + height;
  const bars = Array.from({ length: STEPS }, (_, index) => {
    let y = base;
    const x = LEFT + (PLOT * index) / STEPS;
    const stack = counts.map((row, member) => {
      const tall = (height * (row[index] ?? 0)) / most;
      y -= tall;
      return tall > 0 ? box(x, y, PLOT / STEPS - 0.6, tall, colour(member)) : "";
    });
    return stack.join("") + ((failed[index] ?? 0) > 0 ? box(x, base + 2, PLOT / STEPS, 6, "#b3261e") : "");
  });
  const marks = faults.map(({ at: when, what }, index) => {
    const x = LEFT + (PLOT * when) / end;
    return `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${top + 8}" y2="${base}" stroke="#b3261e" stroke-width="2"/>${at(x + 5, top + 22 + 16 * (index % 4), what, ' fill="#b3261e"')}`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) =>
    at(LEFT + PLOT * part, base + 24, `${((end * part) / 1000).toFixed(1)} s`, ' text-anchor="middle"'),
  );
  return {
    svg: [at(LEFT, top, "Who served, over time; red below: failed"), ...bars, ...marks, ...ticks].join("\n"),
    height: height + 34,
  };
}

/** The same as PNG, with a font of its own: a bare machine has none. */
export function toPng(svg: string): Buffer {
  const font = {
    fontFiles: [require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")],
    loadSystemFonts: false,
    defaultFontFamily: "DejaVu Sans",
  };
  return Buffer.from(new Resvg(svg, { font, fitTo: { mode: "width", value: 2 * WIDTH } }).render().asPng());
}
