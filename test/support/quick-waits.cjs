// What our tools wait between two looks at AWS is over twenty times as fast: in a tool that has this preloaded by
// NODE_OPTIONS, and in the tests' own process, where nothing but the tools is hurried.
"use strict";
const timers = require("node:timers/promises");

const wait = timers.setTimeout;
timers.setTimeout = (milliseconds, ...others) => {
  const isTool = /[\\/]tools[\\/](deploy|refreshes|rollout)[\\/]/.test(new Error().stack);
  return wait(isTool ? milliseconds / 20 : milliseconds, ...others);
};
