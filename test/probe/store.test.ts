import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { weightsOfStack } from "../../tools/probe/fleet";
import { freePort, startBalancer, stop } from "../support/balancers";
import { Authority } from "../support/certificates";
import { describeWithMoto, Moto } from "../support/moto";
import { probeJson } from "../support/probe";
import { describeWith } from "../support/programs";
import { Store } from "../support/store";
import { haproxy } from "./variants";

describeWith(["haproxy", "openssl"], "the probe for the sample store behind HAProxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "probe-store-"));
  let stores: Store[];
  let balancer: ChildProcess;
  let args: string[];

  before(async () => {
    const authority = new Authority(folder);
    const certificate = authority.issue("store", { name: "localhost", days: 30 });
    const own = (index: number) => ({
      INSTANCE_ID: `i-${index}`,
      AVAILABILITY_ZONE: `eu-west-1${"abc"[index]}`,
      ORDERS_FILE: join(folder, "orders.sqlite"),
    });
    stores = await Promise.all([0, 1, 2].map((index) => Store.start(own(index))));
    const [tls, plain] = [await freePort(), await freePort()];
    const variant = {
      certificate,
      oldTls: false,
      plain: "redirect",
      weights: [2, 1, 1],
      hardened: true,
    } as const;
    const ports = { tls, plain, backends: stores.map(({ port }) => port) };
    balancer = await startBalancer("haproxy", folder, haproxy(variant, ports), [tls, plain]);
    args = [
      `https://localhost:${tls}/`,
      "--http-port",
      String(plain),
      "--ca",
      authority.file,
      "--rate",
      "1000",
    ];
  });
  after(async () => {
    await stop(balancer);
    await Promise.all(stores.map((store) => store.stop()));
    rmSync(folder, { recursive: true });
  });

  it("proves the shares, the zones, and that any instance serves a visitor with a cart", async () => {
    const weights = ["--expect", "i-0=2,i-1=1,i-2=1", "--algorithm", "round-robin"];
    const { report, check } = await probeJson([...args, ...weights, "--effect", "0.3", "--path", "/cart"]);
    const failed = report.checks.filter(({ id, passed }) => passed === false && id !== "key-exchange");
    assert.deepEqual(failed, []);
    assert.match(check("stickiness")?.detail ?? "", /^12 requests with cookies \(cart\) reached 3$/);
    assert.match(check("zones")?.detail ?? "", /^eu-west-1a \d+, eu-west-1b \d+, eu-west-1c \d+; p /);
  });
});

describeWithMoto("the weights of a stack", () => {
  const folder = mkdtempSync(join(tmpdir(), "probe-stack-"));
  const before_ = { ...process.env };
  let moto: Moto;

  before(async () => {
    moto = await Moto.start();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    process.env["PATH"] = `${folder}:${process.env["PATH"] ?? ""}`;
  });
  after(async () => {
    for (const name of ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "PATH"]) {
      if (before_[name] === undefined) delete process.env[name];
      else process.env[name] = before_[name];
    }
    await moto.stop();
    rmSync(folder, { recursive: true });
  });

  const told = (outputs: object): void => {
    writeFileSync(
      join(folder, "pulumi"),
      `#!/bin/sh\n[ "$*" = "stack output --json --stack prod" ] && echo '${JSON.stringify(outputs)}'\n`,
    );
    chmodSync(join(folder, "pulumi"), 0o755);
  };

  it("are those of its colours, divided by their healthy instances", async () => {
    const groupOf = (name: string, healthy: number) =>
      moto.setUp<{ targetGroupArn: string }>("test/functions/world.py", {
        name,
        healthy,
        stopped: 1,
        metrics: false,
      });
    const [blue, green] = [await groupOf("blue", 2), await groupOf("green", 3)];
    const colours = [
      { colour: "blue", weight: 90, targetGroupArn: blue.targetGroupArn },
      { colour: "green", weight: 10, targetGroupArn: green.targetGroupArn },
    ];
    told({ release: { colours } });
    const weights = await weightsOfStack("prod");
    const sorted = [...weights.values()].sort((a, b) => a - b).map((weight) => Number(weight.toFixed(3)));
    assert.deepEqual(sorted, [3.333, 3.333, 3.333, 45, 45]);
    assert.ok([...weights.keys()].every((id) => /^i-[0-9a-f]+$/.test(id)));
  });

  it("are equal for the healthy instances of an existing application", async () => {
    const { targetGroupArn } = await moto.setUp<{ targetGroupArn: string }>("test/functions/world.py", {
      name: "search",
      healthy: 3,
      stopped: 1,
      metrics: false,
    });
    told({ release: { colours: [] }, applications: { search: { targetGroupArn } } });
    const weights = await weightsOfStack("prod", "search");
    assert.deepEqual([...weights.values()], [1 / 3, 1 / 3, 1 / 3]);
    await assert.rejects(weightsOfStack("prod", "cart"), {
      message: "stack prod has no application cart: it has search",
    });
  });
});
