import { judgeInputs, type Objection } from "../../api-constraints";
import { resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";

const MODELS = {
  label: "AWS API models, in botocore",
  url: "https://github.com/boto/botocore/tree/develop/botocore/data",
};

const REMEDY = '{ path: "/healthz" }, and so each property a value that AWS takes, as told with it';
const ENUM_REMEDY = '{ storageClass: "STANDARD_IA" }, and so each property one of the words that AWS takes';

/** What no request may hold. */
export const apiConstraints = resourceRule({
  id: "api-constraints",
  area: "refused-by-aws",
  title: "Requests keep to AWS's API models",
  severity: "medium",
  level: "resource",
  description:
    "What a resource sends to AWS is as AWS's API models demand: required members, lengths, ranges, counts, patterns, closed lists of words. " +
    "AWS refuses any other request, in the middle of a deployment.",
  remedy: REMEDY,
  references: [MODELS],
  types: "*",
  judge: (resource) => objections(resource, "mandatory"),
});

/** Words that AWS's lists lack, which may have grown since. */
export const apiEnums = resourceRule({
  id: "api-enums",
  area: "refused-by-aws",
  title: "Words are in AWS's lists",
  severity: "low",
  level: "resource",
  description:
    "Where AWS's API models list the words that a member may be, it is one of them. " +
    "Another word is a slip, unless AWS has added it since the models were read: this rule only advises.",
  remedy: ENUM_REMEDY,
  references: [MODELS],
  enforcementLevel: "advisory",
  types: "*",
  judge: (resource) => objections(resource, "advisory"),
});

/** By the properties of a resource, what AWS's models have against them: both rules ask. */
const judged = new WeakMap<object, Objection[]>();

function objectionsTo({ props, type }: Subject): Objection[] {
  if (typeof props !== "object" || props === null) return judgeInputs(type, props);
  const known = judged.get(props) ?? judgeInputs(type, props);
  judged.set(props, known);
  return known;
}

function objections(resource: Subject, level: Objection["level"]): Violation[] {
  const found = objectionsTo(resource).filter((objection) => objection.level === level);
  if (found.length === 0) return [];
  const properties = [...new Set(found.map(({ path }) => `${path}: …`))].join(", ");
  return violations(
    found.map(({ message }) => message),
    `{ ${properties} }, with what AWS takes, as told above`,
  );
}
