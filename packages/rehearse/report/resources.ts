import { isRoot } from "../engine/deployment";
import type { Resource } from "../engine/resource";
import { isProviderType } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import { pad, type Style, widest } from "./style";

/** The most lines of {@link byComponent}: together with the rest of a stack's report they fit on a screen. */
const MOST_LINES = 18;

/** Default providers are internal to the engine; the CLI doesn't show them either. */
export function isShown(resource: Resource): boolean {
  return !(isProviderType(resource.type) && resource.parent === "");
}

/** The resources that reports show, by their parent's URN; the parent of the stack itself is empty. */
export function childrenIn(resources: readonly Resource[]): Map<string, Resource[]> {
  const shown = resources.filter(isShown);
  const stack = shown.find(isRoot)?.urn ?? "";
  const children = new Map<string, Resource[]>();
  for (const resource of shown) {
    // Old programs register resources without a parent; like the CLI, show them under the stack.
    const parent = isRoot(resource) ? "" : resource.parent || stack;
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  return children;
}

/** Every resource below its parent, as `pulumi preview` and `pulumi up` show them. */
export function tree({ resources, mode, unjudged, plan: planned }: Rehearsal, style: Style): string {
  const operations = new Map(planned?.steps.map(({ resource, operation }) => [resource.urn, operation]));
  const boxes = new Set(unjudged.map(({ urn }) => urn));
  const children = childrenIn(resources);
  const rows: { branch: string; resource: Resource }[] = [];
  const visit = (resource: Resource, lead: string, turn: string): void => {
    rows.push({ resource, branch: lead + turn });
    const below = children.get(resource.urn) ?? [];
    const indent = turn === "" ? "" : turn === "└─ " ? "   " : "│  ";
    below.forEach((child, index) => visit(child, lead + indent, index === below.length - 1 ? "└─ " : "├─ "));
  };
  for (const root of children.get("") ?? []) visit(root, "", "");
  if (rows.length === 0) return "";

  const types = widest(
    rows.map(({ branch, resource }) => branch + resource.type),
    4,
  );
  const names = widest(
    rows.map(({ resource }) => resource.name),
    4,
  );
  const signs = { create: "+", import: "=", same: " ", update: "~", replace: "±", read: ">" } as const;
  const lines = rows.map(({ branch, resource }) => {
    const operation = operations.get(resource.urn) ?? (resource.external ? "read" : "create");
    const colour = { create: style.green, replace: style.red, read: style.cyan } as const;
    const sign =
      operation in colour ? colour[operation as keyof typeof colour](signs[operation]) : signs[operation];
    const plan =
      operation === "same" ? "" : operation === "read" || mode === "preview" ? operation : `${operation}d`;
    const note = boxes.has(resource.urn) ? style.yellow(`  (${CHILDREN_UNKNOWN})`) : "";
    const type = pad(style.dim(branch) + resource.type, types);
    return ` ${sign}  ${type}  ${pad(resource.name, names)}  ${plan}${note}`.trimEnd();
  });
  const head = `    ${pad("Type", types)}  ${pad("Name", names)}  ${mode === "preview" ? "Plan" : "Status"}`;
  return [style.bold(head), ...lines].join("\n");
}

/** The note on a remote component that the rehearsal can't expand. */
export const CHILDREN_UNKNOWN = "its provider creates children that the rehearsal doesn't know";

/** Resources that are counted together. */
interface Row {
  readonly type: string;
  /** Empty if they have several names. */
  readonly name: string;
  readonly size: number;
  readonly note: string;
}

/**
 * How many resources each component right below the stack has, itself and all that is below it included, the largest
 * first. Resources in no component are counted by type.
 *
 * @param counted - the URNs that count. @default all
 */
export function byComponent(
  { resources, unjudged }: Rehearsal,
  counted: ReadonlySet<string> = new Set(resources.map(({ urn }) => urn)),
): string[] {
  const boxes = new Set(unjudged.map(({ urn }) => urn));
  const children = childrenIn(resources);
  const sizeOf = ({ urn }: Resource): number =>
    (children.get(urn) ?? []).reduce((sum, child) => sum + sizeOf(child), counted.has(urn) ? 1 : 0);
  const stacks = children.get("") ?? [];
  const rows = new Map<string, Row>();
  for (const top of stacks.flatMap(({ urn }) => children.get(urn) ?? [])) {
    const { type, urn, custom } = top;
    const key = custom && !children.has(urn) ? type : urn;
    const former = rows.get(key);
    const note = boxes.has(urn) ? `  (${CHILDREN_UNKNOWN})` : "";
    const size = sizeOf(top) + (former?.size ?? 0);
    if (size > 0) rows.set(key, { type, name: former === undefined ? top.name : "", size, note });
  }
  const sorted = [...rows.values()].sort((a, b) => b.size - a.size);
  const shown = sorted.slice(0, sorted.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES);
  const rest = sorted.slice(shown.length);
  const left = rest.reduce((sum, { size }) => sum + size, 0);
  const stack = stacks
    .filter(({ urn }) => counted.has(urn))
    .map(({ type, name }): Row => ({ type, name, size: 1, note: "  (the stack itself)" }));

  const all = [...shown, ...stack];
  const types = widest(all.map(({ type }) => type));
  const names = widest(all.map(({ name }) => name));
  const digits = String(all[0]?.size ?? 0).length;
  const lines = all.map(({ type, name, size, note }) => {
    const count = `${String(size).padStart(digits)} ${size === 1 ? "resource" : "resources"}`;
    return `    ${pad(type, types)}  ${pad(name, names)}  ${count}${note}`;
  });
  if (rest.length > 0) lines.splice(shown.length, 0, `    … and ${rest.length} more, with ${left} resources`);
  return lines;
}
