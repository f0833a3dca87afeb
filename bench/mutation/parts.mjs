/** The areas of rules, each a folder of `policies/rules` and of `test/policies/rules`. */
const AREAS = ["tls", "health", "exposure", "evasion", "refused-by-aws", "resilience", "observability"];

/** What can be mutated at a time: the core, which all rules share, and the areas. */
export const PARTS = ["core", ...AREAS];

/** The sources of a part, as Stryker takes them. */
export function filesOf(part) {
  return part === "core"
    ? ["policies/*.ts", "policies/rules/*.ts", "!policies/index.ts"]
    : [`policies/rules/${part}/**/*.ts`];
}

/** The compiled tests that have to find a part's faults: of an area its own ones, and those of the whole pack. */
export function testsOf(part) {
  return part === "core"
    ? ["test/policies/**/*.test.js"]
    : [`test/policies/rules/${part}/**/*.test.js`, "test/policies/*.test.js"];
}
