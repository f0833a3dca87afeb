// For each of a pack's policies, the policy SDK unpacks the properties of a resource from the message again. This
// reuses the first result: each policy makes its own copy of it, and nothing changes a received message.
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
