/** Existing zones, certificates, roles, keys, buckets, secrets; CloudFront's managed policies; ELB's accounts. */
import type { Value } from "../../values";
import { CREATED } from "../fill";
import { hex, letters, lower, upper, uuid } from "../hash";
import { regionFacts } from "../regions";
import type { Draft } from "../resources/draft";
import { createResource } from "../resources/index";
import { type Answer, type Answers, InvokeFailed, text } from "./answer";

/**
 * The outputs of a resource as if it had been created, for lookups of existing resources, so that a lookup and a
 * resource have the same format.
 */
function existing(call: Draft, type: string, inputs: Record<string, Value>): Record<string, Value> {
  const seed = `${type} ${call.accountId} ${JSON.stringify(inputs)}`;
  return createResource(type, "existing", seed, inputs, { ...call.context, mode: "up", region: call.region })
    .outputs;
}

/**
 * CloudFront's managed policies: the id by name, without `Managed-`.
 *
 * Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html,
 * …/using-managed-origin-request-policies.html and …/using-managed-response-headers-policies.html
 */
const CACHE_POLICIES: Readonly<Record<string, string>> = {
  Amplify: "2e54312d-136d-493c-8eb9-b001f22f67d2",
  CachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  CachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  CachingOptimizedForUncompressedObjects: "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
  "Elemental-MediaPackage": "08627262-05a9-4f76-9ded-b50ca2e3a84f",
  UseOriginCacheControlHeaders: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
  "UseOriginCacheControlHeaders-QueryStrings": "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
};
const ORIGIN_REQUEST_POLICIES: Readonly<Record<string, string>> = {
  AllViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
  "AllViewerAndCloudFrontHeaders-2022-06": "33f36d7e-f396-46d9-90e0-52428a34d9dc",
  AllViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  "CORS-CustomOrigin": "59781a5b-3903-41f3-afcb-af62929ccde1",
  "CORS-S3Origin": "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
  "Elemental-MediaTailor-PersonalizedManifests": "775133bc-15f2-49f9-abea-afb2e0bf67d2",
  HostHeaderOnly: "bf0718e1-ba1e-49d1-88b1-f726733018ae",
  UserAgentRefererHeaders: "acba4595-bd28-49b8-b9fe-13317c0390fa",
};
const RESPONSE_HEADERS_POLICIES: Readonly<Record<string, string>> = {
  "CORS-and-SecurityHeadersPolicy": "e61eb60c-9c35-4d20-a928-2b84e02af89c",
  "CORS-With-Preflight": "5cc3b908-e619-4b99-88e5-2cf7f45965bd",
  "CORS-with-preflight-and-SecurityHeadersPolicy": "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
  SecurityHeadersPolicy: "67f7725c-6f97-4210-82d7-5512b31e9d03",
  SimpleCORS: "60669652-455b-4ae9-85a4-c4c02393f86c",
};

/** A managed policy by name or id; the account's own policies can't be known. */
function managedPolicy(kind: string, ids: Readonly<Record<string, string>>): Answer {
  return (call) => {
    const wanted = call.text("name")?.replace(/^Managed-/, "");
    const found = Object.entries(ids).find(([name, id]) => name === wanted || id === call.text("id"));
    if (found === undefined) return undefined;
    const [name, id] = found;
    return {
      id,
      name: `Managed-${name}`,
      arn: call.globalArn("cloudfront", `${kind}/${id}`),
      comment: `Managed policy ${name}`,
      etag: `E${upper(`${id} etag`, 13)}`,
    };
  };
}

