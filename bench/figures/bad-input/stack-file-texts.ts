import fc from "fast-check";

/** A generated stack file. */
export interface StackFileText {
  /** How it was generated. */
  readonly kind: "valid" | "nearly valid" | "hostile";
  readonly bytes: Buffer;
}

/** Scalars that YAML libraries read differently, and others. */
const ODD_SCALARS = fc.oneof(
  fc.constantFrom(
    "~",
    "null",
    "NULL",
    "yes",
    "No",
    "on",
    "TRUE",
    "true",
    "y",
    "0x1F",
    "0o17",
    "017",
    "08",
    "0b101",
    "1_000",
    "1e3",
    "1E400",
    "-0",
    "+1",
    ".5",
    "5.",
    "._1",
    ".inf",
    "-.INF",
    ".nan",
    "1:30",
    "190:20:30",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "12345678901234567890123",
    "0.1",
    "1.0",
    "1e21",
    "123456789.123456789",
    "2024-01-02",
    "2024-13-02",
    "2024-01-02T03:04:05Z",
    "2024-01-02 03:04:05",
    "2024-01-02t03:04:05.5+01:00",
    "=",
    "<<",
    "@at",
    "`tick",
    "%percent",
    "!bang",
    "!!str 1",
    "!!int '5'",
    "!!binary aGVsbG8=",
    "!!float 3",
    "!custom x",
    "&a b",
    "*a",
    "'single'",
    '"double \\u263a \\x41 \\n"',
    '"\\ud800"',
    "''",
    '""',
    "- dash",
    "a: b",
    "a #c",
    "#c",
    "|",
    ">",
    "[a, b]",
    "{a: 1, b: [2]}",
    "[]",
    "{}",
    "[a, , b]",
    "{a, b: }",
    "{? a : b}",
    '{"a":1}',
    "[a: b]",
    "eu-west-1",
    "arn:aws:iam::123456789012:role/x",
    "a\tb",
    "ü漢😀",
    "a b  c",
    "-",
    "?",
    ":",
    "---",
    "...",
  ),
  fc.double().map(String),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => JSON.stringify(text)),
  fc.stringMatching(/^[a-z0-9.+_:-]{1,12}$/),
);

const KEYS = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,8}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "aws:region",
      "p:k",
      '"quoted"',
      "'a b'",
      "1",
      "true",
      "~",
      "2024-01-02",
      "<<",
      "? k",
    ),
  },
);

const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, " ".repeat(by));

/** A value after a key: on the same line, or on the next lines with more indentation. */
const VALUES = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    ODD_SCALARS.map((text) => ` ${text}`),
    fc
      .tuple(fc.constantFrom("|", ">", "|-", ">+", "|2"), ODD_SCALARS, ODD_SCALARS)
      .map(([style, one, other]) => {
        return ` ${style}\n  ${one}\n\n    ${other}\n`;
      }),
    fc.array(tie("value"), { minLength: 1, maxLength: 4 }).map((items) => {
      return `\n${items
        .map(
          (item) =>
            `  -${indented(item, 2)
              .trimStart()
              .replace(/^(?=.)/, " ")}`,
        )
        .join("\n")}`;
    }),
    fc.array(fc.tuple(KEYS, tie("value")), { minLength: 1, maxLength: 4 }).map((pairs) => {
      return `\n${pairs.map(([key, item]) => `  ${key}:${indented(item, 2).replace(/^ +/, " ")}`).join("\n")}`;
    }),
  ),
})).value;

/** Stack files such as a person might write, most of them valid. */
const WRITTEN = fc
  .array(fc.tuple(KEYS, VALUES), { minLength: 1, maxLength: 5 })
  .map(
    (pairs) =>
      `config:\n${pairs.map(([key, value]) => `  ${key}:${indented(value, 2).replace(/^ +/, " ")}\n`).join("")}`,
  );

const SPLICES = fc.constantFrom(
  "\t",
  "  ",
  " ",
  "\n",
  "\r\n",
  "\r",
  ":",
  "-",
  "- ",
  "#",
  "'",
  '"',
  "[",
  "]",
  "{",
  "}",
  ",",
  "&a ",
  "*a",
  "!",
  "!!map ",
  "|",
  ">",
  "%",
  "@",
  "?",
  "? ",
  "<<: ",
  "---\n",
  "...\n",
  "\u0000",
  "\u0007",
  "\ufeff",
  "\u2028",
  "\u0085",
  "\u00a0",
  "\u200b",
  "\ud83d",
  "\\",
  "null",
  "config:",
  "~",
  "*",
  "&",
);

/** Files with some characters deleted, inserted, doubled or moved. */
const NEARLY = fc
  .tuple(WRITTEN, fc.array(fc.tuple(fc.nat(), fc.nat(3), SPLICES), { minLength: 1, maxLength: 3 }))
  .map(([text, changes]) =>
    changes.reduce((now, [place, length, splice]) => {
      const at = place % (now.length + 1);
      return now.slice(0, at) + splice + now.slice(at + length);
    }, text),
  );

const nested = (open: string, close: string, depth: number): string =>
  `config:\n  k: ${open.repeat(depth)}x${close.repeat(depth)}\n`;

/** Anchors that repeat the previous one: `width` to the power of `depth` texts in total. */
const laughs = (depth: number, width: number): string =>
  [
    "config:\n  k0: &a0 lol\n",
    ...Array.from({ length: depth }, (_, level) => {
      const all = Array.from({ length: width }, () => `*a${level}`).join(", ");
      return `  k${level + 1}: &a${level + 1} [${all}]\n`;
    }),
  ].join("");

