import assert from "node:assert/strict";
import fc from "fast-check";
import { TARGET_GROUP } from "../../../../policies/resources";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite } from "../../../support/rule-suite";

const delayed = (deregistrationDelay: unknown) => ({ protocol: "HTTP", deregistrationDelay });

describe("deregistration-delay", () => {
  const suite = new RuleSuite("deregistration-delay");
  afterEach(() => suite.reset());

  suite.check(TARGET_GROUP[0], [
    { title: "passes a minute", props: delayed(60), says: [] },
    { title: "passes no delay", props: delayed(0), says: [] },
    { title: "passes AWS's default", props: delayed(300), says: [] },
    { title: "passes an absent delay, which is AWS's default", props: {}, says: [] },
    { title: "passes digits, and secrets", props: delayed(secret("60")), says: [] },
    { title: "ignores functions", props: { targetType: "lambda", ...delayed(3600) }, says: [] },
    {
      title: "refuses one second more",
      props: delayed(301),
      says: ["deregistrationDelay is 301; it must be a literal whole number of seconds from 0 to 300"],
    },
    {
      title: "refuses an unknown delay",
      props: delayed(UNKNOWN),
      says: ["deregistrationDelay is not known"],
    },
    { title: "shows digits", props: delayed("3600"), says: ['deregistrationDelay is "3600"; it must be'] },
    { title: "refuses a negative delay", props: delayed(-1), says: ["is -1"] },
    { title: "refuses a fraction", props: delayed(1.5), says: ["is 1.5"] },
    { title: "refuses the wrong type", props: delayed({ seconds: 60 }), says: ["is an object"] },
  ]);
  suite.checkTypes(TARGET_GROUP, delayed(3600));
  suite.checkSilence(TARGET_GROUP[0], delayed(secret("hunter2")));

  it("accepts up to the configured seconds and no more, also for AWS's default", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3600 }), async (maxSeconds) => {
        await suite.configure({ maxSeconds });
        const count = async (props: object): Promise<number> =>
          (await suite.judge({ type: TARGET_GROUP[0], props: { ...props } })).length;
        assert.equal(await count(delayed(maxSeconds)), 0);
        assert.equal(await count(delayed(maxSeconds + 1)), 1);
        assert.equal(await count({}), maxSeconds >= 300 ? 0 : 1);
      }),
      { numRuns: 15 },
    );
  });
});
