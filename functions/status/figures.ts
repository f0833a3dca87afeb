import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";

/** A target group that customers' requests may go to. */
export interface TargetGroup {
  /** A word to tell it by. */
  readonly label: string;
  readonly arn: string;
}

/** What to report on. */
export interface Store {
  /** The store's name, for people. */
  readonly title: string;
  /** The load balancer's ARN, from `app/` on. */
  readonly loadBalancer: string;
  readonly targetGroups: readonly TargetGroup[];
}

/** How many targets are in which state. No ids, no addresses: anybody may read this. */
export interface TargetFigures {
  readonly label: string;
  readonly healthy: number;
  readonly unhealthy: number;
  /** Being registered, or finishing their requests. */
  readonly moving: number;
  /** Healthy ones by Availability Zone. */
  readonly zones: Readonly<Record<string, number>>;
}

/** Means of the last five whole minutes; undefined where CloudWatch has no data. */
export interface RequestFigures {
  readonly perMinute: number;
  /** Percent answered with a 5xx, by targets or by the load balancer. */
  readonly errorPercent: number | undefined;
  /** Milliseconds to an answer of a target. */
  readonly latencyMilliseconds: number | undefined;
}

/** `up`: all targets are healthy. `degraded`: some are not. `down`: none is. */
export type Status = "up" | "degraded" | "down";

/** The store at a moment. */
export interface Report {
  readonly store: string;
  readonly status: Status;
  /** When it was looked at, ISO 8601 in UTC. */
  readonly at: string;
  readonly targets: readonly TargetFigures[];
  readonly requests: RequestFigures;
}

const MINUTES = 5;
const MINUTE = 60_000;

/** Clients as the Lambda service sets them up: Region and credentials are in the environment. */
const elb = new ElasticLoadBalancingV2Client({ maxAttempts: 2 });
const cloudWatch = new CloudWatchClient({ maxAttempts: 2 });

/**
 * Asks AWS how the store is.
 *
 * @throws whatever AWS's client throws
 */
export async function reportOn(store: Store, now: Date): Promise<Report> {
  const [targets, requests] = await Promise.all([
    Promise.all(store.targetGroups.map(targetFigures)),
    requestFigures(store.loadBalancer, now),
  ]);
  return { store: store.title, status: statusOf(targets), at: now.toISOString(), targets, requests };
}

async function targetFigures({ label, arn }: TargetGroup): Promise<TargetFigures> {
  const { TargetHealthDescriptions: targets = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  const isIn = (state: string) => (target: TargetHealthDescription) => target.TargetHealth?.State === state;
  const healthy = targets.filter(isIn("healthy"));
  const unhealthy = targets.filter(isIn("unhealthy")).length;
  const zones: Record<string, number> = {};
  for (const { Target } of healthy) {
    const zone = Target?.AvailabilityZone ?? "any";
    zones[zone] = (zones[zone] ?? 0) + 1;
  }
  return {
    label,
    healthy: healthy.length,
    unhealthy,
    zones,
    moving: targets.length - healthy.length - unhealthy,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
async function requestFigures(loadBalancer: string, now: Date): Promise<RequestFigures> {
  // The minute under way is not whole.
  const end = Math.floor(now.getTime() / MINUTE) * MINUTE;
  const query = (id: string, metric: string, stat: string): MetricDataQuery => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: "AWS/ApplicationELB",
        MetricName: metric,
        Dimensions: [{ Name: "LoadBalancer", Value: loadBalancer }],
      },
      Stat: stat,
      Period: MINUTES * 60,
    },
  });
  const { MetricDataResults: results = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(end - MINUTES * MINUTE),
      EndTime: new Date(end),
      MetricDataQueries: [
        query("requests", "RequestCount", "Sum"),
        query("targets", "HTTPCode_Target_5XX_Count", "Sum"),
        query("balancer", "HTTPCode_ELB_5XX_Count", "Sum"),
        query("latency", "TargetResponseTime", "Average"),
      ],
    }),
  );
  const values = (id: string): number[] => results.find(({ Id }) => Id === id)?.Values ?? [];
  const sum = (id: string): number => values(id).reduce((total, value) => total + value, 0);
  // What the load balancer answers because no target can take it is not in RequestCount.
  const answered = sum("requests") + sum("balancer");
  const errors = sum("targets") + sum("balancer");
  const [latency] = values("latency");
  return {
    perMinute: answered / MINUTES,
    errorPercent: answered === 0 ? undefined : (100 * errors) / answered,
    latencyMilliseconds: latency === undefined ? undefined : 1000 * latency,
  };
}

function statusOf(targets: readonly TargetFigures[]): Status {
  if (targets.every(({ healthy }) => healthy === 0)) return "down";
  return targets.some(({ unhealthy }) => unhealthy > 0) ? "degraded" : "up";
}
