import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { readConfig } from "../../app/config";
import { ROOT } from "../support/rehearse";
import { Store, Visitor } from "../support/store";

const HEAD =
  "POST /cart HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/** Waits until the store has the head of a request and waits for the rest. */
async function isUnderWay(store: Store): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const metrics = await (await fetch(`${store.url}/metrics`)).text();
    if (metrics.includes("store_requests_in_flight 2")) return;
    await sleep(20);
  }
  throw new Error("the request never got there");
}

describe("a store that gets a stop signal", () => {
  let store: Store;
  afterEach(() => store.stop("SIGKILL"));

  it("is no longer ready, keeps serving while it drains, and exits with success", async () => {
    store = await Store.start({ DRAIN_SECONDS: "1" });
    const visitor = new Visitor(store.url);
    assert.equal((await visitor.get("/readyz")).status, 200);
    const ended = store.stop();
    await store.says("draining");
    assert.equal((await visitor.get("/readyz")).status, 503);
    assert.equal((await visitor.get("/healthz")).status, 200);
    const page = await visitor.get("/");
    assert.deepEqual([page.status, page.headers.get("connection")], [200, "close"]);
    assert.equal(await ended, 0);
    await assert.rejects(visitor.get("/"));
  });

  it("finishes open requests", async () => {
    store = await Store.start();
    const socket = connect(store.port, "127.0.0.1").setEncoding("utf8");
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    socket.write(`${HEAD}Content-Length: 18\r\n\r\nsku=mug&`);
    // The store has the request's head, and waits for the rest.
    await isUnderWay(store);
    const ended = store.stop();
    await store.says("draining");
    await sleep(200);
    socket.write("quantity=1");
    assert.equal(await ended, 0);
    assert.match(answer, /^HTTP\/1\.1 303 /);
    assert.match(answer, /connection: close/i);
  });

  it("waits no longer than its limit", async () => {
    store = await Store.start({ STOP_SECONDS: "1" });
    const socket = connect(store.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`${HEAD}Content-Length: 18\r\n\r\nsku`);
    await isUnderWay(store);
    assert.equal(await store.stop(), 0);
    assert.ok(store.log.some(({ event }) => event === "cut-off"));
    socket.destroy();
  });
});

describe("several stores with one database", () => {
  const folder = mkdtempSync(join(tmpdir(), "stores-"));
  const environment = { ORDERS_FILE: join(folder, "orders.sqlite") };
  let stores: Store[];

  before(async () => {
    stores = await Promise.all(Array.from({ length: 3 }, () => Store.start(environment)));
  });
  after(async () => {
    await Promise.all(stores.map((store) => store.stop()));
    rmSync(folder, { recursive: true });
  });

  const any = (index: number): string => stores[index % stores.length]?.url ?? "";

  it("serve any request from any visitor", async () => {
    const visitor = new Visitor(any(0));
    await visitor.fill({ mug: 1 });
    const next = visitor.at(any(1));
    await next.fill({ lamp: 1 });
    const { id } = await next.at(any(2)).order("served-by-three");
    assert.match(await (await next.at(any(0)).get(`/orders/${id}`)).text(), /€103\.50/);
  });

  it("place an order once if it is sent to all of them at the same time, repeatedly", async () => {
    // Repeated, because only in some runs several stores try within the same millisecond.
    for (let time = 0; time < 20; time++) {
      const visitor = new Visitor(any(0));
      await visitor.fill({ mug: 3 });
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, index) => visitor.at(any(index)).order("sent-to-all")),
      );
      assert.equal(answers.filter(({ status }) => status === 201).length, 1);
      assert.equal(answers.filter(({ status }) => status === 200).length, 23);
      assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
    }
  });

  it("place an order once even if the first response was lost and the cart is now empty", async () => {
    const visitor = new Visitor(any(0));
    await visitor.fill({ mug: 1 });
    const first = await visitor.order("sent-again");
    const again = await visitor.at(any(1)).order("sent-again");
    assert.deepEqual([first.status, again.status, again.id], [201, 200, first.id]);
  });

  it("refuse a key that another order used", async () => {
    const visitor = new Visitor(any(0));
    await visitor.fill({ mug: 1 });
    await visitor.order("used-before");
    await visitor.fill({ lamp: 1 });
    const refused = await visitor.at(any(1)).order("used-before");
    assert.equal(refused.status, 422);
    assert.match(refused.faults?.[0] ?? "", /^This page has placed another order already/);
  });

  it("lose no order if one of them is killed", async () => {
    const visitor = new Visitor(any(0));
    await visitor.fill({ mug: 5 });
    const { id } = await visitor.order("placed-before-the-kill");
    await stores[0]?.stop("SIGKILL");
    stores[0] = await Store.start(environment);
    for (const index of [0, 1, 2])
      assert.equal((await visitor.at(any(index)).get(`/orders/${id}`)).status, 200);
  });
});

describe("the store's configuration", () => {
  it("has defaults for a local machine", () => {
    const { port, host, ordersTable, ordersFile, drainSeconds } = readConfig({});
    assert.deepEqual(
      [port, host, ordersTable, ordersFile, drainSeconds],
      [8080, "127.0.0.1", undefined, "orders.sqlite", 0],
    );
  });

  it("is refused with all its errors at once, without a stack trace", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", "app/main.ts"], {
      cwd: ROOT,
      env: { ...process.env, PORT: "http", ORDERS_TABLE: "a b", DRAIN_SECONDS: "-1", INSTANCE_ID: "" },
      encoding: "utf8",
    });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.equal(
      stderr,
      [
        'store: ORDERS_TABLE is "a b"; it must be the name of a DynamoDB table, or left out for SQLite',
        'PORT is "http"; it must be a whole number from 0 to 65535, such as 8080',
        'INSTANCE_ID is ""; it must be up to 100 letters, digits and _ . -',
        'DRAIN_SECONDS is "-1"; it must be a whole number from 0 to 7200, such as 0',
        "",
      ].join("\n"),
    );
  });
});
