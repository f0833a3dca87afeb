/** Makes the table of what AWS's API models allow. */
import { join } from "node:path";
import type { ApiTable } from "../../../policies/api-table";
import { type GeneratedFile, ROOT } from "../files";
import { TableMaker } from "./maker";
import { RELEASED } from "./mappings";
import { type Botocore, findBotocore } from "./models";
import { pruned } from "./prune";
import { readSdk, type Sdk } from "./sdk";

/**
 * The table as `npm run generate` writes it. Takes some seconds.
 *
 * @returns undefined where botocore is not installed
 * @throws if the installed version of botocore is not the one whose release day is on record
 */
export function apiTableFile(): GeneratedFile | undefined {
  const botocore = findBotocore();
  if (botocore === undefined) return undefined;
  return {
    path: join(ROOT, "policies", "api-table.json"),
    text: textOf(pruned(makeTable(botocore, readSdk()))),
  };
}

/**
 * Makes the table with all properties that were matched, including those without restrictions.
 *
 * @throws as {@link apiTableFile}
 */
export function makeTable(botocore: Botocore, sdk: Sdk): ApiTable {
  if (botocore.version !== RELEASED.version)
    throw new Error(
      `botocore ${botocore.version} is installed, but the day of release is on record for ${RELEASED.version} only: ` +
        "put the new version and its day into tools/generate/api-constraints/mappings.ts, or install test/requirements.txt.",
    );
  const maker = new TableMaker(botocore, sdk);
  const types = sdk.types.flatMap((type) => {
    const entry = maker.entry(type);
    return entry === undefined ? [] : type.tokens.map((token) => [token, entry] as const);
  });
  if (maker.unused.size > 0)
    throw new Error(`The models lack members that mappings.ts names: ${[...maker.unused].join(", ")}.`);
  return {
    botocore: RELEASED,
    operations: maker.operations.items,
    enums: maker.enums.items,
    patterns: maker.patterns.items,
    constraints: maker.constraints.items,
    types: Object.fromEntries(types.sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** Writes a line for each type and for each shared constraint, so that a diff shows the place of a change. */
export function textOf(table: ApiTable): string {
  const lines = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).join(",\n");
  const types = Object.entries(table.types).map(
    ([type, entry]) => `${JSON.stringify(type)}:${JSON.stringify(entry)}`,
  );
  return `{"botocore":${JSON.stringify(table.botocore)},
"operations":[
${lines(table.operations)}
],"enums":[
${lines(table.enums)}
],"patterns":[
${lines(table.patterns)}
],"constraints":[
${lines(table.constraints)}
],"types":{
${types.join(",\n")}
}}
`;
}
