// A V8 setting for processes that live about a second: only long-running code is worth optimising.
const v8 = require("node:v8");

// Ten times V8's default; a program that computes for long is still optimised. From Node 22 on V8 counts differently,
// and has a fast compiler in between.
if (Number(process.versions.node.split(".")[0]) < 22) v8.setFlagsFromString("--interrupt-budget=1000000");
