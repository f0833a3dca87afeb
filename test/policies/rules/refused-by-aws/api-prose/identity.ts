import type { IDENTITY } from "../../../../../policies/rules/refused-by-aws/api-prose/identity";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

const policyOf = (length: number): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: long(length) }] });
const statements = (...sids: string[]): string => JSON.stringify({ Statement: sids.map((Sid) => ({ Sid })) });

/** Refused inputs, by line of IDENTITY. */
export const IDENTITY_REFUSED: Readonly<Record<keyof typeof IDENTITY, Refused>> = {
  "inline-policy-size": [
    [
      { policy: policyOf(10_240) },
      "policy has 10307 characters without white space; " +
        "AWS allows at most 10240 for all inline policies of a role together",
    ],
  ],
  "managed-policy-size": [
    [{ policy: policyOf(6_144) }, "policy has 6211 characters without white space; AWS allows at most 6144"],
  ],
  "role-policy-sizes": [
    [
      { assumeRolePolicy: { Statement: [{ Principal: { AWS: long(2_048) } }] } },
      "assumeRolePolicy has 2088 characters without white space; " +
        "AWS allows at most 2048, unless the account's quota was raised",
    ],
    [
      { inlinePolicies: [{ name: "all", policy: policyOf(10_240) }] },
      "inlinePolicies[0].policy has 10307 characters without white space; " +
        "AWS allows at most 10240 for all inline policies of a role together",
    ],
  ],
  "policy-sids": [
    [
      { policy: statements("Read releases", "Write-orders", "Fine") },
      "policy has 2 Sids with other characters; AWS allows only A-Z, a-z and 0-9",
    ],
    [
      { policy: { Statement: [{ Sid: "Read" }, { Sid: "Read" }] } },
      "policy has the same Sid in two statements; AWS requires unique Sids in a document",
    ],
  ],
  "role-policy-sids": [
    [
      { assumeRolePolicy: statements("Let EC2") },
      "assumeRolePolicy has 1 Sid with other characters; AWS allows only A-Z, a-z and 0-9",
    ],
  ],
  "key-alias": ["store-orders", "alias/aws/store"].map(
    (name) =>
      [
        { name },
        "name is another string (not shown, as it may be secret); " +
          'AWS allows a name that begins with "alias/" but not with "alias/aws/"',
      ] as const,
  ),
  "key-deletion-window": [
    [{ deletionWindowInDays: 6 }, "deletionWindowInDays is 6; AWS allows a whole number from 7 to 30"],
  ],
  "secret-recovery-window": [
    [{ recoveryWindowInDays: 1 }, "recoveryWindowInDays is 1; AWS allows 0, or a whole number from 7 to 30"],
  ],
  "key-use": [
    [
      { keyUsage: "SIGN_VERIFY" },
      'keyUsage is "SIGN_VERIFY", but customerMasterKeySpec is that of a symmetric key; AWS requires an RSA or ECC key',
    ],
    [
      { customerMasterKeySpec: "RSA_2048", enableKeyRotation: true },
      "enableKeyRotation is true, but customerMasterKeySpec is not that of a symmetric key; AWS allows rotation of symmetric keys only",
    ],
    [{ customerMasterKeySpec: "SYMMETRIC_DEFAULT", enableKeyRotation: true }],
    [{ keyUsage: "SIGN_VERIFY", customerMasterKeySpec: UNKNOWN }],
  ],
};
