import { read } from "../../read";
import type { Reading } from "../../read";
import { AUTO_SCALING_GROUP } from "../../resources";
import { resourceRule, violations } from "../../rule";
import type { Expectation } from "../../rule";
import { refusal, wholeNumber } from "./known";

const FIX = "{ minSize: 2, desiredCapacity: 3, maxSize: 6 }";

/** What a size has to be by itself. */
const SIZE: Expectation = {
  accepts: (value) => (wholeNumber({ kind: "known", value }) ?? -1) >= 0,
  allowed: "a whole number from 0 on",
  vocabulary: /^-?\d{1,9}$/,
};

/** Sizes of Auto Scaling groups. */
export const autoScalingSizes = resourceRule({
  id: "auto-scaling-sizes",
  area: "refused-by-aws",
  title: "AWS takes the sizes of Auto Scaling groups",
  severity: "medium",
  level: "resource",
  description:
    "The sizes of an Auto Scaling group are not negative, and the desired one lies between the minimum and the maximum. " +
    "AWS refuses others, when network and load balancer are already there.",
  remedy: FIX,
  references: [
    {
      label: "CreateAutoScalingGroup",
      url: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
    },
  ],
  types: AUTO_SCALING_GROUP,
  judge(group) {
    const sizes = ["minSize", "desiredCapacity", "maxSize"].map((property): [string, Reading] => [
      property,
      read(group.props, [property]),
    ]);
    return violations(
      [
        ...sizes.map(([property, reading]) => refusal(property, reading, SIZE)),
        ...orderFaults(sizes.map(([property, reading]) => [property, wholeNumber(reading)])),
      ],
      FIX,
    );
  },
});

/**
 * The pairs of sizes that are out of order; sizes that are not known are passed over.
 *
 * @param sizes with their names, in the order they must have
 */
export function orderFaults(sizes: readonly (readonly [name: string, size: number | undefined])[]): string[] {
  return sizes.flatMap(([low, least], index) =>
    sizes
      .slice(index + 1)
      .flatMap(([high, most]) =>
        least !== undefined && most !== undefined && least > most
          ? [`${low} is ${least} and ${high} is ${most}; ${low} must not be the greater`]
          : [],
      ),
  );
}
