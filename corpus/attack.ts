/** Which rule of `policies/` refuses an attack, and what it says of it. */
export interface Expected {
  readonly rule: string;
  readonly says: RegExp;
  /**
   * The pack's configuration, a file's path from the checkout: where a rule is advisory, or off, without one.
   * @default none
   */
  readonly config?: string;
  /**
   * The level of what the rule says of it.
   * @default mandatory
   */
  readonly level?: "advisory";
  /**
   * Other rules that refuse it too, for a reason of their own.
   * @default none
   */
  readonly also?: readonly string[];
}

/** What the file of an attack exports. */
export interface Attack {
  readonly expected: Expected;
  /** Declares the attack's resources; or, mended, those of its twin: the same program without the defect. */
  program(mended: boolean): void;
}
