import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

import { definitions, region } from "../../stacks/definitions";
import type { Definition } from "../../stacks/setting-types";
import { cell, type GeneratedFile, ROOT } from "./files";

const TABLE = { begin: "<!-- settings: npm run generate -->", end: "<!-- end of settings -->" } as const;

/** Pulumi.yaml with its configuration's schema, and the README with its table, from `stacks/definitions/`. */
export function settingsFiles(): GeneratedFile[] {
  return [
    { path: join(ROOT, "Pulumi.yaml"), text: withSchema(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) },
    { path: join(ROOT, "README.md"), text: withTable(readFileSync(join(ROOT, "README.md"), "utf8")) },
  ];
}

function withSchema(projectFile: string): string {
  const schema = Object.fromEntries(
    entries().map(([key, { type, fields, default: value, description }]) => [
      key,
      {
        type,
        ...(type === "array" ? { items: { type: fields === undefined ? "string" : "object" } } : {}),
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
  const rows = [["aws:region", region] as const, ...entries()].flatMap(([key, definition]) =>
    rowsOf(key, definition),
  );
  const table = ["| setting | default | allowed | what it does |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
  return `${readme.slice(0, begin)}\n\n<!-- prettier-ignore -->\n${table}\n\n${readme.slice(readme.indexOf(TABLE.end))}`;
}

function entries(): [string, Definition<unknown>][] {
  return Object.entries(definitions);
}

/** A setting's row, then those of the settings that it holds. */
function rowsOf(key: string, definition: Definition<unknown>): string[] {
  const { default: value, allowed, description, fields, separator = ".", type } = definition;
  const cells = [
    `\`${key}\``,
    value === undefined ? "**required**" : code(value),
    fields === undefined ? cell(allowed) : `${type}, see below`,
    cell(description),
  ];
  const nested = Object.entries(fields ?? {}).flatMap(([name, field]) =>
    rowsOf(key + separator + name, field),
  );
  return [`| ${cells.join(" | ")} |`, ...nested];
}

function code(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.keys(value).length === 0 ? "`{}`" : "its fields'";
  const text = Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  return text === "" ? "empty" : `\`${text}\``;
}
