import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import Database from "libsql";

import type { Backend } from "../../tools/balance/backends";
import { Farm } from "../../tools/balance/farm";
import { type Sample, send } from "../../tools/balance/load";
import { Shopper } from "../../tools/balance/shopper";
import { describeWith } from "../support/programs";

/** Duration of the load in seconds, and of the wait before a fault. */
const LOAD_SECONDS = 3;
const FAULT_AFTER = 800;

/** The result of a fault, for the table. */
interface Row {
  readonly fault: string;
  readonly requests: number;
  readonly failed: number;
  readonly slowestMs: number;
  readonly orders: number;
  readonly repeated: number;
}

describeWith(["haproxy", "openssl"], "The stack's proxy under constant load", () => {
  const rows: Row[] = [];
  let farm: Farm;

  beforeEach(async () => {
    farm = await Farm.start({
      stack: "dev",
      backends: 4,
      changes: { responseSeconds: 2, queueSeconds: 5 },
      environment: { DRAIN_SECONDS: "1" },
    });
    for (const backend of farm.backends) await farm.fill(backend);
    await farm.untilUp(4);
  });
  afterEach(() => farm.stop());
  after(() => {
    const width = Math.max(...rows.map(({ fault }) => fault.length));
    console.log(`      ${"".padEnd(width)}  requests  failed  slowest ms  orders  sent again by customers`);
    for (const { fault, requests, failed, slowestMs, orders, repeated } of rows)
      console.log(
        `      ${fault.padEnd(width)}  ${String(requests).padStart(8)}  ${String(failed).padStart(6)}  ${String(slowestMs).padStart(10)}  ${String(orders).padStart(6)}  ${String(repeated).padStart(6)}`,
      );
  });

  /** Lets visitors read and customers order during a fault; afterwards every order must exist exactly once. */
  async function during(
    fault: string,
    happen: () => Promise<void> | void,
    seconds = LOAD_SECONDS,
  ): Promise<readonly Sample[]> {
    const shop = { port: farm.port, host: farm.host, ca: farm.ca };
    const shoppers = Array.from({ length: 3 }, () => new Shopper(shop));
    const end = performance.now() + seconds * 1000;
    const [samples] = await Promise.all([
      send({ ...shop, path: "/", requests: 20_000, seconds, concurrency: 6, pause: 20 }),
      sleep(FAULT_AFTER).then(happen),
      ...shoppers.map((shopper) => shopper.orderUntil(end)),
    ]);
    const confirmed = shoppers.flatMap((shopper) => shopper.confirmed);
    const failures = samples.filter(({ failure }) => failure !== undefined);
    rows.push({
      fault,
      requests: samples.length,
      failed: failures.length,
      slowestMs: Math.round(Math.max(...samples.map(({ took }) => took))),
      orders: confirmed.length,
      repeated: shoppers.reduce((sum, { repeated }) => sum + repeated, 0),
    });
    assert.deepEqual(
      failures.map(({ at, failure, backend }) => `${Math.round(at)} ms: ${failure} (${backend})`),
      [],
    );
    assert.ok(samples.length > 30 && confirmed.length > 2, "there was hardly any load");
    assert.deepEqual(
      shoppers.map(({ lost }) => lost),
      [0, 0, 0],
    );
    assert.deepEqual(ordersIn(farm.ordersFile), confirmed.map(({ id }) => id).sort());
    return samples;
  }

  /** Number of requests that a copy served after a given time. */
  const servedBy = (samples: readonly Sample[], { name }: Backend, from: number): number =>
    samples.filter(({ backend, at }) => backend === name && at > from).length;

  const copy = (index: number): Backend => farm.backends[index] ?? assert.fail(`no copy ${index}`);

  it("loses no request when an instance dies", async () => {
    const samples = await during("kill -9 one", () => void copy(3).process.kill("SIGKILL"));
    assert.equal(servedBy(samples, copy(3), FAULT_AFTER + 1700), 0);
  });

  it("loses no request when an instance is drained", async () => {
    const samples = await during(
      "drain one",
      async () => void (await farm.haproxy.ask(`set server ${farm.slot(copy(3))} state drain`)),
    );
    assert.equal(servedBy(samples, copy(3), FAULT_AFTER + 1700), 0);
  });

  it("loses no request when an instance is added, and sends requests to it", async () => {
    const added = await farm.add();
    const samples = await during("add one", () => farm.fill(added));
    assert.ok(servedBy(samples, added, FAULT_AFTER) > 0);
  });

  it("loses no request when it is reloaded, and keeps its instances", async () => {
    const samples = await during("reload HAProxy", () => farm.reload());
    for (const backend of farm.backends) assert.ok(servedBy(samples, backend, FAULT_AFTER + 1500) > 0);
  });

  it("loses no request when an instance reports that it is not ready, keeps running for a while, and stops", async () => {
    const samples = await during("break one's readiness", () => void copy(3).process.kill("SIGTERM"));
    assert.equal(servedBy(samples, copy(3), FAULT_AFTER + 1700), 0);
  });

  it("loses no request when an instance freezes", async function () {
    // Sometimes the copy freezes while it holds the lock of the orders' file, which can't happen with AWS's databases.
    this.retries(3);
    const samples = await during("freeze one (SIGSTOP)", () => void copy(3).process.kill("SIGSTOP"), 5);
    assert.equal(servedBy(samples, copy(3), FAULT_AFTER + 2500), 0);
  });

  it("loses no request when all instances are replaced, one by one", async () => {
    const before = [...farm.backends];
    const successors = [await farm.add(), await farm.add(), await farm.add(), await farm.add()];
    const roll = async (): Promise<void> => {
      for (const [index, old] of before.entries()) {
        await farm.fill(successors[index] ?? assert.fail("no successor"));
        await farm.haproxy.ask(`set server ${farm.slot(old)} state drain`);
        await old.stop("SIGTERM");
      }
    };
    await during("roll all, one by one", roll, 6);
    assert.ok(before.every(({ process: child }) => child.exitCode === 0));
  });
});

/** Ids of the orders in the database. */
function ordersIn(file: string): string[] {
  const database = new Database(file, { readonly: true });
  const keys = database.prepare("SELECT key FROM items WHERE key LIKE 'order#%'").all() as { key: string }[];
  database.close();
  return keys.map(({ key }) => key.replace("order#", "")).sort();
}
