import type { Drawing } from "../architecture";
import { count, html, type Html, raw } from "./html";
import { link, rowId, type StackReport } from "./stack-report";

/** The drawing, and the resources of each of its boxes. */
export function drawingSection(report: StackReport, drawing: Drawing): Html {
  const { id, rehearsal } = report;
  const findings = (urns: readonly string[]) => rehearsal.findings.filter(({ urn }) => urns.includes(urn));
  const boxes = drawing.boxes.filter(({ urns }) => urns.length > 0);
  return html`<figure class="drawing" data-stack="${id}">
      <div
        class="canvas"
        tabindex="0"
        role="region"
        aria-label="Drawing, scrollable"
        style="--drawn:${drawing.width}px"
      >
        ${raw(withPrefix(drawing.svg, id))}
      </div>
      <figcaption>Drawn from the resources themselves. Choose a box to see what it stands for.</figcaption>
    </figure>
    <details class="boxes">
      <summary>
        What each box stands for <span class="aside">${count(boxes.length, "box", "boxes")}</span>
      </summary>
      ${boxes.map(({ id: box, label, urns }) => {
        const found = findings(urns);
        const rows = urns.filter((urn) => rowId(report, urn) !== undefined);
        return html`<section class="about" id="${id}-about-${box}" tabindex="-1">
          <h4>${label}</h4>
          ${
            found.length === 0
              ? ""
              : html`<ul class="plain">
                  ${found.map(({ policy, level, exemption, message }) => html`<li><span class="tag ${level}">${exemption === undefined ? level : "exempt"}</span> <code>${policy}</code> ${message.split("\n")[1] ?? message.split("\n")[0]}</li>`)}
                </ul>`
          }
          <ul class="plain">
            ${rows.slice(0, LISTED).map((urn) => html`<li>${link(report, urn)}</li>`)}
            ${rows.length > LISTED ? html`<li>and ${rows.length - LISTED} more</li>` : ""}
          </ul>
        </section>`;
      })}
    </details>`;
}

/** The most resources of a box that are listed. */
const LISTED = 40;

/** Makes the ids of a drawing unique in a page that has several. */
function withPrefix(svg: string, prefix: string): string {
  return svg
    .replace(/^<\?xml[^>]*\?>\s*/, "")
    .replace(
      / (id|aria-labelledby|aria-describedby)="([^"]+)"/g,
      (_, attribute: string, ids: string) =>
        ` ${attribute}="${ids.replace(/\S+/g, (one) => `${prefix}-${one}`)}"`,
    )
    .replace(/url\(#([^)"]+)\)/g, `url(#${prefix}-$1)`)
    .replace(/ (xlink:href|href)="#([^"]+)"/g, ` $1="#${prefix}-$2"`);
}
