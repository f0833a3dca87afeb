// Shortens our tools' waits between two polls of AWS to a hundredth of a second: in a tool that preloads this file by
// NODE_OPTIONS, and in the tests' own process, where it affects only the tools.
"use strict";
const timers = require("node:timers/promises");

const wait = timers.setTimeout;
timers.setTimeout = (milliseconds, ...others) => {
  const isTool = /[\\/]tools[\\/](cli|deploy|refreshes|rollout)[\\/]/.test(new Error().stack);
  return wait(isTool ? Math.min(milliseconds, 10) : milliseconds, ...others);
};
