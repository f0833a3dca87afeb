import { MOST_TAGS, RESERVED_TAG_KEYS, WEIGHT_TAG } from "../../components/naming";
import { textsByName } from "../structured-settings";
import { TAG_KEY, TAG_VALUE } from "./formats";

/** Weights by type that a group may have, a tag each beside its own weight. */
export const MOST_TYPE_WEIGHTS = 10;

/** What is left beside {@link RESERVED_TAG_KEYS} and the weights by type: a group may have them all. */
const MOST_OWN_TAGS = MOST_TAGS - RESERVED_TAG_KEYS.length - MOST_TYPE_WEIGHTS;

/** What resources are labelled with. */
export const tagging = {
  tags: textsByName({
    description:
      "Tags for every resource, instance and volume, beside Project, Stack, ManagedBy and Name: for the bill, the owner, the data's class. The bill shows those that are activated as cost allocation tags. S3 objects, and Route 53's health checks and private zones, get none of them: AWS has room for ten there.",
    example: "tags: { CostCenter: shop-4711, Owner: shop@example.com }",
    atMost: MOST_OWN_TAGS,
    names: {
      ...TAG_KEY,
      allowed: `1 to 128 letters, digits and + - = . _ : @, not beginning with aws:, nor ${RESERVED_TAG_KEYS.join(", ")}, ${WEIGHT_TAG}:…, and no two alike but for capitals`,
    },
    values: {
      ...TAG_VALUE,
      allowed: "up to 256 letters, digits, spaces and _ . : / = + - @",
    },
  }),
} as const;
