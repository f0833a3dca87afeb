/** As Pulumi hands a setting over: texts as they are, everything else in JSON. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * A value as an error shows it. Errors end in the logs of pipelines, for more people than may know a secret, so what may
 * be one stays out.
 *
 * @param mayHoldSecret - whether it, or something in it, may hold a secret wherever it stands; if so, only names of a
 * mapping, ARNs, and the beginnings of URLs are shown
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
    : `a text of length ${text.length}, not shown as it may hold a secret`;
}

/** URLs within a text, and credentials of what would be one behind `https://`; up to the last `@`, which passwords may have. */
const URLS = /(?<scheme>\b[a-z][a-z0-9+.-]*:\/\/)(?<rest>[^\s"]+)/gi;
const CREDENTIALS = /(?<=^|")(?!arn:)[^\s"@/:]+:(?!\/\/)[^\s"]*@(?!sha256:)/g;

/** A text with `…` for what may be secret in its URLs: all but scheme, host and port. */
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
