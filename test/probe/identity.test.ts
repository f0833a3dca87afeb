import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Authority } from "../support/certificates";
import { probe, probeJson } from "../support/probe";
import { describeWith } from "../support/programs";

describeWith(["openssl"], "The probe for a server that requires client identity", () => {
  let folder: string;
  let server: Server;
  let url: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "identity-"));
    const authority = new Authority(folder);
    const [own, client] = ["own", "client"].map((name) =>
      authority.issue(name, { name: "localhost", days: 30 }),
    );
    writeFileSync(join(folder, "token"), "header.claims.signature\n");
    const ca = readFileSync(authority.file);
    assert.ok(client);
    const pem = readFileSync(own!);
    server = createServer({ key: pem, cert: pem, ca, requestCert: true }, (request, response) => {
      const isKnown = request.headers.authorization === "Bearer header.claims.signature";
      response.writeHead(isKnown ? 200 : 401, { "X-Served-By": "one" }).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string): string => join(folder, name);
  const few = () => ["--ca", file("ca.pem"), "--expect", "one=1", "--requests", "300", "--rate", "2000"];

  it("gets a response with a certificate and a token, and fails without one of them", async () => {
    const certificate = ["--cert", file("client.pem"), "--key", file("client.key")];
    const all = await probeJson([url, ...few(), ...certificate, "--bearer", file("token")]);
    assert.equal(all.check("health")?.passed, true, JSON.stringify(all.report.checks));
    assert.equal(all.check("tls-versions")?.passed, true);
    const noToken = await probeJson([url, ...few(), ...certificate]);
    assert.match(noToken.check("health")?.detail ?? "", /status 401/);
    const noCertificate = await probe([url, ...few(), "--bearer", file("token")]);
    assert.equal(noCertificate.status, 2, noCertificate.stdout);
    assert.match(noCertificate.stderr, /can't be reached/);
  });

  it("fails without the key, and with missing or invalid files", async () => {
    const { status, stderr } = await probe([url, "--cert", file("token"), "--bearer", file("none")]);
    assert.equal(status, 2);
    assert.match(stderr, /--cert \S+token is not a certificate in PEM/);
    assert.match(stderr, /--bearer \S+none doesn't exist/);
    assert.match(stderr, /--cert and --key go together: give both/);
  });
});
