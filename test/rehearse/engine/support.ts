/** An engine with a small cloud, called with the messages that an SDK sends. */
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import * as rpc from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { UnansweredInvoke } from "../../../packages/rehearse/cloud";
import type { Cloud } from "../../../packages/rehearse/cloud/types";
import type { DeploymentOptions } from "../../../packages/rehearse/engine/contracts";
import { Deployment } from "../../../packages/rehearse/engine/deployment";
import type { Resource } from "../../../packages/rehearse/engine/resource";
import { EngineServer } from "../../../packages/rehearse/engine/server";
import type { StackConfig } from "../../../packages/rehearse/project/config";
import { UNKNOWN, type Values } from "../../../packages/rehearse/values";

export const BUCKET = "aws:s3/bucket:Bucket";
export const BOX = "shop:index:Box";

/** Whether a resource is the first or its replacement, by the seed of its names. */
const which = (seed: string): string => (seed.endsWith(" (replacement)") ? "second" : "first");

/** Generates names and an ARN, and answers `aws:f` with its arguments and Region, and no other function. */
export const CLOUD: Cloud = {
  check: (_type, name, seed, inputs, { region, naming }) => ({
    inputs: {
      bucket: naming && "name" in naming ? naming.name : `${name}-${which(seed)}`,
      ...inputs,
      region,
    },
    failures: Object.keys(inputs)
      .filter((key) => key.startsWith("bad"))
      .map((key) => ({ property: key === "bad" ? "" : key, reason: "it is bad" })),
  }),
  create: (_type, name, seed, inputs, { mode }) => {
    const id = mode === "up" ? `${name}-id-${which(seed)}` : UNKNOWN;
    return { id, outputs: { ...inputs, arn: mode === "up" ? `arn:${id}` : UNKNOWN } };
  },
  read: (_type, _name, _urn, id, state) => ({ id, outputs: { ...state, arn: `arn:${id}` } }),
  invoke: (token, args, { region, made }) => {
    if (token === "aws:made") return { found: made?.(BUCKET, args) ?? null };
    if (token !== "aws:f") throw new UnansweredInvoke(token, args, {});
    return { ...args, region };
  },
  outputsOf: (_type, _urn, _context, refer) => ({
    bucket: refer(BUCKET, "made"),
    own: refer("pulumi:providers:aws", "own"),
  }),
  methodResult: (token, urn, { region }) => ({ token, urn, region }),
  constructs: {},
  awsVersionOf: () => "",
};

/** A stack's configuration with a Region, in which `tls` has no default provider. */
export const CONFIG = {
  get: (key: string) => (key === "aws:region" ? "eu-west-1" : undefined),
  entries: () => [["aws:region", "eu-west-1"]],
  secretKeys: () => ["shop:token"],
  all: () => ({ "aws:region": "eu-west-1" }),
  ofPackage: (pkg: string) => (pkg === "aws" ? { region: "eu-west-1" } : {}),
  engine: { deniesDefaultProvider: (pkg: string) => pkg === "tls", naming: () => undefined },
} as unknown as StackConfig;

/** A service's error. */
export interface Failure extends Error {
  readonly code: number;
  readonly details: string;
}

type Handler = (call: { request: unknown }, done: (error: Failure | null, answer: unknown) => void) => void;
type Answers<Service> = {
  [Method in keyof Service]: Service[Method] extends (call: never, done: infer Done) => void
    ? Done extends (error: null, answer?: infer Answer) => void
      ? NonNullable<Answer>
      : never
    : never;
};

/** An engine that a program calls. */
export class Engine {
  readonly deployment: Deployment;
  readonly server: EngineServer;

  constructor(options: Partial<DeploymentOptions> = {}) {
    this.deployment = new Deployment({
      mode: "preview",
      project: "shop",
      stack: "dev",
      config: CONFIG,
      cloud: CLOUD,
      programDir: __dirname,
      analyzers: Promise.resolve([]),
      ...options,
    });
    this.server = new EngineServer(this.deployment);
  }

  /** Calls a method; rejects with the service's error. */
  ask<Method extends keyof Answers<IResourceMonitorServer> & string>(
    method: Method,
    request: unknown,
  ): Promise<Answers<IResourceMonitorServer>[Method]> {
    const handlers = this.server.monitor() as unknown as Record<string, Handler>;
    return new Promise((resolve, reject) =>
      handlers[method]!({ request }, (error, answer) =>
        error === null ? resolve(answer) : reject(Object.assign(new Error(error.details), error)),
      ),
    );
  }

  /** Registers a resource, by default a bucket, and returns the engine's record of it. */
  async register(
    name: string,
    properties: Values = {},
    change: (request: RegisterResourceRequest) => unknown = () => undefined,
  ): Promise<Resource> {
    const request = new rpc.RegisterResourceRequest()
      .setType(BUCKET)
      .setName(name)
      .setCustom(true)
      .setAcceptsecrets(true)
      .setAliasspecs(true)
      .setObject(Struct.fromJavaScript(properties));
    change(request);
    return this.resource((await this.ask("registerResource", request)).getUrn());
  }

  resource(urn: string): Resource {
    const found = this.deployment.resources.get(urn);
    if (found === undefined) throw new Error(`no ${urn}`);
    return found;
  }

  /** Invokes a function of a provider; returns undefined if its result is unknown. */
  async invoke(
    token: string,
    args: Values,
    change: (request: rpc.ResourceInvokeRequest) => unknown = () => undefined,
  ): Promise<Values | undefined> {
    const request = new rpc.ResourceInvokeRequest().setTok(token).setArgs(Struct.fromJavaScript(args));
    change(request);
    const answer = await this.ask("invoke", request);
    return answer.getUnknown() ? undefined : answer.getReturn()?.toJavaScript();
  }

  /** The engine's messages, one per line. */
  get said(): string[] {
    return this.deployment.diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
  }
}
