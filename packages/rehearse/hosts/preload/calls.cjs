// The Pulumi SDK calls the rehearsal, and the rehearsal a pack, by gRPC over HTTP/2. If the rehearsal offers a pipe,
// these calls use it instead.
const Module = require("node:module");
const { Socket } = require("node:net");
const { isMainThread } = require("node:worker_threads");
const { answer, Asking, clientOver } = require("../pipe.cjs");

const PIPE = 6;
const isOffered = process.env.REHEARSE_CALLS !== undefined && isMainThread;
delete process.env.REHEARSE_CALLS; // The pipe isn't open to the program's own children.

if (isOffered) {
  const load = Module._load;
  const isPack = /[\\/]run-policy-pack([\\/]|$)/.test(process.argv[1] ?? "");
  Module._load = function (request, importer, isMain) {
    const loaded = load.call(this, request, importer, isMain);
    if (isPack && request === "@grpc/grpc-js") answerAsWell(loaded.Server);
    if (!isPack && /[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]settings\.js$/.test(importer?.filename ?? ""))
      return withClient(request, loaded, importer);
    return loaded;
  };
}

let asking;

/** The module of one of the engine's two services, with a client that calls over the pipe. */
function withClient(request, loaded, importer) {
  const [, file] = /[\\/](resource|engine)_grpc_pb$/.exec(request) ?? [];
  const service = { resource: "ResourceMonitor", engine: "Engine" }[file];
  if (!service || !loaded[`${service}Client`] || !loaded[`${service}Service`]) return loaded;
  asking ??= new Asking(new Socket({ fd: PIPE }), true);
  const grpc = importer.require("@grpc/grpc-js");
  const client = clientOver(loaded[`${service}Client`], loaded[`${service}Service`], asking, grpc);
  return { ...loaded, [`${service}Client`]: client };
}

const answering = new WeakSet();

/** Makes the pack's server also answer calls from the pipe. */
function answerAsWell({ prototype }) {
  if (answering.has(prototype)) return;
  answering.add(prototype);
  const { addService } = prototype;
  prototype.addService = function (service, handlers) {
    addService.call(this, service, handlers);
    if (service.analyze?.path !== "/pulumirpc.Analyzer/Analyze") return;
    const pipe = new Socket({ fd: PIPE });
    answer(pipe, [[service, handlers]]);
    pipe.unref();
  };
}
