/**
 * The value of a YAML scalar in Pulumi: go-yaml v3's resolution, which mixes YAML 1.1 and 1.2.
 *
 * Source: go-yaml v3 `resolve.go`; for values that Pulumi writes and reads again, pulumi/pulumi
 * `sdk/go/common/workspace/loaders.go`.
 */

/** A date or a time. A stack file converts it to Go's text, JSON to RFC 3339. */
export class GoTime {
  constructor(
    /** `2024-01-02T03:04:05`, with a fraction if there is one. */
    private readonly local: string,
    /** Minutes ahead of UTC. */
    private readonly offset: number,
  ) {}

  /** As Go's `time.Time` prints itself: `2024-01-02 00:00:00 +0000 UTC`. */
  toString(): string {
    const zone = this.offset === 0 ? "UTC" : this.zone("");
    return `${this.local.replace("T", " ")} ${this.zone("")} ${zone}`;
  }

  /** As Go writes it into JSON: `2024-01-02T00:00:00Z`. */
  toJSON(): string {
    return `${this.local}${this.offset === 0 ? "Z" : this.zone(":")}`;
  }

  private zone(separator: string): string {
    const minutes = Math.abs(this.offset);
    return `${this.offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
  }
}

/** The value of a scalar. Whole numbers that JavaScript can't represent exactly are BigInts: Go has 64 bits. */
export type Scalar = null | boolean | number | bigint | string | GoTime;

const CORE = "tag:yaml.org,2002:";

/** Tags whose scalars must match them. @see resolvableTag in `resolve.go` */
const CHECKED = ["bool", "int", "float", "null", "timestamp"];

/**
 * Resolves a scalar.
 *
 * @param text - without its quotes
 * @param tag - as written, `tag:yaml.org,2002:int` for `!!int`; undefined if there is none
 * @param isQuoted - whether it is in quotes or a block
 * @throws Error if it doesn't match its tag
 */
export function scalarOf(text: string, tag: string | undefined, isQuoted: boolean): Scalar {
  const name = tag?.startsWith(CORE) === true ? tag.slice(CORE.length) : tag === "!" ? undefined : tag;
  if (name === "binary") return unpacked(text);
  if (name === undefined ? isQuoted : !CHECKED.includes(name)) return text;
  const value = resolve(text, name);
  const kind = kindOf(value, text);
  const isWhole = typeof value === "number" && kind === "int";
  if (name === undefined || name === kind || (name === "float" && isWhole)) return value;
  throw new Error(`${JSON.stringify(text)} is tagged !!${name}, but is not one`);
}

function kindOf(value: Scalar, text: string): string {
  if (value === null) return "null";
  if (value instanceof GoTime) return "timestamp";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "str";
  return whole(text.replaceAll("_", "")) === undefined ? "float" : "int";
}

function unpacked(text: string): string {
  const packed = text.replace(/[\r\n]/g, "");
  if (!/^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(packed))
    throw new Error(`${JSON.stringify(text)} is tagged !!binary, but is not base64`);
  return Buffer.from(packed, "base64").toString();
}

const NAMES = new Map<string, Scalar>([
  ...["", "~", "null", "Null", "NULL"].map((text) => [text, null] as const),
  ...["true", "True", "TRUE"].map((text) => [text, true] as const),
  ...["false", "False", "FALSE"].map((text) => [text, false] as const),
  ...[".nan", ".NaN", ".NAN"].map((text) => [text, NaN] as const),
  ...[".inf", ".Inf", ".INF"].flatMap((text) => [
    [text, Infinity] as const,
    [`+${text}`, Infinity] as const,
    [`-${text}`, -Infinity] as const,
  ]),
]);

function resolve(text: string, tag: string | undefined): Scalar {
  const named = NAMES.get(text);
  if (named !== undefined) return named;
  // A number that begins with a point follows Go's own notation: underscores only between digits.
  if (/^\.\d+(_\d+)*([eE][-+]?\d+(_\d+)*)?$/.test(text)) return finite(text.replaceAll("_", "")) ?? text;
  if (!/^[-+\d]/.test(text)) return text;
  const time = tag === undefined || tag === "timestamp" ? timeOf(text) : undefined;
  if (time !== undefined) return time;
  return goNumber(text.replaceAll("_", "")) ?? text;
}

/**
 * A number as Go's `strconv` reads it: a whole number in the base of its prefix, where a leading zero means octal, or
 * a decimal. A whole number that a double can't hold exactly is a bigint.
 *
 * Source: https://pkg.go.dev/strconv#ParseInt, with base 0; https://pkg.go.dev/strconv#ParseFloat.
 *
 * @param text - without underscores
 */
export function goNumber(text: string): number | bigint | undefined {
  const isFloat = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text);
  return whole(text) ?? (isFloat ? finite(text) : undefined);
}

const SIGNED = 2n ** 63n;
const UNSIGNED = 2n ** 64n;

function whole(text: string): number | bigint | undefined {
  const [, sign = "", digits = ""] = /^([-+]?)(.*)$/.exec(text) ?? [];
  // A leading zero means octal, as in YAML 1.1.
  const spelled = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (!/^(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0|[1-9]\d*)$/.test(spelled)) return undefined;
  const size = BigInt(spelled);
  if (size >= (sign === "" ? UNSIGNED : SIGNED + (sign === "-" ? 1n : 0n))) return undefined;
  const value = sign === "-" ? -size : size;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** A number that a float can hold; written again, a negative zero becomes a whole number. */
function finite(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** Go's layouts: with `T` and a zone, with a space and no zone, or a date alone. */
const TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?)?$/;

/** A date or time; undefined if it doesn't exist. */
function timeOf(text: string): GoTime | undefined {
  const [, year, month, day, ...rest] = TIME.exec(text) ?? [];
  if (year === undefined) return undefined;
  const [hours, minutes, seconds, fraction, zone = "Z"] =
    rest[0] === undefined ? [...rest.slice(5), undefined] : rest;
  const local = `${year}-${two(month)}-${two(day)}T${[hours, minutes, seconds].map(two).join(":")}`;
  const exists = new Date(`${local}Z`);
  if (Number.isNaN(exists.getTime()) || exists.toISOString().slice(0, 19) !== local) return undefined;
  const [, sign = "+", zoneHours = "0", zoneMinutes = "0"] = /^([-+])(\d\d):(\d\d)$/.exec(zone) ?? [];
  // Go accepts these as well.
  if (Number(zoneHours) > 24 || Number(zoneMinutes) > 60) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === "-" ? -1 : 1);
  const part = (fraction ?? "").slice(0, 9).replace(/0+$/, "");
  return new GoTime(part === "" ? local : `${local}.${part}`, offset);
}

function two(part: string | number | undefined): string {
  return String(part ?? "").padStart(2, "0");
}

const BREAK = "[\\n\\u2028\\u2029]";
const NOT_IN_A_BLOCK = new RegExp(`[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ufeff]| (${BREAK}|$)|^${BREAK}+$`);

/**
 * A string after Pulumi has written it and read it again: a block that begins with a line break loses it.
 *
 * @throws Error for a block that begins with a tab, which can't be read again
 */
export function writtenAgain(text: string): string {
  if (!text.includes("\n")) return text;
  if (/^[\n ]+$/.test(text)) return text.slice(1);
  if (NOT_IN_A_BLOCK.test(text)) return text;
  if (text.startsWith("\t"))
    throw new Error(
      `Pulumi can't read a text of several lines that begins with a tab: ${JSON.stringify(text)}`,
    );
  return new RegExp(`^${BREAK}`).test(text) ? text.slice(1) : text;
}

/** A non-string key as Go's `fmt` prints it. */
export function keyText(key: Scalar): string {
  if (key === null) return "<nil>";
  if (key === Infinity) return "+Inf";
  if (key === -Infinity) return "-Inf";
  // From the fifth decimal place on, Go writes an exponent of two digits.
  const isSmall = typeof key === "number" && key !== 0 && Math.abs(key) < 1e-4;
  return isSmall ? key.toExponential().replace(/e-(\d)$/, "e-0$1") : String(key);
}
