import assert from "node:assert/strict";
import { PROSE } from "../../../../policies/rules/refused-by-aws/api-prose";
import type { Finding, Pack, TestResource } from "../../../support/pack";
import { packForSuite } from "../../../support/pack";
import { assertSilence, levelOfPolicy, type Props } from "../../../support/policy-cases";

/** A resource, and what the rule says of it. */
export interface Case {
  readonly title: string;
  readonly props: Props;
  /** One entry for each fault, in order: its whole sentence, but for the full stop. Empty: compliant. */
  readonly says: readonly string[];
}

/** A stack, and what the rule says of it. */
export interface StackCase {
  readonly title: string;
  readonly stack: readonly TestResource[];
  /** One entry for each fault, in order: the name of the resource blamed, and the whole sentence, but for the full stop. */
  readonly says: readonly (readonly [name: string, text: string])[];
}

/** Tests of one line of `api-prose`. */
export function suiteOf(line: keyof typeof PROSE): RuleSuite {
  return new RuleSuite("api-prose", undefined, PROSE[line].source);
}

/** Tests of one rule, through the running pack. */
export class RuleSuite {
  readonly pack: () => Pack = packForSuite({ directory: "policies" });

  /** @param source - where a rule has many lines, the page of the one that is tested, with which its sentences end */
  constructor(
    private readonly policy: string,
    private readonly level: Finding["level"] = levelOfPolicy(policy),
    private readonly source?: string,
  ) {}

  /** What the rule says of one resource: each fault a sentence. */
  async faultsOf(resource: TestResource): Promise<string[]> {
    const { findings } = await this.pack().analyze(resource);
    return this.own(findings).map(({ text }) => text);
  }

  /** What the rule says of a stack: each fault with the name of the resource it blames. */
  async stackFaultsOf(stack: readonly TestResource[]): Promise<[name: string, text: string][]> {
    const { findings } = await this.pack().analyzeStack(stack);
    return this.own(findings).map(({ urn, text }) => [urn.split("::").at(-1) ?? "", text]);
  }

  /** Makes a test of each case. */
  check(type: string, cases: readonly Case[]): void {
    for (const { title, props, says } of cases) {
      it(title, async () => {
        matches(await this.faultsOf({ type, props }), says);
        await assertSilence([{ type, props }], ([resource]) => this.pack().analyze(resource!));
      });
    }
  }

  /** Makes a test of each case. */
  checkStacks(cases: readonly StackCase[]): void {
    for (const { title, stack, says } of cases) {
      it(title, async () => {
        const faults = await this.stackFaultsOf(stack);
        matches(
          faults.map(([, text]) => text),
          says.map(([, text]) => text),
        );
        assert.deepEqual(
          faults.map(([name]) => name),
          says.map(([name]) => name),
        );
        await assertSilence(stack, (resources) => this.pack().analyzeStack(resources));
      });
    }
  }

  private own(findings: readonly Finding[]): { urn: string; text: string }[] {
    return findings
      .filter(({ policy }) => policy === this.policy)
      .flatMap(({ level, message, urn }) => {
        assert.equal(level, this.level);
        const lines = message.split("\n");
        assert.match(lines.at(-1) ?? "", /^Fix: .*\{/);
        const texts = lines.slice(1, -1).map((text) => ({ urn, text }));
        if (this.source === undefined) return texts;
        const end = ` (${this.source}).`;
        return texts
          .filter(({ text }) => text.endsWith(end))
          .map(({ text }) => ({ urn, text: `${text.slice(0, -end.length)}.` }));
      });
  }
}

function matches(faults: readonly string[], says: readonly string[]): void {
  assert.deepEqual(
    faults,
    says.map((text) => `${text}.`),
  );
}
