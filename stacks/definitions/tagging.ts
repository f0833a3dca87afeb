import { RESERVED_TAG_KEYS } from "../../components/naming";
import { textsByName } from "../structured-settings";
import { TAG_KEY, TAG_VALUE } from "./formats";

/** What resources are labelled with. */
export const tagging = {
  tags: textsByName({
    description:
      "Tags for every resource, instance and volume, beside Project, Stack, ManagedBy and Name: for the bill, the owner, the data's class. The bill shows those that are activated as cost allocation tags.",
    example: "tags: { CostCenter: shop-4711, Owner: shop@example.com }",
    atMost: 40,
    names: {
      ...TAG_KEY,
      allowed: `1 to 128 letters, digits and + - = . _ : @, not beginning with aws:, nor ${RESERVED_TAG_KEYS.join(", ")}, and no two alike but for capitals`,
    },
    values: {
      ...TAG_VALUE,
      allowed: "up to 256 letters, digits, spaces and _ . : / = + - @",
    },
  }),
} as const;
