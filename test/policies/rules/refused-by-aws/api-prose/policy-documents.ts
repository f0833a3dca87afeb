import type { POLICY_DOCUMENTS } from "../../../../../policies/rules/refused-by-aws/api-prose/policy-documents";
import type { Props } from "../../../../support/rule-suite";
import { UNKNOWN } from "../../../../support/pack";
import type { Refused } from "./refused";

const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
const GRANT = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::store-releases/*" };
const PUBLIC = { ...GRANT, Principal: "*" };

const document = (...statements: readonly Props[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const refused = (
  property: string,
  sound: readonly Props[],
  problems: readonly (readonly [Props, string])[],
): Refused => [
  ...sound.map((statement): readonly [Props] => [{ [property]: document(statement) }]),
  ...problems.map(([statement, problem]): readonly [Props, string] => [
    { [property]: document(sound[0]!, statement) },
    `${property}.Statement[1]${problem}`,
  ]),
];

const EFFECT = '.Effect is neither "Allow" nor "Deny"; AWS allows only these, in this spelling';
const ACTION = " has neither Action nor NotAction; AWS requires one of them";
const PRINCIPAL = " has neither Principal nor NotPrincipal; AWS requires one of them";

/** Refused inputs, by line of POLICY_DOCUMENTS. */
export const POLICY_DOCUMENTS_REFUSED: Readonly<Record<keyof typeof POLICY_DOCUMENTS, Refused>> = {
  "identity-policy": [
    ...refused(
      "policy",
      [
        GRANT,
        { Effect: "Deny", NotAction: ["iam:*", "sts:*"], NotResource: ["arn:aws-cn:s3:::a", "*"] },
        {
          Effect: "Allow",
          Action: "*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
        {
          Effect: "Allow",
          Action: ["dynamodb:Get*"],
          Resource: ["arn:aws-us-gov:dynamodb:*:*:table/${aws:username}"],
        },
      ],
      [
        [{ ...GRANT, Effect: "allow" }, EFFECT],
        [{ Effect: "Allow", Resource: "*" }, ACTION],
        [
          { ...GRANT, Action: ["s3:GetObject", "GetObject"] },
          ' has an action without a service prefix; AWS allows actions such as "s3:GetObject", or "*"',
        ],
        [
          { Effect: "Allow", Action: "s3:*" },
          " has neither Resource nor NotResource; AWS requires one of them",
        ],
        [
          { ...GRANT, Resource: "store-releases/*" },
          ' has a resource that is not an ARN; AWS allows ARNs such as "arn:aws:s3:::bucket/*", or "*"',
        ],
        [PUBLIC, " has Principal or NotPrincipal; AWS allows neither in an identity-based policy"],
      ],
    ),
    [{ policy: "{" }, "policy is not a JSON object; AWS requires a policy document"],
    [
      { policy: JSON.stringify({ Version: "2026-01-01", Statement: GRANT }) },
      'policy.Version is not a version of the policy language; AWS allows "2012-10-17"',
    ],
    [{ policy: "{}" }, "policy has no Statement; AWS requires at least one"],
    [
      { policy: JSON.stringify({ Statement: ["x"] }) },
      "policy.Statement[0] is not an object; AWS requires a statement",
    ],
    [{ policy: JSON.stringify({ Version: "2008-10-17", Id: "a", Statement: GRANT }) }],
    [{ policy: UNKNOWN }],
  ],
  "role-policies": [
    ...refused(
      "assumeRolePolicy",
      [
        TRUST,
        { ...TRUST, Principal: { Federated: "cognito-identity.amazonaws.com" }, Sid: "A" },
        { ...TRUST, Effect: "allow" },
      ],
      [
        [{ ...TRUST, Effect: "Permit" }, EFFECT],
        [
          { ...TRUST, Principal: "ec2.amazonaws.com" },
          ' has a principal that is a string; AWS allows objects such as { AWS: "123456789012" } or { Service: "ec2.amazonaws.com" }, or "*"',
        ],
        [
          { ...TRUST, Resource: "*" },
          " has Resource or NotResource; AWS allows neither in a role's trust policy",
        ],
        [{ Effect: "Allow", Action: "sts:AssumeRole" }, PRINCIPAL],
      ],
    ),
    // A document as an object with an unknown value.
    [
      { assumeRolePolicy: { Version: "2012-10-17", Statement: [{ ...TRUST, Effect: "Permit" }] } },
      `assumeRolePolicy.Statement[0]${EFFECT}`,
    ],
    [{ assumeRolePolicy: { Version: "2012-10-17", Statement: [{ Effect: "allow", Principal: UNKNOWN }] } }],
    [
      { assumeRolePolicy: document(TRUST), inlinePolicies: [{ policy: document(PUBLIC) }] },
      "inlinePolicies[0].policy.Statement[0] has Principal or NotPrincipal; AWS allows neither in an identity-based policy",
    ],
  ],
  "resource-policy": refused(
    "policy",
    [PUBLIC, { ...GRANT, Effect: "Deny", NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }],
    [
      [{ ...PUBLIC, Effect: "ALLOW" }, EFFECT],
      [{ Effect: "Allow", Principal: "*", Resource: "*" }, ACTION],
      [GRANT, PRINCIPAL],
    ],
  ),
};
