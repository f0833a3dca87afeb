/**
 * Runs a policy pack in its own process, as the Pulumi engine does: the SDK's `cmd/run-policy-pack` with the pack as
 * working directory, which prints its port in the first line of output.
 *
 * Source: pulumi/pulumi `sdk/go/common/resource/plugin/analyzer_plugin.go`.
 */
import { credentials, Metadata } from "@grpc/grpc-js";
import type { CallOptions, ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Door, PackOptions } from "./pack-door";

/** Default of the milliseconds within which a pack must print its port. */
export const START_TIMEOUT = 30_000;

/** The arguments after the request of every method in the generated client. */
type CallRest<Response> = [
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
];

/**
 * Starts the process.
 *
 * @throws if it prints no port in time, with its error output; its process has ended by then
 */
export async function openProcess(options: PackOptions): Promise<Door> {
  const directory = resolve(options.directory);
  const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [directory] });
  // The first argument is the engine's address. A pack calls it only to log, so an unused port is enough.
  const child = spawn(process.execPath, [runner, "127.0.0.1:1", directory], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      PULUMI_CONFIG: "{}",
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: "web-store",
      PULUMI_NODEJS_STACK: "test",
      PULUMI_NODEJS_DRY_RUN: String(options.dryRun ?? true),
    },
  });
  const killWithUs = (): void => void child.kill("SIGKILL");
  process.once("exit", killWithUs);
  child.once("exit", () => process.removeListener("exit", killWithUs));
  try {
    const port = await firstLine(child, options.startTimeout ?? START_TIMEOUT);
    // Lets the test run end even if a test forgot to stop the pack: the process then ends with the run.
    for (const handle of [child, child.stdout as Socket, child.stderr as Socket]) handle.unref();
    return doorTo(child, port, options.callTimeout ?? 10_000);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

async function firstLine(
  child: ChildProcessByStdio<null, Readable, Readable>,
  timeout: number,
): Promise<string> {
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const signal = AbortSignal.timeout(timeout);
  const said = await Promise.race([
    once(createInterface({ input: child.stdout }), "line", { signal }).then(([line]) => JSON.stringify(line)),
    once(child, "close", { signal }).then(() => "nothing"),
  ]).catch(() => `nothing within ${timeout} ms`);
  const port = /^"(\d+)"$/.exec(said)?.[1];
  if (port === undefined)
    throw new Error(`The pack printed ${said} instead of its port. Its errors:\n${errors}`);
  return port;
}

function doorTo(
  child: ChildProcessByStdio<null, Readable, Readable>,
  port: string,
  callTimeout: number,
): Door {
  const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const call = <Response>(start: (...rest: CallRest<Response>) => unknown): Promise<Response> =>
    new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + callTimeout };
      start(new Metadata(), options, (error, response) => (error ? reject(error) : resolve(response)));
    });
  return {
    // A process that printed its port has an id.
    pid: child.pid!,
    analyze: (request) => call((...rest) => client.analyze(request, ...rest)),
    analyzeStack: (request) => call((...rest) => client.analyzeStack(request, ...rest)),
    configure: async (request) => void (await call((...rest) => client.configure(request, ...rest))),
    info: () => call((...rest) => client.getAnalyzerInfo(new Empty(), ...rest)),
    async close() {
      client.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.ref();
      child.kill("SIGKILL");
      await gone;
    },
  };
}
