import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The folder of Pulumi.yaml. */
const PROJECT = resolve(__dirname, "..", "..");

/** A block of a PEM file (RFC 7468, section 2). */
interface PemBlock {
  /** Its label, such as `CERTIFICATE`. */
  readonly label: string;
  /** The whole block, with its first and last line. */
  readonly text: string;
}

/**
 * The content of a file that a setting names; undefined if it cannot be read.
 *
 * @param path - relative to the folder of Pulumi.yaml, or absolute
 */
export function readPemFile(path: string): string | undefined {
  try {
    return readFileSync(resolve(PROJECT, path), "utf8");
  } catch {
    return undefined;
  }
}

/** The blocks of a PEM file in order, without any text between them. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g);
  return [...blocks].map(([block, label = ""]) => ({ label, text: block }));
}
