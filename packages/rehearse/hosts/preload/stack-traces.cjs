// The SDK records a stack trace for every promise, for debugging, and maps each frame to its source. Nobody reads
// these, so this skips them, and loads the mapper for the first trace that includes the program.
const Module = require("node:module");

const SDK = /[\\/]@pulumi[\\/]pulumi[\\/]/;
const unmapped = Error.prepareStackTrace;

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const loadNow = () => load.call(this, request, importer, isMain);
  if (!SDK.test(importer?.filename ?? "")) return loadNow();
  if (request === "source-map-support/register" && Error.prepareStackTrace === unmapped)
    return mapLater(loadNow);
  const loaded = loadNow();
  if (request.endsWith("/state")) state = loaded;
  if (request.endsWith("/debuggable") && !process.env.PULUMI_DEBUG_PROMISE_LEAKS) takeNoStacks(loaded);
  return loaded;
};

/** The SDK's state, which holds the open promises. */
let state;

/** Lets the SDK report open promises at the end, as it does, but without recording where they come from. */
function takeNoStacks(debuggable) {
  const { debuggablePromise } = debuggable;
  if (!debuggablePromise || debuggablePromise.name === "withoutStack") return;
  let isWatching = false;
  debuggable.debuggablePromise = function withoutStack(promise, context) {
    const { leakCandidates: open } = state?.getStore?.() ?? {};
    if (isWatching && open) return noted(promise, open);
    isWatching = true; // With its first promise, the SDK registers its check at the end of the process.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** The SDK's handling of a promise, without the data for a debugger. */
function noted(promise, open) {
  open.add(promise);
  return promise
    .then((value) => {
      open.delete(promise);
      return value;
    })
    .catch((error) => {
      open.delete(promise);
      error.promise = promise;
      throw error;
    });
}

/** A frame of Node or of an installed package, whose source doesn't interest the program's author. */
const isOthers = (frame) =>
  frame.isNative() || /^node:|[\\/]node_modules[\\/]/.test(frame.getFileName() ?? "");

/** A frame of these preload modules, which a trace would not have without them. */
const isOurs = (frame) => (frame.getFileName() ?? "").startsWith(__dirname);

/** The most frames of ours that may be among the requested frames of the program. */
const OURS = 40;

function mapLater(loadMapper) {
  let map;
  Error.stackTraceLimit += OURS;
  Error.prepareStackTrace = (error, taken) => {
    const frames = taken
      .filter((frame) => !isOurs(frame))
      .slice(0, Math.max(0, Error.stackTraceLimit - OURS));
    if (frames.every(isOthers)) return [error, ...frames].join("\n    at ");
    if (!map) {
      const ours = Error.prepareStackTrace;
      loadMapper();
      map = Error.prepareStackTrace;
      Error.prepareStackTrace = ours;
    }
    return map(error, frames);
  };
  // The SDK maps every trace itself, so Node needn't read the source maps of each file. Callers still see the setting
  // that they chose: a TypeScript loader adds its maps to the code if it is on.
  let wanted = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(false);
  process.setSourceMapsEnabled = (on) => void (wanted = on);
  const property = { get: () => wanted, configurable: true, enumerable: true };
  Object.defineProperty(process, "sourceMapsEnabled", property);
  return {};
}
