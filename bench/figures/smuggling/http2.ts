/**
 * Writes HTTP/2 by hand, to send what no library sends: names and values that become separate lines when HTTP/2 is
 * rewritten as HTTP/1. The kinds are those of github.com/PortSwigger/http-request-smuggler (DesyncBox.java,
 * h2Permutations; HTTP2FakePseudo.java) and of RFC 9113, sections 8.1 to 8.3.
 *
 * Source of the frames: RFC 9113, sections 4 and 6; RFC 7541, section 6.2.2 (literal, not indexed, no Huffman code).
 */

/** A request of HTTP/2. */
export interface Http2Shape {
  readonly name: string;
  /** Names and values, as sent. */
  readonly fields: readonly (readonly [string, string])[];
  readonly body: string;
}

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

/** A number with a prefix of seven bits: RFC 7541, section 5.1. */
function integer(value: number): Buffer {
  if (value < 127) return Buffer.from([value]);
  const rest: number[] = [];
  let left = value - 127;
  for (; left >= 128; left = Math.floor(left / 128)) rest.push(128 + (left % 128));
  return Buffer.from([127, ...rest, left]);
}

const literal = (text: string): Buffer => Buffer.concat([integer(text.length), bytes(text)]);

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const start = Buffer.alloc(9);
  start.writeUIntBE(payload.length, 0, 3);
  start.writeUInt8(type, 3);
  start.writeUInt8(flags, 4);
  start.writeUInt32BE(stream, 5);
  return Buffer.concat([start, payload]);
}

const [DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY] = [0, 1, 3, 4, 7];
const [END_STREAM, END_HEADERS] = [1, 4];

/** The bytes that a client sends: the preface, the settings, and one request on stream 1. */
export function http2Bytes({ fields, body }: Http2Shape): Buffer {
  const block = fields.map(([name, value]) =>
    Buffer.concat([Buffer.from([0]), literal(name), literal(value)]),
  );
  return Buffer.concat([
    bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    frame(SETTINGS, 0, 0, Buffer.alloc(0)),
    frame(HEADERS, END_HEADERS, 1, Buffer.concat(block)),
    frame(DATA, END_STREAM, 1, bytes(body)),
  ]);
}

/** The number of answers in a server's bytes, and whether the server refused the request or the connection. */
export function readHttp2(received: Buffer): { readonly answers: number; readonly isOver: boolean } {
  let [answers, isOver] = [0, false];
  for (let at = 0; at + 9 <= received.length; at += 9 + received.readUIntBE(at, 3)) {
    const type = received.readUInt8(at + 3);
    if (type === HEADERS) answers++;
    if (type === RST_STREAM || type === GOAWAY) isOver = true;
    if ((type === DATA || type === HEADERS) && (received.readUInt8(at + 4) & END_STREAM) !== 0) isOver = true;
  }
  return { answers, isOver };
}

/** All shapes for a host; `outer` is the requested path, `hidden` the path that no server must see. */
export function http2Shapes(host: string, outer: string, hidden: string): Http2Shape[] {
  const smuggled = `GET ${hidden} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const request = (
    name: string,
    more: readonly (readonly [string, string])[] = [],
    changes: Readonly<Record<string, string>> = {},
    body = smuggled,
  ): Http2Shape => {
    const pseudo = { ":method": "POST", ":scheme": "https", ":authority": host, ":path": outer, ...changes };
    return { name, fields: [...Object.entries(pseudo), ...more], body };
  };
  const chunked = `\r\ntransfer-encoding: chunked\r\nx: y`;
  const breaks: Readonly<Record<string, string>> = {
    "CR LF": "\r\n",
    "a bare LF": "\n",
    "a bare CR": "\r",
    "a zero byte": "\0",
  };
  return [
    request("a normal request"),
    request("a length that is too short", [["content-length", "0"]]),
    request("a length that is too long", [["content-length", String(smuggled.length + 50)]]),
    request("two lengths", [
      ["content-length", "0"],
      ["content-length", String(smuggled.length)],
    ]),
    request("a list of lengths", [["content-length", `0, ${smuggled.length}`]]),
    request("a length with a plus", [["content-length", `+${smuggled.length}`]]),
    request("an encoding", [["transfer-encoding", "chunked"]], {}, `0\r\n\r\n${smuggled}`),
    request("an encoding in capitals", [["Transfer-Encoding", "chunked"]], {}, `0\r\n\r\n${smuggled}`),
    request(
      "an encoding and a length",
      [
        ["transfer-encoding", "chunked"],
        ["content-length", "5"],
      ],
      {},
      `0\r\n\r\n${smuggled}`,
    ),
    request("a connection's header", [
      ["connection", "transfer-encoding"],
      ["upgrade", "h2c"],
    ]),
    request("TE other than trailers", [["te", "chunked"]]),
    ...Object.entries(breaks).flatMap(([what, line]) => [
      request(
        `${what} in a value`,
        [["x-a", `b${line}transfer-encoding: chunked`]],
        {},
        `0\r\n\r\n${smuggled}`,
      ),
      request(`${what} twice in a value`, [["x-a", `b${line}${line}${smuggled}`]], {}, ""),
      request(
        `${what} in a name`,
        [[`x-a: b${line}transfer-encoding`, "chunked"]],
        {},
        `0\r\n\r\n${smuggled}`,
      ),
      request(`${what} in the path`, [], { ":path": `${outer} HTTP/1.1${line}x: ` }),
      request(`${what} in the method`, [], { ":method": `GET ${hidden} HTTP/1.1${line}x: ` }),
      request(`${what} in the authority`, [], { ":authority": `${host}${line}x: y` }),
      request(`${what} in the scheme`, [], { ":scheme": `https${line}x: y` }),
      request(`${what} after a value`, [["x-a", `b${line}`]]),
    ]),
    request("a header within the path", [], { ":path": `${outer}${chunked}` }),
    request("a space in the path", [], { ":path": `${hidden} HTTP/1.1` }),
    request("a space in the method", [], { ":method": `GET ${hidden} HTTP/1.1` }),
    request("an address in the scheme", [], { ":scheme": `https://evil.example${hidden}?` }),
    request("a path without a slash", [], { ":path": "evil.example" }),
    request("an empty path", [], { ":path": "" }),
    request("an empty method", [], { ":method": "" }),
    request("an absolute path", [], { ":path": `http://evil.example${outer}` }),
    request("CONNECT with a path", [], { ":method": "CONNECT" }),
    request("a fragment", [], { ":path": `${outer}#x` }),
    request("a different Host header", [["host", "evil.example"]]),
    request("two hosts", [
      ["host", host],
      ["host", "evil.example"],
    ]),
    request("a second path", [[":path", hidden]]),
    request("a pseudo-header after regular headers", [
      ["x-a", "b"],
      [":method", "GET"],
    ]),
    request("an unknown pseudo-header", [[":transfer-encoding", "chunked"]]),
    request("a colon in a name", [["transfer-encoding: chunked", "x"]]),
    request("a space in a name", [["transfer-encoding ", "chunked"]]),
    request("an empty name", [["", "x"]]),
    request("a byte above ASCII in a name", [["x-\xff", "x"]]),
    request("user data in the authority", [], { ":authority": `user@${host}` }),
  ];
}
