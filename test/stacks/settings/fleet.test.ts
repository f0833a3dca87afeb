import assert from "node:assert/strict";

import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const SEVERAL = '["m7g.large","m6g.large"]';
const HEADING = "Stack dev has 1 setting to correct. Nothing was created or changed.";

describe("bad settings of the fleet", () => {
  const table: { title: string; set: Record<string, string>; fault: string[] }[] = [
    {
      title: "Spot instances of one type",
      set: { spot: '{"percent":50}' },
      fault: [
        "web-store:spot.percent",
        "  got:     50",
        "  allowed: 0, as there is a single one of instanceTypes, t4g.small: its Spot capacity runs dry for all at once",
        "  remedy:  add instance types of about the same size to instanceTypes, or remove spot.percent",
      ],
    },
    {
      title: "a base that leaves no instance for Spot capacity",
      set: { spot: '{"percent":50,"onDemandBase":4}', instanceTypes: SEVERAL },
      fault: [
        "web-store:spot.onDemandBase",
        "  got:     4",
        "  allowed: less than maxSize, 4: with more, no instance is left for Spot capacity",
        "  remedy:  lower spot.onDemandBase, raise maxSize above 4, or set spot.percent to 0",
      ],
    },
    {
      title: "the allocation strategy that AWS advises against",
      set: { spot: '{"allocationStrategy":"lowest-price"}' },
      fault: [
        "web-store:spot.allocationStrategy",
        "  got:     lowest-price",
        "  allowed: price-capacity-optimized, capacity-optimized, capacity-optimized-prioritized",
        "  remedy:  for example: allocationStrategy: price-capacity-optimized",
      ],
    },
    {
      title: "a warm pool of Spot instances",
      set: { warmPool: '{"state":"stopped"}', spot: '{"percent":10}', instanceTypes: SEVERAL },
      fault: [
        "web-store:warmPool.state",
        "  got:     stopped",
        "  allowed: off, as spot.percent is 10: AWS keeps no Spot instances in a warm pool",
        "  remedy:  set spot.percent to 0, or warmPool.state to off",
      ],
    },
    {
      title: "machines that can't hibernate",
      set: { warmPool: '{"state":"hibernated"}', instanceTypes: '["m7g.large","m7g.metal"]' },
      fault: [
        "web-store:warmPool.state",
        "  got:     hibernated",
        "  allowed: off, stopped or running: m7g.metal of instanceTypes can't hibernate",
        "  remedy:  set warmPool.state to stopped, or remove m7g.metal from instanceTypes",
      ],
    },
    {
      title: "a warm pool without room for what waits in it",
      set: { warmPool: '{"state":"running","minSize":3,"maxPreparedCapacity":4}' },
      fault: [
        "web-store:warmPool.maxPreparedCapacity",
        "  got:     4",
        "  allowed: 0, or at least 5: minSize, 2, serve and warmPool.minSize, 3, wait",
        "  remedy:  raise warmPool.maxPreparedCapacity to 5, or lower warmPool.minSize",
      ],
    },
    {
      title: "a drain that ends before the load balancer lets go",
      set: { drainSeconds: "60", deregistrationDelaySeconds: "55" },
      fault: [
        "web-store:drainSeconds",
        "  got:     60",
        "  allowed: 0, or at least 65: AWS's least is 30, and after deregistrationDelaySeconds, 55, the application has 10 to stop",
        "  remedy:  raise drainSeconds to 65, or lower deregistrationDelaySeconds",
      ],
    },
    {
      title: "checkpoints out of order",
      set: { instanceRefresh: '{"checkpointPercents":[50,10,100]}' },
      fault: [
        "web-store:instanceRefresh.checkpointPercents",
        "  got:     [50,10,100]",
        "  allowed: whole numbers from 1 to 100 in ascending order",
        "  remedy:  for example: checkpointPercents: [10, 50, 100]",
      ],
    },
    {
      title: "a range too small for a warm pool",
      set: { vpcCidr: "10.0.0.0/23", maxSize: "70", warmPool: '{"state":"stopped","minSize":20}' },
      fault: [
        "web-store:vpcCidr",
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
    ["a warm pool of several types on demand", { warmPool: '{"state":"stopped"}', instanceTypes: SEVERAL }],
    ["a base that nobody needs", { spot: '{"onDemandBase":40}' }],
    [
      "a warm pool of just the instances there are",
      { warmPool: '{"state":"running","maxPreparedCapacity":2}' },
    ],
    ["a drain of AWS's least", { drainSeconds: "30", deregistrationDelaySeconds: "20" }],
    ["checkpoints that never reach all", { instanceRefresh: '{"checkpointPercents":[10]}' }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set)));
  }

  it("are filled up from what a stack says", () => {
    const { spot } = settingsOf({ spot: '{"percent":70}', instanceTypes: SEVERAL });
    assert.deepEqual(spot, {
      percent: 70,
      onDemandBase: 0,
      allocationStrategy: "price-capacity-optimized",
      capacityRebalance: true,
    });
  });
});
