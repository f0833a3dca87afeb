import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { whatIsThere } from "../cli/nearest";
import { RehearsalError, UsageError } from "../errors";
import type { StackConfig } from "../project/config";
import type { PackFiles, PolicyConfig } from "../project/pack-config";
import { ORGANIZATION, readRuntime } from "../project/project";
import { readYaml } from "../project/yaml-file";
import { Asking, clientOver } from "./calls";
import { type Channel, howItEnded, ManagedChild } from "./child";
import { locateSdkScript, PRELOAD, within } from "./locate";

/**
 * Reads a pack's PulumiPolicy.yaml.
 * @throws UsageError if it isn't a Node.js policy pack.
 */
export function readPack(label: string, dir: string, config: ReadonlyMap<string, PolicyConfig>): PackFiles {
  const file = join(dir, "PulumiPolicy.yaml");
  if (!existsSync(file)) {
    const isPack = (name: string): boolean => existsSync(join(dirname(dir), name, "PulumiPolicy.yaml"));
    const why = existsSync(dir) ? "it has no PulumiPolicy.yaml" : "it doesn't exist";
    throw new UsageError(`no policy pack in ${dir}: ${why}; ${whatIsThere(dir, "packs beside it", isPack)}`);
  }
  const content = readYaml(file, "policy pack file");
  const faults: string[] = [];
  readRuntime(content["runtime"], faults);
  if (faults.length > 0) throw new UsageError(`policy pack file ${file}: ${faults.join("; ")}`);
  const version = content["version"];
  return { label, dir: resolve(dir), version: typeof version === "string" ? version : "", config };
}

/** The run that a pack judges. */
export interface PackRun {
  readonly project: string;
  readonly stack: string;
  readonly config: StackConfig;
  readonly mode: "preview" | "up";
  readonly engine: string;
  /** The time limit of the pack, in milliseconds since the epoch. */
  readonly deadline: () => number;
  readonly onOutput: (line: string) => void;
}

/** A started policy pack. */
export interface StartedPack {
  readonly files: PackFiles;
  readonly run: PackRun;
  /** Connects to it; rejects with a RehearsalError if it never answers. */
  connect(): Promise<AnalyzerClient>;
  /** Resolves when its process has ended, with its exit status and what it wrote to its error output. */
  readonly ended: Promise<{ readonly status: number; readonly errors: string }>;
  /** Ends it. */
  kill(): void;
}

/**
 * Starts a pack with the SDK's `cmd/run-policy-pack`.
 * Source: pulumi/pulumi `pkg/resource/plugin/analyzer_plugin.go`.
 *
 * @param channel - for `--watch`. @default none
 * @throws RehearsalError if the pack has no SDK installed.
 */
export function startPack(files: PackFiles, run: PackRun, channel?: Channel): StartedPack {
  const script = locateSdkScript(files.dir, "run-policy-pack");
  const errors: string[] = [];
  let announce: (port: string) => void;
  const announced = new Promise<string>((done) => (announce = done));
  let first = true;
  let asking: Asking | undefined;
  const child = new ManagedChild({
    channel,
    calls: channel && ((stream) => (asking = new Asking(stream, false))),
    cwd: files.dir,
    args: ["-r", PRELOAD, script, run.engine, "."],
    env: {
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(run.config.entries())),
      PULUMI_NODEJS_ORGANIZATION: ORGANIZATION,
      PULUMI_NODEJS_PROJECT: run.project,
      PULUMI_NODEJS_STACK: run.stack,
      PULUMI_NODEJS_DRY_RUN: String(run.mode === "preview"),
    },
    onStdout: (line) => {
      if (first) announce(line.trim());
      else run.onOutput(line);
      first = false;
    },
    onStderr: (line) => errors.push(line),
  });
  const ended = child.exited.then((status) => ({ status, errors: errors.join("\n") }));
  const tooEarly = ended.then(({ status, errors: cause }) => {
    throw new RehearsalError(`policy pack ${files.label} ${howItEnded(status)} before it had started`, {
      cause,
    });
  });
  const address = within(
    run.deadline() - Date.now(),
    Promise.race([announced, tooEarly]),
    () => new RehearsalError(`policy pack ${files.label} did not start in time and was stopped`),
  ).then((port) => {
    if (/^\d+$/.test(port)) return `127.0.0.1:${port}`;
    throw new RehearsalError(
      `policy pack ${files.label} printed ${JSON.stringify(port)} where its port was due`,
    );
  });
  // The error is reported to the caller that awaits it.
  address.catch(() => undefined);
  return {
    files,
    run,
    ended,
    connect: async () => clientOf(await address, asking),
    kill: () => child.kill(),
  };
}

/** @param address - `127.0.0.1:PORT` */
function clientOf(address: string, asking: Asking | undefined): AnalyzerClient {
  // Loaded while the processes start.
  const grpc = require("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const service =
    require("@pulumi/pulumi/proto/analyzer_grpc_pb") as typeof import("@pulumi/pulumi/proto/analyzer_grpc_pb");
  const { getAnalyzerInfo } = service.AnalyzerService;
  const methods = {
    ...service.AnalyzerService,
    getAnalyzerInfo: {
      ...getAnalyzerInfo,
      responseDeserialize: onceFor(getAnalyzerInfo.responseDeserialize),
    },
  };
  const ByGrpc = grpc.makeGenericClientConstructor(methods, "Analyzer");
  const Client = asking === undefined ? ByGrpc : clientOver(ByGrpc, methods, asking, grpc);
  return new Client(address, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  }) as unknown as AnalyzerClient;
}

/** The packs' descriptions by their bytes: they are long, and the same for every stack. */
const told = new Map<string, unknown>();

/** The most descriptions that are kept; a pack may change under `--watch`. */
const TOLD = 8;

function onceFor<Message>(deserialize: (bytes: Buffer) => Message): (bytes: Buffer) => Message {
  return (bytes) => {
    const key = createHash("sha1").update(bytes).digest("base64");
    if (!told.has(key)) {
      if (told.size === TOLD) told.clear();
      told.set(key, deserialize(bytes));
    }
    return told.get(key) as Message;
  };
}
