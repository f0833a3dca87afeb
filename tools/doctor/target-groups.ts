import { CliError, run } from "../cli/command";
import { aws, type Context, groupIn, ownTags, regionOf } from "./check";

/** The relevant data about a target group; those of Lambda functions have no protocol and no VPC. */
interface TargetGroup {
  readonly TargetType: string;
  readonly Protocol?: string;
  readonly VpcId?: string;
  readonly HealthCheckEnabled: boolean;
  readonly LoadBalancerArns: readonly string[];
}

/**
 * Checks whether the load balancer can forward to the target groups of the routes, and whether they have health
 * checks. The program only sees their ARNs.
 *
 * @throws CliError with all faults
 */
export async function targetGroups(context: Context): Promise<string> {
  const named = Object.entries(groupIn(context.config, "routes")).flatMap(([route, settings]) => {
    const { targetGroupArn } = settings as { readonly targetGroupArn?: string };
    return targetGroupArn === undefined ? [] : [{ route, arn: targetGroupArn }];
  });
  if (named.length === 0) return "the stack creates its own";
  const vpcId = await ownVpc(context);
  const faults: string[] = [];
  for (const { route, arn } of named) {
    const group = await find(context, arn);
    const wrong =
      group === undefined ? ["isn't in this account and Region"] : await misfits(context, group, vpcId);
    faults.push(...wrong.map((text) => `routes.${route}: ${arn} ${text}`));
  }
  if (faults.length > 0)
    throw new CliError(`${faults.join("\n")}\nremedy: name a suitable target group, or fix this one`);
  return `${named.length} from elsewhere, with health checks and without another load balancer`;
}

/** The load balancer's VPC; undefined before the stack has created it. */
async function ownVpc({ config, stack }: Context): Promise<string | undefined> {
  const existing = groupIn(config, "network")["existing"] as { readonly vpcId: string } | undefined;
  if (existing !== undefined) return existing.vpcId;
  const filters = Object.entries(ownTags(stack)).map(([key, value]) => `Name=tag:${key},Values=${value}`);
  const answer = await aws(["ec2", "describe-vpcs", "--region", regionOf(config), "--filters", ...filters]);
  const { Vpcs } = JSON.parse(answer) as { readonly Vpcs: readonly { readonly VpcId: string }[] };
  return Vpcs[0]?.VpcId;
}

async function find({ config }: Context, arn: string): Promise<TargetGroup | undefined> {
  const asked = ["elbv2", "describe-target-groups", "--region", regionOf(config), "--target-group-arns", arn];
  const { status, stdout, stderr } = await run("aws", [...asked, "--output", "json"]);
  if (status !== 0 && stderr.includes("TargetGroupNotFound")) return undefined;
  if (status !== 0) throw new CliError(stderr.trim());
  return (JSON.parse(stdout) as { readonly TargetGroups: readonly TargetGroup[] }).TargetGroups[0];
}

/**
 * The reasons why the load balancer can't forward to a target group, or would forward to targets that don't serve.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
 */
async function misfits(
  context: Context,
  { HealthCheckEnabled, LoadBalancerArns, Protocol = "", TargetType, VpcId }: TargetGroup,
  vpcId: string | undefined,
): Promise<string[]> {
  const isFunction = TargetType === "lambda";
  const others: string[] = [];
  for (const balancer of LoadBalancerArns) if (!(await isOwn(context, balancer))) others.push(balancer);
  return [
    ...(isFunction || ["HTTP", "HTTPS"].includes(Protocol)
      ? []
      : [`uses ${Protocol}, but an Application Load Balancer supports HTTP and HTTPS`]),
    ...(isFunction || (vpcId !== undefined && VpcId === vpcId)
      ? []
      : [`is in ${VpcId}, but the stack is in ${vpcId ?? "a VPC that it hasn't created yet"}`]),
    ...(HealthCheckEnabled
      ? []
      : ["has no health check: visitors would be sent to targets that don't serve"]),
    ...others.map((balancer) => `belongs to ${balancer}, but a target group can have only one load balancer`),
  ];
}

async function isOwn({ config, stack }: Context, balancer: string): Promise<boolean> {
  const asked = ["elbv2", "describe-tags", "--region", regionOf(config), "--resource-arns", balancer];
  const { TagDescriptions } = JSON.parse(await aws(asked)) as {
    readonly TagDescriptions: readonly {
      readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
    }[];
  };
  const tags = TagDescriptions.flatMap(({ Tags }) => Tags);
  return Object.entries(ownTags(stack)).every(([key, value]) =>
    tags.some((tag) => tag.Key === key && tag.Value === value),
  );
}
