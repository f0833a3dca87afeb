/**
 * YAML as Pulumi reads it: go-yaml v3's resolution of plain scalars, which mixes YAML 1.1 and 1.2, and the JSON text
 * that Go makes of a value. The parser is the library's; only what a plain scalar means is said here.
 *
 * Source: go-yaml v3 `resolve.go`; pulumi/pulumi `sdk/go/common/workspace/loaders.go` (which reads, writes and reads
 * again) and `sdk/go/common/resource/config/object.go`.
 */
import { type Document, isScalar, parseAllDocuments, type ScalarTag, visit } from "yaml";

const CORE = "tag:yaml.org,2002:";

const LONGEST_SIGNED = 2n ** 63n;
const LONGEST_UNSIGNED = 2n ** 64n;

/** Whole numbers beyond JavaScript's exact ones are BigInts: Go has 64 bits. */
function whole(text: string): number | bigint | undefined {
  const [, sign = "", digits = ""] = /^([-+]?)(.*)$/.exec(text) ?? [];
  // A leading zero means octal, as in YAML 1.1.
  const spelled = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (!/^(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0|[1-9]\d*)$/.test(spelled)) return undefined;
  const size = BigInt(spelled);
  if (size >= (sign === "" ? LONGEST_UNSIGNED : LONGEST_SIGNED + (sign === "-" ? 1n : 0n))) return undefined;
  const value = sign === "-" ? -size : size;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function numberOf(text: string): unknown {
  const plain = text.replaceAll("_", "");
  const exact = whole(plain);
  if (exact !== undefined) return exact;
  if (!/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(plain)) return text;
  // Written again, a negative zero has become a whole one; what no float can hold stays a text.
  return Number.isFinite(Number(plain)) ? Number(plain) + 0 : text;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?)?$/;

/** A date or time as Go's `time.Time` prints itself; the text as it is where the calendar has no such day. */
function timestamp(text: string): string {
  const [, year, month, day, ...rest] = TIMESTAMP.exec(text) ?? [];
  const [hours, minutes, seconds, fraction, zone] =
    rest[0] === undefined ? [...rest.slice(5), undefined] : rest;
  const two = (part: string | undefined): string => (part ?? "").padStart(2, "0");
  const date = `${year ?? ""}-${two(month)}-${two(day)}`;
  const time = [hours, minutes, seconds].map(two).join(":");
  const exists = new Date(`${date}T${time}Z`);
  if (Number.isNaN(exists.getTime()) || exists.toISOString().slice(0, 19) !== `${date}T${time}`) return text;
  const part = (fraction ?? "").slice(0, 9).replace(/0+$/, "");
  const offset = (zone ?? "Z").replace(":", "");
  const place = /^(Z|[-+]0000)$/.test(offset) ? "+0000 UTC" : `${offset} ${offset}`;
  return `${date} ${time}${part === "" ? "" : `.${part}`} ${place}`;
}

const NUMBER = /^[-+]?(\.\d|\d)[\w.+-]*$/;

function tag(name: string, test: RegExp, resolve: ScalarTag["resolve"]): ScalarTag {
  return { tag: `${CORE}${name}`, default: true, test, resolve };
}

/** What plain scalars mean, in the order in which go-yaml tries. */
const TAGS: readonly ScalarTag[] = [
  tag("null", /^(~|null|Null|NULL)?$/, () => null),
  tag("bool", /^(true|True|TRUE|false|False|FALSE)$/, (text) => text.toLowerCase() === "true"),
  tag("float", /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/, (text, refuse) =>
    refuse(`${text} is no number that Pulumi can hand on; quote it: "${text}"`),
  ),
  tag("timestamp", TIMESTAMP, timestamp),
  tag("int", NUMBER, numberOf),
  tag("float", NUMBER, numberOf), // With that tag written out.
];

/**
 * Reads the first document of a YAML text; what follows a second `---` is not read.
 *
 * @returns undefined for an empty text; BigInts where JavaScript's numbers aren't exact
 * @throws Error that says what is wrong, if the text isn't YAML that Pulumi takes
 */
export function parseGoYaml(text: string): unknown {
  const [document] = parseAllDocuments(text, {
    schema: "failsafe",
    customTags: [...TAGS],
    merge: true,
    logLevel: "silent",
  });
  if (document === undefined || !("contents" in document)) return undefined;
  const [error] = document.errors;
  if (error) throw new Error(error.message.trim());
  readKeys(document);
  return document.toJS() as unknown;
}

/** How many nodes lie above the key of a setting: document, mapping, pair `config`, mapping. */
const SETTING_DEPTH = 4;

/** Pulumi makes texts of the keys inside a setting; its own and the settings' have to be texts. */
function readKeys(document: Document.Parsed): void {
  visit(document, {
    Pair(_, { key }, path) {
      if (!isScalar(key)) throw new Error("a key is a list or a mapping; it must be a text");
      if (typeof key.value === "string" || typeof key.value === "symbol") return;
      const written = key.source ?? String(key.value);
      if (path.length <= SETTING_DEPTH)
        throw new Error(`the key ${written} is read as a ${typeName(key.value)}; quote it: "${written}"`);
      key.value = key.value === null ? "<nil>" : goJson(key.value);
    },
  });
}

function typeName(value: unknown): string {
  return value === null ? "null" : typeof value === "boolean" ? "truth value" : "number";
}

/** Go's `json.Marshal`: keys in order, exact whole numbers, and HTML's special characters escaped. */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, content]) => `${goJson(key)}:${goJson(content)}`).join(",")}}`;
  }
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(value ?? null).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
