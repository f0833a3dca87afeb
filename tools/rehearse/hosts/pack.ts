import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  type AnalyzeResponse,
  AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig as PolicyConfigMessage,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Analyzer } from "../engine/contracts";
import type { Finding } from "../engine/diagnostics";
import { forPack } from "../engine/marshal";
import type { Resource } from "../engine/resource";
import { ORGANIZATION } from "../engine/server";
import { RehearsalError, UsageError } from "../errors";
import type { StackConfig } from "../project/config";
import {
  checkPackConfig,
  type Level,
  type PolicyConfig,
  type PolicyInfo,
  reconcile,
} from "../project/pack-config";
import { readRuntime } from "../project/project";
import { readYaml } from "../project/yaml-file";
import type { Values } from "../values";
import { ManagedChild } from "./child";
import { locateSdkScript, PRELOAD, within } from "./locate";
import { analyzeRequest, stackResource } from "./pack-messages";

/** A policy pack's folder and its settings, read before anything is started. */
export interface PackFiles {
  /** As the user named it, for messages. */
  readonly label: string;
  readonly dir: string;
  /** Overrides package.json's version; empty if PulumiPolicy.yaml has none. */
  readonly version: string;
  readonly config: ReadonlyMap<string, PolicyConfig>;
}

/**
 * Reads a pack's PulumiPolicy.yaml.
 * @throws UsageError if it is no Node.js policy pack.
 */
