import * as v from "valibot";

import { FIRST_PRIORITY, LAST_PRIORITY, MAX_BODY } from "../../components/load-balancer/listener-rules";
import { accessFields } from "../login/schema";
import {
  boolean,
  formatted,
  group,
  integer,
  mapOf,
  matching,
  oneOf,
  optional,
  text,
  texts,
} from "../settings/fields";

/** Maximum length of a condition's or redirect's value. */
const MAX_LENGTH = 128;

/**
 * The hosts that a listener rule allows: with at least one dot, and only letters after the last one.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html
 */
const HOST_PATTERN = matching(/^[A-Za-z0-9\-_.*?]*\.[A-Za-z]+$/, MAX_LENGTH);

/**
 * The paths that a listener rule allows.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
const PATH_PATTERN = matching(/^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$/, MAX_LENGTH);

/**
 * The ARN of a target group, whose name has at most 32 letters, digits and hyphens.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html#awselasticloadbalancingv2-resources-for-iam-policies
 */
const TARGET_GROUP_ARN = matching(
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/,
);

const PLACEHOLDER = "#\\{(protocol|host|port|path|query)\\}";

/**
 * The host, path and query that a redirect allows, with its five placeholders.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
const REDIRECT = {
  host: matching(new RegExp(`^([\\x21-\\x22\\x24-\\x2e\\x30-\\x7e]|${PLACEHOLDER})+$`), MAX_LENGTH),
  path: matching(new RegExp(`^/([\\x21-\\x22\\x24-\\x7e]|${PLACEHOLDER})*$`), MAX_LENGTH),
  query: matching(new RegExp(`^([\\x21-\\x22\\x24-\\x7e]|${PLACEHOLDER})*$`), MAX_LENGTH),
} as const;

/**
 * The body of a fixed response. Its length is counted in UTF-16 code units, as in the policy `api-prose`: AWS doesn't
 * document the unit, and there are never fewer code units than characters.
 */
const ANSWER_BODY = v.pipe(
  formatted("answer-body", (body) => body.length <= MAX_BODY),
  v.maxLength(MAX_BODY),
);

/** The body of a page, which must not be empty. */
const PAGE_BODY = v.pipe(ANSWER_BODY, v.minLength(1));

const PAGE =
  "<!doctype html><html lang=en><meta charset=utf-8><title>Back soon</title>" +
  "<h1>Back soon</h1><p>We are working on the store. Please come back in a few minutes.</p></html>";

/** Settings for the requests that a listener rule matches. */
export const conditionFields = {
  priority: integer(FIRST_PRIORITY, LAST_PRIORITY, {
    description:
      "A multiple of 10 that no other route or application has. The lowest number is evaluated first; the gaps leave room for new rules.",
    example: 100,
  }),
  hosts: texts({
    description: "Host patterns, one of which must match; empty for every host.",
    default: Object.freeze([]),
    allowed:
      "names with a dot and only letters after the last one; * matches any characters, ? matches one; at most 128 characters",
    example: '"*.store.example.com"',
    items: HOST_PATTERN,
  }),
  paths: texts({
    description: "Path patterns, one of which must match; empty for every path.",
    default: Object.freeze([]),
    allowed:
      "paths that begin with / or *, of letters, digits and _ - . $ / ~ \" ' @ : + &; * matches any characters, ? matches one; at most 128 characters",
    example: "/feed/*",
    items: PATH_PATTERN,
  }),
  ...accessFields,
} as const;

/** Settings for requests that do not go to the instances. */
export const schema = {
  routes: mapOf(
    {
      ...conditionFields,
      action: oneOf(["forward", "fixedResponse", "redirect"], {
        description:
          "Whether to forward to instances, to answer at the load balancer, or to redirect to another address.",
        default: "forward",
      }),
      targetGroupArn: optional(
        text({
          description:
            "ARN of an existing target group that gets the requests of action forward instead of the store; its owner manages its instances, functions or addresses. It must be in the stack's VPC and not belong to another load balancer.",
          allowed: "the ARN of a target group",
          example: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/reports/0123456789abcdef",
          of: TARGET_GROUP_ARN,
        }),
      ),
      fixedResponse: group(
        {
          statusCode: integer(200, 599, { description: "HTTP status, 2xx, 4xx or 5xx.", default: 404 }),
          contentType: oneOf(
            ["text/plain", "text/css", "text/html", "application/javascript", "application/json"],
            { description: "Media type.", default: "text/plain" },
          ),
          body: text({
            description: "Body of the response.",
            default: "Not found",
            allowed: `up to ${MAX_BODY} characters`,
            example: "Gone",
            of: ANSWER_BODY,
          }),
        },
        {
          description: "The response of action fixedResponse.",
          example: "fixedResponse: { statusCode: 410 }",
        },
      ),
      redirect: group(
        {
          host: text({
            description: "Host of the target; #{host} for the same.",
            default: "#{host}",
            allowed: "a host name of up to 128 characters; #{host} is the request's",
            example: "store.example.com",
            of: REDIRECT.host,
          }),
          path: text({
            description: "Path of the target; /#{path} for the same.",
            default: "/#{path}",
            allowed:
              "a path that begins with /, up to 128 characters; #{path} is the request's path without its /",
            example: "/shop/#{path}",
            of: REDIRECT.path,
          }),
          query: text({
            description: "Query string of the target, without ?; #{query} for the same.",
            default: "#{query}",
            allowed: "up to 128 characters without spaces, or an empty string; #{query} is the request's",
            example: "'#{query}'",
            of: REDIRECT.query,
          }),
          permanent: boolean({
            description: "Whether browsers may cache the redirect (301), or request it each time (302).",
            default: false,
          }),
        },
        {
          description: "The target of action redirect, always by HTTPS.",
          example: "redirect: { path: /shop }",
        },
      ),
    },
    {
      description: "Rules for hosts and paths, by names of your choice.",
      example: "routes: { old-shop: { priority: 100, paths: [/shop/*], action: redirect } }",
      atMost: 90,
    },
  ),
  maintenance: group(
    {
      enabled: boolean({
        description: "Whether the load balancer answers every request itself, with status 503 and the page.",
        default: false,
      }),
      page: text({
        description: "The page, in HTML.",
        default: PAGE,
        allowed: `1 to ${MAX_BODY} characters of HTML`,
        example: "<h1>Back at 6</h1>",
        of: PAGE_BODY,
      }),
    },
    {
      description: "The page that replaces the store while it is closed.",
      example: "maintenance: { enabled: true }",
    },
  ),
} as const;
