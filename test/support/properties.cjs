// With FAST_CHECK_SEED set, property tests use the same examples every time, so that a pull request's check depends
// only on the pull request. Without it, they use new examples, so that manual runs and the weekly check can find new
// failures.
const seed = process.env.FAST_CHECK_SEED;
if (seed) require("fast-check").configureGlobal({ seed: Number(seed) });
