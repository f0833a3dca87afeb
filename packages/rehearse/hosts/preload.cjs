// Preloaded into the program and the pack, before anything else.

// The SDK prints an uncaught error in colour, which makes it work on its own source maps for up to 17 seconds; plain text
// is printed at once.
const util = require("node:util");
const { inspect } = util;
util.inspect = Object.assign(
  (value, options, ...rest) =>
    inspect(
      value,
      options !== null && typeof options === "object" ? { ...options, colors: false } : options,
      ...rest,
    ),
  inspect,
);

// For `--watch`. It comes first among the hooks that change how modules are loaded, so that it sees what is finally
// loaded.
const watching = process.env.REHEARSE_WATCH === undefined ? undefined : require("./preload/watch.cjs");

require("./levers.cjs");
if (process.env.REHEARSE_PLAIN !== "1") {
  require("./preload/untold.cjs");
  require("./preload/calls.cjs");
}
watching?.ready();
