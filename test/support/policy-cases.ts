import assert from "node:assert/strict";
import { secret, UNKNOWN } from "./pack";
import type { Analysis, Pack, TestResource } from "./pack";

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

/** What is no value but a mark of the wire. */
const MARKS = [UNKNOWN, ...Object.values(secret(0))];

/** The same value with every text in it changed. */
function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return MARKS.includes(value) ? value : change(value);
  if (Array.isArray(value)) return value.map((element) => changed(element, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, change)]));
}

/**
 * Fails if any policy repeats a text that is not AWS's own word for something: the text might be a secret. Begins and
 * ends every text of some resources with one that must not come back.
 *
 * @param ask what asks the pack about them
 */
export async function assertSilence<T extends TestResource>(
  resources: readonly T[],
  ask: (resources: readonly T[]) => Promise<Analysis>,
): Promise<void> {
  for (const change of [(text: string) => `hunter2 ${text}`, (text: string) => `${text} hunter2`]) {
    const { findings } = await ask(
      resources.map((resource) => ({ ...resource, props: changed(resource.props, change) as Props })),
    );
    for (const { message } of findings) assert.ok(!message.includes("hunter2"), message);
  }
}
