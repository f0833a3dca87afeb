import assert from "node:assert/strict";

import { isAccepted, messageOf } from "../../support/settings";

const search = { priority: 200, paths: ["/search/*"] };
const feed = { priority: 210, hosts: ["store.example.com"], paths: ["/feed"] };

describe("the settings of applications", () => {
  const applications = (value: object): Record<string, string> => ({ applications: JSON.stringify(value) });
  const one = (more: object): Record<string, string> => applications({ search: { ...search, ...more } });
  const HEADING = /^Stack dev has 1 setting to correct/;
  const KEY = /\nweb-store:applications\.search/;

  for (const [title, set, says] of [
    ["no priority", applications({ search: { paths: ["/a"] } }), /search\.priority\n {2}got: {5}nothing/],
    [
      "neither host nor path",
      applications({ search: { priority: 200 } }),
      /allowed: an application with hosts, paths or both\n {2}remedy: {2}for example: paths: \[\/search\/\*\]/,
    ],
    [
      "six hosts and paths",
      one({ paths: ["/1", "/2", "/3", "/4", "/5", "/6"] }),
      /up to 5 hosts and paths .*: there are 6 with 0\n {2}remedy: {2}combine patterns/,
    ],
    ["a priority that is not a multiple of ten", one({ priority: 205 }), /remedy: {2}use 200 or 210/],
    [
      "a host that the certificate does not cover",
      one({ hosts: ["api.example.com"] }),
      /hosts\[0\]\n {2}got: {5}api\.example\.com\n {2}allowed: a name that the certificate covers: store\.example\.com\n {2}remedy: {2}add api\.example\.com/,
    ],
    [
      "a pattern that matches no name on the certificate",
      one({ hosts: ["*.Shop.example.com"] }),
      /hosts\[0\]\n {2}got: {5}\*\.Shop\.example\.com\n {2}allowed: a pattern that matches a name that the certificate covers: store\.example\.com\n {2}remedy: {2}add \*\.Shop\.example\.com to certificate\.subjectAlternativeNames, and point it to the store in DNS yourself/,
    ],
    [
      "a pattern with more labels than the certificate's wildcard covers",
      {
        certificate: '{"subjectAlternativeNames":["*.store.example.com"]}',
        ...one({ hosts: ["?.*.a.store.example.com"] }),
      },
      /allowed: a pattern .* covers: store\.example\.com, \*\.store\.example\.com\n {2}remedy: {2}add names that it matches to certificate\.subjectAlternativeNames, which also creates/,
    ],
    [
      "an incomplete application",
      one({ application: { source: "container" } }),
      /search\.application\.image\n.*\n {2}allowed: a value, because applications\.search\.application\.source is container\n {2}remedy: {2}set applications\.search\.application\.image, or applications\.search\.application\.source to builtin/,
    ],
    [
      "a variable with two sources",
      one({ environment: { A: { value: "a", parameter: "/a" } } }),
      /search\.environment\.A\.parameter\n/,
    ],
    [
      "sizes out of order",
      one({ fleet: { minSize: 5, maxSize: 3 } }),
      /search\.fleet\.minSize\n {2}got: {5}5\n {2}allowed: at most maxSize, 3/,
    ],
    [
      "a boot time too short for its own health check",
      one({ fleet: { bootSeconds: 30 }, healthCheck: { intervalSeconds: 20 } }),
      /search\.fleet\.bootSeconds\n.*\n {2}allowed: at least 40: applications\.search\.healthCheck\.healthyThreshold, 2/,
    ],
    [
      "a timeout beyond the interval",
      one({ healthCheck: { intervalSeconds: 5, timeoutSeconds: 6 } }),
      /search\.healthCheck\.timeoutSeconds\n/,
    ],
    [
      "a drain time shorter than its own deregistration delay",
      one({ fleet: { drainSeconds: 60 }, loadBalancing: { deregistrationDelaySeconds: 90 } }),
      /search\.fleet\.drainSeconds\n.*\n {2}allowed: 0, or at least 100: .* applications\.search\.loadBalancing\.deregistrationDelaySeconds, 90/,
    ],
    [
      "an HAProxy algorithm",
      one({ loadBalancing: { algorithm: "weightedRoundRobin" } }),
      /search\.loadBalancing\.algorithm\n.*\n {2}allowed: roundRobin, leastOutstandingRequests, weightedRandom/,
    ],
    [
      "an engine",
      one({ loadBalancing: { engine: "haproxy" } }),
      /search\.loadBalancing\.engine\n {2}got: {5}a key that the setting doesn't have/,
    ],
    [
      "a setting of the store",
      one({ peakCalendar: [] }),
      /search\.peakCalendar\n {2}got: {5}a key that the setting doesn't have/,
    ],
    [
      "an invalid fleet",
      one({ fleet: 3 }),
      /search\.fleet\n {2}got: {5}3\n.*\n {2}remedy: {2}for example, in the stack file: fleet: \{/,
    ],
    [
      "an unreachable image",
      {
        ...one({
          application: { source: "container", image: `public.ecr.aws/a/b@sha256:${"0".repeat(64)}` },
        }),
        "network.natGateways": "none",
      },
      /search\.application\.image\n.*\n {2}allowed: an image in ECR in eu-west-1, because network\.natGateways is none/,
    ],
    [
      "more alarms than an instance refresh allows",
      {
        ...one({ fleet: { instanceRefresh: { alarmNames: ["a", "b", "c", "d", "e"] } } }),
        alarms: '{"enabled":true,"emailAddresses":["a@example.com"]}',
      },
      /search\.fleet\.instanceRefresh\.alarmNames\n/,
    ],
    [
      "a route's priority",
      { ...one({}), routes: '{"old":{"priority":200,"paths":["/old"]}}' },
      /allowed: a priority that no other route or application has: 200 is old's\n {2}remedy: {2}the next free priority is 210/,
    ],
    [
      "requests for another application's host in other case",
      {
        certificate: '{"subjectAlternativeNames":["api.store.example.com"]}',
        ...applications({
          first: { priority: 110, hosts: ["API.store.example.com"] },
          search: { priority: 200, hosts: ["api.store.example.com"] },
        }),
      },
      /search\.priority\n {2}got: {5}200\n {2}allowed: less than 110, the priority of applications\.first.*\n {2}remedy: {2}give it a free priority below 110/,
    ],
    [
      "requests that the first possible rule already matches",
      { ...one({}), routes: '{"old":{"priority":100,"paths":["/*"]}}' },
      /search\.priority\n.*\n.*\n {2}remedy: {2}raise old's above 200, or other hosts or paths/,
    ],
    [
      "the status function's path",
      { ...one({ paths: ["/status"] }), statusFunction: '{"enabled":true}' },
      /search\.paths\n {2}got: {5}\["\/status"\]\n {2}allowed: paths other than just \/status/,
    ],
    [
      "requests that a route already matches",
      { ...one({}), routes: '{"old":{"priority":100,"paths":["/s*"],"action":"fixedResponse"}}' },
      /search\.priority\n {2}got: {5}200\n {2}allowed: less than 100, the priority of old, which takes all requests for \/search\/\*/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const message = messageOf(set);
      assert.match(message, says);
      assert.match(message, HEADING);
      assert.match(message, KEY);
    });
  }

  it("are judged quickly, however many wildcards there are", () => {
    const many = ["*".repeat(60), `/${"?*".repeat(60)}`, `/${"*a".repeat(60)}`];
    const message = messageOf(
      applications({
        a: { priority: 100, paths: many },
        b: { priority: 110, paths: [`/${"*a".repeat(60)}b`] },
      }),
    );
    assert.match(message, /applications\.a\n/);
    assert.match(message, /applications\.b\.priority\n/);
  }).timeout(2000);

  it("are refused: a name that resources cannot have", () => {
    assert.match(messageOf(applications({ "Search!": search })), /web-store:applications\n/);
  });

  it("are refused all at once, with other errors", () => {
    const message = messageOf({
      domainName: "https://store",
      ...applications({
        search: { ...search, fleet: { minSize: 5, maxSize: 3 }, healthCheck: { path: "no path" } },
        feed: { ...feed, priority: 200, application: { source: "container" } },
      }),
    });
    for (const key of [
      "domainName",
      "applications.search.healthCheck.path",
      "applications.search.fleet.minSize",
      "applications.feed.application.image",
      "applications.feed.priority",
    ])
      assert.ok(message.includes(`\nweb-store:${key}\n`), `${key} in ${message}`);
    assert.match(message, /^Stack dev has 5 settings to correct/);
  });

  it("are refused together: more instances than the network has addresses for, and more rules than AWS allows", () => {
    assert.match(
      messageOf({
        "network.cidrBlock": "10.0.0.0/23",
        "fleet.maxSize": "100",
        ...one({ fleet: { maxSize: 200 } }),
      }),
      /web-store:network\.cidrBlock\n[^]*hold 450 addresses: maxSize, that of another application, and room.*\n.*or lower applications\.search\.fleet\.maxSize, 200$/m,
    );
    const routes = Object.fromEntries(
      Array.from({ length: 90 }, (_, index) => [
        `r${index}`,
        { priority: 1000 + 10 * index, paths: [`/${index}`] },
      ]),
    );
    const others = (count: number): object =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `a${index}`,
          { priority: 100 + 10 * index, paths: [`/a${index}`] },
        ]),
      );
    assert.ok(isAccepted({ routes: JSON.stringify(routes), ...applications(others(5)) }));
    assert.match(
      messageOf({ routes: JSON.stringify(routes), ...applications(others(6)) }),
      /web-store:routes\n[^]*allowed: up to 89 in addition to 6 applications/,
    );
  });

  for (const [title, set] of [
    [
      "a host that the certificate's wildcard covers",
      {
        ...one({ hosts: ["api.store.example.com"] }),
        certificate: '{"subjectAlternativeNames":["*.store.example.com"]}',
      },
    ],
    [
      "patterns that match a name on the certificate, or one that its wildcard covers",
      {
        certificate: '{"subjectAlternativeNames":["*.shop.example.com"]}',
        ...one({
          hosts: ["*.Shop.example.com", "a*c.shop.example.com", "*op.example.com", "STOR?.example.com"],
        }),
      },
    ],
    [
      "a pattern whose names the user's own certificate may have",
      {
        certificate:
          '{"arn":"arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"}',
        ...one({ hosts: ["*.a.example"] }),
      },
    ],
    [
      "a route before an application with a wider pattern",
      {
        ...one({ paths: ["/search*"] }),
        routes: '{"old":{"priority":100,"paths":["/search/old"],"action":"fixedResponse"}}',
      },
    ],
    [
      "the same path on other hosts",
      applications({ search: { ...search, hosts: ["*.example.com"] }, feed: { ...search, priority: 210 } }),
    ],
    ["the status function's path, without the function", one({ paths: ["/status"] })],
    [
      "a wider path than the status function's",
      { ...one({ paths: ["/status", "/a"] }), statusFunction: '{"enabled":true}' },
    ],
    ["a running application beside HAProxy", { ...one({}), loadBalancing: '{"engine":"haproxy"}' }],
    ["an application with a longer timeout than standby proxies", { ...one({}), proxy: '{"standby":true}' }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});
