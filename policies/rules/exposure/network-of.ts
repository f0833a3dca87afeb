import { oncePerObject } from "../../once";
import { isList, read, readList } from "../../read";
import { isOf, PIPE } from "../../resources";
import type { Reading } from "../../read";
import type { StackSubject } from "../../rule";
import { given, givenProperties } from "../../stack";

/** A value within the inputs of a resource, and where it is. */
export interface Said {
  readonly from: StackSubject;
  /** The input at the top, whose dependencies tell what an unknown value may be. */
  readonly property: string;
  /** Where the value is, as its author wrote it: `networkConfiguration.subnets[0]`. */
  readonly label: string;
  readonly value: Reading;
}

/** What a resource says of the network that it launches something into, wherever in its inputs it says so. */
export interface Network {
  /** What it says of public IPv4 addresses. */
  readonly addresses: readonly Said[];
  /** What asks for IPv6 addresses, which are always public. */
  readonly ipv6: readonly Said[];
  readonly subnets: readonly Said[];
  readonly groups: readonly Said[];
  /** Network interfaces of their own that it is launched with. */
  readonly interfaces: readonly Said[];
  /** Launch templates and launch configurations. */
  readonly templates: readonly Said[];
}

type Part = keyof Network;

/**
 * The names that properties have for each part: AWS's services, and so the provider, have few words for one thing.
 * Groups that are only a source of traffic are named otherwise.
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

/** The part that each name met so far stands for: few names, which recur with every resource. */
const parts = new Map<string, Part | undefined>();

function partOf(name: string): Part | undefined {
  if (!parts.has(name)) parts.set(name, NAMES.find(([, pattern]) => pattern.test(name))?.[0]);
  return parts.get(name);
}

/** Blocks whose `id` or `name` is a launch template's. */
const TEMPLATE_BLOCK = /^launchTemplate(Specification)?$/;

/** Blocks that may hold any part: one that is unknown as a whole may say anything, and its dependencies tell of what. */
const BLOCK =
  /^(networkInterfaces?|primaryNetworkInterface|networkConfiguration|vpcConfiguration|awsVpcConfiguration|launchSpecifications|launchTemplateConfigs|mixedInstancesPolicy|computeResources|managedInstancesProvider|instanceLaunchTemplate|target|targetParameters|ecs\w*Parameters|ecsTarget|ec2Attributes|overrides)$/;

const UNREAD_BLOCK: readonly Part[] = ["addresses", "subnets", "groups"];

/** Deepest that such a block lies in the inputs of any type of the provider. */
const DEPTH = 8;

/** Reads what a resource says of its network, once: a launch template is read for each resource that is launched from it. */
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
    // A pipe's is an ARN; other targets are blocks.
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
    // An element is what its list is.
    collect(read(value, [inner]), isArray ? key : inner, within, found, depth - 1);
  }
}

/** The elements of a list, or the one value, that are there or may be. */
function saidIn(reading: Reading, { from, property, label }: Place): Said[] {
  const list = reading.kind === "known" ? readList(reading.value, []) : reading;
  const values: readonly (readonly [label: string, value: Reading])[] = isList(list)
    ? list.map((value, index) => [`${label}[${index}]`, value])
    : [[label, list]];
  return values
    .filter(([, value]) => value.kind === "unknown" || (value.kind === "known" && value.value !== ""))
    .map(([at, value]) => ({ from, property, label: at, value }));
}
