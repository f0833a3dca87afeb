// Defers modules that the Pulumi SDKs load at start but seldom use. They are loaded on first use. A module that is
// not installed is reported as missing at the same place as before. docs/performance.md lists the gain of each entry.
const Module = require("node:module");

/**
 * The modules that may be deferred: `what`, when `from` requires it. The program's own imports are never deferred.
 */
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
  // 250 namespaces, of which a program uses about ten; and the old awsx, which loads the AWS SDK.
  { from: /^@pulumi\/awsx?\/index\.js$/, what: /^\.\/(?!utilities$|provider$)[\w-]+$/, standIn: namespace },
  // For packs without a loader of their own: it loads the type checker when it registers.
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

/** Loads deferred modules when they are needed after all. */
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

/** The number of SDK modules with namespaces that are being loaded, nested in one another. */
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
 * A placeholder for a module until one of its members is read.
 *
 * @param memberOf - provides members without loading the module. @default none
 */
function wholeModule(get, request, importer, memberOf = () => undefined) {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === "__esModule") return true; // Otherwise the importer copies all members.
        if (key === "default" && !get().__esModule) return get();
        // The SDK reads the compiler's version at every start; package.json has it as well.
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

/** A placeholder for a module of functions and classes, some of which importers destructure, until one is called. */
function members(get) {
  const member = (key) =>
    new Proxy(class {}, {
      get: (_, property) => get()[key][property],
      apply: (_, self, args) => Reflect.apply(get()[key], self, args),
      construct: (_, args) => Reflect.construct(get()[key], args),
    });
  return new Proxy({}, { get: (_, key) => member(key) });
}

/** The files of semver that hold the members that the SDK uses. */
const OF_SEMVER = {
  SemVer: "classes/semver",
  parse: "functions/parse",
  eq: "functions/eq",
  gt: "functions/gt",
};

/** A placeholder for a package of many files that loads only the files of the members that are read. */
function fileByFile(get, request, importer) {
  const index = Module._resolveFilename(request, importer);
  const members = new Map();
  return wholeModule(get, request, importer, (key) => {
    if (Module._cache[index] || !Object.hasOwn(OF_SEMVER, key)) return undefined;
    try {
      if (!members.has(key)) members.set(key, importer.require(`${request}/${OF_SEMVER[key]}`));
    } catch {
      // Another version of the package.
    }
    return members.get(key);
  });
}

/** Namespaces that haven't registered their resource types and packages yet: by package and namespace, `aws:ec2`. */
const unregistered = new Map();

/** A part of an SDK that its index exports under its own name, whether or not the index declares it in advance. */
function part(get, request, importer) {
  return Object.hasOwn(importer.exports, request.slice(2))
    ? exported(get, request, importer)
    : later(get, request, importer);
}

/** A part of an SDK that its index may export under its own name. */
function exported(get, request, importer) {
  // TypeScript first sets an index's exports to undefined. Exports that it loads lazily already have a getter here,
  // and those that it spreads aren't there under their file's name.
  const announced = Object.getOwnPropertyDescriptor(importer.exports, request.slice(2));
  if (!announced || announced.get || announced.value !== undefined) return get();
  return later(get, request, importer);
}

/** A placeholder for a part until the property of that name is read. */
function later(get, request, importer) {
  const name = request.slice(2);
  const { exports } = importer;
  const standIn = wholeModule(get, request, importer);
  // After the first read, programs see the module itself as an ordinary property.
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

/**
 * A namespace of resource types. It is also loaded when the SDK looks up the constructor of one of its types for a
 * URN.
 */
function namespace(get, request, importer) {
  if (!watchesLookups(importer)) return get();
  const pkg = /@pulumi[\\/](\w+)[\\/]index\.js$/.exec(importer.filename)[1];
  unregistered.set(`${pkg}:${request.slice(2)}`, get);
  return exported(get, request, importer);
}

const watched = new WeakSet();

/** Loads deferred modules before the SDK looks up registrations; false if that isn't possible. */
function watchesLookups(importer) {
  let state;
  try {
    state = importer.require("@pulumi/pulumi/runtime/state");
  } catch {
    return false; // Another version of the SDK.
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

/** Makes a registry load deferred modules when it is asked for `aws:ec2/vpc` or `aws`. */
function watch(registry) {
  if (watched.has(registry)) return registry;
  watched.add(registry);
  registry.get = (key) => {
    // A module that registers itself checks whether it is registered, while it and its importers are still loading.
    if (depth > 0) return Map.prototype.get.call(registry, key);
    const [pkg] = key.split(":");
    register(key.split("/")[0]);
    // A package that hasn't been imported yet may be imported by a namespace of another, as awsx.classic imports aws.
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

/** Loads a namespace that is still deferred. */
function register(name) {
  const load = unregistered.get(name);
  unregistered.delete(name);
  load?.();
}

/** ts-node, registered when the first file appears that no other loader handles. */
function typeChecker(get) {
  const register = (options) => {
    // With its own settings it may also be meant for JavaScript.
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
