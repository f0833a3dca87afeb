import assert from "node:assert/strict";

import fc from "fast-check";

import { ALGORITHMS, ALGORITHMS_OF, ENGINES } from "../../../components/load-balancer/traffic-policy";
import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const HEADING = "Stack dev has 1 setting to correct. Nothing was created or changed.";

/** A group such as `loadBalancing` in the form in which Pulumi passes it. */
const json = (key: string, value: unknown): Record<string, string> => ({ [key]: JSON.stringify(value) });

describe("the settings of balancing", () => {
  it("have the documented defaults", () => {
    const { loadBalancing, targetGroupHealth, loadBalancer } = settingsOf();
    assert.deepEqual(loadBalancing, {
      engine: "alb",
      algorithm: "roundRobin",
      anomalyMitigation: false,
      stickinessSeconds: 0,
      crossZone: true,
      deregistrationDelaySeconds: 30,
      instanceProtocol: "http",
      instanceTypeWeights: {},
      protocolVersion: "http1",
    });
    // AWS's defaults.
    assert.deepEqual(targetGroupHealth, {
      dnsMinimumHealthyTargetCount: 1,
      dnsMinimumHealthyTargetPercentage: 0,
      routingMinimumHealthyTargetPercentage: 0,
    });
    assert.deepEqual([loadBalancer.capacityUnits, loadBalancer.zonalShift], [undefined, false]);
  });

  for (const { title, set, fault } of [
    {
      title: "an algorithm in AWS's spelling",
      set: json("loadBalancing", { algorithm: "round_robin" }),
      fault: [
        "web-store:loadBalancing.algorithm",
        "  got:     round_robin",
        "  allowed: roundRobin, weightedRoundRobin, leastOutstandingRequests, weightedRandom",
        "  remedy:  for example: pulumi config set --path 'web-store:loadBalancing.algorithm' roundRobin",
      ],
    },
    {
      title: "a slow start that would end before it begins",
      set: json("loadBalancing", { slowStartSeconds: 29 }),
      fault: [
        "web-store:loadBalancing.slowStartSeconds",
        "  got:     29",
        "  allowed: a whole number from 30 to 900",
        "  remedy:  for example: pulumi config set --path 'web-store:loadBalancing.slowStartSeconds' 60",
      ],
    },
    {
      title: "a slow start with least outstanding requests, which would overrun the new instance",
      set: json("loadBalancing", { algorithm: "leastOutstandingRequests", slowStartSeconds: 60 }),
      fault: [
        "web-store:loadBalancing.slowStartSeconds",
        "  got:     60",
        "  allowed: no value with the algorithm leastOutstandingRequests: the load balancer supports slow start with roundRobin only",
        "  remedy:  remove slowStartSeconds, or set algorithm: roundRobin",
      ],
    },
    {
      title: "anomaly mitigation with round robin",
      set: json("loadBalancing", { anomalyMitigation: true }),
      fault: [
        "web-store:loadBalancing.anomalyMitigation",
        "  got:     true",
        "  allowed: false with the algorithm roundRobin: only weightedRandom supports it",
        "  remedy:  remove anomalyMitigation, or set algorithm: weightedRandom",
      ],
    },
    {
      title: "cookies for instances in other zones, which no request reaches",
      set: json("loadBalancing", { crossZone: false, stickinessSeconds: 3600 }),
      fault: [
        "web-store:loadBalancing.stickinessSeconds",
        "  got:     3600",
        "  allowed: 0 with crossZone: false: a zone may not reach the instance of a cookie",
        "  remedy:  remove stickinessSeconds, or crossZone",
      ],
    },
    {
      title: "requests to unhealthy instances before their zone fails over",
      set: json("targetGroupHealth", {
        dnsMinimumHealthyTargetPercentage: 25,
        routingMinimumHealthyTargetPercentage: 50,
      }),
      fault: [
        "web-store:targetGroupHealth.routingMinimumHealthyTargetPercentage",
        "  got:     50",
        "  allowed: at most dnsMinimumHealthyTargetPercentage, 25: AWS refuses more",
        "  remedy:  lower it to 25, or raise dnsMinimumHealthyTargetPercentage to 50",
      ],
    },
    {
      title: "health checks that are ignored while most instances are healthy",
      set: json("targetGroupHealth", { routingMinimumHealthyTargetPercentage: 51 }),
      fault: [
        "web-store:targetGroupHealth.routingMinimumHealthyTargetPercentage",
        "  got:     51",
        "  allowed: a whole number from 0 to 50",
        "  remedy:  for example: pulumi config set --path 'web-store:targetGroupHealth.routingMinimumHealthyTargetPercentage' 0",
      ],
    },
    {
      title: "more healthy instances than the minimum size",
      set: json("targetGroupHealth", { dnsMinimumHealthyTargetCount: 3 }),
      fault: [
        "web-store:targetGroupHealth.dnsMinimumHealthyTargetCount",
        "  got:     3",
        "  allowed: at most minSize, 2: there may be no more instances",
        "  remedy:  lower it, or use dnsMinimumHealthyTargetPercentage",
      ],
    },
    {
      title: "fewer capacity units than AWS reserves",
      set: { "loadBalancer.capacityUnits": "99" },
      fault: [
        "web-store:loadBalancer.capacityUnits",
        "  got:     99",
        "  allowed: a whole number from 100 to 15000",
        "  remedy:  for example: pulumi config set --path 'web-store:loadBalancer.capacityUnits' 500",
      ],
    },
    {
      title: "a maintenance page longer than AWS allows",
      set: json("maintenance", { page: "x".repeat(1025) }),
      fault: [
        "web-store:maintenance.page",
        `  got:     ${"x".repeat(1025)}`,
        "  allowed: 1 to 1024 characters of HTML",
        "  remedy:  for example: pulumi config set --path 'web-store:maintenance.page' '<h1>Back at 6</h1>'",
      ],
    },
  ]) {
    it(`are refused: ${title}`, () => {
      assert.equal(messageOf(set), `${HEADING}\n\n${fault.join("\n")}`);
    });
  }

  it("accept exactly the combinations that AWS's balancer or HAProxy supports", () => {
    fc.assert(
      fc.property(
        fc.record({
          engine: fc.constantFrom(...ENGINES),
          algorithm: fc.constantFrom(...ALGORITHMS),
          anomalyMitigation: fc.boolean(),
          slowStartSeconds: fc.constantFrom(undefined, 0, 1, 29, 30, 900),
          stickinessSeconds: fc.constantFrom(0, 1, 604_800),
          crossZone: fc.boolean(),
        }),
        (loadBalancing) => {
          const { engine, algorithm, anomalyMitigation, slowStartSeconds, stickinessSeconds, crossZone } =
            loadBalancing;
          const algorithms: readonly string[] = ALGORITHMS_OF[engine];
          const startsSlowly = engine === "haproxy" || algorithm === "roundRobin";
          const sound =
            algorithms.includes(algorithm) &&
            (slowStartSeconds === undefined || (startsSlowly && slowStartSeconds >= 30)) &&
            (!anomalyMitigation || algorithm === "weightedRandom") &&
            (crossZone || (engine === "alb" && stickinessSeconds === 0));
          assert.equal(isAccepted(json("loadBalancing", loadBalancing)), sound);
        },
      ),
    );
  });

  it("accept requests to unhealthy instances if zones never fail over, or fail over first", () => {
    for (const dns of [0, 25])
      assert.ok(
        isAccepted(
          json("targetGroupHealth", {
            dnsMinimumHealthyTargetPercentage: dns,
            routingMinimumHealthyTargetPercentage: 25,
            dnsMinimumHealthyTargetCount: 2,
          }),
        ),
      );
  });

  it("have a default maintenance page that AWS accepts", () => {
    const { page } = settingsOf().maintenance;
    assert.ok(page.length > 0 && page.length <= 1024);
  });
});
