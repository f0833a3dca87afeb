import assert from "node:assert/strict";
import { CATALOG, levelOf } from "../../policies/catalog";
import { secret, UNKNOWN } from "./pack";
import type { Analysis, Finding, Pack, TestResource } from "./pack";

/** The inputs of a resource, as a test writes them. */
export type Props = Readonly<Record<string, unknown>>;

/** Inputs with some of them left out. */
export function without(props: Props, ...left: string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !left.includes(key)));
}

/** How a mandatory message ends, by policy: with what permits the sound form. */
export const orExempt = (policy: string): string =>
  `; or, if it is sound as it is, an exemption with a reason and a last day in the configuration of ${policy}`;

/** The level of a policy that nothing configures. */
export function levelOfPolicy(policy: string): Finding["level"] {
  const rule = CATALOG.find(({ id }) => id === policy);
  assert.ok(rule, `there is no policy ${policy}`);
  return levelOf(rule);
}

/**
 * What a policy says of a resource, whatever others say of it. Fails if it says it at another level.
 *
 * @param level - @default the policy's own
 */
export async function messagesOf(
  pack: Pack,
  policy: string,
  resource: TestResource,
  level: Finding["level"] = levelOfPolicy(policy),
): Promise<string[]> {
  const { findings } = await pack.analyze(resource);
  const own = findings.filter((finding) => finding.policy === policy);
  for (const finding of own) assert.equal(finding.level, level, finding.message);
  return own.map(({ message }) => message);
}

/** What is no value but a mark of the wire. */
const MARKS = [UNKNOWN, ...Object.values(secret(0))];

/** For each text in a value the same value with that text changed. */
function changed(value: unknown, change: (text: string) => string): unknown[] {
  if (typeof value === "string") return MARKS.includes(value) ? [] : [change(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    changed(inner, change).map((other) =>
      Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other },
    ),
  );
}

/**
 * Fails if any policy repeats a text that is not AWS's own word for something: the text might be a secret. Begins and
 * ends each text of some resources in turn with one that must not come back.
 *
 * @param ask what asks the pack about them
 */
export async function assertSilence<T extends TestResource>(
  resources: readonly T[],
  ask: (resources: readonly T[]) => Promise<Analysis>,
): Promise<void> {
  for (const change of [(text: string) => `hunter2 ${text}`, (text: string) => `${text} hunter2`]) {
    for (const [index, resource] of resources.entries()) {
      for (const props of changed(resource.props, change)) {
        const { findings } = await ask(resources.with(index, { ...resource, props: props as Props }));
        for (const { message } of findings) assert.ok(!message.includes("hunter2"), message);
      }
    }
  }
}
