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

/** Characters of a condition's or redirect's value at the most. */
const MAX_LENGTH = 128;

/**
 * What a listener rule takes as a host: a dot at least, and behind the last one letters only.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html
 */
const HOST_PATTERN = matching(/^[A-Za-z0-9\-_.*?]*\.[A-Za-z]+$/, MAX_LENGTH);

/**
 * What a listener rule takes as a path.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
const PATH_PATTERN = matching(/^[/*][A-Za-z0-9_\-.$/~"'@:+&*?]*$/, MAX_LENGTH);

/**
 * The ARN of a target group; its name has letters, digits and hyphens, 32 at most.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html#awselasticloadbalancingv2-resources-for-iam-policies
 */
const TARGET_GROUP_ARN = matching(
  /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/,
);

const PLACEHOLDER = "#\\{(protocol|host|port|path|query)\\}";

/**
 * What a redirect takes as host, path and query. Of the placeholders it knows five.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
const REDIRECT = {
  host: matching(new RegExp(`^([\\x21-\\x22\\x24-\\x2e\\x30-\\x7e]|${PLACEHOLDER})+$`), MAX_LENGTH),
  path: matching(new RegExp(`^/([\\x21-\\x22\\x24-\\x7e]|${PLACEHOLDER})*$`), MAX_LENGTH),
  query: matching(new RegExp(`^([\\x21-\\x22\\x24-\\x7e]|${PLACEHOLDER})*$`), MAX_LENGTH),
} as const;

/**
 * What a load balancer answers by itself. It is counted in UTF-16's units, as the policy `api-prose` does: AWS
 * doesn't say what it counts, and these are never fewer than characters.
 */
const ANSWER_BODY = v.pipe(
  formatted("answer-body", (body) => body.length <= MAX_BODY),
  v.maxLength(MAX_BODY),
);

/** A page is an answer that says something. */
const PAGE_BODY = v.pipe(ANSWER_BODY, v.minLength(1));

const PAGE =
  "<!doctype html><html lang=en><meta charset=utf-8><title>Back soon</title>" +
  "<h1>Back soon</h1><p>We are working on the store. Please come back in a few minutes.</p></html>";

/** Which requests a rule of the listener is for. */
export const conditionFields = {
  priority: integer(FIRST_PRIORITY, LAST_PRIORITY, {
    description:
      "A multiple of 10 that no other route or application has. The smallest number wins; the gaps leave room, so that a new one moves no other.",
    example: 100,
  }),
  hosts: texts({
    description: "Host patterns, any of which will do; none for every host.",
    default: Object.freeze([]),
    allowed:
      "names with a dot and, behind the last one, letters only; * stands for any characters, ? for one; 128 characters at most",
    example: '"*.store.example.com"',
    items: HOST_PATTERN,
  }),
  paths: texts({
    description: "Path patterns, any of which will do; none for every path.",
    default: Object.freeze([]),
    allowed:
      "paths from / or * on, of letters, digits and _ - . $ / ~ \" ' @ : + &; * stands for any characters, ? for one; 128 characters at most",
    example: "/feed/*",
    items: PATH_PATTERN,
  }),
  ...accessFields,
} as const;

/** Which requests go elsewhere than to the instances. */
export const schema = {
  routes: mapOf(
    {
      ...conditionFields,
      action: oneOf(["forward", "fixedResponse", "redirect"], {
        description: "Whether the instances answer, the load balancer by itself, or another address.",
        default: "forward",
      }),
      targetGroupArn: optional(
        text({
          description:
            "ARN of a target group that is there already, which gets the requests of action forward instead of the store; the instances, functions or addresses in it are for its owner to care for. It has to be in the stack's VPC, and of no other load balancer.",
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
            description: "What the answer holds.",
            default: "Not found",
            allowed: `up to ${MAX_BODY} characters`,
            example: "Gone",
            of: ANSWER_BODY,
          }),
        },
        { description: "The answer of action fixedResponse.", example: "fixedResponse: { statusCode: 410 }" },
      ),
      redirect: group(
        {
          host: text({
            description: "Host to go to; #{host} for the same.",
            default: "#{host}",
            allowed: "a host name of up to 128 characters; #{host} stands for the request's",
            example: "store.example.com",
            of: REDIRECT.host,
          }),
          path: text({
            description: "Path to go to; /#{path} for the same.",
            default: "/#{path}",
            allowed: "a path from / on, up to 128 characters; #{path} stands for the request's without its /",
            example: "/shop/#{path}",
            of: REDIRECT.path,
          }),
          query: text({
            description: "Query string to go to, without ?; #{query} for the same.",
            default: "#{query}",
            allowed:
              "up to 128 characters without spaces, or an empty text; #{query} stands for the request's",
            example: "'#{query}'",
            of: REDIRECT.query,
          }),
          permanent: boolean({
            description: "Whether browsers may remember it (301), or shall ask again each time (302).",
            default: false,
          }),
        },
        {
          description: "Where action redirect leads, by HTTPS always.",
          example: "redirect: { path: /shop }",
        },
      ),
    },
    {
      description: "Rules for some hosts and paths, by names of your own.",
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
      description: "The page that stands in for the store while it is closed.",
      example: "maintenance: { enabled: true }",
    },
  ),
} as const;
