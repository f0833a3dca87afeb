import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { HAPROXY_BACKEND, renderHaproxyConfig } from "../../../components/proxy/haproxy-config";
import { HAProxy } from "../../../tools/balance/haproxy-process";
import { freePort, portOf, startBackend } from "../../support/balancers";
import { Authority } from "../../support/certificates";
import { haproxyConfig } from "../../support/haproxy-config";
import { Instance, type Metadata } from "../../support/instance";
import { describeWith } from "../../support/programs";
import { ROOT } from "../../support/rehearse";

/** An instance's agent, with a metadata service and a processor load that the test sets. */
class Agent {
  readonly folder = mkdtempSync(join(tmpdir(), "agent-"));
  private readonly instance = new Instance();
  private child!: ChildProcess;
  private clock = { busy: 0, idle: 0 };
  metadata!: Metadata;
  port = 0;

  async start(): Promise<void> {
    this.metadata = await this.instance.metadata();
    this.port = await freePort();
    mkdirSync(join(this.folder, "proc"));
    this.work(0);
    this.child = spawn("python3", [join(ROOT, "components/proxy/backend_agent.py")], {
      env: {
        PATH: process.env["PATH"] ?? "",
        AGENT_PORT: String(this.port),
        AGENT_HOST: "127.0.0.1",
        PROC: join(this.folder, "proc"),
        AWS_EC2_METADATA_SERVICE_ENDPOINT: this.metadata.url,
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    await this.until("it listens", async () => (await this.ask("").catch(() => "")) !== "");
  }

  /** Lets time pass in which the processors are busy for a share of it. */
  work(share: number): void {
    this.clock = { busy: this.clock.busy + 1000 * share, idle: this.clock.idle + 1000 * (1 - share) };
    const ticks = [this.clock.busy, 0, 0, this.clock.idle, 0, 0, 0, 0].map(Math.round).join(" ");
    writeFileSync(join(this.folder, "proc", "stat"), `cpu  ${ticks} 0 0\ncpu0 ${ticks} 0 0\n`);
  }

  /** The agent's response to HAProxy. */
  async ask(sent: string): Promise<string> {
    const socket = connect(this.port, "127.0.0.1").setEncoding("utf8");
    await once(socket, "connect");
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    if (sent !== "") socket.write(sent);
    await once(socket, "close");
    return answer;
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 80; attempt++) {
      if (await holds()) return;
      await sleep(100);
    }
    assert.fail(`${what}: it says ${await this.ask("weight=40")}`);
  }

  answers(expected: string, sent = "weight=40"): Promise<void> {
    return this.until(expected, async () => (await this.ask(sent)) === expected);
  }

  stop(): void {
    this.child.kill("SIGKILL");
    this.instance.end();
    rmSync(this.folder, { recursive: true });
  }
}

describeWith(["python3"], "an instance's agent", () => {
  let agent: Agent;
  beforeEach(async () => {
    agent = new Agent();
    await agent.start();
  });
  afterEach(() => agent.stop());

  it("returns the weight that HAProxy sends, and 100% without one", async () => {
    assert.equal(await agent.ask("weight=40"), "40%\n");
    assert.equal(await agent.ask("weight=0"), "0%\n");
    assert.equal(await agent.ask(""), "100%\n");
    assert.equal(await agent.ask("GET / HTTP/1.1\r\n\r\n"), "100%\n");
  });

  it("returns a smaller weight under load, down to a quarter, and never zero", async () => {
    agent.work(0.7);
    await sleep(2500);
    assert.equal(await agent.ask("weight=40"), "40%\n");
    agent.work(0.85);
    await agent.answers("25%\n");
    agent.work(1);
    await agent.answers("10%\n");
    assert.equal(await agent.ask("weight=1"), "1%\n");
    agent.work(0);
    await agent.answers("40%\n");
  });

  it("drains when Auto Scaling terminates the instance, and reports ready again if it stays", async () => {
    agent.metadata.state = "Terminated";
    await agent.answers("drain\n");
    agent.metadata.state = "InService";
    await agent.answers("ready 40%\n");
  });

  it("drains on the way into the warm pool", async () => {
    agent.metadata.state = "Warmed:Stopped";
    await agent.answers("drain\n");
  });
});

describeWith(["haproxy", "openssl", "python3"], "an instance's agent with HAProxy", () => {
  it("sets HAProxy's weights by load, and drains a server that leaves", async () => {
    const agent = new Agent();
    const folder = mkdtempSync(join(tmpdir(), "agents-"));
    new Authority(folder).issue("certificate", { name: "localhost", days: 30 });
    const backend = await startBackend("i-1", "a");
    await agent.start();
    const config = haproxyConfig(folder, {
      bind: `127.0.0.1:${await freePort()}`,
      metricsBind: `127.0.0.1:${await freePort()}`,
      agentPort: agent.port,
      healthCheck: { ...haproxyConfig(folder).healthCheck, path: "/" },
    });
    writeFileSync(join(folder, "haproxy.cfg"), renderHaproxyConfig(config));
    const haproxy = await HAProxy.start(join(folder, "haproxy.cfg"), config.adminSocket);
    try {
      const slot = `${HAPROXY_BACKEND}/server-1`;
      await haproxy.ask(`set server ${slot} agent-send weight=60`);
      await haproxy.fill(slot, "127.0.0.1", portOf(backend));
      const shows = (wanted: RegExp, weight: number) =>
        agent.until(`${wanted} ${weight}`, async () => {
          const [server] = await haproxy.servers(HAPROXY_BACKEND);
          return server !== undefined && wanted.test(server.status) && server.weight === weight;
        });
      await shows(/^UP/, 60);
      agent.work(1);
      await shows(/^UP/, 15);
      agent.metadata.state = "Terminated";
      await shows(/^DRAIN/, 15);
    } finally {
      await haproxy.stop();
      backend.close();
      agent.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
