/**
 * A Pulumi resource provider named `aws` that uses only the stand-in cloud: the true engine attaches to it by
 * `PULUMI_DEBUG_PROVIDERS=aws:PORT`. It negotiates the same features as the bridged AWS provider (no handshake; no
 * secrets, resource references or outputs accepted; previews supported), so that the engine treats both the same.
 *
 * To run it manually: `npx tsx test/support/stand-in-aws.ts` prints the port and serves until it is stopped.
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
import { type CloudContext, type InvokeAnswer, modernType } from "../../packages/rehearse/cloud/types";
import { changesOf } from "../../packages/rehearse/diff/changes";
import { pathText, resetPaths } from "../../packages/rehearse/diff/paths";
import { DELETED_FIRST } from "../../packages/rehearse/diff/replacement";
import { keepComputed } from "../../packages/rehearse/engine/existing";
import { isUnknown } from "../../packages/rehearse/values";
import type { Values } from "../../packages/rehearse/values";
import { type Around, serviceError } from "./trouble";

/** Options of the stand-in. */
export interface StandInAwsOptions {
  /** Folder of the program, whose `node_modules` describe the resource types. */
  readonly programDir: string;
  /** @default "123456789012" */
  readonly accountId?: string;
  /** Answers for invokes that the cloud can't give, as in an `--answers` file. @default none */
  readonly answers?: Readonly<Record<string, readonly InvokeAnswer[]>>;
  /** The error with which creating a resource or calling a function fails, by type or function. @default none */
  readonly refuses?: Readonly<Record<string, string>>;
  /** Wraps calls that change something. @default the calls succeed */
  readonly around?: Around;
}

/** A running stand-in. */
export interface StandInAws {
  /** TCP port on 127.0.0.1. */
  readonly port: number;
  /** Stops serving at once. */
  close(): void;
}

