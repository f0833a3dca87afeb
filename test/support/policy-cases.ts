import assert from "node:assert/strict";
import type { Pack, TestResource } from "./pack";

/** The inputs of a resource, as a test writes them. */
export type Props = Readonly<Record<string, unknown>>;

/** Inputs with some of them left out. */
export function without(props: Props, ...left: string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !left.includes(key)));
}

/** What a policy says of a resource, whatever others say of it. Fails if the policy is not meant to refuse. */
export async function messagesOf(pack: Pack, policy: string, resource: TestResource): Promise<string[]> {
  const { findings } = await pack.analyze(resource);
  const own = findings.filter((finding) => finding.policy === policy);
  for (const { level } of own) assert.equal(level, "mandatory");
  return own.map(({ message }) => message);
}
