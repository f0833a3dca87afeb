/** One line that the program, the pack or the engine said, as `pulumi` lists it under Diagnostics. */
export interface Diagnostic {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** The resource it is about; empty for the stack. */
  readonly urn: string;
}

/** What a policy found. */
export interface Finding {
  readonly pack: string;
  readonly policy: string;
  /** `remediate` is reported as mandatory, as the engine does: what was remedied is no finding. */
  readonly level: "mandatory" | "advisory";
  readonly urn: string;
  readonly message: string;
  /**
   * The leave that the pack's configuration gives it.
   * @default none
   */
  readonly exemption?: Exemption;
}

/** Leave to break a rule with a resource for a while. */
export interface Exemption {
  /** The last day, as `YYYY-MM-DD`. */
  readonly until: string;
  readonly reason: string;
}

/**
 * The exemption that a finding's message tells of. The protocol has no field for it, so a pack says it in a line of the
 * message, `Exempt until 2027-03-31: …`, which the CLI shows as well.
 */
export function exemptionIn(message: string): Exemption | undefined {
  const [, until, reason] = /^Exempt until (\d{4}-\d{2}-\d{2}): (.+)$/m.exec(message) ?? [];
  return until === undefined || reason === undefined ? undefined : { until, reason };
}
