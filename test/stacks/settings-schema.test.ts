import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { Ajv2020 } from "ajv/dist/2020";
import fc from "fast-check";
import { parse } from "yaml";

import { schema } from "../../stacks/settings";
import type { Setting } from "../../stacks/settings/fields";
import { type Path, placeOf, read, type Shape, shapeOf, wordingOf } from "../../stacks/settings/read";
import { settingsSchema } from "../../tools/generate/settings-schema";
import { ROOT } from "../support/rehearse";
import { type Schema, valuesOf } from "../support/schema-arbitrary";
import { type Config, CONFIG_SCHEMA, FORMAT_TEXTS, textOf } from "../support/stack-files-arbitrary";

const ajv = new Ajv2020({
  allowUnionTypes: true,
  formats: Object.fromEntries(Object.values<unknown>(schema).flatMap(formatsIn)),
});

/**
 * Settings that are stricter than their JSON Schema, because it can't express order, or keys that differ only in case.
 */
const STRICTER = ["web-store:fleet.instanceRefresh.checkpointPercents", "web-store:tags"];

const settings = Object.entries<Setting<unknown>>(schema).map(([name, setting]) => {
  const key = `web-store:${name}`;
  const json = CONFIG_SCHEMA.properties?.[key] ?? assert.fail(`no ${key}`);
  return { key, setting, json, accepts: ajv.compile<unknown>(json) };
});

describe("The JSON Schema of a stack file", () => {
  const { path, text } = settingsSchema();
  const accepts = ajv.compile(JSON.parse(text) as object);
  const configIn = (file: string): Config =>
    (parse(readFileSync(join(ROOT, file), "utf8")) as { config: Config }).config;
  const files = [
    "Pulumi.dev.yaml",
    "Pulumi.prod.yaml",
    ...readdirSync(join(ROOT, "examples")).flatMap((file) =>
      file.endsWith(".yaml") ? [`examples/${file}`] : [],
    ),
  ];

  it("matches the schemas of the features: npm run generate", () => {
    assert.equal(readFileSync(path, "utf8"), text);
  });

  for (const file of files) {
    it(`accepts ${file}`, () => {
      assert.ok(accepts({ config: configIn(file) }), ajv.errorsText(accepts.errors));
    });
  }

  it("rejects unknown keys, and requires those that a stack must have", () => {
    const config = configIn("Pulumi.dev.yaml");
    assert.ok(accepts({ config: { ...config, "aws:profile": "shop" } }));
    assert.ok(!accepts({ config: { ...config, "web-store:minsize": 2 } }));
    const { "web-store:domainName": _, ...without } = config;
    assert.ok(!accepts({ config: without }));
    assert.ok(!accepts({}));
  });

  for (const { key, setting, json, accepts: schemaAccepts } of settings) {
    it(`accepts the same values of ${key} as the setting`, () => {
      const value = valuesOf(json, FORMAT_TEXTS);
      const values = fc.oneof(value, fc.tuple(value, fc.nat(), junk(json)).map(spoiled), fc.jsonValue());
      fc.assert(
        fc.property(values, (value) => {
          const text = textOf(value);
          const { value: known, misfits } = read(setting, text);
          const [first] = misfits;
          if (first === undefined) assert.ok(schemaAccepts(known), ajv.errorsText(schemaAccepts.errors));
          else if (schemaAccepts(value)) {
            // An application has the same groups as the store.
            const place = placeOf([key, ...first.path]).replace(
              /^web-store:applications\.[^.]+\./,
              "web-store:",
            );
            // Names that JavaScript reserves, which no editor completes.
            const isTaken = /\.(__proto__|prototype|constructor)$/.test(place);
            assert.ok(isTaken || STRICTER.includes(place), `${place} refuses ${text}`);
          }
        }),
      );
    });
  }
});

