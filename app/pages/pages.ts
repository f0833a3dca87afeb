import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

import { MOST_OF_ONE } from "../cart";
import { CATALOGUE, formatPrice, type Product } from "../catalogue";
import type { Order, OrderLine } from "../orders/orders";
import { picture } from "./pictures";

/** A page; every value in it has been escaped. */
export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What all pages show. */
export interface Frame {
  /** What the store is called. */
  readonly store: string;
  /** Which instance answers. */
  readonly servedBy: string;
  /** Pieces in the cart. */
  readonly pieces: number;
}

/** All products. */
export function cataloguePage(frame: Frame): Page {
  return layout(
    frame,
    "Things for the home",
    html`<h1>Things that last</h1>
      <p class="lead">A small shop for the home: few things, made well, sent the same day.</p>
      <ul class="grid">
        ${CATALOGUE.map(
          ({ sku, title, priceCents }) =>
            html`<li class="card">
              ${picture(sku)}
              <h2><a href="/products/${sku}">${title}</a></h2>
              <p>${formatPrice(priceCents)}</p>
            </li>`,
        )}
      </ul>`,
  );
}

/** One product, and the way to the cart. */
export function productPage(frame: Frame, { sku, title, description, priceCents }: Product): Page {
  return layout(
    frame,
    title,
    html`<div class="product">
      ${picture(sku)}
      <div>
        <h1>${title}</h1>
        <p class="lead">${description}</p>
        <p class="price">${formatPrice(priceCents)}</p>
        <form class="row" method="post" action="/cart">
          <input type="hidden" name="sku" value="${sku}" />
          <div>
            <label for="quantity">Quantity</label>
            <input
              type="number"
              id="quantity"
              name="quantity"
              value="1"
              min="1"
              max="${MOST_OF_ONE}"
              required
            />
          </div>
          <button>Add to cart</button>
        </form>
      </div>
    </div>`,
  );
}

/**
 * The cart, and the form that orders.
 *
 * @param key - what the order is to be called if it is placed from this page
 */
export function cartPage(frame: Frame, lines: readonly OrderLine[], key: string): Page {
  if (lines.length === 0) {
    return layout(
      frame,
      "Your cart",
      html`<h1>Your cart is empty</h1>
        <p><a href="/">Look around the shop</a></p>`,
    );
  }
  return layout(
    frame,
    "Your cart",
    html`<h1>Your cart</h1>
      <div class="two">
        <div class="scroll" tabindex="0" role="region" aria-label="Products in your cart">
          ${lineTable(
            lines,
            ({ sku, title, quantity }) =>
              html`<form class="row" method="post" action="/cart/${sku}">
                <input
                  type="number"
                  name="quantity"
                  value="${quantity}"
                  min="0"
                  max="${MOST_OF_ONE}"
                  aria-label="Quantity of ${title}"
                />
                <button class="quiet" aria-label="Change the quantity of ${title}">Change</button>
              </form>`,
          )}
        </div>
        <form class="panel" method="post" action="/checkout">
          <h2>Where shall it go?</h2>
          <input type="hidden" name="key" value="${key}" />
          <div class="field">
            <label for="name">Name</label>
            <input id="name" name="name" required maxlength="100" autocomplete="name" />
          </div>
          <div class="field">
            <label for="address">Address</label>
            <textarea
              id="address"
              name="address"
              required
              maxlength="300"
              rows="3"
              autocomplete="street-address"
            ></textarea>
          </div>
          <button>Order for ${formatPrice(totalOf(lines))}</button>
          <p>You pay when it arrives.</p>
        </form>
      </div>`,
  );
}

/** An order, for the customer who placed it. */
export function orderPage(frame: Frame, order: Order): Page {
  return layout(
    frame,
    "Your order",
    html`<h1>Thank you, ${order.name}</h1>
      <p class="lead">Your order ${order.id.slice(0, 8)} is on its way to you.</p>
      <div class="two">
        <div class="scroll" tabindex="0" role="region" aria-label="Products in your order">
          ${lineTable(order.lines, ({ quantity }) => html`${quantity}`)}
        </div>
        <div class="panel">
          <h2>It goes to</h2>
          <p>${order.name}<br />${order.address}</p>
          <p>Placed at ${order.placedAt}</p>
        </div>
      </div>`,
  );
}

/** What went wrong, and what to do. */
export function faultPage(frame: Frame, title: string, faults: readonly string[]): Page {
  return layout(
    frame,
    title,
    html`<h1>${title}</h1>
      <ul class="faults">
        ${faults.map((fault) => html`<li>${fault}</li>`)}
      </ul>
      <p><a href="/">Back to the shop</a></p>`,
  );
}

/** What the lines cost together, in cents. */
export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0);
}

function lineTable(lines: readonly OrderLine[], quantityOf: (line: OrderLine) => Page): Page {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Product</th>
        <th scope="col">Quantity</th>
        <th scope="col" class="number">Price</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <th scope="row">${line.title}</th>
            <td>${quantityOf(line)}</td>
            <td class="number">${formatPrice(line.priceCents * line.quantity)}</td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr class="total">
        <th scope="row" colspan="2">Total</th>
        <td class="number">${formatPrice(totalOf(lines))}</td>
      </tr>
    </tfoot>
  </table>`;
}

function layout({ store, servedBy, pieces }: Frame, title: string, content: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${store}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <a class="brand" href="/">${store}</a>
          <nav aria-label="Shop">
            <a class="bag" href="/cart">Cart: ${pieces === 1 ? "1 thing" : `${pieces} things`}</a>
          </nav>
        </header>
        <main>${content}</main>
        <footer>Served by ${servedBy}</footer>
      </body>
    </html>`;
}
