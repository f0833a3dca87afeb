import { createCipheriv, createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { Resource } from "../engine/resource";
import { isProviderType } from "../engine/urn";
import type { Rehearsal } from "../rehearsal";
import { hiderOf } from "./redact";
import { floatInState } from "./state-floats";
import { isSecret, SECRET, SIGNATURE, transform, type Value, type Values } from "../values";

/** The time in a state in which nothing was really created: the same in every rehearsal. */
const EPOCH = "1970-01-01T00:00:00Z";

/**
 * Writes a rehearsed stack in the format of `pulumi stack export` (deployment version 3).
 *
 * @param secrets - The decrypted values of the stack file: hidden where a provider copied one.
 */
export function writeExport(file: string, rehearsal: Rehearsal, secrets: readonly string[]): void {
  const hide = hiderOf(secrets);
  const state = {
    version: 3,
    deployment: {
      manifest: { time: EPOCH, magic: "", version: "" },
      secrets_providers: { type: "passphrase", state: { salt: "" } },
      resources: rehearsal.resources.map((resource) => toState(resource, hide)),
      metadata: {},
    },
  };
  writeFileSync(file, `${JSON.stringify(state, null, 4)}\n`);
}

/** The fields and their order are those of pulumi/pulumi `sdk/go/common/apitype`, `ResourceV3`; empty ones are left out. */
function toState(resource: Resource, hide: (text: string) => string): Record<string, unknown> {
  const { customTimeouts } = resource;
  const timeouts = Object.fromEntries(Object.entries(customTimeouts).filter(([, seconds]) => seconds > 0));
  const { trigger } = sealed({ trigger: resource.replacementTrigger }, hide);
  const time = resource.external ? undefined : EPOCH;
  const fields = {
    urn: resource.urn,
    custom: resource.custom,
    id: resource.id,
    type: resource.type,
    inputs: resource.external ? {} : sealed(withDefaults(resource), hide),
    outputs: sealed(resource.outputs, hide),
    parent: resource.parent,
    protect: resource.protect,
    external: resource.external,
    dependencies: resource.dependencies,
    provider: resource.provider,
    propertyDependencies: resource.propertyDependencies,
    additionalSecretOutputs: resource.additionalSecretOutputs,
    customTimeouts: timeouts,
    importID: resource.importId,
    retainOnDelete: resource.retainOnDelete,
    deletedWith: resource.deletedWith,
    created: time,
    modified: time,
    ignoreChanges: resource.ignoreChanges,
    replaceOnChanges: resource.replaceOnChanges,
    replaceWith: resource.replaceWith,
    replacementTrigger: trigger ?? undefined,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => key === "custom" || !isEmpty(value)),
  );
}

/** Adds the provider's note of the inputs that Check filled in. */
function withDefaults({ inputs, defaults, custom, type }: Resource): Values {
  return custom && !isProviderType(type) ? { __defaults: [...defaults], ...inputs } : inputs;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Secrets are sealed with a key that nobody has: equal secrets look equal, and none can be read. */
function sealed(values: Values, hide: (text: string) => string): Values {
  const leaf = (value: Value): Value | undefined => {
    if (!isSecret(value)) return typeof value === "string" ? hide(value) : floatInState(value);
    return { [SIGNATURE]: SECRET, ciphertext: seal(JSON.stringify(value["value"])) };
  };
  return transform(values, leaf) as Values;
}

const key = createHash("sha256").update("rehearsal").digest();

function seal(text: string): string {
  const digest = createHash("sha256").update(key).update(text).digest();
  const cipher = createCipheriv("aes-256-gcm", digest, digest.subarray(0, 12));
  const body = Buffer.concat([cipher.update(digest), cipher.final(), cipher.getAuthTag()]);
  return `v1:${digest.subarray(0, 12).toString("base64")}:${body.toString("base64")}`;
}