function zone(call: Draft): Record<string, Value> | undefined {
  const name = call.text("name")?.replace(/\.$/, "");
  const given = call.text("zoneId")?.replace(/^\/hostedzone\//, "");
  if (name === undefined && given === undefined) return undefined;
  const zone = existing(call, "aws:route53/zone:Zone", {
    name: name ?? `${lower(given ?? "", 8)}.example.com`,
  });
  const zoneId = given ?? text(zone["id"]);
  const servers = call.flag("privateZone") ? [] : zone["nameServers"];
  return {
    id: zoneId,
    zoneId,
    name: zone["name"] ?? "",
    arn: call.globalArn("route53", `hostedzone/${zoneId}`, ""),
    callerReference: uuid(zoneId),
    comment: "Managed by Pulumi",
    nameServers: servers ?? [],
    primaryNameServer: call.flag("privateZone") ? "" : (zone["primaryNameServer"] ?? ""),
    privateZone: call.flag("privateZone"),
    resourceRecordSetCount: 2,
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
    tags: call.inputs["tags"] ?? {},
  };
}

function certificate(call: Draft): Record<string, Value> | undefined {
  const domain = call.text("domain");
  if (domain === undefined) return undefined;
  const arn = existing(call, "aws:acm/certificate:Certificate", { domainName: domain })["arn"] ?? "";
  return {
    id: arn,
    arn,
    domain,
    status: "ISSUED",
    tags: call.inputs["tags"] ?? {},
    // Present only if the requested status is ISSUED; there is no real certificate.
    certificate: "",
    certificateChain: "",
  };
}

function role(call: Draft): Record<string, Value> {
  const name = call.text("name") ?? "";
  const { arn = "", uniqueId = "" } = existing(call, "aws:iam/role:Role", { name });
  return {
    id: name,
    name,
    arn,
    uniqueId,
    path: "/",
    createDate: CREATED,
    maxSessionDuration: 3600,
    description: "",
    permissionsBoundary: "",
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    tags: {},
  };
}

/** An AWS managed policy by ARN; by name only, one of the account's own. */
function iamPolicy(call: Draft): Record<string, Value> | undefined {
  const arn =
    call.text("arn") ??
    (call.text("name") &&
      call.globalArn("iam", `policy${call.text("pathPrefix") ?? "/"}${call.text("name")}`));
  if (!arn) return undefined;
  const [, path = "/", name = ""] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return {
    id: arn,
    arn,
    name,
    path,
    policyId: `ANPA${letters(arn, 17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    attachmentCount: 0,
    description: "",
    tags: {},
  };
}

/** A key by id, ARN or alias. */
function key(call: Draft): Record<string, Value> {
  const given = call.text("keyId") ?? "";
  const last = given.slice(given.lastIndexOf("/") + 1);
  const id = given.includes("alias/") ? uuid(`${call.accountId} ${call.region} ${given}`) : last;
  return {
    id,
    arn: call.arn("kms", `key/${id}`),
    awsAccountId: call.accountId,
    creationDate: CREATED,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    description: "",
    enabled: true,
    keyManager: given.includes("alias/aws/") ? "AWS" : "CUSTOMER",
    keySpec: "SYMMETRIC_DEFAULT",
    keyState: "Enabled",
    keyUsage: "ENCRYPT_DECRYPT",
    origin: "AWS_KMS",
    cloudHsmClusterId: "",
    customKeyStoreId: "",
    deletionDate: "",
    expirationModel: "",
    validTo: "",
  };
}

function bucket(call: Draft): Record<string, Value> {
  const name = call.text("bucket") ?? "";
  const { arn, bucketDomainName, bucketRegion, bucketRegionalDomainName, hostedZoneId } = existing(
    call,
    "aws:s3/bucket:Bucket",
    { bucket: name },
  );
  return {
    id: name,
    arn: arn ?? "",
    bucketDomainName: bucketDomainName ?? "",
    bucketRegion: bucketRegion ?? "",
    bucketRegionalDomainName: bucketRegionalDomainName ?? "",
    hostedZoneId: hostedZoneId ?? "",
    websiteDomain: "",
    websiteEndpoint: "",
  };
}

function secret(call: Draft): Record<string, Value> | undefined {
  const given = call.text("arn");
  const name = call.text("name") ?? given?.split(":secret:")[1]?.replace(/-\w{6}$/, "");
  if (name === undefined) return undefined;
  const arn = given ?? text(existing(call, "aws:secretsmanager/secret:Secret", { name })["arn"]);
  return {
    id: arn,
    arn,
    name,
    createdDate: CREATED,
    lastChangedDate: CREATED,
    description: "",
    kmsKeyId: "",
    policy: "",
    type: "",
    tags: {},
  };
}

/** The zone ids of load balancers; fails if AWS has published none for the region. */
function loadBalancerZone(kind: "alb" | "nlb", call: Draft): Record<string, Value> {
  const id = regionFacts(call.region)?.[kind];
  if (id === undefined) throw new InvokeFailed(`unsupported AWS Region: ${call.region}`);
  return { id };
}

/** Functions about single services. */
export const services: Answers = {
  "aws:route53/getZone:getZone": zone,
  "aws:acm/getCertificate:getCertificate": certificate,
  "aws:iam/getRole:getRole": role,
  "aws:iam/getPolicy:getPolicy": iamPolicy,
  "aws:kms/getKey:getKey": key,
  "aws:kms/getAlias:getAlias": (call) => {
    const name = call.text("name") ?? "";
    const targetKeyId = uuid(`${call.accountId} ${call.region} ${name}`);
    const arn = call.arn("kms", name);
    return { id: arn, arn, name, targetKeyId, targetKeyArn: call.arn("kms", `key/${targetKeyId}`) };
  },
  "aws:s3/getBucket:getBucket": bucket,
  "aws:secretsmanager/getSecret:getSecret": secret,
  "aws:cloudfront/getCachePolicy:getCachePolicy": managedPolicy("cache-policy", CACHE_POLICIES),
  "aws:cloudfront/getOriginRequestPolicy:getOriginRequestPolicy": managedPolicy(
    "origin-request-policy",
    ORIGIN_REQUEST_POLICIES,
  ),
  "aws:cloudfront/getResponseHeadersPolicy:getResponseHeadersPolicy": managedPolicy(
    "response-headers-policy",
    RESPONSE_HEADERS_POLICIES,
  ),
  "aws:eks/getAddonVersion:getAddonVersion": (call) => ({
    id: call.text("addonName"),
    version: "v1.0.0-eksbuild.1",
  }),
  // The certificate chain of a server, for its thumbprint: one certificate.
  "tls:index/getCertificate:getCertificate": (call) => {
    const sha1Fingerprint = hex(JSON.stringify(call.inputs), 40);
    const names = {
      issuer: "CN=example",
      subject: "CN=example",
      serialNumber: "1",
      signatureAlgorithm: "SHA256-RSA",
    };
    const valid = { notBefore: CREATED, notAfter: "2035-01-01T00:00:00Z" };
    const chain = {
      ...names,
      ...valid,
      sha1Fingerprint,
      certPem: "",
      isCa: true,
      publicKeyAlgorithm: "RSA",
      version: 3,
    };
    return { id: sha1Fingerprint, certificates: [chain] };
  },
  "aws:elb/getServiceAccount:getServiceAccount": (call) => {
    const id = regionFacts(call.region)?.elbAccount;
    if (id === undefined) throw new InvokeFailed(`unsupported AWS Region: ${call.region}`);
    return { id, arn: call.globalArn("iam", "root", id) };
  },
  "aws:elb/getHostedZoneId:getHostedZoneId": (call) => loadBalancerZone("alb", call),
  "aws:lb/getHostedZoneId:getHostedZoneId": (call) =>
    loadBalancerZone(call.text("loadBalancerType") === "network" ? "nlb" : "alb", call),
};
