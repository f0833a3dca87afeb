/**
 * HTTP/1 requests that two servers could read in two ways. They are of the kinds that the public collections try;
 * nothing is copied from these.
 *
 * Source: github.com/defparam/smuggler (configs/exhaustive.py); github.com/PortSwigger/http-request-smuggler
 * (DesyncBox.java, ChunkSizeScan.java, ImplicitZeroScan.java); github.com/aws/http-desync-guardian (tests/*.yaml);
 * github.com/narfindustries/http-garden (TROPHIES.md); RFC 9112, sections 2.2, 3, 5, 6 and 7.
 */

/** A request, and how servers may read it. */
export interface Shape {
  /** Its irregularity. */
  readonly name: string;
  /** The kind of irregularity: the place of an odd byte, and the byte. */
  readonly kind: string;
  /** The text to send; each character is a byte. */
  readonly bytes: string;
  /**
   * Whether a server may read the hidden text in the body as a request: a server that ignores the odd line has to read
   * it that way, and then every server has to.
   */
  readonly mayPipeline: boolean;
}

/** The address of the requests. */
interface Target {
  readonly host: string;
  /** The path of the outer request, and the path of the request hidden in it. */
  readonly outer: string;
  readonly hidden: string;
}

/** Makes the shape for a target. */
type Maker = (target: Target) => Shape;

const byteName = (code: number): string => `0x${code.toString(16).padStart(2, "0")}`;

/** All bytes other than letters, digits and punctuation. */
const ODD_BYTES = [...Array.from({ length: 33 }, (_, code) => code), 0x7f].concat(
  Array.from({ length: 128 }, (_, index) => 0x80 + index),
);

