import { VPC } from "../../resources";
import type { StackSubject } from "../../rule";
import type { Stack } from "../../stack";
import { referenceKey } from "./known";

/**
 * Tells the VPC that a resource's `vpcId` names: the URN of one in the stack, else the known id; undefined when it
 * is not certain. As a VPC that is yet to be created has no known id, two different answers are two different VPCs.
 */
export function vpcOf(stack: Stack): (resource: StackSubject) => string | undefined {
  const vpcsOf = stack.to(VPC, ["id"]);
  return (resource) => referenceKey(resource, "vpcId", vpcsOf);
}
