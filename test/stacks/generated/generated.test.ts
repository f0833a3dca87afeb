import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

import fc from "fast-check";

import { ROOT } from "../../support/rehearse";
import type { Schema } from "../../support/schema-arbitrary";
import { CONFIG_SCHEMA, stackFiles } from "../../support/stack-files-arbitrary";

describe("Generated stack files", () => {
  it("have every choice of every setting", function () {
    this.timeout(120_000);
    // The same ones every time: whether a rare choice is among them must not be luck.
    const files = fc.sample(stackFiles(), { numRuns: 1000, seed: 1 });
    const met = new Set(files.flatMap(({ config }) => choicesMet(CONFIG_SCHEMA, config, "")));
    assert.deepEqual(
      choicesIn(CONFIG_SCHEMA, "").filter((choice) => !met.has(choice)),
      [],
    );
    const sum = (of: "tried" | "kept"): number => files.reduce((all, { changes }) => all + changes[of], 0);
    assert.ok(sum("kept") > 0.6 * sum("tried"), `of ${sum("tried")} changes only ${sum("kept")} go together`);
  });

  it("send AWS nothing that it, or the policies, would refuse: 200 of them", async function () {
    this.timeout(900_000);
    const { seed } = fc.readConfigureGlobal();
    const options = ["--runs", "200", ...(seed === undefined ? [] : ["--seed", String(seed)])];
    const run = spawn("npm", ["run", "--silent", "generated", "--", ...options], {
      cwd: ROOT,
      // It tells now and then how far it is.
      stdio: ["ignore", "pipe", "inherit"],
    });
    const report = await text(run.stdout);
    assert.match(report, /^seed \d+: 200 stack files, [1-9]\d+ requests; .*\n$/);
  });
});

/**
 * Both values of every yes or no in a schema, and every text of its enumerations, each with its place. Numbers are left out:
 * days that a log is kept, two dozen of them for each log, which all go the same way.
 */
function choicesIn(schema: Schema, path: string): string[] {
  const values =
    schema.type === "boolean" ? [true, false] : schema.type === "string" ? (schema.enum ?? []) : [];
  return [
    ...values.map((value) => `${path}=${String(value)}`),
    ...innerOf(schema).flatMap(([inner, name]) => choicesIn(inner, path + name)),
  ];
}

/** Those that a value has. */
function choicesMet(schema: Schema, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [`${path}=${String(value)}`];
  return innerOf(schema).flatMap(([inner, name]) => {
    const values = /[\]*]$/.test(name)
      ? Object.values(value)
      : [Reflect.get(value, name.slice(1)) as unknown];
    return values.flatMap((one) => choicesMet(inner, one, path + name));
  });
}

/** The schemas of fields, elements and entries, and how their places are called. */
function innerOf({ properties = {}, items, additionalProperties }: Schema): [Schema, string][] {
  return [
    ...Object.entries(properties).map(([name, inner]): [Schema, string] => [inner, `.${name}`]),
    ...(items === undefined ? [] : [[items, "[]"] as [Schema, string]]),
    ...(typeof additionalProperties === "object" ? [[additionalProperties, ".*"] as [Schema, string]] : []),
  ];
}
