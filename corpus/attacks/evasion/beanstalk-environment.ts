// Elastic Beanstalk creates its own load balancer, with a listener on port 80.
import * as aws from "@pulumi/aws";
import type { Expected } from "../../attack";

export const expected: Expected = {
  rule: "unjudged-load-balancers",
  says: /aws:elb:listener ListenerProtocol is not set, which means "HTTP"; it must be/,
};

export function program(mended: boolean): void {
  const secure = [
    ["aws:elasticbeanstalk:environment", "LoadBalancerType", "application"],
    ["aws:elbv2:listener:default", "ListenerEnabled", "false"],
    ["aws:elbv2:listener:443", "Protocol", "HTTPS"],
    [
      "aws:elbv2:listener:443",
      "SSLCertificateArns",
      "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
    ],
    ["aws:elbv2:listener:443", "SSLPolicy", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"],
  ] as const;
  const settings = secure.map(([namespace, name, value]) => ({ namespace, name, value }));
  new aws.elasticbeanstalk.Environment("shop", {
    application: "shop",
    solutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
    ...(mended && { settings }),
  });
}
