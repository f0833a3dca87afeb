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

/** Something that must not be. */
export interface Refusal {
  /** The policy that forbids it, or `the program` if that broke. */
  readonly policy: string;
  /** The resource, and the policy's text. */
  readonly message: string;
}

/**
 * How the policies are configured: as they come, but for what a stack file chooses and a policy leaves to whoever
 * configures it. A wildcard in `subjectAlternativeNames` is such a choice.
 */
const POLICIES: Readonly<Record<string, PolicySettings>> = { certificates: { allowWildcards: true } };

/** The project's policies, asked about whole deployments. */
export class Judge {
  private constructor(private readonly pack: Door) {}

  /** Opens and configures the pack, in this process. */
  static async open(): Promise<Judge> {
    const door = openInProcess({ directory: "policies" });
    await new Pack(door).configure(POLICIES);
    return new Judge(door);
  }

  /** Deploys the store of a stack file to the stand-in cloud, and judges what it asks AWS for. */
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
