import { isList, read, readList } from "../../../read";
import type { Reading } from "../../../read";
import { readEach } from "../../../read-each";
import { LISTENER, LISTENER_RULE } from "../../../resources";
import type { Expectation } from "../../../rule";
import { between, oneOf, refusal, scalar, text, wholeNumber } from "../known";
import type { Line } from "./line";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

/** For each type of action, the properties of which it requires one. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  forward: ["targetGroupArn", "forward"],
  redirect: ["redirect"],
  "fixed-response": ["fixedResponse"],
  "authenticate-cognito": ["authenticateCognito"],
  "authenticate-oidc": ["authenticateOidc"],
  "jwt-validation": ["jwtValidation"],
};

const ACTION_TYPE: Expectation = {
  accepts: (value) => typeof value === "string" && Object.hasOwn(NEEDS, value.toLowerCase()),
  allowed: Object.keys(NEEDS).join(", "),
};

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html */
const UNCHANGED: Readonly<Record<string, string>> = {
  protocol: "#{protocol}",
  host: "#{host}",
  port: "#{port}",
  path: "/#{path}",
};

const upTo = (length: number): Expectation => ({
  accepts: (value) => (scalar(value)?.length ?? Infinity) <= length,
  allowed: `a string of up to ${length} characters`,
});

const REDIRECT: Readonly<Record<string, Expectation>> = {
  protocol: {
    accepts: (value) => value === "HTTP" || value === "HTTPS" || value === "#{protocol}",
    allowed: '"HTTP", "HTTPS" or "#{protocol}"',
    vocabulary: /^https?$/i,
  },
  port: {
    accepts: (value) => value === "#{port}" || between(1, 65535).accepts(value),
    allowed: 'a port from 1 to 65535, or "#{port}"',
    vocabulary: /^-?\d{1,9}$/,
  },
  host: upTo(128),
  path: {
    accepts: (value) => typeof value === "string" && value.startsWith("/") && value.length <= 128,
    allowed: 'a path that begins with "/", of up to 128 characters',
  },
  query: upTo(128),
  statusCode: oneOf(["HTTP_301", "HTTP_302"], ["HTTP_\\d{3}", "\\d{3}"]),
};

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html */
const FIXED_RESPONSE: Readonly<Record<string, Expectation>> = {
  statusCode: {
    accepts: (value) => /^[245]\d\d$/.test(scalar(value) ?? ""),
    allowed: "a code of 2xx, 4xx or 5xx",
    vocabulary: /^\d{1,9}$/,
  },
  contentType: oneOf(["text/plain", "text/css", "text/html", "application/javascript", "application/json"]),
  messageBody: upTo(1024),
};

const HTTPS_URL: Expectation = {
  accepts: (value) => typeof value === "string" && /^https:\/\/[^/]/i.test(value),
  allowed: "a full HTTPS URL",
};

/**
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
const OIDC: Readonly<Record<string, Expectation>> = {
  issuer: HTTPS_URL,
  authorizationEndpoint: HTTPS_URL,
  tokenEndpoint: HTTPS_URL,
  userInfoEndpoint: HTTPS_URL,
};

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionConfig.html */
const JWT: Readonly<Record<string, Expectation>> = {
  issuer: upTo(256),
  jwksEndpoint: {
    accepts: (value) => HTTPS_URL.accepts(value) && upTo(256).accepts(value),
    allowed: `${HTTPS_URL.allowed}, of up to 256 characters`,
  },
};

/** Claims that a load balancer always validates. */
const OWN_CLAIMS = ["exp", "iss", "nbf", "iat"];

const MOST_CLAIMS = 10;

const EXAMPLE = [
  {
    type: "forward",
    targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/943f017f100becff",
  },
];

/** Actions of listeners and their rules. */
export const LISTENER_ACTIONS = {
  "listener-actions": {
    types: LISTENER,
    problems: (props) => problemsAt(props, "defaultActions"),
    example: { defaultActions: EXAMPLE },
    source: `${API}/API_Action.html`,
  },
  "rule-actions": {
    types: LISTENER_RULE,
    problems: (props) => problemsAt(props, "actions"),
    example: { conditions: [{ pathPattern: { values: ["/cart/*"] } }], actions: EXAMPLE },
    source: `${API}/API_Action.html`,
  },
} satisfies Readonly<Record<string, Line>>;

/**
 * Exactly one action, the last, must route requests. Each action must set what its type requires, forward to at most
 * five target groups, and not redirect to itself.
 */
function problemsAt(props: unknown, property: string): (string | undefined)[] {
  const actions = readList(props, [property]);
  if (!isList(actions)) return [];
  return [
    ...sequenceProblems(actions, property),
    ...actions.flatMap((action, index) =>
      action.kind === "known" ? actionProblems(action.value, `${property}[${index}]`) : [],
    ),
  ];
}

/** The types of actions of which a listener or rule has exactly one. */
const ROUTING = ["forward", "redirect", "fixed-response"];

/** One action routes requests, after all others. Without an order, the provider numbers actions by position. */
function sequenceProblems(actions: readonly Reading[], property: string): (string | undefined)[] {
  const known = actions.map((action, index) => ({
    label: `${property}[${index}]`,
    type: action.kind === "known" ? actionType(action.value) : undefined,
    order: (action.kind === "known" ? wholeNumber(read(action.value, ["order"])) : undefined) ?? index + 1,
  }));
  const routing = known.filter(({ type }) => type !== undefined && ROUTING.includes(type));
  const last = routing.at(-1);
  if (routing.length > 1) {
    const which = routing.map(({ label, type }) => `${label} of type "${type}"`).join(" and ");
    return [`${which} both route requests; AWS allows only one such action`];
  }
  if (last === undefined) {
    return known.length > 0 && known.every(({ type }) => type !== undefined)
      ? [`${property} has no action that routes requests; AWS requires one of ${ROUTING.join(", ")}`]
      : [];
  }
  const later = known.find(({ type, order }) => type !== undefined && order > last.order);
  return [
    later &&
      `${last.label} of type "${last.type}" comes before ${later.label} of type "${later.type}"; it must be last`,
  ];
}

