// Mocha's spec reporter with more output. Every 15 seconds it reports its progress, because files are reported only
// when they end. After the tests, it prints the files whose tests took longest (hooks counted separately), why tests
// were skipped, and one line for scripts with the result. With FAIL_ON_SKIP set, a skipped test fails the run unless
// its title says that it needs the Pulumi CLI, because an unexpected skip is a test that didn't run.
const { relative } = require("node:path");
const { reporters, Runner } = require("mocha");

const EXPECTED = "needs the Pulumi CLI";
const TELL_EVERY = 15_000;

/** The reason for a skip: the text in brackets in the title of the test or of a suite around it. */
const reasonOf = (fullTitle) => /\((needs [^()]*)\)/.exec(fullTitle)?.[1] ?? "no reason given";

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const unexpected = [];
    const skipped = new Map();
    const took = new Map();
    const begun = Date.now();
    let heardAt = begun;
    runner.on(Runner.constants.EVENT_TEST_END, ({ file = "", duration = 0 }) => {
      heardAt = Date.now();
      took.set(file, (took.get(file) ?? 0) + duration);
    });
    runner.on(Runner.constants.EVENT_TEST_PENDING, (test) => {
      const reason = reasonOf(test.fullTitle());
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
      if (process.env.FAIL_ON_SKIP && !test.fullTitle().includes(EXPECTED)) unexpected.push(test.fullTitle());
    });
    const telling = setInterval(() => {
      if (Date.now() - heardAt < TELL_EVERY) return;
      const { passes, failures } = this.stats;
      const seconds = Math.round((Date.now() - begun) / 1000);
      console.log(`… ${seconds} s: ${passes} passed, ${failures} failed so far`);
    }, TELL_EVERY).unref();
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      clearInterval(telling);
      const { passes, failures, pending } = this.stats;
      const slowest = [...took].sort(([, one], [, other]) => other - one).slice(0, 10);
      for (const [file, milliseconds] of took.size < 10 ? [] : slowest)
        console.log(`${String(Math.round(milliseconds / 1000)).padStart(5)} s  ${relative(".", file)}`);
      for (const [reason, count] of skipped) console.log(`skipped ${count}: ${reason}`);
      for (const title of unexpected) console.log(`skipped unexpectedly: ${title}`);
      runner.failures += unexpected.length;
      console.log(
        `${passes} passed, ${failures + unexpected.length} failed, ${pending - unexpected.length} skipped`,
      );
    });
  }
};
