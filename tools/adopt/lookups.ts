import type { Cloud } from "../../packages/rehearse/cloud/types";
import { transform, type Values } from "../../packages/rehearse/values";

/** Functions whose results follow from their arguments and the stack's settings. */
const COMPUTED = /:get(PolicyDocument|Arn|Region|Regions|Partition)$/;

/** Shorter results, and those without a digit, are words that don't identify anything, such as `available`. */
const NAMES_SOMETHING = /^(?=.*\d).{6,}$/;

/**
 * The program's lookups in AWS. AWS isn't asked: the stand-in cloud makes up an answer, such as a hosted zone's id,
 * and the program gets the real value if the state has it.
 */
export class Lookups {
  /** Made-up strings, with the function that returned each. */
  readonly madeUp = new Map<string, string>();

  /**
   * @param given - functions that the user answers
   * @param truths - the real values of made-up strings. @default none are known
   */
  constructor(
    private readonly given: ReadonlySet<string>,
    private readonly truths: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** Wraps a cloud to answer with the known values. */
  listenTo(cloud: Cloud): Cloud {
    return {
      ...cloud,
      invoke: (token, args, context) => {
        const result = cloud.invoke(token, args, context);
        return COMPUTED.test(token) || this.given.has(token) ? result : this.heard(token, args, result);
      },
    };
  }

  private heard(token: string, args: Values, result: Values): Values {
    const asked = JSON.stringify(args);
    return transform(result, (value) => {
      if (typeof value !== "string") return undefined;
      if (NAMES_SOMETHING.test(value) && !asked.includes(value)) this.madeUp.set(value, token);
      return this.truths.get(value);
    }) as Values;
  }
}
