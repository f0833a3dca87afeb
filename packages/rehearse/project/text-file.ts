import { closeSync, openSync, readSync, statSync } from "node:fs";
import { whatIsThere } from "../cli/nearest";
import { messageOf, UsageError } from "../errors";

const MIB = 1024 * 1024;
const CHUNK = 64 * 1024;

/**
 * The text of a file that the user names; a pipe does too, and one that never ends is refused.
 * @param what - How an error calls the file, for example `stack file`.
 * @param mostMib - The most that it may have, in MiB.
 * @throws UsageError if it is missing, a folder, larger, isn't in UTF-8 or UTF-16, or can't be read.
 */
export function readText(file: string, what: string, mostMib = 16): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`${what} ${file} doesn't exist; ${whatIsThere(file)}`);
  if (stats.isDirectory()) throw new UsageError(`${what} ${file} is a folder; it must be a file`);
  const chunks: Buffer[] = [];
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    for (let left = mostMib * MIB; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const bytes = readSync(descriptor, chunk);
      if (bytes === 0) break;
      left -= bytes;
      if (left < 0)
        throw new UsageError(`${what} ${file} has more than ${mostMib} MiB, which is all that is read`);
      chunks.push(chunk.subarray(0, bytes));
    }
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`${what} ${file} can't be read: ${messageOf(error)}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  try {
    return decoded(Buffer.concat(chunks));
  } catch {
    throw new UsageError(`${what} ${file} isn't text in UTF-8; save it in this encoding`);
  }
}

/**
 * Bytes as UTF-8, or UTF-16 behind its mark, as Windows PowerShell writes it.
 *
 * @throws TypeError for what is neither
 */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const is16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !is16 ? "utf-8" : first === 0xff ? "utf-16le" : "utf-16be";
  // UTF-8's mark is the reader's, as ever.
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: !is16 }).decode(bytes);
}
