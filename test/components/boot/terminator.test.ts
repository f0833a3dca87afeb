import assert from "node:assert/strict";
import { once } from "node:events";
import { statSync } from "node:fs";
import {
  createServer as createHttp,
  request as requestHttp,
  type IncomingMessage,
  type Server,
} from "node:http";
import {
  type ClientHttp2Stream,
  connect as connectHttp2,
  constants,
  createServer as createHttp2,
  type IncomingHttpHeaders,
} from "node:http2";
import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls, type TLSSocket } from "node:tls";

import { renderUserData } from "../../../components/fleet/user-data";
import { isOpen } from "../../support/balancers";
import { Instance } from "../../support/instance";
import { describeWith } from "../../support/programs";
import { Store } from "../../support/store";
import { Terminator } from "../../support/terminator";
import { store } from "../../support/user-data";

/** TLS as a load balancer uses it, without validating the name. */
const UNVALIDATED = { rejectUnauthorized: false, host: "127.0.0.1" } as const;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

async function ask(port: number, path: string, options: object = {}, body = ""): Promise<Answer> {
  const asked = request({ ...UNVALIDATED, port, path, agent: false, ...options }).end(body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** A response without an end. */
function endless(this: Readable): void {
  this.push(Buffer.alloc(16 * 1024));
}

/** Names of header fields. */
function fields(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x-${index}`);
}

async function listen(server: Server | ReturnType<typeof createHttp2>, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

describeWith(["bash", "haproxy", "openssl"], "An instance with TLS termination", () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const start = async (...args: Parameters<typeof Terminator.start>): Promise<Terminator> => {
    const terminator = await Terminator.start(...args);
    ends.push(() => terminator.end());
    return terminator;
  };
  const serve = async (
    terminator: Terminator,
    answer: NonNullable<Parameters<typeof createHttp>[1]>,
    options = {},
  ): Promise<Server> => {
    const server = createHttp(options, answer);
    await listen(server, terminator.applicationPort);
    ends.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return server;
  };

  it("installs HAProxy, and starts it before any kind of application", async () => {
    const { calls, unit } = await start();
    assert.deepEqual(calls, [
      "dnf install --assumeyes haproxy",
      "systemctl daemon-reload",
      "systemctl enable --now store-tls.service store.service",
    ]);
    for (const line of [
      "Before=store.service",
      "DynamicUser=yes",
      "RuntimeDirectoryMode=0700",
      "Restart=always",
    ])
      assert.ok(unit.includes(line), line);
  });

  it("generates a private key at each start, readable by HAProxy only, and not in user data", async () => {
    const terminator = await start();
    const { certificate } = terminator;
    assert.equal(statSync(terminator.certificateFile).mode & 0o777, 0o600);
    assert.match(certificate, /BEGIN PRIVATE KEY[^]*BEGIN CERTIFICATE/);
    terminator.makeCertificate();
    assert.notEqual(terminator.certificate, certificate);
    assert.doesNotMatch(renderUserData({ ...store, tlsPort: 8443 }), /BEGIN/);
  });

  it("serves TLS 1.2 and 1.3 only, and no plain text", async () => {
    const terminator = await start();
    await serve(terminator, (_, response) => response.end("ok"));
    for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
      const socket: TLSSocket = connectTls({
        ...UNVALIDATED,
        port: terminator.port,
        minVersion: version,
        maxVersion: version,
      });
      await once(socket, "secureConnect");
      assert.equal(socket.getProtocol(), version);
      socket.destroy();
    }
    const old = connectTls({
      ...UNVALIDATED,
      port: terminator.port,
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
    });
    await assert.rejects(once(old, "secureConnect"), /alert|protocol/i);
    const plain = requestHttp({ host: "127.0.0.1", port: terminator.port, agent: false }).end();
    await assert.rejects(once(plain, "response"));
  });

  it("passes on the sample store's pages and answers", async () => {
    const terminator = await start();
    const copy = await Store.start({ HOST: "127.0.0.1", PORT: String(terminator.applicationPort) });
    ends.push(() => copy.stop());
    assert.equal((await ask(terminator.port, "/readyz")).status, 200);
    const { status, headers, body } = await ask(terminator.port, "/");
    assert.equal(status, 200);
    assert.match(String(headers["content-type"]), /^text\/html/);
    assert.match(body, /<html/);
  });

  it("changes nothing in a request, even with the longest head that the load balancer accepts", async () => {
    const terminator = await start();
    await serve(
      terminator,
      (incoming, response) => {
        void text(incoming).then((body) =>
          response.end(JSON.stringify([incoming.url, incoming.headers, body])),
        );
      },
      { maxHeaderSize: 128 * 1024 },
    );
    const headers = {
      host: "store.example.com",
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-proto": "https",
      cookie: "a".repeat(15_000),
      ...Object.fromEntries(["a", "b", "c"].map((name) => [`x-${name}`, name.repeat(15_000)])),
    };
    const { status, body } = await ask(terminator.port, "/a?b=c", { method: "POST", headers }, "body");
    assert.equal(status, 200);
    const [url, got, sent] = JSON.parse(body) as [string, Record<string, string>, string];
    assert.deepEqual([url, sent], ["/a?b=c", "body"]);
    const { connection: _, "content-length": __, "transfer-encoding": ___, ...others } = got;
    assert.deepEqual(others, headers);
  });

  it("changes nothing in a head with many fields, in a request or a response", async () => {
    const terminator = await start();
    await serve(terminator, (incoming, response) => {
      for (const name of fields(300)) response.setHeader(name, "b");
      response.end(String(Object.keys(incoming.headers).filter((name) => name.startsWith("x-")).length));
    });
    const headers = Object.fromEntries(fields(300).map((name) => [name, "a"]));
    const answer = await ask(terminator.port, "/", { headers });
    assert.deepEqual([answer.status, answer.body], [200, "300"]);
    assert.equal(Object.keys(answer.headers).filter((name) => name.startsWith("x-")).length, 300);
  });

  it("closes the connection without an application, so that the load balancer's check fails", async () => {
    const terminator = await start();
    await assert.rejects(ask(terminator.port, "/healthz"), /socket hang up|ECONNRESET/);
  }).timeout(10_000);

  it("passes on WebSockets", async () => {
    const terminator = await start();
    const server = await serve(terminator, (_, response) => response.end());
    server.on("upgrade", (_, socket) => {
      // RFC 6455, section 1.3: the response to that key.
      const accepted = [
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Accept: s3pPLBMiTxaQ9kYGzzhZRbK+xOo=",
      ];
      socket.write(["HTTP/1.1 101 Switching Protocols", ...accepted, "", ""].join("\r\n"));
      socket.pipe(socket);
    });
    const asked = request({
      ...UNVALIDATED,
      port: terminator.port,
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      },
    }).end();
    asked.once("response", ({ statusCode }) => asked.destroy(new Error(`answered ${statusCode}`)));
    const [, socket] = (await once(asked, "upgrade")) as [IncomingMessage, TLSSocket];
    socket.write("echo");
    assert.equal(String((await once(socket, "data"))[0]), "echo");
    socket.destroy();
  });

  it("loses no request while its store drains and stops", async () => {
    const terminator = await start();
    const copy = await Store.start({
      HOST: "127.0.0.1",
      PORT: String(terminator.applicationPort),
      DRAIN_SECONDS: "1",
    });
    ends.push(() => copy.stop());
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    ends.push(() => agent.destroy());
    const statuses: (number | undefined)[] = [];
    let isReady = true;
    const visit = async (): Promise<void> => {
      // A load balancer sends requests as long as the store reports that it is ready.
      while (isReady) statuses.push((await ask(terminator.port, "/", { agent })).status);
    };
    const watch = async (): Promise<void> => {
      while (isReady) {
        isReady = (await ask(terminator.port, "/readyz")).status === 200;
        await sleep(20);
      }
    };
    const visits = [watch(), ...Array.from({ length: 4 }, visit)];
    while (statuses.length < 20) await sleep(20);
    copy.process.kill("SIGTERM");
    await Promise.all(visits);
    assert.deepEqual(
      statuses.filter((status) => status !== 200),
      [],
    );
    if (copy.process.exitCode === null) await once(copy.process, "exit");
    assert.equal(copy.process.exitCode, 0);
  });

  for (const version of ["http2", "grpc"] as const) {
    it(`supports HTTP/2 on both sides: ${version}, with bidirectional streams and trailers`, async () => {
      const terminator = await start({ version });
      const server = createHttp2();
      server.on("stream", (stream) => {
        stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
        stream.pipe(stream);
      });
      await listen(server, terminator.applicationPort);
      ends.push(() => server.close());
      const session = connectHttp2(`https://127.0.0.1:${terminator.port}`, { rejectUnauthorized: false });
      ends.push(() => session.destroy());
      await once(session, "connect");
      assert.equal(session.alpnProtocol, "h2");
      const stream = session.request({
        [constants.HTTP2_HEADER_METHOD]: "POST",
        [constants.HTTP2_HEADER_PATH]: "/shop.Cart/Watch",
        "content-type": "application/grpc",
        te: "trailers",
      });
      const trailers = once(stream, "trailers") as Promise<[IncomingHttpHeaders]>;
      for (const message of ["one", "two"]) {
        stream.write(message);
        assert.equal(String((await once(stream, "data"))[0]), message);
      }
      stream.end();
      assert.equal((await trailers)[0]["grpc-status"], "0");
    });
  }

  it("delays no visitor because of a slow one on the same connection", async () => {
    const terminator = await start({ version: "grpc" });
    const server = createHttp2();
    server.on("stream", (stream, { [constants.HTTP2_HEADER_PATH]: path }) => {
      if (path === "/unread") return stream.pause();
      stream.respond({ ":status": 200 });
      return path === "/endless" ? new Readable({ read: endless }).pipe(stream) : stream.end("ok");
    });
    await listen(server, terminator.applicationPort);
    ends.push(() => server.close());
    const session = connectHttp2(`https://127.0.0.1:${terminator.port}`, { rejectUnauthorized: false });
    ends.push(() => session.destroy());
    const post = (path: string): ClientHttp2Stream =>
      session.request({ [constants.HTTP2_HEADER_METHOD]: "POST", [constants.HTTP2_HEADER_PATH]: path });
    post("/endless").pause().end();
    post("/unread").write(Buffer.alloc(1024 * 1024));
    await sleep(500);
    const other = post("/").end();
    assert.equal(await Promise.race([text(other), sleep(3000, "nothing for 3 s")]), "ok");
  }).timeout(10_000);
});

