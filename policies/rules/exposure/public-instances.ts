import { describe, fault, resourceRule, stackRule, violations } from "../../rule";
import type { Expectation, Reference, StackSubject, Subject, Violation } from "../../rule";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  AUTO_SCALING_GROUP,
  ECS_SERVICE,
  ECS_TASK_SET,
  ELASTIC_IP,
  ELASTIC_IP_ASSOCIATION,
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  NETWORK_INTERFACE,
  SPOT_FLEET,
  SUBNET,
} from "../../resources";
import type { Stack } from "../../stack";
import { withOnly } from "../../stack";
import { launchTemplatesOf } from "../refused-by-aws/launches";

const FIX =
  "networkInterfaces: [{ associatePublicIpAddress: false, … }], and subnets without public addresses";

const TASK_FIX =
  "networkConfiguration: { assignPublicIp: false, … }, with private subnets and a NAT gateway or VPC endpoints";

/** Left out, the subnet decides. */
const NOT_PUBLIC: Expectation = {
  // Launch templates take the word as a string.
  accepts: (value) => value === false || value === "false" || value === "",
  allowed: "left out or false",
  vocabulary: /^(true|false)$/i,
};

/** By type, the list of parts that each say whether they get a public address. */
const PARTS: readonly (readonly [types: readonly string[], list: string])[] = [
  [LAUNCH_TEMPLATE, "networkInterfaces"],
  [SPOT_FLEET, "launchSpecifications"],
];

/** By type, the property that gives an Elastic IP address to an instance, and the one that gives it to an interface. */
const GIVEN: readonly (readonly [types: readonly string[], instance: string, networkInterface: string])[] = [
  [ELASTIC_IP, "instance", "networkInterface"],
  [ELASTIC_IP_ASSOCIATION, "instanceId", "networkInterfaceId"],
];

const TASKS = [...ECS_SERVICE, ...ECS_TASK_SET];

const REFERENCES: readonly Reference[] = [
  ...["EC2.9", "EC2.15", "EC2.25"].map((label) => ({
    label,
    url: `https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#${label.toLowerCase().replace(".", "-")}`,
  })),
  {
    label: "AutoScaling.5",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-5",
  },
  {
    label: "ECS.2",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2",
  },
];

/** Launch templates, launch configurations, instances, ECS services, and Elastic IP addresses given to them. */
export const publicInstances = resourceRule({
  id: "public-instances",
  area: "exposure",
  title: "Instances and tasks have no public address",
  severity: "high",
  level: "resource",
  description:
    "Instances and tasks are not given public addresses, neither at launch nor as an Elastic IP. " +
    "A public address is a way in that passes by the load balancer.",
  remedy: `Launch template: { ${FIX} }.`,
  references: REFERENCES,
  types: [
    ...LAUNCH_TEMPLATE,
    ...LAUNCH_CONFIGURATION,
    ...INSTANCE,
    ...SPOT_FLEET,
    ...ELASTIC_IP,
    ...ELASTIC_IP_ASSOCIATION,
    ...TASKS,
  ],
  judge(resource) {
    if (isOf(TASKS, resource)) return judgeTasks(resource);
    const list = PARTS.find(([types]) => isOf(types, resource))?.[1];
    if (list !== undefined) return judgeParts(resource, list);
    const given = GIVEN.find(([types]) => isOf(types, resource))?.[1];
    if (given === undefined) return violations([faultOf("", resource.props)], FIX);
    const instance = read(resource.props, [given]);
    if (instance.kind === "absent" || (instance.kind === "known" && instance.value === "")) return [];
    return violations([`${given} names an instance, which gives it a public address; leave it out`], FIX);
  },
});

/** Tasks have one only if asked for. */
function judgeTasks(service: Subject): Violation[] {
  const network = read(service.props, ["networkConfiguration"]);
  if (network.kind === "unknown") {
    return violations([`networkConfiguration ${describe(network)}; it must be written out`], TASK_FIX);
  }
  const assigned = read(service.props, ["networkConfiguration", "assignPublicIp"]);
  if (assigned.kind === "absent") return [];
  return violations([fault("networkConfiguration.assignPublicIp", assigned, NOT_PUBLIC)], TASK_FIX);
}

function judgeParts(resource: Subject, property: string): Violation[] {
  const parts = readList(resource.props, [property]);
  if (!isList(parts)) {
    if (parts.kind === "absent") return [];
    return violations([`${property} ${describe(parts)}; it must be a literal list`], FIX);
  }
  return parts.flatMap((part, index) => {
    const label = `${property}[${index}]`;
    if (part.kind === "known") return violations([faultOf(`${label}.`, part.value)], FIX);
    return part.kind === "absent"
      ? []
      : violations([`${label} ${describe(part)}; it must be a literal`], FIX);
  });
}

