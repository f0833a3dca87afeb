// Elastic Beanstalk's load balancers, of both generations, serve TLS only, as their options state.
import * as aws from "@pulumi/aws";

const certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
const environment = (name: string, settings: readonly (readonly [string, string, string])[]) =>
  new aws.elasticbeanstalk.Environment(name, {
    application: "shop",
    solutionStackName: "64bit Amazon Linux 2023 v6.1.0 running Node.js 20",
    settings: settings.map(([namespace, option, value]) => ({ namespace, name: option, value })),
  });

environment("shop", [
  ["aws:elasticbeanstalk:environment", "LoadBalancerType", "application"],
  ["aws:elbv2:listener:default", "ListenerEnabled", "false"],
  ["aws:elbv2:listener:443", "Protocol", "HTTPS"],
  ["aws:elbv2:listener:443", "SSLCertificateArns", certificate],
  ["aws:elbv2:listener:443", "SSLPolicy", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"],
]);
environment("back-office", [
  ["aws:elb:listener", "ListenerEnabled", "false"],
  ["aws:elb:listener:443", "ListenerProtocol", "HTTPS"],
  ["aws:elb:listener:443", "InstancePort", "80"],
  ["aws:elb:listener:443", "SSLCertificateId", certificate],
  ["aws:elb:policies:tls", "SSLReferencePolicy", "ELBSecurityPolicy-TLS-1-2-2017-01"],
  ["aws:elb:policies:tls", "LoadBalancerPorts", "443"],
]);
