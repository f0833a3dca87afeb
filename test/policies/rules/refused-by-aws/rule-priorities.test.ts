import { LISTENER, LISTENER_RULE } from "../../../../policies/resources";
import { secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite } from "./cases";

describe("rule-priorities", () => {
  const suite = new RuleSuite("rule-priorities");
  suite.check(LISTENER_RULE[0], [
    { title: "passes the least", props: { priority: 1 }, says: [] },
    { title: "passes the greatest", props: { priority: 50_000 }, says: [] },
    { title: "passes an absent one, which the provider chooses", props: {}, says: [] },
    { title: "passes null", props: { priority: null }, says: [] },
    { title: "passes an unknown one", props: { priority: UNKNOWN }, says: [] },
    { title: "passes a secret one", props: { priority: secret(7) }, says: [] },
    {
      title: "refuses 0",
      props: { priority: 0 },
      says: ["priority is 0; it must be a whole number from 1 to 50000"],
    },
    {
      title: "refuses 50,001",
      props: { priority: 50_001 },
      says: ["priority is 50001; it must be a whole number from 1 to 50000"],
    },
    {
      title: "refuses a fraction",
      props: { priority: 1.5 },
      says: ["priority is 1.5; it must be a whole number from 1 to 50000"],
    },
    {
      title: "refuses a list",
      props: { priority: [1] },
      says: ["priority is a list; it must be a whole number from 1 to 50000"],
    },
  ]);
  for (const type of LISTENER_RULE) {
    suite.check(type, [
      {
        title: `judges ${type}`,
        props: { priority: -1 },
        says: ["priority is -1; it must be a whole number from 1 to 50000"],
      },
    ]);
  }
});

describe("rule-priorities-stack", () => {
  const suite = new RuleSuite("rule-priorities-stack");
  const one = { type: LISTENER[0], name: "one", props: { arn: UNKNOWN } };
  const two = { type: LISTENER[1], name: "two", props: { arn: UNKNOWN } };
  const rule = (name: string, listener: TestResource, priority: unknown): TestResource => ({
    type: LISTENER_RULE[0],
    name,
    props: { listenerArn: UNKNOWN, priority },
    propertyDependencies: { listenerArn: [urnOf(listener)] },
  });
  const loose = (name: string, listenerArn: unknown): TestResource => ({
    type: LISTENER_RULE[0],
    name,
    props: { listenerArn, priority: 5 },
  });
  suite.checkStacks([
    { title: "passes different priorities", stack: [one, rule("a", one, 1), rule("b", one, 2)], says: [] },
    {
      title: "passes the same on different listeners",
      stack: [one, two, rule("a", one, 1), rule("b", two, 1)],
      says: [],
    },
    {
      title: "passes unknown ones",
      stack: [one, rule("a", one, UNKNOWN), rule("b", one, UNKNOWN)],
      says: [],
    },
    {
      title: "passes null and odd ones",
      stack: [one, rule("a", one, null), rule("b", one, null), rule("c", one, {})],
      says: [],
    },
    { title: "passes listeners nobody knows", stack: [loose("a", UNKNOWN), loose("b", UNKNOWN)], says: [] },
    {
      title: "refuses each that comes after the first",
      stack: [one, rule("a", one, 3), rule("b", one, secret(3)), rule("c", one, "3"), rule("d", one, 4)],
      says: [
        ["b", 'priority is 3, which rule "a" of the same listener has already; it must be another'],
        ["c", 'priority is 3, which rule "a" of the same listener has already; it must be another'],
      ],
    },
    {
      title: "refuses it on a listener of elsewhere",
      stack: [loose("a", "arn:x"), loose("b", "arn:x")],
      says: [["b", 'priority is 5, which rule "a" of the same listener has already; it must be another']],
    },
  ]);
});
