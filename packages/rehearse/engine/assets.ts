import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { isMap, SIGNATURE, transform } from "../values";
import type { Value, Values } from "../values";

/**
 * Adds the hashes of their contents to assets and archives, as the engine does: without them nothing shows that a
 * function's code has changed. Remote assets aren't fetched and get no hash.
 * Source: pulumi/pulumi `sdk/go/common/resource/asset/asset.go` and `archive/archive.go` (`EnsureHash`).
 *
 * @param dir the base of relative paths
 * @throws Error if a file doesn't exist
 */
export function withHashes(values: Values, dir: string): Values {
  const leaf = (value: Value): Value | undefined => {
    const kind = kindOf(value);
    if (kind === undefined || !isMap(value)) return undefined;
    const content = kind === "asset" ? assetContent(value, dir) : archiveBytes(value, dir);
    // The members of an archive have hashes of their own.
    const { assets } = value;
    const whole = isMap(assets ?? null) ? { ...value, assets: transform(assets as Values, leaf) } : value;
    return content === undefined ? whole : { ...whole, hash: sha256(content) };
  };
  return transform(values, leaf) as Values;
}

const KINDS: Readonly<Record<string, "asset" | "archive">> = {
  c44067f5952c0a294b673a41bacd8c17: "asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "archive",
};

/** Whether a value is an asset or an archive; undefined if it is neither. */
export function kindOf(value: Value | undefined): "asset" | "archive" | undefined {
  const signature = isMap(value) ? value[SIGNATURE] : undefined;
  return typeof signature === "string" ? KINDS[signature] : undefined;
}

function assetContent({ text, path }: Values, dir: string): Buffer | undefined {
  if (typeof text === "string") return Buffer.from(text);
  return typeof path === "string" && path !== "" ? readFileSync(resolve(dir, path)) : undefined;
}

/** The bytes of an archive that the engine hashes: a file as it is, anything else as a tar of its entries. */
function archiveBytes(archive: Values, dir: string): Buffer | undefined {
  const { path } = archive;
  if (typeof path === "string" && path !== "" && !statSync(resolve(dir, path)).isDirectory())
    return readFileSync(resolve(dir, path));
  const entries = entriesOf(archive, dir);
  if (entries === undefined) return undefined;
  const first = new Map<string, Buffer>();
  for (const { name, content } of entries) if (!first.has(name)) first.set(name, content);
  return tar([...first]);
}

interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

/** The entries of an archive in the engine's order; undefined if one of them isn't available. */
function entriesOf({ assets, path }: Values, dir: string): Entry[] | undefined {
  if (typeof path === "string" && path !== "") {
    const root = resolve(dir, path);
    // A zip or tar inside another archive would have to be unpacked.
    return statSync(root).isDirectory() ? filesBelow(root, "") : undefined;
  }
  if (!isMap(assets ?? null)) return undefined;
  const all = Object.entries(assets as Values)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]): Entry[] | undefined => {
      if (!isMap(member)) return undefined;
      if (kindOf(member) === "archive")
        return entriesOf(member, dir)?.map((entry) => ({ ...entry, name: posix.join(name, entry.name) }));
      const content = assetContent(member, dir);
      return content && [{ name, content }];
    });
  return all.some((entries) => entries === undefined) ? undefined : all.flatMap((entries) => entries ?? []);
}

/** The files of a folder and its subfolders, sorted by name; links to folders aren't followed. */
function filesBelow(root: string, folder: string): Entry[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .filter(({ name }) => name !== ".pulumi")
    .flatMap((file): Entry[] => {
      const name = posix.join(folder, file.name);
      if (file.isDirectory()) return filesBelow(root, name);
      if (statSync(join(root, name)).isDirectory()) return [];
      return [{ name, content: readFileSync(join(root, name)) }];
    });
}

/**
 * The bytes that Go's `archive/tar` writes for names of up to 100 ASCII characters; undefined for other names, which
 * need additional records.
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 (ustar)
 */
function tar(entries: readonly (readonly [string, Buffer])[]): Buffer | undefined {
  if (entries.some(([name]) => name.length > 100 || /[^\x20-\x7e]/.test(name))) return undefined;
  const blocks = entries.flatMap(([name, content]) => [
    header(name, content.length),
    content,
    Buffer.alloc((512 - (content.length % 512)) % 512),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, at: number, digits: number): void =>
    void block.write(value.toString(8).padStart(digits, "0"), at);
  block.write(name);
  octal(0o600, 100, 7);
  octal(0, 108, 7); // user
  octal(0, 116, 7); // group
  octal(size, 124, 11);
  octal(0, 136, 11); // time
  block.write("        0", 148); // the checksum, filled with spaces while it is computed; a plain file
  block.write("ustar\x0000", 257, "latin1");
  octal(0, 329, 7);
  octal(0, 337, 7);
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  block.write("\0 ", 154, "latin1");
  return block;
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
