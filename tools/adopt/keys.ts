import { IDENTITIES } from "../../packages/rehearse/diff/identity";

/**
 * What a resource of a type is known by beside that which {@link IDENTITIES} says: what it is part of, and what it can't be
 * without being another one.
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

/** The names that an owner gives as he likes: another one doesn't make another thing of it. */
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

/** Of these, the name is what they are. */
const NAMED = new Set(["aws:route53/record:Record"]);

/** An input of a resource's identity. */
export interface KeyPart {
  readonly property: string;
  /** Whether another value is only another name. */
  readonly isName: boolean;
}

/**
 * The inputs that are a resource's identity together; undefined for a type of which nothing is known.
 *
 * @param type - by the name that it has today
 */
export function keyOf(type: string): readonly KeyPart[] | undefined {
  const by = MORE[type] ?? IDENTITIES.get(type)?.by;
  return by?.map((text) => {
    const property = text.replace("?", "");
    return { property, isName: NAMES.has(property) && !NAMED.has(type) };
  });
}
