import assert from "node:assert/strict";

import fc from "fast-check";

import {
  ascendingIntegers,
  integer,
  oneOf,
  text,
  texts,
  words,
  type Definition,
} from "../../stacks/setting-types";
import { group, listOf, mapOf, textsByName } from "../../stacks/structured-settings";

const fields = {
  algorithm: oneOf(["roundRobin", "weightedRandom"], { description: "How.", default: "roundRobin" }),
  seconds: integer(0, 900, { description: "How long.", default: 30 }),
  paths: texts({
    description: "Where.",
    default: Object.freeze([]),
    allowed: "paths",
    example: "/cart",
    items: { pattern: /^\// },
  }),
};
const name = text({
  description: "What it is called.",
  allowed: "a word",
  example: "weekend",
  pattern: /^\w+$/,
});
const one = group(fields, { description: "One.", example: "balancing: { seconds: 60 }" });
const list = listOf(
  { name, ...fields, inner: one },
  { description: "Some.", example: "peaks: [{ name: weekend }]", atMost: 2 },
);
const map = mapOf({ name }, { description: "Named.", example: "routes: { cart: { name: a } }", atMost: 2 });

const upper = mapOf(
  { name },
  {
    description: "Named.",
    example: "environment: { A: { name: a } }",
    atMost: 2,
    names: { pattern: /^[A-Z]+$/, allowed: "capital letters" },
  },
);
const labels = textsByName({
  description: "Labels.",
  example: "tags: { owner: shop }",
  atMost: 2,
  names: { pattern: /^[A-Za-z]+$/, allowed: "letters" },
  values: { pattern: /^\w*$/, allowed: "a word or nothing" },
});

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
    assert.deepEqual(labels.default, {});
    assert.equal(group({ name }, { description: "", example: "" }).default, undefined);
  });

  it("reads numbers and lists as YAML has them, and as text", () => {
    assert.deepEqual(one.parse('{"seconds":"60","paths":["/cart"]}'), {
      ...defaults,
      seconds: 60,
      paths: ["/cart"],
    });
  });

  it("may have names of another kind, or texts in place of groups", () => {
    assert.deepEqual(upper.parse('{"PORT":{"name":"a"}}'), { PORT: { name: "a" } });
    assert.deepEqual(labels.parse('{"owner":"shop","costs":4711,"isPublic":false,"none":""}'), undefined);
    assert.deepEqual(labels.parse('{"owner":"shop","costs":4711}'), { owner: "shop", costs: "4711" });
    assert.deepEqual(labels.parse('{"isPublic":false,"none":""}'), { isPublic: "false", none: "" });
  });

  it("is frozen through and through", () => {
    const [first] = list.parse('[{"name":"weekend"}]') ?? [];
    assert.ok(first !== undefined);
    const named = labels.parse('{"owner":"shop"}');
    for (const part of [named, first, first.paths, first.inner, first.inner.paths, one.default, map.default])
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
        ' | ["my cart"] | a mapping of up to 2 names (a small letter, then up to 19 letters, digits and hyphens) to mappings, each with name | for example, in the stack file: routes: { cart: { name: a } }',
      ],
    ],
    [
      "a wrong value under a name",
      map,
      { cart: { name: "a b" } },
      [".cart.name | a b | a word | for example: name: weekend"],
    ],
    [
      "a name of the wrong kind, without the value, which may be a secret",
      upper,
      { port: { name: "hunter2" } },
      [
        ' | ["port"] | a mapping of up to 2 names (capital letters) to mappings, each with name | for example, in the stack file: environment: { A: { name: a } }',
      ],
    ],
    [
      "names that differ by capitals only",
      labels,
      { owner: "a", Owner: "b" },
      [
        ' | ["owner","Owner"] | a mapping of up to 2 names (letters) to texts (a word or nothing) | for example, in the stack file: tags: { owner: shop }',
      ],
    ],
    [
      "values that are no texts, and one that is wrong",
      labels,
      { owner: { name: "a" }, costs: "a b" },
      [
        '.owner | {"name":"a"} | a word or nothing | for example, in the stack file: tags: { owner: shop }',
        ".costs | a b | a word or nothing | for example, in the stack file: tags: { owner: shop }",
      ],
    ],
  ] as const) {
    it(`is refused: ${title}`, () => {
      assert.deepEqual(faultsOf(definition, value), faults);
    });
  }

  it("yields a value or faults, whatever it is given", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom(one, list, map, upper, labels),
        (json, definition) => {
          const faults = definition.faults?.(json) ?? [];
          assert.equal(definition.parse(json) === undefined, faults.length > 0);
        },
      ),
    );
  });
});

describe("A list of ascending whole numbers", () => {
  const percents = ascendingIntegers(1, 100, {
    description: "Steps.",
    allowed: "whole numbers from 1 to 100 in ascending order",
    example: "10, 100",
  });

  it("is read from numbers and from digits", () => {
    assert.deepEqual(percents.parse('[10,"50",100]'), [10, 50, 100]);
    assert.deepEqual(percents.parse("[]"), []);
    assert.ok(Object.isFrozen(percents.parse("[10]")));
  });

  it("has no others", () => {
    for (const json of [
      "[0]",
      "[101]",
      "[1.5]",
      "[-1]",
      '["x"]',
      '[""]',
      "[true]",
      "[null]",
      "[[1]]",
      "10",
      "x",
    ])
      assert.equal(percents.parse(json), undefined, json);
    assert.equal(percents.parse("[10,10]"), undefined);
    assert.equal(percents.parse("[100,10]"), undefined);
  });
});

describe("A list of words", () => {
  it("may have the same one twice, unlike a list of different texts", () => {
    const description = { description: "", allowed: "", example: "", items: {} };
    assert.deepEqual(words(description).parse('["-v","-v"]'), ["-v", "-v"]);
    assert.equal(texts(description).parse('["-v","-v"]'), undefined);
  });
});
