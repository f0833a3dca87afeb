/** Route 53, CloudFront, WAF. */
import { CREATED } from "../fill";
import { lower, number, upper, uuid } from "../hash";
import { arned, type Draft, type Model, type Models } from "./draft";

/** The hosted zone of every CloudFront distribution. Source: AWS::Route53::RecordSet AliasTarget. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

/** A delegation set: four hosts in four top-level domains. */
function nameServers(draft: Draft, zoneId: string): string[] {
  const tlds = ["com", "net", "org", "co.uk"];
  return tlds.map((tld, i) => {
    const host = number(`${zoneId} ${tld}`, 0, 511) + i * 512;
    return `ns-${host}.awsdns-${String(number(`${zoneId} ${tld} set`, 0, 63)).padStart(2, "0")}.${tld}`;
  });
}

const zone: Model = {
  id: (draft) => `Z${upper(draft.salted("id"), 20)}`,
  outputs: (draft, zoneId) => {
    const servers = draft.list("vpcs").length > 0 ? [] : nameServers(draft, zoneId);
    return {
      zoneId,
      arn: draft.globalArn("route53", `hostedzone/${zoneId}`, ""),
      name: (draft.text("name") ?? draft.name).replace(/\.$/, ""),
      nameServers: [...servers].sort(),
      primaryNameServer: servers[0] ?? "",
    };
  },
};

/** A record's id consists of its zone, name and type, and its set identifier if it has one. */
const record: Model = {
  id: (draft) =>
    ["zoneId", "name", "type", "setIdentifier"].flatMap((property) => draft.text(property) ?? []).join("_"),
  outputs: (draft) => ({ fqdn: (draft.text("name") ?? draft.name).replace(/\.$/, "") }),
};

/** A CloudFront policy: its id is a UUID, its ARN global. */
function policy(kind: string): Model {
  return {
    id: (draft) => uuid(draft.salted("id")),
    outputs: (draft, id) => ({
      name: draft.physicalName,
      arn: draft.globalArn("cloudfront", `${kind}/${id}`),
      etag: `E${upper(draft.salted("etag"), 13)}`,
    }),
  };
}

const originAccess = (kind: string): Model => ({
  id: (draft) => `E${upper(draft.salted("id"), 13)}`,
  outputs: (draft, id) => ({
    name: draft.physicalName,
    arn: draft.globalArn("cloudfront", `${kind}/${id}`),
    etag: `E${upper(draft.salted("etag"), 13)}`,
    cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
    iamArn: draft.globalArn("iam", `user/CloudFront Origin Access Identity ${id}`, "cloudfront"),
  }),
});

/** A WAF resource. Those of CloudFront are in us-east-1, with the scope global. */
function waf(kind: string): Model {
  return {
    id: (draft) => uuid(draft.salted("id")),
    outputs: (draft, id) => {
      const scope = draft.text("scope") === "CLOUDFRONT" ? "global" : "regional";
      const name = draft.physicalName;
      return {
        name,
        arn: draft.arn("wafv2", `${scope}/${kind}/${name}/${id}`),
        lockToken: uuid(draft.salted("lock")),
      };
    },
  };
}

/** Models of `aws:route53/*`, `aws:cloudfront/*` and `aws:wafv2/*`. */
export const dnsAndEdge: Models = {
  "route53/zone": zone,
  "route53/record": record,
  "route53/healthCheck": {
    id: (draft) => uuid(draft.salted("id")),
    outputs: (draft, id) => ({ arn: draft.globalArn("route53", `healthcheck/${id}`, "") }),
  },
  "cloudfront/distribution": {
    id: (draft) => `E${upper(draft.salted("id"), 13)}`,
    outputs: (draft, id) => ({
      arn: draft.globalArn("cloudfront", `distribution/${id}`),
      callerReference: `terraform-${lower(draft.salted("reference"), 26)}`,
      domainName: `d${lower(`${id} domain`, 13)}.cloudfront.net`,
      hostedZoneId: CLOUDFRONT_ZONE,
      etag: `E${upper(draft.salted("etag"), 13)}`,
      lastModifiedTime: CREATED,
      status: "Deployed",
    }),
  },
  "cloudfront/originAccessControl": originAccess("origin-access-control"),
  "cloudfront/originAccessIdentity": originAccess("origin-access-identity"),
  "cloudfront/cachePolicy": policy("cache-policy"),
  "cloudfront/originRequestPolicy": policy("origin-request-policy"),
  "cloudfront/responseHeadersPolicy": policy("response-headers-policy"),
  "cloudfront/function": {
    id: (draft) => draft.physicalName,
    outputs: (draft, name) => ({
      name,
      arn: draft.globalArn("cloudfront", `function/${name}`),
      etag: `E${upper(draft.salted("etag"), 13)}`,
      liveStageEtag: `E${upper(draft.salted("live etag"), 13)}`,
      status: "UNASSOCIATED",
    }),
  },
  "wafv2/webAcl": waf("webacl"),
  "wafv2/ipSet": waf("ipset"),
  "wafv2/ruleGroup": waf("rulegroup"),
  "wafv2/regexPatternSet": waf("regexpatternset"),
  "wafv2/webAclAssociation": {
    id: (draft) => `${draft.text("webAclArn") ?? draft.name},${draft.text("resourceArn") ?? ""}`,
  },
  "globalaccelerator/accelerator": arned(
    (draft) => draft.globalArn("globalaccelerator", `accelerator/${uuid(draft.salted("arn"))}`),
    (_, arn) => ({ dnsName: `a${lower(arn, 16)}.awsglobalaccelerator.com`, hostedZoneId: "Z2BJ6XQ5FK7U4H" }),
  ),
};
