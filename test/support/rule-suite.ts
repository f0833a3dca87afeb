/** Tests of one policy of the pack. */
import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { CATALOG, levelOf } from "../../policies/catalog";
import type { ResourceRule, StackRule, StackSubject, Subject } from "../../policies/rule";
import { PROSE } from "../../policies/rules/refused-by-aws/api-prose";
import { valuesOf } from "../../policies/settings";
import type { Settings } from "../../policies/settings";
import { Stack } from "../../policies/stack";
import { packForSuite, secret, UNKNOWN, urnOf } from "./pack";
import type { Analysis, Finding, Pack, PolicySettings, TestResource } from "./pack";

/** The inputs of a resource, in wire form. */
export type Props = Readonly<Record<string, unknown>>;

/** One resource, and the policy's findings for it. */
export interface Case<Text = string | RegExp> {
  /** The test's title. */
  readonly title: string;
  readonly props: Props;
  /**
   * An empty list means compliant. {@link RuleSuite.check} and {@link RuleSuite.checkSentences} explain the entries.
   */
  readonly says: readonly Text[];
  /** @default the type passed to the suite's method */
  readonly type?: string;
  /** @default the suite's */
  readonly level?: Finding["level"];
}

/** A stack, and the policy's findings for it. */
export interface StackCase {
  readonly title: string;
  readonly stack: readonly TestResource[];
  /** Pairs of the blamed resource's name and a whole sentence without its full stop. An empty list means compliant. */
  readonly says: readonly (readonly [name: string, sentence: string])[];
}

/** Options of a {@link RuleSuite}. */
interface RuleSuiteOptions {
  /** @default the policy's own */
  readonly level?: Finding["level"];
  /**
   * For a policy with many lines: the page of the tested line, which its sentences end with. @default all lines are
   * tested
   */
  readonly source?: string;
  /** The start of a message's last line, if messages are split into sentences. @default code in braces */
  readonly fix?: RegExp;
  /** Whether the stack policy of the same name is also tested. @default false */
  readonly withStack?: boolean;
  /** @default a pack of the suite's own */
  readonly pack?: () => Pack;
}

/** Tests one policy through the running pack. */
export class RuleSuite {
  readonly pack: () => Pack;
  private readonly level: Finding["level"];
  private readonly source: string | undefined;
  private readonly fix: RegExp;
  private readonly withStack: boolean;

  constructor(
    private readonly policy: string,
    {
      level = levelOfPolicy(policy),
      source,
      fix = /^Fix: .*\{/,
      withStack = false,
      pack,
    }: RuleSuiteOptions = {},
  ) {
    this.fix = fix;
    this.withStack = withStack;
    this.level = level;
    this.source = source;
    this.pack = pack ?? packForSuite({ directory: "policies" });
  }

  /** A suite for one line of `api-prose`. */
  static ofProse(line: keyof typeof PROSE): RuleSuite {
    return new RuleSuite("api-prose", { source: PROSE[line].source });
  }

  /** Sets the policy's settings until {@link reset}. */
  configure(settings: PolicySettings): Promise<void> {
    return this.pack().configure({ [this.policy]: { level: this.level, ...settings } });
  }

  /** Removes every setting. */
  reset(): Promise<void> {
    return this.pack().configure({});
  }

  /** The policy's messages for one resource. Fails if a finding has another level than expected. */
  async judge(resource: TestResource, level = this.level): Promise<string[]> {
    return this.own((await this.ask(resource)).findings, level).map(({ message }) => message);
  }

  /** The resources of a stack that the policy blames, with the messages. */
  async judgeStack(...resources: readonly TestResource[]): Promise<[urn: string, message: string][]> {
    return this.own((await this.pack().run(resources)).findings).map(({ urn, message }) => [urn, message]);
  }

  /** The policy's sentences for one resource. */
  async sentencesOf(resource: TestResource, level = this.level): Promise<string[]> {
    return this.sentencesIn((await this.ask(resource)).findings, level).map(([, text]) => text);
  }

  /** The policy's sentences for a stack, each with the blamed resource's name. */
  async sentencesOfStack(stack: readonly TestResource[]): Promise<[name: string, sentence: string][]> {
    return this.sentencesIn((await this.pack().analyzeStack(stack)).findings);
  }

  /** Declares a test for each case; each violation has to contain an entry of `says`. */
  check(type: string, cases: readonly Case[]): void {
    this.each(type, cases, async (resource, { says, level }) => {
      const messages = await this.judge(resource, level);
      assert.equal(messages.length, says.length, messages.join("\n\n") || "no violation");
      says.forEach((text, index) => {
        const message = messages[index]!;
        assert.ok(typeof text === "string" ? message.includes(text) : text.test(message), message);
        assert.match(message, /^Fix: [^;].{9}/m);
      });
    });
  }

  /** Declares a test for each case; an entry of `says` is a whole sentence without its full stop. */
  checkSentences(type: string, cases: readonly Case<string>[]): void {
    this.each(type, cases, async (resource, { says, level }) =>
      assert.deepEqual(
        await this.sentencesOf(resource, level),
        says.map((text) => `${text}.`),
      ),
    );
  }

  /**
   * Declares a test for each case; an entry of `says` is a part of a sentence, and all sentences are in one violation.
   */
  checkPartsOfSentences(type: string, cases: readonly Case<string>[]): void {
    this.each(type, cases, async (resource, { says, level }) => {
      const messages = await this.judge(resource, level);
      assert.equal(messages.length, says.length === 0 ? 0 : 1, messages.join("\n\n") || "no violation");
      const sentences = (messages[0] ?? "").split("\n").slice(1, -1);
      assert.equal(sentences.length, says.length, messages[0]);
      says.forEach((text, index) => assert.ok(sentences[index]!.includes(text), sentences[index]));
    });
  }

  /** Declares a test for each case. */
  checkStacks(cases: readonly StackCase[]): void {
    for (const { title, stack, says } of cases) {
      it(title, async () => {
        assert.deepEqual(
          await this.sentencesOfStack(stack),
          says.map(([name, text]) => [name, `${text}.`]),
        );
        await assertSilence(stack, (resources) => this.pack().analyzeStack(resources));
      });
    }
  }

  /** Declares a test that the policy refuses the inputs and repeats no secret text. */
  checkSilence(type: string, props: Props, level = this.level): void {
    it("never repeats a secret", async () => {
      const messages = await this.judge({ type, props }, level);
      assert.ok(messages.length > 0);
      assert.ok(!messages.join("\n").includes("hunter2"), messages.join("\n"));
    });
  }

  /** Declares a test for each type that the policy judges: it refuses these inputs under each type name. */
  checkTypes(types: readonly string[], props: Props, level = this.level): void {
    for (const type of types) {
      it(`judges ${type}`, async () => assert.equal((await this.judge({ type, props }, level)).length, 1));
    }
  }

  private each<Text>(
    type: string,
    cases: readonly Case<Text>[],
    test: (resource: TestResource, wanted: Case<Text>) => Promise<void>,
  ): void {
    for (const wanted of cases) {
      const resource = { type: wanted.type ?? type, props: wanted.props };
      it(wanted.title, async () => {
        await test(resource, wanted);
        await assertSilence([resource], ([changed]) => this.ask(changed!));
      });
    }
  }

  private ask(resource: TestResource): Promise<Analysis> {
    return this.withStack ? this.pack().run([resource]) : this.pack().analyze(resource);
  }

  private own(findings: readonly Finding[], expected = this.level): readonly Finding[] {
    const ofStacks = this.withStack ? ownOf(findings, `${this.policy}-stack`, expected) : [];
    return [...ownOf(findings, this.policy, expected), ...ofStacks];
  }

  private sentencesIn(findings: readonly Finding[], level = this.level): [name: string, sentence: string][] {
    const end = ` (${this.source}).`;
    return this.own(findings, level).flatMap(({ message, urn }) => {
      const [, ...sentences] = message.split("\n");
      assert.match(sentences.pop() ?? "", this.fix);
      return sentences
        .filter((sentence) => this.source === undefined || sentence.endsWith(end))
        .map((sentence): [string, string] => [nameIn(urn), sentence.replace(end, ".")]);
    });
  }
}

/** Inputs without some properties. */
export function without(props: Props, ...left: string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !left.includes(key)));
}

