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

const { noteWhatIsCompiled } = require("./preload/source-maps.cjs");

// With `--watch`. First of those that change how modules are loaded: it sees what is loaded in the end.
const watching = process.env.REHEARSE_WATCH === undefined ? undefined : require("./preload/watch.cjs");

// What makes a rehearsal fast; docs/performance.md tells what each gains. The switch is for the tests, which hold that
// none of it changes a result.
if (process.env.REHEARSE_PLAIN !== "1") {
  require("./preload/v8.cjs");
  const [, kind] = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]([\w-]+)/.exec(process.argv[1] ?? "") ?? [];
  if (kind !== undefined) {
    const { folderBeside, keep } = require("./preload/kept.cjs");
    const folder = folderBeside(process.argv[1]);
    if (folder !== undefined) {
      keep(folder, kind);
      require("./preload/transformed.cjs")(folder, kind);
    }
  }
  require("./preload/put-off.cjs");
  require("./preload/debugger.cjs");
  require("./preload/stack-traces.cjs");
  require("./preload/plain-packages.cjs");
  require("./preload/transpiler.cjs");
  // Of the pack only: the program changes messages before it sends them.
  if (/[\\/]run-policy-pack([\\/]|$)/.test(process.argv[1] ?? "")) require("./preload/unpack-once.cjs");
}

noteWhatIsCompiled();
watching?.ready();
