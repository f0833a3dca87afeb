import type { Diagnostic, Finding } from "../engine/diagnostics";
import { isRoot } from "../engine/deployment";
import type { Resource } from "../engine/resource";
import { isProviderType, nameOf, typeOf } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import type { Values } from "../values";
import { plain } from "./plain";
import type { Style } from "./style";

/** A rehearsal as `pulumi preview` and `pulumi up` would show it. */
export function toText(rehearsal: Rehearsal, project: string, style: Style): string {
  const verb = rehearsal.mode === "preview" ? "Previewing" : "Updating";
  return [
    style.bold(`${verb} ${rehearsal.stack} (${project}), rehearsed`),
    // A graph that stops where the program failed is half a result: say why it failed, and show none.
    ...(rehearsal.verdict === "failed" ? [] : [tree(rehearsal, style)]),
    diagnostics(rehearsal, style),
    policies(rehearsal, style),
    ...(rehearsal.verdict === "failed" ? [] : [outputs(rehearsal.outputs, style), counts(rehearsal, style)]),
    verdictLine(rehearsal, style),
  ]
    .filter((section) => section !== "")
    .join("\n\n");
}

/** Default providers are the engine's own affair; the CLI doesn't show them either. */
function isShown(resource: Resource): boolean {
  return !(isProviderType(resource.type) && resource.parent === "");
}

function tree({ resources, mode, unexpanded }: Rehearsal, style: Style): string {
  const shown = resources.filter(isShown);
  const children = new Map<string, Resource[]>();
  for (const resource of shown) {
    // Old programs register resources without a parent; like the CLI, show them under the stack.
    const parent = isRoot(resource) ? "" : resource.parent || (shown.find(isRoot)?.urn ?? "");
    children.set(parent, [...(children.get(parent) ?? []), resource]);
  }
  const rows: { branch: string; resource: Resource }[] = [];
  const visit = (resource: Resource, lead: string, turn: string): void => {
    rows.push({ resource, branch: lead + turn });
    const below = children.get(resource.urn) ?? [];
    const indent = turn === "" ? "" : turn === "└─ " ? "   " : "│  ";
    below.forEach((child, index) => visit(child, lead + indent, index === below.length - 1 ? "└─ " : "├─ "));
  };
  for (const root of children.get("") ?? []) visit(root, "", "");
  if (rows.length === 0) return "";

  const typeWidth = Math.max(4, ...rows.map(({ branch, resource }) => branch.length + resource.type.length));
  const nameWidth = Math.max(4, ...rows.map(({ resource }) => resource.name.length));
  const done = mode === "preview" ? "create" : "created";
  const lines = rows.map(({ branch, resource }) => {
    const [sign, plan] = resource.external ? [style.cyan(">"), "read"] : [style.green("+"), done];
    const note = unexpanded.has(resource.urn)
      ? style.yellow("  (one box: its provider's children aren't known here)")
      : "";
    const type =
      style.dim(branch) + resource.type + " ".repeat(typeWidth - branch.length - resource.type.length);
    return ` ${sign}  ${type}  ${resource.name.padEnd(nameWidth)}  ${plan}${note}`.trimEnd();
  });
  const head = `    ${"Type".padEnd(typeWidth)}  ${"Name".padEnd(nameWidth)}  ${mode === "preview" ? "Plan" : "Status"}`;
  return [style.bold(head), ...lines].join("\n");
}

function diagnostics({ diagnostics: all, printed }: Rehearsal, style: Style): string {
  const rank: Record<Diagnostic["severity"], number> = { error: 0, warning: 1, info: 2, debug: 3 };
  const sorted = [...all].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const lines = sorted.map(({ severity, message, urn }) => {
    const colour = severity === "error" ? style.red : severity === "warning" ? style.yellow : style.dim;
    const about = urn === "" ? "" : ` ${typeOf(urn)} (${nameOf(urn)}):`;
    return indent(`${colour(`${severity}:`)}${about} ${message}`, 4);
  });
  if (printed.length > 0)
    lines.push(indent(["printed by the program:", ...printed.map((line) => `  ${line}`)].join("\n"), 4));
  return lines.length === 0 ? "" : [style.bold("Diagnostics:"), ...lines].join("\n");
}

function policies({ packs, findings, verdict }: Rehearsal, style: Style): string {
  if (packs.length === 0) return "";
  const lines = packs.map(({ name, version }) => {
    const own = findings.filter(({ pack }) => pack === name);
    const refusing = own.some(({ level }) => level === "mandatory");
    const sign = refusing ? style.red("✗") : verdict === "failed" ? style.yellow("?") : style.green("✓");
    return [
      `    ${sign} ${name}@v${version}${own.length === 0 && verdict === "clean" ? ": nothing found" : ""}`,
      ...(["mandatory", "advisory"] as const).flatMap((level) => group(own, level, style)),
    ].join("\n");
  });
  return [style.bold("Policies:"), ...lines].join("\n");
}

function group(findings: readonly Finding[], level: Finding["level"], style: Style): string[] {
  const colour = level === "mandatory" ? style.red : style.yellow;
  return findings
    .filter((finding) => finding.level === level)
    .map(({ policy, urn, message }) => {
      const about = urn === "" ? "" : `  (${typeOf(urn)}: ${nameOf(urn)})`;
      return [
        indent(`${colour(`[${level}]`)}  ${style.bold(policy)}${about}`, 8),
        indent(message.trim(), 10),
      ].join("\n");
    });
}

function outputs(values: Values, style: Style): string {
  const entries = Object.entries(plain(values, "[unknown]"));
  if (entries.length === 0) return "";
  const width = Math.max(...entries.map(([key]) => key.length));
  const lines = entries.map(([key, value]) => {
    const shown = value === "[unknown]" || value === "[secret]" ? value : JSON.stringify(value);
    return `    ${key.padEnd(width)}: ${shown}`;
  });
  return [style.bold("Outputs:"), ...lines].join("\n");
}

function counts({ resources, mode }: Rehearsal, style: Style): string {
  const shown = resources.filter(isShown);
  const created = shown.filter(({ external }) => !external).length;
  const read = shown.length - created;
  const reads = read === 0 ? "" : `, ${read} read`;
  return `${style.bold("Resources:")}\n    ${style.green("+")} ${created} ${mode === "preview" ? "to create" : "created"}${reads}`;
}

function verdictLine({ findings, verdict, seconds }: Rehearsal, style: Style): string {
  const count = (level: Finding["level"]): number =>
    findings.filter((finding) => finding.level === level).length;
  const ending = {
    clean: style.green("allowed"),
    refused: style.red("refused by a mandatory policy"),
    failed: style.red("failed"),
  }[verdict];
  const found = `${count("mandatory")} mandatory, ${count("advisory")} advisory`;
  return `${style.bold("Verdict:")} ${ending} (${found}) in ${seconds.toFixed(1)} s`;
}

function indent(text: string, by: number): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(by) + line))
    .join("\n");
}
