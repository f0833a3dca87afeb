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
    // The page's content security policy blocks scripts, including axe-core's.
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
    assert.equal(await page.getByRole("link", { name: "Cart: 0 items" }).count(), 1);
  });

  it("places one order even if the customer goes back and orders again", async () => {
    await page.goto("/products/mug");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("Address").fill("1 Main Street");
    const button = page.getByRole("button", { name: "Order for" });
    const key = await page.locator("input[name=key]").getAttribute("value");
    await button.click();
    const first = page.url();
    // The request that a browser sends if it kept the page.
    await page.setContent(
      `<form method="post" action="${store.url}/checkout"><input name="key" value="${key}"><input name="name" value="Ada"><input name="address" value="1 Main Street"><button>Again</button></form>`,
    );
    await page.getByRole("button", { name: "Again" }).click();
    await page.getByRole("heading", { name: "Thank you, Ada" }).waitFor();
    assert.equal(page.url(), first);
  });

  it("leads to a checkout's errors with the keyboard, and keeps the other values", async () => {
    await page.goto("/products/mug");
    await page.getByRole("button", { name: "Add to cart" }).click();
    const name = page.getByLabel("Name");
    await name.fill("  ");
    await page.getByLabel("Address").fill("1 Main Street");
    await page.getByRole("button", { name: "Order for" }).click();
    await page.getByRole("alert", { name: "We need a little more" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await name.and(page.locator(":focus")).waitFor();
    await name.fill("Ada");
    await page.getByRole("button", { name: "Order for" }).click();
    await page.getByRole("heading", { name: "Thank you, Ada" }).waitFor();
    assert.ok(await page.getByText("1 Main Street").isVisible());
    assert.deepEqual(
      complaints.splice(0).map((text) => /status of \d+/.exec(text)?.[0]),
      ["status of 400"],
    );
  });

  for (const [device, width, colorScheme] of [
    ["a screen by day", 1280, "light"],
    ["a phone by night", 360, "dark"],
  ] as const) {
    it(`has no accessibility barriers, and no request outside the page, on ${device}`, async () => {
      const open = await browser.newContext({
        baseURL: store.url,
        bypassCSP: true,
        viewport: { width, height: 800 },
        colorScheme,
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
        await isSeen(tab);
      };
      for (const path of ["/", "/products/plant", "/cart", "/nowhere"]) {
        await tab.goto(path);
        await look();
      }
      await tab.goto("/cart");
      const name = tab.getByLabel("Name");
      await name.fill("  ");
      await tab.getByLabel("Address").fill("1 Main Street");
      await tab.getByRole("button", { name: "Order for" }).click();
      await tab.getByRole("alert").waitFor();
      await look();
      await name.fill("Ada");
      await tab.getByRole("button", { name: "Order for" }).click();
      await tab.getByRole("heading", { name: "Thank you" }).waitFor();
      await look();
      await open.close();
    });
  }
});

/**
 * Fails if pictures or the focus ring have a contrast of less than 3 : 1 to their surroundings. axe-core checks only
 * text, but has the functions to compute contrast.
 *
 * @see https://www.w3.org/WAI/WCAG22/Understanding/non-text-contrast.html
 */
async function isSeen(tab: Page): Promise<void> {
  const assertSeen = (contrasts: readonly (readonly [string, number])[]): void =>
    assert.deepEqual(
      contrasts.filter(([, contrast]) => contrast < 3),
      [],
      tab.url(),
    );
  assertSeen(await tab.evaluate<[string, number][]>(`(() => { ${CONTRAST} return ${PICTURES}; })()`));
  const focused = `(() => { ${CONTRAST} return ${RING}; })()`;
  // At first, the focus is on the page itself or on the summary of errors.
  let contrasts = await tab.evaluate<[string, number][] | null>(focused);
  let count = 0;
  for (let presses = 0; contrasts !== null || presses === 0; presses++) {
    assertSeen(contrasts ?? []);
    count += contrasts === null ? 0 : 1;
    await tab.keyboard.press("Tab");
    contrasts = await tab.evaluate(focused);
  }
  assert.ok(count >= 3, `${tab.url()}: only ${count} took the focus`);
}

/** Declarations that the scripts below share. */
const CONTRAST = `
  const { Color, getContrast } = axe.commons.color;
  const parse = (text) => { const color = new Color(); color.parseString(text); return color; };
  const contrast = (one, other) => getContrast(parse(one), parse(other));
  const isOpaque = (text) => text !== "none" && parse(text).alpha > 0;
  const name = (element) => element.outerHTML.slice(0, 120);
`;

/** Each outline in a picture, against its own fill and against the picture's background. */
const PICTURES = `[...document.querySelectorAll(".picture *")].flatMap((shape) => {
  const { stroke, fill } = getComputedStyle(shape);
  const { backgroundColor } = getComputedStyle(shape.ownerSVGElement);
  return [fill, backgroundColor].filter(isOpaque).map((other) => [name(shape), isOpaque(stroke) ? contrast(stroke, other) : 1]);
})`;

/**
 * The ring, against the areas on its inner and outer side: at its corners and in the middle of its sides; null if the
 * page itself has the focus, or the element that had it before.
 */
const RING = `(() => {
  const ringed = document.activeElement;
  if (ringed === document.body || ringed.hasAttribute("data-ringed")) return null;
  ringed.setAttribute("data-ringed", "");
  const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(ringed);
  const [width, offset] = [parseFloat(outlineWidth), parseFloat(outlineOffset)];
  if (outlineStyle === "none" || width < 2) return [[name(ringed), 1]];
  const { left, right, top, bottom } = ringed.getBoundingClientRect();
  const behind = (x, y) => document.elementsFromPoint(x, y)
    .map((each) => each === ringed ? "none" : getComputedStyle(each).backgroundColor).find(isOpaque);
  const met = [offset / 2, offset + width + 1].flatMap((by) =>
    [left - by, (left + right) / 2, right + by].flatMap((x) =>
      [top - by, (top + bottom) / 2, bottom + by].map((y) => behind(x, y))));
  return [...new Set(met)].map((each) => each === undefined
    ? [name(ringed) + " beyond the window", 3]
    : [name(ringed) + " on " + each, contrast(outlineColor, each)]);
})()`;
