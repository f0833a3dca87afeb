import { read } from "../../../read";
import { readEach } from "../../../read-each";
import { LISTENER_RULE } from "../../../resources";
import { text } from "../known";
import { characters, each, isSet } from "./line";
import type { Line } from "./line";

/** By type of transform, the block that configures it. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  "host-header-rewrite": "hostHeaderRewriteConfig",
  "url-rewrite": "urlRewriteConfig",
};

const TYPES = Object.keys(CONFIGURATIONS);

const REWRITES = Object.values(CONFIGURATIONS).flatMap((configuration) =>
  ["regex", "replace"].map((field) => `transforms.*.${configuration}.rewrite.${field}`),
);

/** How a listener rule rewrites requests. */
export const RULE_TRANSFORMS = {
  "rule-transforms": {
    types: LISTENER_RULE,
    problems: (props) => [
      ...transformProblems(props),
      ...each(REWRITES, characters(1_024, "at most 1,024 characters"))(props),
    ],
    example: {
      conditions: [{ pathPattern: { values: ["/api/*"] } }],
      transforms: [
        { type: "url-rewrite", urlRewriteConfig: { rewrite: { regex: "^/api/(.*)$", replace: "/$1" } } },
      ],
    },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleTransform.html",
  },
} satisfies Readonly<Record<string, Line>>;

/** A rule has at most one transform of each type, each with only the configuration of its type. */
function transformProblems(props: unknown): (string | undefined)[] {
  const transforms = readEach(props, "transforms.*").flatMap(({ label, reading }) =>
    reading.kind === "known"
      ? [{ label, value: reading.value, type: text(read(reading.value, ["type"])) }]
      : [],
  );
  const repeated = TYPES.filter((type) => transforms.filter((one) => one.type === type).length > 1);
  return [
    ...repeated.map(
      (type) => `transforms has type "${type}" more than once; AWS allows only one of each type`,
    ),
    ...transforms.flatMap(({ label, value, type = "" }) =>
      TYPES.includes(type)
        ? TYPES.map((other) => {
            const hasOther = isSet(value, CONFIGURATIONS[other]!);
            if (hasOther === (other === type)) return undefined;
            return `${label} is of type "${type}", but ${hasOther ? "has" : "lacks"} ${CONFIGURATIONS[other]}; AWS ${hasOther ? "allows only" : "requires"} ${CONFIGURATIONS[type]}`;
          })
        : [],
    ),
  ];
}
