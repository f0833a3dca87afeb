import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { describe, problem } from "../../rule";
import type { Expectation, Subject } from "../../rule";

const ACTION_TYPE_NAMES =
  /^(authenticate-cognito|authenticate-oidc|fixed-response|forward|jwt-validation|redirect)$/i;
const ACTION_TYPE: Expectation = {
  accepts: (value) => typeof value === "string" && value !== "",
  allowed: 'a literal, such as "forward"',
  vocabulary: ACTION_TYPE_NAMES,
};
const REDIRECT: Expectation = {
  accepts: (value) => value === "redirect",
  allowed: '"redirect"',
  vocabulary: ACTION_TYPE_NAMES,
};

/**
 * The fields that a redirect from HTTP must set. Protocol and port default to the listener's own, which redirects from
 * HTTP to HTTP, or to HTTPS on port 80, where nothing answers. Host, path and query may change.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
const PINS: Readonly<Record<string, Expectation>> = {
  protocol: {
    accepts: (value) => value === "HTTPS",
    allowed: '"HTTPS"',
    vocabulary: /^(HTTPS?|#\{protocol\})$/i,
    absentMeans: "HTTP again",
  },
  port: {
    accepts: (value) => /^[1-9]\d{0,4}$/.test(String(value)) && String(value) !== "80",
    allowed: '"443", or another port that serves HTTPS',
    vocabulary: /^(\d{1,5}|#\{port\})$/,
    absentMeans: "the listener's own",
  },
  statusCode: {
    accepts: (value) => value === "HTTP_301" || value === "HTTP_302",
    allowed: '"HTTP_301"',
    vocabulary: /^HTTP_\d{3}$/,
  },
};

/** What is wrong with an action, as sentences: `problems` with clear text, and `advice` for improvements. */
export interface ActionProblems {
  readonly problems: readonly (string | undefined)[];
  readonly advice: readonly (string | undefined)[];
}

/** Judges one action. */
export type ActionJudge = (action: unknown, label: string) => ActionProblems;

/** On a TLS listener, or a rule whose listener is not in the program, an action may not redirect to HTTP. */
export const tlsAction: ActionJudge = (action, label) => {
  const type = read(action, ["type"]);
  const typeProblem = problem(`${label}.type`, type, ACTION_TYPE);
  const protocol = read(action, ["redirect", "protocol"]);
  const isRedirect = type.kind === "known" && type.value === "redirect";
  const back =
    !isRedirect || protocol.kind === "absent"
      ? undefined
      : problem(`${label}.redirect.protocol`, protocol, {
          accepts: (value) => value === "HTTPS" || value === "#{protocol}",
          allowed: '"HTTPS"',
          vocabulary: /^HTTPS?$/i,
        });
  return { problems: [typeProblem, back], advice: [] };
};

/**
 * On an HTTP listener, an action must redirect to HTTPS. A fixed response that rejects visitors is only advised
 * against.
 */
export const httpAction: ActionJudge = (action, label) => {
  if (turnsAway(action)) {
    return {
      problems: [],
      advice: [`${label}.type is "fixed-response", which only rejects visitors; it must be "redirect"`],
    };
  }
  const typeProblem = problem(`${label}.type`, read(action, ["type"]), REDIRECT);
  if (typeProblem !== undefined) return { problems: [typeProblem], advice: [] };
  const redirect = read(action, ["redirect"]);
  if (redirect.kind !== "known" || typeof redirect.value !== "object") {
    return {
      problems: [`${label}.redirect ${describe(redirect)}; it must be a literal redirect to HTTPS`],
      advice: [],
    };
  }
  const at = (field: string): [string, Reading] => [
    `${label}.redirect.${field}`,
    read(redirect.value, [field]),
  ];
  const [label302, status] = at("statusCode");
  const isTemporary = status.kind === "known" && status.value === "HTTP_302";
  return {
    problems: Object.entries(PINS).map(([field, expected]) => problem(...at(field), expected)),
    // Browsers cache a permanent redirect; with a temporary one, every visit begins in clear text.
    advice: [isTemporary ? `${label302} is "HTTP_302"; it must be "HTTP_301"` : undefined],
  };
};

function turnsAway(action: unknown): boolean {
  const type = read(action, ["type"]);
  const status = read(action, ["fixedResponse", "statusCode"]);
  return (
    type.kind === "known" &&
    type.value === "fixed-response" &&
    status.kind === "known" &&
    /^4\d\d$/.test(String(status.value))
  );
}

/** Judges the actions of a listener or rule one by one, so that an unknown action does not hide the others. */
export function eachAction(resource: Subject, property: string, judge: ActionJudge): ActionProblems[] {
  const one = (text: string): ActionProblems[] => [{ problems: [text], advice: [] }];
  const actions = readList(resource.props, [property]);
  if (!isList(actions)) return one(`${property} ${describe(actions)}; it must be a literal list of actions`);
  if (actions.length === 0) return one(`${property} is an empty list; it must hold an action`);
  return actions.flatMap((action, index) => {
    const label = `${property}[${index}]`;
    if (action.kind === "known") return [judge(action.value, label)];
    return one(`${label} ${describe(action)}; it must be a literal action`);
  });
}
