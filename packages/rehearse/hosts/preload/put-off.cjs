// Puts off loading what the Pulumi SDKs ask for at their start and seldom use. Whoever does use it gets the real
// thing, loaded then. What is not installed is reported as missing where it always was.
// What each entry gains: docs/performance.md.
const Module = require("node:module");

/** What may wait: `what` when `from` asks for it. The program's own imports are never put off. */
const MAY_WAIT = [
  // For serialising functions into cloud resources: dynamic providers, callback functions.
  { from: /^@pulumi\/pulumi\/.*/, what: /^(typescript|@npmcli\/arborist|normalize-package-data)$/ },
  // For comparing the versions of resource references and of the compiler.
  { from: /^@pulumi\/pulumi\/.*/, what: /^semver$/, standIn: fileByFile },
  // For reading a package.yaml.
  { from: /^@pulumi\/pulumi\/.*/, what: /^js-yaml$/ },
  // For driving the CLI from a program.
  { from: /^@pulumi\/pulumi\/index\.js$/, what: /^\.\/automation$/, standIn: part },
  // For sending traces, which takes a `--tracing` argument.
  { from: /^@pulumi\/pulumi\/cmd\/run\/tracing\.js$/, what: /^@opentelemetry\/(?!api$)/, standIn: members },
  // 250 namespaces, of which a program uses ten; and awsx' former self, with the AWS SDK in tow.
  { from: /^@pulumi\/awsx?\/index\.js$/, what: /^\.\/(?!utilities$|provider$)[\w-]+$/, standIn: namespace },
  // For packs without a loader of their own: it loads the type checker as soon as it registers.
  {
    from: /^@pulumi\/pulumi\/cmd\/run-policy-pack\/run\.js$/,
    what: /^ts-node$|\/vendor\/ts-node@[^/]+$/,
    standIn: typeChecker,
  },
];

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const rule = ruleFor(request, importer);
  const loadNow = () => loading(request, importer, () => load.call(this, request, importer, isMain));
  if (!rule || Module._cache[Module._resolveFilename(request, importer, isMain)]) return loadNow();
  let loaded;
  return (rule.standIn ?? wholeModule)(() => (loaded ??= loadNow()), request, importer);
};

/** Loads what was put off when it was asked for, and is needed in the end. */
module.exports = {
  loadNow: (file, importer) => loading(file, importer, () => load.call(Module, file, importer, false)),
};

function ruleFor(request, importer) {
  const slashes = (path) => path.replaceAll("\\", "/");
  const file = importer?.filename && slashes(importer.filename).split("/node_modules/").at(-1);
  return file?.startsWith("@pulumi/")
    ? MAY_WAIT.find(({ from, what }) => what.test(slashes(request)) && from.test(file))
    : undefined;
}

/** How many modules of the SDKs that have namespaces are being loaded, one for another. */
let depth = 0;

function loading(request, importer, loadNow) {
  const isOfAws =
    /^@pulumi\/awsx?(\/|$)/.test(request) ||
    /[\\/]node_modules[\\/]@pulumi[\\/]awsx?[\\/]/.test(importer?.filename ?? "");
  if (!isOfAws) return loadNow();
  depth++;
  try {
    return loadNow();
  } finally {
    depth--;
  }
}

/**
 * Stands for a module until one of its members is read.
 *
 * @param memberOf - gives members that there are without the module. @default none
 */
function wholeModule(get, request, importer, memberOf = () => undefined) {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === "__esModule") return true; // Else the importer copies all members.
        if (key === "default" && !get().__esModule) return get();
        // Asked of the compiler at every start, and written beside it.
        if (key === "version" && request === "typescript")
          return importer.require("typescript/package.json").version;
        return memberOf(key) ?? get()[key];
      },
      set: (_, key, value) => Reflect.set(get(), key, value),
      has: (_, key) => key in get(),
      ownKeys: () => Reflect.ownKeys(get()),
      getOwnPropertyDescriptor(_, key) {
        const property = Reflect.getOwnPropertyDescriptor(get(), key);
        return property && { ...property, configurable: true };
      },
    },
  );
}

/** Stands for a module of functions and classes, of which importers take some at once, until one is called. */
function members(get) {
  const member = (key) =>
    new Proxy(class {}, {
      get: (_, property) => get()[key][property],
      apply: (_, self, args) => Reflect.apply(get()[key], self, args),
      construct: (_, args) => Reflect.construct(get()[key], args),
    });
  return new Proxy({}, { get: (_, key) => member(key) });
}

/** Where semver has what the SDK uses of it. */
const OF_SEMVER = {
  SemVer: "classes/semver",
  parse: "functions/parse",
  eq: "functions/eq",
  gt: "functions/gt",
};

