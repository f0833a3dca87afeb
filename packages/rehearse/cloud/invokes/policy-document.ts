/**
 * `aws.iam.getPolicyDocument`: real policy JSON, rendered like Terraform's data source, including the order of keys
 * and elements, so that a policy pack or a snapshot sees the policy that AWS would get.
 *
 * Source: hashicorp/terraform-provider-aws `internal/service/iam/policy_document_data_source.go` and
 * `policy_model.go`; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
import { crc32 } from "node:zlib";
import type { Value, Values } from "../../values";
import { isMap } from "../../values";
import type { Draft } from "../resources/draft";
import { type Answers, InvokeFailed, text, texts } from "./answer";

/** A policy with its statements in their rendered form. */
interface Policy {
  version: string;
  id: string;
  statements: Values[];
}

const FAILED = "writing IAM Policy Document";

/** By UTF-8 bytes, as in Go; the reverse order is Terraform's. */
const descending = (a: string, b: string): number => Buffer.compare(Buffer.from(b), Buffer.from(a));

/** `["x"]` becomes `"x"`; several values are sorted in descending order, since Terraform holds them in a set. */
function flat(list: readonly string[]): Value {
  const distinct = [...new Set(list)];
  return distinct.length === 1 ? (distinct[0] ?? "") : distinct.sort(descending);
}

/** IAM's variables are written `&{…}` where `${…}` means something else; version 2008-10-17 has none. */
function variables(list: readonly string[], version: string): string[] {
  const found = list.find((element) => element.includes("&{"));
  if (version === "2008-10-17" && found !== undefined) {
    const reason = `found &{ sequence in (${found}), which is not supported in document version 2008-10-17`;
    throw new InvokeFailed(`${FAILED}: ${reason}`);
  }
  return list.map((element) => element.replaceAll("&{", "${"));
}

/** An object with its keys in order, as Go writes maps. */
function sorted<T>(entries: ReadonlyMap<string, T>, render: (value: T) => Value): Values {
  const keys = [...entries.keys()].sort((a, b) => -descending(a, b));
  return Object.fromEntries(keys.map((key) => [key, render(entries.get(key) as T)]));
}

const strings = (value: Value | undefined): string[] => (typeof value === "string" ? [value] : texts(value));

/** Renders `Principal`: identifiers by type; only `{"*": "*"}` is written as a lone star. */
function principals(list: readonly (readonly [type: string, identifiers: readonly string[]])[]): Value {
  const byType = new Map<string, string[]>();
  for (const [type, identifiers] of list) {
    byType.set(type, [...(byType.get(type) ?? []), ...[...identifiers].sort(descending)]);
  }
  const any = byType.get("*");
  if (byType.size === 1 && any?.length === 1 && any[0] === "*") return "*";
  return sorted(byType, (identifiers) => (identifiers.length === 1 ? (identifiers[0] ?? "") : identifiers));
}

/** Renders `Condition`: values by variable by test; the order of the values is kept. */
function conditions(
  list: readonly (readonly [test: string, variable: string, values: readonly string[]])[],
): Value {
  const byTest = new Map<string, Map<string, string[]>>();
  for (const [test, variable, values] of list) {
    const byVariable = byTest.get(test) ?? new Map<string, string[]>();
    byTest.set(test, byVariable.set(variable, [...(byVariable.get(variable) ?? []), ...values]));
  }
  return sorted(byTest, (byVariable) =>
    sorted(byVariable, (values) => (values.length === 1 ? (values[0] ?? "") : values)),
  );
}

/** Removes missing and empty elements, and sorts the others as on the reference page. */
function statement(elements: Record<string, Value | undefined>): Values {
  const order = [
    "Sid",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
  ];
  return Object.fromEntries(
    order.flatMap((key) => {
      const value = elements[key];
      return value === undefined || value === "" ? [] : [[key, value] as const];
    }),
  );
}

/** A statement as a program writes it. */
function renderStatement(source: Values, version: string): Values {
  const set = (key: string): Value | undefined => {
    const list = texts(source[key]);
    return list.length === 0 ? undefined : flat(list);
  };
  const named = (key: string): Value | undefined => {
    const list = texts(source[key]);
    return list.length === 0 ? undefined : flat(variables(list, version));
  };
  const maps = (key: string): Values[] => (Array.isArray(source[key]) ? source[key].filter(isMap) : []);
  const who = (key: string): Value | undefined => {
    const list = maps(key).map(
      (principal) => [text(principal["type"]), variables(texts(principal["identifiers"]), version)] as const,
    );
    return list.length === 0 ? undefined : principals(list);
  };
  const when = maps("conditions").map(
    (condition) =>
      [
        text(condition["test"]),
        text(condition["variable"]),
        variables(texts(condition["values"]), version),
      ] as const,
  );
  return statement({
    Sid: source["sid"],
    Effect: source["effect"] ?? "Allow",
    Action: set("actions"),
    NotAction: set("notActions"),
    Resource: named("resources"),
    NotResource: named("notResources"),
    Principal: who("principals"),
    NotPrincipal: who("notPrincipals"),
    Condition: when.length === 0 ? undefined : conditions(when),
  });
}

