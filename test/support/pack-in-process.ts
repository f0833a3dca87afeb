/**
 * The project's policies in this very process, judged by the functions that the policy SDK serves over gRPC.
 * Mutation testing switches faults on inside a process, so it cannot reach a pack that runs in another.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/server.ts`, whose declarations leave these functions out.
 */
import type { EnforcementLevel, Policies } from "@pulumi/policy";
import * as protoutil from "@pulumi/policy/protoutil";
import * as server from "@pulumi/policy/server";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policies } from "../../policies/catalog";
import type { Door, PackOptions } from "./pack";

type Callback<Response> = (error: Error | null | undefined, response?: Response) => void;
type Handler<Request, Response> = (call: { request: Request }, callback: Callback<Response>) => Promise<void>;
type MakeHandler<Request, Response> = (
  name: string,
  version: string,
  level: EnforcementLevel,
  policies: Policies,
) => Handler<Request, Response>;

const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as {
  makeAnalyzeRpcFun: MakeHandler<rpc.AnalyzeRequest, rpc.AnalyzeResponse>;
  makeAnalyzeStackRpcFun: MakeHandler<rpc.AnalyzeStackRequest, rpc.AnalyzeResponse>;
};
const { convertEnforcementLevel, makeAnalyzerInfo } = protoutil as unknown as {
  convertEnforcementLevel: (level: rpc.EnforcementLevel) => EnforcementLevel;
  makeAnalyzerInfo: (
    name: string,
    version: string,
    level: EnforcementLevel,
    args: { policies: Policies },
  ) => rpc.AnalyzerInfo;
};

/** The pack's name and level as `policies/index.ts`, which opens a server, has them. */
const NAME = "web-store";
const LEVEL = "mandatory";

/**
 * Opens the door to the project's own pack.
 *
 * @throws for any other pack
 */
export function openInProcess({ directory }: PackOptions): Door {
  if (directory !== "policies")
    throw new Error(`Only the pack in "policies" can be asked in process, not the one in "${directory}".`);
  const { version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    version: string;
  };
  let configured = policies;
  const ask = <Request, Response>(make: MakeHandler<Request, Response>, request: Request) =>
    new Promise<Response>((resolve, reject) => {
      const answer: Callback<Response> = (error, response) => (error ? reject(error) : resolve(response!));
      make(NAME, version, LEVEL, configured)({ request }, answer).catch(reject);
    });
  const analyze = (request: rpc.AnalyzeRequest) =>
    ask(makeAnalyzeRpcFun, rpc.AnalyzeRequest.deserializeBinary(request.serializeBinary()));
  return {
    pid: process.pid,
    analyze,
    analyzeStack: (request) =>
      ask(makeAnalyzeStackRpcFun, rpc.AnalyzeStackRequest.deserializeBinary(request.serializeBinary())),
    async configure(request) {
      configured = policies.map((policy) => {
        const config = request.getPolicyconfigMap().get(policy.name);
        return config === undefined ? policy : configuredPolicy(policy, config);
      });
    },
    info: async () => makeAnalyzerInfo(NAME, version, LEVEL, { policies }),
    async close() {
      // Other suites of this process share the rules, and what they remember of exemptions: it goes with the
      // configuration it came from, when the rules next run.
      configured = policies;
      const nothing = new rpc.AnalyzeRequest().setType("test:index:Nothing").setProperties(new Struct());
      await analyze(nothing.setOptions(new rpc.AnalyzerResourceOptions()));
    },
  };
}

/** A policy with a configuration of its own: the SDK keeps one for its whole process, out of reach. */
function configuredPolicy(policy: Policies[number], config: rpc.PolicyConfig): Policies[number] {
  const enforcementLevel = convertEnforcementLevel(config.getEnforcementlevel());
  const settings = config.getProperties()!.toJavaScript();
  const getConfig = <T extends object>(): T => settings as T;
  if ("validateStack" in policy) {
    return {
      ...policy,
      enforcementLevel,
      validateStack: (args, report) => policy.validateStack({ ...args, getConfig }, report),
    };
  }
  const validate = policy.validateResource;
  if (typeof validate !== "function")
    throw new Error(`Policy ${policy.name} has not one function to judge with.`);
  return {
    ...policy,
    enforcementLevel,
    validateResource: (args, report) => validate({ ...args, getConfig }, report),
  };
}
