/** The pack's findings for a program. */
export interface Told {
  /** Repository and path. */
  readonly program: string;
  /** @default the program doesn't run */
  readonly mandatory?: readonly Refusal[];
  /** The number of advisory findings by rule. @default the program doesn't run */
  readonly advisory?: Readonly<Record<string, number>>;
}

/** A mandatory finding. */
export interface Refusal {
  readonly rule: string;
  /** The types of its parents, outermost first, its own type, and its name. */
  readonly resource: string;
  /** The finding's text about the resource. */
  readonly says: string;
}

/** Our judgement of a rule's mandatory findings, as reviewers of the programs. */
export interface Judgement {
  readonly rule: string;
  /** Repositories and paths. */
  readonly programs: readonly string[];
  /** A part of the resources' names. @default all resources that the rule finds in these programs */
  readonly resource?: string;
  readonly judgement: "defended" | "false alarm";
  readonly why: string;
}

/** A mandatory finding, its program, and its judgements. */
interface Judged extends Refusal {
  readonly program: string;
  readonly judgements: readonly Judgement[];
}

/** The faults, as sentences: findings without a judgement or with several, and judgements without a finding. */
export function faultsOf(told: readonly Told[], judgements: readonly Judgement[]): readonly string[] {
  const findings = judged(told, judgements);
  return [
    ...findings
      .filter((finding) => finding.judgements.length !== 1)
      .map(
        ({ rule, program, resource, judgements: { length } }) =>
          `${rule} refuses ${resource} of ${program}, and judgements.json has ${length} judgements of it; it needs exactly one`,
      ),
    ...judgements.flatMap((judgement) =>
      judgement.programs
        .filter(
          (program) => !findings.some((one) => one.program === program && one.judgements.includes(judgement)),
        )
        .map(
          (program) =>
            `judgements.json judges findings of ${judgement.rule} in ${program}, which has none; remove the judgement`,
        ),
    ),
  ];
}

function judged(told: readonly Told[], judgements: readonly Judgement[]): readonly Judged[] {
  return told.flatMap(({ program, mandatory = [] }) =>
    mandatory.map((refusal) => ({
      ...refusal,
      program,
      judgements: judgements.filter(
        ({ rule, programs, resource = "" }) =>
          rule === refusal.rule && programs.includes(program) && refusal.resource.includes(resource),
      ),
    })),
  );
}

/**
 * docs/precision.md, for prettier to format.
 *
 * @param told - the findings of each program
 * @param judgements - one for each mandatory finding
 */
export function precisionOf(told: readonly Told[], judgements: readonly Judgement[]): string {
  const findings = judged(told, judgements);
  const alarms = findings.filter((finding) => verdictOf(finding) === "false alarm");
  const rules = unique(findings.map(({ rule }) => rule)).sort(
    (one, other) => of(other, findings).length - of(one, findings).length || one.localeCompare(other),
  );
  return [
    "# What the pack refuses in programs that others wrote",
    "",
    "`npm run bench:precision` writes this page. It rehearses the public programs of",
    "[bench/programs](../bench/programs/README.md) in previews, with the pack without configuration. We judged each mandatory",
    "finding as a reviewer of the program would, by what the pack [promises](../policies/README.md): _defended_, or a",
    "_false alarm_. [findings.json](../bench/programs/findings.json) has all findings with their texts.",
    "[bench/examples](../bench/examples/README.md) covers what the pack refuses in the SDK's own examples.",
    "",
    `Of ${findings.length} mandatory findings ${alarms.length === 0 ? "none is a false alarm" : `${alarms.length} are false alarms`}.`,
    "",
    ...countsOf(told),
    "",
    "## By rule",
    "",
    row(["rule", "findings", "programs", "defended", "false alarms"]),
    row(["---", "---:", "---:", "---:", "---:"]),
    ...rules.map((rule) => {
      const ours = of(rule, findings);
      const wrong = of(rule, alarms).length;
      const programs = unique(ours.map(({ program }) => program)).length;
      return row([`\`${rule}\``, ours.length, programs, ours.length - wrong, wrong]);
    }),
    "",
    "## Judgements",
    "",
    ...rules.flatMap((rule) => [`### ${rule}`, "", ...judgementsOf(rule, findings, judgements), ""]),
  ].join("\n");
}

/** The number of programs in each repository that are refused, get advice, or pass. */
function countsOf(told: readonly Told[]): readonly string[] {
  const ways: readonly (readonly [string, (one: Told) => boolean])[] = [
    ["refused", ({ mandatory }) => (mandatory?.length ?? 0) > 0],
    ["advised only", ({ mandatory, advisory }) => mandatory?.length === 0 && sizeOf(advisory) > 0],
    ["nothing found", ({ mandatory, advisory }) => mandatory?.length === 0 && sizeOf(advisory) === 0],
    ["doesn't run", ({ mandatory }) => mandatory === undefined],
  ];
  const line = (name: string, some: readonly Told[]): string =>
    row([name, ...ways.map(([, is]) => some.filter(is).length), some.length]);
  const repositories = unique(told.map(({ program }) => repositoryOf(program)));
  return [
    row(["", ...ways.map(([name]) => name), "programs"]),
    row(["---", ...ways.map(() => "---:"), "---:"]),
    ...repositories.map((repository) =>
      line(
        repository,
        told.filter(({ program }) => repositoryOf(program) === repository),
      ),
    ),
    line("all", told),
  ];
}

/** One line for each judgement of a rule, with its programs by repository. */
function judgementsOf(
  rule: string,
  findings: readonly Judged[],
  judgements: readonly Judgement[],
): readonly string[] {
  return judgements
    .filter((judgement) => judgement.rule === rule)
    .map((judgement) => {
      const count = findings.filter((finding) => finding.judgements.includes(judgement)).length;
      const repositories = unique(judgement.programs.map(repositoryOf)).map((repository) => {
        const paths = judgement.programs
          .filter((program) => repositoryOf(program) === repository)
          .map((program) => `\`${program.slice(repository.length + 1)}\``);
        return `${repository}: ${paths.join(", ")}`;
      });
      return `- **${judgement.judgement}**, ${count}: ${judgement.why} _In_ ${repositories.join("; ")}.`;
    });
}

function verdictOf({ judgements }: Judged): Judgement["judgement"] | undefined {
  return judgements[0]?.judgement;
}

function of(rule: string, findings: readonly Judged[]): readonly Judged[] {
  return findings.filter((finding) => finding.rule === rule);
}

function sizeOf(advisory: Told["advisory"] = {}): number {
  return Object.keys(advisory).length;
}

function repositoryOf(program: string): string {
  return program.split("/").slice(0, 2).join("/");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}
