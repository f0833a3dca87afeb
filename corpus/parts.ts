/**
 * Compliant parts for programs with a single defect. Everything that is not a program's subject is here, so
 * that a refusal has only one cause.
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

/** The redirect from port 80. */
export const toHttps = {
  type: "redirect",
  redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
};

/** A login's identity provider, without its client's secret. */
export const identityProvider = {
  issuer: "https://id.example.com",
  authorizationEndpoint: "https://id.example.com/authorize",
  tokenEndpoint: "https://id.example.com/token",
  userInfoEndpoint: "https://id.example.com/userinfo",
  clientId: "shop",
};

/** A health check with every field set. */
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

/** A hardened public Application Load Balancer in two zones. */
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

/** A target group of type ip, such as a container service uses. */
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
