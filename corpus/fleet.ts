/**
 * Compliant parts of fleets, beside those of `./parts`: private subnets, security groups, launch templates and groups
 * of instances.
 */
import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

/** Subnets for instances, one in each of two zones. */
export function privateSubnets(vpcId: Input<string>): aws.ec2.Subnet[] {
  return ["a", "b"].map(
    (zone, index) =>
      new aws.ec2.Subnet(`private-${zone}`, {
        vpcId,
        cidrBlock: `10.0.${index + 10}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      }),
  );
}

/** A security group without ingress rules. */
export function securityGroup(
  name: string,
  vpcId: Input<string>,
  args: aws.ec2.SecurityGroupArgs = {},
): aws.ec2.SecurityGroup {
  return new aws.ec2.SecurityGroup(name, { vpcId, description: name, ...args });
}

/** Allows TCP into a security group on one port. */
export function allow(
  name: string,
  into: aws.ec2.SecurityGroup,
  port: number,
  source: Partial<aws.vpc.SecurityGroupIngressRuleArgs>,
): aws.vpc.SecurityGroupIngressRule {
  return new aws.vpc.SecurityGroupIngressRule(name, {
    securityGroupId: into.id,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    ...source,
  });
}

/** Instance metadata options: a token is required, with one hop. */
export const metadataOptions = {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
} as const;

/** A launch template. */
export function launchTemplate(args: aws.ec2.LaunchTemplateArgs = {}): aws.ec2.LaunchTemplate {
  return new aws.ec2.LaunchTemplate("shop", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "m7g.large",
    metadataOptions,
    ...args,
  });
}

/** An Auto Scaling group in the subnets, with two instance types. */
export function fleet(
  template: aws.ec2.LaunchTemplate,
  subnetIds: Input<string>[],
  args: Partial<aws.autoscaling.GroupArgs> = {},
): aws.autoscaling.Group {
  return new aws.autoscaling.Group("shop", {
    minSize: 2,
    maxSize: 8,
    vpcZoneIdentifiers: subnetIds,
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: {
          launchTemplateId: template.id,
          version: template.latestVersion.apply(String),
        },
        overrides: [{ instanceType: "m7g.large" }, { instanceType: "m6g.large" }],
      },
    },
    ...args,
  });
}

/** The properties that attach a group to target groups, with ELB health checks. */
export function behind(...groups: aws.lb.TargetGroup[]): Partial<aws.autoscaling.GroupArgs> {
  return {
    targetGroupArns: groups.map(({ arn }) => arn),
    healthCheckType: "ELB",
    healthCheckGracePeriod: 300,
  };
}

/** A security group that allows HTTPS from the world, as a load balancer's does. */
export function openGroup(vpcId: Input<string>): aws.ec2.SecurityGroup {
  const group = securityGroup("open", vpcId);
  allow("world", group, 443, { cidrIpv4: "0.0.0.0/0" });
  return group;
}
