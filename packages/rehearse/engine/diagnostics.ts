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
}
