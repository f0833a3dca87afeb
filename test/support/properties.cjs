// With FAST_CHECK_SEED set, properties are tried on the same examples every time: a pull request's check is about the
// pull request. Without it, on new ones: whoever runs the tests by hand, and the weekly check, may find what nobody has.
const seed = process.env.FAST_CHECK_SEED;
if (seed) require("fast-check").configureGlobal({ seed: Number(seed) });
