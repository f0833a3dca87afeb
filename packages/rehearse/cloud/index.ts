/**
 * The stand-in cloud: plays the AWS provider (and, by what their SDKs declare, any other) for a rehearsal. It
 * keeps no state and knows no clock: every value is a function of its arguments, so the order of calls doesn't
 * matter and two rehearsals agree. Values go in and come out plain, without secrets and output wrappers.
 *
 * In `preview`, what a provider computes is unknown. In `up`, it is: hand-written where programs compute with
 * it (`resources/`, `invokes/`), else of the type the installed SDK declares. Terraform's own defaults for
 * what a program left out are not played, except those that AWS fills in and a type declares as always set.
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
 * Plays the provider's Check: names resources of `aws:*` that have no name, adds the provider's region and all
 * tags, and judges the names of load balancers and target groups. Other packages' inputs pass unchanged.
 * Required inputs that are missing are the SDK's to report.
 *
 * @param type - Type token, for example `aws:lb/loadBalancer:LoadBalancer`.
 * @param name - Logical name.
 * @param urn - Decides the suffix of an auto-name.
 * @param inputs - Plain values; unknown leaves are the unknown sentinel.
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
 * Plays the provider's Create, for inputs that went through {@link check}.
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
 * Plays the provider's Read, for a resource that exists: known in both modes, unless the id is unknown.
 *
 * @param id - Kept; ARNs and names are derived from it.
 * @param state - Qualifies the lookup; its values win.
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
 * Plays the provider's Invoke. An answer from the file wins over a built-in one; the first whose arguments are
 * among the given ones is returned as it is.
 *
 * @param token - For example `aws:index/getRegion:getRegion`.
 * @param args - Plain, known values.
 * @param answers - The answers file: by token.
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
