import { advice, describe, problem, resourceRule, violations } from "../../rule";
import type { Expectation, Subject, Violation } from "../../rule";
import { isList, read, readList } from "../../read";
import type { Reading } from "../../read";
import { ALL_DISTRIBUTIONS, DISTRIBUTION, EDGE_FUNCTION, isOf, VPC_ORIGIN } from "../../resources";
import { edgeProblems } from "./edge-code";

/**
 * The security policies for viewers, compared as full names: TLS 1.2 with the ciphers of 2021, and newer ones.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
export const VIEWER_POLICIES: readonly string[] = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

/** The security policies of TLS 1.2 with older ciphers. */
const OLDER_CIPHERS: readonly unknown[] = ["TLSv1.2_2018", "TLSv1.2_2019"];

const BEHAVIOR_FIX = 'viewerProtocolPolicy: "redirect-to-https"';
const CERTIFICATE_FIX =
  "viewerCertificate: { acmCertificateArn: validation.certificateArn, " +
  'sslSupportMethod: "sni-only", minimumProtocolVersion: "TLSv1.2_2021" }';
const ORIGIN_FIX =
  'customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"], … }';
const EDGE_FIX =
  '{ statusCode: 301, headers: { location: { value: "https://" + host + uri } } }; for an origin, ' +
  'customOriginConfig: { port: 443, protocol: "https", sslProtocols: ["TLSv1.2"] }';
const WEBSITE_FIX =
  "{ domainName: bucket.bucketRegionalDomainName, originAccessControlId: control.id } in place of customOriginConfig: " +
  "website endpoints of S3 have no HTTPS";

/** Website endpoints of S3, as far as their names are known. */
const WEBSITE = /\.s3-website[.-][\w.-]+\.amazonaws\.com(\.cn)?$/;

const VIEWER_PROTOCOL: Expectation = {
  accepts: (value) => value === "redirect-to-https" || value === "https-only",
  allowed: 'a literal: "redirect-to-https" or "https-only"',
  vocabulary: /^(allow-all|redirect-to-https|https-only)$/i,
};

const VIEWER_POLICY: Expectation = {
  accepts: (value) => typeof value === "string" && VIEWER_POLICIES.includes(value),
  allowed: `a literal: ${VIEWER_POLICIES.join(", ")}`,
  vocabulary: /^(SSLv3|TLSv1(\.\d)?(_\d{4})?)$/i,
  absentMeans: "TLSv1",
};

const ORIGIN_PROTOCOL: Expectation = {
  accepts: (value) => value === "https-only",
  allowed: '"https-only"',
  vocabulary: /^(http-only|https-only|match-viewer)$/i,
};

const ORIGIN_TLS: Expectation = {
  accepts: (value) => value === "TLSv1.2" || value === "TLSv1.3",
  allowed: '"TLSv1.2"',
  vocabulary: /^(SSLv3|TLSv1(\.\d)?)$/i,
};

/** CloudFront's connections with viewers and with origins. */
export const cloudFront = resourceRule({
  id: "cloudfront",
  area: "tls",
  title: "CloudFront uses TLS only, for viewers and origins",
  severity: "high",
  level: "resource",
  description:
    "CloudFront serves viewers only by TLS 1.2 or newer, and fetches from custom origins the same way; its functions redirect viewers to HTTPS only. " +
    "Attackers on the network path can read and change what is sent in clear text or with older versions of TLS.",
  advises:
    'policies of TLS 1.2 with older ciphers, and origins with the policy "match-viewer" whose viewers all use HTTPS',
  remedy: `Distribution: { ${BEHAVIOR_FIX} in every behavior, ${CERTIFICATE_FIX} }. Origin: { ${ORIGIN_FIX} }.`,
  references: [3, 9, 10, 15].map((number) => ({
    label: `CloudFront.${number}`,
    url: `https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-${number}`,
  })),
  types: [...ALL_DISTRIBUTIONS, ...VPC_ORIGIN, ...EDGE_FUNCTION],
  judge(resource) {
    if (isOf(VPC_ORIGIN, resource)) {
      const label = "vpcOriginEndpointConfig";
      const config = read(resource.props, [label]);
      return violations(originProblems(label, config, ["originSslProtocols", "items"]), ORIGIN_FIX);
    }
    if (isOf(EDGE_FUNCTION, resource)) {
      const code = read(resource.props, ["code"]);
      const isText = code.kind === "known" && typeof code.value === "string";
      return violations(isText ? edgeProblems(String(code.value)) : [], EDGE_FIX);
    }
    return [...judgeBehaviors(resource), ...judgeCertificate(resource), ...judgeOrigins(resource)];
  },
});

