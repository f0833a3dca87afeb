import { existsSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

const folder = ["programs", "sound"].find((name) =>
  existsSync(join(__dirname, name, `${pulumi.getStack()}.ts`)),
);
if (folder === undefined) throw new pulumi.RunError(`There is no program ${pulumi.getStack()}.`);

// eslint-disable-next-line @typescript-eslint/no-require-imports -- which one, the stack's name tells
require(`./${folder}/${pulumi.getStack()}`);
