import type { Props } from "../../../../support/rule-suite";
import type { SIZES_AND_SCHEDULES } from "../../../../../policies/rules/refused-by-aws/api-prose/sizes";
import type { AUTO_SCALING } from "../../../../../policies/rules/refused-by-aws/api-prose/auto-scaling";
import { UNKNOWN } from "../../../../support/pack";
import { type Refused } from "./refused";

const overrides = (...weightedCapacities: (string | undefined)[]): Props => ({
  mixedInstancesPolicy: {
    launchTemplate: {
      overrides: weightedCapacities.map((weightedCapacity) => ({
        instanceType: "m7g.large",
        ...(weightedCapacity === undefined ? {} : { weightedCapacity }),
      })),
    },
  },
});

const overriding = (override: Props): Props => ({
  mixedInstancesPolicy: { launchTemplate: { overrides: [override] } },
});

const distribution = (instancesDistribution: Props): Props => ({
  mixedInstancesPolicy: { instancesDistribution },
});

/** Refused inputs, by line of AUTO_SCALING and SIZES_AND_SCHEDULES. */
export const AUTO_SCALING_REFUSED: Readonly<
  Record<keyof (typeof AUTO_SCALING & typeof SIZES_AND_SCHEDULES), Refused>
> = {
  "group-sizes": [
    [{ minSize: 2, maxSize: 1 }, "minSize is 2, but maxSize is 1; minSize must not be greater"],
  ],
  "refresh-percentages": [
    [
      { instanceRefresh: { preferences: { minHealthyPercentage: 101 } } },
      "instanceRefresh.preferences.minHealthyPercentage is 101; it must be a whole number from 0 to 100",
    ],
  ],
  "maintenance-percentages": [
    [
      { instanceMaintenancePolicy: { minHealthyPercentage: 50, maxHealthyPercentage: 200 } },
      "instanceMaintenancePolicy.minHealthyPercentage is 50, but maxHealthyPercentage is 200; AWS allows a difference of at most 100",
    ],
  ],
  "auto-rollback": [
    [
      { instanceRefresh: { preferences: { autoRollback: true } }, launchConfiguration: "lc-1" },
      "launchConfiguration is set; with autoRollback AWS requires a launchTemplate instead",
    ],
  ],
  "scheduled-action": [
    [
      { minSize: -1, maxSize: -1, desiredCapacity: -1 },
      "all sizes are -1; AWS requires at least one other value",
    ],
  ],
  "hook-heartbeat": [
    [{ heartbeatTimeout: 29 }, "heartbeatTimeout is 29; AWS allows a whole number from 30 to 7200"],
    [{ heartbeatTimeout: 7_201 }, "heartbeatTimeout is 7201; AWS allows a whole number from 30 to 7200"],
  ],
  "initial-hook-heartbeat": [
    [
      { initialLifecycleHooks: [{ heartbeatTimeout: 10 }] },
      "initialLifecycleHooks[0].heartbeatTimeout is 10; AWS allows a whole number from 30 to 7200",
    ],
  ],
  "hook-words": [
    [
      { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCH", defaultResult: "abandon" },
      "lifecycleTransition is another string (not shown, as it may be secret); AWS allows " +
        '"autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"',
      'defaultResult is "abandon"; AWS allows "CONTINUE", "ABANDON"',
    ],
  ],
  "initial-hook-words": [
    [
      {
        initialLifecycleHooks: [
          { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCH", defaultResult: "abandon" },
        ],
      },
      "initialLifecycleHooks[0].lifecycleTransition is another string (not shown, as it may be secret); AWS allows " +
        '"autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"',
      'initialLifecycleHooks[0].defaultResult is "abandon"; AWS allows "CONTINUE", "ABANDON"',
    ],
  ],
  "group-name": [
    [
      { name: "store:web" },
      "name is another string (not shown, as it may be secret); AWS allows a name without colons",
    ],
  ],
  "max-instance-lifetime": [
    [
      { maxInstanceLifetime: 3_600 },
      "maxInstanceLifetime is 3600; AWS allows 0, or at least 86,400 seconds (a day)",
    ],
  ],
  "group-tags": [
    [
      { tags: Array.from({ length: 51 }, (_, key) => ({ key: `k${key}`, value: "" })) },
      "tags has 51 tags; AWS allows at most 50",
    ],
  ],
  "spot-pools": [
    [
      { mixedInstancesPolicy: { instancesDistribution: { spotInstancePools: 21 } } },
      "mixedInstancesPolicy.instancesDistribution.spotInstancePools is 21; AWS allows a whole number from 1 to 20",
    ],
    [distribution({ spotInstancePools: 0, spotAllocationStrategy: "price-capacity-optimized" })],
    [distribution({ spotInstancePools: 4, spotAllocationStrategy: UNKNOWN })],
    [
      distribution({ spotInstancePools: "4", spotAllocationStrategy: "capacity-optimized" }),
      'mixedInstancesPolicy.instancesDistribution.spotInstancePools is set, but spotAllocationStrategy is "capacity-optimized"; AWS allows it only with "lowest-price"',
    ],
  ],
  "instance-requirements": [
    [{ instanceRequirements: { memoryMib: { min: 2_048 }, vcpuCount: { min: 4, max: UNKNOWN } } }],
    [
      { instanceRequirements: { memoryMib: { min: 4_096, max: "2048" } } },
      "instanceRequirements.memoryMib.min is 4096, but instanceRequirements.memoryMib.max is 2048; instanceRequirements.memoryMib.min must not be greater",
    ],
    ...[
      [
        "mixedInstancesPolicy.launchTemplate.overrides[0].instanceRequirements",
        (requirements: unknown) => overriding({ instanceRequirements: requirements }),
      ] as const,
      [
        "managedInstancesProvider.instanceLaunchTemplate.instanceRequirements",
        (instanceRequirements: unknown) => ({
          managedInstancesProvider: { instanceLaunchTemplate: { instanceRequirements } },
        }),
      ] as const,
    ].map(
      ([label, within]) =>
        [
          within({ vcpuCount: { min: 4, max: 2 } }),
          `${label}.vcpuCount.min is 4, but ${label}.vcpuCount.max is 2; ${label}.vcpuCount.min must not be greater`,
        ] as const,
    ),
  ],
  "override-kind": [
    [
      {
        mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceRequirements: UNKNOWN }, UNKNOWN] } },
      },
    ],
    [
      {
        mixedInstancesPolicy: {
          launchTemplate: { overrides: [{ instanceType: "m7g.large", instanceRequirements: UNKNOWN }] },
        },
      },
      "instanceType and instanceRequirements are both set in mixedInstancesPolicy.launchTemplate.overrides[0]; AWS allows only one of them",
    ],
  ],
  "capacity-weights": [
    [
      overrides("1000", "1"),
      'mixedInstancesPolicy.launchTemplate.overrides[0].weightedCapacity is "1000"; AWS allows a whole number from 1 to 999',
    ],
    [
      overrides("2", undefined, "4"),
      "mixedInstancesPolicy.launchTemplate.overrides has weightedCapacity for 2 of 3 instance types; " +
        "AWS requires it for all of them or for none",
    ],
  ],
  checkpoints: [
    [
      { instanceRefresh: { preferences: { checkpointPercentages: [50, 50, 100] } } },
      "instanceRefresh.preferences.checkpointPercentages is 50, 50, 100; AWS requires percentages in ascending order",
    ],
    [
      { instanceRefresh: { preferences: { checkpointDelay: "600" } } },
      "instanceRefresh.preferences.checkpointDelay is set without checkpointPercentages; AWS allows it only with them",
    ],
  ],
  "resource-label": [
    [
      {
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { resourceLabel: "targetgroup/web/1" },
        },
      },
      "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel is another string " +
        "(not shown, as it may be secret); AWS allows the last parts of two ARNs: " +
        "app/<load balancer>/<id>/targetgroup/<target group>/<id>",
    ],
  ],
};
