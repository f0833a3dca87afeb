import type { Alias } from "@pulumi/pulumi/proto/alias_pb";

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
  /** The stack as it is. @default it doesn't exist yet */
  readonly planner?: Planner | undefined;
  /** Whether providers make up what they compute in a preview, too: the stack as it looks when deployed. @default false */
  readonly isDeployed?: boolean;
  /** Whether an update goes on when a policy refuses a resource. @default false */
  readonly goesOn?: boolean;
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

/** What becomes of a resource of the program in a stack that exists. */
export type Operation = "create" | "import" | "same" | "update" | "replace" | "read";

/** The engine's eyes for the stack as it is: what a deployment asks of it for every resource, in this order. */
export interface Planner {
  /** The resource of the state that this one is, by its URN or else an alias; undefined for a new one. */
  find(resource: Resource, aliases: readonly Alias[]): Resource | undefined;
  /** The inputs that the provider checks: as they were where the program ignores changes. */
  goalOf(resource: Resource, former: Resource): Values;
  /** The checked inputs, with the names that the provider once gave it. */
  keepNames(inputs: Values, goal: Values, former: Resource): Values;
  /**
   * Decides what becomes of it.
   *
   * @param naming - tells how its name comes about, which only a replacement depends on
   */
  decide(resource: Resource, former: Resource | undefined, naming: () => Naming): Operation;
  /** The URN of its provider, if that can't be asked yet: what it is configured with follows from what changes. */
  openProviderOf(resource: Resource): string | undefined;
}

/** How a resource's name comes about. */
export interface Naming {
  /** The property that the provider names resources of this type by; undefined for those that it doesn't name. */
  readonly property: string | undefined;
  /** Whether the stack's configuration gives each the same name again, so that there can be only one at a time. */
  readonly isFixed: boolean;
}
