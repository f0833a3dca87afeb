import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeDiagnostic, AnalyzeRequest, AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { answer, Asking, clientOver } from "../../packages/rehearse/hosts/calls";
import { rehearse } from "../support/rehearse";
import { Watching, Workspace } from "../support/watch";

type Done = (error: grpc.ServiceError | null, response?: AnalyzeResponse) => void;
type Rest = [...options: object[], done: Done];

/** Replaces the service's gRPC client. */
class ByGrpc {
  analyze(_request: AnalyzeRequest, ...rest: Rest): void {
    (rest.at(-1) as Done)(null, answerOf("by gRPC"));
  }
}

function answerOf(message: string): AnalyzeResponse {
  return new AnalyzeResponse().setDiagnosticsList([new AnalyzeDiagnostic().setMessage(message)]);
}

/** The two ends of a pipe. */
async function pipe(): Promise<[Socket, Socket]> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const near = connect((server.address() as { port: number }).port, "127.0.0.1");
  const [far] = (await once(server, "connection")) as [Socket];
  server.close();
  return [near, far];
}

/** How a pack's server handles a request; `end` breaks the pipe. */
type Analyze = (request: AnalyzeRequest, done: Done, end: () => void) => void;

/** Sends a request, and returns the message of the response or of the error. */
async function ask(
  analyze: Analyze,
  { request = new AnalyzeRequest(), options = {}, isAnswered = true } = {},
): Promise<string> {
  const [near, far] = await pipe();
  const handle = (call: { request: AnalyzeRequest }, done: Done): void =>
    analyze(call.request, done, () => far.destroy());
  if (isAnswered) answer(far, [[AnalyzerService, { analyze: handle }]]);
  const asking = new Asking(near, isAnswered);
  const Client = clientOver(ByGrpc as unknown as typeof grpc.Client, AnalyzerService, asking, grpc);
  const client = new (Client as unknown as typeof ByGrpc)();
  try {
    return await new Promise((resolve) =>
      client.analyze(request, options, (error, response) =>
        resolve(error ? error.message : (response?.getDiagnosticsList()[0]?.getMessage() ?? "")),
      ),
    );
  } finally {
    for (const end of [near, far]) end.destroy();
  }
}

describe("calls over a pipe", () => {
  const echo: Analyze = (request, done) => done(null, answerOf(request.getName()));

  it("transfer question and answer, whatever their length", async () => {
    for (const name of ["", "shop", "ä".repeat(300_000)])
      assert.equal(await ask(echo, { request: new AnalyzeRequest().setName(name) }), name);
  });

  it("transfer an error with its status", async () => {
    const error = { code: grpc.status.NOT_FOUND, details: "no such thing" } as grpc.ServiceError;
    assert.equal(await ask((_, done) => done(error)), "5 NOT_FOUND: no such thing");
    assert.equal(
      await ask((_, done) => done(null, "no message" as unknown as AnalyzeResponse)),
      "13 INTERNAL: Error serializing response",
    );
  });

  it("end on a timeout, or when the other end is gone", async () => {
    const options = { deadline: Date.now() + 20 };
    assert.equal(await ask(() => undefined, { options }), "4 DEADLINE_EXCEEDED: Deadline exceeded");
    assert.equal(await ask((_, _done, end) => end()), "14 UNAVAILABLE: Connection dropped");
  });

  it("use gRPC if the question is large, or if nobody answers", async () => {
    const request = new AnalyzeRequest().setName("x".repeat(2 ** 20));
    assert.equal(await ask(echo, { request }), "by gRPC");
    assert.equal(await ask(echo, { isAnswered: false }), "by gRPC");
  });

  it("replace HTTP/2 only under --watch: a program without HTTP/2 fails otherwise", async () => {
    const workspace = new Workspace({
      "Pulumi.yaml":
        "name: shop\nruntime: { name: nodejs, options: { typescript: false, nodeargs: -r ./none.cjs } }\n",
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
      "package.json": '{ "name": "shop", "main": "index.js" }\n',
      "index.js": 'const aws = require("@pulumi/aws");\nnew aws.s3.Bucket("shop");\n',
      "none.cjs": 'require("node:http2").connect = () => { console.error("no HTTP/2"); process.exit(1); };\n',
    });
    const args = ["--policy-pack", join(workspace.folder, "pack"), "--json"];
    const watching = new Watching(workspace.folder, args);
    try {
      assert.match(await watching.text(), /Bucket::shop/);
      const run = await rehearse(["dev", "--program", workspace.folder, ...args], {});
      assert.equal(run.status, 3);
      assert.match(run.stdout + run.stderr, /no HTTP\/2/);
    } finally {
      await watching.end();
      workspace.remove();
    }
  });
});
