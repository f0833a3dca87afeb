/** What the tests of these rules share. */
import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import type { ResourceRule, StackRule, StackSubject, Subject } from "../../../../policies/rule";
import { Stack } from "../../../../policies/stack";
import { valuesOf } from "../../../../policies/settings";
import type { Settings } from "../../../../policies/settings";
import { urnOf } from "../../../support/pack";
import type { Finding, Pack, TestResource } from "../../../support/pack";
import { assertSilence, levelOfPolicy, messagesOf, type Props } from "../../../support/policy-cases";

/** Inputs as the SDK hands them to a rule. Its declarations leave this function's type out. */
export const proxied = unknownCheckingProxy as unknown as (props: unknown) => unknown;

export interface Case {
  /** A sentence. */
  readonly title: string;
  readonly props: Props;
  /** One entry for each violation expected: what its text has to contain. Empty: compliant. */
  readonly says: readonly (string | RegExp)[];
  /** @default the policy's own */
  readonly level?: Finding["level"];
}

/** Tests what a resource policy says of resources of one type. */
export function check(pack: () => Pack, policy: string, type: string, cases: readonly Case[]): void {
  for (const { title, props, says, level } of cases) {
    it(title, async () => {
      const messages = await messagesOf(pack(), policy, { type, props }, level);
      assert.equal(messages.length, says.length, messages.join("\n\n") || "no violation");
      says.forEach((text, index) => {
        const message = messages[index]!;
        assert.ok(typeof text === "string" ? message.includes(text) : text.test(message), message);
        assert.match(message, /^Fix: [^;].{9}/m);
      });
      await assertSilence([{ type, props }], ([resource]) => pack().analyze(resource!));
    });
  }
}

/** What a stack policy says, by the name of the resource it blames. */
export async function blamed(
  pack: Pack,
  policy: string,
  resources: readonly TestResource[],
  level: Finding["level"] = levelOfPolicy(policy),
): Promise<Record<string, string>> {
  const { findings } = await pack.analyzeStack(resources);
  const own = findings.filter((finding) => finding.policy === policy);
  for (const finding of own) {
    assert.equal(finding.level, level, finding.message);
    assert.match(finding.message, /^Fix: [^;].{9}/m);
  }
  return Object.fromEntries(own.map(({ urn, message }) => [urn.split("::").at(-1)!, message]));
}

/** What a resource rule says under a configuration. */
export function configured<S extends Settings>(
  rule: ResourceRule<S>,
  given: object,
  subject: Pick<Subject, "type" | "props">,
): string[] {
  const settings = valuesOf(rule.id, rule.settings ?? ({} as S), given);
  const whole = { name: "it", urn: "urn:it", type: subject.type, props: proxied(subject.props) };
  return rule.judge(whole, settings).map(({ message }) => message);
}

/** What a stack rule says under a configuration, by the name of the resource it blames. */
export function configuredStack<S extends Settings>(
  rule: StackRule<S>,
  given: object,
  resources: readonly TestResource[],
): Record<string, string> {
  const subjects = new Map<string, StackSubject & { propertyDependencies: Record<string, StackSubject[]> }>();
  for (const resource of resources) {
    const { type, name = "it", props } = resource;
    const urn = urnOf(resource);
    subjects.set(urn, { type, name, props: proxied(props), urn, propertyDependencies: {} });
  }
  for (const resource of resources) {
    const subject = subjects.get(urnOf(resource))!;
    for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
      subject.propertyDependencies[property] = urns.map((urn) => subjects.get(urn)!);
    }
  }
  const settings = valuesOf(rule.id, rule.settings ?? ({} as S), given);
  const found = rule.judge(new Stack([...subjects.values()]), settings);
  return Object.fromEntries(found.map(({ urn, message }) => [urn!.split("::").at(-1)!, message]));
}
