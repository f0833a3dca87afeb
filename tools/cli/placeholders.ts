import { existsSync, readFileSync } from "node:fs";

import { nameOf } from "../../packages/rehearse/cli/stack-names";
import { goJson } from "../../packages/rehearse/project/go-yaml";
import { configOf } from "./stacks";

/**
 * Placeholder values that a fork must replace; nobody owns `example.com` and similar domains: RFC 2606, section 3.
 * Includes the user of an e-mail address, but not a URL's credentials.
 */
const PLACEHOLDER =
  /(?:(?<=^|[\s"'[,])[\w.-]+@)?(?:[\w.-]*\b)?example\.(?:com|org|net)\b|@?your-(?:org|domain)[\w./-]*|\b123456789012\b/;

/** The files that have placeholders, besides the stack's file. */
const FILES = [".github/CODEOWNERS", "bootstrap/Pulumi.account.yaml"];

/**
 * The placeholders that are left in a stack's settings and its pipelines' files; undefined if there are none. A
 * rehearsal accepts them; a deployment must not.
 */
export function placeholders(stack: string): string | undefined {
  const config = configOf(stack);
  const settings = Object.entries(config).flatMap(([key, value]) => {
    const [found] = PLACEHOLDER.exec(goJson(value)) ?? [];
    return found === undefined ? [] : [`Pulumi.${nameOf(stack)}.yaml, ${key}: ${found}`];
  });
  const { enabled, runbookUrl } = (config["web-store:alarms"] ?? {}) as Record<string, unknown>;
  if (enabled === true && runbookUrl === undefined)
    settings.push(
      `Pulumi.${nameOf(stack)}.yaml, web-store:alarms: no runbookUrl, and its default isn't yours`,
    );
  const lines = FILES.filter((file) => existsSync(file)).flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const [found] = PLACEHOLDER.exec(line) ?? [];
        return found === undefined ? [] : [`${file}:${index + 1}: ${found}`];
      }),
  );
  const left = [...settings, ...lines];
  if (left.length === 0) return undefined;
  return `placeholders are left:\n${left.map((each) => `  ${each}`).join("\n")}\n  remedy: replace them with your own values; docs/first-deployment.md lists them`;
}
