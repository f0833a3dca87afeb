// Mocha's spec reporter, and after it the files whose tests took longest (hooks apart), and one line that a script can read. With FAIL_ON_SKIP set, a skipped test fails
// the run unless its title says that it needs the Pulumi CLI: a skip that nobody expected is a test that didn't run.
const { relative } = require("node:path");
const { reporters, Runner } = require("mocha");

const EXPECTED = "needs the Pulumi CLI";

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const unexpected = [];
    const took = new Map();
    runner.on(Runner.constants.EVENT_TEST_END, ({ file = "", duration = 0 }) => {
      took.set(file, (took.get(file) ?? 0) + duration);
    });
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => {
      if (process.env.FAIL_ON_SKIP && !test.fullTitle().includes(EXPECTED)) unexpected.push(test.fullTitle());
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const slowest = [...took].sort(([, one], [, other]) => other - one).slice(0, 10);
      for (const [file, milliseconds] of took.size < 10 ? [] : slowest)
        console.log(`${String(Math.round(milliseconds / 1000)).padStart(5)} s  ${relative(".", file)}`);
      for (const title of unexpected) console.log(`skipped, and must not be: ${title}`);
      runner.failures += unexpected.length;
      console.log(
        `${passes} passed, ${failures + unexpected.length} failed, ${pending - unexpected.length} skipped`,
      );
    });
  }
};
