import { html as template, raw as unescaped } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** HTML whose values have been escaped. */
export type Html = HtmlEscapedString;

/** A value in a template: texts are escaped, HTML isn't, lists are joined, undefined is omitted. */
type Part = Html | string | number | undefined | readonly Part[];

/** A template that escapes its values. Hono's may wait for promises, but this type allows none. */
export const html = template as (strings: TemplateStringsArray, ...parts: readonly Part[]) => Html;

/** Text that is HTML already. */
export const raw = unescaped as (text: string) => Html;

/** A table whose first column is the row header. */
export function table(caption: string, heads: readonly Part[], rows: readonly (readonly Part[])[]): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${others.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Content that is hidden until the reader expands it. */
export function fold(summary: Part, content: Part): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}

/** `1 resource`, `2 resources`. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : several}`;
}
