import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";

import { Store, Visitor } from "../support/store";

describe("the sample store refuses", () => {
  let store: Store;
  let visitor: Visitor;

  before(async () => (store = await Store.start()));
  after(() => store.stop());
  beforeEach(() => (visitor = new Visitor(store.url)));
  afterEach(async () => assert.equal((await visitor.get("/healthz")).status, 200, "and goes on"));

  const json = { accept: "application/json" };
  const cart = async (): Promise<unknown[]> =>
    ((await (await visitor.get("/cart", json)).json()) as { lines: unknown[] }).lines;

  /** The response to bytes that no client would send. */
  async function raw(text: string): Promise<string> {
    const socket = connect(store.port, "127.0.0.1");
    let answer = "";
    socket.setEncoding("latin1").on("data", (chunk) => (answer += String(chunk)));
    socket.on("error", () => undefined); // The connection may be closed while the test still writes.
    socket.write(text);
    await once(socket, "close");
    return answer;
  }

  it("a body of more than 16 KiB, with or without a declared length", async () => {
    assert.equal((await visitor.post("/cart", { sku: "x".repeat(20_000) })).status, 413);
    const chunk = `1000\r\n${"x".repeat(4096)}\r\n`;
    const answer = await raw(
      `POST /cart HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nConnection: close\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}0\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 413 /);
  });

  it("headers of more than 16 KiB", async () => {
    assert.match(
      await raw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431 /,
    );
  });

  it("two lengths for one body, as in request smuggling", async () => {
    const answer = await raw(
      "POST /cart HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    );
    assert.match(answer, /^HTTP\/1\.1 400 /);
  });

  it("a cookie that it did not sign, which belongs to no cart", async () => {
    await visitor.fill({ mug: 2 });
    const signed = decodeURIComponent(visitor.cookies);
    visitor.cookies = `cart=${encodeURIComponent(signed.slice(5).replace("mug.2", "mug.9"))}`;
    assert.deepEqual(await cart(), []);
    visitor.cookies = "cart=%E0%A4%A";
    assert.deepEqual(await cart(), []);
  });

  for (const quantity of ["-1", "0", "1.5", "1e1", "100", "", "NaN", " 1", "１"]) {
    it(`the quantity ${JSON.stringify(quantity)}`, async () => {
      const answer = await visitor.post("/cart", { sku: "mug", quantity }, json);
      assert.deepEqual(
        [answer.status, await answer.json()],
        [400, { error: "How many?", faults: ["A quantity is a whole number from 1 to 99."] }],
      );
      assert.deepEqual(await cart(), []);
    });
  }

  it("more than 99 of a product, even if added in steps", async () => {
    await visitor.fill({ mug: 60 });
    await visitor.fill({ mug: 60 });
    assert.equal((await cart()).map((line) => (line as { quantity: number }).quantity)[0], 99);
  });

  it("a product that does not exist", async () => {
    for (const sku of ["", "none", "__proto__", "constructor", "../mug"])
      assert.equal((await visitor.post("/cart", { sku, quantity: "1" })).status, 404, sku);
    assert.equal((await visitor.get("/products/__proto__")).status, 404);
  });

  it("a checkout without name, address and key, with all errors at once", async () => {
    await visitor.fill({ mug: 1 });
    const refused = await visitor.order("short", { name: " ", address: "x".repeat(301) });
    assert.deepEqual(refused, {
      status: 400,
      error: "We need a little more",
      faults: [
        "A name has from 1 to 100 characters.",
        "An address has from 1 to 300 characters.",
        "An order needs a key of its own, of 8 to 100 letters, digits, _ and -: order from your cart's page.",
      ],
    });
  });

  it("a checkout with an empty cart", async () => {
    assert.equal((await visitor.order("nothing-in-it")).status, 400);
  });

  it("a form from another site", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"])
      assert.equal(
        (await visitor.post("/cart", { sku: "mug", quantity: "1" }, { origin })).status,
        403,
        origin,
      );
    assert.deepEqual(await cart(), []);
  });

  it("markup in a name, which is shown as text", async () => {
    await visitor.fill({ mug: 1 });
    const name = `<script>alert("1")</script>`;
    const { id } = await visitor.order("script-in-name", { name, address: `"><img src=x onerror=alert(1)>` });
    const page = await (await visitor.get(`/orders/${id}`)).text();
    assert.match(page, /Thank you, &lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/);
    assert.doesNotMatch(page, /<script|<img/);
  });

  it("methods that a page does not have, malformed paths, and path traversal", async () => {
    assert.equal(
      (await fetch(`${store.url}/cart`, { method: "PUT", headers: { origin: store.url } })).status,
      404,
    );
    for (const path of ["/%", "/products/%E0%A4%A", "/products/%00", "/..%2fapp%2fmain.ts", "//"])
      assert.match(
        await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
        /^HTTP\/1\.1 404 /,
        path,
      );
    // A load balancer treats the first two as products.
    for (const path of ["/products/../cart", "/products/%2e%2E/cart?a=b", "/./cart", "/../app/main.ts"])
      assert.match(
        await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`),
        /^HTTP\/1\.1 400 /,
        path,
      );
    assert.match(await raw("NONSENSE\r\n\r\n"), /^HTTP\/1\.1 400 /);
  });

  it("invalid JSON, and JSON that is not an object", async () => {
    for (const body of ["{", "[]", "null", '"mug"', '{"sku":{"a":1},"quantity":[1]}']) {
      const answer = await fetch(`${store.url}/cart`, {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
      });
      assert.equal(answer.status, 404, body);
    }
  });
});
