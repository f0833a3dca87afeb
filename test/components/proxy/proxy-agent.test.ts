import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { HAPROXY_BACKEND, renderHaproxyConfig } from "../../../components/proxy/haproxy-config";
import { HAProxy, type ServerState } from "../../../tools/balance/haproxy-process";
import { freePort, portOf } from "../../support/balancers";
import { Authority } from "../../support/certificates";
import { haproxyConfig } from "../../support/haproxy-config";
import { Moto } from "../../support/moto";
import { describeWith } from "../../support/programs";
import { ROOT } from "../../support/rehearse";

const STORE = { Name: "web-store-backend-ec2-instance", Stack: "prod" };

/** A proxy: HAProxy, its agent, and instances on loopback addresses. */
class Proxy {
  readonly folder = mkdtempSync(join(tmpdir(), "proxy-"));
  readonly log: Readonly<Record<string, unknown>>[] = [];
  private agent: ChildProcess | undefined;
  instances!: Server;
  haproxy!: HAProxy;

  async start(moto: Moto): Promise<void> {
    new Authority(this.folder).issue("certificate", { name: "localhost", days: 30 });
    this.instances = createServer((_, response) => response.end("ok"));
    this.instances.listen(0, "0.0.0.0");
    await once(this.instances, "listening");
    const config = haproxyConfig(this.folder, {
      bind: `127.0.0.1:${await freePort()}`,
      metricsBind: `127.0.0.1:${await freePort()}`,
      server: { port: portOf(this.instances), protocol: "http", version: "http1" },
    });
    writeFileSync(join(this.folder, "haproxy.cfg"), renderHaproxyConfig(config));
    this.haproxy = await HAProxy.start(join(this.folder, "haproxy.cfg"), config.adminSocket);
    this.startAgent(moto);
  }

