import { isList, read, readList } from "../../../read";
import { LISTENER_RULE } from "../../../resources";
import { text } from "../known";
import type { Line } from "./line";

/** By kind of condition: the path of its values, and whether a rule may have it only once. */
const KINDS = {
  hostHeader: { lists: ["values", "regexValues"], once: true },
  pathPattern: { lists: ["values", "regexValues"], once: true },
  httpRequestMethod: { lists: ["values"], once: true },
  sourceIp: { lists: ["values"], once: true },
  httpHeader: { lists: ["values", "regexValues"], once: false },
  queryStrings: { lists: [], once: false },
} as const satisfies Readonly<Record<string, { readonly lists: readonly string[]; readonly once: boolean }>>;

type Kind = keyof typeof KINDS;

const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** Maximum number of a rule's values, and of the wildcards in them. */
const MOST_VALUES = 5;
const MOST_WILDCARDS = 6;

/** Conditions of listener rules. */
export const RULE_CONDITIONS = {
  "rule-conditions": {
    types: LISTENER_RULE,
    problems: conditionProblems,
    example: {
      conditions: [
        { hostHeader: { values: ["store.example.com"] } },
        { pathPattern: { values: ["/cart", "/cart/*"] } },
      ],
    },
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html",
  },
} satisfies Readonly<Record<string, Line>>;

/** A listener rule needs at least one condition, each of one kind, with at most five values in total. */
function conditionProblems(props: unknown): (string | undefined)[] {
  const conditions = readList(props, ["conditions"]);
  if (!isList(conditions)) return conditions.kind === "absent" ? [MISSING] : [];
  if (conditions.length === 0) return [MISSING];
  const known = conditions.flatMap((condition, index) =>
    condition.kind === "known" ? [{ label: `conditions[${index}]`, condition: condition.value }] : [],
  );
  return [
    ...known.map(({ label, condition }) => kindsProblem(label, kindsOf(condition))),
    ...repetitions(known.flatMap(({ condition }) => kindsOf(condition))),
    ...known.flatMap(({ label, condition }) => valueProblems(label, condition)),
    ...totalProblems(known.flatMap(({ condition }) => valuesOf(condition))),
  ];
}

const MISSING = "conditions has no element; it must have at least one";

/** The kinds of a condition, including those whose values are not known yet. */
function kindsOf(condition: unknown): Kind[] {
  return ALL_KINDS.filter((kind) => {
    const list = readList(condition, [kind]);
    return isList(list) ? list.length > 0 : list.kind !== "absent";
  });
}

function kindsProblem(label: string, kinds: readonly Kind[]): string | undefined {
  if (kinds.length === 1) return undefined;
  const got = kinds.length === 0 ? "has no kind of condition" : `has ${kinds.join(" and ")}`;
  return `${label} ${got}; AWS requires exactly one of ${ALL_KINDS.join(", ")}`;
}

function repetitions(kinds: readonly Kind[]): string[] {
  return ALL_KINDS.filter(
    (kind) => KINDS[kind].once && kinds.filter((other) => other === kind).length > 1,
  ).map(
    (kind) => `conditions has ${kind} more than once; AWS allows it in only one element, with all its values`,
  );
}

/** A value of a condition; undefined if it is not known. */
type Value = string | undefined;

function valuesOf(condition: unknown): Value[] {
  return kindsOf(condition).flatMap((kind) => {
    if (kind === "queryStrings") {
      const pairs = readList(condition, [kind]);
      return isList(pairs)
        ? pairs.map((pair) => (pair.kind === "known" ? text(read(pair.value, ["value"])) : undefined))
        : [];
    }
    return KINDS[kind].lists.flatMap((property) => {
      const list = readList(condition, [kind, property]);
      return isList(list) ? list.map(text) : [];
    });
  });
}

function valueProblems(label: string, condition: unknown): (string | undefined)[] {
  return kindsOf(condition).flatMap((kind) => {
    const lists = KINDS[kind].lists.map((property) => readList(condition, [kind, property]));
    const isEmpty =
      lists.length > 0 &&
      lists.every((list) => (isList(list) ? list.length === 0 : list.kind === "absent")) &&
      read(condition, [kind]).kind === "known";
    const isBoth =
      lists.length > 1 &&
      read(condition, [kind]).kind === "known" &&
      lists.every((list) => (!isList(list) ? list.kind === "unknown" : list.length > 0));
    const long = valuesOf({ [kind]: known(condition, kind) }).find((value) => (value?.length ?? 0) > 128);
    return [
      isEmpty ? `${label}.${kind} has no values; it must have at least one` : undefined,
      isBoth ? `${label}.${kind} has values and regexValues; AWS allows only one of them` : undefined,
      long === undefined
        ? undefined
        : `${label}.${kind} has a value of ${long.length} characters; AWS allows at most 128`,
    ];
  });
}

function known(condition: unknown, kind: Kind): unknown {
  const reading = read(condition, [kind]);
  return reading.kind === "known" ? reading.value : undefined;
}

function totalProblems(values: readonly Value[]): (string | undefined)[] {
  const wildcards = values.reduce((sum, value) => sum + (value?.match(/[*?]/g)?.length ?? 0), 0);
  return [
    values.length > MOST_VALUES
      ? `conditions has ${values.length} values; AWS allows at most ${MOST_VALUES} in a rule`
      : undefined,
    wildcards > MOST_WILDCARDS
      ? `conditions has ${wildcards} wildcards; AWS allows at most ${MOST_WILDCARDS} in a rule`
      : undefined,
  ];
}
