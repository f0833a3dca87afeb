// Reports which files this process reads, lists and writes, by wrapping Node's file functions.
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { resolve } = require("node:path");
const { fileURLToPath } = require("node:url");

/** Each with and without `Sync`, and as a promise. Missing files are reported as well. */
const READ = ["createReadStream", "open", "readFile", "readlink"];
const LOOKED = ["access", "exists", "lstat", "stat"];
const LISTED = ["opendir", "readdir"];
const WROTE = ["appendFile", "createWriteStream", "mkdir", "rm", "unlink", "writeFile"];

/**
 * @param tell - called with `read`, `looked` (a check for existence), `listed` or `wrote`, and an absolute path
 * @returns a function that stops watching
 */
module.exports = function watchReads(tell) {
  const undo = [];
  for (const [kind, names] of Object.entries({ read: READ, looked: LOOKED, listed: LISTED, wrote: WROTE })) {
    for (const name of names) {
      for (const [functions, key] of [
        [fs, name],
        [fs, `${name}Sync`],
        [fs.promises, name],
      ]) {
        const original = functions[key];
        if (typeof original !== "function") continue;
        const watched = new Proxy(original, {
          apply(target, self, args) {
            const path = pathOf(args[0]);
            if (path !== undefined) tell(name === "open" && isToWrite(args[1]) ? "wrote" : kind, path);
            return Reflect.apply(target, self, args);
          },
        });
        functions[key] = watched;
        undo.push(() => {
          if (functions[key] === watched) functions[key] = original;
        });
      }
    }
  }
  syncBuiltinESMExports();
  return () => {
    for (const one of undo) one();
    syncBuiltinESMExports();
  };
};

function pathOf(file) {
  if (typeof file === "string") return file === "" ? undefined : resolve(file);
  if (Buffer.isBuffer(file)) return resolve(file.toString());
  return file instanceof URL && file.protocol === "file:" ? fileURLToPath(file) : undefined;
}

const { O_WRONLY, O_RDWR } = fs.constants;

function isToWrite(flags) {
  return typeof flags === "number" ? (flags & (O_WRONLY | O_RDWR)) !== 0 : /[wa+]/.test(flags ?? "r");
}