  private get env(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      ADMIN_SOCKET: join(this.folder, "admin.sock"),
      KNOWN_FILE: join(this.folder, "known.json"),
      STATE_FILE: join(this.folder, "servers"),
      SERVER_PORT: String(portOf(this.instances)),
    };
  }

  startAgent(moto: Moto): void {
    this.agent = spawn(join(ROOT, ".venv/bin/python"), [join(ROOT, "components/proxy/proxy_agent.py")], {
      env: {
        ...this.env,
        GROUP_TAGS: JSON.stringify({ Name: [STORE.Name, "another"], Stack: [STORE.Stack] }),
        INSTANCE_WEIGHTS: "yes",
        POLL_SECONDS: "0.3",
        PAGE_SIZE: "5",
        DRAIN_SECONDS: "1",
        AWS_ENDPOINT_URL: moto.url,
        AWS_DEFAULT_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        PYTHONDONTWRITEBYTECODE: "1",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (this.agent.stdout === null) throw new Error("The agent's output isn't piped.");
    createInterface({ input: this.agent.stdout }).on("line", (line) =>
      this.log.push(JSON.parse(line) as Readonly<Record<string, unknown>>),
    );
  }

  stopAgent(): void {
    this.agent?.kill("SIGKILL");
  }

  saveState(): void {
    const python = join(ROOT, ".venv/bin/python");
    const agent = join(ROOT, "components/proxy/proxy_agent.py");
    assert.equal(spawnSync(python, [agent, "save-state"], { env: this.env }).status, 0);
  }

  async stop(): Promise<void> {
    this.stopAgent();
    await this.haproxy?.stop();
    this.instances?.close();
    rmSync(this.folder, { recursive: true });
  }

  /** The servers in service, by address. */
  async inService(): Promise<Map<string, ServerState>> {
    const servers = await this.haproxy.servers(HAPROXY_BACKEND);
    return new Map(servers.filter(({ status }) => status.startsWith("UP")).map((one) => [one.address, one]));
  }

  async until(
    what: string,
    holds: (servers: Map<string, ServerState>) => boolean,
  ): Promise<Map<string, ServerState>> {
    for (let attempt = 0; attempt < 75; attempt++) {
      const servers = await this.inService();
      if (holds(servers)) return servers;
      await sleep(200);
    }
    const last = [...(await this.inService()).values()].map(({ address, weight }) => `${address} ${weight}`);
    assert.fail(`${what}: it has ${last.join(", ")}; its log: ${JSON.stringify(this.log.slice(-5))}`);
  }
}

const address = (index: number): string => `127.0.1.${index + 1}`;

describeWith(["haproxy", "openssl", "moto_server"], "a proxy's agent, with thirty instances in moto", () => {
  let moto: Moto;
  let proxy: Proxy;
  let url: string;
  const fill = (wanted: object): Promise<unknown> =>
    moto.setUp("test/components/proxy/store-instances.py", { groups: [], ...wanted });

  before(async () => {
    moto = await Moto.start();
    url = moto.url;
    proxy = new Proxy();
    await fill({
      groups: [
        // 21 of the 30 instances are blue, for a tenth of the visitors.
        {
          tags: { ...STORE, "balancing-weight": "10" },
          instances: Array.from({ length: 21 }, (_, index) => ({ address: address(index) })),
        },
        {
          tags: { ...STORE, "balancing-weight": "90", "balancing-weight:m7g.2xlarge": "2" },
          instances: Array.from({ length: 9 }, (_, index) => ({
            address: address(21 + index),
            type: index === 0 ? "m7g.2xlarge" : "m7g.large",
          })),
        },
        { tags: { ...STORE, Stack: "dev" }, instances: [{ address: "127.0.9.1" }] },
        { tags: { Name: "something-else", Stack: "prod" }, instances: [{ address: "127.0.9.2" }] },
      ],
    });
    await proxy.start(moto);
  });
  after(async () => {
    await proxy.stop();
    await moto.stop();
  });

  it("gives each instance of the store a slot, and no other instance", async () => {
    const servers = await proxy.until("thirty", ({ size }) => size === 30);
    const wanted = Array.from({ length: 30 }, (_, index) => address(index));
    assert.deepEqual([...servers.keys()].sort(), wanted.sort());
  });

  it("sets weights by group, independent of the number of instances, and by type within a group", async () => {
    const servers = await proxy.inService();
    const weight = (index: number): number => servers.get(address(index))?.weight ?? NaN;
    // Green's 90 spread over 8 instances and one of double weight: 9 and 18. Blue's 10 spread over 21: a half. The
    // greatest is scaled to 100.
    assert.deepEqual([weight(21), weight(22), weight(29)], [100, 50, 50]);
    assert.deepEqual([weight(0), weight(20)], [3, 3]);
  });

  it("follows changed group weights without a new instance", async () => {
    await fill({
      tags: { "group-0": { "balancing-weight": "100" }, "group-1": { "balancing-weight": "0" } },
    });
    const weigh = (servers: Map<string, ServerState>, index: number): number | undefined =>
      servers.get(address(index))?.weight;
    await proxy.until("all to blue", (servers) => weigh(servers, 0) === 100 && weigh(servers, 25) === 0);
    await fill({ tags: { "group-1": { "balancing-weight": "100" } } });
    await proxy.until("both", (servers) => (weigh(servers, 25) ?? 0) > 0);
  });

  it("drains an instance that leaves, then frees its slot", async () => {
    await fill({ detach: [address(3)] });
    await proxy.until("29", ({ size }) => size === 29);
    for (let attempt = 0; attempt < 50 && !proxy.log.some(({ event }) => event === "remove"); attempt++)
      await sleep(100);
    const events = proxy.log
      .filter(({ address: of, event }) => of === address(3) && event !== "weight")
      .map(({ event }) => event);
    assert.deepEqual(events, ["add", "drain", "remove"]);
  });

  it("adds new instances within seconds", async () => {
    await fill({ groups: [{ tags: STORE, instances: [{ address: address(40) }] }].map(renamed) });
    await proxy.until("the new one", (servers) => servers.has(address(40)) && servers.size === 30);
  });

  it("keeps the servers over a reload of HAProxy", async () => {
    const had = [...(await proxy.inService()).keys()].sort();
    proxy.stopAgent();
    proxy.saveState();
    proxy.haproxy.reload();
    await sleep(500);
    assert.deepEqual([...(await proxy.until("all", ({ size }) => size === had.length)).keys()].sort(), had);
    proxy.startAgent(moto);
  });

  it("keeps its last state while AWS does not answer, even after a restart of HAProxy and of itself", async () => {
    const had = [...(await proxy.inService()).keys()].sort();
    const port = Number(new URL(url).port);
    await moto.stop();
    for (let attempt = 0; attempt < 100 && !proxy.log.some(({ event }) => event === "aws-silent"); attempt++)
      await sleep(100);
    assert.ok(proxy.log.some(({ event, kept }) => event === "aws-silent" && kept === had.length));
    assert.deepEqual([...(await proxy.inService()).keys()].sort(), had);

    proxy.stopAgent();
    await proxy.haproxy.stop();
    rmSync(join(proxy.folder, "servers"), { force: true });
    const file = join(proxy.folder, "haproxy.cfg");
    proxy.haproxy = await HAProxy.start(file, join(proxy.folder, "admin.sock"));
    proxy.startAgent(moto);
    await proxy.until("all that it knew", ({ size }) => size === had.length);
    assert.deepEqual(
      Object.keys(JSON.parse(readFileSync(join(proxy.folder, "known.json"), "utf8")) as object).sort(),
      had,
    );
    moto = await Moto.start(port);
  });

  it("keeps its last state if AWS lists no instance", async () => {
    // The new moto has no resources.
    for (let attempt = 0; attempt < 150; attempt++) {
      if (proxy.log.some(({ event }) => event === "nothing-found")) break;
      await sleep(100);
    }
    assert.ok(proxy.log.some(({ event }) => event === "nothing-found"));
    assert.equal((await proxy.inService()).size, 30);
  });
});

/** Gives a group its own name; the script counts from 0. */
function renamed<Group>(group: Group): Group & { readonly name: string } {
  return { ...group, name: "later" };
}
