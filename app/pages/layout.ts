import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

import { formatPrice } from "../catalogue";
import type { OrderLine } from "../orders/orders";

/** A page; every value in it has been escaped. */
export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What all pages show. */
export interface Frame {
  /** What the store is called. */
  readonly store: string;
  /** Which instance answers. */
  readonly servedBy: string;
  /** Who has signed in; undefined for who has not. */
  readonly visitor: string | undefined;
  /** Pieces in the cart. */
  readonly pieces: number;
}

/** How many pieces the lines are together. */
export function piecesOf(lines: readonly Pick<OrderLine, "quantity">[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** `1 item`, `2 items`. */
export function formatItems(pieces: number): string {
  return pieces === 1 ? "1 item" : `${pieces} items`;
}

/** What the lines cost together, in cents. */
export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0);
}

/**
 * A table of lines, and what they cost together.
 *
 * @param quantityOf - what stands in the column of quantities: a number, or a form that changes it
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
 * A whole page.
 *
 * @param title - what the page is about; the store's name is put behind it
 * @param content - what stands between header and footer
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
