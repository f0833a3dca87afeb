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
    // Puts off what the SDK loads only to serialise functions.
    require: ["./packages/rehearse/hosts/preload/put-off.cjs"],
    spec: tests,
    // Not those that compare what is generated with its file: they would find every change, and so pin none.
    // Nor of programs what a process of their own has alone: its folder, and an entry point that is a function.
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
  // Others use the machine.
  concurrency: 1,
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 20,
  tempDirName: "bench/mutation/.tmp",
  // What the tests of no part read.
  ignorePatterns: [
    ".venv",
    "bench",
    "docs",
    "corpus",
    "test/corpus",
    "test/fixtures/packs/bundles-a-syntax-error",
    "test/true-engine",
    // It holds against each other this process, which has the mutant, and a process of the pack, which has none.
    "test/policies/doors.test.ts",
    // It rehearses: pack and program are processes of their own.
    "test/policies/evaluated.test.ts",
  ],
  reporters: ["progress", "json"],
  jsonReporter: { fileName: `bench/mutation/reports/${part}.json` },
};
