/** A message from the program, the pack or the engine, as `pulumi` lists it under Diagnostics. */
export interface Diagnostic {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** The resource it concerns; empty for the stack. */
  readonly urn: string;
}

/** A policy violation. */
export interface Finding {
  readonly pack: string;
  readonly policy: string;
  /** `remediate` is reported as mandatory, as in the engine: what was remedied is not a finding. */
  readonly level: "mandatory" | "advisory";
  readonly urn: string;
  readonly message: string;
  /**
   * The exemption in the pack's configuration.
   * @default none
   */
  readonly exemption?: Exemption;
}

/** Permission for a resource to violate a policy for a limited time. */
export interface Exemption {
  /** The last day, as `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
}

/**
 * The exemption in a finding's message. The protocol has no field for it, so a pack writes a line `Exempt until
 * 2027-03-31: …` into the message, which the CLI shows as well.
 */
export function exemptionIn(message: string): Exemption | undefined {
  const [, until, reason] = /^Exempt until (\d{4}-\d{2}-\d{2}): (.+)$/m.exec(message) ?? [];
  return until === undefined || reason === undefined ? undefined : { until, reason };
}
