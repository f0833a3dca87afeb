import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";

import { type Cart, emptyCart, MOST_OF_ONE, readCart, readQuantity, withQuantity, writeCart } from "./cart";
import { findProduct } from "./catalogue";
import { checkoutFaults, isOrderKey } from "./checkout";
import type { Config } from "./config";
import type { Log } from "./log";
import type { Metrics } from "./metrics";
import {
  isSame,
  orderId,
  type OrderLine,
  type OrderRequest,
  type Orders,
  OrdersUnavailable,
} from "./orders/orders";
import { cartPage, type Refusal } from "./pages/cart-page";
import { type Frame, piecesOf, totalOf } from "./pages/layout";
import { cataloguePage, faultPage, orderPage, productPage } from "./pages/pages";
import { STYLE } from "./pages/style";
import { readForm, textOf, wantsJson } from "./requests";
import { CLAIMS_HEADER, type Visitors } from "./visitor";

/** Arguments of {@link createShop}. */
export interface ShopOptions {
  readonly config: Pick<Config, "title" | "instanceId" | "availabilityZone">;
  readonly orders: Orders;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly visitors: Visitors;
  /** The key that signs carts; undefined while it isn't known. */
  readonly signingKey: () => string | undefined;
  /** Whether the instance has been told to stop. */
  readonly isDraining: () => boolean;
}

/** Maximum number of bytes of a request's body; a checkout has a few hundred. */
const MOST_BODY_BYTES = 16 * 1024;

/** Seconds that a cart lasts: 30 days. */
const CART_SECONDS = 30 * 24 * 3600;

/** Paths that balancers and monitoring request constantly. Requests to them are not logged. */
const UNLOGGED = new Set(["/healthz", "/readyz", "/metrics"]);

/** The message while orders are unavailable. */
const UNAVAILABLE = {
  title: "Just a moment",
  text: "We can't reach our books. Try again in a moment: nothing is ordered twice.",
};

/** The shop's HTTP interface: pages for people, JSON for `Accept: application/json`. */
export function createShop(options: ShopOptions): Hono {
  const shop = new Hono();
  const visit = new Visit(options);
  addGuards(shop, options, visit);
  addProbes(shop, options);
  addPages(shop, options, visit);
  addCart(shop, visit);
  shop.post("/checkout", (c) => checkOut(c, options, visit));
  addErrors(shop, visit);
  return shop;
}

/** What every page needs from the request: the visitor, and the cart in the visitor's cookie. */
class Visit {
  constructor(private readonly options: ShopOptions) {}

  frameOf(c: Context, cart = emptyCart()): Frame {
    const { title, instanceId, availabilityZone } = this.options.config;
    return {
      store: title,
      servedBy: `${instanceId} in ${availabilityZone}`,
      visitor: c.get("visitor") as string | undefined,
      pieces: piecesOf(linesOf(cart)),
    };
  }

  /** A cookie that the store didn't sign is ignored. */
  async cartOf(c: Context): Promise<Cart> {
    const text = await getSignedCookie(c, this.key, "cart");
    return (text ? readCart(text) : undefined) ?? emptyCart();
  }

  keep(c: Context, cart: Cart): Promise<void> {
    return setSignedCookie(c, "cart", writeCart(cart), this.key, {
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      maxAge: CART_SECONDS,
      secure: c.req.header("x-forwarded-proto") === "https",
    });
  }

  tellFailure(c: Context, error: Error): void {
    this.options.log("error", { event: "failed", reason: error.message, path: c.req.path });
  }

  tellUnavailable(c: Context, error: OrdersUnavailable): void {
    this.tellFailure(c, error);
    this.options.metrics.orders.inc({ outcome: "unavailable" });
    c.header("Retry-After", "5");
  }

  private get key(): string {
    const known = this.options.signingKey();
    if (known === undefined) throw new OrdersUnavailable("the key that signs carts is not known yet");
    return known;
  }
}

/** Adds the checks that every request passes first. */
function addGuards(shop: Hono, options: ShopOptions, visit: Visit): void {
  shop.use(watch(options));
  shop.use(async (c: Context, next) => {
    if (hasDotSegments(pathAsWritten(c)))
      return fault(c, visit.frameOf(c), 400, "Not like that", ["A path has no . and no .. in it."]);
    return next();
  });
  shop.use(async (c: Context, next) => {
    c.set("visitor", await options.visitors.nameOf(c.req.header(CLAIMS_HEADER)));
    await next();
  });
  shop.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      xFrameOptions: "DENY",
      // Without a referrer, browsers don't send a form's origin either.
      referrerPolicy: "same-origin",
      // The component that terminates TLS sets this header.
      strictTransportSecurity: false,
    }),
  );
  // Behind a balancer, the scheme of the request differs from the visitor's, so only the host is compared.
  shop.use(
    csrf({ origin: (origin, c) => URL.canParse(origin) && new URL(origin).host === c.req.header("host") }),
  );
  shop.use(
    bodyLimit({
      maxSize: MOST_BODY_BYTES,
      onError: (c) =>
        fault(c, visit.frameOf(c), 413, "That is too much", [`Send ${MOST_BODY_BYTES} bytes at most.`]),
    }),
  );
}

