import type * as pulumi from "@pulumi/pulumi";

/**
 * Whom an alarm concerns: `customers` notice what is wrong now; what wants `attention` they will notice if
 * nobody acts.
 */
export type Severity = "customers" | "attention";

/** A metric, or what is computed from metrics. */
export type Query =
  | {
      readonly id: string;
      readonly namespace: string;
      readonly metricName: string;
      readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
      /** `Sum`, `Minimum`, `p99`, … */
      readonly stat: string;
      readonly periodSeconds: number;
    }
  | { readonly id: string; readonly expression: string; readonly label: string };

/** One alarm, before it is a resource. */
export interface AlarmDefinition {
  /** Ending of the alarm's name. */
  readonly id: string;
  /**
   * Anchor of its runbook.
   *
   * @default its id
   */
  readonly runbook?: string;
  readonly severity: Severity;
  /** What is the matter, and why the threshold is where it is. */
  readonly description: string;
  /** The last one is compared with the threshold. */
  readonly queries: readonly Query[];
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Periods that are looked at, and how many of them have to be beyond the threshold. */
  readonly periods: { readonly of: number; readonly atLeast: number };
  /** What a period without data counts as. */
  readonly missingData: "notBreaching" | "breaching" | "missing";
}

/** Namespace of an Application Load Balancer's metrics. */
export const ELB = "AWS/ApplicationELB";

/** Seconds. */
export const MINUTE = 60;

/** Requests, or connections, in a period below which a share says nothing: one in a hundred would be one. */
export const ENOUGH = 100;
