/** Characters of a condition's or redirect's value at the most. */
const MAX_LENGTH = 128;

/**
 * What a listener rule takes as a host: a dot at least, and behind the last one letters only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html
 */
export const HOST_PATTERN = { maxLength: MAX_LENGTH, pattern: /^[A-Za-z0-9\-_.*?]*\.[A-Za-z]+$/ } as const;

/**
 * What a listener rule takes as a path.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
export const PATH_PATTERN = {
  maxLength: MAX_LENGTH,
  pattern: /^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$/,
} as const;

const PLACEHOLDER = "#\\{(protocol|host|port|path|query)\\}";

/**
 * What a redirect takes as host, path and query. Of the placeholders it knows five.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export const REDIRECT = {
  host: {
    ...{ minLength: 1, maxLength: MAX_LENGTH },
    pattern: new RegExp(`^([\\x21-\\x22\\x24-\\x2e\\x30-\\x7e]|${PLACEHOLDER})+$`),
  },
  path: {
    ...{ minLength: 1, maxLength: MAX_LENGTH },
    pattern: new RegExp(`^/([\\x21-\\x22\\x24-\\x7e]|${PLACEHOLDER})*$`),
  },
  query: {
    maxLength: MAX_LENGTH,
    pattern: new RegExp(`^([\\x21-\\x22\\x24-\\x7e]|${PLACEHOLDER})*$`),
  },
} as const;
