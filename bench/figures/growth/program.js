// STORES stores, each with its own names: the modules are loaded anew for each store, with another name in them.
require("tsx/cjs");
const { join, sep } = require("node:path");

const root = join(__dirname, "..", "..", "..");
const own = ["stacks", "components"].map((folder) => join(root, folder) + sep);
const context = require.resolve(join(root, "stacks", "context.ts"));
const { readSettings } = require(join(root, "stacks", "settings"));
const settings = readSettings();

for (let store = 1; store <= Number(process.env.STORES); store++) {
  for (const file of Object.keys(require.cache))
    if (own.some((folder) => file.startsWith(folder)) && !file.includes(`${sep}settings${sep}`))
      delete require.cache[file];
  const names = { ...require(context), NAME: `store-${store}` };
  require.cache[context].exports = names;
  require(join(root, "stacks", "store.ts")).buildStore(settings);
}
