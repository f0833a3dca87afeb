import assert from "node:assert/strict";

import { Store, Visitor } from "../support/store";

describe("the sample store", () => {
  let store: Store;
  let visitor: Visitor;

  before(async () => {
    store = await Store.start({ INSTANCE_ID: "i-0123456789abcdef0", AVAILABILITY_ZONE: "eu-west-1a" });
  });
  after(() => store.stop());
  beforeEach(() => (visitor = new Visitor(store.url)));

  const json = { accept: "application/json" };

  it("shows every product with its price, and each on its own page", async () => {
    const page = await (await visitor.get("/")).text();
    const links = [...page.matchAll(/href="(\/products\/\w+)"/g)].map(([, link]) => link ?? "");
    assert.equal(links.length, 8);
    assert.match(page, /Stoneware mug<\/a><\/h2>\s*<p>€14\.50<\/p>/);
    for (const link of links) {
      const product = await visitor.get(link);
      assert.equal(product.status, 200, link);
      assert.match(await product.text(), /<button>Add to cart<\/button>/);
    }
  });

  it("adds items to the cart, changes quantities, removes items, and computes the total", async () => {
    const added = await visitor.post("/cart", { sku: "mug", quantity: "2" });
    assert.deepEqual([added.status, added.headers.get("location")], [303, "/cart"]);
    await visitor.post("/cart", { sku: "mug", quantity: "1" });
    await visitor.post("/cart", { sku: "lamp", quantity: "1" });
    await visitor.post("/cart/lamp", { quantity: "2" });
    const cart = async () => (await (await visitor.get("/cart", json)).json()) as { totalCents: number };
    assert.equal((await cart()).totalCents, 3 * 1450 + 2 * 8900);
    await visitor.post("/cart/lamp", { quantity: "0" });
    assert.equal((await cart()).totalCents, 3 * 1450);
    assert.match(await (await visitor.get("/")).text(), /Cart: 3 items</);
  });

  it("uses the singular for one item, in the cart, its title and its label, and in the order", async () => {
    const cart = async () => (await visitor.get("/cart")).text();
    assert.match(await cart(), /<title>Your cart: 0 items – [^]*Cart: 0 items</);
    await visitor.fill({ mug: 1 });
    assert.match(
      await cart(),
      /<title>Your cart: 1 item – [^]*Cart: 1 item<[^]*aria-label="Your cart: 1 item"/,
    );
    await visitor.fill({ lamp: 1 });
    assert.match(
      await cart(),
      /<title>Your cart: 2 items – [^]*Cart: 2 items<[^]*aria-label="Your cart: 2 items"/,
    );
    const { id } = await visitor.order("two-are-ordered");
    const order = await (await visitor.get(`/orders/${id}`)).text();
    assert.match(
      order,
      /<title>Your order: 2 items – [^]*Cart: 0 items<[^]*aria-label="Your order: 2 items"/,
    );
  });

  it("orders the items in the cart, empties it, and shows the order only to its customer", async () => {
    await visitor.fill({ teapot: 1, mug: 4 });
    const page = await (await visitor.get("/cart")).text();
    const [, key = ""] = /name="key" value="([^"]+)"/.exec(page) ?? [];
    const ordered = await visitor.post("/checkout", { key, name: "Ada", address: "1 Main Street" });
    assert.equal(ordered.status, 303);
    const location = ordered.headers.get("location") ?? "";
    const shown = await (await visitor.get(location)).text();
    assert.match(shown, /Thank you, Ada/);
    assert.match(shown, /€117\.00/);
    assert.match(await (await visitor.get("/cart")).text(), /Your cart is empty/);
    const other = await new Visitor(store.url).get(location);
    assert.equal(other.status, 404);
    assert.doesNotMatch(await other.text(), /Ada/);
  });

  it("names the instance in every response, and forbids caching", async () => {
    for (const path of ["/", "/cart", "/nowhere", "/healthz", "/products/none"]) {
      const { headers } = await visitor.get(path);
      assert.equal(headers.get("x-served-by"), "i-0123456789abcdef0; zone=eu-west-1a", path);
      assert.equal(headers.get("cache-control"), "no-store", path);
    }
    const refused = await visitor.post("/cart", { sku: "mug" }, { origin: "https://evil.example" });
    assert.match(refused.headers.get("x-served-by") ?? "", /^i-0123456789abcdef0;/);
  });

  it("keeps the cart in a cookie that scripts cannot read, and that is Secure with TLS", async () => {
    const plain = await visitor.post("/cart", { sku: "mug", quantity: "1" });
    assert.match(
      plain.headers.get("set-cookie") ?? "",
      /^cart=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const tls = await visitor.post("/cart", { sku: "mug", quantity: "1" }, { "x-forwarded-proto": "https" });
    assert.match(tls.headers.get("set-cookie") ?? "", /; Secure/);
  });

  it("lets a page load nothing from other hosts", async () => {
    const policy = (await visitor.get("/")).headers.get("content-security-policy");
    assert.equal(
      policy,
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
  });

  it("counts requests and orders for Prometheus, which visitors cannot read", async () => {
    await visitor.fill({ mug: 1 });
    await visitor.order("counted-once");
    await visitor.order("counted-once");
    const metrics = await (await visitor.get("/metrics")).text();
    assert.match(metrics, /^store_orders_total\{outcome="placed"\} \d+$/m);
    assert.match(metrics, /^store_orders_total\{outcome="repeated"\} 1$/m);
    assert.match(metrics, /^store_requests_in_flight 1$/m);
    assert.match(
      metrics,
      /^store_request_duration_seconds_count\{method="POST",route="\/checkout",status="201"\} \d+$/m,
    );
    assert.equal((await visitor.get("/metrics", { "x-forwarded-for": "192.0.2.1" })).status, 404);
  });

  it("logs requests as JSON, without names, addresses and cookies", async () => {
    await visitor.fill({ clock: 1 });
    await visitor.order("logged-order", { name: "Grace Hopper", address: "2 Harbour Road" });
    const line = store.log.findLast(({ path }) => path === "/checkout");
    assert.deepEqual(
      { ...line, time: "", milliseconds: 0 },
      {
        time: "",
        level: "info",
        event: "request",
        method: "POST",
        path: "/checkout",
        status: 201,
        milliseconds: 0,
      },
    );
    assert.doesNotMatch(JSON.stringify(store.log), /Grace|Harbour|cart=/);
  });
});
