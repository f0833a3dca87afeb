// Makes programs and packs start faster without changing their results; docs/performance.md lists the gain of each
// part. A rehearsal preloads it into both. Under the Pulumi CLI, a program can preload it with `nodeargs: -r
// @web-store/rehearse/levers` in its Pulumi.yaml, before its own loaders; use the short form, because the SDK takes
// the long one for a loader.
const { readFileSync } = require("node:fs");
const { noteWhatIsCompiled } = require("./preload/source-maps.cjs");

// This switch is for the tests, which verify that no part changes a result.
if (process.env.REHEARSE_PLAIN !== "1") {
  require("./preload/v8.cjs");
  const [, kind] = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]([\w-]+)/.exec(process.argv[1] ?? "") ?? [];
  if (kind !== undefined) {
    const { folderBeside, keep } = require("./preload/kept.cjs");
    const folder = folderBeside(process.argv[1]);
    if (folder !== undefined) {
      const compileAhead = keep(folder, kind);
      const codeOf = require("./preload/transformed.cjs")(folder, kind);
      // For a process that waits under `--watch`.
      exports.compileAhead = (filename) => {
        const code = filename.endsWith(".js") ? readFileSync(filename, "utf8") : codeOf?.(filename);
        if (code !== undefined) compileAhead(code, filename);
        return code;
      };
    }
  }
  require("./preload/put-off.cjs");
  require("./preload/debugger.cjs");
  require("./preload/stack-traces.cjs");
  require("./preload/plain-packages.cjs");
  require("./preload/transpiler.cjs");
  // Only in packs: the program changes messages before it sends them.
  if (/[\\/]run-policy-pack([\\/]|$)/.test(process.argv[1] ?? "")) require("./preload/unpack-once.cjs");
}

noteWhatIsCompiled();
