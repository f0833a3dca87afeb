import { FEWEST_TAGS, MOST_TAGS, RESERVED_TAG_KEYS, WEIGHT_TAG } from "../../components/naming";
import type { Constraint, Violation } from "../settings/constraint";
import type { Settings } from "../settings/schema";

/** The provider adds its default tags to all resources with tags, in addition to the stack's. */
export const constraints: readonly Constraint[] = [alikeButForCapitals, tooManyTags, tooManyForRoute53];

/** The stack's own tag keys on every resource, or on a subnet. */
const OURS = RESERVED_TAG_KEYS.filter((key) => key !== WEIGHT_TAG);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html (case sensitivity) */
function alikeButForCapitals({ tags, defaultTags: { tags: defaultTags } }: Settings): Violation[] {
  const ours = [...Object.keys(tags), ...OURS];
  const alike = Object.keys(defaultTags).filter(
    (key) => !ours.includes(key) && ours.some((other) => other.toLowerCase() === key.toLowerCase()),
  );
  if (alike.length === 0) return [];
  return [
    {
      at: "defaultTags.tags",
      allowed: `keys that differ from those in tags, and from ${OURS.join(", ")}, by more than case: ${alike.join(", ")} don't`,
      remedy: "use the same case, or remove them from one of the two",
    },
  ];
}

function tooManyTags({ tags, defaultTags: { tags: defaultTags } }: Settings): Violation[] {
  const most = MOST_TAGS - RESERVED_TAG_KEYS.length;
  const count = beside(RESERVED_TAG_KEYS, { ...tags, ...defaultTags });
  if (count <= most) return [];
  return [
    {
      at: "defaultTags.tags",
      allowed: `at most ${most}, together with tags: AWS allows ${MOST_TAGS} for a resource, and ${RESERVED_TAG_KEYS.join(", ")} are the store's (these make ${count})`,
      remedy: "remove some here, or from tags",
    },
  ];
}

function tooManyForRoute53({
  defaultTags: { tags: defaultTags },
  externalHealthCheck,
  internal,
}: Settings): Violation[] {
  const feature = externalHealthCheck.enabled
    ? "externalHealthCheck"
    : internal.enabled
      ? "internal"
      : undefined;
  if (feature === undefined) return [];
  const ours = OURS.filter((key) => key !== "SubnetType");
  const most = FEWEST_TAGS - ours.length;
  const count = beside(ours, defaultTags);
  if (count <= most) return [];
  return [
    {
      at: "defaultTags.tags",
      allowed: `at most ${most}, where ${feature}.enabled is true: Route 53 allows ${FEWEST_TAGS} for a health check or zone, and ${ours.join(", ")} are the store's (these are ${count})`,
      remedy: "remove some, or move them to tags, which Route 53 doesn't get",
    },
  ];
}

/** The number of tags with other keys than these. */
function beside(keys: readonly string[], tags: Readonly<Record<string, string>>): number {
  return Object.keys(tags).filter((key) => !keys.includes(key)).length;
}
