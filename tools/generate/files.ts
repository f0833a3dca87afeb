import { join } from "node:path";

/** A file of the checkout that is generated from the sources, and its text. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The folder of the checkout. */
export const ROOT = join(__dirname, "..", "..");

/** Escapes a text for a cell of a table: it can't end the cell, and isn't read as markup. */
export function cell(text: string): string {
  return text.replace(/[|*<]/g, "\\$&").replace(/\n/g, " ");
}
