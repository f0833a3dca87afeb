/**
 * YAML as Pulumi reads it. The parser is a library; scalars, keys and merges are resolved as in go-yaml v3.
 *
 * Source: go-yaml v3 `decode.go`; pulumi/pulumi `sdk/go/common/workspace/loaders.go` (which reads, writes and reads
 * again) and `sdk/go/common/resource/config/object.go`.
 */
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  type Scalar as YamlScalar,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

import { keyText, type Scalar, scalarOf, writtenAgain } from "./go-scalars";

/** Characters that go-yaml's reader rejects: control characters, and line breaks that only YAML 1.1 has. */
const UNREADABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ufffe\uffff]/;

/**
 * Above these numbers of nodes and of repeated nodes, go-yaml rejects a document if the repeated ones are too large a
 * share.
 */
const MANY = { nodes: 1000, repeated: 100 };

/** The allowed share of repeated nodes falls between these numbers of nodes. @see allowedAliasRatio in `decode.go` */
const SHARE = { from: 400_000, to: 4_000_000, most: 0.99, least: 0.1 };

/** The most characters of a library error that are shown: some errors quote the text. */
const TOLD = 200;

/**
 * Reads the first document of a YAML text; everything after a second `---` is ignored.
 *
 * @param textKeys - down to this level of mappings, keys must be strings; below, Pulumi converts others to strings
 * @returns undefined for an empty text; BigInts for numbers that JavaScript can't represent exactly, and times as
 *   `GoTime`
 * @throws Error describing the fault, if Pulumi can't read the YAML
 */
