import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";

import { startChromium } from "../support/chromium";
import { describeWith } from "../support/programs";
import { Store } from "../support/store";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

describeWith(["chromium"], "the sample store in a browser", () => {
  let store: Store;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let elsewhere: string[];
  let complaints: string[];

  before(async () => {
    [store, browser] = await Promise.all([Store.start({ INSTANCE_ID: "i-a" }), startChromium()]);
  });
  after(async () => {
    await browser.close();
    await store.stop();
  });
  beforeEach(async () => {
    // The page's policy keeps scripts out, also the one that looks for barriers.
    context = await browser.newContext({ baseURL: store.url, bypassCSP: false });
    page = await context.newPage();
    elsewhere = [];
    complaints = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(store.url) && !request.url().startsWith("data:"))
        elsewhere.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
  });
  afterEach(async () => {
    assert.deepEqual([elsewhere, complaints], [[], []]);
    await context.close();
  });

  it("sells a mug and a lamp, with the keyboard or the mouse", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Stoneware mug" }).click();
    await page.getByLabel("Quantity").fill("2");
    await page.getByRole("button", { name: "Add to cart" }).press("Enter");
    await page.goto("/products/lamp");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByLabel("Quantity of Desk lamp", { exact: true }).fill("3");
    await page.getByRole("button", { name: "Change the quantity of Desk lamp" }).click();
    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("Address").fill("1 Main Street");
    await page.getByRole("button", { name: "Order for €296.00" }).click();
    await page.getByRole("heading", { name: "Thank you, Ada" }).waitFor();
    assert.match(page.url(), /\/orders\/[0-9a-f]{24}$/);
    assert.equal(await page.getByRole("link", { name: "Cart: 0 things" }).count(), 1);
  });

  it("orders once though the customer goes back and orders again", async () => {
    await page.goto("/products/mug");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("Address").fill("1 Main Street");
    const button = page.getByRole("button", { name: "Order for" });
    const key = await page.locator("input[name=key]").getAttribute("value");
    await button.click();
    const first = page.url();
    // What a browser that kept the page would send.
    await page.setContent(
      `<form method="post" action="${store.url}/checkout"><input name="key" value="${key}"><input name="name" value="Ada"><input name="address" value="1 Main Street"><button>Again</button></form>`,
    );
    await page.getByRole("button", { name: "Again" }).click();
    await page.getByRole("heading", { name: "Thank you, Ada" }).waitFor();
    assert.equal(page.url(), first);
  });

  for (const [device, width] of [
    ["a screen", 1280],
    ["a phone", 360],
  ] as const) {
    it(`puts up no barriers, and nothing beside the page, on ${device}`, async () => {
      const open = await browser.newContext({
        ...{ baseURL: store.url, bypassCSP: true, viewport: { width, height: 800 } },
      });
      const tab = await open.newPage();
      await tab.goto("/products/basket");
      await tab.getByRole("button", { name: "Add to cart" }).click();
      const look = async (): Promise<void> => {
        await tab.addScriptTag({ content: AXE });
        const { violations } = await tab.evaluate(() =>
          (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
        );
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
        assert.deepEqual(found, [], tab.url());
        const overhang = await tab.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        assert.equal(overhang, 0, `${tab.url()} is wider than ${width} pixels`);
      };
      for (const path of ["/", "/products/plant", "/cart", "/nowhere"]) {
        await tab.goto(path);
        await look();
      }
      await tab.goto("/cart");
      await tab.getByLabel("Name").fill("Ada");
      await tab.getByLabel("Address").fill("1 Main Street");
      await tab.getByRole("button", { name: "Order for" }).click();
      await tab.getByRole("heading", { name: "Thank you" }).waitFor();
      await look();
      await open.close();
    });
  }
});
