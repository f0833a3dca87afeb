import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../../test/support/rehearse";

/** An example program in the documentation of `@pulumi/aws`. */
export interface Example {
  /**
   * Its module, class and position in the class's documentation, from 0: `ecs-service-0`, which is a valid stack name.
   */
  readonly name: string;
  readonly source: string;
}

/** The examples of resources in the installed SDK's documentation. */
export function documentedExamples(): Example[] {
  const sdk = join(ROOT, "node_modules", "@pulumi", "aws");
  const files = readdirSync(sdk, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: module }) =>
      readdirSync(join(sdk, module))
        .filter((file) => file.endsWith(".d.ts") && !file.startsWith("get"))
        .map((file) => ({
          path: join(sdk, module, file),
          name: `${module}-${file.slice(0, -5)}`.toLowerCase(),
        })),
    );
  return files.flatMap(({ path, name }) => {
    const [documentation = "", declared] = readFileSync(path, "utf8").split("export declare class");
    if (declared === undefined) return [];
    return [...documentation.matchAll(/```typescript\n([^]*?)```/g)].map(([, block = ""], index) => ({
      name: `${name}-${index}`,
      source: block.replace(/^ \* ?/gm, ""),
    }));
  });
}
