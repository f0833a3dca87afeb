import type * as pulumi from "@pulumi/pulumi";

import { AGENT_METRICS, AGENT_NAMESPACE } from "../fleet/boot/cloudwatch-agent";

/** The resources that a dashboard shows, by their names in CloudWatch. */
export interface DashboardSources {
  /** The store's title, for the headings. */
  readonly title: string;
  /** Suffix of the load balancer's ARN, beginning with `app/`. */
  readonly loadBalancer: pulumi.Input<string>;
  /** The target groups, each with a label and the suffix of its ARN, beginning with `targetgroup/`. */
  readonly targetGroups: readonly { readonly label: string; readonly arnSuffix: pulumi.Input<string> }[];
  /** The Auto Scaling groups, each with a label. */
  readonly groups: readonly { readonly label: string; readonly name: pulumi.Input<string> }[];
  /** Whether the groups' CloudWatch agents report memory and disk. */
  readonly reportsMemory: boolean;
  /** ARNs of the alarms to show at the top. */
  readonly alarmArns: readonly pulumi.Input<string>[];
}

/** A metric of a widget: namespace, name, dimensions, and rendering options. */
type Metric = readonly (string | Readonly<Record<string, string | number | boolean>>)[];

interface Widget {
  readonly title: string;
  readonly metrics: readonly Metric[];
  /** @default "Sum" */
  readonly stat?: string;
}

/** CloudWatch's grid has 24 columns, so three widgets fit in a row. */
const WIDTH = 8;
const HEIGHT = 6;
const ELB = "AWS/ApplicationELB";

/**
 * The body of a dashboard: requests, errors, latency, healthy instances, number of instances and their load.
 *
 * @param region - Region of the resources
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(
  { title, loadBalancer, targetGroups, groups, reportsMemory, alarmArns }: pulumi.Unwrap<DashboardSources>,
  region: string,
): { readonly widgets: readonly object[] } {
  const balancer = (metric: string, label: string, more: Record<string, string | number> = {}): Metric => [
    ELB,
    metric,
    "LoadBalancer",
    loadBalancer,
    { label, ...more },
  ];
  const perTargetGroup = (metric: string, more: Record<string, string | number>, ending = ""): Metric[] =>
    targetGroups.map(({ label, arnSuffix }) => [
      ELB,
      metric,
      "TargetGroup",
      arnSuffix,
      "LoadBalancer",
      loadBalancer,
      { label: `${label}${ending}`, ...more },
    ]);
  const perGroup = (namespace: string, metric: string, ending: string, stat = "Average"): Metric[] =>
    groups.map(({ label, name }) => [
      namespace,
      metric,
      "AutoScalingGroupName",
      name,
      { label: `${label}${ending}`, stat },
    ]);
  const agentMetric = (metric: string): Metric[] => [
    ...perGroup(AGENT_NAMESPACE, metric, " mean"),
    ...perGroup(AGENT_NAMESPACE, metric, " most", "Maximum"),
  ];

  const widgets: Widget[] = [
    { title: "Requests a minute", metrics: [balancer("RequestCount", "requests")] },
    {
      title: "Errors a minute",
      metrics: [
        balancer("HTTPCode_Target_5XX_Count", "5xx by instances"),
        balancer("HTTPCode_ELB_5XX_Count", "5xx by the load balancer"),
        balancer("HTTPCode_Target_4XX_Count", "4xx by instances"),
      ],
    },
    {
      title: "Seconds to an answer",
      metrics: ["p50", "p90", "p99"].map((stat) => balancer("TargetResponseTime", stat, { stat })),
    },
    {
      title: "Healthy and unhealthy instances",
      metrics: [
        ...perTargetGroup("HealthyHostCount", { stat: "Minimum" }, " healthy"),
        ...perTargetGroup("UnHealthyHostCount", { stat: "Maximum" }, " unhealthy"),
      ],
    },
    {
      title: "Instances: running, wanted, most",
      metrics: [
        ...perGroup("AWS/AutoScaling", "GroupInServiceInstances", " running"),
        ...perGroup("AWS/AutoScaling", "GroupDesiredCapacity", " wanted"),
        ...perGroup("AWS/AutoScaling", "GroupMaxSize", " most"),
      ],
    },
    { title: "CPU use, %", metrics: perGroup("AWS/EC2", "CPUUtilization", "") },
    {
      title: "Requests for each instance a minute",
      metrics: perTargetGroup("RequestCountPerTarget", { stat: "Sum" }),
    },
    {
      title: "Connections",
      metrics: [
        balancer("NewConnectionCount", "new"),
        balancer("ActiveConnectionCount", "active"),
        balancer("RejectedConnectionCount", "rejected"),
        balancer("ClientTLSNegotiationErrorCount", "failed in TLS"),
      ],
    },
    {
      title: "Capacity of the load balancer",
      metrics: [
        balancer("ConsumedLCUs", "capacity units consumed", { stat: "Average" }),
        balancer("PeakLCUs", "at the peak", { stat: "Maximum" }),
      ],
    },
    ...(reportsMemory
      ? [
          { title: "Memory in use, %", metrics: agentMetric(AGENT_METRICS.memory) },
          { title: "Root volume in use, %", metrics: agentMetric(AGENT_METRICS.disk) },
        ]
      : []),
  ];
  const heading = alarmArns.length === 0 ? 0 : 2;
  return {
    widgets: [
      ...(alarmArns.length === 0
        ? []
        : [
            {
              type: "alarm",
              x: 0,
              y: 0,
              width: 3 * WIDTH,
              height: heading,
              properties: { title, alarms: alarmArns },
            },
          ]),
      ...widgets.map(({ title: widgetTitle, metrics, stat = "Sum" }, index) => ({
        type: "metric",
        x: (index % 3) * WIDTH,
        y: heading + Math.floor(index / 3) * HEIGHT,
        width: WIDTH,
        height: HEIGHT,
        properties: {
          title: widgetTitle,
          region,
          metrics,
          stat,
          period: 60,
          view: "timeSeries",
          yAxis: { left: { min: 0 } },
        },
      })),
    ],
  };
}
