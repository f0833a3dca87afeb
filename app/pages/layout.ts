import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

import { formatPrice } from "../catalogue";
import type { OrderLine } from "../orders/orders";

/** A page; all values in it are escaped. */
export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The data that all pages show. */
export interface Frame {
  /** The store's title. */
  readonly store: string;
  /** The instance that serves the page. */
  readonly servedBy: string;
  /** The visitor's name; undefined if not signed in. */
  readonly visitor: string | undefined;
  /** Number of items in the cart. */
  readonly pieces: number;
}

/** The total quantity of the lines. */
export function piecesOf(lines: readonly Pick<OrderLine, "quantity">[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** `1 item`, `2 items`. */
export function formatItems(pieces: number): string {
  return pieces === 1 ? "1 item" : `${pieces} items`;
}

/** The total price of the lines, in cents. */
export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0);
}

/**
 * A table of lines with their total price.
 *
 * @param quantityOf - content of the quantity column: a number, or a form to change it
 */
export function lineTable(lines: readonly OrderLine[], quantityOf: (line: OrderLine) => Page): Page {
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

/**
 * A complete page.
 *
 * @param title - title of the page; the store's name is appended
 * @param content - content between header and footer
 */
export function layout({ store, servedBy, visitor, pieces }: Frame, title: string, content: Page): Page {
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
          ${visitor === undefined ? "" : html`<span class="visitor">Signed in as ${visitor}</span>`}
          <nav aria-label="Shop">
            <a class="bag" href="/cart">Cart: ${formatItems(pieces)}</a>
          </nav>
        </header>
        <main>${content}</main>
        <footer>Served by ${servedBy}</footer>
      </body>
    </html>`;
}
