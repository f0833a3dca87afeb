import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect as http2 } from "node:http2";
import { connect, type TLSSocket } from "node:tls";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  HAPROXY_BACKEND,
  type HaproxyConfig,
  renderHaproxyConfig,
} from "../../components/proxy/haproxy-config";
import { HAProxy } from "../../tools/balance/haproxy-process";
import { freePort, portOf } from "../support/balancers";
import { Authority } from "../support/certificates";
import { haproxyConfig } from "../support/haproxy-config";
import { describeWith } from "../support/programs";

const HOST = "store.example.com";

/** HAProxy with our configuration, in front of a server that records its requests. */
class Proxy {
  readonly folder = mkdtempSync(join(tmpdir(), "bad-input-"));
  readonly got: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  private backend!: Server;
  haproxy!: HAProxy;
  config!: HaproxyConfig;
  /** Replaces the server's answer. */
  answer: ((request: IncomingMessage) => boolean) | undefined;

  async start(changes: Partial<HaproxyConfig> = {}): Promise<this> {
    const authority = new Authority(this.folder);
    authority.issue("certificate", { name: HOST, days: 30 });
    this.backend = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        if (request.url === "/readyz") return response.end("ok");
        this.got.push({
          method: request.method ?? "",
          url: request.url ?? "",
          headers: request.headers,
          body,
        });
        if (this.answer?.(request) === true) return;
        response.end("served");
      });
    }).listen(0, "127.0.0.1");
    await once(this.backend, "listening");
    this.config = haproxyConfig(this.folder, {
      bind: `127.0.0.1:${await freePort()}`,
      metricsBind: `127.0.0.1:${await freePort()}`,
      hosts: [HOST, "*.shop.example.com"],
      requestHeadSeconds: 1,
      responseSeconds: 1,
      ...changes,
    });
    writeFileSync(join(this.folder, "haproxy.cfg"), renderHaproxyConfig(this.config));
    this.haproxy = await HAProxy.start(join(this.folder, "haproxy.cfg"), this.config.adminSocket);
    await this.haproxy.fill(`${HAPROXY_BACKEND}/server-1`, "127.0.0.1", portOf(this.backend));
    for (let attempt = 0; attempt < 100; attempt++) {
      const [server] = await this.haproxy.servers(HAPROXY_BACKEND);
      if (server?.status === "UP") break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this;
  }

  /** A client's TLS connection. */
  async connect(): Promise<TLSSocket> {
    const ca = readFileSync(join(this.folder, "ca.pem"), "utf8");
    const port = Number(this.config.bind.split(":")[1]);
    const socket = connect({ host: "127.0.0.1", port, ca, servername: HOST, ALPNProtocols: ["http/1.1"] });
    socket.setEncoding("utf8");
    await once(socket, "secureConnect");
    return socket;
  }

  /** The response to bytes, until the proxy closes the connection or the time is over. */
  async send(bytes: string, milliseconds = 3000): Promise<string> {
    const socket = await this.connect();
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk))).on("error", () => undefined);
    socket.write(bytes);
    await Promise.race([once(socket, "close"), new Promise((resolve) => setTimeout(resolve, milliseconds))]);
    socket.destroy();
    return answer;
  }

  async stop(): Promise<void> {
    await this.haproxy?.stop();
    this.backend?.close();
    rmSync(this.folder, { recursive: true });
  }
}

const request = (lines: readonly string[], body = ""): string => `${lines.join("\r\n")}\r\n\r\n${body}`;
const statusesOf = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));

