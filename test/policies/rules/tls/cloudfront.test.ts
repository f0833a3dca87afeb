import {
  DISTRIBUTION,
  EDGE_FUNCTION,
  MULTITENANT_DISTRIBUTION,
  VPC_ORIGIN,
} from "../../../../policies/resources";
import assert from "node:assert/strict";
import fc from "fast-check";
import { VIEWER_POLICIES } from "../../../../policies/rules/tls/cloudfront";
import { secret, UNKNOWN } from "../../../support/pack";
import { RuleSuite, without, type Props } from "../../../support/rule-suite";

const BEHAVIOR = { targetOriginId: "store", viewerProtocolPolicy: "redirect-to-https" };
const CUSTOM = {
  httpPort: 80,
  httpsPort: 443,
  originProtocolPolicy: "https-only",
  originSslProtocols: ["TLSv1.2"],
};
const ORIGIN = { originId: "store", domainName: UNKNOWN, customOriginConfig: CUSTOM };
const VIEWER = { acmCertificateArn: UNKNOWN, minimumProtocolVersion: "TLSv1.2_2021" };
const SOUND = {
  defaultCacheBehavior: BEHAVIOR,
  orderedCacheBehaviors: [{ ...BEHAVIOR, viewerProtocolPolicy: "https-only" }],
  origins: [ORIGIN],
  viewerCertificate: VIEWER,
  aliases: ["store.example.com"],
};
const origin = (custom: unknown): Props => ({
  ...SOUND,
  origins: [{ ...ORIGIN, customOriginConfig: custom }],
});
const behavior = (viewerProtocolPolicy: unknown): Props => ({
  ...SOUND,
  defaultCacheBehavior: { ...BEHAVIOR, viewerProtocolPolicy },
});
const viewer = (fields: Props): Props => ({ ...SOUND, viewerCertificate: { ...VIEWER, ...fields } });
const OWN = { viewerCertificate: { cloudfrontDefaultCertificate: true } };

