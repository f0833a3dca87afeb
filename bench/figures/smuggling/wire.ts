import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";

/** The lines of a header section: RFC 9110, sections 5.5 and 5.6.2; RFC 9112, sections 3 and 5. */
const FIELD = /^[!#$%&'*+.^_`|~\w-]+:[ \t]*[\t\x20-\x7e\x80-\xff]*$/;
const REQUEST_LINE = /^[!#$%&'*+.^_`|~\w-]+ [\x21-\x7e\x80-\xff]+ HTTP\/1\.[01]$/;

/** The first fault in the bytes that a proxy sends, for the strictest reader; undefined if there is none. */
export function wrongWith(sent: string): string | undefined {
  for (let rest = sent; rest !== "";) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) return undefined; // cut off: the connection ended
    const [line = "", ...fields] = rest.slice(0, end).split("\r\n");
    if (!REQUEST_LINE.test(line)) return `the request line ${JSON.stringify(line.slice(0, 80))}`;
    const bad = fields.find((field) => !FIELD.test(field));
    if (bad !== undefined) return `the line ${JSON.stringify(bad.slice(0, 80))}`;
    const valuesOf = (name: string): string[] =>
      fields
        .filter((field) => field.toLowerCase().startsWith(`${name}:`))
        .map((field) => field.slice(name.length + 1).trim());
    const [lengths, encodings] = [valuesOf("content-length"), valuesOf("transfer-encoding")];
    if (lengths.length + encodings.length > 1)
      return `${lengths.length} lengths and ${encodings.length} encodings`;
    const [length = "0"] = lengths;
    if (!/^\d+$/.test(length)) return `the length ${JSON.stringify(length)}`;
    if (encodings.length > 0 && encodings[0]?.toLowerCase() !== "chunked")
      return `the encoding ${JSON.stringify(encodings[0])}`;
    const body = rest.slice(end + 4);
    if (encodings.length === 0) {
      rest = body.slice(Number(length));
      continue;
    }
    const after = afterChunks(body);
    if (typeof after !== "number") return after;
    rest = body.slice(after);
  }
  return undefined;
}

/** The end of a chunked body, or the fault in it. */
function afterChunks(body: string): number | string | undefined {
  for (let at = 0; ;) {
    const end = body.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const line = body.slice(at, end);
    if (!/^[0-9a-f]{1,12}$/i.test(line)) return `the chunk's line ${JSON.stringify(line.slice(0, 80))}`;
    const size = Number.parseInt(line, 16);
    at = end + 2 + size;
    if (at >= body.length) return undefined;
    if (size === 0) return afterTrailers(body, at);
    if (!body.startsWith("\r\n", at)) return "data whose length differs from its chunk's size";
    at += 2;
  }
}

/** Trailers have the form of header lines; an empty line ends them. */
function afterTrailers(body: string, from: number): number | string | undefined {
  for (let at = from; ;) {
    const end = body.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const line = body.slice(at, end);
    if (line === "") return end + 2;
    if (!FIELD.test(line)) return `the trailer ${JSON.stringify(line.slice(0, 80))}`;
    at = end + 2;
  }
}

/** Stands between a proxy and a server, and records what the proxy sends. */
export class Wire {
  /** The text of each connection; each character is a byte. */
  readonly connections: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param to - the server's port on loopback */
  static async start(to: number): Promise<Wire> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const wire = new Wire(server, typeof address === "object" && address !== null ? address.port : 0);
    server.on("connection", (client) => wire.pass(client, to));
    return wire;
  }

  private pass(client: Socket, to: number): void {
    const index = this.connections.push("") - 1;
    const store = connect(to, "127.0.0.1");
    client.on("data", (chunk: Buffer) => (this.connections[index] += chunk.toString("latin1")));
    client.pipe(store).pipe(client);
    for (const socket of [client, store]) {
      this.sockets.add(socket);
      socket.on("error", () => [client, store].forEach((each) => each.destroy()));
      socket.on("close", () => this.sockets.delete(socket));
    }
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
