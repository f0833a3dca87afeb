import { join } from "node:path";

import type { InstanceEndpoint } from "../../components/instance-endpoint";
import type { HaproxyConfig } from "../../components/proxy/haproxy-config";
import type { ProxyUserDataArgs } from "../../components/proxy/proxy-user-data";
import { proxyUserDataArgs } from "../../stacks/proxy/user-data";
import { describeViolations, validate } from "../../stacks/settings";
import { unknownStack } from "../../packages/rehearse/cli/stack-names";
import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { CliError } from "../cli/command";

/**
 * The proxies' configuration of a stack, whether or not its requests go through proxies.
 *
 * @param stack - the name in `Pulumi.<stack>.yaml`
 * @param server - the address of the copies of the store
 * @throws UsageError if there is no such stack, its file can't be read, or its settings have violations
 */
export function proxyOf(stack: string, server: InstanceEndpoint): ProxyUserDataArgs["haproxy"] {
  const root = join(__dirname, "..", "..");
  const file = join(root, `Pulumi.${stack}.yaml`);
  const unknown = unknownStack(root, stack);
  if (unknown !== undefined) throw new CliError(unknown);
  const config = StackConfig.read(readProject(root), stack, file);
  const result = validate("web-store", Object.fromEntries(config.entries()));
  if ("violations" in result) throw new CliError(describeViolations(stack, result.violations));
  return proxyUserDataArgs(result.settings, server, {}).haproxy;
}

/** The host name that the stack's frontend serves. */
export function hostOf({ hosts }: Pick<HaproxyConfig, "hosts">): string {
  return hosts.find((host) => !host.startsWith("*.")) ?? "localhost";
}