describeWith(["haproxy", "openssl"], "The stack's proxy with malformed input", () => {
  let proxy: Proxy;
  before(async () => {
    proxy = await new Proxy().start();
  });
  beforeEach(() => {
    proxy.got.length = 0;
    proxy.answer = undefined;
  });
  after(() => proxy.stop());

  const smuggled = "GET /smuggled HTTP/1.1\r\nHost: store.example.com\r\n\r\n";
  const head = ["POST /cart HTTP/1.1", `Host: ${HOST}`];
  /** RFC 9112, sections 6.3 and 11.2; the shapes of https://portswigger.net/web-security/request-smuggling */
  const shapes: Readonly<Record<string, string>> = {
    "two lengths, one of them chunked": request(
      [...head, `Content-Length: ${smuggled.length + 5}`, "Transfer-Encoding: chunked"],
      `0\r\n\r\n${smuggled}`,
    ),
    "two different lengths": request(
      [...head, "Content-Length: 0", `Content-Length: ${smuggled.length}`],
      smuggled,
    ),
    "a length that isn't a number": request([...head, "Content-Length: +5"], "hello"),
    "a negative length": request([...head, "Content-Length: -1"], smuggled),
    "an encoding that looks like chunked": request(
      [...head, "Transfer-Encoding: xchunked"],
      `0\r\n\r\n${smuggled}`,
    ),
    "chunked twice": request(
      [...head, "Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
      `0\r\n\r\n${smuggled}`,
    ),
    "a space before the colon": request([...head, "Transfer-Encoding : chunked"], `0\r\n\r\n${smuggled}`),
    "a chunk size that isn't a number": request(
      [...head, "Transfer-Encoding: chunked"],
      `zz\r\nhello\r\n0\r\n\r\n`,
    ),
    "a header folded into the next line": request(
      [...head, "X-A: b", " Transfer-Encoding: chunked", `Content-Length: ${smuggled.length}`],
      smuggled,
    ),
    "a byte of zero in a header": request([...head, "X-A: a\0b", "Content-Length: 0"]),
    "a request line of another protocol": "GET / HTTP/0.9 HTTP/1.1\r\n\r\n",
  };
  /**
   * Chunked encoding takes precedence over a length, which is dropped; a folded line belongs to the previous one. The
   * store reads both in the same way.
   */
  const READ_BY_THE_STANDARD = ["two lengths, one of them chunked", "a header folded into the next line"];
  for (const [shape, bytes] of Object.entries(shapes)) {
    it(`prevents request smuggling with ${shape}`, async () => {
      const answer = await proxy.send(bytes, 1500);
      assert.deepEqual(statusesOf(answer), [READ_BY_THE_STANDARD.includes(shape) ? 200 : 400]);
      assert.deepEqual(
        proxy.got.filter(({ url }) => url === "/smuggled"),
        [],
      );
      for (const { headers } of proxy.got)
        assert.ok(
          !("content-length" in headers && "transfer-encoding" in headers),
          "it passes on two lengths",
        );
    });
  }

  for (const [what, lines, body] of [
    ["another version of HTTP", ["POST /cart HTTP/0.9", `Host: ${HOST}`, "Content-Length: 0"], ""],
    ["chunked with a comma after it", [...head, "Transfer-Encoding: chunked,"], "0\r\n\r\n"],
    ["a byte of zero", [...head, "X-A: a\0b", "Content-Length: 0"], ""],
  ] as const) {
    it(`refuses ${what} before it reaches the store`, async () => {
      assert.match(await proxy.send(request(lines, body), 1500), /^HTTP\/1\.1 400 .*<h1>400 Bad request/s);
      assert.deepEqual(proxy.got, []);
    });
  }

  for (const [title, host, status] of [
    ["ours", HOST, 200],
    ["ours in capitals and with a port", "STORE.example.com:443", 200],
    ["one that a wildcard covers", "a.shop.example.com", 200],
    ["another's", "evil.example.net", 421],
    ["one that only ends like ours", "notstore.example.com", 421],
    ["one that only begins like ours", "store.example.com.evil.example", 421],
    ["an address", "127.0.0.1", 421],
    ["empty", "", 421],
  ] as const) {
    it(`answers ${status} to a host that is ${title}`, async () => {
      const answer = await proxy.send(request(["GET / HTTP/1.1", `Host: ${host}`, "Connection: close"]));
      assert.deepEqual(statusesOf(answer), [status]);
      assert.equal(proxy.got.length, status === 200 ? 1 : 0);
    });
  }

  it("answers its balancer's health checks with any host", async () => {
    const answer = await proxy.send(
      request(["GET /proxy-health HTTP/1.1", "Host: 10.0.1.5:8443", "Connection: close"]),
    );
    assert.deepEqual(statusesOf(answer), [200]);
  });

  it("refuses headers that are larger than its buffer, or too many", async () => {
    const large = request(["GET / HTTP/1.1", `Host: ${HOST}`, `X-A: ${"a".repeat(17_000)}`]);
    const many = Array.from({ length: 150 }, (_, index) => `X-${index}: a`);
    for (const bytes of [large, request(["GET / HTTP/1.1", `Host: ${HOST}`, ...many])]) {
      const [status, ...more] = statusesOf(await proxy.send(bytes));
      // HAProxy 3 and later answer with RFC 6585's 431.
      assert.ok((status === 400 || status === 431) && more.length === 0, `${status}`);
    }
    assert.deepEqual(proxy.got, []);
  });

  it("limits the time of a slow client, and serves others meanwhile", async () => {
    const slow = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = await proxy.connect();
        let answer = "";
        socket.on("data", (chunk) => (answer += String(chunk))).on("error", () => undefined);
        socket.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n`);
        // Sends a header from time to time, and never the last one.
        const drip = setInterval(() => socket.writable && socket.write("X-A: b\r\n"), 200);
        const closed = once(socket, "close").then(() => clearInterval(drip));
        return { closed, answer: () => answer };
      }),
    );
    const start = performance.now();
    const served = await proxy.send(
      request(["GET /meanwhile HTTP/1.1", `Host: ${HOST}`, "Connection: close"]),
    );
    assert.deepEqual(statusesOf(served), [200]);
    await Promise.all(slow.map(({ closed }) => closed));
    assert.ok(performance.now() - start < 5000);
    for (const { answer } of slow) assert.deepEqual(statusesOf(answer()), [408]);
    assert.deepEqual(
      proxy.got.map(({ url }) => url),
      ["/meanwhile"],
    );
  });

  it("passes on the client's address from the balancer's header", async () => {
    await proxy.send(
      request([
        "GET / HTTP/1.1",
        `Host: ${HOST}`,
        "X-Forwarded-For: 6.6.6.6, 203.0.113.9",
        "X-Forwarded-Proto: https",
        "Connection: close",
      ]),
    );
    await proxy.send(request(["GET / HTTP/1.1", `Host: ${HOST}`, "Connection: close"]));
    assert.deepEqual(
      proxy.got.map(({ headers }) => [headers["x-forwarded-for"], headers["x-forwarded-proto"]]),
      [
        ["6.6.6.6, 203.0.113.9", "https"],
        ["127.0.0.1", "https"],
      ],
    );
  });

  for (const [title, method, headers, tries] of [
    ["retries a repeatable request on the next server", "GET", [], 4],
    ["retries an order with a key, too", "POST", ["Idempotency-Key: k", "Content-Length: 0"], 4],
    ["retries no other request", "POST", ["Content-Length: 0"], 1],
  ] as const) {
    it(title, async () => {
      // The server accepts the request, and closes the connection without an answer.
      proxy.answer = (one) => Boolean(one.socket.destroy());
      const lines = [`${method} / HTTP/1.1`, `Host: ${HOST}`, "Connection: close", ...headers];
      assert.deepEqual(statusesOf(await proxy.send(request(lines), 6000)), [502]);
      assert.equal(proxy.got.length, tries);
    });
  }
});

describeWith(["haproxy", "openssl"], "The stack's proxy with one client among others", () => {
  it("answers 429 to a client with too many requests, by the address that the balancer names, and serves the others", async () => {
    const proxy = await new Proxy().start({ requestsPer10Seconds: 20, clientFromEnd: 2 });
    try {
      const ask = async (client: string): Promise<number | undefined> => {
        const forwarded = `X-Forwarded-For: 198.51.100.1, ${client}, 203.0.113.80`;
        const lines = ["GET / HTTP/1.1", `Host: ${HOST}`, forwarded, "Connection: close"];
        return statusesOf(await proxy.send(request(lines)))[0];
      };
      const statuses: (number | undefined)[] = [];
      for (let index = 0; index < 25; index++) statuses.push(await ask("203.0.113.9"));
      assert.deepEqual(statuses, [...Array<number>(20).fill(200), ...Array<number>(5).fill(429)]);
      assert.equal(await ask("203.0.113.10"), 200);
      assert.equal(await ask("2001:db8::1"), 200);
    } finally {
      await proxy.stop();
    }
  });
});

describeWith(["haproxy", "openssl"], "The stack's proxy without any instance", () => {
  it("is unhealthy, and returns an error to visitors", async () => {
    const proxy = await new Proxy().start();
    try {
      await proxy.haproxy.ask(`set server ${HAPROXY_BACKEND}/server-1 state maint`);
      const get = (path: string) =>
        proxy.send(request([`GET ${path} HTTP/1.1`, `Host: ${HOST}`, "Connection: close"]));
      assert.deepEqual(statusesOf(await get("/proxy-health")), [503]);
      assert.deepEqual(statusesOf(await get("/")), [503]);
    } finally {
      await proxy.stop();
    }
  });

  it("supports HTTP/2, and no TLS before 1.2", async () => {
    const proxy = await new Proxy().start();
    try {
      const ca = readFileSync(join(proxy.folder, "ca.pem"), "utf8");
      const session = http2(`https://${proxy.config.bind}`, { ca, servername: HOST });
      const stream = session.request({ ":path": "/", ":authority": HOST });
      const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
      assert.equal(headers[":status"], 200);
      session.destroy();
      const old = { maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
      const port = Number(proxy.config.bind.split(":")[1]);
      const refused = connect({ host: "127.0.0.1", port, ca, servername: HOST, ...old });
      const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException];
      assert.match(error.code ?? "", /ALERT_PROTOCOL_VERSION|ECONNRESET/);
    } finally {
      await proxy.stop();
    }
  });

  it("shows its statistics on its private address only", async () => {
    const proxy = await new Proxy().start();
    try {
      const metrics = await (await fetch(`http://${proxy.config.metricsBind}/metrics`)).text();
      assert.match(metrics, /^haproxy_server_status\{proxy="store",server="server-1",state="UP"\} 1$/m);
      assert.equal((await fetch(`http://${proxy.config.metricsBind}/stats`)).status, 200);
      const lines = ["GET /metrics HTTP/1.1", `Host: ${HOST}`, "Connection: close"];
      assert.match(await proxy.send(request(lines)), /served$/);
    } finally {
      await proxy.stop();
    }
  });
});
