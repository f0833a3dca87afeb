/**
 * Runs a program with the same pack and stand-in cloud under the rehearsal and under the true Pulumi engine, and
 * compares the results: the resources that would be created, the policies' findings, and how the run ended.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readAnswers } from "../../packages/rehearse/cloud/answers";
import type { Finding } from "../../packages/rehearse/engine/diagnostics";
import type { JsonResource, JsonStack } from "../../packages/rehearse/report/json";
import { itWith, pathOf } from "./programs";
import { rehearse } from "./rehearse";
import { runTrueEngine, type EngineRun, type Verdict } from "./true-engine";

/** A program and the options of its run. */
export interface ParityCase {
  /** Name in the tests' titles. */
  readonly name: string;
  /** Folder of Pulumi.yaml; its `answers.json` is used, if there is one. */
  readonly program: string;
  readonly stack: string;
  readonly pack: string;
  /** @default none */
  readonly packConfig?: string;
  /** @default the program's own */
  readonly configFile?: string;
  /** Passphrase of the stack file's secrets. @default "" */
  readonly passphrase?: string;
  /** Intended differences; any other difference fails. @default none */
  readonly differences?: readonly Difference[];
}

/** The aspects of a run that are compared. */
export type Aspect = "ending" | "resources" | "findings";

/** An intended difference, listed in docs/differences.md. */
export interface Difference {
  readonly aspect: Aspect;
  /** @default both */
  readonly mode?: "preview" | "up";
  /** Matches every line that reports the difference. */
  readonly line: RegExp;
  readonly why: string;
}

/** The results of both sides. */
interface Pair {
  readonly ours: Pick<EngineRun, "verdict" | "resources" | "findings"> & { readonly stderr: string };
  readonly theirs: EngineRun;
  /** Whether the run was cut short, so that it is chance how far it came. */
  readonly cutShort: boolean;
}

/** The verdicts by the rehearsal's exit status. */
const VERDICTS: readonly (Verdict | undefined)[] = ["clean", "refused", "failed", "failed"];

/** Time limit of a run on either side, in seconds. A busy machine takes long to load two AWS SDKs. */
const TIMEOUT_SECONDS = 150;

const TITLES: Readonly<Record<Aspect, string>> = {
  ending: "ends as in the rehearsal",
  resources: "has the resources that the rehearsal has",
  findings: "has the findings that the rehearsal has",
};

const COMPARE: Readonly<Record<Aspect, (pair: Pair) => string[]>> = {
  ending: ({ ours, theirs }) =>
    ours.verdict === theirs.verdict
      ? []
      : [
          `${ours.verdict}, but on the engine ${theirs.verdict}: ${[...theirs.errors, ours.stderr].join("\n")}`,
        ],
  resources: resourceDifferences,
  findings: findingDifferences,
};

/** Declares the tests of a program; without the CLI, they are reported as skipped. */
export function describeParity(parity: ParityCase): void {
  for (const mode of ["preview", "up"] as const) {
    describe(`On the true engine, ${mode} of ${parity.name} (${parity.stack})`, function () {
      this.timeout(2 * TIMEOUT_SECONDS * 1000);
      let pair: Pair | undefined;
      before(async () => {
        if (pathOf("pulumi") !== undefined) pair = await runBoth(parity, mode);
      });
      for (const aspect of ["ending", "resources", "findings"] as const) {
        const known = parity.differences?.find(
          (difference) => difference.aspect === aspect && (difference.mode ?? mode) === mode,
        );
        const title = known ? `${TITLES[aspect]}, except: ${known.why}` : TITLES[aspect];
        itWith(["pulumi"], title, async () => {
          assert.ok(pair);
          const lines = COMPARE[aspect](pair);
          if (known)
            assert.notDeepEqual(lines, [], "they no longer differ: remove this from docs/differences.md");
          assert.deepEqual(known ? lines.filter((line) => !known.line.test(line)) : lines, []);
        });
      }
    });
  }
}

async function runBoth(parity: ParityCase, mode: "preview" | "up"): Promise<Pair> {
  const { program, stack, pack, packConfig, configFile, passphrase } = parity;
  const answers = join(program, "answers.json");
  const option = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [name, value];
  const [rehearsal, theirs] = await Promise.all([
    rehearse(
      [
        stack,
        "--program",
        program,
        "--policy-pack",
        pack,
        "--mode",
        mode,
        "--json",
        "--timeout",
        String(TIMEOUT_SECONDS),
        ...option("--config-file", configFile),
        ...option("--policy-pack-config", packConfig),
        ...option("--answers", existsSync(answers) ? answers : undefined),
      ],
      { env: passphrase === undefined ? {} : { PULUMI_CONFIG_PASSPHRASE: passphrase } },
    ),
    runTrueEngine({
      program,
      stack,
      mode,
      configFile,
      policyPacks: [pack],
      timeoutSeconds: TIMEOUT_SECONDS,
      policyPackConfigs: packConfig === undefined ? [] : [packConfig],
      answers: existsSync(answers) ? readAnswers(answers) : {},
      passphrase: passphrase ?? "",
    }),
  ]);
  const verdict = VERDICTS[rehearsal.status ?? VERDICTS.length];
  assert.ok(verdict, `the rehearsal ended with status ${rehearsal.status}:\n${rehearsal.stderr}`);
  const { stacks = [] } = JSON.parse(rehearsal.stdout) as { stacks?: JsonStack[] };
  return {
    ours: {
      verdict,
      resources: stacks[0]?.resources ?? [],
      findings: stacks[0]?.findings ?? [],
      stderr: rehearsal.stderr,
    },
    theirs,
    cutShort: verdict === "failed" || theirs.verdict === "failed" || (mode === "up" && heldBack(theirs)),
  };
}

