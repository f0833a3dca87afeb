import { join, sep } from "node:path";
import { createRequire } from "node:module";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { createMochaTestRunner } from "@stryker-mutator/mocha-runner";

const { cache } = createRequire(import.meta.url);
/** Where the modules are that know the mutant, or someone who does. */
const FOLDERS = ["policies", "test", join("tools", "generate")];

/**
 * Stryker's runner for Mocha, which can also load sources and tests anew in the same process. A mutant in what is
 * evaluated at load time needs that, and Stryker would start a process for each: ten times the work, as these are
 * CommonJS modules, and the SDK, which takes longest to load, knows no mutant.
 */
function createReloadingRunner(injector) {
  const runner = createMochaTestRunner(injector);
  const { init, mutantRun } = runner;
  return Object.assign(runner, {
    capabilities: async () => ({ reloadEnvironment: true }),
    async init() {
      await init.call(runner);
      // By `import` a file is evaluated once in a process' life.
      runner.mocha.loadFilesAsync = async () => runner.mocha.loadFiles();
    },
    async mutantRun(options) {
      if (options.reloadEnvironment) {
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
