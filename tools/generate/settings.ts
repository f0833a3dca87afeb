import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

import { definitions, region } from "../../stacks/definitions";
import type { Definition } from "../../stacks/setting-types";
import { cell, type GeneratedFile, ROOT } from "./files";

const TABLE = { begin: "<!-- settings: npm run generate -->", end: "<!-- end of settings -->" } as const;

/** Pulumi.yaml with its configuration's schema, and the README with its table, from `stacks/definitions.ts`. */
export function settingsFiles(): GeneratedFile[] {
  return [
    { path: join(ROOT, "Pulumi.yaml"), text: withSchema(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) },
    { path: join(ROOT, "README.md"), text: withTable(readFileSync(join(ROOT, "README.md"), "utf8")) },
  ];
}

function withSchema(projectFile: string): string {
  const schema = Object.fromEntries(
    entries().map(([key, { type, default: value, description }]) => [
      key,
      {
        type,
        ...(type === "array" ? { items: { type: "string" } } : {}),
        ...(value === undefined ? {} : { default: value }),
        description,
      },
    ]),
  );
  const head = projectFile.slice(0, projectFile.indexOf("\nconfig:\n") + 1);
  return head + stringify({ config: schema }, { lineWidth: 0 });
}

function withTable(readme: string): string {
  const begin = readme.indexOf(TABLE.begin) + TABLE.begin.length;
  const rows = [["aws:region", region] as const, ...entries()].map(
    ([key, { default: value, allowed, description }]) =>
      `| \`${key}\` | ${value === undefined ? "**required**" : code(value)} | ${cell(allowed)} | ${cell(description)} |`,
  );
  const table = ["| setting | default | allowed | what it does |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
  return `${readme.slice(0, begin)}\n\n<!-- prettier-ignore -->\n${table}\n\n${readme.slice(readme.indexOf(TABLE.end))}`;
}

function entries(): [string, Definition<unknown>][] {
  return Object.entries(definitions);
}

function code(value: unknown): string {
  const text = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  return text === "" ? "empty" : `\`${text}\``;
}
