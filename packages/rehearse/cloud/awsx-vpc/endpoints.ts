import type { EndpointSpecArgs, VpcArgs } from "./args";
import type { Input } from "../awsx/output";

/** A planned VPC endpoint. */
export interface PlannedEndpoint {
  readonly serviceName: string;
  readonly given: EndpointSpecArgs["given"];
  /** In lower case; undefined if it is an output. */
  readonly type: string | undefined;
}

/** The DNS settings of the VPC. */
export interface DnsSettings {
  readonly enableDnsHostnames: Input | undefined;
  readonly enableDnsSupport: Input | undefined;
}

/**
 * Decides the types of the VPC's endpoints; the default is `gateway`.
 *
 * @throws Error if a type is an output under `Auto`, where it determines the endpoint's other settings.
 */
export function planEndpoints({
  vpcEndpointSpecs,
  vpcEndpointStrategy,
}: VpcArgs): readonly PlannedEndpoint[] {
  return vpcEndpointSpecs.map(({ serviceName, given }) => {
    const declared = given["vpcEndpointType"] ?? "Gateway";
    const type = typeof declared === "string" ? declared.toLowerCase() : undefined;
    if (type === undefined && vpcEndpointStrategy === "Auto") {
      throw new Error(
        `With vpcEndpointStrategy "Auto" the vpcEndpointType of "${serviceName}" must be a plain string or left ` +
          `out, but it is an output: give it plainly, or use vpcEndpointStrategy "Legacy".`,
      );
    }
    return { serviceName, given, type };
  });
}

/**
 * Decides the VPC's DNS settings: under `Auto`, interface endpoints with private DNS enable both, because AWS
 * requires both for private DNS names.
 * Source: https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
 *
 * @throws Error if one is disabled although an endpoint needs it.
 */
export function planDns(args: VpcArgs, endpoints: readonly PlannedEndpoint[]): DnsSettings {
  const { enableDnsHostnames, enableDnsSupport } = args.given;
  const needy = endpoints.find(
    ({ type, given }) => type === "interface" && (given["privateDnsEnabled"] ?? true) === true,
  );
  if (args.vpcEndpointStrategy !== "Auto" || !needy) return { enableDnsHostnames, enableDnsSupport };

  const off = Object.entries({ enableDnsHostnames, enableDnsSupport }).filter(([, value]) => value === false);
  if (off.length > 0) {
    throw new Error(
      `${off.map(([key]) => key).join(" and ")} must be true or left out, because with vpcEndpointStrategy "Auto" the ` +
        `interface endpoint "${needy.serviceName}" uses private DNS: switch it on, or set the endpoint's ` +
        `privateDnsEnabled to false.`,
    );
  }
  return { enableDnsHostnames: enableDnsHostnames ?? true, enableDnsSupport: enableDnsSupport ?? true };
}

/** The warnings of awsx under `Legacy`: an endpoint that nothing in the VPC will use. */
export function endpointWarnings({ serviceName, given, type }: PlannedEndpoint): readonly string[] {
  const lacks = (...keys: string[]): boolean => keys.every((key) => given[key] === undefined);
  const remedy = `or set vpcEndpointStrategy to "Auto" to use the VPC's own`;
  if (type === "interface" && lacks("subnetIds", "subnetConfigurations")) {
    return [
      `The interface endpoint "${serviceName}" is in no subnet: give subnetIds or subnetConfigurations, ${remedy}.`,
    ];
  }
  if (type === "gateway" && lacks("routeTableIds")) {
    return [`The gateway endpoint "${serviceName}" is in no route table: give routeTableIds, ${remedy}.`];
  }
  return [];
}
