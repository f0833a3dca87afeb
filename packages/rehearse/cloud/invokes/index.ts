import type { Value, Values } from "../../values";
import { isMap } from "../../values";
import { fillAll } from "../fill";
import { Draft } from "../resources/draft";
import { functionShape } from "../sdk";
import type { CloudContext, InvokeAnswer } from "../types";
import { accounts } from "./accounts";
import type { Answers } from "./answer";
import { compute } from "./compute";
import { existing } from "./existing";
import { network } from "./network";
import { place } from "./place";
import { policyDocuments } from "./policy-document";
import { services } from "./services";

const ANSWERS: Answers = {
  ...existing,
  ...accounts,
  ...place,
  ...compute,
  ...network,
  ...services,
  ...policyDocuments,
};

/** A function has no answer. */
export class UnansweredInvoke extends Error {
  override readonly name = "UnansweredInvoke";

  /**
   * @param token - For example `aws:ssm/getParameter:getParameter`.
   * @param args - The arguments it was called with.
   * @param result - A result of the right structure, as a template.
   */
  constructor(
    readonly token: string,
    readonly args: Values,
    readonly result: Values,
  ) {
    super(`The rehearsal can't know the result of ${token} with the arguments ${JSON.stringify(args)}`);
  }
}

/** The remedy for functions without an answer: the text ends with a template for the answers file. */
export function remedyFor(unanswered: readonly UnansweredInvoke[]): string {
  const invokes: Record<string, { args: Values; result: Values }[]> = {};
  for (const { token, args, result } of unanswered)
    invokes[token] = [...(invokes[token] ?? []), { args, result }];
  return (
    'Give it in a JSON file passed with --answers, with real values in "result":\n' +
    JSON.stringify({ invokes }, null, 2)
  );
}

/** Whether `whole` includes every part of `part`. Lists must be equal; objects may have more keys. */
function includes(whole: Value | undefined, part: Value): boolean {
  if (isMap(part))
    return isMap(whole) && Object.entries(part).every(([key, value]) => includes(whole[key], value));
  if (!Array.isArray(part)) return whole === part;
  return (
    Array.isArray(whole) &&
    whole.length === part.length &&
    part.every((element, i) => includes(whole[i], element))
  );
}

/** See `invoke` in `../index`. */
export function invokeFunction(
  token: string,
  args: Values,
  context: CloudContext,
  answers: Readonly<Record<string, readonly InvokeAnswer[]>>,
): Values {
  const given = Object.hasOwn(answers, token) ? answers[token] : undefined;
  const answer = given?.find((candidate) => includes(args, candidate.args ?? {}));
  if (answer !== undefined) return answer.result;

  const seed = `${token} ${context.accountId} ${JSON.stringify(args)}`;
  const call = new Draft(token, "", seed, args, context);
  const shape = functionShape(token, context.programDir);
  const place = { ...context, region: call.region };
  const blank = (empty: boolean): Values =>
    shape === undefined ? {} : fillAll(shape.results, shape.root, seed, place, empty);
  const result = Object.hasOwn(ANSWERS, token) ? ANSWERS[token]?.(call) : undefined;
  if (result === undefined)
    throw new UnansweredInvoke(token, args, { ...blank(true), ...echo(args, blank(true)) });
  const known = Object.entries(result).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  // Functions with a single result have no declared structure, and must return just the result.
  return shape === undefined || shape.results.length === 0
    ? Object.fromEntries(known)
    : { ...blank(false), ...args, ...Object.fromEntries(known) };
}

/** The arguments that are also part of the result. */
function echo(args: Values, result: Values): Values {
  return Object.fromEntries(Object.entries(args).filter(([key]) => key in result));
}
