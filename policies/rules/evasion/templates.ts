import { describe } from "../../rule";
import type { Subject } from "../../rule";
import { read } from "../../read";
import { isJudgedInCloudFormation } from "./foreign-names";

/** What makes more of a template than its resources: transforms, of SAM too, and resources that are code. */
const EXPANDED =
  /\bTransform["']?\s*:|\bAWS::(Serverless|Include|LanguageExtensions)\b|\bCustom::|::MODULE\b/;

/** The type of a resource, in JSON or YAML; that of a parameter has another part: `AWS::EC2::VPC::Id`. */
const TYPE = /\bType["']?\s*:\s*["']?(\w+::\w+::\w+)(?![\w:])/g;

/**
 * What is wrong with the template of a stack: one that is there as text may make what no rule judges.
 *
 * @returns nothing for a template of such types alone
 */
export function templateProblem({ type, props }: Subject): string | undefined {
  const body = read(props, ["templateBody"]);
  const text = body.kind === "known" && typeof body.value === "string" ? body.value : "";
  const types = [...text.matchAll(TYPE)].map(([, name = ""]) => name);
  if (types.length === 0 || EXPANDED.test(text)) {
    const seen = text === "" ? `its templateBody ${describe(body)}` : "it has more in it than types of AWS";
    return `${type} makes what its template says, which no rule sees: ${seen}; it must be allowed by the setting allowedTypes`;
  }
  const judged = types.find(
    (name) => !name.startsWith("AWS::") || isJudgedInCloudFormation(name.slice("AWS::".length)),
  );
  return judged === undefined
    ? undefined
    : `${type} makes what its template says, which no rule sees: ${judged}; it must be allowed by the setting allowedTypes`;
}
