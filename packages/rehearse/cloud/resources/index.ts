import type { Value, Values } from "../../values";
import { isUnknown, UNKNOWN } from "../../values";
import { parseArn } from "../arn";
import { completeBlocks } from "../blocks";
import { fill } from "../fill";
import { resourceShape } from "../sdk";
import type { CloudContext, Created } from "../types";
import { computeAndMessaging } from "./compute-and-messaging";
import { dnsAndEdge } from "./dns-and-edge";
import { Draft, type Model, type Models } from "./draft";
import { ec2 } from "./ec2";
import { identity } from "./identity";
import { loadBalancing } from "./load-balancing";
import { random } from "./random";
import { storageAndData } from "./storage-and-data";

const AWS: Models = {
  ...loadBalancing,
  ...ec2,
  ...identity,
  ...dnsAndEdge,
  ...storageAndData,
  ...computeAndMessaging,
};

const BY_PACKAGE: Readonly<Record<string, Models>> = { aws: AWS, random };

/** The hand-written model of a type; most types have none. */
function modelOf(type: string): Model {
  const [pkg = "", module = ""] = type.split(":");
  const models = Object.hasOwn(BY_PACKAGE, pkg) ? BY_PACKAGE[pkg] : undefined;
  // The older name of the same resources.
  const key = pkg === "aws" ? module.replace(/^(alb|elasticloadbalancingv2)\//, "lb/") : module;
  return (models !== undefined && Object.hasOwn(models, key) ? models[key] : undefined) ?? {};
}

/** The names in ARNs of services whose SDK module has another name. */
const SERVICES: Readonly<Record<string, string>> = {
  alb: "elasticloadbalancing",
  apigatewayv2: "apigateway",
  appautoscaling: "application-autoscaling",
  cfg: "config",
  cognito: "cognito-idp",
  ebs: "ec2",
  ec2transitgateway: "ec2",
  efs: "elasticfilesystem",
  elb: "elasticloadbalancing",
  lb: "elasticloadbalancing",
  msk: "kafka",
  opensearch: "es",
  sesv2: "ses",
  sfn: "states",
  vpc: "ec2",
};

/** Services without a region in their ARNs. */
const GLOBAL = new Set(["cloudfront", "iam", "organizations", "route53", "waf"]);

/** `load-balancer-policy` for `LoadBalancerPolicy`. */
const kindOf = (type: string): string =>
  type
    .slice(type.lastIndexOf(":") + 1)
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();

/** The ARN of a type without a model: its service, its name, its id. */
function genericArn(draft: Draft, id: string): string {
  if (id.startsWith("arn:")) return id;
  const module = draft.type.split(":")[1]?.split("/")[0] ?? "";
  const service = SERVICES[module] ?? module;
  const resource = `${kindOf(draft.type)}/${id}`;
  return GLOBAL.has(service) ? draft.globalArn(service, resource) : draft.arn(service, resource);
}

/** The id of a type without a model: its name, else one that identifies it. */
function genericId(draft: Draft): string {
  return draft.text("name") ?? `${kindOf(draft.type)}-${draft.hex(17, "id")}`;
}

/** Tags as AWS reports them: those that Check merged, else the resource's own. */
function allTags(inputs: Values): Value {
  return inputs["tagsAll"] ?? inputs["tags"] ?? {};
}

/**
 * The SDK doesn't say which fields of a block only the provider sets. Ids and ARNs are made up, because programs pass
 * them on; others are empty, as AWS reports unset values.
 */
export const IDENTIFIES = /(^i|I)d$|(^a|A)rn$/;

/** All outputs of a resource with this id. */
function outputsOf(draft: Draft, id: string): Values {
  const shape = resourceShape(draft.type, draft.context.programDir);
  if (shape === undefined) return { ...draft.inputs, id };
  const context = { ...draft.context, region: draft.region };
  const filled: Values = {};
  for (const name of shape.computed) {
    const property = shape.outputs.get(name);
    if (property === undefined || property.optional || name in draft.inputs) continue;
    // Existing resources have all of their blocks.
    const isLeftOut = shape.inputs.has(name) && !(draft.existing && property.type.kind === "object");
    filled[name] =
      name === "arn" && draft.type.startsWith("aws:")
        ? genericArn(draft, id)
        : fill(property, shape.root, draft.seed, context, isLeftOut);
  }
  const modelled: Values = {};
  for (const [name, value] of Object.entries(modelOf(draft.type).outputs?.(draft, id) ?? {})) {
    if (value === null) delete filled[name];
    else if (value !== undefined && shape.outputs.has(name)) modelled[name] = value;
  }
  const tagsAll = shape.outputs.has("tagsAll") ? { tagsAll: allTags(draft.inputs) } : {};
  const told = { ...draft.inputs, ...modelled };
  const completed = completeBlocks(told, shape.outputs, shape.root, (field, path) =>
    fill(field, shape.root, draft.salted(path), context, !IDENTIFIES.test(field.name)),
  );
  return { ...filled, ...completed, ...tagsAll, id };
}

/** The inputs, and every computed output as unknown. */
function unknownOutputs(type: string, inputs: Values, context: CloudContext): Values {
  const shape = resourceShape(type, context.programDir);
  if (shape === undefined) return { ...inputs, id: UNKNOWN };
  const missing = shape.computed.filter((name) => !(name in inputs)).map((name) => [name, UNKNOWN] as const);
  const completed = completeBlocks(inputs, shape.outputs, shape.root, () => UNKNOWN);
  return { ...Object.fromEntries(missing), ...completed, id: UNKNOWN };
}

/** See `create` in `../index`. */
export function createResource(
  type: string,
  name: string,
  urn: string,
  inputs: Values,
  context: CloudContext,
): Created {
  if (context.mode === "preview") return { id: UNKNOWN, outputs: unknownOutputs(type, inputs, context) };
  const draft = new Draft(type, name, urn, inputs, context);
  const id = (modelOf(type).id ?? genericId)(draft);
  return { id, outputs: outputsOf(draft, id) };
}

/** See `read` in `../index`. */
export function readResource(
  type: string,
  name: string,
  id: string,
  state: Values,
  context: CloudContext,
): Created {
  if (isUnknown(id)) return { id, outputs: unknownOutputs(type, state, context) };
  const seed = `${type}::${context.accountId}::${context.region}::${id}`;
  const named = { ...identifying(type, id, context), ...state };
  return {
    id,
    outputs: { ...outputsOf(new Draft(type, name, seed, named, context, true), id), ...state, id },
  };
}

/** The inputs that follow from an id: the name of a type identified by its name; the region of an ARN. */
function identifying(type: string, id: string, context: CloudContext): Values {
  const shape = resourceShape(type, context.programDir);
  const draft = new Draft(type, id, id, {}, context);
  const names = ["name", "bucket", "family", "keyName", "clusterIdentifier"];
  const modelled = modelOf(type).outputs?.(draft, id) ?? {};
  const region = parseArn(id)?.region ?? "";
  return {
    ...(region !== "" && shape?.inputs.has("region") === true ? { region } : {}),
    ...Object.fromEntries(
      names.filter((name) => shape?.inputs.has(name) && modelled[name] === id).map((name) => [name, id]),
    ),
  };
}
