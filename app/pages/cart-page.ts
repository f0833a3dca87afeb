import { html } from "hono/html";

import { MOST_OF_ONE } from "../cart";
import { formatPrice } from "../catalogue";
import { type CheckoutFault, type CheckoutField, MOST_CHARACTERS } from "../checkout";
import type { OrderLine } from "../orders/orders";
import { formatItems, type Frame, layout, lineTable, type Page, piecesOf, totalOf } from "./layout";

/** Why a checkout was refused. */
export interface Refusal {
  readonly title: string;
  readonly faults: readonly CheckoutFault[];
}

/** The content of the checkout form. */
export interface CheckoutForm extends Partial<Readonly<Record<CheckoutField, string>>> {
  /** Key of the order if it is placed from this page. */
  readonly key: string;
  /** Why the checkout was refused when the form was sent; undefined if it wasn't sent yet. */
  readonly refusal?: Refusal;
}

/** The cart and the checkout form. */
export function cartPage(frame: Frame, lines: readonly OrderLine[], form: CheckoutForm): Page {
  const { refusal } = form;
  const title = `Your cart: ${formatItems(piecesOf(lines))}`;
  if (lines.length === 0) {
    return layout(
      frame,
      title,
      html`<h1>Your cart is empty</h1>
        <p><a href="/">Look around the shop</a></p>`,
    );
  }
  return layout(
    frame,
    refusal === undefined ? title : `Error: ${refusal.title}`,
    html`<h1>Your cart</h1>
      ${refusal === undefined ? "" : errorSummary(refusal)}
      <div class="two">
        <div class="scroll" tabindex="0" role="region" aria-label="${title}">
          ${lineTable(lines, quantityForm)}
        </div>
        <form class="panel" method="post" action="/checkout">
          <h2>Where shall it go?</h2>
          <input type="hidden" name="key" value="${form.key}" />
          <div class="field">
            <label for="name">Name</label>
            ${errorOf("name", form)}
            <input
              id="name"
              name="name"
              value="${form.name ?? ""}"
              required
              maxlength="${MOST_CHARACTERS.name}"
              autocomplete="name"
              ${invalid("name", form)}
            />
          </div>
          <div class="field">
            <label for="address">Address</label>
            ${errorOf("address", form)}
            <textarea
              id="address"
              name="address"
              required
              maxlength="${MOST_CHARACTERS.address}"
              rows="3"
              autocomplete="street-address"
              ${invalid("address", form)}
            >
${form.address ?? ""}</textarea>
          </div>
          <button>Order for ${formatPrice(totalOf(lines))}</button>
          <p>You pay when it arrives.</p>
        </form>
      </div>`,
  );
}

function quantityForm({ sku, title, quantity }: OrderLine): Page {
  return html`<form class="row" method="post" action="/cart/${sku}">
    <input
      type="number"
      name="quantity"
      value="${quantity}"
      min="0"
      max="${MOST_OF_ONE}"
      aria-label="Quantity of ${title}"
    />
    <button class="quiet" aria-label="Change the quantity of ${title}">Change</button>
  </form>`;
}

/**
 * The list of faults, each with a link to its field. It gets the focus when the page opens, without a script.
 *
 * @see https://www.w3.org/WAI/WCAG22/Understanding/error-identification.html
 */
function errorSummary({ title, faults }: Refusal): Page {
  return html`<div class="faults" role="alert" aria-labelledby="faults" tabindex="-1" autofocus>
    <h2 id="faults">${title}</h2>
    <ul>
      ${faults.map(
        ({ field, text }) =>
          html`<li>${field === undefined ? text : html`<a href="#${field}">${text}</a>`}</li>`,
      )}
    </ul>
  </div>`;
}

/** The fault of a field, shown next to it. */
function errorOf(field: CheckoutField, form: CheckoutForm): Page | string {
  const fault = faultOf(field, form);
  return fault === undefined ? "" : html`<p class="error" id="${field}-error">${fault.text}</p>`;
}

/** The attributes that announce a field's fault to assistive technology. */
function invalid(field: CheckoutField, form: CheckoutForm): Page | string {
  return faultOf(field, form) === undefined
    ? ""
    : html`aria-invalid="true" aria-describedby="${field}-error"`;
}

function faultOf(field: CheckoutField, { refusal }: CheckoutForm): CheckoutFault | undefined {
  return refusal?.faults.find((fault) => fault.field === field);
}
