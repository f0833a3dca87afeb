import { stripVTControlCharacters } from "node:util";

import type { Ended } from "./command";

/** What a mandatory policy has against a resource. */
export interface Refusal {
  readonly policy: string;
  /** Type and name, as the CLI prints them. */
  readonly resource: string;
  /** What the policy says of it. */
  readonly message: string;
}

/**
 * `- [mandatory] [severity: high]  POLICY  (TYPE: NAME)`, without a severity where the policy has none; the lines below
 * it, further in, are the policy's.
 */
const HEAD = /^(\s*)- \[mandatory\](?:\s+\[severity: \w+\])?\s+(\S+)\s+\((.+)\)$/;

/**
 * Reads from the CLI's output what mandatory policies refuse. Its event log, which would be a better source, is for
 * Pulumi's own debugging.
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
