import type { Resource } from "../engine/resource";
import { ROOT_TYPE } from "../engine/urn";
import type { PackFacts, Rehearsal } from "../rehearsal";
import type { Style } from "../report/style";
import { type Cost, costOf } from "./index";
import { type CostDifference, differenceOf } from "./difference";
import {
  budgetText,
  costLine,
  costMarkdown,
  costTable,
  dollars,
  isSilent,
  type WhatIf,
  whatIfLine,
} from "./text";
import type { Usage } from "./usage";

export { refuseUnknownResources } from "./index";

/** The cost of a stack in `--json`. */
export interface JsonCost extends Cost {
  /** US dollars a month; left out if there is no budget. */
  readonly budget?: number;
  /** The cost with other settings, or why they can't be rehearsed; left out without `--what-if`. */
  readonly whatIf?: readonly WhatIf[];
  /** The effect of the change, with `--against`. */
  readonly difference?: Omit<CostDifference, "before" | "after"> & {
    readonly monthly: number;
    readonly mostMonthly: number;
  };
}

/** The cost of a rehearsed stack, for all reports. */
export interface ToldCost {
  /** For a person at a screen; empty if AWS charges nothing for the stack. */
  text(style: Style): string;
  /** For a comment on a pull request; empty in the same case. */
  readonly markdown: string;
  readonly json: JsonCost;
}

/** How to format a cost. */
export interface CostOptions {
  readonly usage: Usage | undefined;
  /** US dollars a month; undefined for no budget. */
  readonly budget: number | undefined;
  /** Whether to show each line. */
  readonly isFull: boolean;
  /** The stack with other settings. */
  readonly whatIfs: readonly { readonly settings: string; readonly rehearsal: Rehearsal }[];
}

/** The stack before a change. */
interface Before {
  readonly resources: readonly Resource[];
  /** The current URN of a resource that an alias matched to another URN. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * Formats the cost of a stack.
 *
 * @param before - the cost to compare it with. @default none
 */
export function tellCost(cost: Cost, options: CostOptions, before?: Before): ToldCost {
  const { budget, isFull, whatIfs } = options;
  const difference = before && differenceOf(costOf(before.resources, options.usage), cost, before.renamed);
  const whatIf = whatIfs.map(({ settings, rehearsal: other }): WhatIf => {
    if (other.verdict === "failed") return { settings, error: whyFailed(other) };
    const { monthly, mostMonthly } = costOfStack(other, options.usage);
    return { settings, monthly, mostMonthly };
  });
  const says = !isSilent(cost) || (difference !== undefined && !isSilent(difference.before));
  return {
    text(style) {
      if (!says) return "";
      const others = whatIf.map((other) => whatIfLine(other, cost));
      return [
        costLine(cost, difference, budget, style),
        ...others,
        ...(isFull ? [costTable(cost, style)] : []),
      ].join("\n");
    },
    markdown: says ? costMarkdown(cost, difference, budget) : "",
    json: {
      ...cost,
      ...(budget === undefined ? {} : { budget }),
      ...(whatIf.length === 0 ? {} : { whatIf }),
      ...(difference === undefined
        ? {}
        : {
            difference: {
              monthly: cost.monthly - difference.before.monthly,
              mostMonthly: cost.mostMonthly - difference.before.mostMonthly,
              resources: difference.resources,
            },
          }),
    },
  };
}

/** The first error, in one line. */
function whyFailed({ diagnostics }: Rehearsal): string {
  const error = diagnostics.find(({ severity }) => severity === "error");
  return (error?.message ?? "it can't be rehearsed").replace(/\s+/g, " ").trim();
}

function costOfStack({ resources, unjudged }: Rehearsal, usage: Usage | undefined): Cost {
  return costOf(
    resources,
    usage,
    unjudged.map(({ urn }) => urn),
  );
}

/** The rehearsal as a policy pack, for a stack with a budget. */
const PACK: PackFacts = {
  name: "rehearse",
  version: "0.1.0",
  policies: [
    {
      name: "budget",
      level: "advisory",
      title: "The stack costs no more than its budget",
      description:
        "A stack costs no more a month than its budget, with its Auto Scaling groups at their minimum.",
      remedy: "Look at the lines of --cost, or raise the budget.",
      url: "",
      properties: {},
      required: [],
    },
  ],
};

/** A rehearsal, and the cost of its stack. */
export interface Priced {
  /** With an advisory finding if the stack exceeds its budget, as if a policy had reported it. */
  readonly rehearsal: Rehearsal;
  /** Undefined if the rehearsal has failed. */
  readonly cost: Cost | undefined;
}

/** Computes the cost of a rehearsed stack, and compares it with the budget. */
export function priced(rehearsal: Rehearsal, { usage, budget }: CostOptions): Priced {
  if (rehearsal.verdict === "failed") return { rehearsal, cost: undefined };
  const cost = costOfStack(rehearsal, usage);
  return { rehearsal: budget === undefined ? rehearsal : withBudget(rehearsal, cost, budget), cost };
}

function withBudget(rehearsal: Rehearsal, cost: Cost, budget: number): Rehearsal {
  const root = rehearsal.resources.find(({ type }) => type === ROOT_TYPE);
  const finding = {
    pack: PACK.name,
    policy: "budget",
    level: "advisory" as const,
    urn: root?.urn ?? "",
    message: `The stack costs about ${dollars(cost.monthly)} a month${budgetText(cost, budget)}.\nFix: look at the lines of --cost, or raise the budget`,
  };
  return {
    ...rehearsal,
    packs: [...rehearsal.packs, PACK],
    findings: cost.monthly > budget ? [...rehearsal.findings, finding] : rehearsal.findings,
  };
}