const DEPTHS = fc.constantFrom(1, 10, 100, 1000, 9_990, 10_010, 100_000);

/** Files made to break a reader. */
const HOSTILE: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 10 }))
    .map(([depth, width]) => laughs(depth, width)),
  fc
    .tuple(
      fc.constantFrom(["[", "]"], ["{a: ", "}"], ["- ", ""], ["? ", ""], ["!!seq [", "]"], ["[", ""]),
      DEPTHS,
    )
    .map(([[open = "", close = ""], depth]) => nested(open, close, depth)),
  DEPTHS.filter((depth) => depth <= 1000).map((depth) =>
    Array.from({ length: depth }, (_, level) => `${" ".repeat(level)}a:\n`)
      .join("")
      .replace("a:", "config:"),
  ),
  fc.constantFrom(
    "config: &c\n  k: *c\n",
    "config:\n  a: &a {<<: *a}\n",
    "config:\n  a: &a {x: 1}\n  b: {<<: *a, x: 2}\n  c: {x: 3, <<: *a}\n",
    "config:\n  b: {<<: [*a, *a]}\n",
    "config:\n  a: &a {x: 1}\n  b: {<<: [*a, {x: 2, y: 3}]}\n",
    "config:\n  a: &a [1]\n  b: {<<: *a}\n",
    "config:\n  k: 1\n  k: 2\n",
    "config:\n  k: {a: 1, a: 2}\n",
    "config: {k: 1}\nconfig: {k: 2}\n",
    "config:\n  __proto__: {polluted: yes}\n  constructor: x\n  k: {__proto__: {a: 1}, toString: b}\n",
    "config:\n  k: &a a\n  l: *a\n  &b m: *b\n",
    "config:\n\tk: v\n",
    "config:\n  k:\tv\n",
    "config:\n  - k\n",
    "config: text\n",
    "config:\n",
    "- config\n",
    "text",
    "",
    "\n\n# nothing\n",
    "---\nconfig:\n  k: 1\n---\nconfig:\n  k: 2\n",
    "%YAML 1.2\n---\nconfig:\n  k: yes\n",
    "%TAG ! tag:example.com,2000:\n---\nconfig:\n  k: !x 1\n",
    "config:\n  k: \u0000\n",
    "config:\n  k: a\u0000b\n",
    "config:\n  k: \u001b[31m\n",
    "config:\n  k: |\n    a\n   b\n",
    "config:\r\n  k: v\r\n",
    "config:\r  k: v\r",
    "config:\n  secure: {secure: }\n  k: {secure: 5}\n  l: [{secure: x, y: 1}]\n",
    "encryptionsalt: [1]\nconfig: {}\n",
    "encryptionsalt: v1:x\nconfig: {}\n",
    "config:\n  a:b:c: 1\n",
    "config:\n  ':': 1\n",
    "config:\n  '': 1\n",
    `config:\n  ${"k".repeat(2000)}: 1\n`,
    `config:\n  k: ${"9".repeat(100_000)}\n`,
    `config:\n  k: "${"a".repeat(1_000_000)}"\n`,
    `config:\n${Array.from({ length: 20_000 }, (_, index) => `  k${index}: ${index}\n`).join("")}`,
    `config:\n  k: ${"-".repeat(50_000)}\n`,
    `config:\n  k: ${"!".repeat(50_000)}\n`,
    `config:\n  k: "${"\\".repeat(50_001)}"\n`,
    `config:\n  k:${" ".repeat(100_000)}v\n`,
    `config:\n${"\n".repeat(100_000)}  k: v\n`,
    `config:\n  k: ${"*a ".repeat(20_000)}\n`,
  ),
  fc
    .tuple(
      WRITTEN,
      fc.constantFrom(
        "utf16le",
        "utf16be",
        "latin1",
        "utf8 bom",
        "utf16le bom",
        "utf16be bom",
        "half",
        "overlong",
      ),
    )
    .map(([text, encoding]) => encoded(text, encoding)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from("config:\n  k: "), bytes])),
);

function encoded(text: string, encoding: string): Buffer {
  const swapped = (): Buffer => Buffer.from(text, "utf16le").swap16();
  switch (encoding) {
    case "utf16le":
      return Buffer.from(text, "utf16le");
    case "utf16be":
      return swapped();
    case "latin1":
      return Buffer.from(`${text}  l: \u00fc\u00e9\n`, "latin1");
    case "utf8 bom":
      return Buffer.from(`\ufeff${text}`);
    case "utf16le bom":
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
    case "utf16be bom":
      return Buffer.concat([Buffer.from([0xfe, 0xff]), swapped()]);
    case "half":
      return Buffer.concat([Buffer.from(`${text}  l: `), Buffer.from([0xc3])]);
    default:
      return Buffer.concat([Buffer.from(`${text}  l: `), Buffer.from([0xc0, 0xaf, 0x0a])]);
  }
}

/**
 * Generates stack files.
 *
 * @param seed - the same seed gives the same files
 */
export function stackFileTexts(count: number, seed: number): StackFileText[] {
  const of = (kind: StackFileText["kind"]) => (text: string | Buffer) => ({
    kind,
    bytes: typeof text === "string" ? Buffer.from(text) : text,
  });
  const texts = fc.oneof(
    { weight: 3, arbitrary: WRITTEN.map(of("valid")) },
    { weight: 4, arbitrary: NEARLY.map(of("nearly valid")) },
    { weight: 3, arbitrary: HOSTILE.map(of("hostile")) },
  );
  return fc.sample(texts, { numRuns: count, seed });
}
