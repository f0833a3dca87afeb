// The SDK takes a stack at every promise, for a debugger of promises, and has each frame mapped to its source. No one reads
// these, so they are not taken, and the mapper is loaded at the first stack that leads to the program.
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

/** The SDK's, which knows of the promises that are open. */
let state;

/** Has the SDK tell at the end that promises are open, as it does, but take note of none of them where it comes from. */
function takeNoStacks(debuggable) {
  const { debuggablePromise } = debuggable;
  if (!debuggablePromise || debuggablePromise.name === "withoutStack") return;
  let isWatching = false;
  debuggable.debuggablePromise = function withoutStack(promise, context) {
    const { leakCandidates: open } = state?.getStore?.() ?? {};
    if (isWatching && open) return noted(promise, open);
    isWatching = true; // From its first promise on, the SDK looks when the process ends.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

/** What the SDK makes of a promise, but for what tells a debugger of it. */
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

/** A frame of Node's own or of an installed package: its source is nothing to the program's author. */
const isOthers = (frame) =>
  frame.isNative() || /^node:|[\\/]node_modules[\\/]/.test(frame.getFileName() ?? "");

/** A frame of what makes a rehearsal fast: without it there would be none. */
const isOurs = (frame) => (frame.getFileName() ?? "").startsWith(__dirname);

/** As many frames of ours may stand between a program's own that are asked for. */
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
  // It maps every stack, so the maps that Node reads along with each file are never looked at. Who asks is told what was
  // wanted: a loader of TypeScript adds its maps to the code then.
  let wanted = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(false);
  process.setSourceMapsEnabled = (on) => void (wanted = on);
  const property = { get: () => wanted, configurable: true, enumerable: true };
  Object.defineProperty(process, "sourceMapsEnabled", property);
  return {};
}
