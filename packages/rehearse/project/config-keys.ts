/**
 * Normalizes a key: `b` becomes the project's own key, `a:config:b` is the old form of `a:b`. Undefined for anything
 * else.
 * Source: pulumi/pulumi `sdk/go/common/resource/config/key.go`, `ParseKey`.
 */
export function parseKey(key: string, project: string): string | undefined {
  const parts = (key.includes(":") ? key : `${project}:${key}`).split(":");
  if (parts.length === 3 && parts[1] === "config") return `${parts[0]}:${parts[2]}`;
  return parts.length === 2 ? parts.join(":") : undefined;
}

/** Namespace and name of a full key. */
export function split(key: string): [string, string] {
  const at = key.indexOf(":");
  return [key.slice(0, at), key.slice(at + 1)];
}
