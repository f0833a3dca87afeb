// The SDK attaches a debugger to its own process to find where a function that it serialises was written; every
// loaded script then reports to the debugger. This attaches it when the first function is serialised, and then
// reports the scripts that are already loaded.
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const loadNow = () => load.call(this, request, importer, isMain);
  const file = (importer?.filename ?? "").replaceAll("\\", "/");
  if (!request.endsWith("/v8Hooks")) return loadNow();
  if (/\/@pulumi\/pulumi\/cmd\/[\w-]+\/index\.js$/.test(file))
    return { isInitializedAsync: async () => undefined };
  return file.endsWith("/@pulumi/pulumi/runtime/closure/v8.js") ? replaying(loadNow()) : loadNow();
};

function replaying(hooks) {
  let session;
  const attach = async () => {
    const attached = await hooks.getSessionAsync();
    for (const method of ["Debugger.disable", "Debugger.enable"]) {
      await new Promise((done, fail) => attached.post(method, (error) => (error ? fail(error) : done())));
    }
    return attached;
  };
  return { ...hooks, getSessionAsync: () => (session ??= attach()) };
}
