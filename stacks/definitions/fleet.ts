import { boolean, integer, optionalText, texts } from "../setting-types";
import { isImageId, isListOfInstanceTypes } from "./formats";

/** The instances, and how many of them. */
export const fleet = {
  instanceTypes: texts({
    description:
      "EC2 instance types, the preferred one first; the others stand in when AWS has none of it. The image follows their architecture, arm64 or x86_64.",
    default: Object.freeze(["t4g.small"]),
    allowed: "1 to 10 different EC2 instance types that run Linux",
    example: "t4g.small",
    accepts: isListOfInstanceTypes,
  }),
  imageId: optionalText({
    description:
      "Id of your own machine image; empty for the newest Amazon Linux 2023 at each launch of an instance.",
    allowed: "the id of a machine image in aws:region, or an empty text",
    example: "ami-0123456789abcdef0",
    accepts: isImageId,
  }),
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
  bootSeconds: integer(30, 3600, {
    description: "Seconds from the launch of an instance until it passes its health check.",
    default: 120,
  }),
  maxInstanceLifetimeDays: integer(0, 365, {
    description: "Days after which an instance is replaced by one with the newest image; 0 for never.",
    default: 30,
  }),
  cpuTargetPercent: integer(10, 90, {
    description: "Mean CPU use that scaling aims for, in percent.",
    default: 50,
  }),
  requestsPerTargetPerMinute: integer(1, 1_000_000, {
    description: "Requests a minute for each instance that scaling aims for.",
    default: 1000,
  }),
  peakRequestsPerMinute: integer(0, 1_000_000_000, {
    description:
      "Requests a minute that maxSize instances must carry with one zone lost; 0 when nobody knows.",
    default: 0,
  }),
} as const;
