import type { Reading } from "../../read";
import {
  AUTO_SCALING_GROUP,
  DEFAULT_SUBNET,
  EC2_FLEET,
  ECS_SERVICE,
  ECS_TASK_SET,
  ELASTIC_IP,
  ELASTIC_IP_ASSOCIATION,
  EVENT_SCHEDULE,
  EVENT_TARGET,
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  NETWORK_INTERFACE,
  NODE_GROUP,
  OTHER_LAUNCHERS,
  PIPE,
  SPOT_FLEET,
  SUBNET,
} from "../../resources";
import { advice, describe, stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { textsSetting } from "../../settings";
import { given, withOnly } from "../../stack";
import type { Follow, Stack } from "../../stack";
import { networkOf } from "./network-of";
import type { Network, Said } from "./network-of";
import { groupIngressOf, NO_PORTS, ownNetworkSettings, worldComesIn } from "./open-groups";
import type { WayIn } from "./open-groups";
import { prefixListsIn } from "./prefix-lists";
import { REFERENCES } from "./public-instances";

const CLOSED =
  "let only the load balancer in: ingress { referencedSecurityGroupId: loadBalancer.securityGroupId, … }";

/** Types for which the subnet decides whether instances get a public address. */
const BY_SUBNET = [
  ...INSTANCE,
  ...AUTO_SCALING_GROUP,
  ...SPOT_FLEET,
  ...EC2_FLEET,
  ...NODE_GROUP,
  ...OTHER_LAUNCHERS,
];

/** Types whose instances or tasks get a public address only if they ask for one. */
const BY_WORD = [
  ...ECS_SERVICE,
  ...ECS_TASK_SET,
  ...EVENT_SCHEDULE,
  ...EVENT_TARGET,
  ...PIPE,
  ...NETWORK_INTERFACE,
  ...LAUNCH_TEMPLATE,
  ...LAUNCH_CONFIGURATION,
];

/** Types that are not in the default security group though they name no group. */
const WITH_GROUPS_OF_THEIR_OWN = [
  ...NODE_GROUP,
  ...OTHER_LAUNCHERS,
  ...LAUNCH_TEMPLATE,
  ...LAUNCH_CONFIGURATION,
];

const LAUNCHED_FROM = [...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION];

/** By type, the code for no public address. */
const NO_ADDRESS: readonly (readonly [types: readonly string[], words: string])[] = [
  [[...INSTANCE, ...LAUNCH_CONFIGURATION], "{ associatePublicIpAddress: false }"],
  [LAUNCH_TEMPLATE, 'networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: […] }]'],
  [
    [...AUTO_SCALING_GROUP, ...EC2_FLEET, ...NODE_GROUP],
    'in its launch template: networkInterfaces: [{ associatePublicIpAddress: "false", securityGroups: […] }]',
  ],
  [SPOT_FLEET, "launchSpecifications: [{ associatePublicIpAddress: false, … }]"],
  [[...ECS_SERVICE, ...ECS_TASK_SET], "networkConfiguration: { assignPublicIp: false, … }"],
  [[...EVENT_SCHEDULE, ...EVENT_TARGET], "networkConfiguration: { assignPublicIp: false, … } of its task"],
  [PIPE, 'awsVpcConfiguration: { assignPublicIp: "DISABLED", … } of its task'],
  [[...ELASTIC_IP, ...ELASTIC_IP_ASSOCIATION], "leave the address out"],
];

function fixFor(resource: StackSubject): string {
  const words = NO_ADDRESS.find(([types]) => isOf(types, resource))?.[1];
  return `${CLOSED}; or ${words === undefined ? "name subnets without public addresses" : `have no public address: ${words}`}, and no IPv6 addresses`;
}

/** By type, the properties that name what an Elastic IP address is associated with. */
const GIVEN_TO: readonly (readonly [types: readonly string[], properties: readonly string[]])[] = [
  [ELASTIC_IP, ["instance", "networkInterface"]],
  [ELASTIC_IP_ASSOCIATION, ["instanceId", "networkInterfaceId"]],
];

/** Instances and tasks with an address that the world can reach, together with the ingress of their security groups. */
export const publicLaunches = stackRule({
  id: "public-instances-stack",
  area: "exposure",
  title: "Instances and tasks with a public address keep the world out",
  severity: "high",
  level: "stack",
  description:
    "Instances and tasks that have a public address, or may have one, are in security groups that are known to keep the world out. " +
    "A public address is a way in that bypasses the load balancer.",
  advises:
    "public addresses that the program doesn't assign, in a VPC's default security group that isn't in the program, which AWS closes to the world",
  remedy: `To comply, ${CLOSED}; or declare that it has no public address.`,
  references: REFERENCES,
  settings: {
    ...ownNetworkSettings,
    prefixLists: textsSetting(
      [],
      'IDs of managed prefix lists outside the stack that are known not to contain the world; "*" trusts all lists.',
    ),
  },
  judge(stack, { prefixLists, ...limits }) {
    const ingress = groupIngressOf(stack, prefixListsIn(stack, prefixLists));
    const comesIn = worldComesIn(stack, ingress, { ...limits, ...NO_PORTS });
    const networks = wholeNetworks(stack);
    const addressOf = addresses(stack);
    const problemOf = (resource: StackSubject): WayIn | undefined => {
      const network = networks(resource);
      // EKS and EMR create security groups if none are named, and a launch template may leave them to its users.
      if (network.groups.length === 0 && isOf(WITH_GROUPS_OF_THEIR_OWN, resource)) return undefined;
      if (network.isLaunchedFromElsewhere) return undefined;
      const address = addressOf(resource, network);
      const world = address === undefined ? undefined : comesIn(network.groups, network.holders);
      return (
        world &&
        address && {
          text: `${address.text}, and ${world.text}`,
          isAdvice: world.isAdvice && !address.isGiven,
        }
      );
    };
    const templates = new Map(stack.ofTypes(LAUNCHED_FROM).map((one) => [one, problemOf(one)] as const));
    const launched = stack
      .ofTypes([...BY_SUBNET, ...BY_WORD])
      .map((one): [StackSubject, WayIn | undefined] => {
        // The finding on its launch template covers it.
        const isTold = networks(one).addresses.some(({ from }) => templates.get(from) !== undefined);
        return [one, isTold ? undefined : problemOf(one)];
      });
    const given = addressesGiven(stack, (target) =>
      comesIn(networks(target).groups, networks(target).holders),
    );
    return [...templates, ...launched, ...given].flatMap(([resource, world]) =>
      (world?.isAdvice ? advice : violations)([world?.text], fixFor(resource), resource.urn),
    );
  },
});

/** The network settings of a resource, of its launch template and of its network interfaces. */
interface WholeNetwork extends Network {
  /** The resource and its interfaces, which other resources may attach to more security groups. */
  readonly holders: readonly StackSubject[];
  /** Whether both its launch template and its subnets belong to another program, where they are judged. */
  readonly isLaunchedFromElsewhere: boolean;
}

/** Whether a known ID is not that of a resource of this program. */
function isElsewhere(follow: Follow, said: Said): boolean {
  return said.value.kind === "known" && resolve(follow, said).length === 0;
}

function wholeNetworks(stack: Stack): (resource: StackSubject) => WholeNetwork {
  const templatesOf = stack.to(LAUNCHED_FROM, ["id", "name"]);
  const interfacesOf = stack.to(NETWORK_INTERFACE);
  const subnetsOf = stack.to([...SUBNET, ...DEFAULT_SUBNET]);
  const known = new Map<StackSubject, WholeNetwork>();
  const read = (resource: StackSubject): WholeNetwork => {
    const own = networkOf(resource);
    const parts = [
      ...own.templates.map((said) => [said, resolve(templatesOf, said)] as const),
      ...own.interfaces.map((said) => [said, resolve(interfacesOf, said)] as const),
    ];
    const others = [...new Set(parts.flatMap(([, found]) => found))];
    const networks = others.map(networkOf);
    // The settings of one that is not in the program are not known.
    const unread = parts.filter(([, found]) => found.length === 0).map(([said]) => said);
    const all = (part: keyof Network): readonly Said[] => networks.flatMap((network) => network[part]);
    return {
      ...own,
      addresses: own.addresses.length > 0 ? own.addresses : all("addresses"),
      ipv6: [...own.ipv6, ...all("ipv6")],
      subnets: [...own.subnets, ...all("subnets")],
      interfaces: [...own.interfaces, ...all("interfaces")],
      groups: own.groups.length > 0 ? own.groups : [...all("groups"), ...unread],
      holders: [resource, ...others],
      isLaunchedFromElsewhere:
        own.groups.length === 0 &&
        own.templates.some((said) => isElsewhere(templatesOf, said)) &&
        // An Auto Scaling group without subnets is in the default VPC, whatever its template says.
        (own.subnets.length > 0 || !isOf(AUTO_SCALING_GROUP, resource)) &&
        own.subnets.every((said) => isElsewhere(subnetsOf, said)),
    };
  };
  return (resource) => {
    const network = known.get(resource) ?? read(resource);
    known.set(resource, network);
    return network;
  };
}

/** The resources of the stack that a value may be. */
function resolve(follow: Follow, { from, property, value }: Said): readonly StackSubject[] {
  return follow(withOnly(from, property, value), property);
}

/** Why a resource has, or may have, a public address. */
interface Address {
  readonly text: string;
  /** Whether the program assigns it, and so must also declare who may connect to it. */
  readonly isGiven: boolean;
}

const byProgram = (text: string): Address => ({ text, isGiven: true });
const byOthers = (text: string): Address => ({ text, isGiven: false });

/** Says why a resource has, or may have, a public address; undefined if it has none. */
function addresses(stack: Stack): (resource: StackSubject, network: Network) => Address | undefined {
  const subnetsOf = stack.to([...SUBNET, ...DEFAULT_SUBNET]);
  const bySubnet = (network: Network, gives: (subnet: StackSubject) => boolean): Address | undefined => {
    const givers = new Set<StackSubject>();
    for (const said of network.subnets) {
      const candidates = resolve(subnetsOf, said);
      if (candidates.length === 0)
        return byOthers(
          `${said.label} is a subnet that is not in this program, which may give it a public address`,
        );
      for (const subnet of candidates.filter(gives)) givers.add(subnet);
    }
    const names = [...givers].map(({ name }) => `"${name}"`).join(", ");
    return names === "" ? undefined : byProgram(`its subnets may be ${names}, which assign public addresses`);
  };
  return (resource, network) => {
    const said = network.addresses.find(({ value }) => !isNo(value));
    if (said !== undefined) return byProgram(`${said.label} ${describe(said.value, /^(true|ENABLED)$/)}`);
    const ipv6 = network.ipv6.find(({ value }) => !isNo(value));
    if (ipv6 !== undefined) return byProgram(`${ipv6.label} gives it IPv6 addresses, which are public`);
    if (network.addresses.length === 0 && isOf(BY_SUBNET, resource)) {
      if (network.subnets.length > 0) return bySubnet(network, (one) => givesIpv4(one) || givesIpv6(one));
      // A resource launched with its own network interface gets no other address.
      return network.interfaces.length > 0
        ? undefined
        : byOthers("it names no subnet, and those of the default VPC assign public addresses");
    }
    return bySubnet(
      { ...network, subnets: network.subnets.filter((one) => resolve(subnetsOf, one).length > 0) },
      givesIpv6,
    );
  };
}

function isNo({ kind, value }: { kind: Reading["kind"]; value?: unknown }): boolean {
  return kind === "absent" || [false, "false", "", "DISABLED", 0, "0"].includes(value as string);
}

function givesIpv4(subnet: StackSubject): boolean {
  const reading = given(subnet, "mapPublicIpOnLaunch");
  return reading.kind === "absent" ? isOf(DEFAULT_SUBNET, subnet) : !isNo(reading);
}

function givesIpv6(subnet: StackSubject): boolean {
  return !isNo(given(subnet, "assignIpv6AddressOnCreation"));
}

/** Elastic IP addresses that are associated with instances and interfaces, and what is wrong with each. */
function addressesGiven(
  stack: Stack,
  comesIn: (target: StackSubject) => WayIn | undefined,
): [StackSubject, WayIn | undefined][] {
  const targetsOf = stack.to([...INSTANCE, ...NETWORK_INTERFACE], ["id", "primaryNetworkInterfaceId"]);
  return GIVEN_TO.flatMap(([types, properties]) =>
    stack.ofTypes(types).flatMap((address) =>
      properties.flatMap((property): [StackSubject, WayIn | undefined][] => {
        const target = given(address, property);
        if (isNo(target)) return [];
        const targets = targetsOf(address, property);
        const world =
          targets.length > 0
            ? targets.flatMap((one) => comesIn(one) ?? [])[0]
            : { text: "the ingress there is not known: it is not in this program", isAdvice: false };
        return [
          [
            address,
            world && { text: `${property} gives a public address to it, and ${world.text}`, isAdvice: false },
          ],
        ];
      }),
    ),
  );
}
