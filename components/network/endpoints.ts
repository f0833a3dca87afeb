import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { awsScope } from "../aws-scope";
import { named, type Tags } from "../naming";

/** Arguments of {@link Endpoints}. */
export interface EndpointsArgs {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
  /** The VPC's IPv4 range; all of it may use the interface endpoints. */
  readonly cidrBlock: string;
  /** Whether the instances use DynamoDB: then it gets a gateway endpoint too. */
  readonly dynamodb: boolean;
  /** Ids of the route tables that get routes to the gateway endpoints. */
  readonly routeTableIds: pulumi.Input<string[]>;
  /** Ids of the subnets of the interface endpoints, one per zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  /**
   * AWS services that get an interface endpoint, such as `ssm`. Each costs about 7 dollars per month and
   * zone. Needed without a NAT gateway.
   */
  readonly interfaceServices: readonly string[];
  /** Tags for every resource. */
  readonly tags: Tags;
}

/**
 * The services that Session Manager needs without a NAT gateway. `ec2messages` is not among them: since
 * version 3.3.40, the agent that is preinstalled on Amazon Linux 2023 uses `ssmmessages` instead.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html
 */
export const SESSION_MANAGER_SERVICES: readonly string[] = ["ssm", "ssmmessages"];

/**
 * VPC endpoints for AWS services: free gateway endpoints for S3 and DynamoDB, interface endpoints for others.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
export class Endpoints extends pulumi.ComponentResource {
  /**
   * Ids of all endpoints, available once they are ready: an instance that boots earlier can't reach the
   * services.
   */
  readonly endpointIds: pulumi.Output<string[]>;

  constructor(name: string, args: EndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Endpoints", name, {}, opts);

    const { region } = awsScope(this);
    const endpoint = (service: string, kind: Partial<aws.ec2.VpcEndpointArgs>): aws.ec2.VpcEndpoint =>
      new aws.ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: args.vpcId,
          serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
          ...kind,
          tags: named(args.tags, `${name}-${service}`),
        },
        { parent: this },
      );
    const gateway = { vpcEndpointType: "Gateway", routeTableIds: args.routeTableIds };
    const endpoints = ["s3", ...(args.dynamodb ? ["dynamodb"] : [])].map((service) =>
      endpoint(service, gateway),
    );
    if (args.interfaceServices.length > 0) {
      const securityGroupId = createSecurityGroup(name, args, this);
      for (const service of args.interfaceServices) {
        endpoints.push(
          endpoint(service, {
            vpcEndpointType: "Interface",
            subnetIds: args.subnetIds,
            securityGroupIds: [securityGroupId],
            privateDnsEnabled: true,
          }),
        );
      }
    }

    this.endpointIds = pulumi.all(endpoints.map(({ id }) => id));
    this.registerOutputs({ endpointIds: this.endpointIds });
  }
}

/** @returns the group's id, available once its ingress rule exists */
function createSecurityGroup(
  name: string,
  args: EndpointsArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const securityGroup = new aws.ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      vpcId: args.vpcId,
      description: "HTTPS from within the VPC to AWS services",
      tags: named(args.tags, `${name}-endpoints`),
    },
    { parent },
  );
  const rule = new aws.vpc.SecurityGroupIngressRule(
    `${name}-endpoints-from-vpc`,
    {
      securityGroupId: securityGroup.id,
      description: "HTTPS from within the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: args.cidrBlock,
      tags: named(args.tags, `${name}-endpoints-from-vpc`),
    },
    { parent },
  );
  return pulumi.all([securityGroup.id, rule.id]).apply(([id]) => id);
}
