import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { Deployment } from "../../packages/rehearse/engine/deployment";
import { ROOT } from "./rehearse";
import { rehearseStore } from "./rehearse-in-process";
import type { Config } from "./stack-files-arbitrary";

const FILES = [
  "Pulumi.dev.yaml",
  "Pulumi.prod.yaml",
  ...readdirSync(join(ROOT, "examples")).flatMap((file) =>
    file.endsWith(".yaml") ? [`examples/${file}`] : [],
  ),
];

let deployed: Promise<ReadonlyMap<string, Deployment>> | undefined;

/**
 * The deployments of dev, prod and each example from their stack files, without policies. They are rehearsed once for
 * all tests of a process.
 */
export function ourStacks(): Promise<ReadonlyMap<string, Deployment>> {
  return (deployed ??= rehearseAll());
}

async function rehearseAll(): Promise<ReadonlyMap<string, Deployment>> {
  const all = new Map<string, Deployment>();
  for (const file of FILES) {
    const { config } = parse(readFileSync(join(ROOT, file), "utf8")) as { config: Config };
    all.set(file, await rehearseStore(config));
  }
  return all;
}
