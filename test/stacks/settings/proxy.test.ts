import assert from "node:assert/strict";

import { isAccepted, messageOf } from "../../support/settings";

describe("Settings of proxies", () => {
  const HEADING = "Stack dev has 1 setting to correct. Nothing was created or changed.";
  const haproxy = (more: object = {}) => JSON.stringify({ engine: "haproxy", ...more });
  for (const { title, set, fault } of [
    {
      title: "an algorithm that the load balancer doesn't have",
      set: { loadBalancing: JSON.stringify({ algorithm: "weightedRoundRobin" }) },
      fault: [
        "web-store:loadBalancing.algorithm",
        "  got:     weightedRoundRobin",
        "  allowed: with engine alb: roundRobin, leastOutstandingRequests, weightedRandom",
        "  remedy:  choose one of these, or set engine: haproxy",
      ],
    },
    {
      title: "an algorithm that HAProxy doesn't have",
      set: { loadBalancing: haproxy({ algorithm: "weightedRandom" }) },
      fault: [
        "web-store:loadBalancing.algorithm",
        "  got:     weightedRandom",
        "  allowed: with engine haproxy: roundRobin, weightedRoundRobin, leastOutstandingRequests",
        "  remedy:  choose one of these, or set engine: alb",
      ],
    },
    {
      title: "a zone setting that proxies do not support",
      set: { loadBalancing: haproxy({ crossZone: false }) },
      fault: [
        "web-store:loadBalancing.crossZone",
        "  got:     false",
        "  allowed: true with engine haproxy: proxies use the instances of all zones",
        "  remedy:  remove crossZone, or set engine: alb",
      ],
    },
    {
      title: "stickiness to a colour behind proxies",
      set: { loadBalancing: haproxy(), blueGreen: JSON.stringify({ enabled: true, stickinessSeconds: 60 }) },
      fault: [
        "web-store:blueGreen.stickinessSeconds",
        "  got:     60",
        "  allowed: 0 with loadBalancing.engine haproxy, which keeps visitors on instances, not on colours",
        "  remedy:  remove it, and set loadBalancing.stickinessSeconds",
      ],
    },
    {
      title: "weights that no algorithm uses",
      set: { "loadBalancing.instanceTypeWeights": JSON.stringify({ "t4g.small": { weight: 2 } }) },
      fault: [
        "web-store:loadBalancing.instanceTypeWeights",
        '  got:     ["t4g.small"]',
        "  allowed: no value with loadBalancing.algorithm roundRobin, which ignores weights",
        "  remedy:  remove it, or set loadBalancing: { engine: haproxy, algorithm: weightedRoundRobin }",
      ],
    },
    {
      title: "a weight for an instance type that the store does not have",
      set: {
        loadBalancing: haproxy({
          algorithm: "weightedRoundRobin",
          instanceTypeWeights: { "m7g.large": { weight: 2 } },
        }),
      },
      fault: [
        "web-store:loadBalancing.instanceTypeWeights",
        '  got:     ["m7g.large"]',
        "  allowed: types that the store uses: t4g.small",
        "  remedy:  remove m7g.large, or add it to instanceTypes",
      ],
    },
    {
      title: "weights for instance types that no colour has",
      set: {
        loadBalancing: haproxy({
          algorithm: "weightedRoundRobin",
          instanceTypeWeights: {
            "m7g.large": { weight: 2 },
            "m8g.large": { weight: 3 },
            "c7g.large": { weight: 1 },
            "r7g.large": { weight: 1 },
          },
        }),
        blueGreen: JSON.stringify({
          enabled: true,
          blue: { instanceTypes: ["m7g.large"] },
          green: { instanceTypes: ["m8g.large"] },
        }),
      },
      fault: [
        "web-store:loadBalancing.instanceTypeWeights",
        '  got:     ["m7g.large","m8g.large","c7g.large","r7g.large"]',
        "  allowed: types that the store uses: t4g.small, m7g.large, m8g.large",
        "  remedy:  remove c7g.large, r7g.large, or add them to instanceTypes",
      ],
    },
    {
      title: "a response time of standby proxies as long as the load balancer's timeout",
      set: {
        "loadBalancer.idleTimeoutSeconds": "1",
        proxy: JSON.stringify({ standby: true, responseSeconds: 1 }),
      },
      fault: [
        "web-store:proxy.responseSeconds",
        "  got:     1",
        "  allowed: less than loadBalancer.idleTimeoutSeconds, 1: the load balancer does not wait longer",
        "  remedy:  raise loadBalancer.idleTimeoutSeconds",
      ],
    },
    {
      title: "proxies of two architectures",
      set: { proxy: JSON.stringify({ instanceTypes: ["c7g.large", "c7i.large"] }) },
      fault: [
        "web-store:proxy.instanceTypes",
        '  got:     ["c7g.large","c7i.large"]',
        "  allowed: types of one architecture, that of the image: c7g.large is arm64",
        "  remedy:  remove c7i.large",
      ],
    },
    {
      title: "a minimum number of proxies above the maximum",
      set: { proxy: JSON.stringify({ minSize: 5 }) },
      fault: [
        "web-store:proxy.minSize",
        "  got:     5",
        "  allowed: at most proxy.maxSize, 4",
        "  remedy:  lower minSize to 4, or raise maxSize to 5",
      ],
    },
    {
      title: "a response time longer than the load balancer's timeout",
      set: { loadBalancing: haproxy(), proxy: JSON.stringify({ responseSeconds: 60 }) },
      fault: [
        "web-store:proxy.responseSeconds",
        "  got:     60",
        "  allowed: less than loadBalancer.idleTimeoutSeconds, 60: the load balancer does not wait longer",
        "  remedy:  lower it to 30, which leaves time for another instance, or raise loadBalancer.idleTimeoutSeconds",
      ],
    },
  ]) {
    it(`are refused: ${title}`, () => {
      assert.equal(messageOf(set), `${HEADING}\n\n${fault.join("\n")}`);
    });
  }

  for (const [title, set] of [
    ["a minimum number of proxies equal to the maximum", { proxy: '{"minSize":4}' }],
    [
      "a response time within the load balancer's timeout",
      { loadBalancing: haproxy(), proxy: '{"responseSeconds":59}' },
    ],
    ["a response time without proxies", { proxy: '{"responseSeconds":60}' }],
    ["a zone setting that the load balancer supports", { loadBalancing: '{"crossZone":false}' }],
    [
      "colours without stickiness",
      { loadBalancing: haproxy(), blueGreen: '{"enabled":true,"stickinessSeconds":0}' },
    ],
    [
      "a weight for each instance type of a colour",
      {
        loadBalancing: haproxy({
          algorithm: "weightedRoundRobin",
          instanceTypeWeights: { "m7g.large": { weight: 2 }, "t4g.small": { weight: 1 } },
        }),
        blueGreen: '{"enabled":true,"green":{"instanceTypes":["m7g.large"]}}',
      },
    ],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set)));
  }
});
