// Puts off loading what the Pulumi SDKs ask for at their start and seldom use. Whoever does use it gets the real
// thing, loaded then. What is not installed is reported as missing where it always was.
// What each entry gains: docs/performance.md.
const Module = require("node:module");

/** What may wait: `what` when `from` asks for it. The program's own imports are never put off. */
const MAY_WAIT = [
  // For serialising functions into cloud resources: dynamic providers, callback functions.
  { from: /^@pulumi\/pulumi\/.*/, what: /^(typescript|@npmcli\/arborist|normalize-package-data)$/ },
  // For comparing the versions of resource references, and for reading a package.yaml.
  { from: /^@pulumi\/pulumi\/.*/, what: /^(semver|js-yaml)$/ },
  // For driving the CLI from a program.
  { from: /^@pulumi\/pulumi\/index\.js$/, what: /^\.\/automation$/ },
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
  const loadNow = () => load.call(this, request, importer, isMain);
  if (!rule || Module._cache[Module._resolveFilename(request, importer, isMain)]) return loadNow();
  let loaded;
  return (rule.standIn ?? wholeModule)(() => (loaded ??= loadNow()), request, importer);
};

function ruleFor(request, importer) {
  const slashes = (path) => path.replaceAll("\\", "/");
  const file = importer?.filename && slashes(importer.filename).split("/node_modules/").at(-1);
  return file?.startsWith("@pulumi/")
    ? MAY_WAIT.find(({ from, what }) => what.test(slashes(request)) && from.test(file))
    : undefined;
}

/** Stands for a module until one of its members is read. */
function wholeModule(get, request, importer) {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (key === "__esModule") return true; // Else the importer copies all members.
        if (key === "default" && !get().__esModule) return get();
        // Asked of the compiler at every start, and written beside it.
        if (key === "version" && request === "typescript")
          return importer.require("typescript/package.json").version;
        return get()[key];
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

/** By package and namespace, what registers the namespace's resource types when it is loaded. */
const unregistered = new Map();

/** A namespace of a provider's SDK. It is also loaded when a resource of its types has to be made from its URN. */
function namespace(get, request, importer) {
  if (!watchesLookups(importer)) return get();
  const standIn = wholeModule(get, request, importer);
  const name = request.slice(2);
  const pkg = /@pulumi[\\/](\w+)[\\/]index\.js$/.exec(importer.filename)[1];
  unregistered.set(`${pkg}:${name}`, get);
  // The importer exports it under its name: make that a getter, so that programs meet the module itself.
  Object.defineProperty(importer.exports, name, {
    configurable: true,
    enumerable: true,
    get,
    set(value) {
      if (value !== standIn) Object.defineProperty(importer.exports, name, { value, writable: true });
    },
  });
  return standIn;
}

const watched = new WeakSet();

/** Sees to it that a namespace is loaded before the SDK looks for one of its types; false if it can't. */
function watchesLookups(importer) {
  let state;
  try {
    state = importer.require("@pulumi/pulumi/runtime/state");
  } catch {
    return false; // Another SDK.
  }
  const { getResourceModules } = state;
  if (watched.has(state) || !getResourceModules) return watched.has(state);
  watched.add(state);
  state.getResourceModules = () => {
    const registry = getResourceModules();
    if (!watched.has(registry)) {
      watched.add(registry);
      registry.get = (key) => {
        const name = key.split("/")[0];
        const register = unregistered.get(name);
        unregistered.delete(name);
        register?.();
        return Map.prototype.get.call(registry, key);
      };
    }
    return registry;
  };
  return true;
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
