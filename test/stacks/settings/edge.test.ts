import assert from "node:assert/strict";

import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const arn = (region: string): string =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;

describe("the settings of the edge", () => {
  it("keep their other defaults if one is set", () => {
    const { cdn, waf } = settingsOf({ cdn: '{"enabled":true}', waf: '{"countOnly":true}' });
    assert.deepEqual([cdn.enabled, cdn.origin, cdn.staticPaths], [true, "vpc", ["/static/*"]]);
    assert.deepEqual([waf.enabled, waf.countOnly, waf.managedRules.length], [false, true, 4]);
  });
});

const ruleGroup = (place: string): string =>
  `arn:aws:wafv2:${place}/rulegroup/shop/01234567-89ab-cdef-0123-456789abcdef`;
const waf = (fields: object): string => JSON.stringify({ enabled: true, ...fields });
const LOGIN = { name: "login", path: "/login", requestsPer5Minutes: 50 };
const PUBLIC_RANGES =
  "different public ranges in CIDR notation, IPv4 from /8 or IPv6 from /16, in their shortest form, without bits set after the prefix";

describe("ranges of the edge", () => {
  const accepted = (...ranges: string[]): boolean =>
    isAccepted({ allowedRanges: JSON.stringify(ranges), "network.ipv6": "true" });

  it("are public, in either IP version, and no larger than one owner may have", () => {
    for (const range of ["203.0.113.7/32", "52.0.0.0/8", "2001:db8::/32", "2a00::/16", "2001:db8::1/128"])
      assert.ok(accepted(range), range);
  });

  for (const range of [
    "0.0.0.0/0",
    "::/0",
    "128.0.0.0/1",
    "2000::/3",
    "203.0.113.7",
    "203.0.113.7/24",
    "2001:db8::1/64",
    "10.0.0.0/16",
    "172.16.5.0/24",
    "192.168.0.0/24",
    "100.64.0.0/16",
    "127.0.0.1/32",
    "169.254.1.0/24",
    "fd00::/16",
    "fe80::/64",
    "ff02::/16",
    "2001:DB8::/32",
    "2001:db8:0::/32",
    "203.0.113.0/33",
    "/8",
    "2001:db8::/129",
    "203.0.113.0/024",
    "example.com/24",
    "::ffff:203.0.113.0/120",
  ])
    it(`do not include ${range}`, () => assert.ok(!accepted(range)));

  it("may number a thousand", () => {
    const many = Array.from({ length: 1000 }, (_, index) => `203.${index >> 8}.${index & 255}.0/24`);
    assert.ok(isAccepted({ waf: waf({ blockedRanges: many }) }));
  });

  it("to be removed are named in the error: five, and how many more", () => {
    const blocked = (count: number): string =>
      messageOf({
        allowedRanges: '["203.0.113.0/24"]',
        waf: waf({ blockedRanges: Array.from({ length: count }, (_, index) => `198.51.100.${index}/32`) }),
      });
    const five = "198\\.51\\.100\\.0/32, .*198\\.51\\.100\\.4/32";
    assert.match(blocked(5), new RegExp(`remove ${five}, or add`));
    assert.match(blocked(7), new RegExp(`remove ${five} and 2 more, or add`));
  });

  it("may number as many in each IP version as one security group has rules for", () => {
    const ranges = (four: number, six: number, more = {}): Record<string, string> => ({
      allowedRanges: JSON.stringify([
        ...Array.from({ length: four }, (_, index) => `203.0.113.${index}/32`),
        ...Array.from({ length: six }, (_, index) => `2001:db8:${index + 1}::/48`),
      ]),
      "network.ipv6": "true",
      ...more,
    });
    assert.ok(isAccepted(ranges(30, 30)));
    assert.ok(isAccepted(ranges(17, 30, { externalHealthCheck: '{"enabled":true}' })));
    const most = (version: string): RegExp =>
      new RegExp(
        `allowed: up to 30 ranges of ${version}: each uses 2 of the 60 rules .* \\(there are 31\\)\n`,
      );
    assert.match(messageOf(ranges(31, 30)), most("IPv4"));
    assert.match(messageOf(ranges(30, 31)), most("IPv6"));
  });

  it("are accepted together if each one has an effect", () => {
    assert.ok(
      isAccepted({
        allowedRanges: '["203.0.113.0/24","2001:db8:5::/48"]',
        cdn: '{"enabled":true}',
        waf: waf({ blockedRanges: ["203.0.113.0/25"], trustedRanges: ["203.0.113.128/25"] }),
      }),
    );
  });
});

