import { createHash } from "node:crypto";

/** The type of the root of every stack. */
export const ROOT_TYPE = "pulumi:pulumi:Stack";

const PROVIDER_PREFIX = "pulumi:providers:";

/** The qualified type of a URN: the types of its parents, `$`-separated, and its own. */
export function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The resource type of a URN. */
export function typeOf(urn: string): string {
  return qualifiedType(urn).split("$").at(-1) ?? "";
}

/** The resource name of a URN: everything after the third `::`, since names may contain `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** True for `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
export function isUrn(text: string): boolean {
  return /^urn:pulumi:[^:]*::[^:]*::.+::/s.test(text);
}

/**
 * A resource's URN, as the engine makes it: the root stack's type is left out of its children's.
 * Source: pulumi/pulumi `sdk/go/common/resource/urn/urn.go`.
 */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = qualifiedType(parent);
  const qualified = parentType === "" || parentType === ROOT_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** True for the type of a provider resource. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The package of a resource type or function token; for a provider's type, the package it provides. */
export function packageOf(token: string): string {
  const parts = token.split(":");
  return (isProviderType(token) ? parts[2] : parts[0]) ?? "";
}

/** The type of the provider of a package. */
export function providerType(pkg: string): string {
  return PROVIDER_PREFIX + pkg;
}

/** A UUID that depends only on the text: it replaces the random ids of provider resources. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
