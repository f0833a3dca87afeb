/** A resource in messages: its type, without its parents' types, and its name. */
export function typeAndName(urn: string): string {
  return urn.split("::").slice(2).join(" ").split("$").at(-1) ?? urn;
}
