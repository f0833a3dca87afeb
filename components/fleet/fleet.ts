import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { GROUP_METRICS } from "../monitoring/resource-alarms";
import { capacityWait, type GroupWaitArgs, isEmpty, leaveTimeouts } from "./group-waits";
import { createInstanceProfile } from "./instance-profile";
import type { InstanceGrants } from "./instance-grants";
import {
  createSecurityGroup,
  createSecurityGroupRules,
  type InstanceSecurityGroupArgs,
} from "./instance-security-group";
import { commonArchitecture } from "./instance-type";
import { launches, type SpotArgs } from "./launches";
import { completesHooks, createLifecycleHooks } from "./lifecycle";
import { amazonLinux, type MachineImage, ownImage } from "./machine-image";
import { named, type Tags } from "../naming";
import { healthyPercentages, refreshPreferences, type RefreshArgs } from "./refresh";
import { createScalingPolicies, type ScalingArgs } from "./scaling";
import { packUserData } from "./user-data";
import { hibernates, warmPool, type WarmPoolArgs } from "./warm-pool";

/** Arguments of {@link Fleet}. */
export interface FleetArgs extends InstanceSecurityGroupArgs, ScalingArgs, GroupWaitArgs {
  /** Ids of private subnets, one in each zone. The instances are spread over all of them. */
  readonly privateSubnetIds: pulumi.Input<string[]>;
  /** ARN of the target group that the instances join. */
  readonly targetGroupArn: pulumi.Input<string>;
  /**
   * EC2 instance types of one architecture, which determines the image's. The first is used as long as AWS
   * has capacity; the others are alternatives, so choose types of about the same size.
   */
  readonly instanceTypes: readonly string[];
  /** Id of your own image; undefined for the newest Amazon Linux 2023 at each launch. */
  readonly imageId: string | undefined;
  /** Size of the encrypted root volume in GiB, at least the image's. */
  readonly rootVolumeGib: number;
  /**
   * Whether EC2 reports metrics every minute instead of every five minutes, so that scaling reacts sooner.
   */
  readonly detailedMonitoring: boolean;
  /** Whether the group reports its sizes to CloudWatch, free of charge. */
  readonly groupMetrics: boolean;
  /**
   * An instance's name in the AWS console.
   *
   * @default `<name>-backend-ec2-instance`
   */
  readonly instanceName?: string;
  /**
   * Tags of the group that are not propagated to instances. They are read from the group, so a change is
   * visible at once.
   *
   * @default none
   */
  readonly groupTags?: Tags;
  /** The script that an instance runs at its first boot, as plain text. */
  readonly userData: pulumi.Input<string>;
  /** The AWS permissions of that script and the application. */
  readonly grants: InstanceGrants | pulumi.Output<InstanceGrants>;
  /**
   * Hop limit of the metadata service's responses: 2 gives containers access to the role's credentials.
   *
   * @default 1, which keeps the responses on the instance
   */
  readonly metadataHops?: 1 | 2;
  /** Days after which an instance, and with it its image, is replaced, up to 365; 0 for never. */
  readonly maxInstanceLifetimeDays: number;
  /** The share of Spot instances. */
  readonly spot: SpotArgs;
  /** The warm pool. */
  readonly warmPool: WarmPoolArgs;
  /** How a change is rolled out to the instances. */
  readonly instanceRefresh: RefreshArgs;
  /** Tags for every resource, instance and volume. */
  readonly tags: Tags;
}

/**
 * The instances that serve the store. They are identical and replaceable, run in private subnets and are
 * reached through the load balancer.
 */
export class Fleet extends pulumi.ComponentResource {
  /** Name of the Auto Scaling group. */
  readonly autoScalingGroupName: pulumi.Output<string>;
  /** Id of the instances' security group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Name of the instances' role. */
  readonly roleName: pulumi.Output<string>;

  constructor(name: string, args: FleetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:Fleet", name, {}, opts);

    const securityGroup = createSecurityGroup(name, args, this);
    const rules = createSecurityGroupRules(name, args, securityGroup, this);
    const { role, instanceProfile, permissions } = createInstanceProfile(name, args.grants, args.tags, this);
    const image = imageOf(args, this);
    const launchTemplate = createLaunchTemplate(name, args, image, securityGroup, instanceProfile, this);
    // An instance needs all of these to become healthy, and no property of the group depends on them.
    const group = createGroup(name, args, launchTemplate, this, [...rules, ...permissions]);
    if (!isEmpty(args)) createScalingPolicies(name, args, group, this);
    createLifecycleHooks(name, args.lifecycleHooks, role, group, this);

    this.autoScalingGroupName = group.name;
    this.securityGroupId = securityGroup.id;
    this.roleName = role.name;
    this.registerOutputs({
      autoScalingGroupName: this.autoScalingGroupName,
      securityGroupId: this.securityGroupId,
      roleName: this.roleName,
    });
  }
}

