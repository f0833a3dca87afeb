import { oncePerObject } from "../../once";
import { isList, read, readList } from "../../read";
import { isOf, PIPE } from "../../resources";
import type { Reading } from "../../read";
import type { StackSubject } from "../../rule";
import { given, givenProperties } from "../../stack";

/** A value in the inputs of a resource, and its place. */
export interface Said {
  readonly from: StackSubject;
  /** The top-level input, whose dependencies show what an unknown value may be. */
  readonly property: string;
  /** The path of the value in the program: `networkConfiguration.subnets[0]`. */
  readonly label: string;
  readonly value: Reading;
}

/** The network settings of what a resource launches, from anywhere in its inputs. */
export interface Network {
  /** Settings for public IPv4 addresses. */
  readonly addresses: readonly Said[];
  /** Settings that request IPv6 addresses, which are always public. */
  readonly ipv6: readonly Said[];
  readonly subnets: readonly Said[];
  readonly groups: readonly Said[];
  /** Separate network interfaces that it is launched with. */
  readonly interfaces: readonly Said[];
  /** Launch templates and launch configurations. */
  readonly templates: readonly Said[];
}

type Part = keyof Network;

/**
 * The property names of each part, across the types of the provider. Security groups that are only a source of traffic
 * have other names.
 */
const NAMES: readonly (readonly [part: Part, name: RegExp])[] = [
  ["addresses", /^(associatePublicIpAddress|assignPublicIp)$/],
  [
    "ipv6",
    /^(ipv6AddressCount|ipv6Addresses|ipv6AddressLists?|ipv6PrefixCount|ipv6Prefixes|enablePrimaryIpv6|primaryIpv6)$/,
  ],
  ["subnets", /^(subnets?|subnetIds?|vpcZoneIdentifiers)$/],
  ["groups", /^(?!source)\w*securityGroup(s|Ids?)?$/i],
  ["interfaces", /^networkInterfaceId$/],
  ["templates", /^(launchTemplate(Id|Name)|launchConfiguration)$/],
];

/** The part of each property name seen so far: there are few names, and they recur with every resource. */
const parts = new Map<string, Part | undefined>();

function partOf(name: string): Part | undefined {
  if (!parts.has(name)) parts.set(name, NAMES.find(([, pattern]) => pattern.test(name))?.[0]);
  return parts.get(name);
}

/** Blocks whose `id` or `name` identifies a launch template. */
const TEMPLATE_BLOCK = /^launchTemplate(Specification)?$/;

/**
 * Blocks that may hold any part. A completely unknown block may set all of them; its dependencies show the resources.
 */
const BLOCK =
  /^(networkInterfaces?|primaryNetworkInterface|networkConfiguration|vpcConfiguration|awsVpcConfiguration|launchSpecifications|launchTemplateConfigs|mixedInstancesPolicy|computeResources|managedInstancesProvider|instanceLaunchTemplate|target|targetParameters|ecs\w*Parameters|ecsTarget|ec2Attributes|overrides)$/;

const UNREAD_BLOCK: readonly Part[] = ["addresses", "subnets", "groups"];

/** Maximum depth of such a block in the inputs of any type of the provider. */
const DEPTH = 8;

/**
 * Reads the network settings of a resource once, as each resource launched from a launch template asks for the
 * template's.
 */
export const networkOf: (resource: StackSubject) => Network = oncePerObject(readNetwork);

function readNetwork(resource: StackSubject): Network {
  const found: Record<Part, Said[]> = {
    addresses: [],
    ipv6: [],
    subnets: [],
    groups: [],
    interfaces: [],
    templates: [],
  };
  for (const property of givenProperties(resource)) {
    // The target of a pipe is an ARN; other targets are blocks.
    if (property === "target" && isOf(PIPE, resource)) continue;
    const place = { from: resource, property, label: property, inTemplate: false };
    collect(given(resource, property), property, place, found, DEPTH);
  }
  return found;
}

interface Place {
  readonly from: StackSubject;
  readonly property: string;
  readonly label: string;
  readonly inTemplate: boolean;
}

function collect(
  reading: Reading,
  key: string,
  place: Place,
  found: Record<Part, Said[]>,
  depth: number,
): void {
  if (reading.kind === "absent" || depth === 0) return;
  const part = place.inTemplate && (key === "id" || key === "name") ? "templates" : partOf(key);
  if (part !== undefined) {
    found[part].push(...saidIn(reading, place));
    return;
  }
  const isTemplate = TEMPLATE_BLOCK.test(key);
  if (reading.kind === "unknown") {
    const { from, property, label } = place;
    const parts: readonly Part[] = isTemplate ? ["templates"] : BLOCK.test(key) ? UNREAD_BLOCK : [];
    for (const each of parts) found[each].push({ from, property, label, value: reading });
    return;
  }
  const { value } = reading;
  if (typeof value !== "object" || value === null) return;
  const isArray = Array.isArray(value);
  for (const inner of Object.keys(value)) {
    const label = isArray ? `${place.label}[${inner}]` : `${place.label}.${inner}`;
    const within = { ...place, label, inTemplate: isTemplate };
    // An element belongs to the same part as its list.
    collect(read(value, [inner]), isArray ? key : inner, within, found, depth - 1);
  }
}

/** The elements of a list, or the single value, that are set or unknown. */
function saidIn(reading: Reading, { from, property, label }: Place): Said[] {
  const list = reading.kind === "known" ? readList(reading.value, []) : reading;
  const values: readonly (readonly [label: string, value: Reading])[] = isList(list)
    ? list.map((value, index) => [`${label}[${index}]`, value])
    : [[label, list]];
  return values
    .filter(([, value]) => value.kind === "unknown" || (value.kind === "known" && value.value !== ""))
    .map(([at, value]) => ({ from, property, label: at, value }));
}
