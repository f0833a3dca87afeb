import { chmodSync, writeFileSync } from "node:fs";

import { RehearsalError, refuseIfFaulty } from "../../packages/rehearse/errors";
import { modernType } from "../../packages/rehearse/cloud/types";
import { summarize } from "../../packages/rehearse/diff/compare";
import type { Resource } from "../../packages/rehearse/engine/resource";
import { isShown } from "../../packages/rehearse/diff/plan";
import { nameOf } from "../../packages/rehearse/engine/urn";
import { type Hosts, PROCESSES } from "../../packages/rehearse/rehearsal";
import { redact } from "../../packages/rehearse/report/redact";
import { type Stream, styles, wantsColour } from "../../packages/rehearse/report/style";
import { whatThereIs } from "../../packages/rehearse/cli/nearest";
import { statusOf } from "../cli/command";
import { importSpecs } from "./import-file";
import { match } from "./match";
import { type Options, readOptions, USAGE } from "./options";
import { type Adopted, imported, playNew, playOver, withKeptNames } from "./play";
import { refuseSealed, type State } from "./state";
import { type Adoption, toJson, toText } from "./tell";

/** Where it writes. */
export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/**
 * Runs the command line.
 *
 * @param hosts - what runs the program
 * @returns the exit status
 */
export function adopt(argv: readonly string[], streams: Streams, hosts: Hosts = PROCESSES): Promise<number> {
  return statusOf("adopt", () => run(argv, streams, hosts), streams);
}

async function run(argv: readonly string[], { stdout, stderr }: Streams, hosts: Hosts): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) {
    stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const adoption = await adoptionOf(options, hosts);
    const isWritten = options.out !== undefined && adoption.ambiguous.length === 0;
    if (isWritten) write(options.out ?? "", { resources: adoption.specs });
    const text = options.json
      ? JSON.stringify(toJson(adoption), null, 2)
      : toText(adoption, styles(wantsColour(stdout)), options, isWritten);
    stdout.write(`${text}\n`);
    return adoption.ambiguous.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof RehearsalError)) throw error;
    stderr.write(`adopt: ${error.message}\n`);
    return 3;
  }
}

/** Makes the file readable only for its owner, because it may hold secrets. */
function write(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, null, 4)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** Matches the resources, rehearses the import, and compares. */
async function adoptionOf(
  { project, stack, answers, state, said }: Options,
  hosts: Hosts,
): Promise<Adoption> {
  const player = { project, stack, answers, hosts };
  const { resources: program, lookups } = await playNew(player);
  const managed = new Map(state.managed.map((one) => [one.resource.urn, one]));
  const { pairs, ambiguous, truths } = match({
    program: program.filter(isShown),
    state: state.managed.map(({ resource }) => resource),
    madeUp: lookups.madeUp.keys(),
    said: saidOf(said, program.filter(isShown), state),
  });
  const adopted = new Map<string, Adopted>();
  for (const resource of program) {
    const one = managed.get(pairs.get(resource.urn)?.urn ?? "");
    if (one !== undefined) adopted.set(resource.urn, { managed: one, inputs: withKeptNames(one, resource) });
  }
  refuseSealed(
    state.file,
    [...adopted.values()].map((one) => one.managed),
  );
  const played = await playOver(player, imported(program, adopted), truths);
  const { plan } = redact(played, stack.config.secretTexts);
  const taken = new Set([...adopted.values()].map((one) => one.managed.resource.urn));
  return {
    stack: stack.name,
    project: project.name,
    state,
    ambiguous,
    adopted: [...adopted].map(
      ([
        urn,
        {
          managed: { resource },
        },
      ]) => ({ urn, former: resource }),
    ),
    orphans: state.managed.map(({ resource }) => resource).filter(({ urn }) => !taken.has(urn)),
    diff: summarize(plan ?? { steps: [], deletions: [], refusals: [], notes: [] }, undefined, []),
    lookedUp: [...truths]
      .filter(([madeUp, truth]) => madeUp !== truth)
      .map(([madeUp, truth]) => ({ token: lookups.madeUp.get(madeUp) ?? "", madeUp, truth })),
    boxes: played.unjudged.map(({ urn }) => urn),
    specs: importSpecs(played.resources, adopted),
  };
}

/** @throws UsageError for names that no resource has, or more than one */
function saidOf(
  said: ReadonlyMap<string, string>,
  program: readonly Resource[],
  { managed, file }: State,
): ReadonlyMap<string, string | undefined> {
  const faults: string[] = [];
  const urnOf = (text: string, resources: readonly Resource[], where: string): string => {
    const found = resources.filter(({ urn, name }) => urn === text || name === text);
    if (found.length === 1) return found[0]?.urn ?? "";
    faults.push(
      found.length === 0
        ? `--match: ${where} has no resource "${text}"; ${whatThereIs(text, "names", [...new Set(resources.map(({ urn }) => nameOf(urn)))])}`
        : `--match: ${where} has ${found.length} resources "${text}": name one by its URN: ${found.map(({ urn }) => urn).join(", ")}`,
    );
    return "";
  };
  const resources = managed.map(({ resource }) => resource);
  const pairs = [...said].map(
    ([one, other]) =>
      [urnOf(one, program, "the program"), other === "" ? undefined : urnOf(other, resources, file)] as const,
  );
  for (const side of [0, 1] as const) {
    const named = pairs.map((pair) => pair[side]).filter((urn) => urn !== undefined && urn !== "");
    for (const urn of new Set(named.filter((one, at) => named.indexOf(one) !== at)))
      faults.push(`--match: ${nameOf(urn ?? "")} is named more than once; name it once`);
  }
  const types = new Map([...program, ...resources].map(({ urn, type }) => [urn, modernType(type)]));
  for (const [one, other] of pairs)
    if (one !== "" && other && types.get(one) !== types.get(other))
      faults.push(
        `--match: ${nameOf(one)} is a ${types.get(one)}, but ${nameOf(other)} is a ${types.get(other)}: name two of the same type`,
      );
  refuseIfFaulty("adopt", faults);
  return new Map(pairs);
}
