import { isList, isTrue, jsonOf, read, readList } from "../../../read";
import { isMap, mapKeys, readEach } from "../../../read-each";
import { between, text } from "../known";
import { each, expecting, form, isSet } from "./line";
import type { Line } from "./line";
import { KMS_ALIAS, KMS_KEY, MANAGED_POLICY, ROLE, ROLE_POLICY, SECRET } from "./types";

const QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const SID = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html";

const EXAMPLE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "ReadReleases", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});

/** A value with its whole content; undefined if a part of it is not known. */
function wholly(value: unknown): unknown {
  if (Array.isArray(value)) {
    const readings = readList(value, []);
    if (!isList(readings)) return undefined;
    const elements = readings.map((reading) =>
      reading.kind === "known" ? wholly(reading.value) : reading.kind === "absent" ? null : undefined,
    );
    return elements.includes(undefined) ? undefined : elements;
  }
  if (!isMap(value)) return value;
  const entries = mapKeys(value).map((key): [string, unknown] => {
    const reading = read(value, [key]);
    return [
      key,
      reading.kind === "known" ? wholly(reading.value) : reading.kind === "absent" ? null : undefined,
    ];
  });
  return entries.some(([, inner]) => inner === undefined) ? undefined : Object.fromEntries(entries);
}

/** A policy document, written as an object or as JSON; undefined if it is neither, or not known. */
export function documentOf(value: unknown): unknown {
  return isMap(value) ? wholly(value) : jsonOf(value);
}

/**
 * Limits the size of documents. IAM counts their characters without white space.
 *
 * @param most maximum number of characters
 * @param remark a remark to append to the bound
 */
function sizeProblems(paths: readonly string[], most: number, remark = ""): Line["problems"] {
  return (props) =>
    paths.flatMap((path) =>
      readEach(props, path).map(({ label, reading }) => {
        const document = reading.kind === "known" ? documentOf(reading.value) : undefined;
        if (document === undefined) return undefined;
        const size = JSON.stringify(document).replace(/\s/g, "").length;
        return size > most
          ? `${label} has ${size} characters without white space; AWS allows at most ${most}${remark}`
          : undefined;
      }),
    );
}

function sidProblems(paths: readonly string[]): Line["problems"] {
  return (props) =>
    paths.flatMap((path) =>
      readEach(props, path).flatMap(({ label, reading }) => {
        if (reading.kind !== "known") return [];
        const document = documentOf(reading.value);
        const statements = [read(document, ["Statement"])].flatMap((statement) =>
          statement.kind === "known" ? statement.value : [],
        );
        const sids = statements.flatMap((statement) => {
          const sid = read(statement, ["Sid"]);
          return sid.kind === "known" && typeof sid.value === "string" && sid.value !== "" ? [sid.value] : [];
        });
        const wrong = sids.filter((sid) => !/^[A-Za-z0-9]*$/.test(sid)).length;
        return [
          wrong > 0
            ? `${label} has ${wrong} Sid${wrong === 1 ? "" : "s"} with other characters; AWS allows only A-Z, a-z and 0-9`
            : undefined,
          new Set(sids).size < sids.length
            ? `${label} has the same Sid in two statements; AWS requires unique Sids in a document`
            : undefined,
        ];
      }),
    );
}

const TOGETHER = " for all inline policies of a role together";

/** Policies of IAM, keys and secrets. */
export const IDENTITY = {
  "inline-policy-size": {
    types: ROLE_POLICY,
    problems: sizeProblems(["policy"], 10_240, TOGETHER),
    example: { policy: EXAMPLE },
    source: QUOTAS,
  },
  "managed-policy-size": {
    types: MANAGED_POLICY,
    problems: sizeProblems(["policy"], 6_144),
    example: { policy: EXAMPLE },
    source: QUOTAS,
  },
  "role-policy-sizes": {
    types: ROLE,
    problems: (props) => [
      ...sizeProblems(["inlinePolicies.*.policy"], 10_240, TOGETHER)(props),
      ...sizeProblems(["assumeRolePolicy"], 2_048, ", unless the account's quota was raised")(props),
    ],
    example: {
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
        ],
      },
    },
    source: QUOTAS,
  },
  "policy-sids": {
    types: [...ROLE_POLICY, ...MANAGED_POLICY],
    problems: sidProblems(["policy"]),
    example: { policy: EXAMPLE },
    source: SID,
  },
  "role-policy-sids": {
    types: ROLE,
    problems: sidProblems(["assumeRolePolicy", "inlinePolicies.*.policy"]),
    example: { inlinePolicies: [{ name: "releases", policy: EXAMPLE }] },
    source: SID,
  },
  "key-alias": {
    types: KMS_ALIAS,
    problems: each(
      ["name"],
      form(
        (name) => /^alias\/(?!aws\/)/.test(name),
        'a name that begins with "alias/" but not with "alias/aws/"',
      ),
    ),
    example: { name: "alias/store-orders" },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
  },
  "key-deletion-window": {
    types: KMS_KEY,
    problems: each(["deletionWindowInDays"], expecting(between(7, 30))),
    example: { deletionWindowInDays: 30 },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
  },
  "key-use": {
    types: KMS_KEY,
    problems: (props) => {
      const isSymmetric =
        !isSet(props, "customerMasterKeySpec") ||
        text(read(props, ["customerMasterKeySpec"])) === "SYMMETRIC_DEFAULT";
      const spec = text(read(props, ["customerMasterKeySpec"])) ?? "";
      return [
        isSymmetric && text(read(props, ["keyUsage"])) === "SIGN_VERIFY"
          ? 'keyUsage is "SIGN_VERIFY", but customerMasterKeySpec is that of a symmetric key; AWS requires an RSA or ECC key'
          : undefined,
        isTrue(read(props, ["enableKeyRotation"])) && /^(RSA|ECC|HMAC|ML_DSA|SM2)_?/.test(spec)
          ? "enableKeyRotation is true, but customerMasterKeySpec is not that of a symmetric key; AWS allows rotation of symmetric keys only"
          : undefined,
      ];
    },
    example: { keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "ECC_NIST_P256" },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html",
  },
  "secret-recovery-window": {
    types: SECRET,
    problems: each(
      ["recoveryWindowInDays"],
      expecting({
        ...between(7, 30),
        // With zero, the provider requests deletion without a recovery window.
        accepts: (value) => value === 0 || between(7, 30).accepts(value),
        allowed: "0, or a whole number from 7 to 30",
      }),
    ),
    example: { recoveryWindowInDays: 30 },
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
  },
} satisfies Readonly<Record<string, Line>>;
