import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";

/** An output stream: a terminal or anything else. */
export interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Colours a text for a terminal, or leaves it plain. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** Whether a stream wants colours: a terminal does, unless `NO_COLOR` is set (no-color.org). */
export function wantsColour(stream: Pick<Stream, "isTTY">): boolean {
  return stream.isTTY === true && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
}

/** The number of columns of a line: a terminal's width if it is known; otherwise unlimited. */
export function columnsOf({ isTTY, columns }: Pick<Stream, "isTTY" | "columns">): number {
  return isTTY === true && columns !== undefined && columns > 0 ? columns : Infinity;
}

/** The styles, coloured or plain. */
export function styles(coloured: boolean): Style {
  const code = (on: number, off: number) => (text: string) =>
    coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: code(1, 22),
    dim: code(2, 22),
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    cyan: code(36, 39),
  };
}

/** Pads a text with spaces to at least so many columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

/** The columns of the widest text, and at least `minimum`. */
export function widest(texts: readonly string[], minimum = 0): number {
  return Math.max(minimum, ...texts.map((text) => stringWidth(text)));
}

/** Indents each line of a text by so many spaces. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

/** Breaks lines wider than `columns` between words; the continuation keeps the line's indentation. */
export function fold(text: string, columns: number): string {
  return eachWider(text, columns, (line) => {
    const [lead = ""] = /^ */.exec(line.slice(0, Math.floor(columns / 3))) ?? [];
    const folded = wrapAnsi(line.trimStart(), columns - lead.length, { hard: true });
    return indent(folded, lead.length);
  });
}

/** Cuts lines that are wider than `columns`. */
export function cut(text: string, columns: number): string {
  return eachWider(text, columns, (line) => {
    const [start = ""] = wrapAnsi(line, columns - 1, { hard: true, wordWrap: false, trim: false }).split(
      "\n",
    );
    return `${start}…`;
  });
}

function eachWider(text: string, columns: number, shorten: (line: string) => string): string {
  return text
    .split("\n")
    .map((line) => (stringWidth(line) <= columns ? line : shorten(line)))
    .join("\n");
}
