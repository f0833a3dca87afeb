import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { ProtocolVersion } from "../../../components/instance-endpoint";
import { HAPROXY_BACKEND, renderHaproxyConfig } from "../../../components/proxy/haproxy-config";
import { HAProxy } from "../../../tools/balance/haproxy-process";
import { type Sample, send } from "../../../tools/balance/load";
import { freePort } from "../../support/balancers";
import { Authority } from "../../support/certificates";
import { haproxyConfig } from "../../support/haproxy-config";
import { describeWith } from "../../support/programs";
import { Store } from "../../support/store";
import { Terminator } from "../../support/terminator";

describeWith(["bash", "haproxy", "openssl"], "Proxies with TLS to instances", () => {
  const ends: (() => unknown)[] = [];
  let folder: string;
  let port: number;
  let haproxy: HAProxy;
  let terminators: Terminator[];

  /** Starts two instances and the proxy in front of them. */
  const start = async (version: ProtocolVersion): Promise<void> => {
    folder = mkdtempSync(join(tmpdir(), "proxy-"));
    ends.push(() => rmSync(folder, { recursive: true }));
    new Authority(folder).issue("certificate", { name: "localhost", days: 30 });
    terminators = [];
    for (let index = 0; index < 2; index++) {
      const terminator = await Terminator.start({ version });
      ends.push(() => terminator.end());
      terminators.push(terminator);
    }
    port = await freePort();
    const config = haproxyConfig(folder, {
      bind: `127.0.0.1:${port}`,
      metricsBind: `127.0.0.1:${await freePort()}`,
      server: { port: 8443, protocol: "https", version },
    });
    writeFileSync(config.stateFile, "1\n");
    writeFileSync(join(folder, "haproxy.cfg"), renderHaproxyConfig(config));
    haproxy = await HAProxy.start(join(folder, "haproxy.cfg"), config.adminSocket);
    ends.push(() => haproxy.stop());
    for (const [index, terminator] of terminators.entries())
      await haproxy.fill(slot(index), "127.0.0.1", terminator.port);
  };
  const slot = (index: number): string => `${HAPROXY_BACKEND}/server-${index + 1}`;
  const isUp = async (wanted: number): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      const servers = await haproxy.servers(HAPROXY_BACKEND);
      if (servers.filter(({ status }) => status === "UP").length === wanted) return;
      assert.ok(attempt < 200, JSON.stringify(servers.slice(0, 2)));
      await sleep(50);
    }
  };

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  it("lose no request while one of the stores drains and stops", async () => {
    await start("http1");
    const copies = await Promise.all(
      terminators.map(({ applicationPort }) =>
        Store.start({ HOST: "127.0.0.1", PORT: String(applicationPort), DRAIN_SECONDS: "2" }),
      ),
    );
    ends.push(...copies.map((copy) => () => copy.stop()));
    await isUp(2);
    const [samples] = await Promise.all([
      send({
        port,
        host: "localhost",
        ca: readFileSync(join(folder, "ca.pem"), "utf8"),
        path: "/",
        requests: 20_000,
        seconds: 4,
        concurrency: 6,
        pause: 10,
      }),
      sleep(800).then(() => copies[1]?.stop()),
    ]);
    const failures = samples.filter(({ failure }: Sample) => failure !== undefined);
    assert.ok(samples.length > 50, String(samples.length));
    assert.deepEqual(failures, []);
    await isUp(1);
  });

  it("pass on gRPC, and report in their health check whether an instance is available", async () => {
    await start("grpc");
    const session = connect(`https://localhost:${port}`, { rejectUnauthorized: false });
    ends.push(() => session.destroy());
    const call = async (
      path: string,
      message: string,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<IncomingHttpHeaders & { readonly said: string }> => {
      const stream = session.request({
        ":method": "POST",
        ":path": path,
        "content-type": "application/grpc",
        te: "trailers",
        ...headers,
      });
      let trailers: IncomingHttpHeaders = {};
      stream.once("trailers", (headers: IncomingHttpHeaders) => (trailers = headers));
      stream.setEncoding("utf8").end(message);
      let said = "";
      stream.on("data", (chunk) => (said += String(chunk)));
      const [[head]] = (await Promise.all([once(stream, "response"), once(stream, "end")])) as [
        [IncomingHttpHeaders],
        unknown,
      ];
      return { ...head, ...trailers, said };
    };
    // HAProxy treats its servers as up until their first check.
    for (let attempt = 0; (await call("/proxy-health", ""))["grpc-status"] !== "14"; attempt++) {
      assert.ok(attempt < 100, "It is healthy without an instance.");
      await sleep(50);
    }

    for (const { applicationPort } of terminators) {
      const server = createServer({ maxHeaderListPairs: 1000 });
      server.on("stream", (stream: ServerHttp2Stream, headers) => {
        if (headers[":path"] !== "/shop.Cart/Add") {
          const unimplemented = { ":status": 200, "content-type": "application/grpc", "grpc-status": "12" };
          return stream.respond(unimplemented, { endStream: true });
        }
        stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
        stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
        return stream.pipe(stream);
      });
      server.listen(applicationPort, "127.0.0.1");
      await once(server, "listening");
      ends.push(() => server.close());
    }
    await isUp(2);
    const healthy = await call("/proxy-health", "");
    assert.deepEqual([healthy["grpc-status"], healthy["content-type"]], ["0", "application/grpc"]);
    const answer = await call("/shop.Cart/Add", "a cup");
    assert.deepEqual([answer["grpc-status"], answer.said], ["0", "a cup"]);

    // One visitor's long head must not end the connection, which a load balancer shares among visitors.
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`x-${index}`, "a"]));
    const long = Object.fromEntries(["a", "b", "c", "d"].map((name) => [`x-${name}`, name.repeat(15_000)]));
    for (const headers of [many, long])
      assert.equal((await call("/shop.Cart/Add", "a cup", headers))["grpc-status"], "0");
  });
});
