import type { Values } from "../../values";
import { present, readArguments } from "../awsx/args";
import { isInputMap, Output } from "../awsx/output";
import type { Input, InputMap } from "../awsx/output";

/**
 * The arguments of `awsx.ec2.Vpc` in wire form. Those that awsx plans with must be plain; the others may be outputs.
 * Source: `@pulumi/awsx` `ec2/vpc.d.ts`.
 */
export interface VpcArgs {
  /** Every argument as given, for those that awsx passes on. */
  readonly given: InputMap;
  readonly availabilityZoneNames: readonly string[] | undefined;
  readonly numberOfAvailabilityZones: number | undefined;
  readonly availabilityZoneCidrMask: number | undefined;
  /** An output is used for planning once it is known, except under `Legacy`. */
  readonly cidrBlock: string | Output<string> | undefined;
  /** @default "Legacy" */
  readonly subnetStrategy: string;
  readonly subnetStrategyGiven: boolean;
  readonly subnetSpecs: readonly SubnetSpecArgs[] | undefined;
  /** @default "Legacy" */
  readonly subnetNameTagStrategy: string;
  /** @default "OnePerAz" */
  readonly natGatewayStrategy: string;
  /** @default [] */
  readonly elasticIpAllocationIds: readonly Input[];
  /** @default "Legacy" */
  readonly vpcEndpointStrategy: string;
  /** @default [] */
  readonly vpcEndpointSpecs: readonly EndpointSpecArgs[];
}

/** A kind of subnet, one in each zone. */
export interface SubnetSpecArgs {
  /** `Public`, `Private`, `Isolated` or `Unused`. */
  readonly type: string;
  readonly name: string | undefined;
  readonly cidrMask: number | undefined;
  /** Addresses, a power of two. */
  readonly size: number | undefined;
  /** One block for each zone. */
  readonly cidrBlocks: readonly string[] | undefined;
  readonly assignIpv6AddressOnCreation: Input | undefined;
  readonly tags: Input | undefined;
}

/** One VPC endpoint. */
export interface EndpointSpecArgs {
  readonly serviceName: string;
  /** Every property as given, null ones left out. */
  readonly given: InputMap;
}

/**
 * Reads the component's inputs.
 *
 * @param inputs - the component's inputs in wire form.
 * @throws Error that lists every argument of a wrong type, or that is an output where awsx needs a plain value.
 */
export function readVpcArgs(inputs: Values): VpcArgs {
  const given = readArguments(inputs);
  const read = new Reader(given, "");
  const nat = read.map("natGateways");
  const args: VpcArgs = {
    given,
    availabilityZoneNames: read.strings("availabilityZoneNames"),
    numberOfAvailabilityZones: read.number("numberOfAvailabilityZones"),
    availabilityZoneCidrMask: read.number("availabilityZoneCidrMask"),
    cidrBlock: read.stringOrOutput("cidrBlock"),
    subnetStrategy: read.string("subnetStrategy") ?? "Legacy",
    subnetStrategyGiven: given["subnetStrategy"] !== undefined,
    subnetSpecs: read.maps("subnetSpecs")?.map(readSubnetSpec),
    subnetNameTagStrategy: read.string("subnetNameTagStrategy") ?? "Legacy",
    natGatewayStrategy: nat?.string("strategy") ?? "OnePerAz",
    elasticIpAllocationIds: nat?.list("elasticIpAllocationIds") ?? [],
    vpcEndpointStrategy: read.string("vpcEndpointStrategy") ?? "Legacy",
    vpcEndpointSpecs: read.maps("vpcEndpointSpecs")?.map(readEndpointSpec) ?? [],
  };
  if (read.faults.length > 0) {
    throw new Error(
      `Invalid arguments of awsx.ec2.Vpc:\n${read.faults.map((fault) => ` - ${fault}`).join("\n")}`,
    );
  }
  return args;
}

function readSubnetSpec(spec: Reader): SubnetSpecArgs {
  return {
    type: spec.required("type"),
    name: spec.string("name"),
    cidrMask: spec.number("cidrMask"),
    size: spec.number("size"),
    cidrBlocks: spec.strings("cidrBlocks"),
    assignIpv6AddressOnCreation: spec.properties["assignIpv6AddressOnCreation"],
    tags: spec.properties["tags"],
  };
}

function readEndpointSpec(spec: Reader): EndpointSpecArgs {
  return { serviceName: spec.required("serviceName"), given: spec.properties };
}

/** Reads typed properties of a map, and records their faults. */
class Reader {
  readonly properties: InputMap;

  constructor(
    properties: InputMap,
    private readonly path: string,
    readonly faults: string[] = [],
  ) {
    this.properties = present(properties);
  }

  string(key: string): string | undefined {
    return this.plain(key, "a string", (value): value is string => typeof value === "string");
  }

  required(key: string): string {
    if (this.properties[key] === undefined) this.faults.push(`${this.path}${key} is missing: give a string.`);
    return this.string(key) ?? "";
  }

  number(key: string): number | undefined {
    return this.plain(key, "a number", (value): value is number => typeof value === "number");
  }

  list(key: string): readonly Input[] | undefined {
    return this.plain(key, "a list", (value): value is readonly Input[] => Array.isArray(value));
  }

  strings(key: string): readonly string[] | undefined {
    const isStrings = (value: Input): value is readonly string[] =>
      Array.isArray(value) && value.every((element) => typeof element === "string");
    return this.plain(key, "a list of strings", isStrings);
  }

  map(key: string): Reader | undefined {
    const value = this.plain(key, "an object", isInputMap);
    return value && new Reader(value, `${this.path}${key}.`, this.faults);
  }

  maps(key: string): readonly Reader[] | undefined {
    const isMaps = (value: Input): value is readonly InputMap[] =>
      Array.isArray(value) && value.every(isInputMap);
    const values = this.plain(key, "a list of objects", isMaps);
    return values?.map((value, index) => new Reader(value, `${this.path}${key}[${index}].`, this.faults));
  }

  stringOrOutput(key: string): string | Output<string> | undefined {
    const value = this.properties[key];
    if (!(value instanceof Output)) return this.string(key);
    return value.map((inner) => {
      if (typeof inner === "string") return inner;
      this.faults.push(`${this.path}${key} is ${JSON.stringify(inner)}, but must be a string.`);
      return "";
    });
  }

  private plain<T extends Input>(
    key: string,
    wanted: string,
    test: (value: Input) => value is T,
  ): T | undefined {
    const value = this.properties[key];
    if (value === undefined || test(value)) return value;
    const outputs = holdsOutput(value);
    this.faults.push(
      outputs
        ? `${this.path}${key} is or contains an output, but awsx needs it before any resource exists: give ${wanted} of plain values.`
        : `${this.path}${key} is ${JSON.stringify(value)}, but must be ${wanted}.`,
    );
    return undefined;
  }
}

function holdsOutput(input: Input | undefined): boolean {
  if (input instanceof Output) return true;
  if (Array.isArray(input)) return input.some(holdsOutput);
  return isInputMap(input) && Object.values(input).some(holdsOutput);
}
