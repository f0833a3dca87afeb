/**
 * YAML as Pulumi reads it. The parser is the library's; what a scalar, a key and a merge mean is go-yaml v3's.
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

/** What go-yaml's reader doesn't take: control characters, and line breaks of YAML 1.1 alone. */
const UNREADABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ufffe\uffff]/;

/** Beyond so many nodes, and so many of them repeated by aliases, go-yaml gives up if these are too large a share. */
const MANY = { nodes: 1000, repeated: 100 };

/** From the smaller to the larger number of nodes, the share that may be repeated falls. @see allowedAliasRatio in `decode.go` */
const SHARE = { from: 400_000, to: 4_000_000, most: 0.99, least: 0.1 };

/** Characters of a fault of the library's that are told: some quote the text. */
const TOLD = 200;

/**
 * Reads the first document of a YAML text; what follows a second `---` is not read.
 *
 * @param textKeys - down to which level of mappings keys have to be texts; below, Pulumi makes texts of others
 * @returns undefined for an empty text; BigInts where JavaScript's numbers aren't exact, and times as `GoTime`
 * @throws Error that says what is wrong, if the text isn't YAML that Pulumi takes
 */
export function parseGoYaml(text: string, textKeys: number): unknown {
  const content = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const lines = new LineCounter();
  const [unreadable] = UNREADABLE.exec(content) ?? [];
  if (unreadable !== undefined)
    throw new Error(
      `there is a character in it that YAML doesn't have; write it as an escape in double quotes: "\\u${hex(unreadable)}"`,
    );
  // The library takes what comes before for an empty document, and so for the whole of it.
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
  // The lines behind the first show the text itself, which may hold a secret.
  if (error) throw new Error(errorOf(error.message));
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.1")
    throw new Error("Pulumi reads YAML 1.1 only; leave the %YAML out");
  try {
    return new Reader(document, lines, textKeys, content).valueOf(document.contents, 0) ?? undefined;
  } catch (error) {
    throw error instanceof RangeError ? new Error(errorOf(error.message)) : error;
  }
}

function errorOf(message: string): string {
  if (message.startsWith("Maximum call stack size exceeded"))
    return "lists and mappings are nested too deep in it";
  const told = message.trim().replace(/:?\n[^]*/, "");
  return told.length > TOLD ? `${told.slice(0, TOLD)}…` : told;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}

/** A scalar in the library's tree. */
type ParsedScalar = Extract<ParsedNode, YamlScalar>;

/** A mapping's entries by what kind of key they have, and what it says. */
type Entries = Map<string, { readonly key: Scalar; readonly value: unknown }>;

class Reader {
  private readonly open = new Set<string>();
  /** The document is one. */
  private nodes = 1;
  private repeated = 0;

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private readonly textKeys: number,
    private readonly content: string,
  ) {}

  /** @param level - how many mappings are around it */
  valueOf(node: ParsedNode | null | undefined, level: number): unknown {
    this.count();
    if (isAlias(node)) return this.through(node, (target) => this.valueOf(target, level));
    if (isSeq(node) || isMap(node)) this.refuseMarks(node);
    if (isSeq(node)) return node.items.map((item) => this.valueOf(item as ParsedNode | null, level));
    if (isMap(node)) return this.mapping(node, level);
    const value = isScalar(node) ? this.scalar(node) : null;
    if (typeof value === "number" && !Number.isFinite(value))
      throw this.fault(node, `${String(value)} is no number that Pulumi can hand on; quote it`);
    return typeof value === "string" ? writtenAgain(value) : value;
  }

  /** One more key or value. */
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
      throw new Error("it repeats too much by aliases");
  }

  private scalar(node: ParsedNode): Scalar {
    if (!isScalar(node)) throw this.fault(node, "a key is a list or a mapping; it must be a text");
    try {
      const text = this.textOf(node);
      if (/\p{Surrogate}/u.test(text)) throw new Error("half of a surrogate pair is no character");
      return scalarOf(text, node.tag, node.type !== "PLAIN");
    } catch (error) {
      throw this.fault(node, (error as Error).message);
    }
  }

  private key(node: ParsedNode, asText: boolean): Scalar {
    const read = this.scalar(node);
    return asText && read !== null && typeof read !== "string" && isScalar(node) ? this.textOf(node) : read;
  }

  /** A scalar's text. The library ends a block with a line break also where the file ends before one. */
  private textOf({ value, type, range }: ParsedScalar): string {
    const text = String(value);
    const isCut = type?.startsWith("BLOCK_") === true && range[1] === this.content.length;
    return isCut && !/\n *$/.test(this.content) ? text.replace(/\n$/, "") : text;
  }

  /** In `{}` and `[]` a question mark is one of YAML's own to go-yaml, whatever follows it. */
  private refuseMarks({ flow, items }: YAMLMap | YAMLSeq): void {
    if (flow !== true) return;
    const texts = items.flatMap((item) => (isPair(item) ? [item.key, item.value] : [item]));
    const found = texts.find(
      (text) => isScalar(text) && text.type === "PLAIN" && String(text.value).startsWith("?"),
    );
    if (found !== undefined)
      throw this.fault(found as ParsedNode, 'a text in {} or [] begins with "?"; quote it');
  }

  /** Whether a colon has no key before it, not even a `?`: the library takes that for null. */
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
      if (Object.hasOwn(result, text)) throw this.fault(node, `the key ${text} is there twice`);
      Object.defineProperty(result, text, { value, writable: true, enumerable: true, configurable: true });
    }
    return result;
  }

  /** Whether go-yaml makes a mapping with texts for keys of it. @see isStringMap in `decode.go` */
  private hasTextKeys(node: YAMLMap): boolean {
    const isText = (key: ParsedNode): boolean =>
      typeof this.scalar(key) === "string" && [undefined, "!", TEXT].includes(key.tag);
    return node.items.every(({ key }) => this.through(key as ParsedNode, isText));
  }

  /**
   * A mapping's own entries, and those of what is merged into it, of which its own and earlier ones come first.
   *
   * @param asTexts - whether keys are taken as they are written, those that are null not at all. @default it is not merged
   *   into another
   */
  private entries(node: YAMLMap, level: number, asTexts?: boolean): Entries {
    const entries: Entries = new Map();
    const written = new Set<string>();
    let merged: ParsedNode | undefined;
    for (const pair of node.items) {
      const [key, value] = [pair.key as ParsedNode, pair.value as ParsedNode | null];
      const word = isScalar(key) ? `=${String(key.value)}` : isAlias(key) ? `*${key.source}` : "";
      if (written.has(word)) throw this.fault(key, `the key ${word.slice(1)} is there twice`);
      written.add(word);
      if (this.isMissing(key)) throw this.fault(key, "there is nothing before the colon");
      // Written again, it has lost its quotes.
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

const MERGES = "what is merged (<<) must be a mapping or a list of mappings";

function identity(key: Scalar): string {
  return `${typeof key === "bigint" ? "number" : typeof key}:${String(key)}`;
}

function typeName(value: Scalar): string {
  if (value === null) return "null";
  if (typeof value === "object") return "date";
  return typeof value === "boolean" ? "truth value" : "number";
}

const SIGNED = 2n ** 63n;

/** Go's `json.Marshal`: keys in order, exact whole numbers, and HTML's special characters escaped. */
export function goJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  return inside(value);
}

/** Inside lists and mappings, Pulumi keeps whole numbers of 63 bits and a sign; others are floats. */
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