function faultOf(prefix: string, props: unknown): string | undefined {
  const property = "associatePublicIpAddress";
  const reading: Reading = read(props, [property]);
  return reading.kind === "absent" ? undefined : fault(`${prefix}${property}`, reading, NOT_PUBLIC);
}

/**
 * Instances that leave it to their subnet whether they get a public address, or get one by their network interface:
 * subnet and interface are other resources.
 */
export const publicInstancesStack = stackRule({
  id: "public-instances-stack",
  area: "exposure",
  title: "Instances get no public address from subnet or interface",
  severity: "high",
  level: "stack",
  description:
    "Instances that don't say whether they have a public address are in subnets that give none, and their network interfaces have no Elastic IP. " +
    "A public address is a way in that passes by the load balancer.",
  remedy: `Launch template: { ${FIX} }.`,
  references: REFERENCES,
  judge(stack) {
    const publicSubnetsOf = subnetsThatGive(stack);
    const templatesOf = launchTemplatesOf(stack);
    const configurationsOf = stack.to(LAUNCH_CONFIGURATION, ["name", "id"]);
    const instances = stack
      .ofTypes(INSTANCE)
      .filter(({ props }) => read(props, ["associatePublicIpAddress"]).kind !== "known")
      .map((instance) => [instance, "subnetId"] as const);
    const groups = stack
      .ofTypes(AUTO_SCALING_GROUP)
      .filter(
        (group) =>
          !templatesOf(group).some(decidesItself) &&
          !configurationsOf(group, "launchConfiguration").some(
            ({ props }) => read(props, ["associatePublicIpAddress"]).kind === "known",
          ),
      )
      .map((group) => [group, "vpcZoneIdentifiers"] as const);
    const bySubnet = [...instances, ...groups].flatMap(([resource, property]) => {
      const subnets = publicSubnetsOf(resource, property);
      if (subnets.length === 0) return [];
      const names = subnets.map(({ name }) => `"${name}"`).join(", ");
      const fault = `Its subnets ${names} give public addresses; they must not (mapPublicIpOnLaunch), or the launch must refuse them`;
      return violations([fault], FIX, resource.urn);
    });
    return [...bySubnet, ...addressesOfInterfaces(stack)];
  },
});

/** Elastic IP addresses of network interfaces that belong to instances of the stack. */
function addressesOfInterfaces(stack: Stack): Violation[] {
  const interfacesOf = stack.to([...INSTANCE, ...NETWORK_INTERFACE], ["primaryNetworkInterfaceId", "id"]);
  const owned = new Set(
    stack.ofTypes(INSTANCE).flatMap((instance) => [
      instance,
      ...["networkInterfaces", "primaryNetworkInterface"].flatMap((property) => {
        const list = readList(instance.props, [property]);
        return (isList(list) ? list : [list]).flatMap((one) => {
          const id = one.kind === "known" ? read(one.value, ["networkInterfaceId"]) : one;
          return id.kind === "absent" ? [] : interfacesOf(withOnly(instance, property, id), property);
        });
      }),
    ]),
  );
  return GIVEN.flatMap(([types, , property]) =>
    stack.ofTypes(types).flatMap((address) => {
      const found = interfacesOf(address, property);
      if (found.length === 0 || !found.every((one) => owned.has(one))) return [];
      const text = `${property} names the network interface of an instance, which gives it a public address; leave it out`;
      return violations([text], FIX, address.urn);
    }),
  );
}

/** The first interface is the one that a subnet would give an address to. */
function decidesItself({ props }: StackSubject): boolean {
  const interfaces = readList(props, ["networkInterfaces"]);
  return (
    isList(interfaces) &&
    interfaces.some(
      (one) => one.kind === "known" && read(one.value, ["associatePublicIpAddress"]).kind === "known",
    )
  );
}

/** Tells the subnets of a resource that give public addresses; none while it may be in others that don't. */
function subnetsThatGive(stack: Stack): (resource: StackSubject, property: string) => StackSubject[] {
  const follow = stack.to(SUBNET, ["id"]);
  const gives = ({ props }: StackSubject): boolean => {
    const reading = read(props, ["mapPublicIpOnLaunch"]);
    return reading.kind === "known" && (reading.value === true || reading.value === "true");
  };
  return (resource, property) => {
    const list = readList(resource.props, [property]);
    const places = isList(list) ? list : [list];
    return [
      ...new Set(
        places.flatMap((place) => {
          const candidates = follow(withOnly(resource, property, place), property);
          // In a preview any subnet of a component may be meant, but for what is asked for one by one.
          return candidates.length <= places.length || candidates.every(gives)
            ? candidates.filter(gives)
            : [];
        }),
      ),
    ];
  };
}
