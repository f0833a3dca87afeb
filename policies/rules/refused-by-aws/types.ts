/** The exact type tokens of the resources that only these rules and those of resilience look at; see `../../resources`. */

/** Application, Network and Gateway Load Balancers. */
export const LOAD_BALANCER = [
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
  "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
] as const;

/** Further certificates of a listener. */
export const LISTENER_CERTIFICATE = [
  "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:alb/listenerCertificate:ListenerCertificate",
  "aws:elasticloadbalancingv2/listenerCertificate:ListenerCertificate",
  "aws:applicationloadbalancing/listenerCertificate:ListenerCertificate",
] as const;

/** Scheduled actions of Auto Scaling groups. */
export const SCHEDULE = ["aws:autoscaling/schedule:Schedule"] as const;

/** What an Auto Scaling group launches. */
export const LAUNCH_TEMPLATE = ["aws:ec2/launchTemplate:LaunchTemplate"] as const;

/** What an Auto Scaling group launched before there were launch templates. */
export const LAUNCH_CONFIGURATION = ["aws:ec2/launchConfiguration:LaunchConfiguration"] as const;

export const VPC = ["aws:ec2/vpc:Vpc"] as const;

/** A further IPv4 range of a VPC. */
export const VPC_RANGE = ["aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"] as const;

export const SUBNET = ["aws:ec2/subnet:Subnet"] as const;

export const SECURITY_GROUP = ["aws:ec2/securityGroup:SecurityGroup"] as const;

export const BUCKET = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;

export const BUCKET_POLICY = ["aws:s3/bucketPolicy:BucketPolicy"] as const;

/** The default encryption of a bucket. */
export const BUCKET_ENCRYPTION = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;

/** CloudFront distributions. */
export const DISTRIBUTION = ["aws:cloudfront/distribution:Distribution"] as const;
