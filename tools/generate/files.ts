import { join } from "node:path";

/** A file of the checkout that is made from the sources, and its text as they want it. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The checkout. */
export const ROOT = join(__dirname, "..", "..");

/** Text that can't end a table's cell nor be taken for markup. */
export function cell(text: string): string {
  return text.replace(/[|*<]/g, "\\$&").replace(/\n/g, " ");
}
