import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

const program = ["programs", "sound"]
  .flatMap((folder) =>
    readdirSync(join(__dirname, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      join(__dirname, folder, file),
    ),
  )
  .find((file) => basename(file) === `${pulumi.getStack()}.ts`);
if (program === undefined) throw new pulumi.RunError(`There is no program ${pulumi.getStack()}.`);

// eslint-disable-next-line @typescript-eslint/no-require-imports -- which one, the stack's name tells
require(program);
