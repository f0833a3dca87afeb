import { AUTO_SCALING_GROUP, EC2_FLEET, LAUNCH_TEMPLATE, SPOT_FLEET } from "../../../resources";
import { isList, read, readList } from "../../../read";
import { readEach } from "../../../read-each";
import { describe } from "../../../rule";
import type { Expectation } from "../../../rule";
import { between, oneOf, refusal, scalar, text, wholeNumber } from "../known";
import { floats, rollsBack, versionsOf } from "../relations/launches";
import { atMost, each, expecting, form, isSet } from "./line";
import type { Line } from "./line";
import { needs } from "./needs";
import { orderProblems } from "./sizes";
import { CAPACITY_PROVIDER, LIFECYCLE_HOOK, SCALING_POLICY } from "./types";

const API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";

const HEARTBEAT = expecting(between(30, 7_200));

const TRANSITION = expecting(
  oneOf(["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"]),
);

const RESULT = expecting(oneOf(["CONTINUE", "ABANDON"]));

const OVERRIDES = ["mixedInstancesPolicy", "launchTemplate", "overrides"];

const CHECKPOINTS = ["instanceRefresh", "preferences", "checkpointPercentages"];

const DAY = 86_400;

/** The paths of instance requirements in all these types. */
const REQUIREMENTS = [
  "instanceRequirements",
  `${OVERRIDES.join(".")}.*.instanceRequirements`,
  "launchTemplateConfigs.*.overrides.*.instanceRequirements",
  "managedInstancesProvider.instanceLaunchTemplate.instanceRequirements",
];

/** Requirements that consist of a minimum and a maximum. */
const RANGES = [
  "acceleratorCount",
  "acceleratorTotalMemoryMib",
  "baselineEbsBandwidthMbps",
  "memoryMib",
  "networkInterfaceCount",
  "vcpuCount",
];

/** The strategies for Spot Instances that choose the pools themselves. */
const STRATEGIES_WITHOUT_POOLS = [
  "capacity-optimized",
  "capacity-optimized-prioritized",
  "price-capacity-optimized",
];

