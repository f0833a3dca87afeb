import { join, sep } from "node:path";
import { createRequire } from "node:module";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { createMochaTestRunner } from "@stryker-mutator/mocha-runner";

import { PARTS } from "./parts.mjs";

const { cache } = createRequire(import.meta.url);
/** Where the modules are that know the mutant, or someone who does. */
const FOLDERS = ["components", "packages", "policies", "stacks", "test", "tools"];
/** Whether the part's tests rehearse, and share what they have rehearsed with the other tests of their file. */
const { rehearses = false } = PARTS[process.env.MUTATION_PART];

/**
 * Stryker's runner for Mocha, which can also load sources and tests anew in the same process. A mutant in what is
 * evaluated at load time needs that, and Stryker would start a process for each: ten times the work, as these are
 * CommonJS modules, and the SDK, which takes longest to load, knows no mutant.
 */
function createReloadingRunner(injector) {
  const runner = createMochaTestRunner(injector);
  const { init, dryRun, mutantRun } = runner;
  return Object.assign(runner, {
    capabilities: async () => ({ reloadEnvironment: true }),
    async init() {
      await init.call(runner);
      // The same examples for every mutant; to make the one that fails small takes far longer than to find it.
      const fc = createRequire(join(process.cwd(), "package.json"))("fast-check");
      fc.configureGlobal({ seed: 1, endOnFailure: true });
      // By `import` a file is evaluated once in a process' life.
      runner.mocha.loadFilesAsync = async () => runner.mocha.loadFiles();
    },
    async dryRun(options) {
      if (!rehearses) return dryRun.call(runner, options);
      // What a test runs and what others of its file prepare counts as run by each of them.
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
      // A program that fails runs once more, in a process of its own: it has to fail there, too.
      process.env.__STRYKER_ACTIVE_MUTANT__ = options.activeMutant.id;
      if (options.reloadEnvironment || rehearses) {
        await runner.dispose();
        // The sandbox, once the runner has begun; elsewhere when this file is loaded.
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
