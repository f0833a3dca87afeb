import { remedyFor, UnansweredInvoke } from "../cloud";
import type { Diagnostic } from "./diagnostics";

/** The functions that nobody could answer, to be told once each, however often a program's errors repeat it. */
export class Unanswered {
  private readonly invokes = new Map<string, UnansweredInvoke>();

  /** Takes down that a function had no answer; other errors aren't its affair. */
  note(error: unknown): void {
    if (error instanceof UnansweredInvoke) this.invokes.set(error.message, error);
  }

  /** What there is to tell, with those of a program's errors left out that say the same. */
  instead(diagnostics: readonly Diagnostic[]): Diagnostic[] {
    if (this.invokes.size === 0) return [...diagnostics];
    const told = [...this.invokes.keys()];
    const others = diagnostics.filter(
      ({ severity, message }) => severity !== "error" || !told.some((text) => message.includes(text)),
    );
    const message = `${told.join(".\n")}.\n${remedyFor([...this.invokes.values()])}`;
    // A program may do without the answer.
    const severity = others.length < diagnostics.length ? "error" : "warning";
    return [...others, { severity, message, urn: "" }];
  }
}
