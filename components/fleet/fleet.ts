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
  /** Ids of private subnets, one a zone; the instances spread over all of them. */
  readonly privateSubnetIds: pulumi.Input<string[]>;
  /** ARN of the target group that the instances join. */
  readonly targetGroupArn: pulumi.Input<string>;
  /**
   * EC2 instance types of one architecture, which the image follows. The first is used for as long as AWS has
   * it; the others stand in, so take types of about the same size.
   */
  readonly instanceTypes: readonly string[];
  /** Id of your own image; undefined for the newest Amazon Linux 2023 at each launch. */
  readonly imageId: string | undefined;
  /** GiB of the encrypted root volume; no less than the image's. */
  readonly rootVolumeGib: number;
  /** Whether EC2 reports metrics every minute instead of every five: scaling follows the load that much sooner. */
  readonly detailedMonitoring: boolean;
  /** Whether the group reports its sizes to CloudWatch, free of charge. */
  readonly groupMetrics: boolean;
  /**
   * What the console calls an instance.
   *
   * @default `<name>-backend-ec2-instance`
   */
  readonly instanceName?: string;
  /**
   * Tags of the group that its instances don't get: who reads them asks the group, and sees a change at once.
   *
   * @default none
   */
  readonly groupTags?: Tags;
  /** Script that an instance runs at its first boot, as plain text. */
  readonly userData: pulumi.Input<string>;
  /** What that script, and the application, may do in AWS. */
  readonly grants: InstanceGrants | pulumi.Output<InstanceGrants>;
  /**
   * Network hops that the metadata service's answers travel: 2 lets containers have the credentials of the role.
   *
   * @default 1, which keeps them on the instance
   */
  readonly metadataHops?: 1 | 2;
  /** Days after which an instance is replaced, and its image with it; 0 for never, else up to 365. */
  readonly maxInstanceLifetimeDays: number;
  /** The share of Spot instances. */
  readonly spot: SpotArgs;
  /** Instances that wait, booted already. */
  readonly warmPool: WarmPoolArgs;
  /** How a change is rolled out to the instances. */
  readonly instanceRefresh: RefreshArgs;
  /** Tags for every resource, instance and volume. */
  readonly tags: Tags;
}

/**
 * The instances that serve the store: identical, replaceable, in private subnets, reached through the load
 * balancer.
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
    // An instance needs all of these to boot healthy, and no property of the group leads to them.
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

/** The image of the instances. Types of two architectures must not pass for one. */
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
      // Version 2 of the metadata service, and no way to it from inside a container unless that needs the role's
      // credentials: a request forged through the store cannot read them.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: args.metadataHops ?? 1,
        // To complete a hook takes the group's name, which an instance needs no permission to read there.
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
      // Whatever replaces instances (a new template, age, a failed check, the balance of zones): new ones
      // first, then the old ones go.
      instanceMaintenancePolicy: percentages,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          ...percentages,
          ...refreshPreferences(args.instanceRefresh),
          // A colour may be filled by the deployment that changes its template: what just started is up to date.
          ...(args.part === "only" ? {} : { skipMatching: true }),
          // No autoRollback: it would return to what failed (docs/decisions/018). tools/refreshes takes a refresh back.
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
      // How many instances run is for scaling to say: a deployment must not take capacity away.
      ignoreChanges: ["desiredCapacity"],
      customTimeouts: leaveTimeouts(args),
    },
  );
}

/** What the console calls an instance of a fleet, and what it is found by. */
export function instanceName(name: string, args: Pick<FleetArgs, "instanceName"> = {}): string {
  return args.instanceName ?? `${name}-backend-ec2-instance`;
}

function groupTags(tags: Tags, propagateAtLaunch: boolean): aws.types.input.autoscaling.GroupTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch }));
}
