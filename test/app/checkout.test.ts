import assert from "node:assert/strict";

import { readConfig } from "../../app/config";
import { type Orders, OrdersUnavailable } from "../../app/orders/orders";
import { SqliteOrders } from "../../app/orders/sqlite";
import { type RunningServer, startServer } from "../../app/server";
import { Visitor } from "../support/store";

describe("a checkout that is refused", () => {
  const database = new SqliteOrders(":memory:");
  let isOutOfReach = false;
  const orders: Orders = {
    placeOnce: (order) =>
      isOutOfReach ? Promise.reject(new OrdersUnavailable("no answer")) : database.placeOnce(order),
    find: (id) => database.find(id),
    signingKey: () => database.signingKey(),
    close: () => database.close(),
  };
  let server: RunningServer;
  let visitor: Visitor;

  before(async () => (server = await startServer(readConfig({ PORT: "0" }), orders, () => undefined)));
  after(async () => {
    await server.stop();
    orders.close();
  });
  beforeEach(() => {
    isOutOfReach = false;
    visitor = new Visitor(`http://127.0.0.1:${server.port}`);
    return visitor.fill({ mug: 1 });
  });

  const KEY = "key-of-the-page";
  const TYPED = { name: "Ada Lovelace", address: "1 Main Street\nLondon" };

  /** The responding page, its status, and the values of its form. */
  const send = async (fields: Record<string, string>) => {
    const answer = await visitor.post("/checkout", { key: KEY, ...TYPED, ...fields });
    const page = await answer.text();
    const [, key] = /name="key"\s+value="([^"]*)"/.exec(page) ?? [];
    const [, name] = /<input\s+id="name"[^>]*\svalue="([^"]*)"/.exec(page) ?? [];
    const [, address] = /<textarea[^>]*>\n?([^<]*)<\/textarea>/.exec(page) ?? [];
    return { answer, page, form: { key, name, address } };
  };

  it("keeps the entered values, and shows the error at its field", async () => {
    const { answer, page, form } = await send({ name: "  " });
    assert.equal(answer.status, 400);
    assert.deepEqual(form, { key: KEY, name: "", address: TYPED.address });
    assert.match(page, /<title>Error: We need a little more – /);
    assert.match(page, /<a href="#name">A name has from 1 to 100 characters\.<\/a>/);
    assert.match(page, /<p class="error" id="name-error">A name has from 1 to 100 characters\.<\/p>/);
    assert.match(page, /<input\s+id="name"[^>]* aria-invalid="true" aria-describedby="name-error"/);
    assert.doesNotMatch(page, /id="address-error"|<textarea[^>]*aria-invalid/);
  });

  it("shows the entered values as text, whatever they contain", async () => {
    const { page, form } = await send({ name: `"><script>${"x".repeat(100)}`, address: "</textarea><b>" });
    assert.equal(form.name, `&quot;&gt;&lt;script&gt;${"x".repeat(100)}`);
    assert.equal(form.address, "&lt;/textarea&gt;&lt;b&gt;");
    assert.doesNotMatch(page, /<script|<b>/);
  });

  it("drops a key that cannot be the order's", async () => {
    const { answer, form } = await send({ key: "?" });
    assert.equal(answer.status, 400);
    assert.match(form.key ?? "", /^[\w-]{36}$/);
    assert.deepEqual(form, { key: form.key, ...TYPED });
    assert.equal((await send({ key: form.key ?? "" })).answer.status, 303);
  });

  it("drops a key that another order used, so that the form sent again orders the cart", async () => {
    assert.equal((await send({})).answer.status, 303);
    await visitor.fill({ lamp: 1 });
    const { answer, page, form } = await send({});
    assert.equal(answer.status, 422);
    assert.match(page, /<li>This page has placed another order already\. /);
    assert.notEqual(form.key, KEY);
    assert.deepEqual(form, { key: form.key, ...TYPED });
    assert.equal((await send({ key: form.key ?? "" })).answer.status, 303);
  });

  it("keeps the key while orders are unavailable, so that the form sent again places the same order", async () => {
    isOutOfReach = true;
    const { answer, page, form } = await send({});
    assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "5"]);
    assert.match(page, /<li>We can&#39;t reach our books\. [^<]*nothing is ordered twice\.<\/li>/);
    assert.deepEqual(form, { key: KEY, ...TYPED });
    const json = await visitor.post("/checkout", { key: KEY, ...TYPED }, { accept: "application/json" });
    assert.deepEqual([json.status, json.headers.get("retry-after")], [503, "5"]);
    assert.equal(((await json.json()) as { error: string }).error, "Just a moment");
    isOutOfReach = false;
    assert.equal((await send({})).answer.status, 303);
  });
});