describe("bad settings of the edge", () => {
  const table: { title: string; set: Record<string, string>; fault: string[] }[] = [
    {
      title: "CloudFront with an internal store",
      set: { cdn: '{"enabled":true}', internal: '{"enabled":true}' },
      fault: [
        "web-store:cdn.enabled",
        "  got:     true",
        "  allowed: false, because internal.enabled is true: no part of the store is public then",
        "  remedy:  set internal.enabled to false: with cdn.origin vpc, the load balancer behind CloudFront is internal anyway",
      ],
    },
    {
      title: "AWS WAF with an internal store",
      set: { waf: '{"enabled":true}', internal: '{"enabled":true}' },
      fault: [
        "web-store:waf.enabled",
        "  got:     true",
        "  allowed: false, because internal.enabled is true: no part of the store is public then",
        "  remedy:  set waf.enabled to false, or internal.enabled",
      ],
    },
    {
      title: "an outside health check with an internal store",
      set: { externalHealthCheck: '{"enabled":true}', internal: '{"enabled":true}' },
      fault: [
        "web-store:externalHealthCheck.enabled",
        "  got:     true",
        "  allowed: false, because internal.enabled is true: no part of the store is public then",
        "  remedy:  set externalHealthCheck.enabled to false, or internal.enabled",
      ],
    },
    {
      title: "a key algorithm that CloudFront does not support",
      set: { cdn: '{"enabled":true}', "certificate.keyAlgorithm": "EC_secp384r1" },
      fault: [
        "web-store:certificate.keyAlgorithm",
        "  got:     EC_secp384r1",
        "  allowed: EC_prime256v1, RSA_2048, because cdn.enabled is true: CloudFront supports no other key",
        "  remedy:  set certificate.keyAlgorithm to EC_prime256v1",
      ],
    },
    {
      title: "a balancer whose TLS policy CloudFront does not support",
      set: { cdn: '{"enabled":true}', "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-3-2021-06",
        "  allowed: a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, because cdn.enabled is true: CloudFront uses it with the load balancer",
        "  remedy:  leave loadBalancer.tlsPolicy out; to require TLS 1.3 from customers, set cdn.tlsPolicy to TLSv1.3_2025",
      ],
    },
    {
      title: "the same, with a Route 53 health check, which does not support TLS 1.3 at CloudFront either",
      set: {
        cdn: '{"enabled":true}',
        "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-3-2021-06",
        "  allowed: a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, because cdn.enabled is true: CloudFront uses it with the load balancer",
        "  remedy:  leave loadBalancer.tlsPolicy out",
      ],
    },
    {
      title: "a balancer whose TLS policy Route 53's checkers do not support",
      set: {
        "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:loadBalancer.tlsPolicy",
        "  got:     ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
        "  allowed: a policy with TLS 1.2, ELBSecurityPolicy-TLS13-1-2-…, because externalHealthCheck.enabled is true: Route 53 does not support TLS 1.3",
        "  remedy:  leave loadBalancer.tlsPolicy out, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "CloudFront with TLS 1.3 only and Route 53's checkers",
      set: { cdn: '{"enabled":true,"tlsPolicy":"TLSv1.3_2025"}', externalHealthCheck: '{"enabled":true}' },
      fault: [
        "web-store:cdn.tlsPolicy",
        "  got:     TLSv1.3_2025",
        "  allowed: a policy with TLS 1.2, TLSv1.2_…, because externalHealthCheck.enabled is true: Route 53 does not support TLS 1.3",
        "  remedy:  leave cdn.tlsPolicy out, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "the user's own certificate for the balancer only",
      set: { cdn: '{"enabled":true}', "certificate.arn": arn("eu-west-1") },
      fault: [
        "web-store:cdn.certificateArn",
        "  got:     nothing",
        "  allowed: a certificate in us-east-1, because certificate.arn is set: CloudFront uses no other",
        "  remedy:  request or import the same certificate in us-east-1, or remove certificate.arn, so that the stack creates both",
      ],
    },
    {
      title: "a certificate for CloudFront outside us-east-1",
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
        "  allowed: an empty list, because allowedCountries has countries: all others are blocked already",
        "  remedy:  empty one of the two",
      ],
    },
    {
      title: "a path that does not begin with /",
      set: { cdn: '{"staticPaths":["static/*"]}' },
      fault: [
        "web-store:cdn.staticPaths",
        '  got:     ["static/*"]',
        "  allowed: up to 10 different paths that begin with /, with * for any text",
        "  remedy:  for example: staticPaths: [/static/*]",
      ],
    },
    {
      title: "a range for the whole world",
      set: { allowedRanges: '["0.0.0.0/0"]' },
      fault: [
        "web-store:allowedRanges",
        '  got:     ["0.0.0.0/0"]',
        `  allowed: up to 100 ${PUBLIC_RANGES}`,
        "  remedy:  for example, in the stack file: web-store:allowedRanges: [203.0.113.0/24, 2001:db8:5::/48]",
      ],
    },
    {
      title: "public ranges with an internal store",
      set: { allowedRanges: '["203.0.113.0/24"]', internal: '{"enabled":true}' },
      fault: [
        "web-store:allowedRanges",
        '  got:     ["203.0.113.0/24"]',
        "  allowed: an empty list, because internal.enabled is true: nobody reaches the store over the internet then",
        "  remedy:  remove allowedRanges; private ranges go into internal.sourceRanges",
      ],
    },
    {
      title: "ranges for a balancer that everybody reaches through CloudFront",
      set: {
        allowedRanges: '["203.0.113.0/24"]',
        cdn: '{"enabled":true,"origin":"public"}',
        waf: '{"enabled":true}',
      },
      fault: [
        "web-store:cdn.origin",
        "  got:     public",
        "  allowed: vpc, where allowedRanges has ranges: anyone's distribution can bypass AWS WAF to a load balancer with public addresses",
        "  remedy:  set cdn.origin to vpc, or remove allowedRanges",
      ],
    },
    {
      title: "ranges behind CloudFront, without AWS WAF",
      set: { allowedRanges: '["203.0.113.0/24"]', cdn: '{"enabled":true}' },
      fault: [
        "web-store:waf.enabled",
        "  got:     false (default)",
        "  allowed: true, because cdn.enabled is true and allowedRanges has ranges: with CloudFront, AWS WAF checks the addresses",
        "  remedy:  set waf.enabled to true, for about 11 dollars a month, or remove allowedRanges",
      ],
    },
    {
      title: "IPv6 ranges for a balancer without IPv6 addresses",
      set: { allowedRanges: '["203.0.113.0/24","2001:db8:5::/48"]' },
      fault: [
        "web-store:allowedRanges",
        '  got:     ["203.0.113.0/24","2001:db8:5::/48"]',
        "  allowed: IPv4 ranges, because network.ipv6 is false: the load balancer has no IPv6 addresses",
        "  remedy:  remove 2001:db8:5::/48, or set network.ipv6 to true",
      ],
    },
    {
      title: "more ranges than a security group has rules for, with Route 53's checkers",
      set: {
        allowedRanges: JSON.stringify(Array.from({ length: 18 }, (_, index) => `203.0.113.${index}/32`)),
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:allowedRanges",
        `  got:     ${JSON.stringify(Array.from({ length: 18 }, (_, index) => `203.0.113.${index}/32`))}`,
        "  allowed: up to 17 ranges of IPv4, because externalHealthCheck.enabled is true: each uses 2 of the 60 rules of the load balancer's security group (there are 18)",
        "  remedy:  merge neighbouring ranges, or use CloudFront and AWS WAF, which allow 100: cdn.enabled, waf.enabled",
      ],
    },
    {
      title: "ranges that lie within others",
      set: { allowedRanges: '["203.0.113.128/25","198.51.100.0/24","203.0.113.0/24"]' },
      fault: [
        "web-store:allowedRanges",
        '  got:     ["203.0.113.128/25","198.51.100.0/24","203.0.113.0/24"]',
        "  allowed: ranges that do not overlap",
        "  remedy:  remove 203.0.113.128/25 (within 203.0.113.0/24), or the larger range",
      ],
    },
    {
      title: "blocked ranges outside the allowed ones",
      set: {
        allowedRanges: '["203.0.113.0/24"]',
        waf: waf({ blockedRanges: ["198.51.100.0/24", "203.0.113.0/25"] }),
      },
      fault: [
        "web-store:waf.blockedRanges",
        '  got:     ["198.51.100.0/24","203.0.113.0/25"]',
        "  allowed: ranges within allowedRanges, if that has any: nobody else reaches the store",
        "  remedy:  remove 198.51.100.0/24, or add them to allowedRanges",
      ],
    },
    {
      title: "an allowed range that is entirely blocked",
      set: { allowedRanges: '["203.0.113.0/24"]', waf: waf({ blockedRanges: ["203.0.113.0/24"] }) },
      fault: [
        "web-store:waf.blockedRanges",
        '  got:     ["203.0.113.0/24"]',
        "  allowed: parts of the ranges in allowedRanges: a completely blocked range lets nobody in",
        "  remedy:  remove 203.0.113.0/24 from both",
      ],
    },
    {
      title: "a range that is both blocked and trusted",
      set: { waf: waf({ blockedRanges: ["203.0.113.0/24"], trustedRanges: ["203.0.113.64/26"] }) },
      fault: [
        "web-store:waf.trustedRanges",
        '  got:     ["203.0.113.64/26"]',
        "  allowed: ranges without an address in waf.blockedRanges",
        "  remedy:  remove 203.0.113.64/26 here, or the overlapping ranges there",
      ],
    },
    {
      title: "blocked ranges without AWS WAF",
      set: { waf: '{"blockedRanges":["203.0.113.0/24"]}' },
      fault: [
        "web-store:waf.blockedRanges",
        '  got:     ["203.0.113.0/24"]',
        "  allowed: no value, because waf.enabled is false: it has no effect",
        "  remedy:  set waf.enabled to true, or remove waf.blockedRanges",
      ],
    },
    {
      title: "two limits with the same name",
      set: { waf: waf({ rateLimits: [LOGIN, { ...LOGIN, path: "/sign-in" }] }) },
      fault: [
        "web-store:waf.rateLimits[1].name",
        "  got:     login",
        "  allowed: a name that no other has",
        "  remedy:  rename one",
      ],
    },
    {
      title: "a path's limit above the limit for all paths",
      set: { waf: waf({ rateLimitPer5Minutes: 50, rateLimits: [LOGIN] }) },
      fault: [
        "web-store:waf.rateLimits[0].requestsPer5Minutes",
        "  got:     50",
        "  allowed: a number below waf.rateLimitPer5Minutes, 50, which blocks an address on all paths",
        "  remedy:  lower it, raise waf.rateLimitPer5Minutes, or remove this limit",
      ],
    },
    {
      title: "a load balancer's rule group with CloudFront",
      set: {
        cdn: '{"enabled":true}',
        waf: waf({
          ruleGroups: [{ name: "shop", arn: ruleGroup("us-east-1:123456789012:regional"), capacityUnits: 9 }],
        }),
      },
      fault: [
        "web-store:waf.ruleGroups[0].arn",
        `  got:     ${ruleGroup("us-east-1:123456789012:regional")}`,
        "  allowed: a global rule group, in us-east-1, because cdn.enabled is true: AWS WAF is attached to CloudFront",
        "  remedy:  create the rule group there with scope CLOUDFRONT, and write its ARN here",
      ],
    },
    ...["us-east-1:123456789012:regional", "eu-west-1:123456789012:global"].map((place) => ({
      title: `a rule group in another place than the load balancer: ${place}`,
      set: { waf: waf({ ruleGroups: [{ name: "shop", arn: ruleGroup(place), capacityUnits: 9 }] }) },
      fault: [
        "web-store:waf.ruleGroups[0].arn",
        `  got:     ${ruleGroup(place)}`,
        "  allowed: a regional rule group in eu-west-1, where the load balancer is",
        "  remedy:  create the rule group there with scope REGIONAL, and write its ARN here",
      ],
    })),
    {
      title: "a rule group twice",
      set: {
        waf: waf({
          ruleGroups: ["shop", "store"].map((name) => ({
            name,
            arn: ruleGroup("eu-west-1:123456789012:regional"),
            capacityUnits: 9,
          })),
        }),
      },
      fault: [
        "web-store:waf.ruleGroups[1].arn",
        `  got:     ${ruleGroup("eu-west-1:123456789012:regional")}`,
        "  allowed: another rule group than those before it: a web ACL uses each once",
        "  remedy:  remove store",
      ],
    },
    {
      title: "a rule group that makes the web ACL cost extra",
      set: {
        waf: waf({
          managedRules: [],
          ruleGroups: [
            { name: "shop", arn: ruleGroup("eu-west-1:123456789012:regional"), capacityUnits: 1499 },
          ],
        }),
      },
      fault: [
        "web-store:waf.managedRules",
        "  got:     []",
        "  allowed: rule groups with at most 1500 web ACL capacity units together, with the rate limits, your own rule groups and the sets of addresses: more costs extra (these need 1501)",
        "  remedy:  leave out what the store doesn't need: AWSManagedRulesSQLiRuleSet without an SQL database, AWSManagedRulesAdminProtectionRuleSet without public administration; or one of waf.rateLimits or waf.ruleGroups",
      ],
    },
    {
      title: "health checkers in countries that CloudFront blocks",
      set: {
        cdn: '{"enabled":true,"allowedCountries":["IE","DE"]}',
        externalHealthCheck: '{"enabled":true}',
      },
      fault: [
        "web-store:externalHealthCheck.regions",
        '  got:     ["eu-west-1","us-east-1","us-west-2"] (default)',
        "  allowed: Regions in countries that cdn serves: CloudFront refuses checkers in others",
        "  remedy:  leave out us-east-1 (US), us-west-2 (US), serve their countries, or disable externalHealthCheck",
      ],
    },
    {
      title: "a path too long for an outside health check",
      set: { externalHealthCheck: '{"enabled":true}', "healthCheck.path": `/${"a".repeat(255)}` },
      fault: [
        "web-store:healthCheck.path",
        `  got:     /${"a".repeat(255)}`,
        "  allowed: at most 255 characters, because externalHealthCheck.enabled is true",
        "  remedy:  shorten healthCheck.path, or set externalHealthCheck.enabled to false",
      ],
    },
    {
      title: "fewer health checkers than Route 53 requires",
      set: { externalHealthCheck: '{"regions":["eu-west-1","us-east-1"]}' },
      fault: [
        "web-store:externalHealthCheck.regions",
        '  got:     ["eu-west-1","us-east-1"]',
        "  allowed: 3 to 8 different ones of us-east-1, us-west-1, us-west-2, eu-west-1, ap-southeast-1, ap-southeast-2, ap-northeast-1, sa-east-1",
        "  remedy:  for example: regions: [eu-west-1, us-east-1, us-west-2]",
      ],
    },
    {
      title: "more rule groups than a web ACL holds without extra cost",
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
        "  allowed: rule groups with at most 1500 web ACL capacity units together, with the rate limit: more costs extra (these need 1527)",
        "  remedy:  leave out what the store doesn't need: AWSManagedRulesSQLiRuleSet without an SQL database, AWSManagedRulesAdminProtectionRuleSet without public administration",
      ],
    },
    {
      title: "a counting rule in a rule group that is not set",
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

  it("are refused only if they take effect: with a feature off, its related settings may be anything", () => {
    for (const set of [
      { "certificate.keyAlgorithm": "EC_secp384r1" },
      { "loadBalancer.tlsPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      { cdn: '{"tlsPolicy":"TLSv1.3_2025"}', externalHealthCheck: '{"enabled":true}' },
      { cdn: '{"enabled":true,"tlsPolicy":"TLSv1.3_2025"}' },
      { "certificate.arn": arn("eu-west-1") },
      { "healthCheck.path": `/${"a".repeat(255)}` },
      { allowedRanges: '["203.0.113.0/24"]', cdn: '{"origin":"public"}' },
      {
        waf: waf({
          rateLimits: [LOGIN, { ...LOGIN, name: "cart" }],
          ruleGroups: [
            { name: "own", arn: ruleGroup("eu-west-1:123456789012:regional"), capacityUnits: 9 },
            { name: "other", arn: ruleGroup("eu-west-1:210987654321:regional"), capacityUnits: 9 },
          ],
        }),
      },
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

describe("an outside health check", () => {
  it("has a path of at most 255 characters", () => {
    const path = (length: number) => ({
      externalHealthCheck: '{"enabled":true}',
      "healthCheck.path": `/${"a".repeat(length - 1)}`,
    });
    assert.ok(isAccepted(path(255)));
    assert.match(messageOf(path(256)), /healthCheck\.path\n[^]*at most 255 characters/);
    assert.ok(isAccepted({ "healthCheck.path": path(256)["healthCheck.path"] }));
  });
});
