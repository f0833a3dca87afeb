import * as grpc from "@grpc/grpc-js";
import { type AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  type AnalyzeResponse,
  AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  AnalyzerStackConfigureRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig as PolicyConfigMessage,
  PolicySeverity,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { STACK_REFERENCE } from "../cloud/types";
import type { Analyzer } from "../engine/contracts";
import { exemptionIn, type Finding } from "../engine/diagnostics";
import { forPack } from "../engine/marshal";
import type { Resource } from "../engine/resource";
import {
  checkPackConfig,
  type Level,
  type PolicyConfig,
  type PolicyInfo,
  reconcile,
} from "../project/pack-config";
import { ORGANIZATION } from "../project/project";
import { isUnknown, type Values } from "../values";
import { failureOf } from "./pack-failures";
import { analyzeRequest, stackRequest } from "./pack-messages";
import type { StartedPack } from "./pack-process";

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

const SEVERITY: Record<PolicySeverity, PolicyInfo["severity"]> = {
  [PolicySeverity.POLICY_SEVERITY_UNSPECIFIED]: undefined,
  [PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

/** How the policy SDK reports a rule that read an unknown value. */
const CAN_NOT_RUN = /^can't run (policy|remediation) /m;

/** A policy pack in a process of its own, as the engine hosts it. */
export class PolicyPack implements Analyzer {
  name = "";
  version = "";
  /** With their effective levels. */
  policies: readonly PolicyInfo[] = [];
  /** The effective levels, by policy. */
  private levels = new Map<string, Level>();

  private constructor(
    private readonly process: StartedPack,
    private readonly client: AnalyzerClient,
  ) {}

  /**
   * Waits until a pack's process has started, and configures it.
   * Source: pulumi/pulumi `pkg/resource/plugin/analyzer_plugin.go`.
   * @throws RehearsalError if it doesn't start, is badly configured, or would judge nothing.
   */
  static async configured(process: StartedPack): Promise<PolicyPack> {
    try {
      const pack = new PolicyPack(process, await process.connect());
      await pack.configure();
      return pack;
    } catch (error) {
      process.kill();
      throw error;
    }
  }

  stop(): void {
    this.client.close();
    this.process.kill();
  }

  async remediate(
    resource: Resource,
    provider: Resource | undefined,
  ): Promise<{ inputs: Values; findings: Finding[] }> {
    // The SDK only runs a remediation for a policy of this level.
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
    const managed = resources.filter((one) => !one.external || isUnanswered(one));
    const urns = new Set(managed.map(({ urn }) => urn));
    const root = managed.find(({ parent, custom }) => parent === "" && !custom)?.urn ?? "";
    const request = stackRequest(managed, providerOf);
    const { path, responseDeserialize } = AnalyzerService.analyzeStack;
    const response = await this.call<AnalyzeResponse>("the whole stack", (metadata, options, done) =>
      this.client.makeUnaryRequest(
        path,
        (encoded: Buffer) => encoded,
        responseDeserialize,
        request,
        metadata,
        options,
        (error, response) => done(error, response!),
      ),
    );
    return response
      .getDiagnosticsList()
      .map((diagnostic) => this.fromDiagnostic(diagnostic, (urn) => (urns.has(urn) ? urn : root)));
  }

  private async configure(): Promise<void> {
    const { files, run } = this.process;
    const { project, stack, config, mode, engine } = run;
    const greeting = new AnalyzerHandshakeRequest()
      .setEngineAddress(engine)
      .setRootDirectory(files.dir)
      .setProgramDirectory(files.dir);
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
    this.version = files.version || info.getVersion();
    const policies = info.getPoliciesList().map((policy): PolicyInfo => {
      const schema = policy.getConfigschema();
      return {
        name: policy.getName(),
        level: LEVEL[policy.getEnforcementlevel()],
        title: policy.getDisplayname(),
        description: policy.getDescription(),
        remedy: policy.getRemediationSteps(),
        url: policy.getUrl(),
        severity: SEVERITY[policy.getSeverity()],
        framework: policy.getFramework()?.toObject(),
        properties: schema?.getProperties()?.toJavaScript() ?? {},
        required: schema?.getRequiredList() ?? [],
      };
    });
    const initial = new Map<string, PolicyConfig>();
    info.getInitialconfigMap().forEach((given, policy) => {
      const properties = given.getProperties()?.toJavaScript() ?? {};
      initial.set(policy, { level: LEVEL[given.getEnforcementlevel()], properties });
    });
    const effective = reconcile(policies, [initial, files.config]);
    checkPackConfig(files, policies, effective);
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
    // The SDK reports a policy that couldn't run as advisory. A mandatory policy that didn't run is a refusal.
    const meant = CAN_NOT_RUN.test(message) ? (this.levels.get(policy) ?? level) : level;
    return this.finding(
      policy,
      meant === "advisory" ? "advisory" : "mandatory",
      resolveUrn(diagnostic.getUrn()),
      message,
    );
  }

  private finding(policy: string, level: Finding["level"], urn: string, message: string): Finding {
    const exemption = level === "advisory" ? exemptionIn(message) : undefined;
    return {
      pack: this.name,
      policy,
      level,
      urn,
      message,
      ...(exemption === undefined ? {} : { exemption }),
    };
  }

  /** Makes one call of the pack, with a time limit. */
  private async call<Response>(about: string, send: Send<Response>): Promise<Response> {
    return new Promise((resolve, reject) => {
      send(new grpc.Metadata(), { deadline: this.process.run.deadline() }, (error, response) => {
        if (!error) resolve(response);
        else void failureOf(this.process, about, error).then(reject);
      });
    });
  }

  /** Makes a call that old packs don't support. */
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

/**
 * Whether a stack reference has no answer. The engine doesn't show packs references that are only read, and knows
 * their outputs; here a pack can see that an unknown value comes from another stack.
 */
function isUnanswered({ type, outputs }: Resource): boolean {
  return type === STACK_REFERENCE && isUnknown(outputs["outputs"]);
}
