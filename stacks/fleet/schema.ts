import { SPOT_ALLOCATION_STRATEGIES } from "../../components/fleet/launches";
import { WARM_POOL_STATES } from "../../components/fleet/warm-pool";
import { architectureOf, INSTANCE_TYPE } from "../../components/fleet/instance-type";
import {
  ascendingIntegers,
  boolean,
  formatted,
  group,
  integer,
  matching,
  oneOf,
  optional,
  text,
  texts,
} from "../settings/fields";

/**
 * The id of a machine image.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export const IMAGE_ID = matching(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/);

/** A type of EC2 instances that run Linux. */
export const INSTANCE_TYPE_NAME = formatted(
  "instance-type",
  (type) => architectureOf(type) !== undefined,
  INSTANCE_TYPE,
);

/** Settings of the instances and their number. */
export const schema = {
  fleet: group(
    {
      instanceTypes: texts({
        description:
          "EC2 instance types, the preferred one first; the others are used when AWS has no capacity for it. The image has their architecture, arm64 or x86_64.",
        default: Object.freeze(["t4g.small"]),
        allowed: "1 to 10 different EC2 instance types that run Linux",
        example: "t4g.small",
        minItems: 1,
        maxItems: 10,
        items: INSTANCE_TYPE_NAME,
      }),
      imageId: optional(
        text({
          description:
            "ID of your own machine image; if not set, the newest Amazon Linux 2023 at each launch of an instance.",
          allowed: "the id of a machine image in aws:region",
          example: "ami-0123456789abcdef0",
          of: IMAGE_ID,
        }),
      ),
      rootVolumeGib: integer(8, 16_384, {
        description: "Size of an instance's encrypted root volume in GiB; at least the image's.",
        default: 8,
      }),
      detailedMonitoring: boolean({
        description: "Whether EC2 reports metrics every minute instead of every five minutes, for a fee.",
        default: true,
      }),
      minSize: integer(1, 1000, { description: "Minimum number of instances.", default: 2 }),
      maxSize: integer(1, 1000, { description: "Maximum number of instances.", default: 4 }),
      // 300 is what AWS's console sets; a small burstable instance that installs packages first needs about half of it.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html
      bootSeconds: integer(30, 3600, {
        description:
          "Seconds from the launch of an instance until it passes its health check, on the slowest of instanceTypes. If too low, no instance ever becomes healthy; if too high, unhealthy ones stay longer.",
        default: 300,
      }),
      maxInstanceLifetimeDays: integer(0, 365, {
        description: "Days after which an instance is replaced by one with the newest image; 0 for never.",
        default: 30,
      }),
      cpuTargetPercent: integer(10, 90, {
        description: "Target for the average CPU utilization, in percent.",
        default: 50,
      }),
      memoryTargetPercent: optional(
        integer(10, 90, {
          description:
            "Target for the average memory utilization, in percent; if not set, scaling ignores memory. Needs telemetry.agent.",
          example: 70,
        }),
      ),
      requestsPerTargetPerMinute: integer(1, 1_000_000, {
        description: "Target for the requests per minute of each instance.",
        default: 1000,
      }),
      peakRequestsPerMinute: optional(
        integer(1, 1_000_000_000, {
          description: "Requests per minute that maxSize instances must serve with one zone lost, if known.",
          example: 8000,
        }),
      ),
      spot: group(
        {
          percent: integer(0, 100, {
            description:
              "Percentage of the instances above onDemandBase that are Spot Instances: much cheaper, but AWS reclaims them with two minutes' notice. Needs several instanceTypes; 0 for none.",
            default: 0,
          }),
          onDemandBase: integer(0, 1000, {
            description:
              "Number of On-Demand Instances regardless of percent. With one for each zone, the store survives the loss of all Spot capacity.",
            default: 0,
          }),
          allocationStrategy: oneOf(SPOT_ALLOCATION_STRATEGIES, {
            description:
              "How Spot pools are chosen: the cheapest among the pools with the most capacity, the pools with the most capacity, or in the order of instanceTypes as far as capacity allows.",
            default: "price-capacity-optimized",
          }),
          capacityRebalance: boolean({
            description:
              "Whether a Spot Instance at risk is replaced before AWS reclaims it, with the new instance first if there is time.",
            default: true,
          }),
        },
        {
          description:
            "Spot Instances in addition to On-Demand Instances: up to 90 percent cheaper, but AWS can reclaim them.",
          example: "spot: { percent: 70, onDemandBase: 3 }",
        },
      ),
      warmPool: group(
        {
          state: oneOf(["off", ...WARM_POOL_STATES], {
            description:
              "How instances wait in the warm pool. stopped costs their volumes; hibernated also room for their memory on the root volume; running costs as much as serving.",
            default: "off",
          }),
          minSize: integer(0, 1000, {
            description: "Minimum number of waiting instances, however many serve.",
            default: 0,
          }),
          maxPreparedCapacity: optional(
            integer(1, 1000, {
              description: "Maximum number of serving and waiting instances together; if not set, maxSize.",
              example: 6,
            }),
          ),
          reuseOnScaleIn: boolean({
            description:
              "Whether an instance that is no longer needed returns to the pool instead of being terminated.",
            default: false,
          }),
        },
        {
          description:
            "Instances that have already booted and wait: they serve within seconds, where a new one takes bootSeconds.",
          example: "warmPool: { state: stopped, minSize: 2 }",
        },
      ),
      drainSeconds: integer(0, 7200, {
        description:
          "Seconds that an instance has to finish its work and stop, after it gets no more requests and before it is terminated; 0 terminates it at once. Spot Instances still end after two minutes.",
        default: 0,
      }),
      instanceRefresh: group(
        {
          checkpointPercents: ascendingIntegers(1, 100, {
            description:
              "Percentages of replaced instances at which a refresh waits, so that a new version first serves few customers. End with 100, or the refresh stops at the last percentage.",
            default: Object.freeze([]),
            allowed: "whole numbers from 1 to 100 in ascending order",
            example: "10, 50, 100",
          }),
          checkpointDelayMinutes: integer(0, 2880, {
            description: "Minutes that a refresh waits at each of checkpointPercents.",
            default: 60,
          }),
          alarmNames: texts({
            description:
              "Names of CloudWatch alarms, in addition to the stack's own, that stop a refresh; npm run deploy then rolls it back.",
            default: Object.freeze([]),
            allowed: "up to 10 names, each of up to 255 characters",
            example: "checkout-errors",
            // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html
            maxItems: 10,
            items: matching(/^[^]{1,255}$/u),
          }),
          skipMatching: boolean({
            description: "Whether a refresh skips instances that already match the new configuration.",
            default: false,
          }),
        },
        {
          description: "How a change is rolled out to the instances: in steps, watched by alarms.",
          example: "instanceRefresh: { checkpointPercents: [10, 50, 100], checkpointDelayMinutes: 30 }",
        },
      ),
    },
    {
      description: "The instances and their number.",
      example: "fleet: { minSize: 3, maxSize: 12, instanceTypes: [m7g.large, m6g.large] }",
    },
  ),
} as const;
