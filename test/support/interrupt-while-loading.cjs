// Preloaded into the rehearsal by NODE_OPTIONS: it is interrupted while it evaluates its own program, and can't answer.
"use strict";
const Module = require("node:module");

const compile = Module.prototype._compile;
Module.prototype._compile = function (content, filename, ...others) {
  const result = compile.call(this, content, filename, ...others);
  if (/[\\/]packages[\\/]rehearse[\\/]main\.ts$/.test(filename)) process.kill(process.pid, "SIGINT");
  return result;
};