/** Auto Scaling groups, their hooks and policies. */
export const AUTO_SCALING = {
  "refresh-percentages": {
    types: AUTO_SCALING_GROUP,
    problems: (props) => percentageProblems(props, ["instanceRefresh", "preferences"], false),
    example: {
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 200 },
      },
    },
    source: `${API}/API_RefreshPreferences.html`,
  },
  "maintenance-percentages": {
    types: AUTO_SCALING_GROUP,
    problems: (props) => percentageProblems(props, ["instanceMaintenancePolicy"], true),
    example: { instanceMaintenancePolicy: { minHealthyPercentage: 100, maxHealthyPercentage: 200 } },
    source: `${API}/API_InstanceMaintenancePolicy.html`,
  },
  "auto-rollback": {
    types: AUTO_SCALING_GROUP,
    problems: rollbackProblems,
    example: {
      launchTemplate: { id: "lt-0123456789abcdef0", version: "7" },
      instanceRefresh: { strategy: "Rolling", preferences: { autoRollback: true } },
    },
    source: `${API}/API_RefreshPreferences.html`,
  },
  "hook-heartbeat": {
    types: LIFECYCLE_HOOK,
    problems: each(["heartbeatTimeout"], HEARTBEAT),
    example: { heartbeatTimeout: 90 },
    source: `${API}/API_PutLifecycleHook.html`,
  },
  "initial-hook-heartbeat": {
    types: AUTO_SCALING_GROUP,
    problems: each(["initialLifecycleHooks.*.heartbeatTimeout"], HEARTBEAT),
    example: { initialLifecycleHooks: [{ name: "drain", heartbeatTimeout: 90 }] },
    source: `${API}/API_LifecycleHookSpecification.html`,
  },
  "hook-words": {
    types: LIFECYCLE_HOOK,
    problems: (props) => [
      ...each(["lifecycleTransition"], TRANSITION)(props),
      ...each(["defaultResult"], RESULT)(props),
    ],
    example: { lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", defaultResult: "ABANDON" },
    source: `${API}/API_PutLifecycleHook.html`,
  },
  "initial-hook-words": {
    types: AUTO_SCALING_GROUP,
    problems: (props) => [
      ...each(["initialLifecycleHooks.*.lifecycleTransition"], TRANSITION)(props),
      ...each(["initialLifecycleHooks.*.defaultResult"], RESULT)(props),
    ],
    example: {
      initialLifecycleHooks: [
        { lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING", defaultResult: "CONTINUE" },
      ],
    },
    source: `${API}/API_LifecycleHookSpecification.html`,
  },
  "group-name": {
    types: AUTO_SCALING_GROUP,
    problems: each(
      ["name", "namePrefix"],
      form((name) => !name.includes(":"), "a name without colons"),
    ),
    example: { name: "store-web" },
    source: `${API}/API_CreateAutoScalingGroup.html`,
  },
  "max-instance-lifetime": {
    types: AUTO_SCALING_GROUP,
    problems: each(
      ["maxInstanceLifetime"],
      expecting({
        accepts: (value) => {
          const seconds = wholeNumber({ kind: "known", value });
          return seconds === 0 || (seconds !== undefined && seconds >= DAY);
        },
        allowed: "0, or at least 86,400 seconds (a day)",
        vocabulary: /^-?\d{1,9}$/,
      }),
    ),
    example: { maxInstanceLifetime: 30 * DAY },
    source: `${API}/API_CreateAutoScalingGroup.html`,
  },
  "group-tags": {
    types: AUTO_SCALING_GROUP,
    problems: each(["tags"], atMost(50, "tags")),
    example: { tags: [{ key: "Owner", value: "shop", propagateAtLaunch: true }] },
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html",
  },
  "spot-pools": {
    types: AUTO_SCALING_GROUP,
    problems: (props) => {
      const path = ["mixedInstancesPolicy", "instancesDistribution"];
      const pools = read(props, [...path, "spotInstancePools"]);
      const strategy = text(read(props, [...path, "spotAllocationStrategy"])) ?? "lowest-price";
      return [
        // The provider does not send zero, which is allowed with every other strategy.
        ...each(
          [[...path, "spotInstancePools"].join(".")],
          expecting({ ...between(0, 20), allowed: "a whole number from 1 to 20" }),
        )(props),
        (wholeNumber(pools) ?? 0) > 0 && STRATEGIES_WITHOUT_POOLS.includes(strategy)
          ? `${path.join(".")}.spotInstancePools is set, but spotAllocationStrategy is "${strategy}"; AWS allows it only with "lowest-price"`
          : undefined,
      ];
    },
    example: {
      mixedInstancesPolicy: {
        instancesDistribution: { spotAllocationStrategy: "lowest-price", spotInstancePools: 4 },
      },
    },
    source: `${API}/API_InstancesDistribution.html`,
  },
  "override-kind": {
    types: AUTO_SCALING_GROUP,
    problems: needs("at most one", ["instanceType", "instanceRequirements"], `${OVERRIDES.join(".")}.*`),
    example: { mixedInstancesPolicy: { launchTemplate: { overrides: [{ instanceType: "m7g.large" }] } } },
    source: `${API}/API_LaunchTemplateOverrides.html`,
  },
  "instance-requirements": {
    types: [...LAUNCH_TEMPLATE, ...AUTO_SCALING_GROUP, ...EC2_FLEET, ...SPOT_FLEET, ...CAPACITY_PROVIDER],
    problems: (props) =>
      REQUIREMENTS.flatMap((path) => readEach(props, path)).flatMap(({ label, reading }) => {
        const requirements = reading.kind === "known" ? reading.value : undefined;
        // Most of the many ranges are not set.
        return RANGES.filter((range) => isSet(requirements, range)).flatMap((range) =>
          orderProblems(
            ["min", "max"].map((end) => [
              `${label}.${range}.${end}`,
              wholeNumber(read(requirements, [range, end])),
            ]),
          ),
        );
      }),
    example: {
      instanceRequirements: { memoryMib: { min: 2_048, max: 8_192 }, vcpuCount: { min: 2, max: 4 } },
    },
    source: `${API}/API_InstanceRequirements.html`,
  },
  "capacity-weights": {
    types: AUTO_SCALING_GROUP,
    problems: (props) => [
      ...each([`${OVERRIDES.join(".")}.*.weightedCapacity`], expecting(between(1, 999)))(props),
      someWeightless(props),
    ],
    example: {
      mixedInstancesPolicy: {
        launchTemplate: {
          overrides: [
            { instanceType: "m7g.large", weightedCapacity: "2" },
            { instanceType: "m7g.xlarge", weightedCapacity: "4" },
          ],
        },
      },
    },
    source: `${API}/API_LaunchTemplateOverrides.html`,
  },
  checkpoints: {
    types: AUTO_SCALING_GROUP,
    problems: checkpointProblems,
    example: {
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { checkpointPercentages: [20, 50, 100], checkpointDelay: "600" },
      },
    },
    source: `${API}/API_RefreshPreferences.html`,
  },
  "resource-label": {
    types: SCALING_POLICY,
    problems: each(
      ["targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel"],
      form(
        (label) => /^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(label),
        "the last parts of two ARNs: app/<load balancer>/<id>/targetgroup/<target group>/<id>",
      ),
    ),
    example: {
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration: {
        targetValue: 100,
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: "app/store/778d41231b141a0f/targetgroup/web/943f017f100becff",
        },
      },
    },
    source: `${API}/API_PredefinedMetricSpecification.html`,
  },
} satisfies Readonly<Record<string, Line>>;

