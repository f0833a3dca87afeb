import { whatThereIs } from "../cli/nearest";
import { refuseIfFaulty } from "../errors";
import { describe, isMapping, readJson } from "../project/yaml-file";
import type { Values } from "../values";
import type { InvokeAnswer } from "./types";

/** What an `--answers` file holds. */
export interface Answers {
  /** By function token: answers in order; the first whose `args` all match is taken. */
  readonly invokes?: Readonly<Record<string, readonly InvokeAnswer[]>>;
  /** By stack (`ORGANIZATION/PROJECT/STACK`): its outputs. */
  readonly stackReferences?: Readonly<Record<string, Values>>;
}

/**
 * Reads an `--answers` file.
 * @throws UsageError naming every fault of the file.
 */
export function readAnswers(file: string): Answers {
  const { invokes = {}, stackReferences = {}, ...rest } = readJson(file, "answers file");
  const faults = Object.keys(rest).map(
    (key) => `${key} is no part of it; ${whatThereIs(key, "parts", ["invokes", "stackReferences"])}`,
  );
  if (!isMapping(invokes))
    faults.push(`invokes is ${describe(invokes)}; it must be an object by function token`);
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
    faults.push("stackReferences must be an object of outputs by stack name");
  }
  refuseIfFaulty(`answers file ${file}`, faults);
  return { invokes, stackReferences } as Answers;
}
