import { BUCKET_POLICY } from "../../../resources";
import { isMap, readEach } from "../../../read-each";
import { jsonOf } from "../../../read";
import { documentOf } from "./identity";
import type { Line } from "./line";
import {
  GROUP_POLICY,
  KMS_KEY,
  MANAGED_POLICY,
  QUEUE,
  QUEUE_POLICY,
  ROLE,
  ROLE_POLICY,
  TOPIC_POLICY,
  USER_POLICY,
} from "./types";

const GRAMMAR = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html";
const ELEMENTS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html";

/** The kind of a policy: attached to an identity, to a resource, or as the trust policy of a role. */
type Kind = "identity" | "resource" | "trust";

type Statement = Readonly<Record<string, unknown>>;

const has = (statement: Statement, name: string): boolean =>
  statement[name] !== undefined && statement[name] !== null;

/** A string, or the strings of a list; other values are skipped. */
function textsOf(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === "string");
}

/** What is wrong with one statement, to complete its path. */
function statementProblems(statement: Statement, kind: Kind): (string | undefined)[] {
  const either = (name: string): boolean => has(statement, name) || has(statement, `Not${name}`);
  const needsOne = (name: string): string | undefined =>
    either(name) ? undefined : ` has neither ${name} nor Not${name}; AWS requires one of them`;
  const allowsNeither = (name: string, where: string): string | undefined =>
    either(name) ? ` has ${name} or Not${name}; AWS allows neither in ${where}` : undefined;
  // AWS accepts "allow" in trust policies: upjet tests such examples on AWS.
  const effects = kind === "trust" ? /^(allow|deny)$/i : /^(Allow|Deny)$/;
  return [
    effects.test(String(statement["Effect"]))
      ? undefined
      : '.Effect is neither "Allow" nor "Deny"; AWS allows only these, in this spelling',
    needsOne("Action"),
    textsOf(statement["Action"] ?? statement["NotAction"]).every((action) => /^\*+$|:/.test(action))
      ? undefined
      : ' has an action without a service prefix; AWS allows actions such as "s3:GetObject", or "*"',
    kind === "trust" ? allowsNeither("Resource", "a role's trust policy") : undefined,
    kind === "identity" ? needsOne("Resource") : undefined,
    kind === "identity" ? allowsNeither("Principal", "an identity-based policy") : needsOne("Principal"),
    ["Principal", "NotPrincipal"].some(
      (name) => typeof statement[name] === "string" && statement[name] !== "*",
    )
      ? ' has a principal that is a string; AWS allows objects such as { AWS: "123456789012" } or { Service: "ec2.amazonaws.com" }, or "*"'
      : undefined,
    kind !== "identity" ||
    textsOf(statement["Resource"] ?? statement["NotResource"]).every((name) => /^\*+$|[:$]/.test(name))
      ? undefined
      : ' has a resource that is not an ARN; AWS allows ARNs such as "arn:aws:s3:::bucket/*", or "*"',
  ];
}

/** What is wrong with the policy documents at some paths, apart from their sizes. */
function grammarProblems(paths: readonly string[], kind: Kind): Line["problems"] {
  return (props) =>
    paths.flatMap((path) =>
      readEach(props, path).flatMap(({ label, reading }) => {
        if (reading.kind !== "known" || reading.value === "") return [];
        if (typeof reading.value === "string" && !isMap(jsonOf(reading.value)))
          return [`${label} is not a JSON object; AWS requires a policy document`];
        const document = documentOf(reading.value);
        if (!isMap(document)) return [];
        const { Version, Statement } = document as Statement;
        const statements = Statement === undefined || Statement === null ? [] : [Statement].flat();
        return [
          Version === undefined || Version === null || Version === "2012-10-17" || Version === "2008-10-17"
            ? undefined
            : `${label}.Version is not a version of the policy language; AWS allows "2012-10-17"`,
          statements.length === 0 ? `${label} has no Statement; AWS requires at least one` : undefined,
          ...statements.flatMap((statement, index) =>
            isMap(statement)
              ? statementProblems(statement as Statement, kind).map((problem) =>
                  problem === undefined ? undefined : `${label}.Statement[${index}]${problem}`,
                )
              : [`${label}.Statement[${index}] is not an object; AWS requires a statement`],
          ),
        ];
      }),
    );
}

const example = (statement: Statement): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

/** Policy documents, by IAM's grammar. */
export const POLICY_DOCUMENTS = {
  "identity-policy": {
    types: [...ROLE_POLICY, ...MANAGED_POLICY, ...USER_POLICY, ...GROUP_POLICY],
    problems: grammarProblems(["policy"], "identity"),
    example: { policy: example({ Action: "s3:GetObject", Resource: "arn:aws:s3:::store-releases/*" }) },
    source: GRAMMAR,
  },
  "role-policies": {
    types: ROLE,
    problems: (props) => [
      ...grammarProblems(["assumeRolePolicy"], "trust")(props),
      ...grammarProblems(["inlinePolicies.*.policy"], "identity")(props),
    ],
    example: {
      assumeRolePolicy: example({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
    },
    source: GRAMMAR,
  },
  "resource-policy": {
    types: [...BUCKET_POLICY, ...QUEUE_POLICY, ...QUEUE, ...TOPIC_POLICY, ...KMS_KEY],
    problems: grammarProblems(["policy"], "resource"),
    example: { policy: example({ Action: "*", Principal: { AWS: "123456789012" }, Resource: "*" }) },
    source: ELEMENTS,
  },
} satisfies Readonly<Record<string, Line>>;
