import { type Sample } from "./sample";
import { watched } from "./watch";
import { escapeXml } from "./xml";

const ROW = 26;
const LEFT = 190;
const WIDTH = 760;

/** A picture of what was watched, as SVG: a line a backend, darker where it served more, and the failures in red. */
export function drawWatch(samples: readonly Sample[]): string {
  const rows = watched(samples);
  const seconds = Math.max(1, Math.ceil(Math.max(...samples.map(({ at }) => at), 0) / 1000));
  const width = WIDTH / seconds;
  const at = (second: number): string => (LEFT + second * width).toFixed(2);
  const lanes = [
    ...rows.map(({ backend }) => ({
      label: backend,
      fill: "#2f6f4f",
      own: samples.filter((one) => one.backend === backend),
    })),
    { label: "failed", fill: "#b3261e", own: samples.filter(({ failure }) => failure !== undefined) },
  ];
  const height = 60 + lanes.length * ROW;
  const drawn = lanes.map(({ label, fill, own }, index) => {
    const y = 40 + index * ROW;
    const perSecond = new Map<number, number>();
    for (const { at: when } of own) {
      const second = Math.floor(when / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    const most = Math.max(1, ...perSecond.values());
    const marks = [...perSecond].map(
      ([second, count]) =>
        `<rect x="${at(second)}" y="${y}" width="${Math.max(width, 1.5).toFixed(2)}" height="${ROW - 8}" fill="${fill}" fill-opacity="${(0.35 + (0.65 * count) / most).toFixed(2)}"/>`,
    );
    return `<text x="${LEFT - 10}" y="${y + 13}" text-anchor="end">${escapeXml(label)}</text><text x="${LEFT + WIDTH + 8}" y="${y + 13}">${own.length}</text>${marks.join("")}`;
  });
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200].find((each) => seconds / each <= 10) ?? 1800;
  const ticks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step).map(
    (second) =>
      `<line x1="${at(second)}" x2="${at(second)}" y1="34" y2="${height - 18}" stroke="#ccc"/><text x="${at(second)}" y="${height - 4}" text-anchor="middle">${second} s</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 70} ${height}" font-family="sans-serif" font-size="12" fill="#222">
<rect width="100%" height="100%" fill="#fff"/>
<text x="${LEFT}" y="20" font-size="15">Who served, second by second</text>
${[...ticks, ...drawn].join("\n")}
</svg>
`;
}