describe("The example in an error about a setting", () => {
  for (const [name, setting] of Object.entries<Setting<unknown>>(schema)) {
    it(`is accepted at every place of ${name}, but not with a line break added to a text`, () => {
      for (const { path, example } of examplesIn(setting, name)) {
        const place = placeOf([name, ...path]);
        const refuses = (value: unknown): boolean =>
          read(setting, within(path, value)).misfits.some((misfit) => placeOf(misfit.path) === placeOf(path));
        assert.ok(!refuses(example), `${place} ${JSON.stringify(example)}`);
        const [text] = Array.isArray(example) ? (example as unknown[]) : [example];
        if (typeof text !== "string" || FREE.test(place)) continue;
        for (const more of [`\n${text}`, `${text}\n`])
          assert.ok(refuses(Array.isArray(example) ? [more] : more), `${place} ${JSON.stringify(more)}`);
      }
    });
  }
});

/** Texts that may contain any character: pages, variables, names of alarms. */
const FREE = /^maintenance\.page$|\.body$|\benvironment\.\w+\.value$|\.alarmNames$/;

/** Each place that has its own example, and the example's value in a stack file. */
function examplesIn(
  setting: Setting<unknown> | Shape,
  name: string | undefined,
  path: Path = [],
): { path: Path; example: unknown }[] {
  const shape = shapeOf(setting);
  const { entries = {}, item, value } = shape;
  const { allowed, example, line } = wordingOf(shape) ?? {};
  assert.notEqual(allowed, "", placeOf(path));
  // Elements share the line of all of them, and have no name.
  const lines = (name === undefined || line === undefined ? {} : parse(line)) as Record<string, object>;
  const given = name === undefined ? {} : (lines[name] ?? {});
  return [
    ...(example === undefined
      ? []
      : [{ path, example: parse(item === undefined ? example : `[${example}]`) as unknown }]),
    ...Object.keys(lines).map(() => ({ path, example: given })),
    ...Object.entries(entries).flatMap(([field, inner]) => examplesIn(inner, field, [...path, field])),
    ...(item === undefined ? [] : examplesIn(item, undefined, [...path, 0])),
    ...(value === undefined ? [] : examplesIn(value, undefined, [...path, Object.keys(given)[0] ?? "name"])),
  ];
}

/** A value with another value at a place inside it. */
function within(path: Path, value: unknown): unknown {
  return path.reduceRight((inner, key) => (key === 0 ? [inner] : { [key]: inner }), value);
}

/** Every format of a setting, which JSON Schema only names. */
function formatsIn(part: unknown): [string, { readonly validate: (text: string) => boolean }][] {
  if (typeof part !== "object" || part === null) return [];
  const { type, message, requirement } = part as Readonly<Record<string, unknown>>;
  const isFormat = type === "check" && typeof message === "string";
  return [
    ...(isFormat ? [[message, { validate: requirement as (text: string) => boolean }] as const] : []),
    ...Object.values(part).flatMap(formatsIn),
  ].map(([name, format]) => [name, format]);
}

/** Values close to those that a setting allows: just out of bounds, of another type, or with one more character. */
function junk(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>("", " ", "-1", null, true, [], {}, -1, 0, 0.5, 1e9 + 1),
    fc.constantFrom(...boundsIn(schema)).map((bound) => bound + 1),
    fc.constantFrom(...boundsIn(schema)).map((bound) => bound - 1),
    fc.string(),
  );
}

/** Every numeric bound of a schema. */
function boundsIn(schema: Schema): number[] {
  const bounds = JSON.stringify(schema).matchAll(/"(?:min|max)imum":(\d+)/g);
  return [0, ...[...bounds].map(([, bound]) => Number(bound))];
}

/** A value in which one of the places has something else. */
function spoiled([value, at, junk]: [unknown, number, unknown]): unknown {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const [key, inner] = entries[at % (entries.length + 1)] ?? [];
  if (key === undefined) return junk;
  const changed = spoiled([inner, Math.floor(at / (entries.length + 1)), junk]);
  return Array.isArray(value)
    ? value.map((element, index) => (String(index) === key ? changed : (element as unknown)))
    : { ...(value as object), [key]: changed };
}
