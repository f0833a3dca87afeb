/**
 * IAM, KMS, Secrets Manager, SSM parameters, certificates.
 *
 * Source of IAM's unique ids:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
import type { Value } from "../../values";
import { CREATED } from "../fill";
import { hex, letters, lower, uuid } from "../hash";
import { arned, type Draft, joined, type Model, type Models } from "./draft";

/** IAM's unique ids: a prefix by kind and base-32 characters. */
function uniqueId(draft: Draft, prefix: string): string {
  return prefix + letters(draft.salted("unique id"), 17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}

/** An IAM entity whose id is its name; paths start and end with a slash. */
function entity(kind: string, prefix: string): Model {
  return {
    id: (draft) => draft.physicalName,
    outputs: (draft, name) => ({
      name,
      arn: draft.globalArn("iam", `${kind}${draft.text("path") ?? "/"}${name}`),
      createDate: CREATED,
      uniqueId: uniqueId(draft, prefix),
    }),
  };
}

/** An inline policy: `role:policy`. */
function inlinePolicy(owner: string): Model {
  return {
    id: (draft) => `${draft.text(owner) ?? draft.name}:${draft.physicalName}`,
    outputs: (_, id) => ({ name: id.slice(id.indexOf(":") + 1) }),
  };
}

/** The last part of a path-like name. */
const last = (text: string): string => text.slice(text.lastIndexOf("/") + 1);

/**
 * ACM's DNS records for a certificate. An apex and its wildcard share one record, since both belong to one domain and
 * one account.
 *
 * Source: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
function validationOptions(draft: Draft, domains: readonly string[]): Value[] {
  return domains.map((domainName) => {
    const domain = domainName.replace(/^\*\./, "");
    const label = hex(`${draft.accountId} ${domain} name`, 32);
    const value = hex(`${draft.accountId} ${domain} value`, 32);
    return {
      domainName,
      resourceRecordName: `_${label}.${domain}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${value}.${lower(`${domain} validations`, 10)}.acm-validations.aws.`,
    };
  });
}

const certificate = arned(
  (draft) => draft.arn("acm", `certificate/${uuid(draft.salted("arn"))}`),
  (draft) => {
    const imported = draft.text("privateKey") !== undefined;
    const domainName = draft.text("domainName") ?? "";
    const others = draft.list("subjectAlternativeNames").filter((name) => typeof name === "string");
    const domains = [...new Set([domainName, ...others])].filter((name) => name !== "");
    const dns = !imported && draft.text("validationMethod") === "DNS";
    return {
      domainName,
      subjectAlternativeNames: domains,
      domainValidationOptions: dns ? validationOptions(draft, domains) : [],
      keyAlgorithm: draft.text("keyAlgorithm") ?? "RSA_2048",
      options: {
        certificateTransparencyLoggingPreference: "ENABLED",
        export: "DISABLED",
        ...draft.object("options"),
      },
      status: imported || draft.existing ? "ISSUED" : "PENDING_VALIDATION",
      type: imported ? "IMPORTED" : "AMAZON_ISSUED",
      renewalEligibility: "INELIGIBLE",
      // Not yet issued, so no dates.
      notBefore: "",
      notAfter: "",
    };
  },
);

/** Models of `aws:iam/*`, `aws:kms/*`, `aws:secretsmanager/*`, `aws:ssm/parameter` and `aws:acm/*`. */
export const identity: Models = {
  "acm/certificate": certificate,
  "acm/certificateValidation": {
    // The provider uses the time of issue as the id.
    id: () => "2025-01-01 00:00:00 +0000 UTC",
    outputs: (draft) => ({ certificateArn: draft.text("certificateArn") }),
  },
  "iam/role": entity("role", "AROA"),
  "iam/user": entity("user", "AIDA"),
  "iam/group": entity("group", "AGPA"),
  "iam/instanceProfile": entity("instance-profile", "AIPA"),
  "iam/policy": arned(
    (draft) => draft.globalArn("iam", `policy${draft.text("path") ?? "/"}${draft.physicalName}`),
    (draft, arn) => ({ name: last(arn), policyId: uniqueId(draft, "ANPA"), attachmentCount: 0 }),
  ),
  "iam/rolePolicy": inlinePolicy("role"),
  "iam/userPolicy": inlinePolicy("user"),
  "iam/groupPolicy": inlinePolicy("group"),
  "iam/rolePolicyAttachment": joined("/", "role", "policyArn"),
  "iam/userPolicyAttachment": joined("/", "user", "policyArn"),
  "iam/groupPolicyAttachment": joined("/", "group", "policyArn"),
  "iam/accessKey": {
    id: (draft) => uniqueId(draft, "AKIA").slice(0, 20),
    outputs: (draft) => ({
      secret: lower(draft.salted("secret"), 40),
      status: "Active",
      createDate: CREATED,
    }),
  },
  "iam/openIdConnectProvider": arned((draft) =>
    draft.globalArn("iam", `oidc-provider/${(draft.text("url") ?? draft.name).replace(/^https:\/\//, "")}`),
  ),
  "iam/serviceLinkedRole": arned((draft) => {
    const service = draft.text("awsServiceName") ?? draft.name;
    return draft.globalArn(
      "iam",
      `role/aws-service-role/${service}/AWSServiceRoleFor${service.split(".")[0]}`,
    );
  }),
  "kms/key": {
    id: (draft) => uuid(draft.salted("id")),
    outputs: (draft, keyId) => ({ keyId, arn: draft.arn("kms", `key/${keyId}`) }),
  },
  "kms/alias": {
    id: (draft) => draft.physicalName,
    outputs: (draft, name) => {
      const key = draft.text("targetKeyId") ?? uuid(draft.salted("key"));
      return {
        name,
        arn: draft.arn("kms", name),
        targetKeyArn: key.startsWith("arn:") ? key : draft.arn("kms", `key/${key}`),
      };
    },
  },
  "secretsmanager/secret": arned(
    // AWS adds a hyphen and six characters to the name.
    (draft) => draft.arn("secretsmanager", `secret:${draft.physicalName}-${lower(draft.salted("arn"), 6)}`),
    (_, arn) => ({ name: arn.slice(arn.indexOf(":secret:") + ":secret:".length).replace(/-\w{6}$/, "") }),
  ),
  "secretsmanager/secretVersion": {
    id: (draft) => `${draft.text("secretId") ?? draft.name}|${uuid(draft.salted("version"))}`,
    outputs: (_, id) => ({
      arn: id.split("|")[0],
      versionId: id.split("|")[1],
      versionStages: ["AWSCURRENT"],
    }),
  },
  "ssm/parameter": {
    id: (draft) => draft.physicalName,
    outputs: (draft, name) => ({
      name,
      arn: draft.arn("ssm", `parameter/${name.replace(/^\//, "")}`),
      dataType: draft.text("dataType") ?? "text",
      tier: draft.text("tier") ?? "Standard",
      version: 1,
    }),
  },
};
