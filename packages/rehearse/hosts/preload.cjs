// Loaded into the program and the pack before anything else.

// The SDK prints an uncaught error with colours, which sends its own source maps round and round for up to 17 seconds;
// plain text is printed at once.
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

// With `--watch`. First of those that change how modules are loaded: it sees what is loaded in the end.
const watching = process.env.REHEARSE_WATCH === undefined ? undefined : require("./preload/watch.cjs");

require("./levers.cjs");
if (process.env.REHEARSE_PLAIN !== "1") {
  require("./preload/untold.cjs");
  require("./preload/calls.cjs");
}
watching?.ready();
