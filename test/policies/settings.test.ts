import assert from "node:assert/strict";

import { CATALOG, configSchemaOf, policies } from "../../policies/catalog";
import { booleanSetting, integerSetting, textsSetting, valuesOf } from "../../policies/settings";

const settings = {
  days: integerSetting(1, 30, 7, "How many."),
  strict: booleanSetting(true, "Whether."),
  names: textsSetting([], "Which."),
};

const wrong = (given: object): string => {
  try {
    valuesOf("rule", settings, given);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a rule's settings", () => {
  it("have the values that are given, and otherwise their defaults", () => {
    assert.deepEqual(valuesOf("rule", settings, {}), { days: 7, strict: true, names: [] });
    const given = { days: 30, strict: false, names: ["a"] };
    assert.deepEqual(valuesOf("rule", settings, given), given);
    assert.equal(valuesOf("rule", settings, { days: 1 }).days, 1);
  });

  for (const days of [0, 31, 1.5, "7", null]) {
    it(`refuse ${JSON.stringify(days)} as a whole number from 1 to 30`, () =>
      assert.equal(
        wrong({ days }),
        `The configuration of policy rule is wrong: days is ${JSON.stringify(days)}; it must be a whole number from 1 to 30.`,
      ));
  }

  it("report every problem at once, and list the settings that exist", () =>
    assert.equal(
      wrong({ dayz: 3, limit: 1, strict: "yes", names: ["a", 1] }),
      "The configuration of policy rule is wrong: dayz is no setting of it: did you mean days? It has days, strict, names. " +
        "limit is no setting of it: remove it. It has days, strict, names. " +
        'strict is "yes"; it must be true or false. names is ["a",1]; it must be a list of strings.',
    ));

  for (const [key, meant] of [
    ["DAYS", "days"],
    ["dyas", "days"],
    ["daily", undefined],
    ["maxSecondsTll", "maxSeconds"],
    ["maxSecond", "maxSeconds"],
    ["minSecond", "minSeconds"],
  ] as const) {
    it(`suggest ${meant ?? "none of them"} for ${key}`, () => {
      const given = { ...settings, minSeconds: settings.days, maxSeconds: settings.days };
      assert.throws(
        () => valuesOf("rule", given, { [key]: 3 }),
        ({ message }: Error) =>
          message.includes(
            meant === undefined ? `${key} is no setting of it: remove it.` : `did you mean ${meant}?`,
          ),
      );
    });
  }

  it("report that the rule has none", () =>
    assert.throws(() => valuesOf("rule", {}, { days: 3 }), {
      message: "The configuration of policy rule is wrong: days is no setting of it: remove it. It has none.",
    }));
});

describe("the policy metadata that the engine gets", () => {
  const schemaOfRule = (id: string): unknown => {
    const rule = CATALOG.find((each) => each.id === id);
    return rule && configSchemaOf(rule).properties;
  };
  const exemptions = {
    type: "array",
    items: {
      type: "object",
      properties: {
        urn: {
          type: ["string", "array"],
          pattern: "^urn:pulumi:[^*]+$",
          items: { type: "string", pattern: "^urn:pulumi:[^*]+$" },
          minItems: 1,
        },
        reason: { type: "string", pattern: "\\S" },
        expires: { type: "string", pattern: String.raw`^\d{4}-\d{2}-\d{2}$` },
      },
      required: ["urn", "reason", "expires"],
      additionalProperties: false,
    },
    description:
      "Resources exempt from the rule until a given day: full URN or a list of them, reason, last day (YYYY-MM-DD).",
    default: [],
  };

  it("includes a schema of its settings: a whole number", () =>
    assert.deepEqual(schemaOfRule("hsts"), {
      minSeconds: {
        type: "integer",
        minimum: 1,
        maximum: 63_072_000,
        description:
          "Minimum max-age in seconds. The default, five minutes, suits a cautious introduction of the header.",
        default: 300,
      },
      exemptions,
    }));

  it("includes a schema of its settings: true or false", () =>
    assert.deepEqual(schemaOfRule("default-security-group-stack"), {
      required: {
        type: "boolean",
        description: (schemaOfRule("default-security-group-stack") as { required: { description: string } })
          .required.description,
        default: false,
      },
      exemptions,
    }));

  it("includes a schema of its settings: a level", () => {
    const { adviceLevel } = schemaOfRule("user-data-secrets") as { adviceLevel: object };
    const levels = ["advisory", "mandatory", "disabled"];
    assert.deepEqual(
      { ...adviceLevel, description: "" },
      { type: "string", enum: levels, description: "", default: "advisory" },
    );
  });

  it("includes a schema of its settings: texts and ports", () => {
    const found = schemaOfRule("world-ingress-stack") as Record<string, { type: string; items: object }>;
    assert.deepEqual(
      [found["prefixLists"]?.type, found["prefixLists"]?.items],
      ["array", { type: "string" }],
    );
    const ports = Object.values(found).find(({ items }) => "minimum" in items);
    assert.deepEqual(
      [ports?.type, ports?.items],
      ["array", { type: "integer", minimum: 0, maximum: 65_535 }],
    );
  });

  it("matches its rule: title, description, severity, remedy, area and references", () => {
    for (const rule of CATALOG) {
      const policy = policies.find(({ name }) => name === rule.id);
      assert.deepEqual(
        [policy?.displayName, policy?.description, policy?.severity, policy?.remediationSteps],
        [rule.title, rule.description, rule.severity, rule.remedy],
      );
      assert.deepEqual(policy?.tags, [rule.area, ...rule.references.map(({ label }) => label)], rule.id);
      assert.equal(policy?.url, rule.references[0]?.url, rule.id);
    }
  });
});
