import { at, flagAt, type Graph, listAt, numberAt, shortType, textOf } from "../cost/graph";
import type { Resource } from "../engine/resource";
import type { Values } from "../values";
import type { Kind } from "./kinds";

/** The texts of a box besides its name. */
export interface Details {
  /** AWS's name for it, if a setting determines that. */
  readonly label?: string;
  readonly lines: readonly string[];
}

/** @param resources - the resources that the box is named after, of one type */
type Describe = (resources: readonly Resource[], graph: Graph) => Details;

/** The most important settings of each type. */
const DESCRIBE: Readonly<Record<string, Describe>> = {
  "autoscaling/group": one((group, graph) => {
    const [least, most] = [textOf(group.inputs["minSize"]), textOf(group.inputs["maxSize"])];
    const types = instanceTypes(group, graph);
    const size = least === undefined ? [] : [least === most ? `${least} ×` : `${least}–${most ?? "?"} ×`];
    return lines(sentence([...size, listed(types) || "instances"]), spotShare(group));
  }),
  "ec2/instance": one((instance) => lines(textOf(instance.inputs["instanceType"]))),
  "ec2/vpcEndpoint": (endpoints) => ({
    lines: [
      endpoints.map(({ inputs }) => textOf(inputs["serviceName"])?.split(".").at(-1) ?? "?").join(", "),
    ],
  }),
  "lb/loadBalancer": one((balancer) => ({
    label: `${LOAD_BALANCERS[textOf(balancer.inputs["loadBalancerType"]) ?? "application"] ?? "Load"} Load Balancer`,
    lines: flagAt(balancer.inputs, "internal") === true ? ["internal"] : [],
  })),
  "acm/certificate": one((certificate) => {
    const more = listAt(certificate.inputs, "subjectAlternativeNames").length;
    return lines(
      textOf(certificate.inputs["domainName"]),
      more > 0 ? `and ${more} more ${plural(more, "name")}` : "",
    );
  }),
  "cloudfront/distribution": one((distribution) => lines(listed(texts(distribution.inputs, "aliases")))),
  "dynamodb/table": one(({ inputs }) =>
    lines(textOf(inputs["billingMode"]) === "PAY_PER_REQUEST" ? "on demand" : undefined),
  ),
  "ecs/service": one((service) => {
    const count = textOf(service.inputs["desiredCount"]);
    return lines(
      sentence([
        count === undefined ? "" : `${count} ${plural(Number(count), "task")}`,
        textOf(service.inputs["launchType"])?.toLowerCase(),
      ]),
    );
  }),
  "eks/nodeGroup": one(({ inputs }) => {
    const sizes = [textOf(at(inputs, "scalingConfig.minSize")), textOf(at(inputs, "scalingConfig.maxSize"))];
    return lines(
      sentence([
        sizes.every((size) => size !== undefined) ? `${sizes.join("–")} ×` : "",
        listed(texts(inputs, "instanceTypes")),
      ]),
    );
  }),
  "lambda/function": one(({ inputs }) => lines(textOf(inputs["runtime"]))),
  "rds/instance": one(({ inputs }) =>
    lines(
      sentence([textOf(inputs["engine"]), textOf(inputs["instanceClass"])]),
      flagAt(inputs, "multiAz") === true ? "in several zones" : undefined,
    ),
  ),
  "rds/cluster": one(({ inputs }) => lines(textOf(inputs["engine"]))),
  "route53/record": (records) => ({ lines: namesOf(records) }),
  "route53/healthCheck": one(({ inputs }) => lines(textOf(inputs["fqdn"]))),
  "wafv2/webAcl": one(({ inputs }) => {
    const count = listAt(inputs, "rules").length;
    return lines(count > 0 ? `${count} ${plural(count, "rule")}` : undefined);
  }),
};

const LOAD_BALANCERS: Readonly<Record<string, string>> = {
  application: "Application",
  network: "Network",
  gateway: "Gateway",
};

/** The texts and the label of a box for resources of one type. */
export function detailsOf(resources: readonly Resource[], kind: Kind, graph: Graph): Required<Details> {
  const type = shortType(resources[0]?.type ?? "") ?? "";
  const details = DESCRIBE[type]?.(resources, graph) ?? { lines: [] };
  const label = details.label ?? kind.label;
  return { label, lines: details.lines };
}

/** The instance types of a group: that of its launch template, or those in its mixed instances policy. */
function instanceTypes(group: Resource, graph: Graph): string[] {
  const overrides = listAt(group.inputs, "mixedInstancesPolicy.launchTemplate.overrides");
  const chosen = overrides.flatMap((override) => textOf(at(override, "instanceType")) ?? []);
  const launches = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"].flatMap((property) =>
    ["ec2/launchTemplate", "ec2/launchConfiguration"].flatMap((type) =>
      property in group.inputs ? graph.linked(group, property, type) : [],
    ),
  );
  return chosen.length > 0 ? chosen : launches.flatMap(({ inputs }) => textOf(inputs["instanceType"]) ?? []);
}

function spotShare({ inputs }: Resource): string | undefined {
  const path = "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity";
  const onDemand = numberAt(inputs, path);
  return onDemand === undefined || onDemand >= 100 ? undefined : `${100 - onDemand} % Spot`;
}

/** The names of records, without those for ACM's validation. */
function namesOf(records: readonly Resource[]): string[] {
  const names = records
    .filter(({ inputs }) => /^(A|AAAA|CNAME)$/.test(textOf(inputs["type"]) ?? ""))
    .flatMap(({ inputs }) => textOf(inputs["name"]) ?? [])
    .filter((name) => !name.startsWith("_"));
  const unique = [...new Set(names)];
  return unique.length > 3 ? [...unique.slice(0, 2), `and ${unique.length - 2} more names`] : unique;
}

function one(describe: (resource: Resource, graph: Graph) => Details): Describe {
  return ([first], graph) => (first === undefined ? { lines: [] } : describe(first, graph));
}

function lines(...texts: readonly (string | undefined)[]): Details {
  return { lines: texts.filter((text) => text !== undefined && text !== "") as string[] };
}

function sentence(words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== "").join(" ");
}

/** The first of several, and the number of the others. */
function listed(all: readonly string[]): string {
  const [first = "", ...more] = all;
  return more.length === 0 ? first : `${first} + ${more.length} ${plural(more.length, "other")}`;
}

function texts(inputs: Values, path: string): string[] {
  return listAt(inputs, path).flatMap((one) => textOf(one) ?? []);
}

/** A noun with a number. */
export function plural(count: number, noun: string): string {
  if (count === 1) return noun;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : noun.endsWith("s") ? noun : `${noun}s`;
}
