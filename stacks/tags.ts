import * as pulumi from "@pulumi/pulumi";

import {
  FEWEST_TAGS,
  isTagKey,
  isTagValue,
  MOST_TAGS,
  RESERVED_TAG_KEYS,
  stackTags,
  type Tags,
  WEIGHT_TAG,
} from "../components/naming";
import type { Settings } from "./settings";
import type { Constraint, Violation } from "./settings/constraint";
import { formatted, textsByName } from "./settings/fields";

/** Maximum number of weights by type of a group: each is a tag, in addition to the group's own weight. */
export const MOST_TYPE_WEIGHTS = 10;

/** The tags left besides {@link RESERVED_TAG_KEYS} and the weights by type, all of which a group may have. */
const MOST_OWN_TAGS = MOST_TAGS - RESERVED_TAG_KEYS.length - MOST_TYPE_WEIGHTS;

/** Settings of the tags. */
export const schema = {
  tags: textsByName({
    description:
      "Tags for every resource, instance and volume, in addition to Project, Stack, ManagedBy and Name: for cost allocation, ownership, data classification. The bill shows those that are activated as cost allocation tags. S3 objects, and Route 53's health checks and private zones, get none of them, because AWS allows only ten there.",
    example: "tags: { CostCenter: shop-4711, Owner: shop@example.com }",
    atMost: MOST_OWN_TAGS,
    names: {
      of: formatted("tag-key", isTagKey, /^[A-Za-z0-9+\-=._:@]{1,128}$/),
      allowed: `1 to 128 letters, digits and + - = . _ : @, not beginning with aws:, nor ${RESERVED_TAG_KEYS.join(", ")}, ${WEIGHT_TAG}:…, and different in more than case`,
    },
    values: {
      of: formatted("tag-value", isTagValue, /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u),
      allowed: "up to 256 letters, digits, spaces and _ . : / = + - @",
    },
  }),
} as const;

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

/** The tags of all the stack's resources. */
export function build(settings: Settings): Tags {
  return stackTags(pulumi.getProject(), pulumi.getStack(), settings.tags);
}
