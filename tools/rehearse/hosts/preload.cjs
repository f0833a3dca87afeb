// Loaded into the program and the pack before anything else. The SDK prints an uncaught error with colours, which
// sends its own source maps round and round for up to 17 seconds; plain text is printed at once.
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
