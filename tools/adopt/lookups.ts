import type { Cloud } from "../../packages/rehearse/cloud/types";
import { transform, type Values } from "../../packages/rehearse/values";

/** Functions whose results follow from their arguments and the stack's settings. */
const COMPUTED = /:get(PolicyDocument|Arn|Region|Regions|Partition)$/;

/** Shorter results, and those without a digit, are words that stand for nothing, such as `available`. */
const NAMES_SOMETHING = /^(?=.*\d).{6,}$/;

/**
 * What a program looks up in AWS. Nobody asks AWS here: the stand-in cloud makes an answer up, such as a hosted zone's id,
 * and where the state tells what it is in truth, the program is told that.
 */
export class Lookups {
  /** Texts that were made up, with the function that was asked. */
  readonly madeUp = new Map<string, string>();

  /**
   * @param given - functions whose answers are the user's own
   * @param truths - what is in the place of which text. @default nothing is known
   */
  constructor(
    private readonly given: ReadonlySet<string>,
    private readonly truths: ReadonlyMap<string, string> = new Map(),
  ) {}

  /** The cloud that answers with what is known. */
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
