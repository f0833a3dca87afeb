import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { CliError, run } from "../cli/command";

interface Colour {
  readonly colour: string;
  readonly weight: number;
  readonly targetGroupArn: string;
}

/**
 * The instances behind a stack's load balancer, by the stack's outputs and by AWS, with the weights of its release: a
 * colour's weight is divided among its healthy instances.
 *
 * @param application - another application, whose instances have equal weights; undefined for the store itself
 * @throws CliError if Pulumi or AWS doesn't answer, or no instance is healthy
 */
export async function weightsOfStack(
  stack: string,
  application?: string,
): Promise<ReadonlyMap<string, number>> {
  const colours = (await coloursOf(stack, application)).filter(({ weight }) => weight > 0);
  const weights = new Map<string, number>();
  for (const { colour, weight, targetGroupArn } of colours) {
    const [, , , region = ""] = targetGroupArn.split(":");
    const client = new ElasticLoadBalancingV2Client({ region });
    const { TargetHealthDescriptions = [] } = await client
      .send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        throw new CliError(
          `AWS doesn't return the targets of ${targetGroupArn}: ${reason}. Sign in (aws sso login)`,
        );
      });
    const healthy = TargetHealthDescriptions.filter(
      ({ TargetHealth }) => TargetHealth?.State === "healthy",
    ).flatMap(({ Target }) => (Target?.Id === undefined ? [] : [Target.Id]));
    if (healthy.length === 0)
      throw new CliError(
        `no healthy instance in ${colour} of ${stack}, which should get ${weight} of the weight`,
      );
    for (const id of healthy) weights.set(id, weight / healthy.length);
  }
  if (weights.size === 0) throw new CliError(`the release of stack ${stack} gives no colour any weight`);
  return weights;
}

interface Outputs {
  readonly release?: { readonly colours?: readonly Colour[] };
  readonly applications?: Readonly<Record<string, { readonly targetGroupArn: string }>>;
}

async function coloursOf(stack: string, application: string | undefined): Promise<readonly Colour[]> {
  const args = ["stack", "output", "--json", "--stack", stack];
  const { status, stdout, stderr } = await run("pulumi", args).catch((error: CliError) => {
    throw new CliError(`--stack needs the Pulumi CLI (${error.message}); or name the backends with --expect`);
  });
  if (status !== 0) throw new CliError(`pulumi stack output --stack ${stack} failed: ${stderr.trim()}`);
  try {
    const { release, applications = {} } = JSON.parse(stdout) as Outputs;
    if (application !== undefined) return [applicationIn(applications, application, stack)];
    if (release?.colours) return release.colours;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw new CliError(
    `stack ${stack} has no output release.colours: is it one of this project, and deployed?`,
  );
}

function applicationIn(
  applications: NonNullable<Outputs["applications"]>,
  application: string,
  stack: string,
): Colour {
  const found = Object.hasOwn(applications, application) ? applications[application] : undefined;
  if (found !== undefined)
    return { colour: `application ${application}`, weight: 1, targetGroupArn: found.targetGroupArn };
  const names = Object.keys(applications);
  throw new CliError(
    `stack ${stack} has no application ${application}: ${names.length === 0 ? "it has none beside the store's own" : `it has ${names.join(", ")}`}`,
  );
}
