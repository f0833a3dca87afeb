#!/usr/bin/env node
// Plain JavaScript so that a Node too old for the rest still gets one clear line.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `rehearse: Node ${process.versions.node} is too old; it needs 20.19 or newer, 22 is recommended. ` +
      "Install it from nodejs.org or with your version manager, then run npm ci again.",
  );
  process.exit(2);
}
try {
  require("tsx/cjs");
} catch {
  console.error("rehearse: the dependencies aren't installed. Run npm ci first.");
  process.exit(2);
}
require("./main.ts").main(process.argv.slice(2));
