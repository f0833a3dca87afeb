import assert from "node:assert/strict";

import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const arn = (region: string): string =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;

describe("settings of the edge", () => {
  it("keep their other defaults when one is set", () => {
    const { cdn, waf } = settingsOf({ cdn: '{"enabled":true}', waf: '{"countOnly":true}' });
    assert.deepEqual([cdn.enabled, cdn.origin, cdn.staticPaths], [true, "vpc", ["/static/*"]]);
    assert.deepEqual([waf.enabled, waf.countOnly, waf.managedRules.length], [false, true, 4]);
  });
});

describe("bad settings of the edge", () => {
  const table: { title: string; set: Record<string, string>; fault: string[] }[] = [
    {
      title: "CloudFront before a store that is internal",
      set: { cdn: '{"enabled":true}', internal: '{"enabled":true}' },
      fault: [
        "web-store:cdn.enabled",
        "  got:     true",
        "  allowed: false, where internal.enabled is true: nothing of the store is public then",
        "  remedy:  set internal.enabled to false: behind CloudFront the load balancer is internal by itself, with cdn.origin vpc",
      ],
    },
    {
      title: "AWS WAF for a store that is internal",
      set: { waf: '{"enabled":true}', internal: '{"enabled":true}' },
      fault: [
        "web-store:waf.enabled",
        "  got:     true",
        "  allowed: false, where internal.enabled is true: nothing of the store is public then",
        "  remedy:  set waf.enabled to false, or internal.enabled",
      ],
    },
    {
      title: "a health check from outside for a store that is internal",
      set: { externalHealthCheck: '{"enabled":true}', internal: '{"enabled":true}' },
      fault: [
        "web-store:externalHealthCheck.enabled",
        "  got:     true",
        "  allowed: false, where internal.enabled is true: nothing of the store is public then",
        "  remedy:  set externalHealthCheck.enabled to false, or internal.enabled",
      ],
    },
    {
      title: "a key that CloudFront doesn't take",
      set: { cdn: '{"enabled":true}', "certificate.keyAlgorithm": "EC_secp384r1" },
      fault: [
        "web-store:certificate.keyAlgorithm",
        "  got:     EC_secp384r1",
        "  allowed: EC_prime256v1, RSA_2048, where cdn.enabled is true: CloudFront takes no other key",
        "  remedy:  set certificate.keyAlgorithm to EC_prime256v1",
      ],
    },
    {
      title: "a balancer that CloudFront can't speak to",
      set: { cdn: '{"enabled":true}', "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-3-2021-06",
        "  allowed: a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, where cdn.enabled is true: CloudFront speaks it to the load balancer",
        "  remedy:  leave loadBalancer.tlsPolicy out; for customers to come by TLS 1.3 only, set cdn.tlsPolicy to TLSv1.3_2025",
      ],
    },
    {
      title: "the same, where a checker couldn't speak to CloudFront by TLS 1.3 either",
      set: {
        cdn: '{"enabled":true}',
        "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-3-2021-06",
        "  allowed: a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, where cdn.enabled is true: CloudFront speaks it to the load balancer",
        "  remedy:  leave loadBalancer.tlsPolicy out",
      ],
    },
    {
      title: "a balancer that Route 53's checkers can't speak to",
      set: {
        "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
        "  allowed: a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, where externalHealthCheck.enabled is true: Route 53 speaks no TLS 1.3",
        "  remedy:  leave loadBalancer.tlsPolicy out, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "CloudFront by TLS 1.3 only, where Route 53's checkers come",
      set: {
        cdn: '{"enabled":true,"tlsPolicy":"TLSv1.3_2025"}',
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:cdn.tlsPolicy",
        "  got:     TLSv1.3_2025",
        "  allowed: a policy with TLS 1.2, TLSv1.2_…, where externalHealthCheck.enabled is true: Route 53 speaks no TLS 1.3",
        "  remedy:  leave cdn.tlsPolicy out, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "a certificate of one's own for the balancer alone",
      set: { cdn: '{"enabled":true}', "certificate.arn": arn("eu-west-1") },
      fault: [
        "web-store:cdn.certificateArn",
        "  got:     nothing",
        "  allowed: a certificate in us-east-1, where certificate.arn is set: CloudFront takes no other",
        "  remedy:  request or import the same certificate in us-east-1, or leave certificate.arn out to have both created",
      ],
    },
    {
      title: "a certificate for CloudFront in another Region than us-east-1",
      set: { cdn: JSON.stringify({ enabled: true, certificateArn: arn("eu-west-1") }) },
      fault: [
        "web-store:cdn.certificateArn",
        `  got:     ${arn("eu-west-1")}`,
        "  allowed: the ARN of a certificate in ACM in us-east-1",
        `  remedy:  for example: pulumi config set --path 'web-store:cdn.certificateArn' ${arn("us-east-1")}`,
      ],
    },
    {
      title: "countries both allowed and blocked",
      set: { cdn: '{"allowedCountries":["DE"],"blockedCountries":["FR"]}' },
      fault: [
        "web-store:cdn.blockedCountries",
        '  got:     ["FR"]',
        "  allowed: an empty list, where allowedCountries has countries: all others are blocked already",
        "  remedy:  empty one of the two",
      ],
    },
    {
      title: "a path that does not begin with /",
      set: { cdn: '{"staticPaths":["static/*"]}' },
      fault: [
        "web-store:cdn.staticPaths",
        '  got:     ["static/*"]',
        "  allowed: up to 10 different paths from / on, with * for any text",
        "  remedy:  for example: staticPaths: [/static/*]",
      ],
    },
    {
      title: "health checkers in countries that CloudFront turns away",
      set: {
        cdn: '{"enabled":true,"allowedCountries":["IE","DE"]}',
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:externalHealthCheck.regions",
        '  got:     ["eu-west-1","us-east-1","us-west-2"] (default)',
        "  allowed: Regions in countries that cdn serves, or every answer is a refusal",
        "  remedy:  leave out us-east-1 (US), us-west-2 (US), serve their countries, or switch externalHealthCheck off",
      ],
    },
    {
      title: "a path that is too long for a health check from outside",
      set: { externalHealthCheck: '{"enabled":true}', "healthCheck.path": `/${"a".repeat(255)}` },
      fault: [
        "web-store:healthCheck.path",
        `  got:     /${"a".repeat(255)}`,
        "  allowed: 255 characters at most, where externalHealthCheck.enabled is true",
        "  remedy:  shorten healthCheck.path, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "fewer health checkers than Route 53 wants",
      set: { externalHealthCheck: '{"regions":["eu-west-1","us-east-1"]}' },
      fault: [
        "web-store:externalHealthCheck.regions",
        '  got:     ["eu-west-1","us-east-1"]',
        "  allowed: 3 to 8 different ones of us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1",
        "  remedy:  for example: regions: [eu-west-1, us-east-1, us-west-2]",
      ],
    },
    {
      title: "more rule groups than a web ACL takes without extra cost",
      set: {
        waf: JSON.stringify({
          managedRules: [
            "AWSManagedRulesAmazonIpReputationList",
            "AWSManagedRulesCommonRuleSet",
            "AWSManagedRulesKnownBadInputsRuleSet",
            "AWSManagedRulesSQLiRuleSet",
            "AWSManagedRulesLinuxRuleSet",
            "AWSManagedRulesUnixRuleSet",
            "AWSManagedRulesAdminProtectionRuleSet",
          ],
        }),
      },
      fault: [
        "web-store:waf.managedRules",
        '  got:     ["AWSManagedRulesAmazonIpReputationList","AWSManagedRulesCommonRuleSet","AWSManagedRulesKnownBadInputsRuleSet","AWSManagedRulesSQLiRuleSet","AWSManagedRulesLinuxRuleSet","AWSManagedRulesUnixRuleSet","AWSManagedRulesAdminProtectionRuleSet"]',
        "  allowed: rule groups of 1500 web ACL capacity units together, with the rate limit: more costs extra (these need 1527)",
        "  remedy:  leave out what isn't for the store: AWSManagedRulesSQLiRuleSet without an SQL database, AWSManagedRulesAdminProtectionRuleSet without public administration",
      ],
    },
    {
      title: "a rule that counts, of a group that isn't there",
      set: {
        waf: '{"managedRules":["AWSManagedRulesCommonRuleSet"],"countedRules":["AWSManagedRulesSQLiRuleSet/SQLi_BODY"]}',
      },
      fault: [
        "web-store:waf.countedRules",
        '  got:     ["AWSManagedRulesSQLiRuleSet/SQLi_BODY"]',
        "  allowed: rules of the groups in managedRules",
        "  remedy:  remove AWSManagedRulesSQLiRuleSet/SQLi_BODY, or add the group",
      ],
    },
    {
      title: "a public range for an internal store",
      set: { internal: '{"sourceRanges":["10.8.0.0/16","8.8.8.0/24"]}' },
      fault: [
        "web-store:internal.sourceRanges",
        '  got:     ["10.8.0.0/16","8.8.8.0/24"]',
        "  allowed: up to 10 different ranges within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10",
        "  remedy:  for example: sourceRanges: [10.8.0.0/16]",
      ],
    },
  ];

  for (const { title, set, fault } of table) {
    it(`are refused: ${title}`, () => {
      const heading = "Stack dev has 1 setting to correct. Nothing was created or changed.";
      assert.equal(messageOf(set), `${heading}\n\n${fault.join("\n")}`);
    });
  }

  it("are refused only where they matter: with a feature off, its neighbours may be anything", () => {
    for (const set of [
      { "certificate.keyAlgorithm": "EC_secp384r1" },
      { "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      { cdn: '{"tlsPolicy":"TLSv1.3_2025"}', externalHealthCheck: '{"enabled":true}' },
      { cdn: '{"enabled":true,"tlsPolicy":"TLSv1.3_2025"}' },
      { "certificate.arn": arn("eu-west-1") },
      { "healthCheck.path": `/${"a".repeat(255)}` },
      { cdn: '{"enabled":true,"blockedCountries":["DE"]}', externalHealthCheck: '{"enabled":true}' },
      {
        "aws:region": "us-east-1",
        "network.availabilityZones": '["us-east-1a","us-east-1b"]',
        "certificate.arn": arn("us-east-1"),
        cdn: '{"enabled":true}',
      },
    ]) {
      assert.ok(isAccepted(set), JSON.stringify(set));
    }
  });
});
