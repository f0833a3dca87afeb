/** @throws Error if the strategy is unknown, or the number of Elastic IP addresses doesn't fit it. */
export function checkElasticIps(strategy: string, addresses: number, zones: number): void {
  const given = `${addresses} ${addresses === 1 ? "is" : "are"} given`;
  switch (strategy.toLowerCase()) {
    case "none":
      if (addresses === 0) return;
      throw new Error(
        `natGateways.elasticIpAllocationIds must be left out when natGateways.strategy is "${strategy}", but ${given}.`,
      );
    case "single":
      if (addresses <= 1) return;
      throw new Error(
        `natGateways.elasticIpAllocationIds must hold exactly one address when natGateways.strategy is ` +
          `"${strategy}", but ${given}.`,
      );
    case "oneperaz":
      if (addresses === 0 || addresses === zones) return;
      throw new Error(
        `natGateways.elasticIpAllocationIds must hold one address for each of the ${zones} availability zones ` +
          `when natGateways.strategy is "${strategy}", but ${given}.`,
      );
    default:
      throw new Error(`natGateways.strategy is "${strategy}", but must be "OnePerAz", "Single" or "None".`);
  }
}

/**
 * @param types - the types of the subnets; every zone has the same.
 * @throws Error if a NAT gateway has no public subnet to be in, or no subnet to serve.
 */
export function checkNatSubnets(strategy: string, types: readonly string[]): void {
  if (strategy.toLowerCase() === "none") return;
  const has = (...wanted: string[]): boolean => types.some((type) => wanted.includes(type.toLowerCase()));
  if (has("public") && has("private", "isolated")) return;
  throw new Error(
    `natGateways.strategy "${strategy}" needs public subnets to put NAT gateways in, and private or isolated ` +
      `subnets to route through them, but the subnets are ${types.length === 0 ? "none" : [...new Set(types)].join(", ")}. ` +
      `Declare both, or set natGateways.strategy to "None".`,
  );
}

/**
 * True if a public subnet gets a NAT gateway.
 *
 * @param existing - the number of NAT gateways so far.
 * @param zoneIndex - the subnet's zone, from 0.
 */
export function hostsNatGateway(strategy: string, existing: number, zoneIndex: number): boolean {
  switch (strategy.toLowerCase()) {
    case "none":
      return false;
    case "single":
      return existing === 0;
    default:
      return existing <= zoneIndex;
  }
}
