// Makes a process cache the result of loading installed packages, as programs and packs do.
const { folderBeside, keep } = require("../../packages/rehearse/hosts/preload/kept.cjs");

keep(folderBeside(require.resolve("@pulumi/pulumi")), "test");
