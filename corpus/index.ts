import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { Attack } from "./attack";

const name = pulumi.getStack();
const [file] = ["attacks", "sound"].flatMap((folder) => {
  const found = readdirSync(join(__dirname, folder), { recursive: true, encoding: "utf8" });
  return found.filter((each) => basename(each) === `${name}.ts`).map((each) => join(__dirname, folder, each));
});
if (file === undefined) throw new pulumi.RunError(`There is no program ${name}.`);

const { program } = require(file) as Partial<Attack>;
program?.(new pulumi.Config().getBoolean("mended") ?? false);