export function readPack(label: string, dir: string, config: ReadonlyMap<string, PolicyConfig>): PackFiles {
  const file = join(dir, "PulumiPolicy.yaml");
  if (!existsSync(file)) throw new UsageError(`no policy pack in ${dir}: it has no PulumiPolicy.yaml`);
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
  /** When the pack has to be done, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly onOutput: (line: string) => void;
}

const LEVEL: Record<EnforcementLevel, Level> = {
  [EnforcementLevel.ADVISORY]: "advisory",
  [EnforcementLevel.MANDATORY]: "mandatory",
  [EnforcementLevel.DISABLED]: "disabled",
  [EnforcementLevel.REMEDIATE]: "remediate",
};

const LEVEL_MESSAGE: Record<Level, EnforcementLevel> = {
  advisory: EnforcementLevel.ADVISORY,
  mandatory: EnforcementLevel.MANDATORY,
  disabled: EnforcementLevel.DISABLED,
  remediate: EnforcementLevel.REMEDIATE,
};

/** How the policy SDK reports a rule that read an unknown value. */
const CAN_NOT_RUN = /^can't run (policy|remediation) /m;

/** A policy pack in a process of its own, as the engine hosts it. */
export class PolicyPack implements Analyzer {
  name = "";
  version = "";
  /** With the levels in force. */
  policies: readonly PolicyInfo[] = [];
  /** The levels in force, by policy. */
  private levels = new Map<string, Level>();

  private constructor(
    private readonly files: PackFiles,
    private readonly run: PackRun,
    private readonly child: ManagedChild,
    private readonly client: AnalyzerClient,
  ) {}

  /**
   * Starts a pack by the SDK's `cmd/run-policy-pack` and configures it.
   * Source: pulumi/pulumi `pkg/resource/plugin/analyzer_plugin.go`.
   * @throws RehearsalError if it doesn't start, is badly configured, or would judge nothing.
   */
  static async start(files: PackFiles, run: PackRun): Promise<PolicyPack> {
    const script = locateSdkScript(files.dir, "run-policy-pack");
    const errors: string[] = [];
    let announce: (port: string) => void;
    const announced = new Promise<string>((done) => (announce = done));
    let first = true;
    const child = new ManagedChild({
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
    try {
      const exited = child.exited.then((status) => {
        throw new RehearsalError(
          `policy pack ${files.label} ended with status ${status} before it had started`,
          {
            cause: errors.join("\n"),
          },
        );
      });
      const port = await within(
        run.deadline - Date.now(),
        Promise.race([announced, exited]),
        () => new RehearsalError(`policy pack ${files.label} did not start in time and was stopped`),
      );
      if (!/^\d+$/.test(port)) {
        throw new RehearsalError(
          `policy pack ${files.label} printed ${JSON.stringify(port)} where its port was due`,
        );
      }
      const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
      });
      const pack = new PolicyPack(files, run, child, client);
      await pack.configure();
      return pack;
    } catch (error) {
      child.kill();
      throw error;
    }
  }

  stop(): void {
    this.client.close();
    this.child.kill();
  }

  async remediate(
    resource: Resource,
    provider: Resource | undefined,
  ): Promise<{ inputs: Values; findings: Finding[] }> {
    // The SDK lets no policy of another level remediate.
    if (![...this.levels.values()].includes("remediate")) return { inputs: resource.inputs, findings: [] };
    const request = analyzeRequest(resource, resource.inputs, provider);
    const response = await this.call<RemediateResponse>(
      `${resource.type} ${resource.name}`,
      (metadata, options, done) => this.client.remediate(request, metadata, options, done),
    );
    let { inputs } = resource;
    const findings: Finding[] = [];
    for (const remediation of response.getRemediationsList()) {
      const policy = remediation.getPolicyname();
      const message = remediation.getDiagnostic();
      if (message !== "") findings.push(this.finding(policy, "advisory", resource.urn, message));
      else inputs = remediation.getProperties()?.toJavaScript() ?? {};
    }
    return { inputs, findings };
  }

  async analyze(resource: Resource, provider: Resource | undefined): Promise<Finding[]> {
    const request = analyzeRequest(resource, forPack(resource.inputs), provider);
    const response = await this.call<AnalyzeResponse>(
      `${resource.type} ${resource.name}`,
      (metadata, options, done) => this.client.analyze(request, metadata, options, done),
    );
    return response
      .getDiagnosticsList()
      .map((diagnostic) => this.fromDiagnostic(diagnostic, () => resource.urn));
  }

  async analyzeStack(
    resources: readonly Resource[],
    providerOf: (resource: Resource) => Resource | undefined,
  ): Promise<Finding[]> {
    const managed = resources.filter(({ external }) => !external);
    const urns = new Set(managed.map(({ urn }) => urn));
    const root = managed.find(({ parent, custom }) => parent === "" && !custom)?.urn ?? "";
    const request = new AnalyzeStackRequest().setResourcesList(
      managed.map((resource) => stackResource(resource, providerOf(resource))),
    );
    const response = await this.call<AnalyzeResponse>("the whole stack", (metadata, options, done) =>
      this.client.analyzeStack(request, metadata, options, done),
    );
    return response
      .getDiagnosticsList()
      .map((diagnostic) => this.fromDiagnostic(diagnostic, (urn) => (urns.has(urn) ? urn : root)));
  }

  private async configure(): Promise<void> {
    const { project, stack, config, mode } = this.run;
    const greeting = new AnalyzerHandshakeRequest()
      .setEngineAddress(this.run.engine)
      .setRootDirectory(this.files.dir)
      .setProgramDirectory(this.files.dir);
    await this.optionalCall("the handshake", (metadata, options, done) =>
      this.client.handshake(greeting, metadata, options, done),
    );
    const forStack = new AnalyzerStackConfigureRequest()
      .setStack(stack)
      .setProject(project)
      .setOrganization(ORGANIZATION)
      .setDryRun(mode === "preview")
      .setConfigSecretKeysList(config.secretKeys());
    for (const [key, value] of config.entries()) forStack.getConfigMap().set(key, value);
    await this.optionalCall("its stack", (metadata, options, done) =>
      this.client.configureStack(forStack, metadata, options, done),
    );

    const info = await this.call<AnalyzerInfo>("its description", (metadata, options, done) =>
      this.client.getAnalyzerInfo(new Empty(), metadata, options, done),
    );
    this.name = info.getName();
    this.version = this.files.version || info.getVersion();
    const policies = info.getPoliciesList().map((policy): PolicyInfo => {
      const schema = policy.getConfigschema();
      return {
        name: policy.getName(),
        level: LEVEL[policy.getEnforcementlevel()],
        title: policy.getDisplayname(),
        description: policy.getDescription(),
        remedy: policy.getRemediationSteps(),
        url: policy.getUrl(),
        properties: schema?.getProperties()?.toJavaScript() ?? {},
        required: schema?.getRequiredList() ?? [],
      };
    });
    const initial = new Map<string, PolicyConfig>();
    info.getInitialconfigMap().forEach((given, policy) => {
      const properties = given.getProperties()?.toJavaScript() ?? {};
      initial.set(policy, { level: LEVEL[given.getEnforcementlevel()], properties });
    });
    const effective = reconcile(policies, [initial, this.files.config]);
    await checkPackConfig(this.files.label, policies, effective);
    for (const [policy, { level }] of effective) this.levels.set(policy, level);
    this.policies = policies.map((policy) => ({
      ...policy,
      level: this.levels.get(policy.name) ?? policy.level,
    }));

    const request = new ConfigureAnalyzerRequest();
    for (const [policy, { level, properties }] of effective) {
      const message = new PolicyConfigMessage()
        .setEnforcementlevel(LEVEL_MESSAGE[level])
        .setProperties(Struct.fromJavaScript(properties));
      request.getPolicyconfigMap().set(policy, message);
    }
    if (!info.getSupportsconfig() || policies.length === 0) return;
    await this.call<Empty>("its configuration", (metadata, options, done) =>
      this.client.configure(request, metadata, options, done),
    );
  }

  private fromDiagnostic(diagnostic: AnalyzeDiagnostic, resolveUrn: (urn: string) => string): Finding {
    const policy = diagnostic.getPolicyname();
    const message = diagnostic.getMessage();
    const level = LEVEL[diagnostic.getEnforcementlevel()];
    // The SDK calls a rule that couldn't run advisory. If it is there to refuse, not having run is a refusal.
    const meant = CAN_NOT_RUN.test(message) ? (this.levels.get(policy) ?? level) : level;
    return this.finding(
      policy,
      meant === "advisory" ? "advisory" : "mandatory",
      resolveUrn(diagnostic.getUrn()),
      message,
    );
  }

  private finding(policy: string, level: Finding["level"], urn: string, message: string): Finding {
    return { pack: this.name, policy, level, urn, message };
  }

  /** One call of the pack; it has to answer in time. */
  private async call<Response>(about: string, send: Send<Response>): Promise<Response> {
    return new Promise((resolve, reject) => {
      send(new grpc.Metadata(), { deadline: this.run.deadline }, (error, response) => {
        if (!error) resolve(response);
        else if (error.code === grpc.status.DEADLINE_EXCEEDED) {
          reject(
            new RehearsalError(
              `policy pack ${this.files.label} gave no answer about ${about} in time and was stopped. ` +
                "If it only needs longer, give it more with --timeout SECONDS",
            ),
          );
        } else {
          const reason = new RehearsalError(
            `policy pack ${this.files.label} failed on ${about}: ${error.details}`,
          );
          reject(Object.assign(reason, { code: error.code }));
        }
      });
    });
  }

  /** A call that old packs don't know. */
  private async optionalCall<Response>(about: string, send: Send<Response>): Promise<void> {
    try {
      await this.call(about, send);
    } catch (error) {
      if ((error as { code?: grpc.status }).code !== grpc.status.UNIMPLEMENTED) throw error;
    }
  }
}

type Send<Response> = (
  metadata: grpc.Metadata,
  options: Partial<grpc.CallOptions>,
  done: (error: grpc.ServiceError | null, response: Response) => void,
) => unknown;