/** The image of the instances. */
function imageOf({ instanceTypes, imageId }: FleetArgs, parent: pulumi.Resource): MachineImage {
  const architecture = commonArchitecture(instanceTypes);
  if (architecture === undefined) {
    throw new RangeError(
      `${instanceTypes.join(", ")} are not EC2 instance types for Linux of one architecture: use types like t4g.small.`,
    );
  }
  return imageId === undefined ? amazonLinux(architecture) : ownImage(imageId, architecture, parent);
}

function createLaunchTemplate(
  name: string,
  args: FleetArgs,
  image: MachineImage,
  securityGroup: aws.ec2.SecurityGroup,
  instanceProfile: aws.iam.InstanceProfile,
  parent: pulumi.Resource,
): aws.ec2.LaunchTemplate {
  const [instanceType = ""] = args.instanceTypes;
  return new aws.ec2.LaunchTemplate(
    `${name}-instance`,
    {
      imageId: image.imageId,
      instanceType,
      userData: pulumi.output(args.userData).apply((script) => packUserData(script).toString("base64")),
      updateDefaultVersion: true,
      iamInstanceProfile: { arn: instanceProfile.arn },
      networkInterfaces: [
        {
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: [securityGroup.id],
        },
      ],
      // Version 2 of the metadata service, which containers can't reach unless they need the role's
      // credentials: a request forged through the store can't read them.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: args.metadataHops ?? 1,
        // Completing a hook requires the group's name, which an instance can read from its tags without a
        // permission.
        ...(completesHooks(args.lifecycleHooks) ? { instanceMetadataTags: "enabled" } : {}),
      },
      ...(hibernates(args.warmPool) ? { hibernationOptions: { configured: true } } : {}),
      blockDeviceMappings: [
        {
          deviceName: image.rootDeviceName,
          ebs: {
            volumeType: "gp3",
            volumeSize: args.rootVolumeGib,
            encrypted: "true",
            deleteOnTermination: "true",
          },
        },
      ],
      monitoring: { enabled: args.detailedMonitoring },
      // The Auto Scaling group tags its instances, not their volumes.
      tagSpecifications: [{ resourceType: "volume", tags: named(args.tags, instanceName(name, args)) }],
      tags: named(args.tags, `${name}-instance`),
    },
    { parent },
  );
}

function createGroup(
  name: string,
  args: FleetArgs,
  launchTemplate: aws.ec2.LaunchTemplate,
  parent: pulumi.Resource,
  dependsOn: pulumi.Resource[],
): aws.autoscaling.Group {
  const percentages = healthyPercentages(args.minSize);
  return new aws.autoscaling.Group(
    `${name}-fleet`,
    {
      vpcZoneIdentifiers: args.privateSubnetIds,
      targetGroupArns: [args.targetGroupArn],
      minSize: args.minSize,
      maxSize: args.maxSize,
      ...capacityWait(args),
      healthCheckType: "ELB",
      healthCheckGracePeriod: args.bootSeconds,
      defaultInstanceWarmup: args.bootSeconds,
      ...(args.groupMetrics ? { enabledMetrics: [...GROUP_METRICS] } : {}),
      maxInstanceLifetime: args.maxInstanceLifetimeDays * 24 * 60 * 60,
      ...launches(args.instanceTypes, args.spot, launchTemplate),
      ...(isEmpty(args) ? {} : warmPool(args.warmPool)),
      // Whatever the cause of a replacement (a new template, age, a failed check, rebalancing of zones), new
      // instances start before old ones terminate.
      instanceMaintenancePolicy: percentages,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          ...percentages,
          ...refreshPreferences(args.instanceRefresh),
          // The deployment that changes a colour's template may also fill it: instances that have just
          // started are up to date.
          ...(args.part === "only" ? {} : { skipMatching: true }),
          // No autoRollback: it would return to what failed (docs/decisions/018). tools/refreshes rolls a
          // refresh back.
        },
      },
      tags: [
        ...groupTags(named(args.tags, instanceName(name, args)), true),
        ...groupTags(args.groupTags ?? {}, false),
      ],
    },
    {
      parent,
      dependsOn,
      // Scaling sets the number of instances: a deployment must not reduce capacity.
      ignoreChanges: ["desiredCapacity"],
      customTimeouts: leaveTimeouts(args),
    },
  );
}

/** The `Name` tag of a fleet's instances, by which they are found. */
export function instanceName(name: string, args: Pick<FleetArgs, "instanceName"> = {}): string {
  return args.instanceName ?? `${name}-backend-ec2-instance`;
}

function groupTags(tags: Tags, propagateAtLaunch: boolean): aws.types.input.autoscaling.GroupTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch }));
}
