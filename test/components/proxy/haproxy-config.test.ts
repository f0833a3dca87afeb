import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { INSTANCE_PROTOCOLS, PROTOCOL_VERSIONS } from "../../../components/instance-endpoint";
import { type HaproxyConfig, renderHaproxyConfig } from "../../../components/proxy/haproxy-config";
import { Authority } from "../../support/certificates";
import { haproxyConfig } from "../../support/haproxy-config";
import { describeWith } from "../../support/programs";
import { endOf, type Run } from "../../support/rehearse";

/** Values of every option that changes which lines the configuration has. */
const CHOICES: { readonly [Key in keyof HaproxyConfig]?: readonly HaproxyConfig[Key][] } = {
  balance: ["roundrobin", "leastconn"],
  slowStartSeconds: [0, 30],
  stickinessSeconds: [0, 3600],
  agentPort: [undefined, 8444],
  hosts: [
    [],
    ["store.example.com"],
    ["*.example.com"],
    ["example.com", "*.example.com", "www.example.net"],
    // As many as the settings allow.
    Array.from({ length: 101 }, (_, index) => `n${index}.example.com`),
    Array.from({ length: 100 }, (_, index) => `*.n${index}.example.com`),
  ],
  requestsPer10Seconds: [0, 500],
};

/** Every way to reach servers; the other options don't affect it. */
const SERVERS = INSTANCE_PROTOCOLS.flatMap((protocol) =>
  PROTOCOL_VERSIONS.map((version) => ({ server: { port: 8443, protocol, version } })),
);

function combinations(): Partial<HaproxyConfig>[] {
  const all = Object.entries(CHOICES).reduce<Partial<HaproxyConfig>[]>(
    (some, [key, values]) => some.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  );
  return [...all, ...SERVERS, { login: true, clientCertificates: "verify" }];
}

describeWith(["haproxy", "openssl"], "haproxy.cfg", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "haproxy-"));
    new Authority(folder).issue("certificate", { name: "localhost", days: 30 });
    writeFileSync(join(folder, "servers"), "1\n");
    // Without this, each check reads the certificates of all authorities, for requests that HAProxy itself makes.
    writeFileSync(join(folder, "quick.cfg"), "global\n    httpclient.ssl.verify none\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  const check = (text: string, name = "haproxy.cfg"): Promise<Run> => {
    writeFileSync(join(folder, name), text);
    return endOf(spawn("haproxy", ["-c", "-f", "quick.cfg", "-f", name], { cwd: folder }));
  };

  it("is valid without a warning for every combination of settings", async () => {
    const all = combinations();
    assert.equal(all.length, 199);
    const refused: string[] = [];
    const checkNext = async (): Promise<void> => {
      for (let choice = all.pop(); choice !== undefined; choice = all.pop()) {
        const text = renderHaproxyConfig(haproxyConfig(folder, choice));
        const { status, stdout, stderr } = await check(text, `${all.length}.cfg`);
        const said = `${stdout}${stderr}`;
        if (status !== 0 || /WARNING|ALERT/.test(said)) refused.push(`${JSON.stringify(choice)}\n${said}`);
      }
    };
    await Promise.all(Array.from({ length: 4 }, checkNext));
    assert.deepEqual(refused.slice(0, 1), []);
  });

  it("is invalid with a keyword that HAProxy does not know", async () => {
    const text = renderHaproxyConfig(haproxyConfig(folder)).replace("balance roundrobin", "balance evenly");
    assert.notEqual((await check(text)).status, 0);
  });

  it("is the same text for the same settings, and ends with a newline", () => {
    const text = renderHaproxyConfig(haproxyConfig(folder));
    assert.equal(text, renderHaproxyConfig({ ...haproxyConfig(folder) }));
    assert.match(text, /[^\n]\n$/);
  });
});
