// Mocha's spec reporter, and after it one line that a script can read. With FAIL_ON_SKIP set, a skipped test fails
// the run unless its title says that it needs the Pulumi CLI: a skip that nobody expected is a test that didn't run.
const { reporters, Runner } = require("mocha");

const EXPECTED = "needs the Pulumi CLI";

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const unexpected = [];
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => {
      if (process.env.FAIL_ON_SKIP && !test.fullTitle().includes(EXPECTED)) unexpected.push(test.fullTitle());
    });
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      for (const title of unexpected) console.log(`skipped, and must not be: ${title}`);
      runner.failures += unexpected.length;
      console.log(
        `${passes} passed, ${failures + unexpected.length} failed, ${pending - unexpected.length} skipped`,
      );
    });
  }
};
