import { FIRST_PRIORITY, LAST_PRIORITY, MAX_BODY } from "../../components/load-balancer/listener-rules";
import { ALGORITHMS, ENGINES } from "../../components/load-balancer/traffic-policy";
import { boolean, integer, oneOf, text, texts } from "../setting-types";
import { group, mapOf } from "../structured-settings";
import { ANSWER_BODY } from "./formats";
import { HOST_PATTERN, PATH_PATTERN, REDIRECT } from "./patterns";

const PAGE =
  "<!doctype html><html lang=en><meta charset=utf-8><title>Back soon</title>" +
  "<h1>Back soon</h1><p>We are working on the store. Please come back in a few minutes.</p></html>";

/** How requests spread over the instances, and which ones go elsewhere. */
export const traffic = {
  loadBalancing: group(
    {
      engine: oneOf(ENGINES, {
        description:
          "What balances: AWS's load balancer alone, or HAProxy on instances of our own behind it. docs/choosing-a-balancer.md tells which.",
        default: "alb",
      }),
      algorithm: oneOf(ALGORITHMS, {
        description:
          "Which instance gets the next request: each in turn, each as often as its weight says (haproxy), the one with the fewest under way, or any by chance (alb).",
        default: "roundRobin",
      }),
      anomalyMitigation: boolean({
        description:
          "Whether instances with more errors than the others get fewer requests; with weightedRandom only.",
        default: false,
      }),
      slowStartSeconds: integer(0, 900, {
        description:
          "Seconds in which a new instance's share of requests grows, 30 at least; 0 for at once. With alb for roundRobin only.",
        default: 0,
      }),
      stickinessSeconds: integer(0, 604_800, {
        description: "Seconds that a cookie keeps a visitor on the same instance; 0 for no cookie.",
        default: 0,
      }),
      crossZone: boolean({
        description:
          "Whether each zone's balancer sends requests to the instances of all zones. Off, each zone stands alone and needs instances enough.",
        default: true,
      }),
    },
    {
      description: "How requests spread over the instances.",
      example: "web-store:loadBalancing: { algorithm: leastOutstandingRequests }",
    },
  ),
  targetGroupHealth: group(
    {
      dnsMinimumHealthyTargetCount: integer(0, 1000, {
        description: "A zone with fewer healthy instances leaves the balancer's DNS name; 0 for never.",
        default: 1,
      }),
      dnsMinimumHealthyTargetPercentage: integer(0, 100, {
        description: "Likewise in percent of the instances; 0 for never.",
        default: 0,
      }),
      routingMinimumHealthyTargetPercentage: integer(0, 50, {
        description:
          "With a smaller percentage of healthy instances requests go to sick ones too, so that the last healthy ones are not overrun; 0 for only when none is healthy.",
        default: 0,
      }),
    },
    {
      description: "What happens when few instances are healthy.",
      example: "web-store:targetGroupHealth: { dnsMinimumHealthyTargetPercentage: 50 }",
    },
  ),
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#lcu-quotas
  capacityUnits: integer(0, 15_000, {
    description:
      "Capacity units reserved for the load balancer, 100 at least, ahead of a sudden peak; each costs about a US cent an hour. 0 for none. AWS grants them within minutes, seldom hours, once the account's quota for them is raised.",
    default: 0,
  }),
  zonalShift: boolean({
    description:
      "Whether you, or AWS, may shift requests away from a zone with Amazon Application Recovery Controller. It costs nothing.",
    default: false,
  }),
  connectionLogs: boolean({
    description:
      "Whether each TLS connection is logged, refused ones too, beside the access logs and as long as they. S3 charges for what it stores.",
    default: false,
  }),
  healthCheckLogs: boolean({
    description:
      "Whether each health check is logged, with the reason of a failure, beside the access logs and as long as they. S3 charges for what it stores.",
    default: false,
  }),
  routes: mapOf(
    {
      priority: integer(FIRST_PRIORITY, LAST_PRIORITY, {
        description:
          "A multiple of 10 that no other route has. The smallest number wins; the gaps leave room, so that a new route moves no other.",
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
      action: oneOf(["forward", "fixedResponse", "redirect"], {
        description: "Whether the instances answer, the load balancer by itself, or another address.",
        default: "forward",
      }),
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
            ...ANSWER_BODY,
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
            ...REDIRECT.host,
          }),
          path: text({
            description: "Path to go to; /#{path} for the same.",
            default: "/#{path}",
            allowed: "a path from / on, up to 128 characters; #{path} stands for the request's without its /",
            example: "/shop/#{path}",
            ...REDIRECT.path,
          }),
          query: text({
            description: "Query string to go to, without ?; #{query} for the same.",
            default: "#{query}",
            allowed:
              "up to 128 characters without spaces, or an empty text; #{query} stands for the request's",
            example: "'#{query}'",
            ...REDIRECT.query,
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
      example: "web-store:routes: { old-shop: { priority: 100, paths: [/shop/*], action: redirect } }",
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
        ...ANSWER_BODY,
        minLength: 1,
      }),
    },
    {
      description: "The page that stands in for the store while it is closed.",
      example: "web-store:maintenance: { enabled: true }",
    },
  ),
} as const;
