import assert from "node:assert/strict";

import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const SEVERAL = '["m7g.large","m6g.large"]';
const HEADING = "Stack dev has 1 setting to correct. Nothing was created or changed.";

describe("bad settings of the fleet", () => {
  const table: { title: string; set: Record<string, string>; fault: string[] }[] = [
    {
      title: "Spot instances with one type",
      set: { "fleet.spot": '{"percent":50}' },
      fault: [
        "web-store:fleet.spot.percent",
        "  got:     50",
        "  allowed: 0, as instanceTypes has a single type, t4g.small: all its Spot capacity may be lost at once",
        "  remedy:  add instance types of about the same size to instanceTypes, or remove fleet.spot.percent",
      ],
    },
    {
      title: "an on-demand base that leaves no Spot instance",
      set: { "fleet.spot": '{"percent":50,"onDemandBase":4}', "fleet.instanceTypes": SEVERAL },
      fault: [
        "web-store:fleet.spot.onDemandBase",
        "  got:     4",
        "  allowed: less than maxSize, 4: with more, no instance is left for Spot",
        "  remedy:  lower fleet.spot.onDemandBase, raise maxSize above 4, or set fleet.spot.percent to 0",
      ],
    },
    {
      title: "the allocation strategy that AWS advises against",
      set: { "fleet.spot": '{"allocationStrategy":"lowest-price"}' },
      fault: [
        "web-store:fleet.spot.allocationStrategy",
        "  got:     lowest-price",
        "  allowed: price-capacity-optimized, capacity-optimized, capacity-optimized-prioritized",
        "  remedy:  for example: pulumi config set --path 'web-store:fleet.spot.allocationStrategy' price-capacity-optimized",
      ],
    },
    {
      title: "a warm pool of Spot instances",
      set: {
        "fleet.warmPool": '{"state":"stopped"}',
        "fleet.spot": '{"percent":10}',
        "fleet.instanceTypes": SEVERAL,
      },
      fault: [
        "web-store:fleet.warmPool.state",
        "  got:     stopped",
        "  allowed: off, because fleet.spot.percent is 10: a warm pool can't contain Spot instances",
        "  remedy:  set fleet.spot.percent to 0, or fleet.warmPool.state to off",
      ],
    },
    {
      title: "instances that cannot hibernate",
      set: { "fleet.warmPool": '{"state":"hibernated"}', "fleet.instanceTypes": '["m7g.large","m7g.metal"]' },
      fault: [
        "web-store:fleet.warmPool.state",
        "  got:     hibernated",
        "  allowed: off, stopped or running: m7g.metal of instanceTypes can't hibernate",
        "  remedy:  set fleet.warmPool.state to stopped, or remove m7g.metal from instanceTypes",
      ],
    },
    {
      title: "a warm pool without room for waiting instances",
      set: { "fleet.warmPool": '{"state":"running","minSize":3,"maxPreparedCapacity":4}' },
      fault: [
        "web-store:fleet.warmPool.maxPreparedCapacity",
        "  got:     4",
        "  allowed: no value, or at least 5: minSize, 2, instances serve and fleet.warmPool.minSize, 3, wait",
        "  remedy:  raise fleet.warmPool.maxPreparedCapacity to 5, or lower fleet.warmPool.minSize",
      ],
    },
    {
      title: "a drain time shorter than the deregistration delay",
      set: { "fleet.drainSeconds": "60", "loadBalancing.deregistrationDelaySeconds": "55" },
      fault: [
        "web-store:fleet.drainSeconds",
        "  got:     60",
        "  allowed: 0, or at least 65: AWS's minimum is 30, and after loadBalancing.deregistrationDelaySeconds, 55, the application needs 10 to stop",
        "  remedy:  raise fleet.drainSeconds to 65, or lower loadBalancing.deregistrationDelaySeconds",
      ],
    },
    {
      title: "checkpoints out of order",
      set: { "fleet.instanceRefresh": '{"checkpointPercents":[50,10,100]}' },
      fault: [
        "web-store:fleet.instanceRefresh.checkpointPercents",
        "  got:     [50,10,100]",
        "  allowed: whole numbers from 1 to 100 in ascending order",
        "  remedy:  for example: checkpointPercents: [10, 50, 100]",
      ],
    },
    {
      title: "a range too small for a warm pool",
      set: {
        "network.cidrBlock": "10.0.0.0/23",
        "fleet.maxSize": "70",
        "fleet.warmPool": '{"state":"stopped","minSize":20}',
      },
      fault: [
        "web-store:network.cidrBlock",
        "  got:     10.0.0.0/23",
        "  allowed: a range whose 2 private subnets hold 135 addresses: maxSize, and room to replace instances",
        "  remedy:  choose a larger range (this one holds 118), or lower maxSize, 70",
      ],
    },
  ];

  for (const { title, set, fault } of table) {
    it(`are refused: ${title}`, () => assert.equal(messageOf(set), `${HEADING}\n\n${fault.join("\n")}`));
  }
});

describe("good settings of the fleet", () => {
  for (const [title, set] of [
    [
      "a warm pool of several types on demand",
      { "fleet.warmPool": '{"state":"stopped"}', "fleet.instanceTypes": SEVERAL },
    ],
    ["an on-demand base without Spot instances", { "fleet.spot": '{"onDemandBase":40}' }],
    [
      "a warm pool for exactly the existing instances",
      { "fleet.warmPool": '{"state":"running","maxPreparedCapacity":2}' },
    ],
    [
      "the shortest drain time that AWS allows",
      { "fleet.drainSeconds": "30", "loadBalancing.deregistrationDelaySeconds": "20" },
    ],
    ["checkpoints below 100 percent", { "fleet.instanceRefresh": '{"checkpointPercents":[10]}' }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set)));
  }

  it("are completed with defaults", () => {
    const { spot } = settingsOf({ "fleet.spot": '{"percent":70}', "fleet.instanceTypes": SEVERAL }).fleet;
    assert.deepEqual(spot, {
      percent: 70,
      onDemandBase: 0,
      allocationStrategy: "price-capacity-optimized",
      capacityRebalance: true,
    });
  });
});
