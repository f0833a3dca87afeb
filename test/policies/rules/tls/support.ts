import assert from "node:assert/strict";
import type { Finding, Pack, PolicySettings, TestResource } from "../../../support/pack";
import { assertSilence, levelOfPolicy, type Props } from "../../../support/policy-cases";

/** One resource, and what a policy says of it. */
export interface Case {
  readonly title: string;
  /** Its inputs, in wire form. */
  readonly props: Props;
  /** One entry for each violation expected: what its text has to contain. Empty: compliant. */
  readonly says: readonly (string | RegExp)[];
  /** @default the type given to {@link Suite.check} */
  readonly type?: string;
  /** @default the policy's own */
  readonly level?: Finding["level"];
}

/** Asks one policy of a running pack. */
export class Suite {
  constructor(
    readonly pack: () => Pack,
    private readonly policy: string,
    private readonly level: Finding["level"] = levelOfPolicy(policy),
  ) {}

  /** Sets the policy's settings until {@link reset}. */
  configure(settings: PolicySettings): Promise<void> {
    return this.pack().configure({ [this.policy]: { level: this.level, ...settings } });
  }

  /** Takes every setting back. */
  reset(): Promise<void> {
    return this.pack().configure({});
  }

  /** What the policy says of one resource. Fails if it speaks at another level than it should. */
  async judge(resource: TestResource, level = this.level): Promise<string[]> {
    const { findings } = await this.pack().analyze(resource);
    return this.own(findings, level).map(({ message }) => message);
  }

  /** Which resources of a stack the policy blames, and for what. */
  async judgeStack(...resources: readonly TestResource[]): Promise<[urn: string, message: string][]> {
    const { findings } = await this.pack().run(resources);
    return this.own(findings).map(({ urn, message }) => [urn, message]);
  }

  /** Declares a test for each case. */
  check(type: string, cases: readonly Case[]): void {
    for (const { title, props, says, level, type: own = type } of cases) {
      it(title, async () => {
        const messages = await this.judge({ type: own, props }, level);
        assert.equal(messages.length, says.length, messages.join("\n\n") || "no violation");
        says.forEach((text, index) => {
          const message = messages[index]!;
          assert.ok(typeof text === "string" ? message.includes(text) : text.test(message), message);
          assert.match(message, /^Fix: /m);
        });
        await assertSilence([{ type: own, props }], ([resource]) => this.pack().analyze(resource!));
      });
    }
  }

  /** Declares a test that no secret text among the inputs is repeated, though the policy objects to them. */
  checkSilence(type: string, props: Props, level = this.level): void {
    it("never repeats a secret", async () => {
      const messages = await this.judge({ type, props }, level);
      assert.ok(messages.length > 0);
      assert.ok(!messages.join("\n").includes("hunter2"), messages.join("\n"));
    });
  }

  /** Declares a test for every type the policy is said to judge: it objects to these inputs under each name. */
  checkTypes(types: readonly string[], props: Props, expected = this.level): void {
    for (const type of types) {
      it(`judges ${type}`, async () => assert.equal((await this.judge({ type, props }, expected)).length, 1));
    }
  }

  private own(findings: readonly Finding[], expected = this.level): readonly Finding[] {
    const own = findings.filter(({ policy }) => policy === this.policy);
    for (const { level, message } of own) assert.equal(level, expected, message);
    return own;
  }
}