/** Renders a statement of a JSON document again. */
function readStatement(source: Values): Values {
  const who = (key: string): Value | undefined => {
    const value = source[key];
    if (value === undefined || value === null) return undefined;
    if (!isMap(value)) return principals([["*", ["*"]]]);
    return principals(Object.entries(value).map(([type, identifiers]) => [type, strings(identifiers)]));
  };
  const tests = isMap(source["Condition"]) ? source["Condition"] : {};
  const when = Object.entries(tests).flatMap(([test, values]) =>
    Object.entries(isMap(values) ? values : {}).map(
      ([variable, value]) =>
        [
          test,
          variable,
          Array.isArray(value) ? texts(value) : [typeof value === "string" ? value : JSON.stringify(value)],
        ] as const,
    ),
  );
  return statement({
    ...source,
    Principal: who("Principal"),
    NotPrincipal: who("NotPrincipal"),
    Condition: when.length === 0 ? undefined : conditions(when),
  });
}

/** Parses one of `sourcePolicyDocuments` or `overridePolicyDocuments`. */
function readPolicy(json: string, what: string): Policy {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    throw new InvokeFailed(`${FAILED}: merging ${what}: ${(error as Error).message}`);
  }
  const policy = document as Values;
  const list = isMap(policy) ? (policy["Statement"] ?? []) : null;
  if (!Array.isArray(list)) {
    throw new InvokeFailed(`${FAILED}: merging ${what}: "Statement" must be a list of statements: ${json}`);
  }
  return {
    version: typeof policy["Version"] === "string" ? policy["Version"] : "",
    id: typeof policy["Id"] === "string" ? policy["Id"] : "",
    statements: list.filter(isMap).map(readStatement),
  };
}

/** Merges a document into another: a statement with the same `Sid` replaces the old one, all others are appended. */
function merge(into: Policy, other: Policy): void {
  if (other.id !== "") into.id = other.id;
  if (other.version > into.version) into.version = other.version;
  for (const added of other.statements) {
    const same = into.statements.findIndex(({ Sid }) => Sid !== undefined && Sid === added["Sid"]);
    if (same < 0) into.statements.push(added);
    else into.statements[same] = added;
  }
}

/** Refuses a `Sid` that occurs twice. */
function distinctSids(statements: readonly Values[], where: string, remedy: string): void {
  const seen = new Set<Value>();
  for (const { Sid } of statements) {
    if (Sid === undefined) continue;
    if (seen.has(Sid)) throw new InvokeFailed(`${FAILED}: duplicate Sid (${text(Sid)})${where}. ${remedy}`);
    seen.add(Sid);
  }
}

/** Go's encoder escapes characters that could end a script in HTML. */
const escapeHtml = (json: string): string =>
  json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function policyDocument(call: Draft): Record<string, Value> {
  const merged: Policy = { version: "", id: "", statements: [] };
  const sources = texts(call.inputs["sourcePolicyDocuments"]).map((text, i) =>
    readPolicy(text, `source document ${i}`),
  );
  distinctSids(
    sources.flatMap(({ statements }) => statements),
    " in source_policy_documents",
    "Remove the Sid or ensure Sids are unique.",
  );
  sources.forEach((source) => merge(merged, source));

  const version = call.text("version") ?? "2012-10-17";
  const own = call
    .list("statements")
    .filter(isMap)
    .map((source) => renderStatement(source, version));
  distinctSids(own, "", "Remove the Sid or ensure the Sid is unique.");
  merge(merged, { version, id: call.text("policyId") ?? "", statements: own });

  texts(call.inputs["overridePolicyDocuments"])
    .map((text, i) => readPolicy(text, `override document ${i}`))
    .forEach((override) => merge(merged, override));

  const document: Values = {
    Version: merged.version,
    ...(merged.id === "" ? {} : { Id: merged.id }),
    ...(merged.statements.length === 0 ? {} : { Statement: merged.statements }),
  };
  const json = escapeHtml(JSON.stringify(document, null, 2));
  return { json, minifiedJson: escapeHtml(JSON.stringify(document)), id: String(crc32(json)) };
}

/** The function by its token. */
export const policyDocuments: Answers = { "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument };
