// Prints the members of packages as a program sees them, one per line: by `require` or, after "esm", by `import`. First
// it calls root functions twice, before it reads anything else.
const { isAsyncFunction } = require("node:util/types");

const [way, ...packages] = process.argv.slice(2);

const lines = [];
const say = (...words) => void lines.push(words.map(String).join(" "));

const isClass = (value) =>
  typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));

function shapeOf(value) {
  if (value === null || Array.isArray(value)) return value === null ? "null" : "list";
  if (typeof value !== "function") return typeof value;
  return isClass(value) ? "class" : `${isAsyncFunction(value) ? "async " : ""}function of ${value.length}`;
}

/** The outcome of a call: a return value, an exception, or a promise. */
async function outcomeOf(call) {
  try {
    const returned = call();
    const settled = await Promise.race([
      returned,
      new Promise((done) => setTimeout(done, 500, "nothing yet")),
    ]);
    return `${shapeOf(returned)} ${returned?.constructor?.name} ${Object.keys(settled ?? {}).join()}`;
  } catch (error) {
    return `${error?.name}: ${error?.message}`;
  }
}

async function callTwice(path, exports) {
  // Reads each function from `exports` before each call, as a program does.
  for (const key of Object.keys(exports)) {
    if (typeof exports[key] !== "function" || isClass(exports[key])) continue;
    const [first, second] = [
      await outcomeOf(() => exports[key]({})),
      await outcomeOf(() => exports[key]({})),
    ];
    say(`${path}.${key}()`, first, "|", second);
  }
}

function look(path, exports, depth) {
  const keys = Object.keys(exports);
  const { ...spread } = exports;
  say(path, keys.join(), "|", Reflect.ownKeys(exports).map(String).join());
  say(
    path,
    keys.every((key) => key in exports && Object.hasOwn(exports, key)),
    Object.keys(spread).join() === keys.join(),
  );
  for (const key of keys) {
    const { [key]: value } = exports;
    const { enumerable } = Object.getOwnPropertyDescriptor(exports, key);
    say(
      `${path}.${key}`,
      shapeOf(value),
      value?.name ?? "",
      value === exports[key],
      value === spread[key],
      enumerable,
    );
    if (isClass(value))
      say(
        `${path}.${key}`,
        Object.getOwnPropertyNames(value),
        Object.getOwnPropertyNames(value.prototype ?? {}),
        Object.getPrototypeOf(value).name,
      );
    else if (depth > 0 && shapeOf(value) === "object") look(`${path}.${key}`, value, depth - 1);
  }
}

async function main() {
  const load = way === "esm" ? (name) => import(name) : async (name) => require(name);
  const { runtime } = way === "esm" ? (await import("@pulumi/pulumi")).default : require("@pulumi/pulumi");
  await runtime.setMocks({
    call: ({ inputs }) => inputs,
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
  });
  for (const name of packages) {
    const exports = await load(name);
    await callTwice(name, exports);
    look(name, exports, 1);
  }
  // A called function may never finish.
  process.stdout.write(`${lines.join("\n")}\n`, () => process.exit(0));
}

process.on("unhandledRejection", () => undefined); // Errors of functions that were called without arguments.
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
