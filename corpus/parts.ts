/**
 * Compliant parts for programs that are compliant but for one thing. What is not what a program is about stands here, so
 * that a refusal has but one cause.
 */
import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

/** A listener on 443 with a strict policy, without its actions. */
export function httpsListener(loadBalancerArn: Input<string>): Omit<aws.lb.ListenerArgs, "defaultActions"> {
  return {
    loadBalancerArn,
    protocol: "HTTPS",
    port: 443,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
  };
}

/** The redirect that port 80 is there for. */
export const toHttps = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

/** The identity provider of a login, but for the secret of its client. */
export const identityProvider = {
  issuer: "https://id.example.com",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/userinfo",
  clientId: "shop",
};

/** A health check written out. */
export const healthCheck = {
  protocol: "HTTP",
  path: "/healthz",
  matcher: "200",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

/** A VPC with a subnet in each of two zones. */
export function network(): { vpc: aws.ec2.Vpc; subnetIds: Input<string>[] } {
  const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
  const gateway = new aws.ec2.InternetGateway("shop", { vpcId: vpc.id });
  new aws.ec2.DefaultSecurityGroup("unused", { vpcId: vpc.id });
  new aws.ec2.FlowLog("shop", {
    vpcId: vpc.id,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: new aws.cloudwatch.LogGroup("flow-logs", { retentionInDays: 30 }).arn,
    iamRoleArn: "arn:aws:iam::123456789012:role/flow-logs",
  });
  const subnetIds = ["a", "b"].map(
    (zone, index) =>
      new aws.ec2.Subnet(
        `public-${zone}`,
        { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `eu-west-1${zone}` },
        { dependsOn: gateway },
      ).id,
  );
  return { vpc, subnetIds };
}

/** A public Application Load Balancer, hardened, over two zones. */
export function balancer(
  subnetIds: Input<string>[],
  args: Partial<aws.lb.LoadBalancerArgs> = {},
): aws.lb.LoadBalancer {
  return new aws.lb.LoadBalancer("shop", {
    loadBalancerType: "application",
    subnets: subnetIds,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: "strictest",
    enableDeletionProtection: true,
    ...args,
  });
}

/** A target group of IP addresses, such as a container service fills. */
export function targets(
  vpcId: Input<string>,
  args: Partial<aws.lb.TargetGroupArgs> = {},
  name = "shop",
): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(name, {
    vpcId,
    targetType: "ip",
    protocol: "HTTP",
    port: 8080,
    deregistrationDelay: 30,
    healthCheck,
    ...args,
  });
}
