// Preloaded into a tool by NODE_OPTIONS: what it waits between two looks at AWS is over twenty times as fast.
"use strict";
const timers = require("node:timers/promises");

if (/[\\/]tools[\\/](deploy|rollout)[\\/]/.test(process.argv[1] ?? "")) {
  const wait = timers.setTimeout;
  timers.setTimeout = (milliseconds, ...others) => wait(milliseconds / 20, ...others);
}
