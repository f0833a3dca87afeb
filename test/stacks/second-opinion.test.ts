/** Independent checks: AWS's API models, from which the policies have a table, and AWS's linter cfn-lint. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import type { Template } from "../../bench/policies/cloudformation/translate";
import { type ApiTable, apiTable, API_TABLE_PATH } from "../../policies/api-table";
import { plain } from "../../packages/rehearse/report/plain";
import type { JsonResource } from "../../packages/rehearse/report/json";
import { isMap, type Value } from "../../packages/rehearse/values";
import { EXCEPT } from "../../tools/generate/api-constraints/mappings";
import { type Botocore, findBotocore } from "../../tools/generate/api-constraints/models";
import { keyOf } from "../../tools/generate/api-constraints/operations";
import { pruned } from "../../tools/generate/api-constraints/prune";
import { readSdk } from "../../tools/generate/api-constraints/sdk";
import { makeTable, textOf } from "../../tools/generate/api-constraints/table";
import { MAPPINGS, WITHOUT_REQUEST } from "../../tools/generate/api-constraints/types";
import { rehearseBootstrap } from "../support/bootstrap";
import { Linter } from "../support/cfn-lint";
import { ourStacks } from "../support/our-stacks";
import { itWith } from "../support/programs";

/** The fields of a resource that the table judges. */
type Asked = Pick<JsonResource, "type" | "inputs">;

/** The AWS resources of our stacks, the examples and the bootstrap program. */
async function ourResources(): Promise<Asked[]> {
  const found: Asked[] = [...(await rehearseBootstrap()).graph("up").resources];
  for (const { resources } of (await ourStacks()).values())
    for (const { type, inputs } of resources.values())
      found.push({ type, inputs: plain(inputs, { unknown: true }) });
  return found.filter(({ type }) => type.startsWith("aws:"));
}

const botocore = findBotocore();
let made: ApiTable | undefined;

/** The whole table of the installed models, made once. */
const wholeTable = (installed: Botocore): ApiTable => (made ??= makeTable(installed, readSdk()));

/** A type's name in the hand-kept mappings. */
function key(type: string): string {
  const [, module = "", name = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(type) ?? [];
  return keyOf({ module, name });
}

describe("The table of AWS's API models", () => {
  describe("and our own resources", () => {
    let resources: readonly Asked[];
    before(async function () {
      this.timeout(900_000);
      resources = await ourResources();
    });

    it("maps each of their types, or states why not", () => {
      const types = [...new Set(resources.map(({ type }) => type))];
      const { types: mapped } = apiTable();
      assert.deepEqual(
        types.filter((type) => !Object.hasOwn(mapped, type) && WITHOUT_REQUEST[key(type)] === undefined),
        [],
      );
    });

    const title = "has a member for each of their properties, or a reason why it is not judged";
    if (botocore === undefined) it.skip(`${title} (needs botocore: test/requirements.txt)`);
    else
      it(title, function () {
        this.timeout(300_000);
        const whole = wholeTable(botocore);
        assert.deepEqual(
          [...new Set(resources.flatMap(({ inputs, type }) => unmatched(type, inputs, whole)))],
          [],
        );
      });
  });

  const title = "is what the installed models and the SDK say: npm run generate";
  if (botocore === undefined) it.skip(`${title} (needs botocore: test/requirements.txt)`);
  else
    it(title, function () {
      this.timeout(300_000);
      // Not `equal`, because the difference between two texts of this size takes minutes to print.
      assert.ok(textOf(pruned(wholeTable(botocore))) === readFileSync(API_TABLE_PATH, "utf8"));
    });
});

describe("cfn-lint", function () {
  this.timeout(1_200_000);

  itWith(["cfn-lint"], "finds no error in what stacks and examples ask for", async () => {
    const linter = new Linter();
    const templates = new Map<string, Template>();
    const known = new Set<string>();
    for (const [file, { resources }] of await ourStacks()) {
      const template = withoutKnown(linter.templateOf(resources.values()), known);
      if (Object.keys(template.Resources).length > 0) templates.set(file.replace(/\W/g, "-"), template);
    }
    assert.deepEqual(
      [...linter.errorsOf(templates)].filter(([, errors]) => errors.length > 0),
      [],
    );
  });
});

/**
 * The resources that no previous template has, with the resources that they refer to or that refer to them. This is
 * half of all resources, and cfn-lint is slow.
 *
 * @param known - the resources of previous templates; those of this one are added
 */
function withoutKnown({ Resources, ...rest }: Template, known: Set<string>): Template {
  const all = Object.entries(Resources).map(([id, resource]) => {
    const text = JSON.stringify(resource);
    const named = text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"/g);
    return {
      id,
      text: `${id} ${text}`,
      refersTo: [...named].map(([, ref, attribute = ""]) => ref ?? attribute),
    };
  });
  const references = new Map(all.map(({ id, refersTo }) => [id, refersTo]));
  const isNew = new Set(all.filter(({ text }) => !known.has(text)).map(({ id }) => id));
  for (const { text } of all) known.add(text);
  const kept = new Set(
    all
      .filter(({ id, refersTo }) => isNew.has(id) || refersTo.some((other) => isNew.has(other)))
      .map(({ id }) => id),
  );
  // Iteration over a set includes elements that are added meanwhile.
  for (const id of kept) for (const other of references.get(id) ?? []) kept.add(other);
  return { ...rest, Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => kept.has(id))) };
}

/** Properties that are set and have no member. Booleans are left out, because they can't be wrong. */
function unmatched(type: string, inputs: Value, table: ApiTable): string[] {
  const entry = table.types[type];
  if (entry === undefined) return [];
  const { except = {} } = MAPPINGS[key(type)] ?? {};
  const walk = (value: Value | undefined, at: number | undefined, path: string): string[] => {
    const { f, i } = table.constraints[at ?? -1] ?? {};
    if (Array.isArray(value)) return value.flatMap((element) => walk(element, i, path));
    if (!isMap(value) || f === undefined) return [];
    return Object.entries(value).flatMap(([name, inner]) => {
      const whole = path === "" ? name : `${path}.${name}`;
      if (typeof inner === "boolean" || except[whole] !== undefined) return [];
      if (path === "" && EXCEPT[name] !== undefined) return [];
      return f[name] === undefined ? [`${type} ${whole}`] : walk(inner, f[name][0], whole);
    });
  };
  return walk(inputs, entry[1], "");
}