/** Stands for a package of many files, of which it loads those that hold the members that are read. */
function fileByFile(get, request, importer) {
  const index = Module._resolveFilename(request, importer);
  const members = new Map();
  return wholeModule(get, request, importer, (key) => {
    if (Module._cache[index] || !Object.hasOwn(OF_SEMVER, key)) return undefined;
    try {
      if (!members.has(key)) members.set(key, importer.require(`${request}/${OF_SEMVER[key]}`));
    } catch {
      // Another version of it.
    }
    return members.get(key);
  });
}

/** What may still register resource types and packages when it is loaded: by package and namespace, `aws:ec2`. */
const unregistered = new Map();

/** A part of an SDK that its index exports under its own name, whether it announces that or not. */
function part(get, request, importer) {
  return Object.hasOwn(importer.exports, request.slice(2))
    ? exported(get, request, importer)
    : later(get, request, importer);
}

/** A part of an SDK whose index may export it under its own name. */
function exported(get, request, importer) {
  // TypeScript sets what an index exports to undefined first. What it loads lazily by itself has a getter by now, and
  // what it spreads over its exports isn't there under its file's name.
  const announced = Object.getOwnPropertyDescriptor(importer.exports, request.slice(2));
  if (!announced || announced.get || announced.value !== undefined) return get();
  return later(get, request, importer);
}

/** Stands for a part until somebody reads the property of that name. */
function later(get, request, importer) {
  const name = request.slice(2);
  const { exports } = importer;
  const standIn = wholeModule(get, request, importer);
  // Programs meet the module itself, as a property like any other from the first time they read it.
  const become = (value) =>
    Object.defineProperty(exports, name, { value, writable: true, configurable: true, enumerable: true });
  Object.defineProperty(exports, name, {
    configurable: true,
    enumerable: true,
    get: () => become(get())[name],
    set: (value) => void (value === standIn || become(value)),
  });
  return standIn;
}

/** A namespace of resource types. It is also loaded when the SDK looks for what makes one of them from its URN. */
function namespace(get, request, importer) {
  if (!watchesLookups(importer)) return get();
  const pkg = /@pulumi[\\/](\w+)[\\/]index\.js$/.exec(importer.filename)[1];
  unregistered.set(`${pkg}:${request.slice(2)}`, get);
  return exported(get, request, importer);
}

const watched = new WeakSet();

/** Sees to it that what is put off is loaded before the SDK looks for what it registers; false if it can't. */
function watchesLookups(importer) {
  let state;
  try {
    state = importer.require("@pulumi/pulumi/runtime/state");
  } catch {
    return false; // Another SDK.
  }
  if (watched.has(state)) return true;
  const lookups = ["getResourceModules", "getResourcePackages"];
  if (!lookups.every((lookup) => typeof state[lookup] === "function")) return false;
  watched.add(state);
  for (const lookup of lookups) {
    const registryOf = state[lookup];
    state[lookup] = () => watch(registryOf());
  }
  return true;
}

/** Has a registry, by `aws:ec2/vpc` or by `aws`, ask for what is put off. */
function watch(registry) {
  if (watched.has(registry)) return registry;
  watched.add(registry);
  registry.get = (key) => {
    // A module that registers itself looks whether it is there, half loaded as it and its importers still are.
    if (depth > 0) return Map.prototype.get.call(registry, key);
    const [pkg] = key.split(":");
    register(key.split("/")[0]);
    // A package that nobody has imported yet may be one that another's namespace imports, as awsx.classic does aws.
    for (const name of Array.from(unregistered.keys())) {
      if (registry.has(key)) break;
      if (name.split(":")[0] === pkg) continue;
      register(name);
      register(key.split("/")[0]);
    }
    return Map.prototype.get.call(registry, key);
  };
  return registry;
}

/** Loads a namespace that is still put off. */
function register(name) {
  const load = unregistered.get(name);
  unregistered.delete(name);
  load?.();
}

/** ts-node, registered when the first file comes along that no other loader has taken over. */
function typeChecker(get) {
  const register = (options) => {
    // With settings of its own it may be meant for JavaScript too.
    if (!options.skipProject) return get().register(options);
    for (const extension of [".ts", ".tsx"]) {
      const before = Module._extensions[extension];
      const first = (module, filename) => {
        const current = Module._extensions[extension];
        restore(before);
        get().register(options);
        const real = Module._extensions[extension];
        restore(current === first ? real : current);
        return real(module, filename);
      };
      const restore = (handler) => {
        if (handler) Module._extensions[extension] = handler;
        else delete Module._extensions[extension];
      };
      Module._extensions[extension] = first;
    }
  };
  return { register };
}
