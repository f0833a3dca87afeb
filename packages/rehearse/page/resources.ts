import { isRoot } from "../engine/deployment";
import type { Resource } from "../engine/resource";
import { plain } from "../report/plain";
import { childrenIn, isShown } from "../report/resources";
import type { Value } from "../values";
import { count, html, type Html } from "./html";
import { rowId, type StackReport } from "./stack-report";

/** The most characters of a property that are shown. */
const LONG = 300;

/** The most characters of all properties of a stack that are shown, so that the page opens quickly. */
const BUDGET = 300_000;

/** Every resource, grouped by its top-level component; each expands to its inputs. */
export function resourcesSection(report: StackReport): Html {
  const { resources, mode } = report.rehearsal;
  const children = childrenIn(resources);
  const tops = [...(children.get("") ?? [])].flatMap(({ urn }) => children.get(urn) ?? []);
  const below = (resource: Resource): Resource[] => [
    resource,
    ...(children.get(resource.urn) ?? []).flatMap(below),
  ];
  const isComponent = ({ urn, custom }: Resource): boolean => !custom || children.has(urn);
  const groups = tops
    .filter(isComponent)
    .map((top) => ({ title: top.name, type: top.type, members: below(top) }))
    .sort((a, b) => b.members.length - a.members.length);
  const single = tops.filter((top) => !isComponent(top));
  const stack = resources.filter(isRoot);
  const rows = new Rows(report);
  const group = (title: string, type: string, members: readonly Resource[]): Html =>
    html`<details class="group">
      <summary>
        ${title} <span class="type">${type}</span>
        <span class="aside">${count(members.length, "resource")}</span>
      </summary>
      ${members.map((member) => rows.row(member))}
    </details>`;
  const shown = resources.filter(isShown);
  return html`<p>
      ${count(shown.length, "resource")}${mode === "preview" ? ", as a preview shows them: what AWS computes isn't known yet" : ""}.
    </p>
    <p class="filter" hidden>
      <label>Show those with <input type="search" data-filter="${report.id}" /></label>
      <span role="status"></span>
    </p>
    ${groups.map(({ title, type, members }) => group(title, type, members))}
    ${single.length + stack.length === 0 ? "" : group("In no component", "", [...single, ...stack])}
    ${rows.isCut ? html`<p class="aside">Properties of some resources are left out because there are too many: --json prints all.</p>` : ""}`;
}

class Rows {
  isCut = false;
  private left = BUDGET;
  private readonly operations: ReadonlyMap<string, string>;
  private readonly monthly = new Map<string, number>();
  private readonly found = new Map<string, number>();

  constructor(private readonly report: StackReport) {
    const { rehearsal, cost } = report;
    this.operations = new Map(
      rehearsal.plan?.steps.map(({ resource, operation }) => [resource.urn, operation] as const),
    );
    for (const { urn, monthly } of cost?.items ?? [])
      this.monthly.set(urn, (this.monthly.get(urn) ?? 0) + monthly);
    for (const { urn } of rehearsal.findings) this.found.set(urn, (this.found.get(urn) ?? 0) + 1);
  }

  row(resource: Resource): Html {
    const { urn, name, type, inputs, external } = resource;
    const operation = this.operations.get(urn) ?? (external ? "read" : "");
    const monthly = this.monthly.get(urn) ?? 0;
    const found = this.found.get(urn) ?? 0;
    return html`<details class="resource" id="${rowId(this.report, urn)}">
      <summary>
        <span class="name">${name}</span> <span class="type">${type}</span>
        ${operation === "" ? "" : html`<span class="tag ${operation}">${operation}</span>`}
        ${found === 0 ? "" : html`<span class="tag found">${count(found, "finding")}</span>`}
        ${monthly < 0.005 ? "" : html`<span class="money">$${monthly.toFixed(2)} a month</span>`}
      </summary>
      <p class="urn"><code>${urn}</code></p>
      ${this.properties(plain(inputs, "(known after deployment)"))}
    </details>`;
  }

  private properties(values: Readonly<Record<string, Value>>): Html | string {
    const entries = Object.entries(values).map(([key, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [
        key,
        text.length > LONG ? `${text.slice(0, LONG)}… (${count(text.length, "character")})` : text,
      ] as const;
    });
    if (entries.length === 0) return "";
    this.left -= entries.reduce((sum, [key, text]) => sum + key.length + text.length, 0);
    if (this.left < 0) {
      this.isCut = true;
      return "";
    }
    return html`<dl>
      ${entries.map(
        ([key, text]) =>
          html`<dt>${key}</dt>
            <dd>${text}</dd>`,
      )}
    </dl>`;
  }
}
