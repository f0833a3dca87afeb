import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

import { FLAG, readCommandLine, TEXT } from "../../packages/rehearse/cli/command-line";
import { OptionReader } from "../../packages/rehearse/cli/option-reader";
import { type Answers, readAnswers } from "../../packages/rehearse/cloud/answers";
import { UsageError } from "../../packages/rehearse/errors";
import { type Project, readProject } from "../../packages/rehearse/project/project";
import { readStacks, type StackToRehearse } from "../../packages/rehearse/stacks";
import { stackNamed } from "../cli/stacks";
import { readState, refuseElsewhere, type State } from "./state";

export const USAGE = `npm run adopt -- STACK --from FILE [options]

Adopts another stack's resources in AWS: matches them with the program's by what they are in AWS, and shows what a preview
would change after the import. It changes nothing; with --out it writes the file for 'pulumi import --file'. docs/adopt.md
describes all steps, also from Terraform.

  --from FILE         the state, as written by 'pulumi stack export --show-secrets'
  --out FILE          write the import file; it may hold secrets
  --force             overwrite an existing file
  --match NEW=OLD     a match that is missing or wrong: names or URNs; with NEW= the resource is created (repeatable)
  --program DIR       the program (default: here)
  --config-file FILE  the stack's file (default: Pulumi.STACK.yaml)
  --answers FILE      answers for the program's lookups, as in npm run rehearse
  --tree              list everything that is adopted, and all lines of what changes
  --json              print the plan as JSON on stdout (use npm run -s)
  --help              print this help

Exit status: 0 all resources are matched, 1 some are ambiguous, and no file is written, 2 bad usage or an unusable state,
3 the program failed.`;

/** The command line, with every file that it names read and checked. */
export interface Options {
  readonly project: Project;
  readonly stack: StackToRehearse;
  readonly state: State;
  readonly answers: Answers;
  /** The path of the import file; undefined for none. */
  readonly out: string | undefined;
  readonly force: boolean;
  /** By the name or URN of the program's resource: that of the state's resource; empty for none. */
  readonly said: ReadonlyMap<string, string>;
  readonly tree: boolean;
  readonly json: boolean;
}

/**
 * Reads the command line. Paths are relative to the caller's working directory.
 *
 * @returns undefined if help was asked for
 * @throws UsageError naming each fault and its remedy
 */
export function readOptions(argv: readonly string[]): Options | undefined {
  const line = readCommandLine(USAGE, argv, {
    from: TEXT,
    out: TEXT,
    force: FLAG,
    match: { ...TEXT, multiple: true },
    program: TEXT,
    "config-file": TEXT,
    answers: TEXT,
    tree: FLAG,
    json: FLAG,
  });
  if (line === undefined) return undefined;
  const { values, positionals } = line;
  const reader = new OptionReader(values, "adopt");
  const { path } = reader;
  const { from, force = false, tree = false, json = false } = values;
  stackNamed(positionals, "npm run adopt -- prod --from state.json", reader);
  if (from === undefined) reader.refuse("--from is missing: name the file of 'pulumi stack export'");
  const said = readMatches(values.match ?? [], reader);
  if (force && values.out === undefined) reader.refuse("--force needs --out FILE: add it");
  const out = values.out === undefined ? undefined : path(values.out);
  if (out !== undefined) reader.read(() => refuseToWrite(out, path(from ?? ""), force));
  const answersFile = values.answers;
  const answers =
    (answersFile === undefined ? undefined : reader.read(() => readAnswers(path(answersFile)))) ?? {};
  const project = reader.read(() => readProject(path(values.program ?? ".")));
  const files = values["config-file"] === undefined ? [] : [path(values["config-file"])];
  const [stack] = (project && reader.read(() => readStacks(project, positionals, files, answers))) ?? [];
  const state = from === undefined ? undefined : reader.read(() => readState(path(from)));
  if (state !== undefined && stack !== undefined)
    reader.read(() => refuseElsewhere(state, stack.name, stack.config));
  return reader.finish(
    project && stack && state && { project, stack, state, answers, out, force, said, tree, json },
  );
}

function readMatches(texts: readonly string[], reader: OptionReader<string>): Map<string, string> {
  const said = new Map<string, string>();
  for (const text of texts) {
    const [, name, old] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || old === undefined)
      reader.refuse(`--match is "${text}"; it must be NEW=OLD, such as web=shop-web`);
    else if (said.has(name)) reader.refuse(`--match ${name}=… is given twice: leave one out`);
    else said.set(name, old);
  }
  return said;
}

/** @throws UsageError if the file exists, or can't be written */
function refuseToWrite(file: string, from: string, force: boolean): void {
  if (!existsSync(dirname(file)))
    throw new UsageError(
      `--out ${file}: the folder ${dirname(file)} doesn't exist: create it, or name another`,
    );
  if (existsSync(file) && !statSync(file).isFile())
    throw new UsageError(`--out ${file} is not a file: name one`);
  if (existsSync(file) && existsSync(from) && realpathSync(file) === realpathSync(from))
    throw new UsageError(`--out ${file} is the file of --from: name another file`);
  if (existsSync(file) && !force)
    throw new UsageError(`--out ${file} exists: name another file, or overwrite it with --force`);
}
