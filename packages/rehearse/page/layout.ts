import { createHash } from "node:crypto";
import type { Against } from "../diff/before";
import { nameOf, typeOf } from "../engine/urn";
import { plain } from "../report/plain";
import type { Value } from "../values";
import { changesSection } from "./changes";
import { costSection } from "./cost";
import { drawingSection } from "./drawing";
import { html, type Html, raw, table } from "./html";
import { peakSection, type Picture } from "./peak";
import { policiesSection } from "./policies";
import { resourcesSection } from "./resources";
import { SCRIPT } from "./script";
import type { StackReport } from "./stack-report";
import { STYLE } from "./style";
import { summary } from "./summary";

/** The content of the page. */
export interface Page {
  readonly project: string;
  /** `2026-11-29`. */
  readonly date: string;
  /** The version of the rehearsal. */
  readonly version: string;
  readonly stacks: readonly (StackReport & { readonly pictures: readonly Picture[] })[];
  /** What the stacks are compared with; undefined without `--against`. */
  readonly against: Against | undefined;
}

/** The page: self-contained, without any request, and complete without its script. */
export function toHtml(page: Page): string {
  const { project, stacks } = page;
  // A browser runs only the page's own style and script: a value that was mistaken for HTML would have no effect.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash("sha256").update(SCRIPT).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const title = `${project}: ${stacks.map((stack) => stack.title).join(", ")}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="generator" content="rehearse ${page.version}" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${raw(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
          <h1>${project} <span class="aside">rehearsal report</span></h1>
          <nav aria-label="Stacks">
            <ul class="stacks">
              ${stacks.map(
                (stack) =>
                  html`<li>
                    <a href="#${stack.id}" data-tab="${stack.id}"
                      ><span class="dot ${stack.rehearsal.verdict}"></span>${stack.title}</a
                    >
                  </li>`,
              )}
            </ul>
          </nav>
        </header>
        <main id="content" tabindex="-1">${stacks.map((stack) => stackPart(stack, page))}</main>
        <footer>
          <p>
            Made by rehearse ${page.version} on ${page.date}: the program ran through its policies with a
            stand-in for AWS. Nothing was deployed, and no account was accessed.
          </p>
        </footer>
        ${raw(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.toString();
}

function stackPart(stack: Page["stacks"][number], { against }: Page): Html {
  const { id, title, cost, diff, drawing, peak, pictures, rehearsal } = stack;
  const isWhole = rehearsal.verdict !== "failed";
  const sections: readonly (readonly [key: string, title: string, content: Html])[] = [
    ...(drawing === undefined
      ? []
      : [["architecture", "Architecture", drawingSection(stack, drawing)] as const]),
    ...(diff === undefined || against === undefined
      ? []
      : [["changes", "What changes", changesSection(stack, diff, against)] as const]),
    ...(cost === undefined ? [] : [["cost", "Cost", costSection(stack, cost)] as const]),
    ...(isWhole ? [["policies", "Policies", policiesSection(stack)] as const] : []),
    ...(peak === undefined ? [] : [["peak", "Peak", peakSection(stack, peak, pictures)] as const]),
    ...(isWhole ? [["resources", "Resources", resourcesSection(stack)] as const] : []),
    ["details", "Outputs and rehearsal details", details(stack)],
  ];
  return html`<section class="stack" id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${summary(stack)}
    <nav class="contents" aria-label="Sections of ${title}">
      <ul>
        ${sections.map(([key, name]) => html`<li><a href="#${id}-${key}">${name}</a></li>`)}
      </ul>
    </nav>
    ${sections.map(
      ([key, name, content]) =>
        html`<section id="${id}-${key}" aria-labelledby="${id}-${key}-title">
          <h3 id="${id}-${key}-title">${name}</h3>
          ${content}
        </section>`,
    )}
  </section>`;
}

function details({ rehearsal }: StackReport): Html {
  const { outputs, diagnostics, printed, mode, stack, packs } = rehearsal;
  const entries = Object.entries(plain(outputs, UNKNOWN));
  const known = entries.filter(([, value]) => value !== UNKNOWN);
  const later = entries.filter(([, value]) => value === UNKNOWN).map(([key]) => key);
  const text = (value: Value): string => (typeof value === "string" ? value : JSON.stringify(value));
  const said = diagnostics.filter(({ severity }) => severity === "warning" || severity === "info");
  return html`${
      known.length === 0
        ? ""
        : table(
            "Outputs",
            ["output", "value"],
            known.map(([key, value]) => [key, html`<code>${text(value)}</code>`]),
          )
    }
    ${later.length === 0 ? "" : html`<p class="aside">Known after deployment: ${later.join(", ")}.</p>`}
    ${
      said.length === 0
        ? ""
        : html`<h4>Warnings</h4>
            <ul>
              ${said.map(({ severity, message, urn }) => html`<li>${severity}: ${urn === "" ? "" : `${typeOf(urn)} ${nameOf(urn)}: `}${message}</li>`)}
            </ul>`
    }
    ${
      printed.length === 0
        ? ""
        : html`<h4>Printed by the program</h4>
            <pre>${printed.join("\n")}</pre>`
    }
    <p>
      Stack ${stack}, rehearsed like
      <code>pulumi ${mode}</code
      >${packs.length === 0 ? "" : `, judged by ${packs.map(({ name, version }) => `${name} ${version}`).join(", ")}`}.
    </p>`;
}

/** The text for a value that is known only after deployment. */
const UNKNOWN = "(known after deployment)";
