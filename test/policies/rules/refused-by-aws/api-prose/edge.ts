import type { EDGE } from "../../../../../policies/rules/refused-by-aws/api-prose/edge";
import { UNKNOWN } from "../../../../support/pack";
import { long, type Refused } from "./refused";

/** A cache behaviour that calls functions of both kinds for these events. */
const calls = (light: readonly unknown[], heavy: readonly unknown[]): unknown => ({
  functionAssociations: light.map((eventType) => ({ eventType, functionArn: UNKNOWN })),
  lambdaFunctionAssociations: heavy.map((eventType) => ({ eventType, lambdaArn: UNKNOWN })),
});

/** Refused inputs, by line of EDGE. */
export const EDGE_REFUSED: Readonly<Record<keyof typeof EDGE, Refused>> = {
  "distribution-comment": [
    [{ comment: long(129) }, "comment has 129 characters; AWS allows at most 128 characters"],
  ],
  "default-root-object": [
    [
      { defaultRootObject: "/index.html" },
      'defaultRootObject is another string (not shown, as it may be secret); AWS allows a name that does not begin with "/"',
    ],
  ],
  "distribution-aliases": [
    [
      { aliases: ["store.example.com"], viewerCertificate: { cloudfrontDefaultCertificate: true } },
      "aliases is set, but viewerCertificate.cloudfrontDefaultCertificate is true; " +
        "AWS allows aliases only with a certificate of their own",
    ],
  ],
  "behavior-functions": [
    [{ defaultCacheBehavior: calls(["viewer-request", "viewer-response"], ["origin-request"]) }],
    [{ defaultCacheBehavior: calls([UNKNOWN], ["viewer-request"]), orderedCacheBehaviors: UNKNOWN }],
    [
      { defaultCacheBehavior: calls(["viewer-request"], ["viewer-response"]) },
      "defaultCacheBehavior has functionAssociations and lambdaFunctionAssociations for viewer events; AWS allows only one kind of function for these",
    ],
    [
      { orderedCacheBehaviors: [calls([], []), calls(["viewer-request", "viewer-request"], [])] },
      "orderedCacheBehaviors[1] has two functions for one event; AWS allows only one",
    ],
    [
      { cacheBehaviors: [calls(["origin-request"], [])] },
      'cacheBehaviors[0].functionAssociations has an origin event; AWS allows only "viewer-request" and "viewer-response"',
    ],
  ],
  "edge-function-runtime": [
    [{ runtime: "cloudfront-js-1.0", keyValueStoreAssociations: [] }],
    [{ runtime: "cloudfront-js-2.0", keyValueStoreAssociations: [UNKNOWN] }],
    [
      { runtime: "cloudfront-js-1.0", keyValueStoreAssociations: [UNKNOWN] },
      'keyValueStoreAssociations is set, but runtime is "cloudfront-js-1.0"; AWS allows it only with "cloudfront-js-2.0"',
    ],
  ],
  "behavior-caching": [
    [
      {
        defaultCacheBehavior: { cachePolicyId: UNKNOWN },
        orderedCacheBehaviors: [{ forwardedValues: UNKNOWN }],
      },
    ],
    [{ defaultCacheBehavior: UNKNOWN }],
    [{ orderedCacheBehaviors: [{ originRequestPolicyId: UNKNOWN }] }],
    [
      { defaultCacheBehavior: { cachePolicyId: UNKNOWN, forwardedValues: { queryString: true } } },
      "cachePolicyId and forwardedValues are both set in defaultCacheBehavior; AWS allows only one of them",
    ],
  ],
  "origin-kind": [
    [{ origins: [{ vpcOriginConfig: UNKNOWN }, { originId: "assets" }, UNKNOWN] }],
    [
      { origins: [{ customOriginConfig: UNKNOWN, s3OriginConfig: { originAccessIdentity: "" } }] },
      "customOriginConfig and s3OriginConfig are both set in origins[0]; AWS allows only one of them",
    ],
  ],
  "waf-rule-action": [
    [{ statement: UNKNOWN, action: UNKNOWN, overrideAction: UNKNOWN }],
    [
      { statement: { managedRuleGroupStatement: UNKNOWN }, action: { block: {} } },
      "the rule refers to a rule group; AWS requires overrideAction and allows no action",
    ],
    [
      { statement: { geoMatchStatement: UNKNOWN }, overrideAction: { none: {} } },
      "the rule does not refer to a rule group; AWS requires action and allows no overrideAction",
    ],
  ],
  "waf-association": [
    [{ webAclArn: UNKNOWN }],
    [
      { webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/store/01234567" },
      "webAclArn is another string (not shown, as it may be secret); AWS allows the ARN of a web ACL of scope REGIONAL",
    ],
  ],
  "waf-patterns": [
    [{ regularExpressions: Array.from({ length: 10 }, () => UNKNOWN) }],
    [
      { regularExpressions: Array.from({ length: 11 }, () => UNKNOWN) },
      "regularExpressions has 11 expressions; AWS allows at most 10",
    ],
  ],
  "origin-connections": [
    [
      { origins: [{ connectionAttempts: 4, connectionTimeout: 11 }] },
      "origins[0].connectionAttempts is 4; AWS allows a whole number from 1 to 3",
      "origins[0].connectionTimeout is 11; AWS allows a whole number from 1 to 10",
    ],
  ],
  "origin-timeouts": [
    [
      {
        origins: [
          { customOriginConfig: { originReadTimeout: 121 } },
          { vpcOriginConfig: { originKeepaliveTimeout: 0 } },
        ],
      },
      "origins[0].customOriginConfig.originReadTimeout is 121; AWS allows a whole number from 1 to 120",
      "origins[1].vpcOriginConfig.originKeepaliveTimeout is 0; AWS allows a whole number from 1 to 120",
    ],
  ],
  "origin-addresses": [
    [
      { origins: [{ domainName: "https://store.example.com", originPath: "app/" }] },
      "origins[0].domainName is another string (not shown, as it may be secret); AWS allows a name without protocol, port and path",
      'origins[0].originPath is another string (not shown, as it may be secret); AWS allows a path that begins with "/" and does not end with it',
    ],
    [{ origins: [{ domainName: "store.s3.eu-west-1.amazonaws.com", originPath: "" }] }],
  ],
  "certificate-support": [
    [
      { viewerCertificate: { acmCertificateArn: UNKNOWN } },
      "viewerCertificate.acmCertificateArn is set without sslSupportMethod; AWS requires both together",
    ],
    [{ viewerCertificate: { cloudfrontDefaultCertificate: true } }],
  ],
  "geo-locations": [
    [
      { restrictions: { geoRestriction: { restrictionType: "whitelist", locations: [] } } },
      'restrictions.geoRestriction.locations is not set; AWS requires it if restrictionType is "whitelist"',
    ],
    [{ restrictions: { geoRestriction: { restrictionType: "none" } } }],
  ],
  "origin-ids": [
    [
      { origins: [{ originId: "store" }, { originId: "store" }] },
      "origins has the same originId twice; AWS requires a unique originId for each origin of a distribution",
    ],
  ],
  "allowed-methods": [
    [
      { defaultCacheBehavior: { allowedMethods: ["GET", "HEAD", "POST"] } },
      "defaultCacheBehavior.allowedMethods is a different set of 3 methods; AWS allows GET, HEAD; or GET, HEAD, OPTIONS; " +
        "or DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
    ],
  ],
  "cached-methods": [
    [
      { orderedCacheBehaviors: [{ cachedMethods: ["GET"] }] },
      "orderedCacheBehaviors[0].cachedMethods is a different set of 1 methods; AWS allows GET, HEAD; or GET, HEAD, OPTIONS",
    ],
  ],
  "error-responses": [
    [
      { customErrorResponses: [{ errorCode: 404, responseCode: 200 }] },
      "customErrorResponses[0].responseCode is set without responsePagePath; AWS allows it only with responsePagePath",
    ],
  ],
  "error-codes": [
    [
      { customErrorResponses: [{ errorCode: 404 }, { errorCode: 408 }] },
      'customErrorResponses[1].errorCode is 408; AWS allows "400", "403", "404", "405", "414", "416", "500", "501", ' +
        '"502", "503", "504"',
    ],
  ],
  "waf-priorities": [
    [
      { rules: [{ priority: 1 }, { priority: 0 }, { priority: 1 }] },
      "rules has priority 1 twice; AWS requires unique priorities in a web ACL or rule group",
    ],
  ],
  "waf-actions": [
    [
      { rules: [{ statement: { managedRuleGroupStatement: {} }, action: { block: {} } }] },
      "rules[0] refers to a rule group; AWS requires overrideAction and allows no action",
    ],
    [
      {
        rules: [
          { statement: { rateBasedStatement: {} }, action: { block: {} }, overrideAction: { none: {} } },
        ],
      },
      "rules[0] does not refer to a rule group; AWS requires action and allows no overrideAction",
    ],
  ],
  "waf-rate-window": [
    [
      { rules: [{ statement: { rateBasedStatement: { evaluationWindowSec: 180 } } }] },
      'rules[0].statement.rateBasedStatement.evaluationWindowSec is 180; AWS allows "60", "120", "300", "600"',
    ],
  ],
  "waf-metric-name": [
    [
      { visibilityConfig: { metricName: "All" } },
      'visibilityConfig.metricName is "All"; AWS allows names other than its own "All" and "Default_Action"',
    ],
  ],
  "waf-log-destination": [
    "arn:aws:logs:eu-west-1:123456789012:log-group:store-waf",
    "arn:aws:s3:::store-aws-waf-logs-1",
  ].map(
    (arn) =>
      [
        { logDestinationConfigs: [arn] },
        "logDestinationConfigs[0] is another string (not shown, as it may be secret); AWS allows the ARN of a log group, " +
          'bucket or delivery stream whose name begins with "aws-waf-logs-"',
      ] as const,
  ),
  "cache-times": [
    [
      {
        defaultCacheBehavior: {
          forwardedValues: { queryString: true, cookies: { forward: "none" } },
          minTtl: 60,
          defaultTtl: 10,
          maxTtl: 30,
        },
      },
      "defaultCacheBehavior.minTtl is 60, but defaultCacheBehavior.defaultTtl is 10; defaultCacheBehavior.minTtl must not be greater",
      "defaultCacheBehavior.minTtl is 60, but defaultCacheBehavior.maxTtl is 30; defaultCacheBehavior.minTtl must not be greater",
    ],
    [{ defaultCacheBehavior: { cachePolicyId: UNKNOWN, minTtl: 60, maxTtl: 30 } }],
    [{ orderedCacheBehaviors: [{ forwardedValues: UNKNOWN, minTtl: 0, defaultTtl: 0, maxTtl: 0 }] }],
  ],
  "distribution-texts": [
    [
      { webAclId: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/store/01234567" },
      "webAclId is another string (not shown, as it may be secret); AWS allows the ARN of a web ACL of scope CLOUDFRONT, or the ID of an AWS WAF Classic web ACL",
    ],
    [
      {
        webAclId: "store",
        restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["EUR", "DE"] } },
      },
      "webAclId is another string (not shown, as it may be secret); AWS allows the ARN of a web ACL of scope CLOUDFRONT, or the ID of an AWS WAF Classic web ACL",
      "restrictions.geoRestriction.locations[0] is another string (not shown, as it may be secret); AWS allows two capital letters, such as DE",
    ],
    [{ webAclId: "473e64fd-f30b-4765-81a0-62ad96dd167a" }],
    [{ webAclId: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b" }],
  ],
  "edge-function-size": [
    [{ code: long(10241) }, "code has 10241 bytes; AWS allows at most 10,240"],
    [{ code: long(10240) }],
  ],
  "waf-addresses": [
    [
      { ipAddressVersion: "IPV4", addresses: ["192.0.2.1", "2001:db8::/32", "192.0.2.0/24"] },
      "addresses[0] is another string (not shown, as it may be secret); AWS allows ranges of IPV4, such as 192.0.2.44/32",
      "addresses[1] is another string (not shown, as it may be secret); AWS allows ranges of IPV4, such as 192.0.2.44/32",
    ],
    [{ ipAddressVersion: "IPV6", addresses: ["2001:db8::/32", UNKNOWN] }],
    [{ ipAddressVersion: UNKNOWN, addresses: ["a"] }],
  ],
};
