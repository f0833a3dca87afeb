// Mutation testing of one part of the policy pack, which `bench/mutation.mjs` names: docs/mutation.md.
import { fileURLToPath } from "node:url";

import { filesOf, testsOf } from "./parts.mjs";

const part = process.env.MUTATION_PART;

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate: filesOf(part),
  testRunner: "reloading-mocha",
  buildCommand: `node ${fileURLToPath(new URL("build.mjs", import.meta.url))}`,
  mochaOptions: {
    "no-config": true,
    // Puts off what the SDK loads only to serialise functions.
    require: ["./packages/rehearse/hosts/preload/put-off.cjs"],
    spec: testsOf(part),
  },
  plugins: [
    "@stryker-mutator/mocha-runner",
    "./bench/mutation/reloading-runner.mjs",
    "./bench/mutation/documentation.mjs",
  ],
  ignorers: ["documentation"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 20_000,
  tempDirName: "bench/mutation/.tmp",
  // What the tests of the pack don't read.
  ignorePatterns: [
    ...[
      ".venv",
      "bench",
      "docs",
      "examples",
      "corpus",
      "test/corpus",
      "test/fixtures",
      "test/rehearse",
      "test/true-engine",
    ],
    // It holds against each other this process, which has the mutant, and a process of the pack, which has none.
    "test/policies/doors.test.ts",
    // It rehearses: pack and program are processes of their own.
    "test/policies/evaluated.test.ts",
  ],
  reporters: ["progress", "json"],
  jsonReporter: { fileName: `bench/mutation/reports/${part}.json` },
};
