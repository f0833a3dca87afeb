// What makes programs and packs start fast and changes nothing about them; docs/performance.md tells what each gains. A
// rehearsal loads it into both. A program has it under the Pulumi CLI, too, by `nodeargs: -r @web-store/rehearse/levers`
// in its Pulumi.yaml, ahead of its own loaders; in the short form, as the SDK takes the long one for a loader.
const { readFileSync } = require("node:fs");
const { noteWhatIsCompiled } = require("./preload/source-maps.cjs");

// The switch is for the tests, which hold that none of it changes a result.
if (process.env.REHEARSE_PLAIN !== "1") {
  require("./preload/v8.cjs");
  const [, kind] = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]([\w-]+)/.exec(process.argv[1] ?? "") ?? [];
  if (kind !== undefined) {
    const { folderBeside, keep } = require("./preload/kept.cjs");
    const folder = folderBeside(process.argv[1]);
    if (folder !== undefined) {
      const compileAhead = keep(folder, kind);
      const codeOf = require("./preload/transformed.cjs")(folder, kind);
      // For what waits under `--watch`.
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
  // Of the pack only: the program changes messages before it sends them.
  if (/[\\/]run-policy-pack([\\/]|$)/.test(process.argv[1] ?? "")) require("./preload/unpack-once.cjs");
}

noteWhatIsCompiled();
