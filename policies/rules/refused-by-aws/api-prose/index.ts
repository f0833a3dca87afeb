import { resourceRule, violations } from "../../../rule";
import { APIS } from "./apis";
import { AUTO_SCALING } from "./auto-scaling";
import { CONTAINERS } from "./containers";
import { DATABASES } from "./databases";
import { DNS } from "./dns";
import { EC2 } from "./ec2";
import { EDGE } from "./edge";
import { FUNCTIONS } from "./functions";
import { GROUP_RULES } from "./group-rules";
import { IDENTITY } from "./identity";
import { codeOf } from "./line";
import type { Line } from "./line";
import { LISTENER_ACTIONS } from "./listener-actions";
import { LOAD_BALANCERS } from "./load-balancers";
import { MESSAGING } from "./messaging";
import { MONITORING } from "./monitoring";
import { NEEDED } from "./needed";
import { NEEDED_BY_SERVICES } from "./needed-by-services";
import { POLICY_DOCUMENTS } from "./policy-documents";
import { RULE_CONDITIONS } from "./rule-conditions";
import { RULE_TRANSFORMS } from "./rule-transforms";
import { SCHEDULES } from "./schedules";
import { SIZES_AND_SCHEDULES } from "./sizes";
import { STORAGE } from "./storage";
import { TARGET_GROUPS } from "./target-groups";
import { UPKEEP } from "./upkeep";

/** All limits that AWS documents in prose only, by names that only tests use. */
export const PROSE = {
  ...EC2,
  ...GROUP_RULES,
  ...NEEDED,
  ...NEEDED_BY_SERVICES,
  ...LOAD_BALANCERS,
  ...TARGET_GROUPS,
  ...LISTENER_ACTIONS,
  ...RULE_CONDITIONS,
  ...RULE_TRANSFORMS,
  ...AUTO_SCALING,
  ...SIZES_AND_SCHEDULES,
  ...SCHEDULES,
  ...MONITORING,
  ...MESSAGING,
  ...IDENTITY,
  ...POLICY_DOCUMENTS,
  ...CONTAINERS,
  ...STORAGE,
  ...DATABASES,
  ...FUNCTIONS,
  ...APIS,
  ...UPKEEP,
  ...DNS,
  ...EDGE,
} satisfies Readonly<Record<string, Line>>;

const LINES: readonly Line[] = Object.values(PROSE);

const TYPES = [...new Set(LINES.flatMap(({ types }) => types))];

const LINES_OF = new Map(TYPES.map((type) => [type, LINES.filter(({ types }) => types.includes(type))]));

/** Limits that AWS's pages document, but not its API models. */
export const apiProse = resourceRule({
  id: "api-prose",
  area: "refused-by-aws",
  title: "Values conform to AWS's documentation",
  severity: "medium",
  level: "resource",
  description:
    "Values conform to what AWS's pages require beyond its API models: characters in names and descriptions, sizes, " +
    "lists of numbers, and combinations of properties. AWS refuses any other value, in the middle of a deployment.",
  remedy: `use values that the page named with each problem allows, such as ${codeOf(PROSE["security-group-description"].example)}`,
  references: [...new Set(LINES.map(({ source }) => source))]
    .sort()
    .map((url) => ({ label: labelOf(url), url })),
  types: TYPES,
  judge: (resource) =>
    LINES_OF.get(resource.type)?.flatMap(({ problems, source, example }) => {
      const found = problems(resource.props).filter((problem) => problem !== undefined);
      if (found.length === 0) return [];
      return violations(
        found.map((problem) => `${problem} (${source})`),
        codeOf(example),
      );
    }) ?? [],
});

/** A page's name: `CreateSecurityGroup`, `bucketnamingrules`. */
function labelOf(url: string): string {
  return /([^/]+)\.html$/.exec(url)?.[1]?.replace(/^API_/, "") ?? url;
}
