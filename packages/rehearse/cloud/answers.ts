import { whatThereIs } from "../cli/nearest";
import { refuseIfFaulty } from "../errors";
import { type EnvironmentAnswers, wrongEnvironments } from "../project/environments";
import { describe, isMapping, readJson } from "../project/yaml-file";
import type { Values } from "../values";
import type { InvokeAnswer } from "./types";

/** The content of an `--answers` file. */
export interface Answers {
  /** By function token: answers in order; the first whose `args` all match applies. */
  readonly invokes?: Readonly<Record<string, readonly InvokeAnswer[]>>;
  /** By stack (`ORGANIZATION/PROJECT/STACK`): its outputs. */
  readonly stackReferences?: Readonly<Record<string, Values>>;
  /** By name (`project/environment`): the content of a Pulumi ESC environment. */
  readonly environments?: EnvironmentAnswers;
}

const PARTS = ["invokes", "stackReferences", "environments"];

/**
 * Reads an `--answers` file.
 * @throws UsageError naming every fault of the file.
 */
export function readAnswers(file: string): Answers {
  const { invokes = {}, stackReferences = {}, environments = {}, ...rest } = readJson(file, "answers file");
  const faults = [
    ...Object.keys(rest).map((key) => `${key} is not one of its parts; ${whatThereIs(key, "parts", PARTS)}`),
    ...wrongEnvironments(environments),
  ];
  if (!isMapping(invokes))
    faults.push(`invokes is ${describe(invokes)}; it must be an object with function tokens as keys`);
  else {
    for (const [token, answers] of Object.entries(invokes)) {
      const list: unknown[] = Array.isArray(answers) ? answers : [undefined];
      if (
        !list.every(
          (answer) => isMapping(answer) && isMapping(answer["result"]) && isMapping(answer["args"] ?? {}),
        )
      ) {
        faults.push(`invokes["${token}"] must be a list of { "args": {…}, "result": {…} }`);
      }
    }
  }
  if (!isMapping(stackReferences) || !Object.values(stackReferences).every(isMapping)) {
    faults.push("stackReferences must be an object with stack names as keys and outputs as values");
  }
  refuseIfFaulty(`answers file ${file}`, faults);
  return { invokes, stackReferences, environments } as Answers;
}
