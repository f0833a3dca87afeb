import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DynamoOrders } from "../../app/orders/dynamodb";
import { isSame, orderId, type Order, type Orders, OrdersUnavailable } from "../../app/orders/orders";
import { SqliteOrders } from "../../app/orders/sqlite";
import { describeWithMoto, Moto } from "../support/moto";

const order: Order = {
  id: orderId("cart", "key-of-order"),
  cartId: "cart",
  name: "Ada",
  address: "1 Main Street",
  lines: [{ sku: "mug", title: "Stoneware mug", priceCents: 1450, quantity: 2 }],
  requestId: "first",
  placedAt: "2026-11-27T09:00:00.000Z",
  totalCents: 2900,
};

/** The tests that every order store must pass. */
function keepsOrders(open: () => Orders): void {
  let one: Orders;
  let other: Orders;

  beforeEach(() => {
    one = open();
    other = open();
  });
  afterEach(() => {
    one.close();
    other.close();
  });

  it("return nothing for an order that was not placed", async () => {
    assert.equal(await one.find("0".repeat(24)), undefined);
  });

  it("store an order once, and return the first one to a second attempt", async () => {
    const mine = { ...order, id: orderId("cart", "placed-twice") };
    assert.deepEqual(await one.placeOnce(mine), mine);
    assert.deepEqual(await other.placeOnce({ ...mine, placedAt: "later", name: "Eve" }), mine);
    assert.deepEqual(await other.find(mine.id), mine);
  });

  it("store one of many simultaneous orders, and return it to all", async () => {
    const id = orderId("cart", "placed-by-many");
    const tries = Array.from({ length: 20 }, (_, index) => ({ ...order, id, placedAt: `try ${index}` }));
    const kept = await Promise.all(tries.map((each, index) => (index % 2 ? one : other).placeOnce(each)));
    assert.equal(new Set(kept.map(({ placedAt }) => placedAt)).size, 1);
    assert.deepEqual(await one.find(id), kept[0]);
  });

  it("create one signing key for all instances", async () => {
    const keys = await Promise.all([one, other, one, other].map((orders) => orders.signingKey()));
    assert.equal(new Set(keys).size, 1);
    assert.equal(Buffer.from(keys[0] ?? "", "base64").length, 32);
  });
}

describe("an order's id", () => {
  it("is the same only for the same cart and key", () => {
    assert.equal(orderId("a", "b"), orderId("a", "b"));
    const ids = [
      orderId("a", "b"),
      orderId("a", "c"),
      orderId("b", "b"),
      orderId("a\nb", ""),
      orderId("", "a\nb"),
    ];
    assert.equal(new Set(ids.slice(0, 3)).size, 3);
  });

  it("does not depend on the time of the order, and differs for another order", () => {
    assert.ok(isSame(order, { ...order, lines: [...order.lines] }));
    assert.ok(!isSame(order, { ...order, name: "Eve" }));
    assert.ok(!isSame(order, { ...order, lines: order.lines.map((line) => ({ ...line, quantity: 3 })) }));
  });
});

describe("orders in SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "orders-"));
  after(() => rmSync(folder, { recursive: true }));
  keepsOrders(() => new SqliteOrders(join(folder, "orders.sqlite")));
});

describeWithMoto("orders in DynamoDB", () => {
  let moto: Moto;

  before(async () => {
    moto = await Moto.start();
    await moto.setUp("test/app/orders-table.py", {});
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: moto.url,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });
  after(async () => {
    await moto.stop();
    for (const name of ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      delete process.env[name];
  });

  keepsOrders(() => new DynamoOrders("orders"));

  it("report that they are unavailable if AWS refuses, with the name of the refusal", async () => {
    const orders = new DynamoOrders("no-such-table");
    await assert.rejects(orders.placeOnce(order), (error: Error) => {
      assert.ok(error instanceof OrdersUnavailable);
      assert.match(error.message, /^DynamoDB: ResourceNotFoundException: /);
      return true;
    });
    await assert.rejects(orders.find("0"), OrdersUnavailable);
    orders.close();
  });
});
