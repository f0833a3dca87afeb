import { judgeInputs, type Objection } from "../../api-constraints";
import { resourceRule, violations } from "../../rule";
import type { Subject, Violation } from "../../rule";

const MODELS = {
  label: "AWS API models, in botocore",
  url: "https://github.com/boto/botocore/tree/develop/botocore/data",
};

const REMEDY = '{ path: "/healthz" }: set each property to a value that AWS accepts, as its problem says';
const ENUM_REMEDY =
  '{ storageClass: "STANDARD_IA" }: set each property to one of the values that AWS accepts';

/** Constraints of AWS's API models. */
export const apiConstraints = resourceRule({
  id: "api-constraints",
  area: "refused-by-aws",
  title: "Requests conform to AWS's API models",
  severity: "medium",
  level: "resource",
  description:
    "What a resource sends to AWS conforms to AWS's API models: required members, lengths, ranges, counts, patterns, closed lists of values. " +
    "AWS refuses any other request, in the middle of a deployment.",
  remedy: REMEDY,
  references: [MODELS],
  types: "*",
  judge: (resource) => objections(resource, "mandatory"),
});

/** Values that are not in AWS's lists, which may have grown since the models were read. */
export const apiEnums = resourceRule({
  id: "api-enums",
  area: "refused-by-aws",
  title: "Values are in AWS's lists",
  severity: "low",
  level: "resource",
  description:
    "If AWS's API models list the values of a member, it has one of these. " +
    "Any other value is a mistake, unless AWS has added it since the models were read, so this rule is advisory.",
  remedy: ENUM_REMEDY,
  references: [MODELS],
  enforcementLevel: "advisory",
  types: "*",
  judge: (resource) => objections(resource, "advisory"),
});

/** By the properties of a resource, the objections of AWS's models, which both rules need. */
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
    `{ ${properties} }, with values that AWS accepts, as stated above`,
  );
}
