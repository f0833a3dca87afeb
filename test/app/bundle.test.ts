import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundleStore } from "../../components/store/bundle";
import { describeWithMoto, Moto } from "../support/moto";
import { Store, Visitor } from "../support/store";

describeWithMoto("the sample store's program, as instances run it", () => {
  let moto: Moto;
  let folder: string;
  const stores: Store[] = [];

  before(async () => {
    moto = await Moto.start();
    await moto.setUp("test/app/orders-table.py", {});
    folder = mkdtempSync(join(tmpdir(), "program-"));
    writeFileSync(join(folder, "store.cjs"), bundleStore());
  });
  after(async () => {
    await Promise.all(stores.map((store) => store.stop()));
    await moto.stop();
    rmSync(folder, { recursive: true });
  });

  const start = async (id: string): Promise<Store> => {
    const environment = {
      INSTANCE_ID: id,
      AVAILABILITY_ZONE: "eu-west-1a",
      ORDERS_TABLE: "orders",
      AWS_REGION: "eu-west-1",
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      NODE_NO_WARNINGS: "1",
    };
    const store = await Store.start(environment, { command: [join(folder, "store.cjs")], cwd: folder });
    stores.push(store);
    return store;
  };

  it("needs only Node.js and the table, and shares carts and orders with other instances", async () => {
    const [one, two] = [await start("i-1"), await start("i-2")];
    const visitor = new Visitor(one.url);
    await visitor.fill({ mug: 2 });
    const elsewhere = visitor.at(two.url);
    const { status, id } = await elsewhere.order("ordered-elsewhere");
    assert.equal(status, 201);
    const again = await visitor.order("ordered-elsewhere");
    assert.deepEqual([again.status, again.id], [200, id]);
    const shown = await elsewhere.at(one.url).get(`/orders/${id}`);
    assert.equal(shown.headers.get("x-served-by"), "i-1; zone=eu-west-1a");
    assert.match(await shown.text(), /€29\.00/);
  });

  it("returns 503 if the table is unavailable, still shows the catalogue, and duplicates no order afterwards", async () => {
    const store = await start("i-3");
    const visitor = new Visitor(store.url);
    await visitor.fill({ clock: 1 });
    const { url } = moto;
    await moto.stop();
    const refused = await visitor.post("/checkout", { name: "Ada", address: "1", key: "while-it-was-away" });
    assert.deepEqual([refused.status, refused.headers.get("retry-after")], [503, "5"]);
    assert.equal((await visitor.get("/")).status, 200);
    assert.equal((await visitor.get("/readyz")).status, 200);
    moto = await Moto.start(Number(new URL(url).port));
    await moto.setUp("test/app/orders-table.py", {});
    const placed = await visitor.order("while-it-was-away");
    const repeated = await visitor.order("while-it-was-away");
    assert.deepEqual([placed.status, repeated.status], [201, 200]);
  });
});
