import {
  AnalyzeStackRequest,
  type AnalyzeResponse,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";

import type { Deployment } from "../../../packages/rehearse/engine/deployment";
import { forPack } from "../../../packages/rehearse/engine/marshal";
import { analyzeRequest, stackResource } from "../../../packages/rehearse/hosts/pack-messages";
import { Pack, type PolicySettings } from "../../support/pack";
import type { Door } from "../../support/pack-door";
import { openInProcess } from "../../support/pack-in-process";
import { rehearseStore } from "../../support/rehearse-in-process";
import type { Config } from "../../support/stack-files-arbitrary";

/** A finding that must not occur. */
export interface Refusal {
  /** The policy that forbids it, or `the program` if the program failed. */
  readonly policy: string;
  /** The resource and the policy's text. */
  readonly message: string;
}

/**
 * The configuration of the policies: the defaults, except for choices of a stack file that a policy leaves to its
 * configuration, such as a wildcard in `subjectAlternativeNames`.
 */
const POLICIES: Readonly<Record<string, PolicySettings>> = { certificates: { allowWildcards: true } };

/** Runs the project's policies on whole deployments. */
export class Judge {
  private constructor(private readonly pack: Door) {}

  /** Loads and configures the pack in this process. */
  static async open(): Promise<Judge> {
    const door = openInProcess({ directory: "policies" });
    await new Pack(door).configure(POLICIES);
    return new Judge(door);
  }

  /** Deploys a store to the stand-in cloud from a stack file, and judges its resources. */
  async judge(config: Config): Promise<{ requests: number; refusals: Refusal[] }> {
    let deployment: Deployment;
    try {
      deployment = await rehearseStore(config);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { requests: 0, refusals: [{ policy: "the program", message }] };
    }
    const resources = [...deployment.resources.values()];
    const managed = resources.filter(({ type, custom }) => custom && !type.startsWith("pulumi:"));
    const answers: AnalyzeResponse[] = [];
    for (const resource of resources) {
      const provider = deployment.providerOf(resource);
      answers.push(await this.pack.analyze(analyzeRequest(resource, forPack(resource.inputs), provider)));
    }
    const all = resources.map((resource) => stackResource(resource, deployment.providerOf(resource)));
    answers.push(await this.pack.analyzeStack(new AnalyzeStackRequest().setResourcesList(all)));
    const refusals = answers.flatMap((answer, index) =>
      answer
        .getDiagnosticsList()
        .filter((found) => found.getEnforcementlevel() === EnforcementLevel.MANDATORY)
        .map((found) => ({
          policy: found.getPolicyname(),
          message: `${found.getUrn() || (resources[index]?.urn ?? "the stack")}\n${found.getMessage()}`,
        })),
    );
    return { requests: managed.length, refusals };
  }
}
