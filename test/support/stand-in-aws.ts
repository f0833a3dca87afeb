/**
 * A Pulumi resource provider named `aws` that asks nobody but the stand-in cloud: what the true engine is
 * attached to by `PULUMI_DEBUG_PROVIDERS=aws:PORT`. It negotiates what the bridged AWS provider negotiates (no
 * handshake; no secrets, resource references or outputs accepted; previews supported), so that the engine
 * treats it as it treats the real one.
 *
 * By hand: `npx tsx test/support/stand-in-aws.ts` prints the port and serves until stopped.
 *
 * Source: pulumi/pulumi `proto/pulumi/provider.proto`; pulumi/pulumi-terraform-bridge `pkg/x/muxer`.
 */
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as cloud from "../../packages/rehearse/cloud";
import type { CloudContext, InvokeAnswer } from "../../packages/rehearse/cloud/types";
import { isUnknown } from "../../packages/rehearse/values";
import type { Values } from "../../packages/rehearse/values";

/** How the stand-in answers. */
export interface StandInAwsOptions {
  /** Folder of the program: its `node_modules` describe the resource types. */
  readonly programDir: string;
  /** @default "123456789012" */
  readonly accountId?: string;
  /** Answers for invokes the cloud can't give, as in an `--answers` file. @default none */
  readonly answers?: Readonly<Record<string, readonly InvokeAnswer[]>>;
  /** By type of resource, or function: the error with which creating one, or calling it, fails. @default none */
  readonly refuses?: Readonly<Record<string, string>>;
}

/** A serving stand-in. */
export interface StandInAws {
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Stops serving at once. */
  close(): void;
}

/** Same size limit as the SDK's, in bytes: a state of many resources exceeds gRPC's 4 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

type Handler<Request, Response> = (request: Request, peer: string) => Response | Promise<Response>;

/** A gRPC method from a plain function; what it throws is the error text that the engine shows. */
function unary<Request, Response>(
  handler: Handler<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => handler(call.request, call.getPeer()))().then(
      (response) => callback(null, response),
      (error: unknown) => {
        const details = error instanceof Error ? error.message : String(error);
        callback({ code: grpc.status.UNKNOWN, details });
      },
    );
  };
}

/** The version of the AWS SDK that a program would load; empty if it has none. */
function sdkVersion(programDir: string): string {
  try {
    const manifest = createRequire(join(programDir, "index.js"))("@pulumi/aws/package.json") as {
      version: string;
    };
    return manifest.version;
  } catch {
    return "";
  }
}

const toValues = (struct: Struct | undefined): Values => struct?.toJavaScript() ?? {};
const toStruct = (values: Values): Struct => Struct.fromJavaScript(values);

/** What the provider of a connection was configured with. */
interface Configuration {
  readonly region: string;
  readonly defaultTags: Values;
}

/** Reads a provider's arguments; those that aren't strings come as JSON. Without a region: the rehearsal's. */
function readConfiguration(request: rpc.ConfigureRequest): Configuration {
  const { region, defaultTags } = toValues(request.getArgs());
  const parsed: unknown = typeof defaultTags === "string" ? JSON.parse(defaultTags) : defaultTags;
  const { tags = {} } = (parsed ?? {}) as { tags?: Values };
  return { region: typeof region === "string" && region !== "" ? region : "us-east-1", defaultTags: tags };
}

/** `aws`, `aws-cn` or `aws-us-gov`. Source: AWS General Reference, "Amazon Resource Names", partitions. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What changed between two property maps, as a provider's Diff and DiffConfig say it. */
function difference(olds: Values, news: Values): rpc.DiffResponse {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => !isDeepStrictEqual(olds[key], news[key]),
  );
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  return new rpc.DiffResponse().setChanges(keys.length === 0 ? DIFF_NONE : DIFF_SOME).setDiffsList(keys);
}

/**
 * Serves the stand-in provider on a free port of 127.0.0.1.
 *
 * One server stands for every AWS provider of a program: the engine opens a connection per provider and
 * configures it first, so the connection tells whose region and tags a call is for.
 *
 * @throws if no port can be had.
 */