describe("cloudfront", () => {
  const suite = new RuleSuite("cloudfront");
  const pass = (title: string, props: Props) => ({ title: `passes ${title}`, props, says: [] });
  const refuse = (title: string, props: Props, ...says: (string | RegExp)[]) => ({
    title: `refuses ${title}`,
    props,
    says,
  });

  const advise = (title: string, props: Props, ...says: (string | RegExp)[]) => ({
    ...refuse(title, props, ...says),
    title: `advises against ${title}`,
    level: "advisory" as const,
  });

  describe("on a distribution", () => {
    suite.check(DISTRIBUTION[0], [
      pass("TLS on both sides", SOUND),
      pass("secret values that are right", behavior(secret("https-only"))),
      pass("a bucket as origin", {
        ...SOUND,
        origins: [{ domainName: UNKNOWN, originAccessControlId: UNKNOWN }],
      }),
      pass("no other behaviors", without(SOUND, "orderedCacheBehaviors")),
      pass("TLS 1.3 to the origin", origin({ ...CUSTOM, originSslProtocols: ["TLSv1.3"] })),
      pass(
        "a certificate that is said not to be CloudFront's own",
        viewer({ cloudfrontDefaultCertificate: false }),
      ),
      pass("names under cloudfront.net", { ...without(SOUND, "aliases"), ...OWN }),
      pass("an empty list of aliases", { ...SOUND, aliases: [], ...OWN }),
      refuse(
        "aliases without a certificate of theirs",
        { ...SOUND, ...OWN },
        "is true although aliases is set",
      ),
      refuse(
        "unknown aliases without one",
        { ...SOUND, aliases: UNKNOWN, ...OWN },
        "is true although aliases is set",
      ),
      refuse(
        "plain HTTP to viewers",
        behavior("allow-all"),
        'defaultCacheBehavior.viewerProtocolPolicy is "allow-all"',
      ),
      refuse("an unknown viewer protocol", behavior(UNKNOWN), "viewerProtocolPolicy is not known"),
      refuse("an absent viewer protocol", behavior(null), "viewerProtocolPolicy is not set"),
      refuse(
        "a viewer protocol of the wrong type",
        behavior(["https-only"]),
        "viewerProtocolPolicy is a list",
      ),
      refuse(
        "an absent default behavior",
        without(SOUND, "defaultCacheBehavior"),
        "defaultCacheBehavior is not set",
      ),
      refuse(
        "plain HTTP on one path, together with an unknown behavior",
        { ...SOUND, orderedCacheBehaviors: [UNKNOWN, { viewerProtocolPolicy: "allow-all" }] },
        "orderedCacheBehaviors[0] is not known",
        'orderedCacheBehaviors[1].viewerProtocolPolicy is "allow-all"',
      ),
      refuse(
        "unknown behaviors",
        { ...SOUND, orderedCacheBehaviors: UNKNOWN },
        "orderedCacheBehaviors is not known",
      ),
      refuse(
        "an absent viewer certificate",
        without(SOUND, "viewerCertificate"),
        "minimumProtocolVersion is not set, which means TLSv1",
      ),
      refuse("old TLS to viewers", viewer({ minimumProtocolVersion: "TLSv1.1_2016" }), '"TLSv1.1_2016"'),
      refuse(
        "unknown TLS to viewers",
        viewer({ minimumProtocolVersion: UNKNOWN }),
        "minimumProtocolVersion is not known",
      ),
      refuse(
        "a certificate that may be CloudFront's own",
        { ...SOUND, viewerCertificate: { cloudfrontDefaultCertificate: UNKNOWN } },
        "minimumProtocolVersion is not set",
      ),
      refuse(
        "plain HTTP to the origin",
        origin({ ...CUSTOM, originProtocolPolicy: "http-only" }),
        'origins[0].customOriginConfig.originProtocolPolicy is "http-only"',
      ),
      ...["TLSv1.2_2018", "TLSv1.2_2019"].map((minimumProtocolVersion) =>
        advise(
          `${minimumProtocolVersion} to viewers`,
          viewer({ minimumProtocolVersion }),
          `is "${minimumProtocolVersion}"; it must be a literal`,
        ),
      ),
      advise(
        "the viewer's protocol to the origin, where all viewers come by HTTPS",
        origin({ ...CUSTOM, originProtocolPolicy: "match-viewer" }),
        '"match-viewer"; it must be "https-only"',
      ),
      refuse(
        "it where some come by HTTP",
        {
          ...origin({ ...CUSTOM, originProtocolPolicy: "match-viewer" }),
          defaultCacheBehavior: { ...BEHAVIOR, viewerProtocolPolicy: "allow-all" },
        },
        "viewerProtocolPolicy",
        "match-viewer",
      ),
      refuse(
        "a website endpoint of S3, which has no HTTPS, saying what else to name",
        {
          ...SOUND,
          origins: [
            {
              ...ORIGIN,
              domainName: "shop.s3-website-eu-west-1.amazonaws.com",
              customOriginConfig: { ...CUSTOM, originProtocolPolicy: "http-only" },
            },
          ],
        },
        /"http-only"[^]*Fix: \{ domainName: bucket\.bucketRegionalDomainName/,
      ),
      refuse(
        "an origin that may be a website endpoint of S3, saying what else to name",
        origin({ ...CUSTOM, originProtocolPolicy: "http-only" }),
        /"http-only"[^]*Fix: customOriginConfig[^]*before a website endpoint of S3, \{ domainName: bucket\./,
      ),
      refuse(
        "another origin without HTTPS, without mentioning S3",
        {
          ...SOUND,
          origins: [
            {
              domainName: "shop.example.com",
              customOriginConfig: { ...CUSTOM, originProtocolPolicy: "http-only" },
            },
          ],
        },
        /^Fix: customOriginConfig: \{(?!.*S3)/m,
      ),
      refuse(
        "an unknown protocol to the origin",
        origin({ ...CUSTOM, originProtocolPolicy: UNKNOWN }),
        "originProtocolPolicy is not known",
      ),
      refuse(
        "one old protocol among those of the origin",
        origin({ ...CUSTOM, originSslProtocols: ["TLSv1.2", "TLSv1.1"] }),
        'originSslProtocols[1] is "TLSv1.1"',
      ),
      refuse(
        "no protocol",
        origin({ ...CUSTOM, originSslProtocols: [] }),
        "originSslProtocols lists no protocol",
      ),
      refuse(
        "absent protocols",
        origin(without(CUSTOM, "originSslProtocols")),
        "originSslProtocols lists no protocol",
      ),
      refuse(
        "unknown protocols",
        origin({ ...CUSTOM, originSslProtocols: UNKNOWN }),
        "originSslProtocols is not known",
      ),
      refuse("an unknown origin", { ...SOUND, origins: [UNKNOWN] }, "origins[0] is not known"),
      refuse("unknown origins", { ...SOUND, origins: UNKNOWN }, "origins is not known"),
      refuse("an unknown configuration", origin(UNKNOWN), "customOriginConfig is not known"),
      refuse("a configuration of the wrong type", origin("https"), "customOriginConfig is another string"),
    ]);
    suite.checkSilence(DISTRIBUTION[0], {
      defaultCacheBehavior: { viewerProtocolPolicy: secret("hunter2") },
      viewerCertificate: { minimumProtocolVersion: secret("hunter2") },
      origins: [{ customOriginConfig: { originProtocolPolicy: "hunter2", originSslProtocols: ["hunter2"] } }],
    });

    it("accepts the security policies on its list and no other", async () => {
      const names = ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2", "TLSv1.2_2021 "];
      const version = fc.oneof(fc.constantFrom(...VIEWER_POLICIES, ...names), fc.string());
      await fc.assert(
        fc.asyncProperty(version, async (minimumProtocolVersion) => {
          const props = viewer({ minimumProtocolVersion });
          const messages = await suite.judge({ type: DISTRIBUTION[0], props });
          assert.equal(messages.length === 0, VIEWER_POLICIES.includes(minimumProtocolVersion));
        }),
        { numRuns: 25 },
      );
    });
  });

  describe("on a distribution that tenants share", () => {
    const shared = {
      ...without(SOUND, "orderedCacheBehaviors", "aliases"),
      cacheBehaviors: [BEHAVIOR],
      origins: [{ domainName: UNKNOWN, customOriginConfigs: [CUSTOM] }],
    };
    suite.check(MULTITENANT_DISTRIBUTION[0], [
      pass("TLS on both sides", shared),
      refuse(
        "plain HTTP on one path",
        { ...shared, cacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }] },
        "cacheBehaviors[0]",
      ),
      refuse(
        "plain HTTP to the origin",
        { ...shared, origins: [{ customOriginConfigs: [{ ...CUSTOM, originProtocolPolicy: "http-only" }] }] },
        "origins[0].customOriginConfigs[0].originProtocolPolicy",
      ),
    ]);
  });

  describe("on an origin in private subnets", () => {
    const endpoint = (fields: Props): Props => ({
      vpcOriginEndpointConfig: {
        originProtocolPolicy: "https-only",
        originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        ...fields,
      },
    });
    suite.check(VPC_ORIGIN[0], [
      pass("TLS", endpoint({})),
      refuse("plain HTTP", endpoint({ originProtocolPolicy: "http-only" }), '"http-only"'),
      refuse(
        "old TLS",
        endpoint({ originSslProtocols: { items: ["TLSv1"] } }),
        "originSslProtocols.items[0]",
      ),
      refuse("nothing", {}, "vpcOriginEndpointConfig is not set"),
    ]);
  });

  describe("on code of a CloudFront function", () => {
    const responding = (location: string, before = ""): Props => ({
      runtime: "cloudfront-js-2.0",
      code: `function handler(event) {\n  var request = event.request;\n  var host = request.headers.host.value;\n  ${before}\n  return { statusCode: 301, statusDescription: "Moved", headers: ${location} };\n}\n`,
    });
    const asking = (config: string): Props => ({
      code: `import cf from "cloudfront";\nfunction handler(event) {\n  cf.updateRequestOrigin({ domainName: "a.example.com", customOriginConfig: ${config} });\n  return event.request;\n}\n`,
    });
    const REDIRECT =
      'code redirects viewers to an address that begins with "http:"; it must begin with "https:"';
    suite.check(EDGE_FUNCTION[0], [
      ...[
        '{ location: { value: "https://" + host + request.uri } }',
        '{ "location": { "value": `https://www.${host}?from=http://${host}` } }',
        '{ location: { value: "/index.html" } }',
        '{ location: { value: url.replace("http://", "https://") } }',
      ].map((location) => pass(`a redirect: ${location}`, responding(location))),
      pass(
        "a redirect of what came by HTTP",
        responding(
          "{ location: { value: target } }",
          "var target = request.uri.startsWith('http://') ? 'https://' + host : 'https://x'; // not 'http://' + host",
        ),
      ),
      pass(
        "other addresses",
        responding("{}", "/* location: { value: 'http://x' } */ var ns = 'http://www.w3.org/2000/svg';"),
      ),
      pass("unknown code", { code: UNKNOWN }),
      pass("absent code", {}),
      ...[
        '{ location: { value: "http://" + host + request.uri } }',
        "{ 'location': { value: 'HTTP://www.example.com' } }",
        '{ "location": { "value": `http://www.${host}${request.uri}` } }',
        '{ location: { value: request.uri === "/" ? "https://a" : "http://b" } }',
        '{ location: { value: "http" + "://" + host } }',
        '{ "x": { value: "y" }, "location": {\n    value:\n      "http://" + host } }',
      ].map((location) => refuse(`a redirect: ${location}`, responding(location), REDIRECT)),
      ...[
        ["{ location: { value: url + request.uri } }", "const url = `http://${host}`;"],
        ["{ location: { value: url } }", "var url; url = 'http://' + host; url += request.uri;"],
        ["headers", "var headers = {}; headers['location'] = { value: 'http://' + host };"],
        ["headers", "var headers = {}; headers.location = { value: 'http://' + host };"],
        ["headers", "headers.location.value = 'http://' + host;"],
      ].map(([location = "", before]) =>
        refuse(`a redirect: ${before}`, responding(location, before), REDIRECT),
      ),
      pass("an origin by TLS", asking('{ port: 443, protocol: "https", sslProtocols: ["TLSv1.2"] }')),
      refuse(
        "an origin in clear text",
        asking('{ port: 80, protocol: "http" }'),
        'code sets protocol to "http" for an origin; it must be "https"',
      ),
      refuse(
        "an origin by old TLS",
        asking('{ "port": 443, "protocol": "https", "sslProtocols": ["TLSv1.1", "TLSv1.2"] }'),
        "code lists a version older than TLS 1.2 in sslProtocols of an origin",
      ),
    ]);
    suite.checkSilence(EDGE_FUNCTION[0], responding('{ location: { value: "http://hunter2" } }'));
  });
});
