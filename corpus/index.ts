import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import type { Attack } from "./attack";

const name = pulumi.getStack();
const file = ["attacks", "sound"]
  .flatMap((folder) =>
    readdirSync(join(__dirname, folder), { recursive: true, encoding: "utf8" }).map((found) =>
      join(__dirname, folder, found),
    ),
  )
  .find((found) => basename(found) === `${name}.ts`);
if (file === undefined) throw new pulumi.RunError(`There is no program ${name}.`);

const { program } = require(file) as Partial<Attack>;
program?.(new pulumi.Config().getBoolean("mended") ?? false);
