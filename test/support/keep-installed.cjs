// Has a process keep what loading installed packages comes to, as programs and packs do.
const { folderBeside, keep } = require("../../packages/rehearse/hosts/preload/kept.cjs");

keep(folderBeside(require.resolve("@pulumi/pulumi")), "test");
