import assert from "node:assert/strict";

import { drawChart, toSvgFile } from "../../packages/rehearse/charts";
import { colour, seriesColour, variables } from "../../packages/rehearse/charts/theme";

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const HOSTILE = `<img src=x onerror="alert(1)">&"'`;

const chart = {
  id: "one",
  label: HOSTILE,
  width: 300,
  height: 200,
  option: {
    title: { text: HOSTILE },
    xAxis: { type: "category" as const, data: [HOSTILE, "b"] },
    yAxis: { type: "value" as const },
    series: [{ type: "bar" as const, name: HOSTILE, data: [1, 2], color: seriesColour(0) }],
  },
};

describe("charts", () => {
  for (const ground of ["light", "dark"] as const) {
    it(`are readable on ${ground} ground: a contrast of 4.5 to 1 for everything that carries meaning`, () => {
      const colours = Object.fromEntries(
        variables(ground)
          .split(";")
          .map((one) => one.replace("--", "").split(":") as [string, string]),
      );
      const { surface = "", raised = "", line: _, ...inks } = colours;
      assert.ok(Object.keys(inks).length >= 10);
      for (const [role, ink] of Object.entries(inks))
        for (const paper of [surface, raised])
          assert.ok(contrast(ink, paper) >= 4.5, `${role}: ${contrast(ink, paper).toFixed(2)}`);
    });
  }

  it("have the page's colours, and their own in a separate file", () => {
    const svg = drawChart(chart);
    assert.ok(svg.includes(`fill="var(--series-1,${colour("series-1")})"`));
    assert.match(toSvgFile(svg), /^<svg [^>]+><style>:root\{[^]*prefers-color-scheme:dark/);
  });

  it("escape texts, and contain no script and no style", () => {
    const svg = drawChart(chart);
    assert.ok(svg.includes("&lt;img"));
    assert.doesNotMatch(svg, /<img|<script|<style|class=/);
  });

  it("are the same each time, and distinct from others on a page", () => {
    assert.equal(drawChart(chart), drawChart(chart));
    const ids = [...drawChart({ ...chart, id: "two" }).matchAll(/(?:id="|url\(#)([^")]+)/g)].map(
      ([, id]) => id,
    );
    assert.ok(
      ids.every((id) => id?.startsWith("two-")),
      ids.join(),
    );
  });
});
