import assert from "node:assert/strict";

import fc from "fast-check";

import { integer, oneOf, text, texts, type Definition } from "../../stacks/setting-types";
import { group, listOf, mapOf } from "../../stacks/structured-settings";

const fields = {
  algorithm: oneOf(["roundRobin", "weightedRandom"], { description: "How.", default: "roundRobin" }),
  seconds: integer(0, 900, { description: "How long.", default: 30 }),
  paths: texts({
    description: "Where.",
    default: Object.freeze([]),
    allowed: "paths",
    example: "/cart",
    accepts: (values) => values.every((value) => value.startsWith("/")),
  }),
};
const name = text({
  description: "What it is called.",
  allowed: "a word",
  example: "weekend",
  accepts: (value) => /^\w+$/.test(value),
});
const one = group(fields, { description: "One.", example: "balancing: { seconds: 60 }" });
const list = listOf(
  { name, ...fields, inner: one },
  { description: "Some.", example: "peaks: [{ name: weekend }]", atMost: 2 },
);
const map = mapOf({ name }, { description: "Named.", example: "routes: { cart: { name: a } }", atMost: 2 });

const defaults = { algorithm: "roundRobin", seconds: 30, paths: [] };

/** Key, value, what is allowed, remedy: a line a fault. */
function faultsOf(definition: Definition<unknown>, value: unknown): string[] {
  const json = typeof value === "string" ? value : JSON.stringify(value);
  assert.equal(definition.parse(json), undefined);
  return (definition.faults?.(json) ?? []).map(({ at, got, allowed, remedy }) =>
    [at, got ?? "nothing", allowed, remedy].join(" | "),
  );
}

describe("A structured setting", () => {
  it("fills in the fields that a stack leaves out", () => {
    assert.deepEqual(one.parse('{"seconds":60}'), { ...defaults, seconds: 60 });
    assert.deepEqual(list.parse('[{"name":"weekend"}]'), [{ name: "weekend", ...defaults, inner: defaults }]);
    assert.deepEqual(map.parse('{"cart":{"name":"a"}}'), { cart: { name: "a" } });
  });

  it("has a default when all its fields have, or when it may be empty", () => {
    assert.deepEqual(one.default, defaults);
    assert.deepEqual(list.default, []);
    assert.deepEqual(map.default, {});
    assert.equal(group({ name }, { description: "", example: "" }).default, undefined);
  });

  it("reads numbers and lists as YAML has them, and as text", () => {
    assert.deepEqual(one.parse('{"seconds":"60","paths":["/cart"]}'), {
      ...defaults,
      seconds: 60,
      paths: ["/cart"],
    });
  });

  it("is frozen through and through", () => {
    const [first] = list.parse('[{"name":"weekend"}]') ?? [];
    assert.ok(first !== undefined);
    for (const part of [first, first.paths, first.inner, first.inner.paths, one.default, map.default])
      assert.ok(Object.isFrozen(part));
  });

  for (const [title, definition, value, faults] of [
    [
      "text that is no JSON",
      one,
      "fast",
      [" | fast | algorithm, seconds, paths | for example, in the stack file: balancing: { seconds: 60 }"],
    ],
    [
      "a list in place of a mapping",
      one,
      [],
      [
        " | [] | a mapping with algorithm, seconds, paths | for example, in the stack file: balancing: { seconds: 60 }",
      ],
    ],
    [
      "several wrong fields, each in its place",
      one,
      { algorithm: "round_robin", seconds: 901, paths: ["cart"] },
      [
        ".algorithm | round_robin | roundRobin, weightedRandom | for example: algorithm: roundRobin",
        ".seconds | 901 | a whole number from 0 to 900 | for example: seconds: 30",
        '.paths | ["cart"] | paths | for example: paths: [/cart]',
      ],
    ],
    [
      "a mistyped field, whose value may be a secret, beside a wrong one",
      one,
      { secods: "hunter2", seconds: -1 },
      [
        ".seconds | -1 | a whole number from 0 to 900 | for example: seconds: 30",
        ".secods | a key that the setting doesn't have | seconds | did you mean seconds?",
      ],
    ],
    [
      "a field like no other, though every object has it",
      one,
      { constructor: 1 },
      [".constructor | a key that the setting doesn't have | algorithm, seconds, paths | remove it"],
    ],
    [
      "an element without its required field, and one wrong deep inside",
      list,
      [{}, { name: "a", inner: { seconds: "x" } }],
      [
        "[0].name | nothing | a word | for example: name: weekend",
        "[1].inner.seconds | x | a whole number from 0 to 900 | for example: seconds: 30",
      ],
    ],
    [
      "too many elements",
      list,
      [{ name: "a" }, { name: "b" }, { name: "c" }],
      [
        ' | [{"name":"a"},{"name":"b"},{"name":"c"}] | a list of up to 2 mappings, each with name, algorithm, seconds, paths, inner | for example, in the stack file: peaks: [{ name: weekend }]',
      ],
    ],
    [
      "a name with a space",
      map,
      { "my cart": { name: "a" } },
      [
        ' | {"my cart":{"name":"a"}} | a mapping of up to 2 names (a small letter, then up to 19 letters, digits and hyphens) to mappings, each with name | for example, in the stack file: routes: { cart: { name: a } }',
      ],
    ],
    [
      "a wrong value under a name",
      map,
      { cart: { name: "a b" } },
      [".cart.name | a b | a word | for example: name: weekend"],
    ],
  ] as const) {
    it(`is refused: ${title}`, () => {
      assert.deepEqual(faultsOf(definition, value), faults);
    });
  }

  it("yields a value or faults, whatever it is given", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.constantFrom(one, list, map), (json, definition) => {
        const faults = definition.faults?.(json) ?? [];
        assert.equal(definition.parse(json) === undefined, faults.length > 0);
      }),
    );
  });
});
