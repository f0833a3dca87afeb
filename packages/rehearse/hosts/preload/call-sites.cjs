// The SDK tells the engine the line of each registration, for which it takes a stack of any length. Pulumi keeps it in the
// state; a rehearsal has no use for it.
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const loaded = load.call(this, request, importer, isMain);
  if (/[\\/]@pulumi[\\/]pulumi[\\/]/.test(importer?.filename ?? "") && request.endsWith("/resource"))
    if (loaded.Resource?.callsites) loaded.Resource.callsites = () => [];
  return loaded;
};