const hiddenRequest = ({ host, hidden }: Target): string => `GET ${hidden} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

function head(target: Target, ...lines: readonly string[]): string {
  return [`POST ${target.outer} HTTP/1.1`, `Host: ${target.host}`, ...lines].join("\r\n") + "\r\n\r\n";
}

/**
 * A length that covers the whole body, with an odd encoding that ends the body before the hidden request. A server that
 * sees the hidden request accepts the encoding, and our proxy must not make any server do so.
 */
function oddEncoding(name: string, kind: string, line: string): Maker {
  return (target) => {
    const body = `0\r\n\r\n${hiddenRequest(target)}`;
    const bytes = head(target, line, `Content-Length: ${body.length}`);
    return { name: `an encoding: ${name}`, kind, bytes: bytes + body, mayPipeline: false };
  };
}

/** An odd length with a correct encoding that makes everything the body. */
function oddLength(name: string, kind: string, line: (length: number) => string): Maker {
  return (target) => {
    const hidden = hiddenRequest(target);
    const body = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;
    const bytes = head(target, line(5), "Transfer-Encoding: chunked");
    return { name: `a length beside chunks: ${name}`, kind, bytes: bytes + body, mayPipeline: false };
  };
}

/** Only an odd length: a server that ignores it sees the hidden request, and then every server has to. */
function loneLength(name: string, kind: string, line: (length: number) => string): Maker {
  return (target) => {
    const hidden = hiddenRequest(target);
    const bytes = head(target, line(hidden.length)) + hidden;
    return { name: `a length alone: ${name}`, kind, bytes, mayPipeline: true };
  };
}

/** Odd chunks; the hidden request is after them or inside them. */
function oddChunks(name: string, chunks: (hidden: string) => string): Maker {
  return (target) => ({
    name: `chunks: ${name}`,
    kind: "chunks",
    mayPipeline: true,
    bytes: head(target, "Transfer-Encoding: chunked") + chunks(hiddenRequest(target)),
  });
}

/** Any other request. */
function whole(name: string, kind: string, make: (target: Target) => string, mayPipeline = true): Maker {
  return (target) => ({ name, kind, bytes: make(target), mayPipeline });
}

/** A name or value with something odd in every possible place. */
function around(name: string, value: string): [string, string][] {
  const middle = Math.floor(name.length / 2);
  return ODD_BYTES.flatMap((code): [string, string][] => {
    const odd = String.fromCharCode(code);
    return [
      [`${byteName(code)} before the name`, `${odd}${name}: ${value}`],
      [`${byteName(code)} within the name`, `${name.slice(0, middle)}${odd}${name.slice(middle)}: ${value}`],
      [`${byteName(code)} before the colon`, `${name}${odd}: ${value}`],
      [`${byteName(code)} in place of the space`, `${name}:${odd}${value}`],
      [`${byteName(code)} after the value`, `${name}: ${value}${odd}`],
    ];
  });
}

const TE = "Transfer-Encoding";
/** Replacements for `Transfer-Encoding: chunked`. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "in capitals": "TRANSFER-ENCODING: CHUNKED",
  "no space": `${TE}:chunked`,
  "two spaces": `${TE}:  chunked`,
  "an underscore": "Transfer_Encoding: chunked",
  "a space for the hyphen": "Transfer Encoding: chunked",
  "two hyphens": "Transfer--Encoding: chunked",
  "an encoded letter": "Transfer-%45ncoding: chunked",
  "a backslash": "Transfer\\Encoding: chunked",
  "a word before the colon": `${TE} x: chunked`,
  "two colons": `${TE}:: chunked`,
  "no colon": `${TE} chunked`,
  "a colon first": `:${TE}: chunked`,
  quoted: `${TE}: "chunked"`,
  "in single quotes": `${TE}: 'chunked'`,
  "half the word": `${TE}: chunk`,
  "another word": `${TE}: xchunked`,
  empty: `${TE}: `,
  "only a comma": `${TE}: ,`,
  "a comma after it": `${TE}: chunked,`,
  "a comma before it": `${TE}: , chunked`,
  "twice in one": `${TE}: chunked, chunked`,
  "identity first": `${TE}: identity, chunked`,
  "identity last": `${TE}: chunked, identity`,
  "only identity": `${TE}: identity`,
  "gzip first": `${TE}: gzip, chunked`,
  "a parameter": `${TE}: chunked;q=1`,
  "twice in lines": `${TE}: chunked\r\n${TE}: chunked`,
  "two different ones": `${TE}: identity\r\n${TE}: chunked`,
  "two different ones, in reverse order": `${TE}: chunked\r\n${TE}: identity`,
  "folded, a space": `${TE}:\r\n chunked`,
  "folded, a tab": `${TE}:\r\n\tchunked`,
  "folded twice": `${TE}:\r\n \r\n chunked`,
  "folded with a bare LF": `${TE}:\n chunked`,
  "in another header's folded line": `X-A: b\r\n ${TE}: chunked`,
  "after a bare LF": `X-A: b\n${TE}: chunked`,
  "after a bare CR": `X-A: b\r${TE}: chunked`,
  "after CR CR LF": `X-A: b\r\r\n${TE}: chunked`,
  "after a zero byte": `X-A: b\0\r\n${TE}: chunked`,
  "named by Connection": `Connection: ${TE}\r\n${TE}: chunked`,
  "as Content-Encoding": "Content-Encoding: chunked",
  "a MIME encoded word": `${TE}: =?iso-8859-1?B?Y2h1bmtlZA==?=`,
  "a long s": "Tran\u00c5\u00bffer-Encoding: chunked",
};

const CL = "Content-Length";
/** Replacements for `Content-Length: 5`. */
const LENGTHS: Readonly<Record<string, (length: number) => string>> = {
  "a plus": (n) => `${CL}: +${n}`,
  "a minus": (n) => `${CL}: -${n}`,
  zeros: (n) => `${CL}: 0000000000000000000000${n}`,
  "a fraction": (n) => `${CL}: ${n}.0`,
  "an exponent": (n) => `${CL}: ${n}e0`,
  hexadecimal: (n) => `${CL}: 0x${n.toString(16)}`,
  "a list of two": (n) => `${CL}: ${n}, ${n}`,
  "a list of two different lengths": (n) => `${CL}: 0, ${n}`,
  "a list of two different lengths, in reverse order": (n) => `${CL}: ${n}, 0`,
  "a comma after it": (n) => `${CL}: ${n},`,
  "a space within": (n) => `${CL}: ${n} 0`,
  empty: () => `${CL}: `,
  "an empty one and a correct one": (n) => `${CL}: \r\n${CL}: ${n}`,
  "in two lines": (n) => `${CL}: ${n}\r\n${CL}: ${n}`,
  "two different lines": (n) => `${CL}: 0\r\n${CL}: ${n}`,
  "two different lines, in reverse order": (n) => `${CL}: ${n}\r\n${CL}: 0`,
  "more than 64 bits": (n) => `${CL}: ${2n ** 64n + BigInt(n)}`,
  "more than 32 bits": (n) => `${CL}: ${2n ** 32n + BigInt(n)}`,
  "an underscore": (n) => `Content_Length: ${n}`,
  folded: (n) => `${CL}:\r\n ${n}`,
  "named by Connection": (n) => `Connection: ${CL}\r\n${CL}: ${n}`,
  "a word after it": (n) => `${CL}: ${n} bytes`,
  "after a bare LF": (n) => `X-A: b\n${CL}: ${n}`,
  "after a bare CR": (n) => `X-A: b\r${CL}: ${n}`,
};

const size = (text: string): string => text.length.toString(16);
/** Bodies in chunks. */
const CHUNKS: Readonly<Record<string, (hidden: string) => string>> = {
  "a size by 0x": (hidden) => `0x${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a size with a plus": (hidden) => `+${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a negative size": (hidden) => `-1\r\n${hidden}\r\n0\r\n\r\n`,
  "an empty size": (hidden) => `\r\n${hidden}\r\n0\r\n\r\n`,
  "zeros before the size": (hidden) => `${"0".repeat(40)}${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a size of more than 64 bits": (hidden) => `1000000000000000${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a size of more than 32 bits": (hidden) => `1000000${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a space before the size": (hidden) => ` ${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a space after the size": (hidden) => `${size(hidden)} \r\n${hidden}\r\n0\r\n\r\n`,
  "an extension": (hidden) => `${size(hidden)};a=b\r\n${hidden}\r\n0\r\n\r\n`,
  "an extension of 20 KB": (hidden) => `${size(hidden)};${"a".repeat(20_000)}\r\n${hidden}\r\n0\r\n\r\n`,
  "an extension in quotes with CR LF": (hidden) => `5;a="\r\n0\r\n\r\n${hidden}"\r\nhello\r\n0\r\n\r\n`,
  "an extension with a bare LF": (hidden) => `5;a\nhello\r\n0\r\n\r\n${hidden}`,
  "an extension with a bare CR": (hidden) => `5;a\rhello\r\n0\r\n\r\n${hidden}`,
  "an extension without a name": (hidden) => `2;\nxx\r\n${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`,
  "a zero byte in the extension": (hidden) => `5;a\0\r\nhello\r\n0\r\n\r\n${hidden}`,
  "a size that ends with a bare LF": (hidden) => `${size(hidden)}\n${hidden}\r\n0\r\n\r\n`,
  "a size that ends with a bare CR": (hidden) => `${size(hidden)}\r${hidden}\r\n0\r\n\r\n`,
  "data that ends with a bare LF": (hidden) => `${size(hidden)}\r\n${hidden}\n0\r\n\r\n`,
  "data that ends with nothing": (hidden) => `${size(hidden)}\r\n${hidden}0\r\n\r\n`,
  "data that ends with two other bytes": (hidden) => `5\r\nhelloxx0\r\n\r\n${hidden}`,
  "data longer than its size": (hidden) => `1\r\n${hidden}\r\n0\r\n\r\n`,
  "a last chunk of several zeros": (hidden) => `000\r\n\r\n${hidden}`,
  "a last chunk with an extension": (hidden) => `0;a=b\r\n\r\n${hidden}`,
  "an end by bare LFs": (hidden) => `0\n\n${hidden}`,
  "an end by one bare LF": (hidden) => `0\r\n\n${hidden}`,
  "a trailer that is a length": (hidden) => `0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  "a trailer that is an encoding": (hidden) => `0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  "a trailer that is a host": (hidden) => `0\r\nHost: evil.example\r\n\r\n${hidden}`,
  "a trailer without a colon": (hidden) => `0\r\nGET /x HTTP/1.1\r\nX: y\r\n\r\n${hidden}`,
  "a trailer that ends with a bare LF": (hidden) => `0\r\nX: y\n\n${hidden}`,
  "no end": (hidden) => `${size(hidden)}\r\n${hidden}\r\n`,
};

const OTHERS: readonly Maker[] = [
  ...["GET", "HEAD", "OPTIONS", "DELETE", "PUT", "TRACE", "CONNECT", "PURGE", "post"].flatMap((method) => [
    whole(`a body of ${method} by its length`, "methods", (target) => {
      const hidden = hiddenRequest(target);
      return head(target, `Content-Length: ${hidden.length}`).replace("POST", method) + hidden;
    }),
    whole(`a body of ${method} in chunks`, "methods", (target) => {
      const hidden = hiddenRequest(target);
      const body = `${size(hidden)}\r\n${hidden}\r\n0\r\n\r\n`;
      return head(target, "Transfer-Encoding: chunked").replace("POST", method) + body;
    }),
  ]),
  ...["1.0", "0.9", "1.2", "2.0", "3.0", "1.1 HTTP/1.1", "11", "1.1\t", " 1.1", "1.1\0"].map((version) =>
    whole(`the version ${JSON.stringify(version)}, in chunks`, "request line", (target) => {
      const bytes = head(target, "Transfer-Encoding: chunked", "Connection: keep-alive");
      return `${bytes.replace("HTTP/1.1", `HTTP/${version}`)}0\r\n\r\n${hiddenRequest(target)}`;
    }),
  ),
  ...[
    ["no version", (line: string) => line.replace(" HTTP/1.1", "")],
    ["tabs", (line: string) => line.replaceAll(" ", "\t")],
    ["two spaces", (line: string) => line.replaceAll(" ", "  ")],
    ["a bare LF", (line: string) => line.replace("\r\n", "\n")],
    ["a bare CR", (line: string) => line.replace("\r\n", "\r")],
    ["an empty line before", (line: string) => `\r\n${line}`],
    ["a bare LF before", (line: string) => `\n${line}`],
    ["a space before", (line: string) => ` ${line}`],
    ["a zero byte in the path", (line: string) => line.replace(" HTTP", "\0 HTTP")],
    ["a byte above ASCII in the path", (line: string) => line.replace(" HTTP", "\xff HTTP")],
    ["a fragment", (line: string) => line.replace(" HTTP", "#x HTTP")],
    ["another's absolute address", (line: string) => line.replace(" /", " http://evil.example/")],
    ["no path", (line: string) => line.replace(/ \S+ /, " * ")],
    ["a second host", (line: string) => line.replace("\r\n\r\n", "\r\nHost: evil.example\r\n\r\n")],
    ["no host", (line: string) => line.replace(/Host: \S+\r\n/, "")],
  ].map(([name, change]) =>
    whole(`a request line: ${name as string}`, "request line", (target) =>
      (change as (line: string) => string)(head(target, "Content-Length: 0")),
    ),
  ),
  ...["100-continue", "100-Continue, x", " 100-continue", "y 100-continue", "101-upgrade"].map((expect) =>
    whole(`Expect: ${expect}`, "connection", (target) => {
      const hidden = hiddenRequest(target);
      return head(target, `Content-Length: ${hidden.length}`, `Expect: ${expect}`) + hidden;
    }),
  ),
  ...["h2c", "websocket", "TLS/1.0", "h2c, websocket"].map((protocol) =>
    whole(`Upgrade: ${protocol}`, "connection", (target) => {
      const lines = [
        "Connection: Upgrade, HTTP2-Settings",
        `Upgrade: ${protocol}`,
        "HTTP2-Settings: AAMAAABk",
      ];
      const websocket = ["Sec-WebSocket-Version: 777", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="];
      return head(target, "Content-Length: 0", ...lines, ...websocket) + hiddenRequest(target);
    }),
  ),
  ...["host", "close, host", "content-length", "idempotency-key", "x-forwarded-for", "cookie"].map((named) =>
    whole(`Connection: ${named}`, "connection", (target) => {
      const hidden = hiddenRequest(target);
      const key = "Idempotency-Key: a";
      return head(target, `Content-Length: ${hidden.length}`, key, `Connection: ${named}`) + hidden;
    }),
  ),
];

/** The functions that make all shapes for a target. */
export const SHAPES: readonly Maker[] = [
  ...Object.entries(ENCODINGS).map(([name, line]) => oddEncoding(name, "encodings", line)),
  ...around(TE, "chunked").map(([name, line]) => oddEncoding(name, "encodings, byte by byte", line)),
  ...Object.entries(LENGTHS).flatMap(([name, line]) => [
    oddLength(name, "lengths", line),
    loneLength(name, "lengths", line),
  ]),
  ...around(CL, "LENGTH").flatMap(([name, line]) => [
    oddLength(name, "lengths, byte by byte", (n) => line.replace("LENGTH", String(n))),
    loneLength(name, "lengths, byte by byte", (n) => line.replace("LENGTH", String(n))),
  ]),
  ...Object.entries(CHUNKS).map(([name, chunks]) => oddChunks(name, chunks)),
  ...OTHERS,
];
