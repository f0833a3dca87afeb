import * as aws from "@pulumi/aws";
// Imports only the ec2 module, because the rest of awsx takes as long to load as everything else together.
import * as ec2 from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";

import { planSubnets } from "./cidr";
import { Endpoints, SESSION_MANAGER_SERVICES } from "./endpoints";
import { FlowLogs } from "./flow-logs";
import { createIpv6Routes, steadySubnetRanges } from "./ipv6";
import { named, type Tags } from "../naming";

/**
 * How private subnets reach the internet. `none`: no gateways; the subnets reach only AWS services with
 * endpoints, such as S3 and Session Manager. `single`: one gateway; if its zone fails, all subnets lose
 * internet access. `perZone`: a gateway in each zone, independent of the other zones.
 */
export type NatGateways = "none" | "single" | "perZone";

/** Arguments of {@link Network}. */
export interface NetworkArgs {
  /**
   * The VPC's IPv4 range in CIDR notation, from /16 to /23.
   * @default "10.0.0.0/16"
   */
  readonly cidrBlock?: string;
  /**
   * Names of the Availability Zones, 2 to 4. Add new ones at the end, because a zone's position determines
   * its addresses.
   */
  readonly availabilityZones: readonly string[];
  /**
   * How private subnets reach the internet.
   * @default "single"
   */
  readonly natGateways?: NatGateways;
  /**
   * Whether the subnets have IPv6 ranges too. Public subnets are reachable from the internet; private ones
   * can reach it unless {@link natGateways} is `none`.
   * @default false
   */
  readonly ipv6?: boolean;
  /**
   * AWS services that instances call, such as `ecr.api`, in addition to Session Manager's. Without NAT
   * gateways, each gets an interface endpoint.
   * @default none
   */
  readonly interfaceServices?: readonly string[];
  /**
   * Whether the instances use DynamoDB: then it gets a gateway endpoint, free of charge.
   * @default false
   */
  readonly dynamodb?: boolean;
  /**
   * Retention of flow logs in days, one of the periods that CloudWatch Logs supports.
   * @default 30
   */
  readonly flowLogRetentionDays?: number;
  /**
   * Tags for every resource.
   * @default none
   */
  readonly tags?: Tags;
}

/** Defaults of {@link NetworkArgs}. */
export const NETWORK_DEFAULTS = {
  cidrBlock: "10.0.0.0/16",
  natGateways: "single",
  ipv6: false,
  interfaceServices: [],
  dynamodb: false,
  flowLogRetentionDays: 30,
  tags: {},
} as const;

/** Ids of a network: of a {@link Network} or an existing one. */
export interface NetworkIds {
  /** The VPC's id. */
  readonly vpcId: pulumi.Output<string>;
  /** Ids of the public subnets, in the order of the zones. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /**
   * Ids of the private subnets, in the order of the zones, available once their routes and endpoints are
   * ready.
   */
  readonly privateSubnetIds: pulumi.Output<string[]>;
}

/** A VPC with, in every zone, a public subnet for the load balancer and a private one for the instances. */
export class Network extends pulumi.ComponentResource implements NetworkIds {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, given: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Network", name, {}, opts);
    const args: Required<NetworkArgs> = { ...NETWORK_DEFAULTS, ...given };

    const vpc = createVpc(name, args, this);
    emptyDefaultSecurityGroup(name, args, vpc, this);
    new FlowLogs(
      name,
      { vpcId: vpc.vpcId, retentionDays: args.flowLogRetentionDays, tags: args.tags },
      { parent: this },
    );
    const endpoints = new Endpoints(
      name,
      {
        vpcId: vpc.vpcId,
        cidrBlock: args.cidrBlock,
        routeTableIds: idsOf(vpc.routeTables),
        subnetIds: vpc.privateSubnetIds,
        dynamodb: args.dynamodb,
        interfaceServices:
          args.natGateways === "none" ? [...SESSION_MANAGER_SERVICES, ...args.interfaceServices] : [],
        tags: args.tags,
      },
      { parent: this },
    );

    const ipv6Routes = args.ipv6 ? createIpv6RoutesOf(name, args, vpc, this) : [];

    this.vpcId = vpc.vpcId;
    this.publicSubnetIds = vpc.publicSubnetIds;
    // An instance that boots before its subnet has routes or endpoints can't download packages, artifacts or
    // secrets.
    const waysOut = [
      idsOf(vpc.routes),
      idsOf(vpc.routeTableAssociations),
      endpoints.endpointIds,
      pulumi.all([...ipv6Routes]),
    ];
    this.privateSubnetIds = pulumi.all([vpc.privateSubnetIds, pulumi.all(waysOut)]).apply(([ids]) => ids);
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
    });
  }
}

const NAT_STRATEGIES = { none: "None", single: "Single", perZone: "OnePerAz" } as const;

function createVpc(name: string, args: Required<NetworkArgs>, parent: pulumi.Resource): ec2.Vpc {
  const plan = planSubnets(args.cidrBlock);
  return new ec2.Vpc(
    `${name}-vpc`,
    {
      cidrBlock: args.cidrBlock,
      // Names instead of a number of zones: with a number, awsx would take the first zones that AWS currently
      // lists.
      availabilityZoneNames: [...args.availabilityZones],
      availabilityZoneCidrMask: plan.zonePrefix,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Private", cidrMask: plan.privatePrefix },
        { type: "Public", cidrMask: plan.publicPrefix },
      ],
      subnetNameTagStrategy: "AvailabilityZone",
      natGateways: { strategy: NAT_STRATEGIES[args.natGateways] },
      ...(args.ipv6 ? { assignGeneratedIpv6CidrBlock: true } : {}),
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: args.tags,
    },
    args.ipv6 ? { parent, transforms: [steadySubnetRanges(args.availabilityZones)] } : { parent },
  );
}

function createIpv6RoutesOf(
  name: string,
  args: Required<NetworkArgs>,
  vpc: ec2.Vpc,
  parent: pulumi.Resource,
): readonly pulumi.Output<string>[] {
  return createIpv6Routes(
    name,
    {
      vpcId: vpc.vpcId,
      availabilityZones: args.availabilityZones,
      routeTableIds: idsOf(vpc.routeTables),
      internetGatewayId: vpc.internetGateway.id,
      fromPrivateSubnets: args.natGateways !== "none",
      tags: args.tags,
    },
    parent,
  );
}

/**
 * Removes all rules from the VPC's default security group by declaring it without rules. Resources without a
 * security group get the default one, which otherwise allows traffic among its members and to anywhere.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2
 */
function emptyDefaultSecurityGroup(
  name: string,
  args: Required<NetworkArgs>,
  vpc: ec2.Vpc,
  parent: pulumi.Resource,
): void {
  new aws.ec2.DefaultSecurityGroup(
    `${name}-default`,
    { vpcId: vpc.vpcId, tags: named(args.tags, `${name}-default-unused`) },
    { parent },
  );
}

function idsOf(resources: pulumi.Output<pulumi.CustomResource[]>): pulumi.Output<string[]> {
  return resources.apply((list) => pulumi.all(list.map(({ id }) => id)));
}
