import { messageOf } from "../errors";
import type { DeploymentOptions } from "./contracts";
import type { Finding } from "./diagnostics";
import type { Resource } from "./resource";

/** The results of the policy packs for a deployment. */
export class Verdicts {
  readonly findings: Finding[] = [];
  /** True once a mandatory policy was violated. */
  refused = false;
  /** Resolves when the packs have answered all requests so far. */
  heard: Promise<void> = Promise.resolve();

  /** @param fail - ends the deployment because a pack failed */
  constructor(
    private readonly options: Pick<DeploymentOptions, "analyzers" | "mode" | "goesOn">,
    private readonly fail: (message: string) => void,
  ) {}

  /**
   * Lets the packs remedy and judge a resource.
   *
   * @returns whether the deployment continues
   */
  async judge(resource: Resource, provider: Resource | undefined): Promise<boolean> {
    const { mode, goesOn } = this.options;
    const analyzers = await this.options.analyzers;
    for (const analyzer of analyzers) {
      const { inputs, findings } = await analyzer.remediate(resource, provider);
      resource.inputs = inputs;
      this.report(findings);
    }
    const asked = analyzers.map((analyzer) => analyzer.analyze(resource, provider));
    if (mode === "preview") {
      this.hearLater(asked);
      return true;
    }
    const before = this.refused;
    for (const answer of asked) this.report(await answer);
    return !this.refused || before || goesOn === true;
  }

  /**
   * Lets the packs judge a resource once more, because it has other inputs than those they judged. Findings that they
   * reported before aren't repeated.
   *
   * @returns whether the deployment continues
   */
  async judgeAgain(resource: Resource, provider: Resource | undefined): Promise<boolean> {
    await this.heard;
    const before = this.refused;
    const isNew = ({ policy, pack, urn, message }: Finding): boolean =>
      !this.findings.some(
        (one) => one.policy === policy && one.pack === pack && one.urn === urn && one.message === message,
      );
    for (const analyzer of await this.options.analyzers)
      this.report((await analyzer.analyze(resource, provider)).filter(isNew));
    const { mode, goesOn } = this.options;
    return mode === "preview" || !this.refused || before || goesOn === true;
  }

  /** Lets the packs judge the whole stack. */
  async judgeStack(
    resources: readonly Resource[],
    providerOf: (resource: Resource) => Resource | undefined,
  ): Promise<void> {
    for (const analyzer of await this.options.analyzers)
      this.report(await analyzer.analyzeStack(resources, providerOf));
  }

  /**
   * In a preview no finding stops the program, so it doesn't wait for the answers. They are still reported in order.
   */
  private hearLater(asked: readonly Promise<readonly Finding[]>[]): void {
    for (const answer of asked) answer.catch(() => undefined); // Handled below, in order.
    this.heard = this.heard.then(async () => {
      try {
        for (const answer of asked) this.report(await answer);
      } catch (error) {
        this.fail(messageOf(error));
      }
    });
  }

  private report(findings: readonly Finding[]): void {
    this.findings.push(...findings);
    if (findings.some(({ level }) => level === "mandatory")) this.refused = true;
  }
}
