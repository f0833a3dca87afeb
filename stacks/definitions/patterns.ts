/** Characters of a condition's or redirect's value at the most. */
const MAX_LENGTH = 128;

/**
 * Whether a listener rule takes the text as a host: a dot at least, and behind the last one letters only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html
 */
export function isHostPattern(value: string): boolean {
  return value.length <= MAX_LENGTH && /^[A-Za-z0-9\-_.*?]*\.[A-Za-z]+$/.test(value);
}

/**
 * Whether a listener rule takes the text as a path.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
export function isPathPattern(value: string): boolean {
  return value.length <= MAX_LENGTH && /^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$/.test(value);
}

/**
 * Whether a redirect takes the text as host, path or query. Of the placeholders it knows these five.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export function isRedirectPart(value: string): boolean {
  const plain = value.replace(/#\{(protocol|host|port|path|query)\}/g, "");
  return (
    value.length >= 1 && value.length <= MAX_LENGTH && /^[\x21-\x7e]*$/.test(plain) && !plain.includes("#")
  );
}
