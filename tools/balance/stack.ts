import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import type { HaproxyConfig } from "../../components/proxy/haproxy-config";
import type { ProxyUserDataArgs } from "../../components/proxy/proxy-user-data";
import { proxyUserDataArgs } from "../../stacks/proxy";
import { describeViolations, validate } from "../../stacks/settings";
import { unknownStack } from "../../packages/rehearse/cli/stack-names";
import { CliError } from "../cli/command";

/**
 * The proxies' configuration of a stack, whether its requests go through proxies or not.
 *
 * @param stack - the name in `Pulumi.<stack>.yaml`
 * @param port - TCP port of the store's instances
 * @throws CliError if there is no such stack, or its settings have violations
 */
export function proxyOf(stack: string, port: number): ProxyUserDataArgs["haproxy"] {
  const root = join(__dirname, "..", "..");
  const file = join(root, `Pulumi.${stack}.yaml`);
  const unknown = unknownStack(root, stack);
  if (unknown !== undefined) throw new CliError(unknown);
  const { config = {} } = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
  const texts = Object.entries(config).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const result = validate("web-store", Object.fromEntries(texts));
  if ("violations" in result) throw new CliError(describeViolations(stack, result.violations));
  return proxyUserDataArgs(result.settings, port, {}).haproxy;
}

/** The name that the stack's frontend serves. */
export function hostOf({ hosts }: Pick<HaproxyConfig, "hosts">): string {
  return hosts.find((host) => !host.startsWith("*.")) ?? "localhost";
}
