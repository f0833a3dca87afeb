import { FEWEST_TAGS, MOST_TAGS, RESERVED_TAG_KEYS, WEIGHT_TAG } from "../../components/naming";
import type { JointFault, JointRule, Known } from "./rule";

/** The provider puts its default tags on all that takes tags, beside the stack's. */
export const taggingRules: readonly JointRule[] = [alikeButForCapitals, tooManyTags, tooManyForRoute53];

/** The stack's own keys of which there is one on every resource, or on a subnet. */
const OURS = RESERVED_TAG_KEYS.filter((key) => key !== WEIGHT_TAG);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html (case sensitivity) */
function alikeButForCapitals({ tags, defaultTags }: Known): JointFault[] {
  if (tags === undefined || defaultTags === undefined) return [];
  const ours = [...Object.keys(tags), ...OURS];
  const alike = Object.keys(defaultTags).filter(
    (key) => !ours.includes(key) && ours.some((other) => other.toLowerCase() === key.toLowerCase()),
  );
  if (alike.length === 0) return [];
  return [
    {
      key: "defaultTags",
      allowed: `keys that differ from those in tags, and from ${OURS.join(", ")}, by more than capitals: ${alike.join(", ")} don't`,
      remedy: "write them alike, or remove them from one of the two",
    },
  ];
}

function tooManyTags({ tags, defaultTags }: Known): JointFault[] {
  if (tags === undefined || defaultTags === undefined) return [];
  const most = MOST_TAGS - RESERVED_TAG_KEYS.length;
  const count = beside(RESERVED_TAG_KEYS, { ...tags, ...defaultTags });
  if (count <= most) return [];
  return [
    {
      key: "defaultTags",
      allowed: `${most} at the most, together with tags: AWS takes ${MOST_TAGS} of a resource, and ${RESERVED_TAG_KEYS.join(", ")} are the store's (these make ${count})`,
      remedy: "remove some here, or from tags",
    },
  ];
}

function tooManyForRoute53({ defaultTags, externalHealthCheck, internal }: Known): JointFault[] {
  const feature = externalHealthCheck?.enabled
    ? "externalHealthCheck"
    : internal?.enabled
      ? "internal"
      : undefined;
  if (defaultTags === undefined || feature === undefined) return [];
  const ours = OURS.filter((key) => key !== "SubnetType");
  const most = FEWEST_TAGS - ours.length;
  const count = beside(ours, defaultTags);
  if (count <= most) return [];
  return [
    {
      key: "defaultTags",
      allowed: `${most} at the most, where ${feature}.enabled is true: Route 53 takes ${FEWEST_TAGS} of a health check or zone, and ${ours.join(", ")} are the store's (these are ${count})`,
      remedy: "remove some, or set them in tags, which Route 53 doesn't get",
    },
  ];
}

/** How many of the tags have other keys than these. */
function beside(keys: readonly string[], tags: Readonly<Record<string, string>>): number {
  return Object.keys(tags).filter((key) => !keys.includes(key)).length;
}
