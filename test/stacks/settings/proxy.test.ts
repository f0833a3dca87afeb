import assert from "node:assert/strict";

import { messageOf } from "../../support/settings";

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
        "  remedy:  take one of these, or set engine: haproxy",
      ],
    },
    {
      title: "zones that proxies don't keep to",
      set: { loadBalancing: haproxy({ crossZone: false }) },
      fault: [
        "web-store:loadBalancing.crossZone",
        "  got:     false",
        "  allowed: true with engine haproxy: proxies keep to no zone",
        "  remedy:  remove crossZone, or set engine: alb",
      ],
    },
    {
      title: "visitors bound to a colour that the load balancer doesn't see",
      set: {
        loadBalancing: haproxy(),
        blueGreen: JSON.stringify({ enabled: true, stickinessSeconds: 60 }),
      },
      fault: [
        "web-store:blueGreen.stickinessSeconds",
        "  got:     60",
        "  allowed: 0 with loadBalancing.engine haproxy, which binds visitors to instances, not to colours",
        "  remedy:  remove it, and set loadBalancing.stickinessSeconds",
      ],
    },
    {
      title: "weights that nobody goes by",
      set: { "loadBalancing.instanceTypeWeights": JSON.stringify({ "t4g.small": { weight: 2 } }) },
      fault: [
        "web-store:loadBalancing.instanceTypeWeights",
        '  got:     ["t4g.small"]',
        "  allowed: none with loadBalancing.algorithm roundRobin, which goes by no weights",
        "  remedy:  remove it, or set loadBalancing: { engine: haproxy, algorithm: weightedRoundRobin }",
      ],
    },
    {
      title: "a weight of a type that the store hasn't",
      set: {
        loadBalancing: haproxy({
          algorithm: "weightedRoundRobin",
          instanceTypeWeights: { "m7g.large": { weight: 2 } },
        }),
      },
      fault: [
        "web-store:loadBalancing.instanceTypeWeights",
        '  got:     ["m7g.large"]',
        "  allowed: types that the store has: t4g.small",
        "  remedy:  remove m7g.large, or add it to instanceTypes",
      ],
    },
    {
      title: "proxies of two architectures",
      set: { proxy: JSON.stringify({ instanceTypes: ["c7g.large", "c7i.large"] }) },
      fault: [
        "web-store:proxy.instanceTypes",
        '  got:     ["c7g.large","c7i.large"]',
        "  allowed: types of one architecture, which the image has: c7g.large is arm64",
        "  remedy:  remove c7i.large",
      ],
    },
    {
      title: "more proxies at the least than at the most",
      set: { proxy: JSON.stringify({ minSize: 5 }) },
      fault: [
        "web-store:proxy.minSize",
        "  got:     5",
        "  allowed: at most proxy.maxSize, 4",
        "  remedy:  lower minSize to 4, or raise maxSize to 5",
      ],
    },
    {
      title: "an answer that the load balancer wouldn't wait for",
      set: { loadBalancing: haproxy(), proxy: JSON.stringify({ responseSeconds: 60 }) },
      fault: [
        "web-store:proxy.responseSeconds",
        "  got:     60",
        "  allowed: less than loadBalancer.idleTimeoutSeconds, 60: the load balancer waits no longer",
        "  remedy:  lower it to 30, which leaves time for another instance, or raise loadBalancer.idleTimeoutSeconds",
      ],
    },
  ]) {
    it(`are refused: ${title}`, () => {
      assert.equal(messageOf(set), `${HEADING}\n\n${fault.join("\n")}`);
    });
  }
});
