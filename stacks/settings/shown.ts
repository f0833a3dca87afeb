/** A setting in Pulumi's form: strings unchanged, everything else as JSON. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * A value as an error shows it. Errors appear in pipeline logs, which more people can read than may know a secret, so
 * possible secrets are not shown.
 *
 * @param mayHoldSecret - whether the value may hold a secret anywhere; if so, only names of a mapping, ARNs, and the
 * beginnings of URLs are shown
 */
export function shown(value: unknown, mayHoldSecret: boolean): string {
  const text = textOf(value);
  if (!mayHoldSecret || /^(|true|false)$/.test(text)) return withoutCredentials(text);
  if (Array.isArray(value)) return `a list of ${value.length}, not shown as it may hold a secret`;
  if (typeof value === "object" && value !== null) {
    const names = Object.keys(value);
    return names.length === 0 ? text : textOf(names);
  }
  return /^(arn:|[a-z][a-z0-9+.-]*:\/\/)\S+$/i.test(text)
    ? withoutCredentials(text)
    : `a string of length ${text.length}, not shown as it may hold a secret`;
}

/** URLs within a text, with credentials up to the last `@`, because passwords may contain it. */
const URLS = /(?<scheme>\b[a-z][a-z0-9+.-]*:\/\/)(?<rest>[^\s"]+)/gi;
const CREDENTIALS = /(?<=^|")(?!arn:)[^\s"@/:]+:(?!\/\/)[^\s"]*@(?!sha256:)/g;

/** A text with `…` in place of everything in its URLs except scheme, host and port. */
function withoutCredentials(text: string): string {
  return text.replace(CREDENTIALS, "…@").replace(URLS, (_, scheme: string, rest: string) => {
    const hostAt = rest.lastIndexOf("@") + 1;
    const [host = ""] = /^[^/?#]*/.exec(rest.slice(hostAt)) ?? [];
    const place = rest.slice(hostAt + host.length);
    const parts = place
      .replace(/\/[^?#]+/, "/…")
      .replace(/\?[^#]+/, "?…")
      .replace(/#.+/, "#…");
    return `${scheme}${hostAt > 0 ? "…@" : ""}${host}${parts}`;
  });
}
