/**
 * The width of texts, without a font: the advance widths of DejaVu Sans, which are larger than those of the default
 * fonts of browsers and systems. A text that fits by these widths fits in any of those fonts.
 * Source: the tables `hmtx` of DejaVuSans.ttf and DejaVuSans-Bold.ttf 2.37; in hundredths of the font's size, from U+0020 to
 * U+007E.
 */
const WIDTHS = {
  regular: [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
    34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64,
    62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98,
    64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
  ],
  bold: [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70,
    40, 40, 84, 84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73,
    69, 82, 78, 111, 78, 73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105,
    72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
  ],
} as const;

/** Beyond ASCII: Latin letters and symbols, and everything else, including the widest characters. */
const LATIN = 100;
const OTHER = 165;
const LAST_LATIN = 0x024f;
/** Symbols that the drawing itself uses. */
const OWN_SIGNS = new Map([..."…–·→×−±✗"].map((sign) => [sign, LATIN]));

const ELLIPSIS = "…";

/** A weight of the font. */
export type Weight = keyof typeof WIDTHS;

/**
 * The maximum width of a text.
 *
 * @param size - the font's size, in pixels
 * @param weight - @default "regular"
 * @returns pixels
 */
export function widthOf(text: string, size: number, weight: Weight = "regular"): number {
  let hundredths = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    hundredths += WIDTHS[weight][code - 0x20] ?? OWN_SIGNS.get(sign) ?? (code <= LAST_LATIN ? LATIN : OTHER);
  }
  return Math.ceil((hundredths * size) / 100);
}

/**
 * The part of a text that fits into a width, with an ellipsis in the middle, where names differ least.
 *
 * @param width - pixels
 * @param size - the font's size, in pixels
 * @param weight - @default "regular"
 */
export function fit(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (widthOf(text, size, weight) <= width) return text;
  // No more than that is legible; this also bounds the work on a very long text.
  const signs = Array.from(GRAPHEMES.segment(text.slice(0, 2 * MOST_SIGNS)), ({ segment }) => segment);
  for (let kept = Math.min(signs.length, MOST_SIGNS) - 1; kept > 0; kept--) {
    const shorter = `${signs.slice(0, kept).join("").trimEnd()}${ELLIPSIS}`;
    if (widthOf(shorter, size, weight) <= width) return shorter;
  }
  return ELLIPSIS;
}

const GRAPHEMES = new Intl.Segmenter("en");
const MOST_SIGNS = 120;

/**
 * A text from a program on one line: without control characters, and without characters that change the text
 * direction.
 */
export function oneLine(text: string): string {
  return text
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g,
      " ",
    )
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/\s+/g, " ")
    .trim();
}
