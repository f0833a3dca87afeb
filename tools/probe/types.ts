/** The result of a check. */
export interface Check {
  readonly id: CheckId;
  /** False for a fault; null if it couldn't be checked, and `detail` says why. */
  readonly passed: boolean | null;
  /** The finding, in a sentence. */
  readonly detail: string;
}

/** The checks, in the order of the report. */
export const CHECK_IDS = [
  ...(["redirect", "certificate", "tls-versions", "key-exchange", "headers", "http2", "health"] as const),
  ...(["shares", "zones", "stickiness"] as const),
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** A backend's share of the requests. */
export interface Share {
  readonly backend: string;
  /** The expected share, 0 to 1; null if none is expected. */
  readonly expected: number | null;
  /** Requests that it served. */
  readonly served: number;
}

/** The result of the probe. */
export interface Report {
  readonly url: string;
  readonly checks: readonly Check[];
  readonly shares: readonly Share[];
  /** `incomplete`: nothing failed, but the expected backends are not known. */
  readonly verdict: "pass" | "fail" | "incomplete";
}