describeWith(["bash", "python3"], "An application behind TLS termination", () => {
  let instance: Instance;
  beforeEach(() => (instance = new Instance()));
  afterEach(() => instance.end());

  it("listens on loopback only: the built-in page", async () => {
    for (const tlsPort of [undefined, 8443]) {
      const port = 20_000 + (process.pid % 10_000) * 2 + (tlsPort === undefined ? 0 : 1);
      assert.equal(instance.boot(renderUserData({ ...store, port, tlsPort })).status, 0);
      instance.start("/opt/store/server.py", await instance.metadata());
      for (let attempt = 0; !(await isOpen(port)); attempt++) {
        assert.ok(attempt < 200, "It doesn't listen.");
        await sleep(25);
      }
      // All addresses of 127.0.0.0/8 belong to this machine.
      assert.equal(await isOpen(port, "127.0.0.2"), tlsPort === undefined);
    }
  });

  it("listens on loopback only: a container's port", () => {
    const image = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;
    const userData = renderUserData({
      ...store,
      tlsPort: 8443,
      application: { source: "container", image, command: [] },
    });
    assert.match(userData, / --publish 127\.0\.0\.1:8080:8080 /);
  });

  it("listens on loopback only: the sample store", () => {
    const release = { bucket: "b", key: "k", sha256: "0".repeat(64), ordersTable: "t" };
    const userData = renderUserData({
      ...store,
      tlsPort: 8443,
      application: { source: "store", ...release },
    });
    assert.match(userData, /^Environment=HOST=127\.0\.0\.1$/m);
  });
});
