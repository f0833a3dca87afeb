/** How few and how many healthy instances there may be while some are replaced, in percent of those wanted. */
export interface HealthyPercentages {
  readonly minHealthyPercentage: number;
  readonly maxHealthyPercentage: number;
}

/**
 * None less than wanted, and room for at least one more: a percentage that leaves a small group no room would
 * make a replacement wait for ever.
 *
 * @param minSize - instances that run at the least, 1 or more
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-maintenance-policy-overview-and-considerations.html
 */
export function healthyPercentages(minSize: number): HealthyPercentages {
  return { minHealthyPercentage: 100, maxHealthyPercentage: minSize === 1 ? 200 : 150 };
}

/** The most instances that are there at once, while `size` of them are replaced. */
export function mostInstances(size: number, minSize: number): number {
  return Math.ceil((size * healthyPercentages(minSize).maxHealthyPercentage) / 100);
}
