import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, totalmem } from "node:os";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { ROOT } from "../../test/support/rehearse";
import { pageOf } from "./page";
import type { Figures, Kept, Machine } from "./part";
import { PARTS } from "./parts";

const FILE = join(__dirname, "figures.json");

/** The page that is generated from the figures. */
export const PAGE = join(ROOT, "docs", "figures.md");

/** The saved figures. */
export function readFigures(): Figures {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Figures) : {};
}

/** Saves a part's figures in place of its previous ones. */
export async function keep(name: string, kept: Kept): Promise<void> {
  const all = { ...readFigures(), [name]: kept };
  const inOrder = PARTS.flatMap((part) => (all[part.name] ? [[part.name, all[part.name]] as const] : []));
  writeFileSync(FILE, await pretty(FILE, JSON.stringify(Object.fromEntries(inOrder))));
  await writePage();
}

/** Generates the page from the saved figures. */
export async function writePage(): Promise<void> {
  writeFileSync(PAGE, await pretty(PAGE, pageOf(PARTS, readFigures())));
}

/** A file's text, formatted with prettier. */
export async function pretty(filepath: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** @param before - the load at the start of the part */
export function machineOf(before: number): Machine {
  return {
    cores: availableParallelism(),
    gibibytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    load: [before, loadNow()],
  };
}

/** The mean load over the last minute. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}