/** If one instance type has a weight, all need one. */
function someWeightless(props: unknown): string | undefined {
  const overrides = readList(props, OVERRIDES);
  if (!isList(overrides) || overrides.some(({ kind }) => kind !== "known")) return undefined;
  const weights = overrides.map((override) =>
    override.kind === "known" ? read(override.value, ["weightedCapacity"]) : override,
  );
  const without = weights.filter(({ kind }) => kind === "absent").length;
  return without === 0 || without === weights.length
    ? undefined
    : `${OVERRIDES.join(".")} has weightedCapacity for ${weights.length - without} of ${weights.length} instance types; ` +
        "AWS requires it for all of them or for none";
}

function checkpointProblems(props: unknown): (string | undefined)[] {
  const label = CHECKPOINTS.join(".");
  const list = readList(props, CHECKPOINTS);
  const delay = read(props, [...CHECKPOINTS.slice(0, -1), "checkpointDelay"]);
  if (!isList(list)) {
    return [
      list.kind === "absent" && delay.kind === "known" && scalar(delay.value) !== "0"
        ? `${CHECKPOINTS.slice(0, -1).join(".")}.checkpointDelay is set without checkpointPercentages; AWS allows it only with them`
        : undefined,
    ];
  }
  const percentages = list.map(wholeNumber);
  if (percentages.includes(undefined)) return [];
  const isAscending = percentages.every((one, index) => index === 0 || one! > percentages[index - 1]!);
  return [
    isAscending
      ? undefined
      : `${label} is ${percentages.join(", ")}; AWS requires percentages in ascending order`,
  ];
}

/**
 * The minimum must be 0 to 100 and the maximum 100 to 200, at most 100 apart.
 *
 * @param canClear whether -1 removes them
 */
function percentageProblems(
  props: unknown,
  path: readonly string[],
  canClear: boolean,
): (string | undefined)[] {
  const place = path.join(".");
  const min = read(props, [...path, "minHealthyPercentage"]);
  const max = read(props, [...path, "maxHealthyPercentage"]);
  const least = wholeNumber(min);
  const most = wholeNumber(max);
  const orCleared = (bounds: Expectation): Expectation =>
    canClear
      ? {
          ...bounds,
          accepts: (value) => value === -1 || value === "-1" || bounds.accepts(value),
          allowed: `${bounds.allowed}, or -1`,
        }
      : bounds;
  return [
    refusal(`${place}.minHealthyPercentage`, min, orCleared(between(0, 100))),
    refusal(`${place}.maxHealthyPercentage`, max, orCleared(between(100, 200))),
    least !== undefined && most !== undefined && most - least > 100 && least >= 0 && most <= 200
      ? `${place}.minHealthyPercentage is ${least}, but maxHealthyPercentage is ${most}; AWS allows a difference of at most 100`
      : undefined,
  ];
}

/** With automatic rollback, a refresh needs a numbered version of a launch template: others do not identify a state. */
function rollbackProblems(props: unknown): (string | undefined)[] {
  if (!rollsBack(props)) return [];
  return [
    ...versionsOf(props).map(({ label, version }) =>
      floats(version)
        ? `${label} ${describe(version, /^\$(Latest|Default)$/)}; with autoRollback it must be a number, such as template.latestVersion`
        : undefined,
    ),
    read(props, ["launchConfiguration"]).kind === "known"
      ? "launchConfiguration is set; with autoRollback AWS requires a launchTemplate instead"
      : undefined,
  ];
}
