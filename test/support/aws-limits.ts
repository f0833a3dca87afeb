import type { JsonResource } from "../../tools/rehearse/report/json";
import type { Graph } from "./rehearse";

const DESCRIBED =
  /^aws:(ec2\/securityGroup:SecurityGroup|vpc\/securityGroup(Ingress|Egress)Rule:SecurityGroup(Ingress|Egress)Rule)$/;

/**
 * The descriptions of security groups and their rules that EC2 refuses, each behind its resource's name.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html (GroupDescription)
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html (Description)
 */
export function refusedDescriptions(graph: Graph): string[] {
  return graph.resources
    .filter(({ type }) => DESCRIBED.test(type))
    .filter(({ inputs }) => !isDescription(inputs["description"]))
    .map(({ name, inputs }) => `${name}: ${String(inputs["description"])}`);
}

function isDescription(value: JsonResource["inputs"][string] | undefined): boolean {
  return typeof value === "string" && /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(value);
}
