// Preloaded into the rehearsal by NODE_OPTIONS: interrupts it while it evaluates its own program and can't respond.
"use strict";
const Module = require("node:module");

const load = Module.prototype.require;
let isInterrupted = false;
Module.prototype.require = function (...args) {
  if (!isInterrupted && /[\\/]packages[\\/]rehearse[\\/]main\.ts$/.test(this.filename ?? "")) {
    isInterrupted = true;
    process.kill(process.pid, "SIGINT");
  }
  return load.apply(this, args);
};
