import { MAX_ZONES, SMALLEST_VPC } from "../../components/network/cidr";
import { LOG_RETENTION_DAYS } from "../../components/log-retention";
import { oneOf, oneOfIntegers, text, texts } from "../setting-types";
import { VPC_RANGE } from "./formats";

/** Where the store runs. */
export const network = {
  availabilityZones: texts({
    description:
      "Zones to run in, all in aws:region. Add new ones at the end: a zone's place decides on its addresses.",
    allowed: `2 to ${MAX_ZONES} different zone names`,
    example: "eu-west-1a, eu-west-1b",
    ...{ minItems: 2, maxItems: MAX_ZONES },
    items: { minLength: 1 },
  }),
  vpcCidr: text({
    description:
      "The VPC's private IPv4 range. It cannot be changed later without replacing everything in it.",
    default: "10.0.0.0/16",
    allowed: `a range from /16 to /${SMALLEST_VPC} within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, without bits set behind the prefix`,
    example: "10.0.0.0/16",
    ...VPC_RANGE,
  }),
  natGateways: oneOf(["none", "single", "perZone"], {
    description:
      "The instances' way to the internet. none has endpoints to S3 and Session Manager instead; single costs one gateway and hangs on one zone; perZone costs one a zone.",
    default: "single",
  }),
  flowLogRetentionDays: oneOfIntegers(LOG_RETENTION_DAYS, {
    description: "Days that the VPC's flow logs are kept in CloudWatch Logs.",
    default: 30,
  }),
} as const;
