import type { Cloud, Constructed } from "../cloud/types";
import type { StackConfig } from "../project/config";
import type { Values } from "../values";
import type { Finding } from "./diagnostics";
import type { ProviderRequest } from "./providers";
import type { Resource } from "./resource";

/** As many registrations at a time as the CLI allows by default on a two-core machine. */
export const PARALLEL = 16;

/** The engine's side of a policy pack: what a deployment asks of it. */
export interface Analyzer {
  /** Returns the properties after remediation, and what could not be remedied. */
  remediate(
    resource: Resource,
    provider: Resource | undefined,
  ): Promise<{ inputs: Values; findings: Finding[] }>;
  analyze(resource: Resource, provider: Resource | undefined): Promise<Finding[]>;
  analyzeStack(
    resources: readonly Resource[],
    provider: (of: Resource) => Resource | undefined,
  ): Promise<Finding[]>;
}

/** What a deployment is of. */
export interface DeploymentOptions {
  readonly mode: "preview" | "up";
  readonly project: string;
  readonly stack: string;
  readonly config: StackConfig;
  readonly cloud: Cloud;
  readonly programDir: string;
  /** Resolves when the policy packs have started. */
  readonly analyzers: Promise<readonly Analyzer[]>;
}

/** A resource that the program asks to be read. */
export interface ReadRequest
  extends Omit<ProviderRequest, "pkg">, Pick<Resource, "type" | "name" | "parent" | "id"> {
  readonly properties: Values;
  readonly dependencies: readonly string[];
  /** `URN::ID`; empty for the default one. */
  readonly provider: string;
  readonly additionalSecretOutputs: readonly string[];
}

/** A registered resource, and what the program is told of its outputs: for a remote component, more than the state. */
export interface Registered extends Constructed {
  readonly resource: Resource;
}

/** The answer to a call after the deployment has ended. */
export class ShutDown extends Error {
  constructor() {
    super("resource monitor shut down");
  }
}