/** The SDK's size limit, in bytes: a state with many resources exceeds gRPC's 4 MB. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

type Handler<Request, Response> = (request: Request, peer: string) => Response | Promise<Response>;

/** Makes a gRPC method from a plain function; the text of an exception becomes the error that the engine shows. */
function unary<Request, Response>(
  handler: Handler<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    void (async () => handler(call.request, call.getPeer()))().then(
      (response) => callback(null, response),
      (error: unknown) => callback(serviceError(error)),
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

/** The configuration of a connection's provider. */
interface Configuration {
  readonly region: string;
  readonly defaultTags: Values;
}

/**
 * Reads a provider's arguments; arguments that aren't strings are encoded as JSON. The default Region is the
 * rehearsal's.
 */
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

/** The difference between two providers' arguments, as DiffConfig returns it. */
function difference(olds: Values, news: Values): rpc.DiffResponse {
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => !isDeepStrictEqual(olds[key], news[key]),
  );
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  return new rpc.DiffResponse().setChanges(keys.length === 0 ? DIFF_NONE : DIFF_SOME).setDiffsList(keys);
}

/**
 * The difference of a resource, as Diff returns it, by the rehearsal's own comparison: the engine doesn't decide which
 * changes replace a resource of AWS. It decides what to do about them, with the program's options.
 */
function diffOf(request: rpc.DiffRequest, named: string | undefined): rpc.DiffResponse {
  const [before, after] = [toValues(request.getOldInputs()), toValues(request.getNews())];
  const type = request.getType();
  // As the bridge does. For resources that are replaced with another one, the engine marks ignored properties as
  // unknown, too.
  resetPaths(request.getIgnorechangesList(), before, after);
  const changes = changesOf({
    type,
    before,
    after,
    replaceOnChanges: [],
    sourcesOf: () => [request.getUrn()],
  });
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  const { UPDATE, UPDATE_REPLACE } = rpc.PropertyDiff.Kind;
  const keys = (of: typeof changes): string[] => [...new Set(of.map(({ path }) => String(path[0])))];
  const replaces = keys(changes.filter(({ forces }) => forces === "yes"));
  const isGiven = named !== undefined && after[named] !== undefined && !filledIn(after).includes(named);
  const response = new rpc.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(keys(changes))
    .setReplacesList(replaces)
    .setDeletebeforereplace(replaces.length > 0 && (isGiven || DELETED_FIRST.has(type)))
    .setHasdetaileddiff(true);
  for (const { path, forces } of changes) {
    const kind = forces === "yes" ? UPDATE_REPLACE : UPDATE;
    response
      .getDetaileddiffMap()
      .set(pathText(path), new rpc.PropertyDiff().setKind(kind).setInputdiff(true));
  }
  return response;
}

/** The names of the inputs that Check filled in. */
const filledIn = ({ __defaults: names }: Values): string[] =>
  Array.isArray(names) ? (names as string[]) : [];

/**
 * Serves the stand-in provider on a free port of 127.0.0.1.
 *
 * One server stands for every AWS provider of a program. The engine opens a connection per provider and configures it
 * first, so the connection determines the Region and the tags of a call.
 *
 * @throws if no port is free.
 */
export async function startStandInAws(options: StandInAwsOptions): Promise<StandInAws> {
  const configurations = new Map<string, Configuration>();
  const contextFor = (peer: string, mode: CloudContext["mode"]): CloudContext => {
    const configuration = configurations.get(peer);
    if (configuration === undefined) throw new Error("The AWS provider was used before it was configured.");
    const { programDir, accountId = "123456789012" } = options;
    return { mode, ...configuration, accountId, partition: partitionOf(configuration.region), programDir };
  };
  /** The created resources, for lookups. */
  const there: { readonly type: string; readonly id: string; readonly outputs: Values }[] = [];
  const made = (type: string, is: Values): Values | undefined => {
    const fits = (one: (typeof there)[number]): boolean =>
      Object.entries(is).every(([key, value]) => (key === "id" ? one.id : one.outputs[key]) === value);
    const ofType = there.filter((one) => modernType(one.type) === modernType(type));
    return Object.keys(is).length === 0 ? undefined : ofType.find(fits)?.outputs;
  };
  const around: Around = options.around ?? ((_, act) => Promise.resolve(act()));
  const modeOf = (preview: boolean): CloudContext["mode"] => (preview ? "preview" : "up");

  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, {
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),
    // The engine warns about a plugin that is older than the SDK.
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
      // Check doesn't know the mode, and its answer is the same in both.
      const context = contextFor(peer, "preview");
      const [olds, news] = [toValues(request.getOlds()), toValues(request.getNews())];
      const [type, name, urn] = [request.getType(), request.getName(), request.getUrn()];
      const { inputs, failures } = cloud.check(type, name, urn, news, context);
      const made = Object.keys(inputs).filter(
        (key) => !(key in news) && key !== "region" && key !== "tagsAll",
      );
      const kept = made.flatMap((key) => (filledIn(olds).includes(key) ? [[key, olds[key] ?? null]] : []));
      return new rpc.CheckResponse()
        .setInputs(toStruct({ ...inputs, ...(Object.fromEntries(kept) as Values), __defaults: made }))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new rpc.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: unary((request: rpc.DiffRequest, peer) => {
      const made = cloud.check(request.getType(), "a", "a", {}, contextFor(peer, "preview")).inputs;
      const named = Object.keys(made).find((key) => key !== "region" && key !== "tagsAll");
      return diffOf(request, named);
    }),
    create: unary((request: rpc.CreateRequest, peer) => {
      const refusal = options.refuses?.[request.getType()];
      if (refusal !== undefined && !request.getPreview()) throw new Error(refusal);
      const act = (): rpc.CreateResponse => {
        const { id, outputs } = cloud.create(
          request.getType(),
          request.getName(),
          request.getUrn(),
          toValues(request.getProperties()),
          contextFor(peer, modeOf(request.getPreview())),
        );
        if (!request.getPreview()) there.push({ type: request.getType(), id: String(id), outputs });
        return new rpc.CreateResponse().setId(isUnknown(id) ? "" : id).setProperties(toStruct(outputs));
      };
      return request.getPreview() ? act() : around({ op: "create", urn: request.getUrn() }, act);
    }),
    // All generated values are a function of the URN: creating the resource again gives the updated resource.
    update: unary((request: rpc.UpdateRequest, peer) => {
      const created = (preview: boolean): Values =>
        cloud.create(
          request.getType(),
          request.getName(),
          request.getUrn(),
          toValues(request.getNews()),
          contextFor(peer, modeOf(preview)),
        ).outputs;
      const act = (): rpc.UpdateResponse => {
        const [made, computed] = [created(request.getPreview()), created(true)];
        const [inputs, olds] = [toValues(request.getNews()), toValues(request.getOlds())];
        const outputs = keepComputed(request.getType(), inputs, made, computed, olds);
        return new rpc.UpdateResponse().setProperties(toStruct(outputs));
      };
      return request.getPreview()
        ? act()
        : around({ op: "update", urn: request.getUrn(), id: request.getId() }, act);
    }),
    // A read returns what exists, also in a preview: its answer has no unknown values.
    read: unary((request: rpc.ReadRequest, peer) => {
      const { id, outputs } = cloud.read(
        request.getType(),
        request.getName(),
        request.getUrn(),
        request.getId(),
        toValues(request.getProperties()),
        contextFor(peer, "up"),
      );
      // The state of an imported resource is unknown: it is read as a new one without arguments.
      const [type, name, urn] = [request.getType(), request.getName(), request.getUrn()];
      const inputs = cloud.check(type, name, urn, {}, contextFor(peer, "up")).inputs;
      return new rpc.ReadResponse()
        .setId(id)
        .setProperties(toStruct(outputs))
        .setInputs(request.getInputs() ?? toStruct({ ...inputs, __defaults: Object.keys(inputs) }));
    }),
    delete: unary((request: rpc.DeleteRequest) =>
      around({ op: "delete", urn: request.getUrn(), id: request.getId() }, () => new Empty()),
    ),
    invoke: unary((request: rpc.InvokeRequest, peer) => {
      const refusal = options.refuses?.[request.getTok()];
      if (refusal !== undefined) throw new Error(refusal);
      const context = contextFor(peer, modeOf(request.getPreview()));
      const result = cloud.invoke(
        request.getTok(),
        toValues(request.getArgs()),
        request.getPreview() ? context : { ...context, made },
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
