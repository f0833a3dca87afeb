import { isTagKey, isTagValue, MOST_TAGS, RESERVED_TAG_KEYS, WEIGHT_TAG } from "../../components/naming";
import { formatted, textsByName } from "../settings/fields";

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
