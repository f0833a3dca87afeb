import { advice, stackRule, violations } from "../../../rule";
import { callers } from "./callers";
import { compute } from "./compute";
import { data } from "./data";
import { edge } from "./edge";
import { launches } from "./launches";
import { listeners } from "./listeners";
import { logBuckets } from "./log-buckets";
import { messages } from "./messages";
import { networks } from "./networks";
import { others } from "./others";
import { records } from "./records";
import { rules } from "./rules";
import type { Relation } from "./relation";
import { sameVpc } from "./same-vpc";
import { services } from "./services";
import { targets } from "./targets";

/** All relations. Each has a row in the tests. */
export const RELATIONS: readonly Relation[] = [
  ...listeners,
  ...targets,
  ...callers,
  ...compute,
  ...services,
  ...edge,
  ...records,
  ...others,
  ...networks,
  ...sameVpc,
  ...launches,
  ...messages,
  ...rules,
  ...data,
  logBuckets,
];

/** Resources that are valid alone but that AWS refuses together, which only the stack shows. */
export const relations = stackRule({
  id: "relations",
  area: "refused-by-aws",
  title: "Related resources are compatible",
  severity: "medium",
  level: "stack",
  description:
    "Resources that refer to each other have compatible types and settings, a valid order, and unique names. " +
    "Otherwise AWS refuses them after it has already created the resources that they need.",
  advises:
    "resources that don't wait for what they need, which AWS accepts or refuses depending on timing; and Fargate for a task " +
    "definition that names other launch types",
  remedy: RELATIONS[0]!.fix,
  references: [
    {
      label: "CreateListener",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
    },
  ],
  judge: (stack) =>
    RELATIONS.flatMap(({ of, fix, isAdvice, judge }) => {
      const resources = stack.ofTypes(of);
      if (resources.length === 0) return [];
      const problemsOf = judge(stack);
      return resources.flatMap((resource) => {
        const problems = problemsOf(resource).filter((problem) => problem !== undefined);
        // Most have none.
        if (problems.length === 0) return [];
        return (isAdvice === true ? advice : violations)([...new Set(problems)], fix, resource.urn);
      });
    }),
});
