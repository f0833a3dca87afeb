import assert from "node:assert/strict";

import { UnansweredInvoke } from "../../../packages/rehearse/cloud";
import { type Diagnostic, exemptionIn, type Finding } from "../../../packages/rehearse/engine/diagnostics";
import { newResource } from "../../../packages/rehearse/engine/resource";
import { Unanswered } from "../../../packages/rehearse/engine/unanswered";
import { Verdicts } from "../../../packages/rehearse/engine/verdicts";
import type { Analyzer } from "../../../packages/rehearse/engine/contracts";

describe("functions without an answer", () => {
  const motto = new UnansweredInvoke("aws:ssm/getParameter:getParameter", { name: "/motto" }, { value: "" });
  const price = new UnansweredInvoke("aws:ssm/getParameter:getParameter", { name: "/price" }, { value: "" });
  const error = (message: string): Diagnostic => ({ severity: "error", message, urn: "urn:a" });

  it("are reported once each, with one remedy, instead of the errors that repeat them", () => {
    const unanswered = new Unanswered();
    for (const each of [motto, price, motto]) unanswered.note(each);
    const other = error("out of milk");
    const warning: Diagnostic = { severity: "warning", message: motto.message, urn: "" };
    const told = unanswered.instead([other, warning, error(`Error: ${motto.message} at noon`)]);
    assert.deepEqual(told.slice(0, 2), [other, warning]);
    assert.equal(told.length, 3);
    const { severity, message, urn } = told[2]!;
    assert.deepEqual([severity, urn], ["error", ""]);
    assert.ok(message.startsWith(`${motto.message}.\n${price.message}.\nGive it in a JSON file`), message);
    assert.equal(message.match(/"args"/g)?.length, 2);
  });

  it("are a warning if the program handles the error", () => {
    const unanswered = new Unanswered();
    unanswered.note(motto);
    assert.equal(unanswered.instead([])[0]?.severity, "warning");
  });

  it("are not reported for other errors", () => {
    const unanswered = new Unanswered();
    unanswered.note(new Error("out of milk"));
    unanswered.note("out of milk");
    const told = [error("out of milk")];
    assert.deepEqual(unanswered.instead(told), told);
  });
});

describe("an exemption in a finding's message", () => {
  it("is a line with a day and a reason", () => {
    assert.deepEqual(exemptionIn("Too open.\nExempt until 2027-03-31: the shop moves\nFix: close it"), {
      until: "2027-03-31",
      reason: "the shop moves",
    });
    for (const message of [
      "",
      "Too open.",
      "Exempt until soon: a",
      "Exempt until 2027-03-31: ",
      "Exempt until 2027-3-31: a",
      "It was Exempt until 2027-03-31: a",
      "Exempt until 2027-03-310: a",
      "Exempt until 12027-03-31: a",
    ])
      assert.equal(exemptionIn(message), undefined, message);
  });
});

describe("the packs' verdicts", () => {
  const books = () =>
    newResource({ urn: "urn:b", type: "a:b:C", name: "b", parent: "", custom: true, inputs: {} });
  const finding = (policy: string, level: Finding["level"] = "mandatory"): Finding => ({
    pack: "p",
    urn: "urn:b",
    message: "m",
    policy,
    level,
  });
  /** A pack with the same findings for every call. */
  const packOf = (found: Finding[], given: Partial<Analyzer> = {}): Analyzer => ({
    remediate: async ({ inputs }) => ({ inputs, findings: [] }),
    analyze: async () => found,
    analyzeStack: async () => found,
    ...given,
  });
  const failures: string[] = [];
  const fail = (message: string): void => void failures.push(message);
  const verdicts = (mode: "preview" | "up", analyzers: readonly Analyzer[], goesOn?: boolean): Verdicts =>
    new Verdicts({ mode, analyzers: Promise.resolve(analyzers), ...(goesOn ? { goesOn } : {}) }, fail);
  const policiesOf = ({ findings }: Verdicts): string[] => findings.map(({ policy }) => policy);
  beforeEach(() => void failures.splice(0));

  it("in an update stop it at a mandatory finding, once, unless it is told to go on", async () => {
    const refusing = packOf([finding("a"), finding("b", "advisory")]);
    const advising = packOf([finding("c", "advisory")]);
    const stopped = verdicts("up", [advising, refusing]);
    assert.equal(await stopped.judge(books(), undefined), false);
    assert.deepEqual([policiesOf(stopped), stopped.refused], [["c", "a", "b"], true]);
    const advised = verdicts("up", [advising]);
    assert.equal(await advised.judge(books(), undefined), true);
    assert.equal(advised.refused, false);
    const goesOn = verdicts("up", [refusing], true);
    assert.equal(await goesOn.judge(books(), undefined), true);
    assert.equal(goesOn.refused, true);
  });

  it("in a preview arrive later, in order, and stop nothing", async () => {
    const slow = packOf([], {
      analyze: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return [finding("slow")];
      },
    });
    const preview = verdicts("preview", [slow, packOf([finding("fast")])]);
    assert.equal(await preview.judge(books(), undefined), true);
    assert.equal(await preview.judge(books(), undefined), true);
    assert.deepEqual(policiesOf(preview), []);
    await preview.heard;
    assert.deepEqual(policiesOf(preview), ["slow", "fast", "slow", "fast"]);
  });

  it("of a failing pack end the deployment", async () => {
    const failing = packOf([], { analyze: () => Promise.reject(new Error("the rule stumbled")) });
    const preview = verdicts("preview", [packOf([finding("a")]), failing]);
    await preview.judge(books(), undefined);
    await preview.heard;
    assert.deepEqual([failures, policiesOf(preview)], [["the rule stumbled"], ["a"]]);
    await assert.rejects(verdicts("up", [failing]).judge(books(), undefined), /the rule stumbled/);
  });

  it("come after each pack's remediations, whose result the next pack sees", async () => {
    const adds = (tag: string): Analyzer =>
      packOf([], {
        remediate: async ({ inputs }) => ({ inputs: { ...inputs, [tag]: 1 }, findings: [finding(tag)] }),
        analyze: async ({ inputs }) => [finding(Object.keys(inputs).join(), "advisory")],
      });
    const resource = books();
    const both = verdicts("up", [adds("a"), adds("b")]);
    assert.equal(await both.judge(resource, undefined), true);
    assert.deepEqual(resource.inputs, { a: 1, b: 1 });
    assert.deepEqual(policiesOf(both), ["a", "b", "a,b", "a,b"]);
    assert.equal(both.refused, true);
  });

  it("of the whole stack come from every pack", async () => {
    const whole = verdicts("preview", [packOf([finding("a", "advisory")]), packOf([finding("b")])]);
    await whole.judgeStack([books()], () => undefined);
    assert.deepEqual([policiesOf(whole), whole.refused], [["a", "b"], true]);
  });
});