/** Adds the paths for balancers and monitoring. */
function addProbes(shop: Hono, options: ShopOptions): void {
  shop.get("/healthz", (c) => c.text("ok\n"));
  shop.get("/readyz", (c) => {
    if (options.isDraining()) return c.text("draining\n", 503);
    return options.signingKey() === undefined ? c.text("no key to sign carts with\n", 503) : c.text("ok\n");
  });
  shop.get("/metrics", async (c) => {
    // A request through a balancer doesn't come from this machine.
    if (c.req.header("x-forwarded-for") !== undefined) return c.notFound();
    const { text, type } = await options.metrics.render();
    return c.body(text, 200, { "Content-Type": type });
  });
}

/** Adds the pages for visitors. */
function addPages(shop: Hono, { orders }: ShopOptions, visit: Visit): void {
  shop.get("/style.css", (c) =>
    c.body(STYLE, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=300" }),
  );
  shop.get("/", async (c) => c.html(cataloguePage(visit.frameOf(c, await visit.cartOf(c)))));
  shop.get("/products/:sku", async (c) => {
    const product = findProduct(c.req.param("sku"));
    if (product === undefined) return c.notFound();
    return c.html(productPage(visit.frameOf(c, await visit.cartOf(c)), product));
  });
  shop.get("/cart", async (c) => {
    const cart = await visit.cartOf(c);
    // The cart is stored, so that the order placed from this page is one order, however often it is sent.
    await visit.keep(c, cart);
    const lines = linesOf(cart);
    if (wantsJson(c)) return c.json({ lines, totalCents: totalOf(lines) });
    return c.html(cartPage(visit.frameOf(c, cart), lines, { key: randomUUID() }));
  });
  shop.get("/orders/:id", async (c) => {
    const cart = await visit.cartOf(c);
    const id = c.req.param("id");
    const order = /^[0-9a-f]{24}$/.test(id) ? await orders.find(id) : undefined;
    // An order contains a name and an address, so only its customer may see it.
    if (order?.cartId !== cart.id) return c.notFound();
    return wantsJson(c) ? c.json(order) : c.html(orderPage(visit.frameOf(c, cart), order));
  });
}

function addCart(shop: Hono, visit: Visit): void {
  /** Sets the quantity of a product from the current quantity and the form's. */
  const change = async (c: Context, least: number, next: (had: number, given: number) => number) => {
    const cart = await visit.cartOf(c);
    const form = await readForm(c);
    const sku = c.req.param("sku") ?? textOf(form["sku"]);
    const given = readQuantity(textOf(form["quantity"]));
    if (findProduct(sku) === undefined)
      return fault(c, visit.frameOf(c, cart), 404, "Not found", ["There is no such product."]);
    if (given === undefined || given < least) {
      return fault(c, visit.frameOf(c, cart), 400, "How many?", [
        `A quantity is a whole number from ${least} to ${MOST_OF_ONE}.`,
      ]);
    }
    const changed = withQuantity(cart, sku, next(cart.quantities.get(sku) ?? 0, given));
    await visit.keep(c, changed);
    return wantsJson(c) ? c.json({ lines: linesOf(changed) }) : c.redirect("/cart", 303);
  };
  shop.post("/cart", (c) => change(c, 1, (had, given) => had + given));
  shop.post("/cart/:sku", (c) => change(c, 0, (_, given) => given));
}

/** Places the order of a cart once, however often its form is sent. */
async function checkOut(c: Context, { orders, metrics }: ShopOptions, visit: Visit) {
  const cart = await visit.cartOf(c);
  const form = await readForm(c);
  const typed = { name: textOf(form["name"]).trim(), address: textOf(form["address"]).trim() };
  const request: OrderRequest = { cartId: cart.id, lines: linesOf(cart), ...typed };
  const called = c.req.header("idempotency-key") ?? textOf(form["key"]);
  /** Returns the form with what was entered, or only the faults. */
  const again = (status: 400 | 422 | 503, { title, faults }: Refusal, next = called) => {
    if (!wantsJson(c) && request.lines.length > 0) {
      const filled = { ...typed, key: next, refusal: { title, faults } };
      return c.html(cartPage(visit.frameOf(c, cart), request.lines, filled), status);
    }
    const texts = faults.map(({ text }) => text);
    return fault(c, visit.frameOf(c, cart), status, title, texts);
  };
  const refuse: typeof again = (...refusal) => {
    metrics.orders.inc({ outcome: "refused" });
    return again(...refusal);
  };
  const faults = checkoutFaults(request, called);
  if (faults.length > 0) {
    const refusal = { title: "We need a little more", faults };
    return refuse(400, refusal, isOrderKey(called) ? called : randomUUID());
  }
  const id = orderId(cart.id, called);
  const done = async (status: 200 | 201) => {
    metrics.orders.inc({ outcome: status === 201 ? "placed" : "repeated" });
    await visit.keep(c, emptyCart(cart.id));
    return wantsJson(c) ? c.json({ id }, status) : c.redirect(`/orders/${id}`, 303);
  };
  try {
    if (request.lines.length === 0) {
      // The cart was emptied when the order was placed, so this is a repeated request.
      if (await orders.find(id)) return await done(200);
      return refuse(400, refusalFor("Your cart is empty", "Put something into your cart first."));
    }
    const order = {
      ...request,
      id,
      requestId: randomUUID(),
      placedAt: new Date().toISOString(),
      totalCents: totalOf(request.lines),
    };
    const kept = await orders.placeOnce(order);
    if (!isSame(kept, order)) {
      // The key belongs to another order: with it, the form would be refused again.
      const text =
        "This page has placed another order already. To order what is in your cart now, order again.";
      return refuse(422, refusalFor("Already ordered", text), randomUUID());
    }
    return await done(kept.requestId === order.requestId ? 201 : 200);
  } catch (error) {
    if (!(error instanceof OrdersUnavailable)) throw error;
    visit.tellUnavailable(c, error);
    return again(503, refusalFor(UNAVAILABLE.title, UNAVAILABLE.text));
  }
}

function addErrors(shop: Hono, visit: Visit): void {
  shop.notFound((c) => fault(c, visit.frameOf(c), 404, "Not found", ["There is no such page."]));
  shop.onError((error, c) => {
    const frame = visit.frameOf(c);
    if (error instanceof HTTPException && error.status < 500) {
      return fault(c, frame, error.status, "That didn't work", ["Go back, and try it from our own page."]);
    }
    if (error instanceof OrdersUnavailable) {
      visit.tellUnavailable(c, error);
      return fault(c, frame, 503, UNAVAILABLE.title, [UNAVAILABLE.text]);
    }
    visit.tellFailure(c, error);
    return fault(c, frame, 500, "That went wrong", ["It is our fault. Try again in a moment."]);
  });
}

/** Counts, times and logs every request, and adds the instance to the response. */
function watch({ config, metrics, log, isDraining }: ShopOptions) {
  const servedBy = `${config.instanceId}; zone=${config.availabilityZone}`;
  return async (c: Context, next: () => Promise<void>): Promise<void> => {
    const started = performance.now();
    metrics.inFlight.inc();
    try {
      await next();
    } finally {
      metrics.inFlight.dec();
    }
    c.header("X-Served-By", servedBy);
    c.header("Cache-Control", c.res.headers.get("Cache-Control") ?? "no-store");
    if (isDraining()) c.header("Connection", "close");
    const { method, path } = c.req;
    const { status } = c.res;
    const milliseconds = performance.now() - started;
    // By route, because a label for each order would be unbounded.
    const route = c.req.matchedRoutes.at(-1)?.path ?? "none";
    metrics.duration.observe({ method, route, status }, milliseconds / 1000);
    if (UNLOGGED.has(path)) return;
    const trace = c.req.header("x-amzn-trace-id");
    log("info", { event: "request", method, path, status, milliseconds: Math.round(milliseconds), trace });
  };
}

function linesOf(cart: Cart): OrderLine[] {
  return [...cart.quantities].flatMap(([sku, quantity]): OrderLine[] => {
    const product = findProduct(sku);
    return product ? [{ sku, title: product.title, priceCents: product.priceCents, quantity }] : [];
  });
}

/** A refusal that concerns no field. */
function refusalFor(title: string, text: string): Refusal {
  return { title, faults: [{ field: undefined, text }] };
}

function fault(
  c: Context,
  frame: Frame,
  status: ContentfulStatusCode,
  title: string,
  faults: readonly string[],
) {
  return wantsJson(c)
    ? c.json({ error: title, faults }, status)
    : c.html(faultPage(frame, title, faults), status);
}

/**
 * The path as the client sent it, which a load balancer's rules are compared with. JavaScript removes dot
 * segments from URLs: https://url.spec.whatwg.org/#path-state.
 */
function pathAsWritten(c: Context): string {
  const { incoming } = c.env as { readonly incoming?: { readonly url?: string } };
  return (incoming?.url ?? c.req.path).replace(/\?.*$/s, "");
}

/**
 * Whether a path contains dot segments: /products/../cart is not a product, although a rule for /products/*
 * matches it.
 */
function hasDotSegments(path: string): boolean {
  return /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path);
}
