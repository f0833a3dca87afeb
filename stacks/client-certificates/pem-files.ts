import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The folder of Pulumi.yaml. */
const PROJECT = resolve(__dirname, "..", "..");

/** A block of a PEM file (RFC 7468, section 2). */
interface PemBlock {
  /** What it is, such as `CERTIFICATE`. */
  readonly label: string;
  /** All of it, with its first and last line. */
  readonly text: string;
}

/**
 * What is in a file that a setting names; undefined where it can't be read.
 *
 * @param path - from the folder of Pulumi.yaml, or absolute
 */
export function readPemFile(path: string): string | undefined {
  try {
    return readFileSync(resolve(PROJECT, path), "utf8");
  } catch {
    return undefined;
  }
}

/** The blocks of a PEM file, in their order, without the explanations that may be between them. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g);
  return [...blocks].map(([block, label = ""]) => ({ label, text: block }));
}
