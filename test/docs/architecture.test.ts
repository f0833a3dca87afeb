import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "../support/rehearse";

interface Forbidden {
  readonly from: { readonly path?: string };
  readonly to?: { readonly pathNot?: string };
}

// Dependency-cruiser requires JavaScript.
const { forbidden } = require("../../.dependency-cruiser.cjs") as {
  readonly forbidden: readonly Forbidden[];
};

/** The folders of a rule such as `^(stacks|components)/`. */
const foldersOf = (pattern = ""): string[] => /^\^\((.+)\)\/$/.exec(pattern)?.[1]?.split("|") ?? [];

describe("docs/architecture.md", () => {
  it("states the same import rules as dependency-cruiser's configuration", () => {
    const held = forbidden.flatMap(({ from, to }) => {
      const [folder, ...others] = foldersOf(to?.pathNot);
      return folder !== undefined && foldersOf(from.path)[0] === folder ? [[folder, others] as const] : [];
    });
    const table = [
      ...readFileSync(join(ROOT, "docs/architecture.md"), "utf8").matchAll(
        /^\| `([a-z/-]+)\/` +\| .* \| (nothing of ours|`packages\/|`tools\/|`components`)(.*) \|$/gm,
      ),
    ].map(
      ([, folder = "", start = "", rest = ""]) =>
        [folder, [...`${start}${rest}`.matchAll(/`([a-z/-]+)`/g)].map(([, name]) => name)] as const,
    );
    assert.deepEqual(Object.fromEntries(table), Object.fromEntries(held));
    assert.ok(held.length > 10);
  });
});
