// A setting of V8 for processes that live for a second: only what runs really long is worth optimising.
const v8 = require("node:v8");

// Ten times V8's own; a program that computes for long is optimised all the same. From Node 22 on V8 counts otherwise,
// and has a compiler in between that is quick.
if (Number(process.versions.node.split(".")[0]) < 22) v8.setFlagsFromString("--interrupt-budget=1000000");
