// Carries calls of gRPC services over a pipe between the rehearsal and a child process, without HTTP/2, which takes
// longer than most of the calls. A frame consists of the length of the rest, the call's id, a number, and bytes, all
// little-endian. In a request the number is the length of the method's path, with which the bytes begin; in an answer
// it is the gRPC status, and if that isn't 0 the bytes are its details.
const { AsyncResource } = require("node:async_hooks");

const HEAD = 12;
/** The id of no call: the answering end sends it first. */
const HELLO = 0;
/** Larger requests (in bytes) go by gRPC, which has its own limits and errors for them. */
const LARGE = 1 << 20;
/** @see https://grpc.io/docs/guides/status-codes/ */
const [OK, UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE] = [0, 2, 4, 12, 13, 14];

function frame(id, number, ...parts) {
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt32LE(parts.reduce((sum, part) => sum + part.length, HEAD - 4));
  head.writeUInt32LE(id, 4);
  head.writeUInt32LE(number, 8);
  return Buffer.concat([head, ...parts]);
}

/** Sends a frame, together with those that follow in the same tick: each write wakes the other end. */
function send(stream, ...parts) {
  if (stream.writableCorked === 0) {
    stream.cork();
    process.nextTick(() => stream.uncork());
  }
  stream.write(frame(...parts));
}

function onFrames(stream, take) {
  let rest = Buffer.alloc(0);
  stream.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEAD && rest.length >= 4 + rest.readUInt32LE()) {
      const [end, id, number] = [4 + rest.readUInt32LE(), rest.readUInt32LE(4), rest.readUInt32LE(8)];
      const bytes = rest.subarray(HEAD, end);
      rest = rest.subarray(end);
      take(id, number, bytes);
    }
  });
  stream.on("error", () => undefined); // The other end has closed.
}

/**
 * Answers the requests of the other end.
 *
 * @param services - pairs of a service with unary methods and its implementation
 */
function answer(stream, services) {
  const methods = new Map();
  for (const [service, handlers] of services)
    for (const [name, method] of Object.entries(service))
      methods.set(method.path, { ...method, handle: handlers[name] });
  onFrames(stream, (id, length, bytes) => {
    const path = bytes.toString("latin1", 0, length);
    const { handle, requestDeserialize, responseSerialize } = methods.get(path) ?? {};
    const fail = (code, details) => send(stream, id, code, Buffer.from(details));
    if (!handle) return fail(UNIMPLEMENTED, `The server does not implement the method ${path}`);
    handle({ request: requestDeserialize(bytes.subarray(length)) }, (error, message) => {
      if (error) return fail(error.code ?? UNKNOWN, error.details ?? error.message);
      let encoded;
      try {
        encoded = responseSerialize(message);
      } catch {
        return fail(INTERNAL, "Error serializing response");
      }
      send(stream, id, OK, encoded);
    });
  });
  send(stream, HELLO, OK);
}

/** The calling end. */
class Asking {
  #calls = new Map();
  #last = HELLO;

  /** @param isAnswered - whether the other end is known to answer */
  constructor(stream, isAnswered) {
    this.stream = stream;
    this.isAnswered = isAnswered;
    onFrames(stream, (id, status, bytes) => {
      this.isAnswered = true;
      this.#end(id, status, bytes);
    });
    stream.on("close", () => {
      this.isAnswered = false;
      for (const id of this.#calls.keys()) this.#end(id, UNAVAILABLE, Buffer.from("Connection dropped"));
    });
    stream.unref();
  }

  /** @param deadline - milliseconds since the epoch. @default none */
  ask(path, message, deadline, done) {
    const id = ++this.#last;
    const late = () => this.#end(id, DEADLINE_EXCEEDED, Buffer.from("Deadline exceeded"));
    const timer = deadline === undefined ? undefined : setTimeout(late, deadline - Date.now());
    this.#calls.set(id, { timer, done: AsyncResource.bind(done) });
    this.stream.ref();
    send(this.stream, id, path.length, Buffer.from(path, "latin1"), message);
  }

  #end(id, status, bytes) {
    const call = this.#calls.get(id);
    if (!this.#calls.delete(id)) return;
    if (this.#calls.size === 0) this.stream.unref();
    clearTimeout(call.timer);
    call.done(status, bytes);
  }
}

/**
 * A client of a service with unary methods that calls over a pipe, and falls back to gRPC.
 *
 * @param Client - the client class of the service
 * @param asking - one end of the pipe
 */
function clientOver(Client, service, asking, grpc) {
  class Piped extends Client {}
  for (const [name, { path, requestSerialize, responseDeserialize }] of Object.entries(service)) {
    const byGrpc = Client.prototype[name];
    Piped.prototype[name] = function (request, ...rest) {
      let message;
      try {
        message = requestSerialize(request);
      } catch {
        // gRPC reports the fault.
      }
      if (!message || message.length > LARGE || !asking.isAnswered)
        return byGrpc.call(this, request, ...rest);
      const done = rest.at(-1);
      asking.ask(path, message, rest.at(-2)?.deadline, (status, bytes) => {
        if (status === OK) return done(null, responseDeserialize(bytes));
        const details = bytes.toString();
        const error = new Error(`${status} ${grpc.status[status]}: ${details}`);
        done(Object.assign(error, { code: status, details, metadata: new grpc.Metadata() }));
      });
    };
  }
  return Piped;
}

module.exports = { answer, Asking, clientOver };
