// A TypeScript loader searches every JavaScript file for syntax that Node can't load. The SDKs and their dependencies
// have none: this lets Node load them directly, unless that fails.
const Module = require("node:module");

const PLAIN =
  /[\\/]node_modules[\\/](@pulumi|@grpc|@opentelemetry|@npmcli|google-protobuf|semver|typescript)[\\/]/;

const native = Module._extensions[".js"];
let loader = native;
Object.defineProperty(Module._extensions, ".js", {
  configurable: true,
  enumerable: true,
  get: () => loader,
  set: (other) => (loader = passingBy(other)),
});

/** A loader that leaves the plain packages to Node. */
function passingBy(other) {
  return (module, filename) => {
    if (!PLAIN.test(filename)) return other(module, filename);
    try {
      return native(module, filename);
    } catch (error) {
      if (error.code !== "ERR_REQUIRE_ESM" && !(error instanceof SyntaxError)) throw error;
      return other(module, filename);
    }
  };
}
