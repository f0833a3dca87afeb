import type { Resource } from "../engine/resource";
import type { Rehearsal } from "../rehearsal";
import { isSecret, transform, UNKNOWN, type Value, type Values } from "../values";
import { SECRET } from "./plain";

/** Shorter secrets aren't hidden: hiding every `42` would hide most of a report. */
const SHORTEST = 3;

/**
 * Returns a function that hides the stack's own secrets in a text.
 * Source: pulumi/pulumi `sdk/go/common/util/logging/log.go`, `FilterString`, with the same exceptions.
 *
 * @param secrets - The decrypted values of the stack file.
 */
export function hiderOf(secrets: readonly string[]): (text: string) => string {
  const texts = secrets
    .filter((text) => text.length >= SHORTEST && !/^(true|false)$/i.test(text))
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
  if (texts.length === 0) return (text) => text;
  const pattern = new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return (text) => text.replace(pattern, SECRET);
}

/**
 * Hides the stack's own secrets wherever a report would show them: in the program's output, in errors and findings,
 * and in values that lost their secret mark.
 *
 * @param secrets - The decrypted values of the stack file.
 */
export function redact(rehearsal: Rehearsal, secrets: readonly string[]): Rehearsal {
  const hide = hiderOf(secrets);
  const hideIn = (values: Values): Values =>
    transform(values, (value: Value) => (typeof value === "string" ? hide(value) : undefined)) as Values;
  const bare = (resource: Resource): Resource => ({
    ...resource,
    inputs: hideIn(resource.inputs),
    outputs: hideIn(resource.outputs),
  });
  const one = (value: Value | undefined): Value | undefined => value && hideIn({ value })["value"];
  return {
    ...rehearsal,
    resources: rehearsal.resources.map(bare),
    plan: rehearsal.plan && {
      ...rehearsal.plan,
      steps: rehearsal.plan.steps.map((step) => ({
        ...step,
        resource: bare(step.resource),
        former: step.former && bare(step.former),
        changes: step.changes.map((change) => ({
          ...change,
          before: one(change.before),
          after: one(change.after),
        })),
      })),
    },
    findings: rehearsal.findings.map((finding) => ({ ...finding, message: hide(finding.message) })),
    diagnostics: rehearsal.diagnostics.map((line) => ({ ...line, message: hide(line.message) })),
    printed: rehearsal.printed.map(hide),
    outputs: hideIn(rehearsal.outputs),
  };
}

/** A resource for drawings and computations: its secrets are unknown values. */
export function withoutSecrets(resource: Resource): Resource {
  const bare = (values: Values): Values =>
    transform(values, (value) => (isSecret(value) ? UNKNOWN : undefined)) as Values;
  return { ...resource, inputs: bare(resource.inputs), outputs: bare(resource.outputs) };
}