/** One of AWS's types, or undefined. */
function actionType(action: unknown): string | undefined {
  const type = text(read(action, ["type"]))?.toLowerCase() ?? "";
  return Object.hasOwn(NEEDS, type) ? type : undefined;
}

function actionProblems(action: unknown, label: string): (string | undefined)[] {
  const type = read(action, ["type"]);
  const typeProblem = refusal(`${label}.type`, type, ACTION_TYPE);
  if (typeProblem !== undefined) return [typeProblem];
  const name = text(type)?.toLowerCase();
  if (name === undefined) return [];
  const needs = NEEDS[name] ?? [];
  const missing = needs.every((property) => read(action, [property]).kind === "absent");
  const fields = (
    property: string,
    expected: Readonly<Record<string, Expectation>>,
  ): (string | undefined)[] =>
    Object.entries(expected).map(([field, expectation]) =>
      refusal(`${label}.${property}.${field}`, read(action, [property, field]), expectation),
    );
  return [
    missing ? `${label} is of type "${name}", but lacks ${needs.join(" or ")}; AWS requires it` : undefined,
    refusal(`${label}.order`, read(action, ["order"]), between(1, 50_000)),
    ...(name === "forward" ? forwardProblems(action, label) : []),
    ...(name === "redirect" ? [...fields("redirect", REDIRECT), loopProblem(action, label)] : []),
    ...(name === "fixed-response" ? fields("fixedResponse", FIXED_RESPONSE) : []),
    ...(name === "authenticate-oidc" ? fields("authenticateOidc", OIDC) : []),
    ...(name === "jwt-validation" ? [...fields("jwtValidation", JWT), ...claimProblems(action, label)] : []),
  ];
}

/**
 * The claims that a load balancer validates in addition to its own.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_JwtValidationActionAdditionalClaim.html
 */
function claimProblems(action: unknown, label: string): (string | undefined)[] {
  const path = "jwtValidation.additionalClaims";
  const claims = readEach(action, `${path}.*`);
  return [
    claims.length > MOST_CLAIMS
      ? `${label}.${path} has ${claims.length} elements; AWS allows at most ${MOST_CLAIMS}`
      : undefined,
    ...claims.flatMap(({ label: place, reading }) => {
      const claim = reading.kind === "known" ? reading.value : undefined;
      const name = text(read(claim, ["name"])) ?? "";
      const values = readList(claim, ["values"]);
      const known = isList(values) ? values.map(text) : [];
      const isSpaced = text(read(claim, ["format"])) === "space-separated-values";
      const where = `${label}.${place}`;
      return [
        OWN_CLAIMS.includes(name)
          ? `${where}.name is "${name}"; it must not be one of ${OWN_CLAIMS.join(", ")}, which AWS always validates`
          : undefined,
        known.length > MOST_CLAIMS
          ? `${where}.values has ${known.length} elements; AWS allows at most ${MOST_CLAIMS}`
          : undefined,
        isSpaced && known.some((value) => value?.includes(" ") === true)
          ? `${where}.values has a value with a space, but format is "space-separated-values"; each word must be a value of its own`
          : undefined,
      ];
    }),
  ];
}

function forwardProblems(action: unknown, label: string): (string | undefined)[] {
  const groups = readList(action, ["forward", "targetGroups"]);
  const duration = refusal(
    `${label}.forward.stickiness.duration`,
    read(action, ["forward", "stickiness", "duration"]),
    between(1, 604_800),
  );
  if (!isList(groups)) return [duration];
  return [
    duration,
    groups.length > 5 || groups.length === 0
      ? `${label}.forward.targetGroups has ${groups.length} elements; AWS allows 1 to 5`
      : undefined,
    ...groups.map((group, index) =>
      group.kind === "known"
        ? refusal(
            `${label}.forward.targetGroups[${index}].weight`,
            read(group.value, ["weight"]),
            between(0, 999),
          )
        : undefined,
    ),
    contradiction(read(action, ["targetGroupArn"]), groups, label),
  ];
}

/** Both ways to name the target group may be used together only if they name the same one. */
function contradiction(target: Reading, groups: readonly Reading[], label: string): string | undefined {
  if (target.kind === "absent") return undefined;
  const [first] = groups;
  const arn = first?.kind === "known" ? read(first.value, ["arn"]) : undefined;
  const differs = target.kind === "known" && arn?.kind === "known" && target.value !== arn.value;
  if (groups.length === 1 && !differs) return undefined;
  return `${label}.targetGroupArn and ${label}.forward are both set and differ; AWS allows only one of them`;
}

/** A redirect that only changes the query would lead to itself. */
function loopProblem(action: unknown, label: string): string | undefined {
  const redirect = read(action, ["redirect"]);
  if (redirect.kind !== "known" || typeof redirect.value !== "object") return undefined;
  const changes = Object.entries(UNCHANGED).some(([field, unchanged]) => {
    const reading = read(redirect.value, [field]);
    return reading.kind === "unknown" || (reading.kind === "known" && reading.value !== unchanged);
  });
  if (changes) return undefined;
  return `${label}.redirect leads to the same URL; it must change protocol, host, port or path`;
}
