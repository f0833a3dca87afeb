import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  HAPROXY_BACKEND,
  type HaproxyConfig,
  renderHaproxyConfig,
} from "../../../components/proxy/haproxy-config";
import { HAProxy } from "../../../tools/balance/haproxy-process";
import { freePort } from "../../support/balancers";
import { Authority } from "../../support/certificates";
import { haproxyConfig } from "../../support/haproxy-config";
import { describeWith } from "../../support/programs";

/** Headers with which a client may try to impersonate another user. */
const FORGED = {
  "x-amzn-oidc-data": "forged",
  "X-Amzn-Oidc-Identity": "forged",
  "x-amzn-oidc-accesstoken": "forged",
  "X-Amzn-Mtls-Clientcert-Subject": "CN=forged",
  "x-amzn-mtls-clientcert": "forged",
  "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
};

describeWith(["haproxy", "openssl"], "A client's forged identity headers", () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** The headers that a server gets through HAProxy, of those that a client sends. */
  async function received(
    choice: Partial<Pick<HaproxyConfig, "login" | "clientCertificates">> = {},
  ): Promise<IncomingHttpHeaders> {
    const folder = mkdtempSync(join(tmpdir(), "proxy-"));
    ends.push(() => rmSync(folder, { recursive: true }));
    new Authority(folder).issue("certificate", { name: "localhost", days: 30 });
    const server = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    ends.push(() => server.close());
    const port = await freePort();
    const config = haproxyConfig(folder, {
      bind: `127.0.0.1:${port}`,
      metricsBind: `127.0.0.1:${await freePort()}`,
      ...choice,
    });
    writeFileSync(config.stateFile, "1\n");
    writeFileSync(join(folder, "haproxy.cfg"), renderHaproxyConfig(config));
    const haproxy = await HAProxy.start(join(folder, "haproxy.cfg"), config.adminSocket);
    ends.push(() => haproxy.stop());
    await haproxy.fill(`${HAPROXY_BACKEND}/server-1`, "127.0.0.1", (server.address() as AddressInfo).port);
    const ca = readFileSync(join(folder, "ca.pem"), "utf8");
    for (let attempt = 0; ; attempt++) {
      const asked = request({
        port,
        host: "127.0.0.1",
        servername: "localhost",
        ca,
        headers: FORGED,
        agent: false,
      });
      const [response] = (await once(asked.end(), "response")) as [IncomingMessage];
      let text = "";
      for await (const chunk of response) text += String(chunk);
      if (response.statusCode === 200) return JSON.parse(text) as IncomingHttpHeaders;
      assert.ok(attempt < 100, text);
      await sleep(50);
    }
  }

  const identities = (headers: IncomingHttpHeaders): string[] =>
    Object.keys(headers).filter((name) => /^x-amzn-(oidc|mtls)/.test(name));

  it("are removed without a login, in any case, and other headers are kept", async () => {
    const headers = await received();
    assert.deepEqual(identities(headers), []);
    assert.equal(headers["x-amzn-trace-id"], FORGED["x-amzn-trace-id"]);
  });

  it("are kept if a login is set, as the load balancer overwrites them, except those of certificates", async () => {
    assert.deepEqual(identities(await received({ login: true })).sort(), [
      "x-amzn-oidc-accesstoken",
      "x-amzn-oidc-data",
      "x-amzn-oidc-identity",
    ]);
  });

  it("are kept if certificates are verified, as the load balancer overwrites them, except the chain", async () => {
    assert.deepEqual(identities(await received({ clientCertificates: "verify" })), [
      "x-amzn-mtls-clientcert-subject",
    ]);
  });

  it("are kept for the chain only if certificates are passed through", async () => {
    assert.deepEqual(identities(await received({ clientCertificates: "passthrough" })), [
      "x-amzn-mtls-clientcert",
    ]);
  });
});
