import assert from "node:assert/strict";
import type { Pack, TestResource } from "./pack";

/** The inputs of a resource, as a test writes them. */
export type Props = Readonly<Record<string, unknown>>;

/** Inputs with some of them left out. */
export function without(props: Props, ...left: string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !left.includes(key)));
}

/** What a policy says of a resource. Fails if another policy speaks up, or if it is not meant to refuse. */
export async function messagesOf(pack: Pack, policy: string, resource: TestResource): Promise<string[]> {
  const { findings } = await pack.analyze(resource);
  for (const finding of findings) {
    assert.equal(finding.policy, policy);
    assert.equal(finding.level, "mandatory");
  }
  return findings.map(({ message }) => message);
}
