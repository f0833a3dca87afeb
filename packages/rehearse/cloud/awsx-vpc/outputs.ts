import type { Values } from "../../values";
import type { Constructed } from "../types";
import type { Child } from "../awsx/children";
import { settle, type Output } from "../awsx/output";
import type { Network } from "./register-subnets";

/**
 * The component's outputs. awsx derives them all from one SDK output with the ids and the layout, so each depends on
 * every subnet, the VPC and the inputs of the layout, and also on the children it refers to.
 */
export function componentOutputs(
  children: Network & {
    readonly vpc: Child;
    readonly internetGateway: Child;
    readonly vpcEndpoints: readonly Child[];
    readonly layout: Output;
  },
): Constructed {
  const { vpc, internetGateway, vpcEndpoints, layout } = children;
  const subnetsOf = (kind?: string): readonly Child[] =>
    children.subnets
      .filter((subnet) => kind === undefined || subnet.kind === kind)
      .map((subnet) => subnet.child);
  const references = (list: readonly Child[]): Output => settle(list.map((child) => child.reference));
  const ids = (list: readonly Child[]): Output => settle(list.map((child) => child.id));

  const outputs: Record<string, Output> = {
    vpc: vpc.reference,
    subnets: references(subnetsOf()),
    publicSubnets: references(subnetsOf("public")),
    privateSubnets: references(subnetsOf("private")),
    isolatedSubnets: references(subnetsOf("isolated")),
    routeTables: references(children.routeTables),
    routes: references(children.routes),
    routeTableAssociations: references(children.routeTableAssociations),
    internetGateway: internetGateway.reference,
    natGateways: references(children.natGateways),
    eips: references(children.eips),
    subnetLayout: layout,
    privateSubnetIds: ids(subnetsOf("private")),
    publicSubnetIds: ids(subnetsOf("public")),
    isolatedSubnetIds: ids(subnetsOf("isolated")),
    vpcEndpoints: references(vpcEndpoints),
    vpcId: vpc.id,
  };
  const whole = settle([layout, vpc.id, ...subnetsOf().map((subnet) => subnet.id)]);
  const values: Values = {};
  const dependencies: Record<string, readonly string[]> = {};
  for (const [key, output] of Object.entries(outputs)) {
    const value = output.withSecretness(whole.secret).toWire();
    if (value === undefined) continue;
    values[key] = value;
    dependencies[key] = output.dependingOn(...whole.dependencies).dependencies;
  }
  return { outputs: values, dependencies };
}
