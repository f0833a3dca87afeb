/** The rule in `policies/` that refuses an attack, and its message. */
export interface Expected {
  readonly rule: string;
  readonly says: RegExp;
  /**
   * The pack's configuration, a path relative to the checkout, for a rule that is advisory, or off, without it.
   * @default none
   */
  readonly config?: string;
  /**
   * The finding's level.
   * @default mandatory
   */
  readonly level?: "advisory";
  /**
   * Other rules that refuse it, too, for another reason.
   * @default none
   */
  readonly also?: readonly string[];
}

/** The exports of an attack's file. */
export interface Attack {
  readonly expected: Expected;
  /** Declares the attack's resources; or, mended, those of its twin: the same program without the defect. */
  program(mended: boolean): void;
}
