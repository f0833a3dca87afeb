import { atMostOne } from "../awsx/args";
import { givenResource, lookUp, propertyOf } from "../awsx/children";
import { defaultVpc } from "../awsx/default-vpc";
import { type Input, type InputMap, isList, Output, settle } from "../awsx/output";
import type { ConstructHost } from "../types";

/** The placement of a load balancer. */
export interface Placement {
  /** Its `subnets`; undefined if `subnetMappings` replace them. */
  readonly subnets: Input | undefined;
  readonly vpcId: Output;
}

/**
 * The load balancer's subnets, and the VPC of the first: by ids, resources or mappings, or by default the subnets of
 * the default VPC whose instances get public addresses.
 *
 * @throws Error if they are given in more than one way
 */
export async function placementOf(
  host: ConstructHost,
  given: InputMap,
  component: string,
): Promise<Placement> {
  const vpcOf = async (subnetId: Input): Promise<Output> =>
    settle(propertyOf(await lookUp(host, "aws:ec2/getSubnet:getSubnet", { id: subnetId }), "vpcId"));
  switch (atMostOne(given, component, "subnets", "subnetIds", "subnetMappings")) {
    case "subnets": {
      const subnets = await Promise.all(
        elementsOf(given["subnets"]).map((subnet) => givenResource(host, subnet)),
      );
      const [first] = subnets;
      const whole = given["subnets"] instanceof Output ? given["subnets"] : Output.of(null);
      return {
        // Each element has the dependencies of the list.
        subnets: whole.known ? subnets.map(({ id }) => id.dependingOn(...whole.dependencies)) : whole,
        vpcId: first === undefined ? whole : first.output("vpcId").dependingOn(...whole.dependencies),
      };
    }
    case "subnetIds":
      return { subnets: given["subnetIds"], vpcId: await vpcOf(firstOf(given["subnetIds"])) };
    case "subnetMappings": {
      const first = firstOf(given["subnetMappings"]);
      return { subnets: undefined, vpcId: await vpcOf(propertyOf(first, "subnetId") ?? null) };
    }
    case undefined:
    default: {
      const { vpcId, publicSubnetIds } = await defaultVpc(host);
      return { subnets: publicSubnetIds, vpcId };
    }
  }
}

/** The elements of a list that may be an output; empty if it is unknown. */
function elementsOf(list: Input | undefined): readonly Input[] {
  if (isList(list)) return list;
  const { value } = settle(list);
  return Array.isArray(value) ? value : [];
}

/** The first element of a list, as with `apply`: known once all elements are. */
function firstOf(list: Input | undefined): Output {
  return settle(list).map((value) => (Array.isArray(value) ? value[0] : undefined));
}