export function parseGoYaml(text: string, textKeys: number): unknown {
  const content = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const lines = new LineCounter();
  const [unreadable] = UNREADABLE.exec(content) ?? [];
  if (unreadable !== undefined)
    throw new Error(
      `it has a character that YAML doesn't allow; write it as an escape in double quotes: "\\u${hex(unreadable)}"`,
    );
  // The library would take the text before the marker for an empty document, and ignore the rest.
  if (/^(?: *(?:#.*)?\n)*\.\.\.(?:\s|$)/.test(content))
    throw new Error('it begins with "...", which ends a document; leave that out');
  const [document] = parseAllDocuments(content, {
    schema: "failsafe",
    resolveKnownTags: false,
    uniqueKeys: false,
    logLevel: "silent",
    lineCounter: lines,
  });
  if (document === undefined || !("contents" in document)) return undefined;
  const [error] = [...document.errors, ...document.warnings.filter(({ code }) => code === "BAD_DIRECTIVE")];
  // The lines after the first quote the text, which may hold a secret.
  if (error) throw new Error(errorOf(error.message));
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.1")
    throw new Error("Pulumi reads YAML 1.1 only; remove %YAML");
  try {
    return new Reader(document, lines, textKeys, content).valueOf(document.contents, 0) ?? undefined;
  } catch (error) {
    throw error instanceof RangeError ? new Error(errorOf(error.message)) : error;
  }
}

function errorOf(message: string): string {
  if (message.startsWith("Maximum call stack size exceeded"))
    return "its lists and mappings are nested too deeply";
  const told = message.trim().replace(/:?\n[^]*/, "");
  return told.length > TOLD ? `${told.slice(0, TOLD)}…` : told;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}

/** A scalar in the library's tree. */
type ParsedScalar = Extract<ParsedNode, YamlScalar>;

/** A mapping's entries by the type and text of their key. */
type Entries = Map<string, { readonly key: Scalar; readonly value: unknown }>;

class Reader {
  private readonly open = new Set<string>();
  /** Starts at 1, for the document. */
  private nodes = 1;
  private repeated = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private readonly textKeys: number,
    private readonly content: string,
  ) {}

  /** @param level - the number of enclosing mappings */
  valueOf(node: ParsedNode | null | undefined, level: number): unknown {
    this.count();
    if (isAlias(node)) return this.through(node, (target) => this.valueOf(target, level));
    if (isSeq(node) || isMap(node)) this.refuseMarks(node);
    if (isSeq(node)) return node.items.map((item) => this.valueOf(item as ParsedNode | null, level));
    if (isMap(node)) return this.mapping(node, level);
    const value = isScalar(node) ? this.scalar(node) : null;
    if (typeof value === "number" && !Number.isFinite(value))
      throw this.fault(node, `${String(value)} is not a number that Pulumi can pass on; quote it`);
    return typeof value === "string" ? writtenAgain(value) : value;
  }

  /** Counts a key or value. */
  private count(): void {
    this.nodes++;
    if (this.open.size > 0) this.repeated++;
    const { from, to, most, least } = SHARE;
    const fallen = Math.min(1, Math.max(0, (this.nodes - from) / (to - from)));
    if (
      this.nodes > MANY.nodes &&
      this.repeated > MANY.repeated &&
      this.repeated / this.nodes > most - (most - least) * fallen
    )
      throw new Error("its aliases repeat too much");
  }

  private scalar(node: ParsedNode): Scalar {
    if (!isScalar(node)) throw this.fault(node, "a key is a list or a mapping; it must be a string");
    try {
      const text = this.textOf(node);
      if (/\p{Surrogate}/u.test(text)) throw new Error("half of a surrogate pair is not a character");
      return scalarOf(text, node.tag, node.type !== "PLAIN");
    } catch (error) {
      throw this.fault(node, (error as Error).message);
    }
  }

  private key(node: ParsedNode, asText: boolean): Scalar {
    const read = this.scalar(node);
    return asText && read !== null && typeof read !== "string" && isScalar(node) ? this.textOf(node) : read;
  }

  /** The text of a scalar. The library ends a block with a line break even if the file has none there. */
  private textOf({ value, type, range }: ParsedScalar): string {
    const text = String(value);
    const isCut = type?.startsWith("BLOCK_") === true && range[1] === this.content.length;
    return isCut && !/\n *$/.test(this.content) ? text.replace(/\n$/, "") : text;
  }

  /** In `{}` and `[]`, go-yaml reads a leading question mark as YAML syntax, whatever follows it. */
  private refuseMarks({ flow, items }: YAMLMap | YAMLSeq): void {
    if (flow !== true) return;
    const texts = items.flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]));
    const found = texts.find(
      (text) => isScalar(text) && text.type === "PLAIN" && String(text.value).startsWith("?"),
    );
    if (found !== undefined)
      throw this.fault(found as ParsedNode, 'a string in {} or [] begins with "?"; quote it');
  }

  /** Whether a colon has no key before it, not even a `?`: the library reads the key as null. */
  private isMissing(key: ParsedNode): boolean {
    if (!isScalar(key) || key.type !== "PLAIN" || key.value !== "" || key.tag !== undefined) return false;
    const [start] = key.range;
    return (
      key.anchor === undefined &&
      /^ *:/.test(this.content.slice(start, start + 9)) &&
      !/\?\s*$/.test(this.content.slice(0, start))
    );
  }

  private through<T>(node: ParsedNode, work: (target: ParsedNode) => T): T {
    if (!isAlias(node)) return work(node);
    const { source } = node;
    const target = node.resolve(this.document) as ParsedNode | undefined;
    if (target === undefined) throw this.fault(node, `there is no anchor &${source} before *${source}`);
    if (this.open.has(source)) throw this.fault(node, `the anchor &${source} contains itself`);
    this.open.add(source);
    const result = work(target);
    this.open.delete(source);
    return result;
  }

  private mapping(node: YAMLMap, level: number): object {
    const entries = this.entries(node, level);
    const result: Record<string, unknown> = {};
    for (const { key, value } of entries.values()) {
      const text = keyText(key);
      if (Object.hasOwn(result, text)) throw this.fault(node, `the key ${text} occurs twice`);
      Object.defineProperty(result, text, { value, writable: true, enumerable: true, configurable: true });
    }
    return result;
  }

  /** Whether go-yaml decodes it into a mapping with string keys. @see isStringMap in `decode.go` */
  private hasTextKeys(node: YAMLMap): boolean {
    const isText = (key: ParsedNode): boolean =>
      typeof this.scalar(key) === "string" && [undefined, "!", TEXT].includes(key.tag);
    return node.items.every(({ key }) => this.through(key as ParsedNode, isText));
  }

  /**
   * A mapping's own entries, and those merged into it; its own entries and earlier merges take precedence.
   *
   * @param asTexts - whether keys are used as written, and null keys are dropped. @default the mapping is not being
   *   merged into another
   */
  private entries(node: YAMLMap, level: number, asTexts?: boolean): Entries {
    const entries: Entries = new Map();
    const written = new Set<string>();
    let merged: ParsedNode | undefined;
    for (const pair of node.items) {
      const [key, value] = [pair.key as ParsedNode, pair.value as ParsedNode | null];
      const word = isScalar(key) ? `=${String(key.value)}` : isAlias(key) ? `*${key.source}` : "";
      if (written.has(word)) throw this.fault(key, `the key ${word.slice(1)} occurs twice`);
      written.add(word);
      if (this.isMissing(key)) throw this.fault(key, "there is nothing before the colon");
      // Writing it again removes its quotes.
      if (word === "=<<") {
        merged = value ?? undefined;
        if (value === null) throw this.fault(key, MERGES);
        continue;
      }
      this.count();
      const read = this.through(key, (target) => this.key(target, asTexts === true));
      if (read === null && asTexts === true) continue;
      if (typeof read !== "string" && level < this.textKeys)
        throw this.fault(
          key,
          `the key ${word.slice(1)} is read as a ${typeName(read)}; quote it: "${word.slice(1)}"`,
        );
      entries.set(identity(read), { key: read, value: this.valueOf(value, level + 1) });
    }
    if (merged === undefined) return entries;
    const mergedAsTexts = asTexts ?? this.hasTextKeys(node);
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const more = this.through(source, (target) => {
        if (!isMap(target)) throw this.fault(source, MERGES);
        return this.entries(target, level, mergedAsTexts);
      });
      for (const [id, entry] of more) if (!entries.has(id)) entries.set(id, entry);
    }
    return entries;
  }

  private fault(node: ParsedNode | YAMLMap | null | undefined, message: string): Error {
    const at = node?.range?.[0];
    return new Error(at === undefined ? message : `${message}, at line ${this.lines.linePos(at).line}`);
  }
}

const TEXT = "tag:yaml.org,2002:str";

const MERGES = "a merge (<<) must be a mapping or a list of mappings";

function identity(key: Scalar): string {
  return `${typeof key === "bigint" ? "number" : typeof key}:${String(key)}`;
}

function typeName(value: Scalar): string {
  if (value === null) return "null";
  if (typeof value === "object") return "date";
  return typeof value === "boolean" ? "boolean" : "number";
}

const SIGNED = 2n ** 63n;

/** Go's `json.Marshal`: sorted keys, exact whole numbers, and escaped HTML characters. */
export function goJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  return inside(value);
}

/** Inside lists and mappings, Pulumi keeps signed 64-bit whole numbers; other numbers become floats. */
function inside(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inside).join(",")}]`;
  if (typeof value === "bigint")
    return value >= -SIGNED && value < SIGNED ? String(value) : inside(Number(value));
  if (isPlain(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, content]) => `${inside(key)}:${inside(content)}`).join(",")}}`;
  }
  return JSON.stringify(value ?? null).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${hex(character)}`);
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
