import { closeSync, openSync, readSync, statSync } from "node:fs";
import { whatIsThere } from "../cli/nearest";
import { messageOf, UsageError } from "../errors";

const MIB = 1024 * 1024;
const CHUNK = 64 * 1024;

/**
 * The text of a file that the user names; it may be a pipe. A file or pipe that is too long is refused.
 * @param what - The kind of file in errors, for example `stack file`.
 * @param mostMib - The largest size in MiB.
 * @throws UsageError if the file is missing, a folder, too large, not in UTF-8 or UTF-16, or not readable.
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
      if (left < 0) throw new UsageError(`${what} ${file} has more than ${mostMib} MiB, which is the limit`);
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
    throw new UsageError(`${what} ${file} isn't UTF-8 text; save it in this encoding`);
  }
}

/**
 * Decodes UTF-8, or UTF-16 with a byte order mark, as Windows PowerShell writes it.
 *
 * @throws TypeError for any other encoding
 */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const is16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = !is16 ? "utf-8" : first === 0xff ? "utf-16le" : "utf-16be";
  // The caller handles a UTF-8 byte order mark, as before.
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: !is16 }).decode(bytes);
}
