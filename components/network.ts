import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

import { planSubnets } from "./cidr";
import type { Tags } from "./naming";

/**
 * How private subnets reach the internet, and what for: `none` is free, and cuts them off; `single` costs one
 * gateway, and the loss of its zone cuts off all; `perZone` costs a gateway a zone, and each zone stands
 * alone.
 */
export type NatGateways = "none" | "single" | "perZone";

/** Arguments of {@link Network}. */
export interface NetworkArgs {
  /** The VPC's IPv4 range in CIDR notation, from /16 to /23. */
  readonly cidrBlock: string;
  /** Names of the Availability Zones, 2 to 4. Add at the end: a zone's place decides on its addresses. */
  readonly availabilityZones: readonly string[];
  /** How private subnets reach the internet. */
  readonly natGateways: NatGateways;
  /** Tags for every resource. */
  readonly tags: Tags;
}

/** A VPC with a public subnet in every zone for the load balancer, and a private one for the instances. */
export class Network extends pulumi.ComponentResource {
  /** The VPC's id. */
  readonly vpcId: pulumi.Output<string>;
  /** Ids of the public subnets, in the order of the zones. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** Ids of the private subnets, in the order of the zones. */
  readonly privateSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Network", name, {}, opts);

    const plan = planSubnets(args.cidrBlock);
    const vpc = new awsx.ec2.Vpc(
      `${name}-vpc`,
      {
        cidrBlock: args.cidrBlock,
        // Names rather than a number of zones: awsx would take the first that AWS lists on the day.
        availabilityZoneNames: [...args.availabilityZones],
        availabilityZoneCidrMask: plan.zonePrefix,
        subnetStrategy: "Auto",
        subnetSpecs: [
          { type: "Private", cidrMask: plan.privatePrefix },
          { type: "Public", cidrMask: plan.publicPrefix },
        ],
        subnetNameTagStrategy: "AvailabilityZone",
        natGateways: { strategy: NAT_STRATEGIES[args.natGateways] },
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags: args.tags,
      },
      { parent: this },
    );

    this.vpcId = vpc.vpcId;
    this.publicSubnetIds = vpc.publicSubnetIds;
    this.privateSubnetIds = vpc.privateSubnetIds;
    this.registerOutputs({
      vpcId: this.vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
    });
  }
}

const NAT_STRATEGIES = { none: "None", single: "Single", perZone: "OnePerAz" } as const;
