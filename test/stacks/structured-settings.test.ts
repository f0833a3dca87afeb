import assert from "node:assert/strict";

import fc from "fast-check";

import {
  ascendingIntegers,
  group,
  integer,
  listOf,
  mapOf,
  matching,
  oneOf,
  type Setting,
  text,
  texts,
  textsByName,
  words,
} from "../../stacks/settings/fields";
import { placeOf, read } from "../../stacks/settings/read";

const fields = {
  algorithm: oneOf(["roundRobin", "weightedRandom"], { description: "How.", default: "roundRobin" }),
  seconds: integer(0, 900, { description: "How long.", default: 30 }),
  paths: texts({
    description: "Where.",
    default: Object.freeze([]),
    allowed: "paths",
    example: "/cart",
    items: matching(/^\//),
  }),
};
const name = text({
  description: "What it is called.",
  allowed: "a word",
  example: "weekend",
  of: matching(/^\w+$/),
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
    names: { of: matching(/^[A-Z]+$/), allowed: "capital letters" },
  },
);
const labels = textsByName({
  description: "Labels.",
  example: "tags: { owner: shop }",
  atMost: 2,
  names: { of: matching(/^[A-Za-z]+$/), allowed: "letters" },
  values: { of: matching(/^\w*$/), allowed: "a word or nothing" },
});

const defaults = { algorithm: "roundRobin", seconds: 30, paths: [] };

/** The parsed value of a text; undefined if the text has a fault. */
function parsed<T>(setting: Setting<T>, text: string | undefined): T | undefined {
  const { value, misfits } = read(setting, text);
  return misfits.length === 0 ? value : undefined;
}

/** The faults of a value: place, value, what is allowed, and remedy, one per line. */
function misfitsOf(setting: Setting<unknown>, value: unknown): string[] {
  const json = typeof value === "string" ? value : JSON.stringify(value);
  return read(setting, json).misfits.map(({ path, got, allowed, remedy }) =>
    [placeOf(path), got ?? "nothing", allowed, remedy].join(" | "),
  );
}

describe("A structured setting", () => {
  it("fills in the fields that a stack leaves out", () => {
    assert.deepEqual(parsed(one, '{"seconds":60}'), { ...defaults, seconds: 60 });
    assert.deepEqual(parsed(list, '[{"name":"weekend"}]'), [
      { name: "weekend", ...defaults, inner: defaults },
    ]);
    assert.deepEqual(parsed(map, '{"cart":{"name":"a"}}'), { cart: { name: "a" } });
  });

  it("has a default if all its fields have one, or if it may be empty", () => {
    assert.deepEqual(parsed(one, undefined), defaults);
    assert.deepEqual(parsed(list, undefined), []);
    assert.deepEqual(parsed(map, undefined), {});
    assert.deepEqual(parsed(labels, undefined), {});
    assert.equal(parsed(group({ name }, { description: "", example: "" }), undefined), undefined);
  });

  it("reads numbers and lists as YAML values and as text", () => {
    assert.deepEqual(parsed(one, '{"seconds":"60","paths":["/cart"]}'), {
      ...defaults,
      seconds: 60,
      paths: ["/cart"],
    });
  });

  it("may have names in another form, or texts instead of groups", () => {
    assert.deepEqual(parsed(upper, '{"PORT":{"name":"a"}}'), { PORT: { name: "a" } });
    assert.deepEqual(parsed(labels, '{"owner":"shop","costs":4711,"isPublic":false,"none":""}'), undefined);
    assert.deepEqual(parsed(labels, '{"owner":"shop","costs":4711}'), { owner: "shop", costs: "4711" });
    assert.deepEqual(parsed(labels, '{"isPublic":false,"none":""}'), { isPublic: "false", none: "" });
  });

  it("is deeply frozen", () => {
    const [first] = parsed(list, '[{"name":"weekend"}]') ?? [];
    assert.ok(first !== undefined);
    const named = parsed(labels, '{"owner":"shop"}');
    for (const part of [
      named,
      first,
      first.paths,
      first.inner,
      first.inner.paths,
      parsed(one, undefined),
      parsed(map, undefined),
    ])
      assert.ok(Object.isFrozen(part));
  });

  for (const [title, definition, value, misfits] of [
    [
      "a text that is not JSON",
      one,
      "fast",
      [
        " | fast | a mapping with algorithm, seconds, paths | for example, in the stack file: balancing: { seconds: 60 }",
      ],
    ],
    [
      "a list instead of a mapping",
      one,
      [],
      [
        " | [] | a mapping with algorithm, seconds, paths | for example, in the stack file: balancing: { seconds: 60 }",
      ],
    ],
    [
      "several wrong fields, each named by its position",
      one,
      { algorithm: "round_robin", seconds: 901, paths: ["cart"] },
      [
        "algorithm | round_robin | roundRobin, weightedRandom | for example: algorithm: roundRobin",
        "seconds | 901 | a whole number from 0 to 900 | for example: seconds: 30",
        'paths | ["cart"] | paths | for example: paths: [/cart]',
      ],
    ],
    [
      "a mistyped field, whose value may be a secret, beside a wrong one",
      one,
      { secods: "hunter2", seconds: -1 },
      [
        "seconds | -1 | a whole number from 0 to 900 | for example: seconds: 30",
        "secods | a key that the setting doesn't have | seconds | did you mean seconds?",
      ],
    ],
    [
      "an unknown field that every JavaScript object has",
      one,
      { constructor: 1 },
      ["constructor | a key that the setting doesn't have | algorithm, seconds, paths | remove it"],
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
        ' | ["my cart"] | a mapping of up to 2 names (a lowercase letter, then up to 19 letters, digits and hyphens) to mappings, each with name | for example, in the stack file: routes: { cart: { name: a } }',
      ],
    ],
    [
      "a wrong value under a name",
      map,
      { cart: { name: "a b" } },
      ["cart.name | a b | a word | for example: name: weekend"],
    ],
    ...["__proto__", "prototype", "constructor"].map((taken): [string, typeof map, unknown, string[]] => [
      `a name that every object has: ${taken}`,
      map,
      JSON.parse(`{"${taken}":{"name":"a"}}`),
      [
        `${taken} | a name that JavaScript reserves | names other than __proto__, prototype, constructor | choose another name`,
      ],
    ]),
    [
      "a name in the wrong form, without its value, which may be a secret",
      upper,
      { port: { name: "hunter2" } },
      [
        ' | ["port"] | a mapping of up to 2 names (capital letters) to mappings, each with name | for example, in the stack file: environment: { A: { name: a } }',
      ],
    ],
    [
      "names that differ only by case",
      labels,
      { owner: "a", Owner: "b" },
      [
        ' | ["owner","Owner"] | a mapping of up to 2 names (letters) to strings (a word or nothing) | for example, in the stack file: tags: { owner: shop }',
      ],
    ],
    [
      "values that are not texts, and a wrong one",
      labels,
      { owner: { name: "a" }, costs: "a b" },
      [
        'owner | {"name":"a"} | a word or nothing | for example, in the stack file: tags: { owner: shop }',
        "costs | a b | a word or nothing | for example, in the stack file: tags: { owner: shop }",
      ],
    ],
  ] as const) {
    it(`is refused: ${title}`, () => {
      assert.deepEqual(misfitsOf(definition, value), misfits);
    });
  }

  it("yields a value or errors for any input", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom(one, list, map, upper, labels),
        (json, definition) => {
          const { value, misfits } = read<unknown>(definition, json);
          assert.equal(
            Object.isFrozen(value),
            misfits.length === 0 || typeof value !== "object" || value === null,
          );
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
    assert.deepEqual(parsed(percents, '[10,"50",100]'), [10, 50, 100]);
    assert.deepEqual(parsed(percents, "[]"), []);
    assert.ok(Object.isFrozen(parsed(percents, "[10]")));
  });

  it("rejects other values", () => {
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
      assert.equal(parsed(percents, json), undefined, json);
    assert.equal(parsed(percents, "[10,10]"), undefined);
    assert.equal(parsed(percents, "[100,10]"), undefined);
  });
});

describe("A list of words", () => {
  it("may contain duplicates, unlike a list of different texts", () => {
    const description = { description: "", allowed: "", example: "", items: matching(/^/) };
    assert.deepEqual(parsed(words(description), '["-v","-v"]'), ["-v", "-v"]);
    assert.equal(parsed(texts(description), '["-v","-v"]'), undefined);
  });
});
