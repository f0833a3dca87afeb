import { Graph } from "../cost/graph";
import type { Resource } from "../engine/resource";
import { withoutSecrets } from "../report/redact";

/**
 * A stack's resources for drawing: secrets count as unknown, and Cloud Control types get the AWS provider's names.
 */
export function drawableGraph(resources: readonly Resource[]): Graph {
  // The requests of a program don't always arrive in the same order.
  const sorted = [...resources].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
  return new Graph(
    sorted.map((resource) => ({ ...withoutSecrets(resource), type: commonType(resource.type) })),
  );
}

const SAME_MODULES: Readonly<Record<string, string>> = { logs: "cloudwatch", events: "cloudwatch" };

function commonType(type: string): string {
  const [, module = "", name = ""] = /^aws-native:([^/:]+):([^:/]+)$/.exec(type) ?? [];
  const first = name.charAt(0).toLowerCase();
  return module === "" ? type : `aws:${SAME_MODULES[module] ?? module}/${first}${name.slice(1)}:${name}`;
}
