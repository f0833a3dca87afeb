import { isMap, type Value } from "../../values";
import type { Construct, ConstructHost } from "../types";
import { lookUp } from "./children";
import { type Output, settle } from "./output";
import { constructed } from "./outputs";

/** The region's default VPC, and its subnets whose instances get public addresses. */
export interface DefaultVpc {
  readonly vpcId: Output;
  readonly publicSubnetIds: Output;
  readonly privateSubnetIds: Output;
}

/** Expands `awsx.ec2.DefaultVpc`, which only looks up and creates nothing. */
export const expandDefaultVpc: Construct = async (host) => constructed({ ...(await defaultVpc(host)) });

/** Looks up the default VPC as awsx does. Source: pulumi/pulumi-awsx `awsx/ec2/getDefaultVpc.ts`. */
export async function defaultVpc(host: ConstructHost): Promise<DefaultVpc> {
  const vpc = await host.invoke("aws:ec2/getVpc:getVpc", { default: true });
  const vpcId = vpc["id"] ?? null;
  const { ids } = await host.invoke("aws:ec2/getSubnets:getSubnets", {
    filters: [{ name: "vpc-id", values: [vpcId] }],
  });
  const subnets: Value[] = [];
  for (const id of Array.isArray(ids) ? ids : [])
    subnets.push((await lookUp(host, "aws:ec2/getSubnet:getSubnet", { id })).value ?? null);
  const idsOf = (isPublic: boolean): Output =>
    settle(
      subnets
        .filter(isMap)
        .filter((subnet) => (subnet["mapPublicIpOnLaunch"] === true) === isPublic)
        .map((subnet) => subnet["id"] ?? null),
    );
  return { vpcId: settle(vpcId), publicSubnetIds: idsOf(true), privateSubnetIds: idsOf(false) };
}
