import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/**
 * Every type token and alias of resources in the SDK, in order.
 *
 * @param modules - below `@pulumi`, such as `aws/lb/listener`
 */
export function tokensOf(...modules: readonly string[]): string[] {
  const tokens = modules.flatMap((module) => {
    const source = readFileSync(require.resolve(`@pulumi/${module}`), "utf8");
    const own = /__pulumiType = '([^']+)'/.exec(source)?.[1];
    assert.ok(own, `no type token in ${module}`);
    const aliases = /aliases: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
    return [own, ...[...aliases.matchAll(/type: "([^"]+)"/g)].map(([, alias]) => alias!)];
  });
  return [...new Set(tokens)].sort();
}
