// The policy SDK unpacks the properties of a resource from the message anew for each of a pack's policies. What came out
// the first time will do for the others: each makes a copy of its own of it, and nobody changes a message that has come.
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, importer, isMain) {
  const loaded = load.call(this, request, importer, isMain);
  if (/google-protobuf[\\/]google[\\/]protobuf[\\/]struct_pb(\.js)?$/.test(request))
    unpackOnce(loaded.Struct?.prototype);
  return loaded;
};

const seen = new WeakSet();

function unpackOnce(struct) {
  if (typeof struct?.toJavaScript !== "function" || seen.has(struct)) return;
  seen.add(struct);
  const { toJavaScript } = struct;
  const unpacked = new WeakMap();
  struct.toJavaScript = function () {
    let value = unpacked.get(this);
    if (value === undefined) unpacked.set(this, (value = toJavaScript.call(this)));
    return value;
  };
}
