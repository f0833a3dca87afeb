/**
 * Runs the project's policies inside this process, through the functions that the policy SDK serves over gRPC. Mutation
 * testing activates mutants inside a process, so it can't reach a pack that runs in another process.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/server.ts`, whose declarations leave these functions out.
 */
import type { EnforcementLevel, Policies, PolicyPackArgs } from "@pulumi/policy";
import * as protoutil from "@pulumi/policy/protoutil";
import * as server from "@pulumi/policy/server";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { CATALOG } from "../../policies/catalog";
import type { Door, PackOptions } from "./pack-door";

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

/** The folders of packs that can run in process. */
const FOLDERS = [
  "policies",
  ...[
    "advises",
    "allows",
    "configurable",
    "judges-buckets",
    "reads-unknowns",
    "reads-unknowns-as-advice",
    "refuses-the-stack",
    "repeats-values",
  ].map((name) => `test/fixtures/packs/${name}`),
];

/** Whether a pack can run in process. */
export function isInProcess(directory: string): boolean {
  return FOLDERS.includes(directory);
}

/** The arguments that a pack passes to the SDK when it is loaded. */
interface Told {
  readonly name: string;
  readonly policies: Policies;
  /** The level of policies without a level of their own. */
  readonly level: EnforcementLevel;
  readonly version: string;
  readonly info: rpc.AnalyzerInfo;
}

const told = new Map<string, Told>();

/** Loads a pack once, and prevents its `new PolicyPack(…)` from starting a server. */
function load(directory: string): Told {
  const known = told.get(directory);
  if (known !== undefined) return known;
  const folder = join(ROOT, directory);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const caught: Told[] = [];
  class CaughtPack {
    constructor(name: string, { policies, enforcementLevel: level = "advisory" }: PolicyPackArgs) {
      const info = makeAnalyzerInfo(name, version, level, { policies });
      caught.push({ name, policies, level, version, info });
    }
  }
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => object };
  const { _load: real } = loader;
  loader._load = (request, ...rest) => {
    const loaded = real(request, ...rest);
    return request === "@pulumi/policy" ? { ...loaded, PolicyPack: CaughtPack } : loaded;
  };
  try {
    // Packs start their server only when they are loaded.
    require(folder);
  } finally {
    loader._load = real;
  }
  const [pack] = caught;
  if (pack === undefined) throw new Error(`${directory} makes no policy pack.`);
  told.set(directory, pack);
  return pack;
}

/**
 * Opens a connection to a pack in this process.
 *
 * @throws for a pack that can't run in process
 */
export function openInProcess({ directory }: PackOptions): Door {
  if (!isInProcess(directory))
    throw new Error(`Only ${FOLDERS.join(", ")} can run in process, not "${directory}".`);
  const { name, policies, level, version, info } = load(directory);
  let configured = policies;
  const ask = <Request, Response>(
    make: MakeHandler<Request, Response>,
    asked: Policies,
    request: Request,
  ): Promise<Response> =>
    new Promise<Response>((resolve, reject) => {
      const answer: Callback<Response> = (error, response) => (error ? reject(error) : resolve(response!));
      make(name, version, level, asked)({ request }, answer).catch(reject);
    });
  // Rules in this process remember exemptions. A rule that is skipped because of its types (`canSpeak`) would keep the
  // exemptions of another configuration or suite.
  const forget = async (): Promise<void> => {
    const nothing = new rpc.AnalyzeRequest().setType("test:index:Nothing").setProperties(new Struct());
    await ask(makeAnalyzeRpcFun, policies, nothing.setOptions(new rpc.AnalyzerResourceOptions()));
  };
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
      await forget();
      configured = policies.map((policy) => {
        const config = request.getPolicyconfigMap().get(policy.name);
        return config === undefined ? policy : configuredPolicy(policy, config);
      });
    },
    info: async () => info,
    async close() {
      configured = policies;
      await forget();
    },
  };
}

/** The only types that a policy's rule judges, for policies without settings of their own. */
const TYPES = new Map(
  CATALOG.flatMap((rule) =>
    rule.level === "resource" && rule.types !== "*" ? [[rule.id, rule.types] as const] : [],
  ),
);
/** Policies with settings in the configuration: they check their settings whatever types they judge. */
const withSettings = new WeakSet<Policies[number]>();

/**
 * False for a policy that can't find anything in a resource of this type. The SDK copies the resource for each policy
 * that it runs.
 */
function canSpeak(policy: Policies[number], type: string): boolean {
  return withSettings.has(policy) || (TYPES.get(policy.name)?.includes(type) ?? true);
}

/**
 * Gives a policy its own configuration: the SDK keeps one configuration for the whole process, which can't be reached.
 */
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
    throw new Error(`Policy ${policy.name} does not have exactly one validation function.`);
  const configured: Policies[number] = {
    ...policy,
    enforcementLevel,
    validateResource: (args, report) => validate({ ...args, getConfig }, report),
  };
  if (Object.keys(settings).length > 0) withSettings.add(configured);
  return configured;
}
