import { propertiesOf, type StackDiff, urnOf } from "../../packages/rehearse/diff/compare";
import type { Step } from "../../packages/rehearse/diff/plan";
import { impactsOf } from "../../packages/rehearse/diff/impact";
import { impactText, label, refusalText } from "../../packages/rehearse/diff/report";
import { changeLines } from "../../packages/rehearse/diff/values";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { nameOf } from "../../packages/rehearse/engine/urn";
import type { Style } from "../../packages/rehearse/report/style";
import type { ImportSpec } from "./import-file";
import type { Ambiguity } from "./match";
import type { State } from "./state";

/** What an adoption comes to. */
export interface Adoption {
  readonly stack: string;
  readonly project: string;
  readonly state: State;
  /** By the program's URN, what it was in the state. */
  readonly adopted: readonly { readonly urn: string; readonly former: Resource }[];
  readonly ambiguous: readonly Ambiguity[];
  /** What the state has and the program doesn't. */
  readonly orphans: readonly Resource[];
  /** What a preview after the import would do. */
  readonly diff: StackDiff;
  /** What the program looks up in AWS, and the state tells. */
  readonly lookedUp: readonly { readonly token: string; readonly madeUp: string; readonly truth: string }[];
  /** URNs of components of which nobody here knows what they make. */
  readonly boxes: readonly string[];
  /** The entries of the import file. */
  readonly specs: readonly ImportSpec[];
}

/** New resources and those taken over that are listed one by one, unless all are asked for. */
const LISTED = 20;

/** How many resources each thing happens to. */
function countsOf({ adopted, ambiguous, orphans, diff }: Adoption): string {
  const { create, update, replace } = diff;
  return (
    `${adopted.length} taken over: ${adopted.length - update.length - replace.length} unchanged, ${update.length} to change, ` +
    `${replace.length} to replace; ${create.length} to create; ${orphans.length} not in the program; ${ambiguous.length} ambiguous`
  );
}

/**
 * An adoption for a terminal.
 *
 * @param isWritten - whether the import file is
 */
export function toText(
  adoption: Adoption,
  style: Style,
  { tree, out }: { readonly tree: boolean; readonly out: string | undefined },
  isWritten: boolean,
): string {
  const { stack, state, adopted, ambiguous, orphans, diff, lookedUp } = adoption;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [style.bold(title), ...lines.map((line) => `    ${line}`), ""];
  const created = new Set(diff.create.map(({ resource }) => resource.type));
  return [
    style.bold(`What ${stack} takes over of ${state.file}`),
    "",
    `    ${countsOf(adoption)}`,
    "",
    ...section(
      "Ambiguous, and therefore not written to an import file; select one with --match, or none with NEW=:",
      ambiguous.map(
        ({ resource, candidates }) =>
          `${style.red("?")}  ${label(resource.urn)}: ${candidates.map(({ urn, id }) => `--match ${quoted(`${resource.name}=${nameOf(urn)}`)} (${id})`).join(", or ")}`,
      ),
    ),
    ...section("Pulumi would refuse the preview:", diff.refusals.map(refusalText)),
    ...section("Look at these first:", cautions(adoption)),
    ...section("Replaced by the deployment after the import:", changed(diff.replace, style.red("±"), tree)),
    ...section("Changed by the deployment after the import:", changed(diff.update, style.yellow("~"), tree)),
    ...section(
      "Created, because the state doesn't have them:",
      listed(
        diff.create.map((step) => `${style.green("+")}  ${label(urnOf(step))}`),
        tree,
      ),
    ),
    ...section(
      "Not in the program; they stay in AWS, unmanaged once their stack is gone:",
      orphans.map(({ urn, id, type }) => {
        const rest = created.has(type)
          ? ": matches nothing that is created; if it should, use --match NEW=OLD"
          : "";
        return `${style.red("-")}  ${label(urn)}  ${id}${rest}`;
      }),
    ),
    ...section("Left out of the state:", state.leftOut),
    ...section(
      "Looked up in AWS by the program; assumed to be as in the state:",
      lookedUp.map(({ token, truth }) => `${token} has ${truth}`),
    ),
    ...(tree
      ? section(
          "Taken over:",
          adopted.map(({ urn, former }) => `=  ${label(urn)}: was ${nameOf(former.urn)} (${former.id})`),
        )
      : []),
    ...closing(adoption, out, isWritten),
  ].join("\n");
}

/** What the reader has to know before an import. */
function cautions({ adopted, boxes, diff }: Adoption): string[] {
  const guarded = adopted.filter(({ former }) => former.protect).map(({ former }) => nameOf(former.urn));
  const [are, their, them] = guarded.length === 1 ? ["is", "its", "it"] : ["are", "their", "them"];
  return [
    ...boxes.map(
      (urn) =>
        `${label(urn)}: the rehearsal doesn't know which resources this component creates: none of them is taken over, and those in the state are listed below as not in the program`,
    ),
    ...diff.hazards.map(({ message }) => message),
    ...impactsOf(diff).map(impactText),
    ...(guarded.length === 0
      ? []
      : [
          `${guarded.join(", ")} ${are} protected in ${their} stack: 'pulumi state delete' there removes ${them} only with --force`,
        ]),
  ];
}

/** Resources that change, those together that change alike. */
function changed(steps: readonly Step[], sign: string, all: boolean): string[] {
  const byChange = new Map<string, string[]>();
  for (const step of steps) {
    const lines = step.changes
      .flatMap((change) => changeLines(change, all))
      .map((line) => `        ${line}`)
      .join("\n");
    byChange.set(lines, [...(byChange.get(lines) ?? []), `${sign}  ${label(urnOf(step))}`]);
  }
  return [...byChange].flatMap(([lines, labels]) => [...labels, ...lines.split("\n")]);
}

/** What to do next. */
function closing({ stack, ambiguous }: Adoption, out: string | undefined, isWritten: boolean): string[] {
  if (ambiguous.length > 0) return ["No import file is written until nothing is ambiguous."];
  if (out === undefined) return ["Nothing is written. Add --out FILE for the import file."];
  if (!isWritten) return [];
  return [
    `${out} is written. With Pulumi 3.254 or newer, in this order (docs/adopt.md):`,
    `    pulumi import --stack ${stack} --file ${quoted(out)} --generate-code=false --protect=false`,
    `    pulumi preview --stack ${stack}`,
  ];
}

const listed = (lines: readonly string[], all: boolean): readonly string[] =>
  all || lines.length <= LISTED
    ? lines
    : [...lines.slice(0, LISTED), `… and ${lines.length - LISTED} more (--tree shows all)`];

/** For a shell. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** The same for programs: URNs, and the names of properties. */
export function toJson(adoption: Adoption): object {
  const { stack, project, adopted, ambiguous, orphans, diff, lookedUp, state, boxes } = adoption;
  const changed = (step: Step) => ({ urn: urnOf(step), properties: propertiesOf(step) });
  return {
    stack,
    project,
    adopted: adopted.map(({ urn, former }) => ({ urn, former: former.urn, id: former.id })),
    ambiguous: ambiguous.map(({ resource, candidates }) => ({
      urn: resource.urn,
      candidates: candidates.map(({ urn, id }) => ({ urn, id })),
    })),
    create: diff.create.map(urnOf),
    update: diff.update.map(changed),
    replace: diff.replace.map(changed),
    refused: diff.refusals,
    orphans: orphans.map(({ urn, id }) => ({ urn, id })),
    lookedUp: lookedUp.map(({ token, truth }) => ({ function: token, truth })),
    leftOut: state.leftOut,
    unknownComponents: boxes,
  };
}
