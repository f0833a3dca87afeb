/** What one check found. */
export interface Check {
  readonly id: CheckId;
  /** False for a fault; null when it could not be told, and `detail` says why. */
  readonly passed: boolean | null;
  /** What was found, in a sentence. */
  readonly detail: string;
}

/** The checks, in the order in which they are told. */
export const CHECK_IDS = [
  ...(["redirect", "certificate", "tls-versions", "key-exchange", "headers", "http2", "health"] as const),
  ...(["shares", "zones", "stickiness"] as const),
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** A backend's share of the requests. */
export interface Share {
  readonly backend: string;
  /** The share that was asked for, 0 to 1; null when none was. */
  readonly expected: number | null;
  /** Requests that it served. */
  readonly served: number;
}

/** What the probe says in the end. */
export interface Report {
  readonly url: string;
  readonly checks: readonly Check[];
  readonly shares: readonly Share[];
  /** `incomplete`: nothing failed, but which backends there should be is not known. */
  readonly verdict: "pass" | "fail" | "incomplete";
}
