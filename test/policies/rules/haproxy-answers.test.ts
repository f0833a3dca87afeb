/** Runs the configurations that the rule judges on HAProxy. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import tls from "node:tls";

import { Authority } from "../../support/certificates";
import { describeWith, pathOf } from "../../support/programs";
import { CHECKED, configOf, KEPT, placed, type Places, type Row, SERVED, UNCHECKED } from "./haproxy-answers";

describeWith(["haproxy", "openssl"], "HAProxy itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "haproxy-answers-"));
  const server = http.createServer((_, response) => response.end("the store"));
  const failing = http.createServer((_, response) =>
    response.writeHead(503, { "x-failing": "1" }).end("503 Service Unavailable"),
  );
  const answers = new Map<Row, string | undefined>();
  before(async function () {
    this.timeout(60_000);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const crt = new Authority(folder).issue("shop", { name: "shop.example.com", days: 30 });
    failing.listen(0, "127.0.0.1");
    await once(failing, "listening");
    const rows = [...KEPT, ...SERVED, ...CHECKED, ...UNCHECKED];
    for (let at = 0; at < rows.length; at += 16) {
      await Promise.all(
        rows
          .slice(at, at + 16)
          .map(async (row) =>
            answers.set(
              row,
              await (CHECKED.includes(row) || UNCHECKED.includes(row)
                ? sent(row, folder, portOf(failing))
                : served(row, crt, folder, portOf(server))),
            ),
          ),
      );
    }
  });
  after(() => {
    server.close();
    failing.close();
    rmSync(folder, { recursive: true });
  });

  for (const row of KEPT)
    it(`serves nothing in plain text or with weak TLS: ${row.title}`, () =>
      assert.equal(answers.get(row), undefined));
  for (const row of SERVED)
    it(`serves plain text or weak TLS: ${row.title}`, () => assert.notEqual(answers.get(row), undefined));
  for (const row of CHECKED)
    it(`sends no visitor to a failing server: ${row.title}`, () => assert.equal(answers.get(row), undefined));
  for (const row of UNCHECKED)
    it(`sends visitors to a failing server: ${row.title}`, () => assert.equal(answers.get(row), "sent"));
});

/**
 * What HAProxy serves unencrypted, with an old TLS version, or with ciphers that protect nothing, when it runs a row.
 */
async function served(row: Row, crt: string, folder: string, server: number): Promise<string | undefined> {
  return running(row, { crt, folder, server }, async (plain, secure) => {
    const asked = [
      ...PROBES.map((probe) => inClearText(plain, probe)),
      ...(["TLSv1", "TLSv1.1"] as const).map((version) => byTls(secure, version, "DEFAULT")),
      ...["eNULL", "aNULL"].map((ciphers) => byTls(secure, "TLSv1.2", ciphers)),
    ];
    return (await Promise.all(asked)).find((answer) => answer !== undefined);
  });
}

/**
 * Returns "sent" if HAProxy, after its health checks, still sends visitors to a server that answers every request with
 * an error, which a header marks. On a busy machine a check may be late, so requests are repeated until ten answers in
 * a row agree.
 */
async function sent(row: Row, folder: string, server: number): Promise<string | undefined> {
  return running(row, { crt: "none", folder, server }, async (port) => {
    await sleep(2000);
    let [last, count] = [false, 0];
    while (count < 10) {
      const { headers } = await fetch(`http://127.0.0.1:${port}/`);
      count = headers.has("x-failing") === last ? count + 1 : 1;
      last = headers.has("x-failing");
      await sleep(100);
    }
    return last ? "sent" : undefined;
  });
}

/** Runs a row, and sends requests to its ports for plain HTTP and for TLS. */
async function running(
  row: Row,
  { crt, folder, server }: { readonly crt: string; readonly folder: string; readonly server: number },
  ask: (plain: number, secure: number) => Promise<string | undefined>,
): Promise<string | undefined> {
  const [plain, other, secure] = await Promise.all([freePort(), freePort(), freePort()]);
  const file = join(folder, String(plain));
  const places: Places = {
    PLAIN: String(plain),
    OTHER: String(other),
    TLS: String(secure),
    SERVER: `127.0.0.1:${server}`,
    CRT: crt,
    LIST: `${file}.lst`,
  };
  writeFileSync(places.LIST, `${placed((row.list ?? []).join("\n"), places)}\n`);
  // OpenSSL disables old versions by default; at its lowest security level, only the configuration counts.
  const config = configOf(row, places, "ssl-default-bind-ciphers DEFAULT:@SECLEVEL=0");
  writeFileSync(`${file}.cfg`, `${config}\n`);
  const child = spawn(pathOf("haproxy")!, ["-db", "-f", `${file}.cfg`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  try {
    const ports = [plain, secure].filter((port) => config.includes(`:${port}`));
    await Promise.all(ports.map((port) => listening(port, () => child.exitCode)));
    return await ask(plain, secure);
  } catch (error) {
    console.log(`${row.title}: ${String(error)}\n${errors}`);
    return "ERR";
  } finally {
    child.kill();
  }
}

const PROBES = ["/", "/login", "/a"].flatMap((path) =>
  ["GET", "POST"].flatMap((method) =>
    ["a.example.com", "b.example.com"].map((host) => ({ path, method, host })),
  ),
);

/** The response to an unencrypted request, unless it redirects to HTTPS or refuses. */
async function inClearText(
  port: number,
  { path, method, host }: (typeof PROBES)[number],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = http.request({ port, path, method, headers: { host } }, (response) => {
      response.resume();
      const { statusCode: status = 0, headers } = response;
      const leads = status >= 300 && status < 400 && headers.location?.startsWith("https://");
      const isServed = status < 400 ? !leads : status === 401;
      resolve(isServed ? `${status} to ${method} ${host}${path}` : undefined);
    });
    request.on("error", () => resolve(undefined));
    request.end();
  });
}

/** The version and the ciphers, if HAProxy accepts them. */
async function byTls(
  port: number,
  version: "TLSv1" | "TLSv1.1" | "TLSv1.2",
  ciphers: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      port,
      host: "127.0.0.1",
      servername: "shop.example.com",
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      ciphers: `${ciphers}:@SECLEVEL=0`,
    });
    socket.once("secureConnect", () => {
      socket.destroy();
      resolve(`${version} ${ciphers}`);
    });
    socket.once("error", () => resolve(undefined));
  });
}

async function listening(port: number, exitCode: () => number | null): Promise<void> {
  for (;;) {
    if (exitCode() !== null) throw new Error(`haproxy ended with ${exitCode()}`);
    const socket = net.connect(port, "127.0.0.1");
    const [is] = await Promise.race([
      once(socket, "connect").then(() => [true]),
      new Promise<[boolean]>((resolve) => socket.once("error", () => resolve([false]))),
    ]).catch(() => [false]);
    socket.destroy();
    if (is) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const port = portOf(probe);
  probe.close();
  return port;
}

function portOf(server: net.Server): number {
  return (server.address() as net.AddressInfo).port;
}
