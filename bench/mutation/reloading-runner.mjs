import { join, sep } from "node:path";
import { createRequire } from "node:module";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { createMochaTestRunner } from "@stryker-mutator/mocha-runner";

import { PARTS } from "./parts.mjs";

const { cache } = createRequire(import.meta.url);
/** The folders with modules that contain the mutant, or that import such a module. */
const FOLDERS = ["components", "packages", "policies", "stacks", "test", "tools"];
/** Whether the part's tests rehearse, and share the results with the other tests in their file. */
const { rehearses = false } = PARTS[process.env.MUTATION_PART];

/**
 * Stryker's runner for Mocha, which can also reload sources and tests in the same process. A mutant in code that runs
 * at load time needs that. Stryker would start a process for each such mutant, which is ten times the work, because
 * these are CommonJS modules, and the SDK, which takes longest to load, contains no mutant.
 */
function createReloadingRunner(injector) {
  const runner = createMochaTestRunner(injector);
  const { init, dryRun, mutantRun } = runner;
  return Object.assign(runner, {
    capabilities: async () => ({ reloadEnvironment: true }),
    async init() {
      await init.call(runner);
      // Uses the same examples for every mutant. Shrinking a failing example takes far longer than finding it.
      const fc = createRequire(join(process.cwd(), "package.json"))("fast-check");
      fc.configureGlobal({ seed: 1, endOnFailure: true });
      // With `import`, a file is evaluated only once per process.
      runner.mocha.loadFilesAsync = async () => runner.mocha.loadFiles();
    },
    async dryRun(options) {
      if (!rehearses) return dryRun.call(runner, options);
      // Code that a test runs, or that another test of its file prepares, counts as run by every test of the file.
      const result = await dryRun.call(runner, { ...options, coverageAnalysis: "all" });
      const { perTest } = result.mutantCoverage;
      const tests = result.tests.map(({ id, fileName }) => [id, perTest[fileName] ?? {}]);
      return { ...result, mutantCoverage: { ...result.mutantCoverage, perTest: Object.fromEntries(tests) } };
    },
    runMocha: () =>
      new Promise((done) => {
        const run = runner.mocha.run(() => done());
        if (!rehearses) return;
        run.on("suite", ({ file }) => {
          if (file !== undefined) runner.instrumenterContext.currentTestId = file;
        });
      }),
    async mutantRun(options) {
      // A failing program runs again in its own process, and must fail there, too.
      process.env.__STRYKER_ACTIVE_MUTANT__ = options.activeMutant.id;
      if (options.reloadEnvironment || rehearses) {
        await runner.dispose();
        // The sandbox, but only once the runner runs: when this file is loaded, it is another folder.
        const folders = FOLDERS.map((folder) => join(process.cwd(), folder, sep));
        for (const file of Object.keys(cache)) {
          if (folders.some((folder) => file.startsWith(folder))) delete cache[file];
        }
        runner.loadedEnv = false;
        await runner.init();
      }
      return mutantRun.call(runner, options);
    },
  });
}
createReloadingRunner.inject = createMochaTestRunner.inject;

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, "reloading-mocha", createReloadingRunner),
];
