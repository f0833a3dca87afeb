import { propertiesOf, type StackDiff, subjectOf } from "./compare";
import type { Deletion, Step } from "./plan";

/** What is lost or interrupted when a resource is deleted, by type. */
const HOLDS: Readonly<Record<string, "data" | "traffic">> = {
  ...Object.fromEntries(
    [
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketV2:BucketV2",
      "aws:dynamodb/table:Table",
      "aws:ebs/volume:Volume",
      "aws:rds/instance:Instance",
      "aws:rds/cluster:Cluster",
      "aws:efs/fileSystem:FileSystem",
      "aws:cloudwatch/logGroup:LogGroup",
      "aws:kms/key:Key",
      "aws:secretsmanager/secret:Secret",
      "aws:ec2/instance:Instance",
      "aws:route53/zone:Zone",
    ].map((type) => [type, "data" as const]),
  ),
  ...Object.fromEntries(
    [
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:lb/listener:Listener",
      "aws:lb/targetGroup:TargetGroup",
      "aws:ec2/vpc:Vpc",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/natGateway:NatGateway",
      "aws:autoscaling/group:Group",
      "aws:cloudfront/distribution:Distribution",
      "aws:route53/record:Record",
      "aws:acm/certificate:Certificate",
      "aws:ec2/securityGroup:SecurityGroup",
    ].map((type) => [type, "traffic" as const]),
  ),
};

/** A change to look at first. */
export interface Impact {
  readonly urn: string;
  readonly type: string;
  readonly what: "deleted" | "replaced";
  readonly loses: "data" | "traffic";
  /** The properties that force it; empty for a deletion. */
  readonly properties: readonly string[];
}

/** Changes that lose data or may interrupt traffic, data first. Retained resources lose nothing. */
export function impactsOf(diff: StackDiff): Impact[] {
  const of = (changes: readonly (Step | Deletion)[], what: Impact["what"]): Impact[] =>
    changes.flatMap((one) => {
      const { urn, type } = subjectOf(one);
      const loses = HOLDS[type];
      if (loses === undefined || (loses === "data" && one.former?.retainOnDelete === true)) return [];
      return [{ urn, type, what, loses, properties: "resource" in one ? propertiesOf(one) : [] }];
    });
  const all = [...of(diff.delete, "deleted"), ...of(diff.replace, "replaced")];
  return [...all.filter(({ loses }) => loses === "data"), ...all.filter(({ loses }) => loses === "traffic")];
}
