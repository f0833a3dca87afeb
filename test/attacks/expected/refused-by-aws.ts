import type { Expected } from "./expected";

/** By program in `programs/refused-by-aws/`. */
export const refusedByAws: Readonly<Record<string, Expected>> = {
  "name-of-33-characters": { rule: "api-prose", says: /name has 33 characters; .* 32 at most/ },
  "name-that-aws-keeps-for-itself": {
    rule: "api-prose",
    says: /name begins with "internal-", which AWS keeps for itself/,
  },
  "two-subnets-of-one-zone": {
    rule: "relations",
    says: /two of the subnets lie in one zone/,
  },
  "one-subnet-twice": { rule: "api-prose", says: /subnets names one subnet/ },
  "subnets-of-two-vpcs": { rule: "relations", says: /subnets lie in different VPCs/ },
  "security-group-of-another-vpc": {
    rule: "relations",
    says: /subnets and securityGroups lie in different VPCs/,
  },
  "rule-to-a-target-group-of-another-vpc": {
    rule: "relations",
    says: /listenerArn and actions lie in different VPCs/,
  },
  "slow-start-with-outstanding-requests": {
    rule: "api-prose",
    says: /slowStart is 60 and loadBalancingAlgorithmType is "least_outstanding_requests"/,
  },
  "anomaly-mitigation-by-round-robin": {
    rule: "api-prose",
    says: /loadBalancingAlgorithmType is not set; it must be "weighted_random"/,
  },
  "timeout-as-long-as-the-interval": {
    rule: "target-group-health",
    says: /healthCheck\.timeout is 15 and healthCheck\.interval is 15/,
  },
  "minimum-above-maximum": {
    rule: "api-prose",
    says: /minSize is 4 and maxSize is 3; minSize must not be the greater/,
  },
  "schedule-that-forgets-the-maximum": {
    rule: "api-prose",
    says: /minSize is 4 and maxSize \(left out\) is 0/,
  },
  "schedule-that-changes-nothing": { rule: "api-prose", says: /all sizes are -1/ },
  "schedule-in-the-past": { rule: "api-prose", says: /startTime lies in the past/ },
  "schedule-without-sizes": { rule: "api-prose", says: /minSize, desiredCapacity, maxSize are all left out/ },
  "schedule-in-eastern-time": {
    rule: "api-prose",
    says: /timeZone .* the canonical name of an IANA time zone/,
  },
  "apostrophe-in-a-description": { rule: "api-prose", says: /description contains "'"; AWS takes up to 255/ },
  "eleven-tags-on-an-object": { rule: "api-prose", says: /tags has 11 tags; AWS takes 10 at most/ },
  "user-data-of-20-kilobytes": {
    rule: "api-prose",
    says: /userData has 20\d{3} bytes before .* 16,384 bytes at most/,
  },
  "user-data-in-plain-text": { rule: "api-prose", says: /userData .* AWS takes base64-encoded text/ },
  "condition-of-two-kinds": {
    rule: "api-prose",
    says: /conditions\[0\] is of several kinds, hostHeader and pathPattern/,
  },
  "rule-of-six-paths": { rule: "api-prose", says: /conditions has 6 values; it must have 5 at most/ },
  "forward-before-sign-in": {
    rule: "api-prose",
    says: /defaultActions\[0\] of type "forward" comes before defaultActions\[1\]/,
  },
  "schedule-of-seven-fields": { rule: "api-prose", says: /recurrence .* a cron expression of five fields/ },
  "one-group-and-several": {
    rule: "api-prose",
    says: /targetGroupArn and defaultActions\[0\]\.forward are both set and differ/,
  },
  "six-target-groups": { rule: "api-prose", says: /targetGroups has 6 elements/ },
  "same-priority-twice": {
    rule: "relations",
    says: /priority is 10, which rule "(api|search)" of the same listener has already/,
  },
  "two-listeners-on-one-port": {
    rule: "relations",
    says: /port is 443, which listener "(shop|blog)" of the same load balancer has already/,
  },
  "certificate-of-cloudfront": {
    rule: "relations",
    says: /the Region of certificateArn is "us-east-1"; it must be "eu-west-1"/,
  },
  "overlapping-subnets": { rule: "relations", says: /overlaps that of subnet "private-a"/ },
  "peered-with-the-same-addresses": {
    rule: "relations",
    says: /vpcId and peerVpcId name VPCs whose addresses overlap/,
  },
  "subnet-of-eight-addresses": { rule: "api-prose", says: /cidrBlock has a prefix of 29/ },
  "log-bucket-with-a-kms-key": { rule: "relations", says: /"logs", which is encrypted with a KMS key/ },
  "log-bucket-closed-to-the-balancer": { rule: "relations", says: /"logs", which has no policy/ },
  "rollback-of-the-latest-version": { rule: "api-prose", says: /version is "\$Latest"/ },
  "rollback-to-a-forgotten-image": {
    rule: "relations",
    says: /the image of launch template "shop" a Systems Manager parameter/,
  },
  "twice-the-fleet-from-half-of-it": {
    rule: "api-prose",
    says: /minHealthyPercentage is 50 and maxHealthyPercentage is 200/,
  },
  "idle-for-two-hours": { rule: "api-prose", says: /idleTimeout is 7200; .* from 1 to 4000/ },
  "health-check-from-two-regions": {
    rule: "api-constraints",
    says: /regions has 2 elements; AWS takes 3 to 64 \(HealthCheckConfig\.Regions of route53 CreateHealthCheck, https:/,
  },
  "storage-class-that-is-none": {
    rule: "api-enums",
    says: /storageClass is "STANDARD_GLACIER"; AWS takes STANDARD, .*, as of 20\d\d-\d\d-\d\d \(StorageClass of s3 PutObject/,
    config: "policies/profiles/strict.json",
  },
};
