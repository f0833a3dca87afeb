#!/usr/bin/env node
require("../check-node.cjs");
try {
  require("tsx/cjs");
} catch {
  console.error("rehearse: the dependencies aren't installed. Run npm ci first.");
  process.exit(2);
}
require("./main.ts").main(process.argv.slice(2));
