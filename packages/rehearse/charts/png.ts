import { createRequire } from "node:module";

/** The used parts of `@resvg/resvg-js`, which may not be installed. */
interface Resvg {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } };
}

/**
 * Converts an SVG text to PNG with the light colours. Its font is DejaVu's, if installed: a minimal machine has none.
 *
 * @param width - Pixels.
 * @returns undefined if `@resvg/resvg-js` isn't installed
 */
export function toPng(svg: string, width: number): Uint8Array | undefined {
  const { resolve } = createRequire(__filename);
  const found = (request: string): string | undefined => {
    try {
      return resolve(request);
    } catch {
      return undefined;
    }
  };
  const program = found("@resvg/resvg-js");
  if (program === undefined) return undefined;
  // It may not be installed.
  const { Resvg } = require(program) as Resvg;
  const fonts = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].flatMap(
    (file) => found(`dejavu-fonts-ttf/ttf/${file}`) ?? [],
  );
  const font = {
    fontFiles: fonts,
    loadSystemFonts: fonts.length === 0,
    defaultFontFamily: "DejaVu Sans",
    sansSerifFamily: "DejaVu Sans",
  };
  return new Resvg(onLightGround(svg), { font, fitTo: { mode: "width", value: width } }).render().asPng();
}

/** resvg doesn't support custom properties: replaces each with its fallback. */
function onLightGround(svg: string): string {
  return svg.replace(/@media[^{]*\{[^{}]*\{[^{}]*\}\s*\}/g, "").replace(/var\(--[\w-]+,\s*([^()]+)\)/g, "$1");
}
