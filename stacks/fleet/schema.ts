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

/** The instances, and how many of them. */
export const schema = {
  fleet: group(
    {
      instanceTypes: texts({
        description:
          "EC2 instance types, the preferred one first; the others stand in when AWS has none of it. The image follows their architecture, arm64 or x86_64.",
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
            "Id of your own machine image; without, the newest Amazon Linux 2023 at each launch of an instance.",
          allowed: "the id of a machine image in aws:region",
          example: "ami-0123456789abcdef0",
          of: IMAGE_ID,
        }),
      ),
      rootVolumeGib: integer(8, 16_384, {
        description: "GiB of an instance's encrypted root volume; no less than the image's.",
        default: 8,
      }),
      detailedMonitoring: boolean({
        description: "Whether EC2 reports metrics every minute instead of every five, for a fee.",
        default: true,
      }),
      minSize: integer(1, 1000, { description: "Instances that run at the least.", default: 2 }),
      maxSize: integer(1, 1000, { description: "Instances that run at the most.", default: 4 }),
      // 300 is what AWS's console sets; a small burstable instance that installs packages first needs about half of it.
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html
      bootSeconds: integer(30, 3600, {
        description:
          "Seconds from the launch of an instance until it passes its health check, on the slowest of instanceTypes. Too few, and none ever gets there; too many, and a sick one stays longer.",
        default: 300,
      }),
      maxInstanceLifetimeDays: integer(0, 365, {
        description: "Days after which an instance is replaced by one with the newest image; 0 for never.",
        default: 30,
      }),
      cpuTargetPercent: integer(10, 90, {
        description: "Mean CPU use that scaling aims for, in percent.",
        default: 50,
      }),
      memoryTargetPercent: optional(
        integer(10, 90, {
          description:
            "Mean use of memory that scaling aims for, in percent; without, memory counts for nothing. Needs telemetry.agent.",
          example: 70,
        }),
      ),
      requestsPerTargetPerMinute: integer(1, 1_000_000, {
        description: "Requests a minute for each instance that scaling aims for.",
        default: 1000,
      }),
      peakRequestsPerMinute: optional(
        integer(1, 1_000_000_000, {
          description:
            "Requests a minute that maxSize instances must carry with one zone lost, if anybody knows.",
          example: 8000,
        }),
      ),
      spot: group(
        {
          percent: integer(0, 100, {
            description:
              "Share of the instances above onDemandBase that run on Spot capacity: much cheaper, but AWS takes them back at two minutes' notice. Needs several instanceTypes; 0 for none.",
            default: 0,
          }),
          onDemandBase: integer(0, 1000, {
            description:
              "Instances that run on demand whatever the share. With one a zone, the store survives the loss of all Spot capacity.",
            default: 0,
          }),
          allocationStrategy: oneOf(SPOT_ALLOCATION_STRATEGIES, {
            description:
              "Where Spot instances come from: the cheapest among the pools with the most capacity, the pools with the most capacity, or those in the order of instanceTypes as far as capacity allows.",
            default: "price-capacity-optimized",
          }),
          capacityRebalance: boolean({
            description:
              "Whether a Spot instance at risk is replaced before AWS takes it back, new one first where there is time.",
            default: true,
          }),
        },
        {
          description:
            "Spot instances beside those on demand: up to 90 percent cheaper, and gone when AWS needs them.",
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
            description: "Instances that wait at the least, however many serve.",
            default: 0,
          }),
          maxPreparedCapacity: optional(
            integer(1, 1000, {
              description: "Instances that serve or wait, together at the most; without, as many as maxSize.",
              example: 6,
            }),
          ),
          reuseOnScaleIn: boolean({
            description: "Whether an instance that is needed no more returns to the pool instead of ending.",
            default: false,
          }),
        },
        {
          description:
            "Instances that have booted already and wait: they serve in seconds where a launch takes bootSeconds.",
          example: "warmPool: { state: stopped, minSize: 2 }",
        },
      ),
      drainSeconds: integer(0, 7200, {
        description:
          "Seconds that an instance has, once it gets no more requests, to finish its work and stop before it ends; 0 ends it at once. Spot capacity is gone after two minutes all the same.",
        default: 0,
      }),
      instanceRefresh: group(
        {
          checkpointPercents: ascendingIntegers(1, 100, {
            description:
              "Shares of the instances, in percent, after which a refresh waits: a new version meets few customers first. End with 100, or it stops at the last.",
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
              "Names of CloudWatch alarms, beside the stack's own, any of which ends a refresh; npm run deploy then takes it back.",
            default: Object.freeze([]),
            allowed: "up to 10 names, each of up to 255 characters",
            example: "checkout-errors",
            // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html
            maxItems: 10,
            items: matching(/^[^]{1,255}$/u),
          }),
          skipMatching: boolean({
            description: "Whether a refresh leaves instances alone that are as they should be already.",
            default: false,
          }),
        },
        {
          description: "How a change is rolled out to the instances: in steps, and watched by alarms.",
          example: "instanceRefresh: { checkpointPercents: [10, 50, 100], checkpointDelayMinutes: 30 }",
        },
      ),
    },
    {
      description: "The instances, and how many of them.",
      example: "fleet: { minSize: 3, maxSize: 12, instanceTypes: [m7g.large, m6g.large] }",
    },
  ),
} as const;
