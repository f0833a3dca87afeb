import type * as pulumi from "@pulumi/pulumi";

/**
 * Severity of an alarm: `customers` for problems that customers notice now, `attention` for problems that
 * they will notice if nobody acts.
 */
export type Severity = "customers" | "attention";

/** A metric, or an expression on metrics. */
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

/** The definition of an alarm. */
export interface AlarmDefinition {
  /** Suffix of the alarm's name. */
  readonly id: string;
  /**
   * Anchor of the alarm's runbook.
   *
   * @default the alarm's id
   */
  readonly runbook?: string;
  readonly severity: Severity;
  /** What is wrong, and the reason for the threshold. */
  readonly description: string;
  /** The queries. The last one is compared with the threshold. */
  readonly queries: readonly Query[];
  readonly comparison: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** The number of periods evaluated, and how many of them must breach the threshold. */
  readonly periods: { readonly of: number; readonly atLeast: number };
  /** How periods without data are treated. */
  readonly missingData: "notBreaching" | "breaching" | "missing";
}

/** Namespace of an Application Load Balancer's metrics. */
export const ELB = "AWS/ApplicationELB";

/** Seconds. */
export const MINUTE = 60;

/**
 * Requests or connections per period below which a percentage means nothing: one percent would be a single
 * one.
 */
export const ENOUGH = 100;
