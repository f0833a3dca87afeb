/** The drawing's colours, light and dark, each a CSS custom property `--arch-…` that a page can override. */
const COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  background: ["#ffffff", "#0d1117"],
  ink: ["#1f2937", "#e6edf3"],
  muted: ["#57606a", "#9ea9b5"],
  box: ["#ffffff", "#161b22"],
  border: ["#b6c0cc", "#4a5462"],
  focus: ["#0550ae", "#79c0ff"],
  region: ["#2c7a86", "#56b3c0"],
  vpc: ["#6d3fd1", "#b392f0"],
  public: ["#2f7d4c", "#56b37a"],
  "public-fill": ["#f0f9f2", "#11231a"],
  private: ["#3864b0", "#7da7ec"],
  "private-fill": ["#eff4fd", "#121f33"],
  isolated: ["#5c6470", "#9ea9b5"],
  "isolated-fill": ["#f4f5f7", "#1a1f27"],
  compute: ["#bf5408", "#f0883e"],
  data: ["#2456c7", "#79a6ff"],
  management: ["#0f7372", "#4cc2bf"],
  messaging: ["#b81f68", "#f778ba"],
  network: ["#6d3fd1", "#b392f0"],
  security: ["#b52236", "#ff8a8a"],
  storage: ["#3b7420", "#7ec35b"],
  other: ["#57606a", "#9ea9b5"],
  tls: ["#1a7f37", "#4cc76a"],
  clear: ["#c4320a", "#ff8f6b"],
  traffic: ["#414a55", "#c3ccd6"],
  permission: ["#0860c4", "#6cb0ff"],
  event: ["#8a3fc0", "#d2a0f5"],
  name: ["#5c6470", "#9ea9b5"],
  logs: ["#737d89", "#8b95a1"],
  reference: ["#737d89", "#8b95a1"],
  create: ["#1a7f37", "#4cc76a"],
  update: ["#8a5a00", "#e3b341"],
  replace: ["#b52236", "#ff8a8a"],
  delete: ["#5c6470", "#9ea9b5"],
};

/** A colour: the page's, else the drawing's own. */
function colour(name: string): string {
  return `var(--arch-${name},${COLOURS[name]?.[0] ?? "#000"})`;
}

function properties(index: 0 | 1): string {
  return Object.entries(COLOURS)
    .map(([name, both]) => `--arch-${name}:${both[index]}`)
    .join(";");
}

const FILLED = ["compute", "data", "management", "messaging", "network", "security", "storage", "other"];
const LINES = ["tls", "clear", "traffic", "permission", "event", "name", "logs", "reference"];
const FRAMES = ["region", "vpc", "public", "private", "isolated"];
const CHANGES = ["create", "update", "replace", "delete"];

/** The style sheet, which applies only inside drawings. */
export const STYLE = [
  `.arch{${properties(0)};font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,"DejaVu Sans",sans-serif}`,
  // Print uses the light colours.
  `@media screen and (prefers-color-scheme:dark){.arch{${properties(1)}}}`,
  `.arch .background{fill:${colour("background")}}`,
  `.arch text{fill:${colour("ink")};font-size:11px}`,
  `.arch .title{font-size:12.5px;font-weight:700}`,
  `.arch .detail,.arch .frame .said{fill:${colour("muted")}}`,
  `.arch .box>.shape{fill:${colour("box")};stroke:${colour("border")};stroke-width:1.2}`,
  `.arch .icon path{fill:none;stroke:${colour("background")};stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}`,
  ...FILLED.map((name) => `.arch .${name}>.icon rect{fill:${colour(name)}}`),
  `.arch .outside>.shape{stroke-dasharray:2 3}`,
  `.arch .chip rect{fill:none;stroke:${colour("border")}}`,
  `.arch .chip text{font-size:10px;text-anchor:middle;fill:${colour("muted")}}`,
  `.arch .frame>.area{fill:none;stroke-width:1.4}.arch .frame>.shape{fill:none}`,
  // Text in a frame's head stays readable above the lines that cross it.
  `.arch .frame>text{paint-order:stroke;stroke:${colour("background")};stroke-width:5;stroke-linejoin:round}`,
  `.arch .frame .title{font-size:12.5px}`,
  `.arch .global>.area{stroke:${colour("muted")};stroke-dasharray:3 4}.arch .global>.title{fill:${colour("muted")}}`,
  ...FRAMES.map(
    (name) => `.arch .${name}>.area{stroke:${colour(name)}}.arch .${name}>.title{fill:${colour(name)}}`,
  ),
  `.arch .region>.area{stroke-dasharray:6 4}`,
  ...["public", "private", "isolated"].map(
    (name) =>
      `.arch .${name}>.area{fill:${colour(`${name}-fill`)}}.arch .${name}>text{stroke:${colour(`${name}-fill`)}}.arch .${name} .subnet>.shape{stroke:${colour(name)}}`,
  ),
  `.arch .subnet>.shape{fill:${colour("box")};stroke-width:.9}`,
  `.arch .subnet text{font-size:10.5px;text-anchor:middle}`,
  `.arch .arrow path{fill:none;stroke-width:1.4}`,
  `.arch .arrow text,.arch .legend text{font-size:10.5px}`,
  `.arch .label rect{fill:${colour("box")};stroke-width:.8}`,
  `.arch .label .lock{stroke-width:1.2}`,
  ...LINES.map(
    (name) =>
      `.arch .${name} path{stroke:${colour(name)}}.arch .${name} .head{fill:${colour(name)}}` +
      `.arch .${name} .label rect{stroke:${colour(name)}}.arch .${name} text{fill:${colour(name)}}`,
  ),
  `.arch .tls .line,.arch .clear .line,.arch .traffic .line{stroke-width:2.2}`,
  `.arch .clear .line{stroke-dasharray:9 4}`,
  `.arch .permission .line{stroke-dasharray:5 4}`,
  `.arch .logs .line,.arch .reference .line,.arch .name .line{stroke-width:1.2;stroke-dasharray:1.5 3.5;stroke-linecap:round}`,
  `.arch .badge text{font-size:10px;font-weight:700;text-anchor:middle;fill:${colour("background")}}`,
  `.arch .badge.mandatory rect{fill:${colour("security")}}.arch .badge.advisory rect{fill:${colour("update")}}`,
  ...CHANGES.map(
    (name) =>
      `.arch .badge.${name} rect{fill:${colour(name)}}.arch .change-${name}>.shape{stroke:${colour(name)};stroke-width:2.2}`,
  ),
  `.arch .change-delete>.shape{stroke-dasharray:5 4}.arch .change-delete>text,.arch .change-delete>.icon{opacity:.6}`,
  `.arch .change-delete>.title{text-decoration:line-through}`,
  `.arch [tabindex]:focus{outline:none}`,
  `.arch [tabindex]:focus-visible>.shape,.arch .selected>.shape{stroke:${colour("focus")};stroke-width:3}`,
  `.arch .box{cursor:default}`,
].join("\n");
