/**
 * The stand-in cloud: simulates the AWS provider for a rehearsal, and any other provider from what its SDK declares.
 * It has no state and no clock: every value is a function of its arguments, so the order of calls doesn't matter and
 * two rehearsals give the same results. Values are plain, without secrets and output wrappers.
 *
 * In `preview`, computed values are unknown. In `up`, they are known: hand-written where programs use them
 * (`resources/`, `invokes/`), otherwise of the type that the installed SDK declares. Terraform's own defaults for
 * missing inputs are not simulated, except those that AWS fills in and a type declares as always set.
 */
import type { Values } from "../values";
import { checkResource } from "./check";
import { invokeFunction } from "./invokes/index";
import { createResource, readResource } from "./resources/index";
import type { Checked, CloudContext, Created, InvokeAnswer } from "./types";

export { InvokeFailed } from "./invokes/answer";
export { remedyFor, UnansweredInvoke } from "./invokes/index";
export type { Checked, CloudContext, Created, InvokeAnswer } from "./types";

/**
 * Simulates the provider's Check: names resources of `aws:*` that have no name, adds the provider's region and all
 * tags, and validates the names of load balancers and target groups. Inputs of other packages stay unchanged. Missing
 * required inputs are reported by the SDK.
 *
 * @param type - Type token, for example `aws:lb/loadBalancer:LoadBalancer`.
 * @param name - Logical name.
 * @param urn - Determines the suffix of an auto-name.
 * @param inputs - Plain values; unknown parts are the unknown sentinel.
 */
export function check(
  type: string,
  name: string,
  urn: string,
  inputs: Values,
  context: CloudContext,
): Checked {
  return checkResource(type, name, urn, inputs, context);
}

/**
 * Simulates the provider's Create, for inputs that went through {@link check}.
 *
 * @returns In preview: an unknown id, the inputs, and the computed outputs as unknown. In up: all known.
 */
export function create(
  type: string,
  name: string,
  urn: string,
  inputs: Values,
  context: CloudContext,
): Created {
  return createResource(type, name, urn, inputs, context);
}

/**
 * Simulates the provider's Read, for an existing resource: known in both modes, unless the id is unknown.
 *
 * @param id - Kept; ARNs and names are derived from it.
 * @param state - Qualifies the lookup; its values take precedence.
 */
export function read(
  type: string,
  name: string,
  urn: string,
  id: string,
  state: Values,
  context: CloudContext,
): Created {
  return readResource(type, name, id, state, context);
}

/**
 * Simulates the provider's Invoke. An answer from the file takes precedence over a built-in one; the first whose
 * arguments are all among the given ones is returned as it is.
 *
 * @param token - For example `aws:index/getRegion:getRegion`.
 * @param args - Plain, known values.
 * @param answers - The content of the answers file, by token.
 * @throws {@link UnansweredInvoke} if neither the file nor the cloud has an answer.
 * @throws {@link InvokeFailed} if the real provider would refuse the arguments.
 */
export function invoke(
  token: string,
  args: Values,
  context: CloudContext,
  answers: Readonly<Record<string, readonly InvokeAnswer[]>> = {},
): Values {
  return invokeFunction(token, args, context, answers);
}
