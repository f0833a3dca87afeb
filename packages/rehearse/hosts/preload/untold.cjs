// Drops what the SDK sends to an engine but a rehearsal doesn't need: the source line of each registration, which
// Pulumi keeps in the state and for which the SDK records a full stack trace; and debug messages, five for each
// resource, each in a call of its own.
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const loaded = load.call(this, request, importer, isMain);
  if (/[\\/]@pulumi[\\/]pulumi[\\/]/.test(importer?.filename ?? "")) {
    if (request.endsWith("/resource") && loaded.Resource?.callsites) loaded.Resource.callsites = () => [];
    if (request.endsWith("/log") && loaded.debug) loaded.debug = untold(loaded.debug);
  }
  return loaded;
};

const silent = new WeakSet();

function untold(debug) {
  if (silent.has(debug)) return debug;
  const replaced = new Proxy(debug, { apply: () => Promise.resolve() });
  silent.add(replaced);
  return replaced;
}
