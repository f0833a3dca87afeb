import { describe, problem, resourceRule, violations } from "../../rule";
import type { Expectation, Reference, Subject, Violation } from "../../rule";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import {
  ECS_SERVICE,
  ECS_TASK_SET,
  ELASTIC_IP,
  ELASTIC_IP_ASSOCIATION,
  INSTANCE,
  isOf,
  LAUNCH_CONFIGURATION,
  LAUNCH_TEMPLATE,
  SPOT_FLEET,
} from "../../resources";

const FIX =
  "networkInterfaces: [{ associatePublicIpAddress: false, … }], and subnets without public addresses";

const TASK_FIX =
  "networkConfiguration: { assignPublicIp: false, … }, with private subnets and a NAT gateway or VPC endpoints";

/** If it is not set, the subnet decides. */
const NOT_PUBLIC: Expectation = {
  // Launch templates have the value as a string.
  accepts: (value) => value === false || value === "false" || value === "",
  allowed: "left out or false",
  vocabulary: /^(true|false)$/i,
};

/** By type, the list whose elements each say whether they get a public address. */
const PARTS: readonly (readonly [types: readonly string[], list: string])[] = [
  [LAUNCH_TEMPLATE, "networkInterfaces"],
  [SPOT_FLEET, "launchSpecifications"],
];

/** By type, the property that gives an Elastic IP address to an instance. */
const GIVEN: readonly (readonly [types: readonly string[], instance: string])[] = [
  [ELASTIC_IP, "instance"],
  [ELASTIC_IP_ASSOCIATION, "instanceId"],
];

const TASKS = [...ECS_SERVICE, ...ECS_TASK_SET];

/** What the rules on public addresses are based on. */
export const REFERENCES: readonly Reference[] = [
  ...["EC2.9", "EC2.15", "EC2.25"].map((label) => ({
    label,
    url: `https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#${label.toLowerCase().replace(".", "-")}`,
  })),
  {
    label: "AutoScaling.5",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/autoscaling-controls.html#autoscaling-5",
  },
  { label: "ECS.2", url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2" },
];

/**
 * Launch templates, launch configurations, instances, ECS services, and Elastic IP addresses associated with instances.
 */
export const publicInstances = resourceRule({
  id: "public-instances",
  area: "exposure",
  title: "Instances and tasks have no public address",
  severity: "high",
  level: "resource",
  // A public address does no harm behind closed security groups; public-instances-stack checks these.
  enforcementLevel: "advisory",
  description:
    "Instances and tasks get no public addresses, neither at launch nor as an Elastic IP. " +
    "A public address is a way in that bypasses the load balancer.",
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
    if (given === undefined) return violations([problemOf("", resource.props)], FIX);
    const instance = read(resource.props, [given]);
    if (instance.kind === "absent" || (instance.kind === "known" && instance.value === "")) return [];
    return violations(
      [`${given} names an instance, which gives the instance a public address; leave it out`],
      FIX,
    );
  },
});

/** Tasks have a public address only if the service asks for one. */
function judgeTasks(service: Subject): Violation[] {
  const network = read(service.props, ["networkConfiguration"]);
  if (network.kind === "unknown") {
    return violations([`networkConfiguration ${describe(network)}; it must be written out`], TASK_FIX);
  }
  const assigned = read(service.props, ["networkConfiguration", "assignPublicIp"]);
  if (assigned.kind === "absent") return [];
  return violations([problem("networkConfiguration.assignPublicIp", assigned, NOT_PUBLIC)], TASK_FIX);
}

function judgeParts(resource: Subject, property: string): Violation[] {
  const parts = readList(resource.props, [property]);
  if (!isList(parts)) {
    if (parts.kind === "absent") return [];
    return violations([`${property} ${describe(parts)}; it must be a literal list`], FIX);
  }
  return parts.flatMap((part, index) => {
    const label = `${property}[${index}]`;
    if (part.kind === "known") return violations([problemOf(`${label}.`, part.value)], FIX);
    return part.kind === "absent"
      ? []
      : violations([`${label} ${describe(part)}; it must be a literal`], FIX);
  });
}

function problemOf(prefix: string, props: unknown): string | undefined {
  const property = "associatePublicIpAddress";
  const reading: Reading = read(props, [property]);
  return reading.kind === "absent" ? undefined : problem(`${prefix}${property}`, reading, NOT_PUBLIC);
}
