import { IDENTITIES } from "../../packages/rehearse/diff/identity";

/**
 * Additional identifying inputs of a type, besides those in {@link IDENTITIES}: what the resource is part of, and
 * what can't change without making it another resource.
 * Source: the requests' required members in Amazon EC2's and AWS Certificate Manager's API references, and in Route 53's.
 */
const MORE: Readonly<Record<string, readonly string[]>> = {
  "aws:acm/certificate:Certificate": ["domainName"],
  "aws:acm/certificateValidation:CertificateValidation": ["certificateArn"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["vpcId"],
  "aws:ec2/natGateway:NatGateway": ["subnetId"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName"],
  "aws:s3/bucketMetric:BucketMetric": ["bucket", "name"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["bucket"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn"],
};

/** Names that the owner chooses freely: a resource with another name may still be the same one. */
const NAMES = new Set([
  "name",
  "alarmName",
  "bucket",
  "clusterId",
  "clusterIdentifier",
  "dashboardName",
  "functionName",
  "identifier",
  "keyName",
  "replicationGroupId",
  "scheduledActionName",
  "statementId",
  "targetId",
]);

/** Types that are identified by their name. */
const NAMED = new Set(["aws:route53/record:Record"]);

/** An input that is part of a resource's identity. */
export interface KeyPart {
  readonly property: string;
  /** Whether the value is only a name, which may differ. */
  readonly isName: boolean;
}

/**
 * The inputs that together identify a resource; undefined for a type without known identity.
 *
 * @param type - its current name
 */
export function keyOf(type: string): readonly KeyPart[] | undefined {
  const by = MORE[type] ?? IDENTITIES.get(type)?.by;
  return by?.map((text) => {
    const property = text.replace("?", "");
    return { property, isName: NAMES.has(property) && !NAMED.has(type) };
  });
}