export async function startStandInAws(options: StandInAwsOptions): Promise<StandInAws> {
  const configurations = new Map<string, Configuration>();
  const contextFor = (peer: string, mode: CloudContext["mode"]): CloudContext => {
    const configuration = configurations.get(peer);
    if (configuration === undefined) throw new Error("The AWS provider was used before it was configured.");
    const { programDir, accountId = "123456789012" } = options;
    return { mode, ...configuration, accountId, partition: partitionOf(configuration.region), programDir };
  };
  const modeOf = (preview: boolean): CloudContext["mode"] => (preview ? "preview" : "up");

  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, {
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    // The engine warns about a plugin older than the SDK.
    getPluginInfo: unary(() => new PluginInfo().setVersion(sdkVersion(options.programDir))),
    getSchema: unary(() => new rpc.GetSchemaResponse().setSchema("{}")),
    checkConfig: unary((request: rpc.CheckRequest) => new rpc.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary((request: rpc.DiffRequest) =>
      difference(toValues(request.getOldInputs()), toValues(request.getNews())),
    ),
    configure: unary((request: rpc.ConfigureRequest, peer) => {
      configurations.set(peer, readConfiguration(request));
      return new rpc.ConfigureResponse().setSupportspreview(true);
    }),
    check: unary((request: rpc.CheckRequest, peer) => {
      // Check isn't told which it is for, and its answer is the same.
      const context = contextFor(peer, "preview");
      const { inputs, failures } = cloud.check(
        request.getType(),
        request.getName(),
        request.getUrn(),
        toValues(request.getNews()),
        context,
      );
      return new rpc.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new rpc.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: unary((request: rpc.DiffRequest) =>
      difference(toValues(request.getOldInputs()), toValues(request.getNews())),
    ),
    create: unary((request: rpc.CreateRequest, peer) => {
      const refusal = options.refuses?.[request.getType()];
      if (refusal !== undefined && !request.getPreview()) throw new Error(refusal);
      const { id, outputs } = cloud.create(
        request.getType(),
        request.getName(),
        request.getUrn(),
        toValues(request.getProperties()),
        contextFor(peer, modeOf(request.getPreview())),
      );
      return new rpc.CreateResponse().setId(isUnknown(id) ? "" : id).setProperties(toStruct(outputs));
    }),
    // Everything the cloud makes up is a function of the URN: creating again gives the updated resource.
    update: unary((request: rpc.UpdateRequest, peer) => {
      const { outputs } = cloud.create(
        request.getType(),
        request.getName(),
        request.getUrn(),
        toValues(request.getNews()),
        contextFor(peer, modeOf(request.getPreview())),
      );
      return new rpc.UpdateResponse().setProperties(toStruct(outputs));
    }),
    // A read tells what is there, in a preview as well: its answer is never unknown.
    read: unary((request: rpc.ReadRequest, peer) => {
      const { id, outputs } = cloud.read(
        request.getType(),
        request.getName(),
        request.getUrn(),
        request.getId(),
        toValues(request.getProperties()),
        contextFor(peer, "up"),
      );
      return new rpc.ReadResponse().setId(id).setProperties(toStruct(outputs)).setInputs(request.getInputs());
    }),
    delete: unary(() => new Empty()),
    invoke: unary((request: rpc.InvokeRequest, peer) => {
      const refusal = options.refuses?.[request.getTok()];
      if (refusal !== undefined) throw new Error(refusal);
      const context = contextFor(peer, modeOf(request.getPreview()));
      const result = cloud.invoke(
        request.getTok(),
        toValues(request.getArgs()),
        context,
        options.answers ?? {},
      );
      return new rpc.InvokeResponse().setReturn(toStruct(result));
    }),
  });

  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

if (require.main === module) {
  void startStandInAws({ programDir: process.cwd() }).then(({ port }) => {
    console.log(port);
  });
}
