import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

import type { Cloud, Constructed } from "../cloud/types";
import type { StackConfig } from "../project/config";
import type { Values } from "../values";
import type { Finding } from "./diagnostics";
import type { ProviderRequest } from "./providers";
import type { Resource } from "./resource";

/** As many registrations at a time as the CLI allows by default on a two-core machine. */
export const PARALLEL = 16;

/** The engine's interface to a policy pack. */
export interface Analyzer {
  /** Returns the properties after remediation, and the findings that remain. */
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

/** The input of a deployment. */
export interface DeploymentOptions {
  readonly mode: "preview" | "up";
  readonly project: string;
  readonly stack: string;
  readonly config: StackConfig;
  readonly cloud: Cloud;
  readonly programDir: string;
  /** Resolves when the policy packs have started. */
  readonly analyzers: Promise<readonly Analyzer[]>;
  /** The existing stack. @default the stack doesn't exist yet */
  readonly planner?: Planner | undefined;
  /**
   * Whether providers also make up computed outputs in a preview: the stack as it looks when deployed. @default false
   */
  readonly isDeployed?: boolean;
  /** Whether an update continues after a policy refuses a resource. @default false */
  readonly goesOn?: boolean;
}

/** A resource that the program asks to be read. */
export interface ReadRequest
  extends Omit<ProviderRequest, "pkg">, Pick<Resource, "type" | "name" | "parent" | "id"> {
  readonly properties: Values;
  readonly dependencies: readonly string[];
  /** `URN::ID`; empty for the default provider. */
  readonly provider: string;
  readonly additionalSecretOutputs: readonly string[];
}

/**
 * A registered resource, and the outputs that the program receives: for a remote component, more than the state has.
 */
export interface Registered extends Constructed {
  readonly resource: Resource;
}

/** The answer to a call after the deployment has ended. */
export class ShutDown extends Error {
  constructor() {
    super("resource monitor shut down");
  }
}

/** What happens to a resource of the program in an existing stack. */
export type Operation = "create" | "import" | "same" | "update" | "replace" | "read";

/** The engine's view of the existing stack: a deployment calls these for every resource, in this order. */
export interface Planner {
  /** The resource in the state that matches this one by its URN or an alias; undefined for a new one. */
  find(resource: Resource, aliases: readonly Alias[]): Resource | undefined;
  /** The inputs for the provider's check: the old values where the program ignores changes. */
  goalOf(resource: Resource, former: Resource): Values;
  /** The checked inputs, with the names that the provider generated before. */
  keepNames(inputs: Values, goal: Values, former: Resource): Values;
  /**
   * Decides what happens to the resource.
   *
   * @param naming - returns how its name is formed, which matters only for a replacement
   */
  decide(resource: Resource, former: Resource | undefined, naming: () => Naming): Operation;
  /** The URN of its provider if that can't be called yet, because its configuration depends on a change. */
  openProviderOf(resource: Resource): string | undefined;
}

/** How a resource's name is formed. */
export interface Naming {
  /** The property that holds the generated name; undefined for types that the provider doesn't name. */
  readonly property: string | undefined;
  /** Whether the configuration always yields the same name, so that only one such resource can exist at a time. */
  readonly isFixed: boolean;
}
