import type { IDENTITY } from "../../../../../policies/rules/refused-by-aws/api-prose/identity";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

const policyOf = (length: number): string =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: long(length) }] });
const statements = (...sids: string[]): string => JSON.stringify({ Statement: sids.map((Sid) => ({ Sid })) });

/** By line of IDENTITY. */
export const IDENTITY_REFUSED: Readonly<Record<keyof typeof IDENTITY, Refused>> = {
  "inline-policy-size": [
    [
      { policy: policyOf(10_240) },
      "policy has 10307 characters without white space; " +
        "AWS takes 10240 at most, for all inline policies of a role together",
    ],
  ],
  "managed-policy-size": [
    [{ policy: policyOf(6_144) }, "policy has 6211 characters without white space; AWS takes 6144 at most"],
  ],
  "role-policy-sizes": [
    [
      { assumeRolePolicy: { Statement: [{ Principal: { AWS: long(2_048) } }] } },
      "assumeRolePolicy has 2088 characters without white space; " +
        "AWS takes 2048 at most, unless the account's quota was raised",
    ],
    [
      { inlinePolicies: [{ name: "all", policy: policyOf(10_240) }] },
      "inlinePolicies[0].policy has 10307 characters without white space; " +
        "AWS takes 10240 at most, for all inline policies of a role together",
    ],
  ],
  "policy-sids": [
    [
      { policy: statements("Read releases", "Write-orders", "Fine") },
      "policy has 2 Sid with other characters; AWS takes A-Z, a-z and 0-9 in each",
    ],
    [
      { policy: { Statement: [{ Sid: "Read" }, { Sid: "Read" }] } },
      "policy has one Sid for two statements; AWS takes each once in a document",
    ],
  ],
  "role-policy-sids": [
    [
      { assumeRolePolicy: statements("Let EC2") },
      "assumeRolePolicy has 1 Sid with other characters; AWS takes A-Z, a-z and 0-9 in each",
    ],
  ],
  "key-alias": ["store-orders", "alias/aws/store"].map(
    (name) =>
      [
        { name },
        "name is another string (not shown, as it may be secret); " +
          'AWS takes "alias/" and a name, which is not "alias/aws/" and a name',
      ] as const,
  ),
  "key-deletion-window": [
    [{ deletionWindowInDays: 6 }, "deletionWindowInDays is 6; AWS takes a whole number from 7 to 30"],
  ],
  "secret-recovery-window": [
    [{ recoveryWindowInDays: 1 }, "recoveryWindowInDays is 1; AWS takes 0, or a whole number from 7 to 30"],
  ],
  "key-use": [
    [
      { keyUsage: "SIGN_VERIFY" },
      'keyUsage is "SIGN_VERIFY" and customerMasterKeySpec is that of a symmetric key; AWS takes RSA or ECC for it',
    ],
    [
      { customerMasterKeySpec: "RSA_2048", enableKeyRotation: true },
      "enableKeyRotation is true and customerMasterKeySpec is that of no symmetric key; AWS rotates symmetric keys only",
    ],
    [{ customerMasterKeySpec: "SYMMETRIC_DEFAULT", enableKeyRotation: true }],
    [{ keyUsage: "SIGN_VERIFY", customerMasterKeySpec: UNKNOWN }],
  ],
};
