/**
 * A typical store: network, load balancer, target group, launch template and Auto Scaling group. Each pattern in
 * `sound/` has its own store in the same network, so that one program contains many.
 */
import * as aws from "@pulumi/aws";

import { healthCheck, httpsListener, network, toHttps } from "./parts";

export { aws };

const shared = network();
export const { vpc } = shared;
export const ids = shared.subnetIds;
export const role = "arn:aws:iam::123456789012:role/shop";

const asked = new aws.acm.Certificate("tls", { domainName: "shop.example.com", validationMethod: "DNS" });
export const valid = new aws.acm.CertificateValidation("tls", { certificateArn: asked.arn });
const askedAtTheEdge = new aws.acm.Certificate("edge", {
  region: "us-east-1",
  domainName: "shop.example.com",
  subjectAlternativeNames: ["assets.example.com"],
  validationMethod: "DNS",
});
/** A certificate that CloudFront can use. */
export const edgeValid = new aws.acm.CertificateValidation("edge", { certificateArn: askedAtTheEdge.arn });

/** Common properties of target groups and Auto Scaling groups. */
export const tgArgs = { vpcId: vpc.id, port: 8080, protocol: "HTTP", healthCheck };

/** @param pattern - prefix of its resources' names */
export function store(pattern: string) {
  const group = (name: string): aws.ec2.SecurityGroup =>
    new aws.ec2.SecurityGroup(`${pattern}-${name}`, { vpcId: vpc.id, description: "Of the store" });
  const [lbSg, appSg] = [group("lb"), group("app")];
  const allow = (name: string, args: Omit<aws.vpc.SecurityGroupIngressRuleArgs, "ipProtocol">) =>
    new aws.vpc.SecurityGroupIngressRule(`${pattern}-${name}`, { ipProtocol: "tcp", ...args });
  allow("world", { securityGroupId: lbSg.id, fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" });
  allow("app", {
    securityGroupId: appSg.id,
    fromPort: 8080,
    toPort: 8080,
    referencedSecurityGroupId: lbSg.id,
  });
  const lb = new aws.lb.LoadBalancer(pattern, { subnets: ids, securityGroups: [lbSg.id] });
  const tg = new aws.lb.TargetGroup(pattern, tgArgs);
  const template = new aws.ec2.LaunchTemplate(pattern, {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t4g.small",
    metadataOptions: { httpTokens: "required" },
    vpcSecurityGroupIds: [appSg.id],
  });
  const groupArgs = {
    minSize: 2,
    maxSize: 6,
    vpcZoneIdentifiers: ids,
    launchTemplate: { id: template.id, version: "$Latest" },
    healthCheckType: "ELB",
  };
  return {
    lbSg,
    appSg,
    lb,
    tg,
    template,
    groupArgs,
    https: (more: object = {}, to: aws.lb.TargetGroup = tg) =>
      new aws.lb.Listener(`${pattern}-https`, {
        ...httpsListener(lb.arn),
        certificateArn: valid.certificateArn,
        defaultActions: [{ type: "forward", targetGroupArn: to.arn }],
        ...more,
      }),
    redirect: (more: object = {}) =>
      new aws.lb.Listener(`${pattern}-http`, {
        loadBalancerArn: lb.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ ...toHttps, redirect: { ...toHttps.redirect, ...more } }],
      }),
    group: (more: object = {}) =>
      new aws.autoscaling.Group(pattern, { ...groupArgs, targetGroupArns: [tg.arn], ...more }),
  };
}