function judgeBehaviors(distribution: Subject): Violation[] {
  const others = isOf(DISTRIBUTION, distribution) ? "orderedCacheBehaviors" : "cacheBehaviors";
  return [
    ["defaultCacheBehavior", read(distribution.props, ["defaultCacheBehavior"])] as const,
    ...elements(others, readList(distribution.props, [others])),
  ].flatMap(([label, behavior]) => {
    if (behavior.kind !== "known") return violations([notWritten(label, behavior)], BEHAVIOR_FIX);
    const protocol = read(behavior.value, ["viewerProtocolPolicy"]);
    return violations([problem(`${label}.viewerProtocolPolicy`, protocol, VIEWER_PROTOCOL)], BEHAVIOR_FIX);
  });
}

function judgeCertificate(distribution: Subject): Violation[] {
  const at = (field: string): Reading => read(distribution.props, ["viewerCertificate", field]);
  const isDefault = at("cloudfrontDefaultCertificate");
  if (isDefault.kind !== "known" || isDefault.value !== true) {
    const version = at("minimumProtocolVersion");
    const isOlder = version.kind === "known" && OLDER_CIPHERS.includes(version.value);
    const found = problem("viewerCertificate.minimumProtocolVersion", version, VIEWER_POLICY);
    return (isOlder ? advice : violations)([found], CERTIFICATE_FIX);
  }
  // For names under cloudfront.net, AWS sets the protocols and a program cannot change them.
  const aliases = readList(distribution.props, ["aliases"]);
  if (isList(aliases) ? aliases.length === 0 : aliases.kind === "absent") return [];
  const text =
    "viewerCertificate.cloudfrontDefaultCertificate is true although aliases is set, which means TLSv1; " +
    "it must be left out, and the aliases must have their own certificate";
  return violations([text], CERTIFICATE_FIX);
}

function judgeOrigins(distribution: Subject): Violation[] {
  const single = isOf(DISTRIBUTION, distribution);
  const comeByTls = judgeBehaviors(distribution).length === 0;
  return elements("origins", readList(distribution.props, ["origins"])).flatMap(([label, origin]) => {
    if (origin.kind !== "known") return violations([notWritten(label, origin)], ORIGIN_FIX);
    const property = single ? "customOriginConfig" : "customOriginConfigs";
    const name = `${label}.${property}`;
    const given: readonly (readonly [string, Reading])[] = single
      ? [[name, read(origin.value, [property])]]
      : elements(name, readList(origin.value, [property]));
    // An origin without one is a bucket, which CloudFront reaches by TLS, or a VPC origin, which is judged separately.
    const configs = given.filter(([, config]) => config.kind !== "absent");
    const domain = read(origin.value, ["domainName"]);
    const isWebsite = domain.kind === "known" && WEBSITE.test(String(domain.value));
    const fix = isWebsite
      ? WEBSITE_FIX
      : domain.kind === "unknown"
        ? `${ORIGIN_FIX}; before a website endpoint of S3, ${WEBSITE_FIX}`
        : ORIGIN_FIX;
    return configs.flatMap(([at, config]) => {
      const follows = comeByTls && matchesViewer(config);
      return [
        ...violations(originProblems(at, config, ["originSslProtocols"], follows), fix),
        ...advice(
          [follows ? `${at}.originProtocolPolicy is "match-viewer"; it must be "https-only"` : undefined],
          fix,
        ),
      ];
    });
  });
}

/** Whether CloudFront uses the viewer's protocol for an origin. */
function matchesViewer(config: Reading): boolean {
  const policy = read(config.kind === "known" ? config.value : undefined, ["originProtocolPolicy"]);
  return policy.kind === "known" && policy.value === "match-viewer";
}

/** @param isTls - whether CloudFront fetches from it by HTTPS regardless of its policy. @default false */
function originProblems(
  label: string,
  config: Reading,
  protocolsAt: readonly string[],
  isTls = false,
): (string | undefined)[] {
  if (config.kind !== "known" || typeof config.value !== "object") return [notWritten(label, config)];
  const name = `${label}.${protocolsAt.join(".")}`;
  const protocols = readList(config.value, protocolsAt);
  const isMissing = isList(protocols) ? protocols.length === 0 : protocols.kind === "absent";
  return [
    isTls
      ? undefined
      : problem(
          `${label}.originProtocolPolicy`,
          read(config.value, ["originProtocolPolicy"]),
          ORIGIN_PROTOCOL,
        ),
    ...(isMissing
      ? [`${name} lists no protocol; it must be ["TLSv1.2"]`]
      : elements(name, protocols).map(([at, protocol]) => problem(at, protocol, ORIGIN_TLS))),
  ];
}

/** The elements of a list with their names; the value itself if it is not a list, nothing if it is absent. */
function elements(
  label: string,
  list: Reading | readonly Reading[],
): readonly (readonly [string, Reading])[] {
  if (isList(list)) return list.map((element, index) => [`${label}[${index}]`, element] as const);
  return list.kind === "absent" ? [] : [[label, list]];
}

function notWritten(label: string, reading: Reading): string {
  return `${label} ${describe(reading)}; it must be written out`;
}
