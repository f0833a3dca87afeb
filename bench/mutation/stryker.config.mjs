// Mutation testing of one part of the project, which `bench/mutation.mjs` names: docs/mutation.md.
import { fileURLToPath } from "node:url";

import { PARTS } from "./parts.mjs";

const part = process.env.MUTATION_PART;
const { mutate, tests } = PARTS[part];

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate,
  testRunner: "reloading-mocha",
  buildCommand: `node ${fileURLToPath(new URL("build.mjs", import.meta.url))}`,
  mochaOptions: {
    "no-config": true,
    // Defers modules that the SDK loads only to serialise functions.
    require: ["./packages/rehearse/hosts/preload/put-off.cjs"],
    spec: tests,
    // Excludes tests that compare generated output with its file, because they would find every change and therefore
    // show nothing. Also excludes tests of features that a program has only in its own process: its folder, and an
    // entry point that is a function.
    grep: "^(?!.*(: npm run generate|`main` in Pulumi.yaml|from functions that it awaits))",
  },
  plugins: [
    "@stryker-mutator/mocha-runner",
    "./bench/mutation/reloading-runner.mjs",
    "./bench/mutation/documentation.mjs",
    "./bench/mutation/sample.mjs",
  ],
  checkers: ["sampler"],
  ignorers: ["documentation"],
  coverageAnalysis: "perTest",
  // Leaves capacity for other users of the machine.
  concurrency: 1,
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 20,
  tempDirName: "bench/mutation/.tmp",
  // Files that no part's tests read.
  ignorePatterns: [
    ".venv",
    "bench",
    "docs",
    "corpus",
    "test/corpus",
    "test/fixtures/packs/bundles-a-syntax-error",
    "test/true-engine",
    // This test compares this process, which has the mutant, with a separate pack process, which has none.
    "test/policies/doors.test.ts",
    // This test rehearses: the pack and the program have their own processes.
    "test/policies/evaluated.test.ts",
  ],
  reporters: ["progress", "json"],
  jsonReporter: { fileName: `bench/mutation/reports/${part}.json` },
};
