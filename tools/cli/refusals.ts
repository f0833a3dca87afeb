import { stripVTControlCharacters } from "node:util";

import type { Ended } from "./command";

/** A violation of a mandatory policy by a resource. */
export interface Refusal {
  readonly policy: string;
  /** Type and name, as the CLI prints them. */
  readonly resource: string;
  /** The policy's message. */
  readonly message: string;
}

/**
 * `- [mandatory] [severity: high]  POLICY  (TYPE: NAME)`, without a severity if the policy has none; the indented
 * lines below it are the policy's message.
 */
const HEAD = /^(\s*)- \[mandatory\](?:\s+\[severity: \w+\])?\s+(\S+)\s+\((.+)\)$/;

/**
 * Reads the violations of mandatory policies from the CLI's output. Its event log, which would be a better source, is
 * for debugging Pulumi itself.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/display/diff.go (renderDiffPolicyViolationEvent)
 */
export function refusalsIn({ stdout, stderr }: Pick<Ended, "stdout" | "stderr">): Refusal[] {
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`).split("\n");
  return lines.flatMap((line, index) => {
    const [, indent = "", policy = "", resource = ""] = HEAD.exec(line.trimEnd()) ?? [];
    if (policy === "") return [];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((next) => next.trim() !== "" && !next.startsWith(`${indent}  `));
    const said = (end < 0 ? rest : rest.slice(0, end)).map((next) => next.trim());
    return [{ policy, resource, message: said.filter((next) => next !== "").join("\n") }];
  });
}
