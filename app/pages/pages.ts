import { html } from "hono/html";

import { MOST_OF_ONE } from "../cart";
import { CATALOGUE, formatPrice, type Product } from "../catalogue";
import type { Order } from "../orders/orders";
import { formatItems, type Frame, layout, lineTable, type Page, piecesOf } from "./layout";
import { picture } from "./pictures";

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

/** One product, with a form to add it to the cart. */
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

/** An order, for the customer who placed it. */
export function orderPage(frame: Frame, order: Order): Page {
  const items = formatItems(piecesOf(order.lines));
  return layout(
    frame,
    `Your order: ${items}`,
    html`<h1>Thank you, ${order.name}</h1>
      <p class="lead">Your order ${order.id.slice(0, 8)} is on its way to you.</p>
      <div class="two">
        <div class="scroll" tabindex="0" role="region" aria-label="Your order: ${items}">
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

/** An error page. */
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
