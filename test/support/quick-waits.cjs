// Shortens our tools' waits between two polls of AWS by a factor of more than twenty: in a tool that preloads this file
// by NODE_OPTIONS, and in the tests' own process, where it affects only the tools.
"use strict";
const timers = require("node:timers/promises");

const wait = timers.setTimeout;
timers.setTimeout = (milliseconds, ...others) => {
  const isTool = /[\\/]tools[\\/](deploy|refreshes|rollout)[\\/]/.test(new Error().stack);
  return wait(isTool ? milliseconds / 20 : milliseconds, ...others);
};