/** True if a policy prevented a resource from being created; a stack policy runs when all of them exist. */
function heldBack({ findings, resources }: EngineRun): boolean {
  return mandatory(findings).some(({ urn }) => !resources.some((resource) => resource.urn === urn));
}

/** For a run that was cut short, compares the resources that both created, and those that a policy refused. */
function resourceDifferences({ ours, theirs, cutShort }: Pair): string[] {
  if (!cutShort) return graphDifferences(ours.resources, theirs.resources);
  const [mine, yours] = [ours, theirs].map(({ resources }) => new Set(resources.map(({ urn }) => urn)));
  const shared = (resources: readonly JsonResource[]): JsonResource[] =>
    resources.filter(({ urn }) => mine?.has(urn) && yours?.has(urn));
  const refused = mandatory(theirs.findings).filter(({ urn }) => !yours?.has(urn) && mine?.has(urn));
  return [
    ...graphDifferences(shared(ours.resources), shared(theirs.resources)),
    ...refused.map(({ urn }) => `${urn}: refused, but the rehearsal created it`),
  ];
}

/** For an update that was cut short, at least one mandatory finding must be the same. */
function findingDifferences({ ours, theirs, cutShort }: Pair): string[] {
  const [mine, yours] = [ours.findings, theirs.findings].map((findings) => findings.map(lineOf));
  if (!mine || !yours) return [];
  if (!cutShort) {
    return [
      ...mine.filter((line) => !yours.includes(line)).map((line) => `only the rehearsal: ${line}`),
      ...yours.filter((line) => !mine.includes(line)).map((line) => `only the engine: ${line}`),
      ...(mine.length === yours.length
        ? []
        : [`${mine.length} findings, but the engine has ${yours.length}`]),
    ];
  }
  if (theirs.verdict !== "refused") return [];
  const both = mandatory(ours.findings).map(lineOf);
  return both.some((line) => yours.includes(line))
    ? []
    : [`no mandatory finding in common: ${both.join(", ")}`];
}

const mandatory = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ level }) => level === "mandatory");

const lineOf = ({ pack, policy, level, urn, message }: Finding): string =>
  `[${level}] ${pack} ${policy} ${urn}: ${message}`;

/** The differences between two graphs, one per line. */
function graphDifferences(ours: readonly JsonResource[], theirs: readonly JsonResource[]): string[] {
  const urns = new Set([...ours, ...theirs].map(({ urn }) => urn));
  return [...urns].toSorted().flatMap((urn) => {
    const [one, other] = [ours, theirs].map((resources) =>
      resources.find((resource) => resource.urn === urn),
    );
    if (!one) return [`${urn}: only the engine has it`];
    if (!other) return [`${urn}: only the rehearsal has it`];
    return differences(urn, comparable(one), comparable(other));
  });
}

/**
 * The fields of a resource that must be the same. The order of dependencies has no meaning, an empty list of them
 * equals none, and the id of a provider is random.
 */
function comparable(resource: JsonResource): Record<string, unknown> {
  const { dependencies, propertyDependencies, ...rest } = resource;
  const { id, ...outputs } = rest.outputs;
  const isProvider = rest.type.startsWith("pulumi:providers:");
  const some = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
  return {
    ...rest,
    outputs: isProvider || id === undefined ? outputs : { id, ...outputs },
    dependencies: dependencies.toSorted(),
    propertyDependencies: Object.fromEntries(some.map(([key, urns]) => [key, urns.toSorted()])),
  };
}

/** The differences between two values, each with its path. */
function differences(path: string, ours: unknown, theirs: unknown): string[] {
  if (isDeepStrictEqual(ours, theirs)) return [];
  // The CLI writes this in place of an asset's text; the hash beside it shows whether the text is the same.
  if (typeof ours === "string" && theirs === "<contents elided>") return [];
  if (isRecord(ours) && isRecord(theirs)) {
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...keys].flatMap((key) => differences(`${path}.${key}`, ours[key], theirs[key]));
  }
  return [`${path}: ${JSON.stringify(ours)}, but the engine has ${JSON.stringify(theirs)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
