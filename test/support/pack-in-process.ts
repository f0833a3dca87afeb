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
import { CATALOG, policies as OWN } from "../../policies/catalog";
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
const ROOT = join(__dirname, "..", "..");

const { convertEnforcementLevel, makeAnalyzerInfo } = protoutil as unknown as {
  convertEnforcementLevel: (level: rpc.EnforcementLevel) => EnforcementLevel;
  makeAnalyzerInfo: (
    name: string,
    version: string,
    level: EnforcementLevel,
    args: { policies: Policies },
  ) => rpc.AnalyzerInfo;
};

/** What `policies/index.ts` and `test/fixtures/packs/allows` tell the SDK, which opens a server. */
const PACKS: Readonly<Record<string, { readonly name: string; readonly policies: Policies }>> = {
  policies: { name: "web-store", policies: OWN },
  "test/fixtures/packs/allows": {
    name: "allows",
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a pack in JavaScript, without types
    policies: (require("../fixtures/packs/allows/pack") as { readonly policies: Policies }).policies,
  },
};

/** The level of policies that have none of their own. */
const LEVEL = "mandatory";

/** Whether a pack can be asked in process. */
export function isInProcess(directory: string): boolean {
  return directory in PACKS;
}

/**
 * Opens the door to the project's own pack, or to the one that allows everything.
 *
 * @throws for any other pack
 */
export function openInProcess({ directory }: PackOptions): Door {
  const pack = PACKS[directory];
  if (pack === undefined)
    throw new Error(
      `No other pack than ${Object.keys(PACKS).join(", ")} can be asked in process, not "${directory}".`,
    );
  const { name, policies } = pack;
  const { version } = JSON.parse(readFileSync(join(ROOT, directory, "package.json"), "utf8")) as {
    version: string;
  };
  let configured = policies;
  const ask = <Request, Response>(
    make: MakeHandler<Request, Response>,
    asked: Policies,
    request: Request,
  ): Promise<Response> =>
    new Promise<Response>((resolve, reject) => {
      const answer: Callback<Response> = (error, response) => (error ? reject(error) : resolve(response!));
      make(name, version, LEVEL, asked)({ request }, answer).catch(reject);
    });
  return {
    pid: process.pid,
    analyze: (request) =>
      ask(
        makeAnalyzeRpcFun,
        configured.filter((policy) => canSpeak(policy, request.getType())),
        request,
      ),
    analyzeStack: (request) => ask(makeAnalyzeStackRpcFun, configured, request),
    async configure(request) {
      configured = policies.map((policy) => {
        const config = request.getPolicyconfigMap().get(policy.name);
        return config === undefined ? policy : configuredPolicy(policy, config);
      });
    },
    info: async () => makeAnalyzerInfo(name, version, LEVEL, { policies }),
    async close() {
      // Other suites of this process share the rules, and what they remember of exemptions: it goes with the
      // configuration it came from, when the rules next run.
      configured = policies;
      const nothing = new rpc.AnalyzeRequest().setType("test:index:Nothing").setProperties(new Struct());
      await ask(makeAnalyzeRpcFun, policies, nothing.setOptions(new rpc.AnalyzerResourceOptions()));
    },
  };
}

/** By policy without settings of its own: the only types that its rule judges. */
const TYPES = new Map(
  CATALOG.flatMap((rule) =>
    rule.level === "resource" && rule.types !== "*" ? [[rule.id, rule.types] as const] : [],
  ),
);
/** Policies that a configuration gives settings: they check them whatever they judge. */
const withSettings = new WeakSet<Policies[number]>();

/** False for a policy that would find nothing in a resource of a type: the SDK copies the resource for each it asks. */
function canSpeak(policy: Policies[number], type: string): boolean {
  return withSettings.has(policy) || (TYPES.get(policy.name)?.includes(type) ?? true);
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
  const configured: Policies[number] = {
    ...policy,
    enforcementLevel,
    validateResource: (args, report) => validate({ ...args, getConfig }, report),
  };
  if (Object.keys(settings).length > 0) withSettings.add(configured);
  return configured;
}
