import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";
import type { Graph } from "./rehearse";

const DESCRIBED =
  /^aws:(ec2\/securityGroup:SecurityGroup|vpc\/securityGroup(Ingress|Egress)Rule:SecurityGroup(Ingress|Egress)Rule)$/;

/**
 * The descriptions of security groups and their rules that EC2 refuses, each after its resource's name.
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

const TAKES_TEN = /^aws:(s3\/bucketObjectv2:|route53\/(healthCheck|zone):)/;

/**
 * The resources with more tags than AWS accepts, or with two keys that differ only in case. S3 objects and Route 53's
 * resources take ten tags, all others fifty.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html (AddTags)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
export function refusedTags(graph: Graph): string[] {
  return graph.resources.flatMap(({ type, name, inputs }) =>
    tagSetsOf(inputs).flatMap((keys) => {
      const most = TAKES_TEN.test(type) ? 10 : 50;
      const differ = new Set(keys.map((key) => key.toLowerCase())).size;
      return keys.length > most || differ < keys.length
        ? [`${name}: ${keys.length} tags, ${differ} different`]
        : [];
    }),
  );
}

/**
 * The keys of a resource's tags; for a launch template, also the keys of the tags that it gives to instances and
 * volumes.
 */
function tagSetsOf(inputs: Values): string[][] {
  const { tags, tagsAll, tagSpecifications } = inputs;
  const launched = (tagSpecifications as Values[] | undefined) ?? [];
  // A group lists its tags, and the provider adds none.
  const own = Array.isArray(tags)
    ? (tags as Values[]).map(({ key }) => String(key))
    : Object.keys((tagsAll ?? tags ?? {}) as Values);
  return [own, ...launched.map((one) => Object.keys((one["tags"] ?? {}) as Values))];
}
