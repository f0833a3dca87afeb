/** Type tokens of this area's own, as in `../../resources`. */

/** Certificates of AWS Certificate Manager. */
export const CERTIFICATE = ["aws:acm/certificate:Certificate"] as const;

/** Further certificates of a listener, beside its default one. */
export const LISTENER_CERTIFICATE = [
  "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:alb/listenerCertificate:ListenerCertificate",
  "aws:elasticloadbalancingv2/listenerCertificate:ListenerCertificate",
  "aws:applicationloadbalancing/listenerCertificate:ListenerCertificate",
] as const;

/** CloudFront distributions. */
export const DISTRIBUTION = ["aws:cloudfront/distribution:Distribution"] as const;

/** CloudFront distributions that tenants share. */
export const MULTITENANT_DISTRIBUTION = [
  "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
] as const;

/** Origins of CloudFront in private subnets. */
export const VPC_ORIGIN = ["aws:cloudfront/vpcOrigin:VpcOrigin"] as const;

/** S3 general purpose buckets. */
export const BUCKET = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

/** Policies of S3 buckets. */
export const BUCKET_POLICY = ["aws:s3/bucketPolicy:BucketPolicy"] as const;

/** Policies of Classic Load Balancers, one kind of which says what TLS they speak. */
export const CLASSIC_POLICY = [
  "aws:elb/loadBalancerPolicy:LoadBalancerPolicy",
  "aws:elasticloadbalancing/loadBalancerPolicy:LoadBalancerPolicy",
] as const;

/** What TLS a Classic Load Balancer speaks on one of its ports. */
export const CLASSIC_NEGOTIATION = [
  "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy",
  "aws:elasticloadbalancing/sslNegotiationPolicy:SslNegotiationPolicy",
] as const;
