import { describe } from "../../rule";
import type { Subject } from "../../rule";
import { read } from "../../read";
import { isJudgedInCloudFormation } from "./foreign-names";

/**
 * What makes a template create more than the resources it lists: transforms, including SAM's, and custom resources and
 * modules.
 */
const EXPANDED =
  /\bTransform["']?\s*:|\bAWS::(Serverless|Include|LanguageExtensions)\b|\bCustom::|::MODULE\b/;

/** The type of a resource, in JSON or YAML. The type of a parameter has a fourth part: `AWS::EC2::VPC::Id`. */
const TYPE = /\bType["']?\s*:\s*["']?(\w+::\w+::\w+)(?![\w:])/g;

/**
 * What is wrong with the template of a stack. A template whose text is known may create types that no rule judges.
 *
 * @returns undefined for a template with only such types
 */
export function templateProblem({ type, props }: Subject): string | undefined {
  const body = read(props, ["templateBody"]);
  const text = body.kind === "known" && typeof body.value === "string" ? body.value : "";
  const types = [...text.matchAll(TYPE)].map(([, name = ""]) => name);
  if (types.length === 0 || EXPANDED.test(text)) {
    const seen = text === "" ? `its templateBody ${describe(body)}` : "it holds more than AWS types";
    return `${type} creates the resources of its template, which no rule sees: ${seen}; it must be allowed by the setting allowedTypes`;
  }
  const judged = types.find(
    (name) => !name.startsWith("AWS::") || isJudgedInCloudFormation(name.slice("AWS::".length)),
  );
  return judged === undefined
    ? undefined
    : `${type} creates the resources of its template, which no rule sees: ${judged}; it must be allowed by the setting allowedTypes`;
}
