import { describe, resourceRule, stackRule, violations } from "../../rule";
import { isList, read, readList } from "../../read";
import { ELASTIC_IP, INSTANCE, isOf } from "../../resources";
import { ENDPOINT_GROUP } from "./types";

const FIX = "endpointConfigurations: [{ endpointId: loadBalancer.arn }]";

const REFERENCES = [
  {
    label: "Endpoints of Global Accelerator",
    url: "https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.html",
  },
];

/** Endpoints whose IDs are known. Unknown ones are judged in `up`, before the group is created. */
export const acceleratorEndpoints = resourceRule({
  id: "accelerator-endpoints",
  area: "evasion",
  title: "Global Accelerator leads to load balancers only",
  severity: "high",
  level: "resource",
  description:
    "Endpoints of Global Accelerator are load balancers, whose listeners the rules judge. " +
    "The accelerator does not terminate TLS, so an instance behind it can serve anything to the world.",
  remedy: `Endpoint group: { ${FIX} }.`,
  references: REFERENCES,
  types: ENDPOINT_GROUP,
  judge(group) {
    const endpoints = readList(group.props, ["endpointConfigurations"]);
    if (!isList(endpoints)) return [];
    const problems = endpoints.map((endpoint, index) => {
      const id = read(endpoint.kind === "known" ? endpoint.value : undefined, ["endpointId"]);
      if (id.kind !== "known" || isBalancer(id.value)) return undefined;
      const label = `endpointConfigurations[${index}].endpointId`;
      return `${label} ${describe(id, /^(i|eipalloc)-[0-9a-f]{8,17}$/)}; it must be the ARN of a load balancer`;
    });
    return violations(problems, FIX);
  },
});

function isBalancer(id: unknown): boolean {
  return typeof id === "string" && /^arn:[\w-]+:elasticloadbalancing:/.test(id);
}

/** Endpoints that come from other resources of the stack. */
export const stackEndpoints = stackRule({
  id: "accelerator-endpoints-stack",
  area: "evasion",
  title: "Global Accelerator leads to no instances of this stack",
  severity: "high",
  level: "stack",
  description:
    "Endpoints of Global Accelerator that belong to the stack are load balancers, not instances or addresses. " +
    "The accelerator does not terminate TLS, so an instance behind it can serve anything to the world.",
  remedy: `Endpoint group: { ${FIX} }.`,
  references: REFERENCES,
  judge(stack) {
    return stack.ofTypes(ENDPOINT_GROUP).flatMap((group) => {
      const sources = group.propertyDependencies["endpointConfigurations"] ?? [];
      const names = sources
        .filter((source) => isOf([...INSTANCE, ...ELASTIC_IP], source))
        .map(({ name }) => `"${name}"`);
      if (names.length === 0) return [];
      const text = `endpointConfigurations lead to ${[...new Set(names)].join(", ")}; they must lead to load balancers`;
      return violations([text], FIX, group.urn);
    });
  },
});