/** The end of a mandatory message, which names the exemption. */
export const orExempt = (policy: string): string =>
  `; or, if it is safe as it is, use an exemption with a reason and a last day in the configuration of ${policy}`;

/** The level of a policy without configuration. */
function levelOfPolicy(policy: string): Finding["level"] {
  const rule = CATALOG.find(({ id }) => id === policy);
  assert.ok(rule, `there is no policy ${policy}`);
  return levelOf(rule);
}

/** The findings of one policy. Fails if one has another level. */
function ownOf(
  findings: readonly Finding[],
  policy: string,
  expected: Finding["level"] = levelOfPolicy(policy),
): readonly Finding[] {
  const own = findings.filter((finding) => finding.policy === policy);
  for (const { level, message } of own) assert.equal(level, expected, message);
  return own;
}

const nameIn = (urn: string): string => urn.split("::").at(-1)!;

/**
 * One policy's messages for a resource. Fails if a finding has another level.
 *
 * @param level - @default the policy's own
 */
export async function messagesOf(
  pack: Pack,
  policy: string,
  resource: TestResource,
  level?: Finding["level"],
): Promise<string[]> {
  const { findings } = await pack.analyze(resource);
  return ownOf(findings, policy, level).map(({ message }) => message);
}

/**
 * A stack policy's messages by the name of the blamed resource.
 *
 * @param level - @default the policy's own
 */
export async function blamed(
  pack: Pack,
  policy: string,
  resources: readonly TestResource[],
  level?: Finding["level"],
): Promise<Record<string, string>> {
  const own = ownOf((await pack.analyzeStack(resources)).findings, policy, level);
  for (const { message } of own) assert.match(message, /^Fix: [^;].{9}/m);
  return Object.fromEntries(own.map(({ urn, message }) => [nameIn(urn), message]));
}

/** Inputs in the form in which the SDK passes them to a rule. The SDK's declarations leave out this function's type. */
export const proxied = unknownCheckingProxy as unknown as (props: unknown) => unknown;

/** A resource rule's messages under a configuration. */
export function configured<S extends Settings>(
  rule: ResourceRule<S>,
  given: object,
  subject: Pick<Subject, "type" | "props">,
): string[] {
  const settings = valuesOf(rule.id, rule.settings ?? ({} as S), given);
  const whole = { name: "it", urn: "urn:it", type: subject.type, props: proxied(subject.props) };
  return rule.judge(whole, settings).map(({ message }) => message);
}

/** A stack rule's messages under a configuration, by the name of the blamed resource. */
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
  return Object.fromEntries(found.map(({ urn, message }) => [nameIn(urn!), message]));
}

/** Texts that mark special values on the wire. */
const MARKS = [UNKNOWN, ...Object.values(secret(0))];

/** Copies of a value, each with one of its texts changed. */
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
 * Fails if any policy repeats a text that is not one of AWS's values, because the text might be a secret. Adds a text
 * that no message may contain to the start and end of each text of some resources, one at a time.
 *
 * @param ask sends resources to the pack
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
