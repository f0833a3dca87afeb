/** A resource as it is told to people: its type, without its parents', and its name. */
export function typeAndName(urn: string): string {
  return urn.split("::").slice(2).join(" ").split("$").at(-1) ?? urn;
}
