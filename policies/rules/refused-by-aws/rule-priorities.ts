import { read } from "../../read";
import { LISTENER, LISTENER_RULE } from "../../resources";
import { resourceRule, stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { between, groupBy, referenceKey, refusal, wholeNumber } from "./known";

const FIX = "{ priority: 10 }, another for each rule of a listener";

const REFERENCES = [
  {
    label: "CreateRule",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html",
  },
];

/** The priority of a listener rule by itself. */
export const rulePriorities = resourceRule({
  id: "rule-priorities",
  area: "refused-by-aws",
  title: "AWS takes the priorities of listener rules",
  severity: "medium",
  level: "resource",
  description: "The priority of a listener rule is from 1 to 50,000. AWS refuses any other.",
  remedy: FIX,
  references: REFERENCES,
  types: LISTENER_RULE,
  judge: (rule) => violations([refusal("priority", read(rule.props, ["priority"]), between(1, 50_000))], FIX),
});

/** The priorities of all the rules of a listener. Only the stack shows which rules share one. */
export const rulePrioritiesStack = stackRule({
  id: "rule-priorities-stack",
  area: "refused-by-aws",
  title: "Rules of a listener have priorities of their own",
  severity: "medium",
  level: "stack",
  description: "No two rules of a listener have the same priority. AWS refuses the second one.",
  remedy: FIX,
  references: REFERENCES,
  judge(stack) {
    const listenersOf = stack.to(LISTENER, ["arn", "id"]);
    const placeOf = (rule: StackSubject): string | undefined => {
      const listener = referenceKey(rule, "listenerArn", listenersOf);
      const priority = wholeNumber(read(rule.props, ["priority"]));
      return listener === undefined || priority === undefined
        ? undefined
        : JSON.stringify([listener, priority]);
    };
    return [...groupBy(stack.ofTypes(LISTENER_RULE), placeOf).values()].flatMap(([first, ...others]) =>
      others.flatMap(({ props, urn }) => {
        const priority = wholeNumber(read(props, ["priority"]));
        const taken = `priority is ${priority}, which rule "${first?.name}" of the same listener has already`;
        return violations([`${taken}; it must be another`], FIX, urn);
      }),
    );
  },
});
