import type { Value, Values } from "../values";
import { containsUnknown, isMap, UNKNOWN } from "../values";
import { missingFields, readAsDeclared } from "./blocks";
import { autoName } from "./autonaming";
import { wrongKinds } from "./input-types";
import { providerFaults } from "./provider-checks";
import { type ResourceShape, resourceShape } from "./sdk";
import type { Checked, CloudContext } from "./types";

/**
 * Terraform's rules for the names of load balancers and target groups, given or generated.
 *
 * Source: hashicorp/terraform-provider-aws `internal/service/elbv2/validate.go`;
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
function loadBalancingName(type: string, name: Value | undefined): string[] {
  if (!/^aws:(lb|alb)\/(loadBalancer|targetGroup):/.test(type)) return [];
  if (typeof name !== "string" || name === "" || name === UNKNOWN) return [];
  const balancer = type.endsWith(":LoadBalancer");
  return [
    name.length > 32 ? `"name" cannot be longer than 32 characters: "${name}"` : "",
    /^[0-9A-Za-z-]+$/.test(name)
      ? ""
      : `only alphanumeric characters and hyphens allowed in "name": "${name}"`,
    name.startsWith("-") ? `"name" cannot begin with a hyphen: "${name}"` : "",
    name.endsWith("-") ? `"name" cannot end with a hyphen: "${name}"` : "",
    balancer && name.startsWith("internal-") ? `"name" cannot begin with "internal-": "${name}"` : "",
  ].filter((fault) => fault !== "");
}

/** The provider's default tags, or their overrides, merged with the resource's own; unknown if any is unknown. */
function mergedTags(inputs: Values, context: CloudContext): Value {
  const tags = inputs["tags"] ?? {};
  const merged = { ...(overriddenTags(inputs) ?? context.defaultTags), ...(isMap(tags) ? tags : {}) };
  return containsUnknown(tags) || containsUnknown(merged) ? UNKNOWN : merged;
}

/** Source: hashicorp/terraform-provider-aws `internal/service/s3/object.go` (`override_provider`). */
function overriddenTags({ overrideProvider: override }: Values): Values | undefined {
  const defaultTags = isMap(override) ? override["defaultTags"] : undefined;
  const tags = isMap(defaultTags) ? defaultTags["tags"] : undefined;
  return isMap(tags) ? tags : undefined;
}

/** Types with an older `region` argument of their own, which means something else. */
const OWN_REGION = new Set([
  "aws:arcregionswitch/plan:Plan",
  "aws:cfg/aggregateAuthorization:AggregateAuthorization",
  "aws:cloudformation/stackSetInstance:StackSetInstance",
]);

/** Since version 7 nearly every resource has a `region`, by default the provider's. */
function takesRegion(type: string, shape: ResourceShape): boolean {
  return shape.inputs.get("region")?.optional === true && !OWN_REGION.has(type);
}

/**
 * The inputs that the provider adds to every resource that supports them: its region, and all tags.
 *
 * Source: pulumi/pulumi-aws v7 `provider/region.go`, `provider/tags.go`.
 */
function withDefaults(type: string, inputs: Values, shape: ResourceShape, context: CloudContext): Values {
  const result = { ...inputs };
  if (takesRegion(type, shape)) result["region"] ??= context.region;
  if (shape.inputs.has("tags") && shape.outputs.has("tagsAll")) {
    const tagsAll = mergedTags(inputs, context);
    if (!isMap(tagsAll) || Object.keys(tagsAll).length > 0) result["tagsAll"] = tagsAll;
  }
  return result;
}

/** See `check` in `./index`. */
export function checkResource(
  type: string,
  name: string,
  urn: string,
  inputs: Values,
  context: CloudContext,
): Checked {
  const shape = type.startsWith("aws:") ? resourceShape(type, context.programDir) : undefined;
  if (shape === undefined) return { inputs, failures: [] };
  const read = readAsDeclared(inputs, (property) => shape.outputs.get(property)?.type, shape.root);
  const named = autoName(type, name, urn, read, shape, context.naming);
  const faults = loadBalancingName(type, named.inputs["name"]);
  const missing = missingFields(inputs, shape.outputs, shape.root);
  return {
    inputs: withDefaults(type, named.inputs, shape, context),
    failures: [
      ...named.failures,
      ...faults.map((reason) => ({ property: "name", reason })),
      ...[
        ...missing.map((path) => ({ property: "", reason: `${path} must be given` })),
        ...wrongKinds(inputs, shape),
        ...providerFaults(type, inputs),
      ].map(({ property, reason }) => ({ property, reason: `${reason} (the AWS provider's own check)` })),
    ],
  };
}
