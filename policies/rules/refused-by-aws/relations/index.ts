import { advice, stackRule, violations } from "../../../rule";
import { callers } from "./callers";
import { compute } from "./compute";
import { edge } from "./edge";
import { launches } from "./launches";
import { listeners } from "./listeners";
import { logBuckets } from "./log-buckets";
import { networks } from "./networks";
import { others } from "./others";
import { records } from "./records";
import type { Relation } from "./relation";
import { sameVpc } from "./same-vpc";
import { services } from "./services";
import { targets } from "./targets";

/** All relations, each of which has a row in the tests. */
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
  logBuckets,
];

/** What AWS refuses of resources together, though each is sound by itself: only the stack shows them. */
export const relations = stackRule({
  id: "relations",
  area: "refused-by-aws",
  title: "Resources go together",
  severity: "medium",
  level: "stack",
  description:
    "Resources that name each other are of kinds that AWS takes together, in one order, under names of their own. " +
    "AWS refuses the others when what they need is already there.",
  advises:
    "what AWS takes or refuses by who is faster, a resource that doesn't wait for what it needs; and Fargate for a task " +
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
