import { remedyFor, UnansweredInvoke } from "../cloud";
import type { Diagnostic } from "./diagnostics";

/** The functions without an answer, reported once each, however often the program's errors repeat it. */
export class Unanswered {
  private readonly invokes = new Map<string, UnansweredInvoke>();

  /** Records that a function had no answer; ignores other errors. */
  note(error: unknown): void {
    if (error instanceof UnansweredInvoke) this.invokes.set(error.message, error);
  }

  /** The diagnostics, with one message in place of the errors that repeat it. */
  instead(diagnostics: readonly Diagnostic[]): Diagnostic[] {
    if (this.invokes.size === 0) return [...diagnostics];
    const told = [...this.invokes.keys()];
    const others = diagnostics.filter(
      ({ severity, message }) => severity !== "error" || !told.some((text) => message.includes(text)),
    );
    const message = `${told.join(".\n")}.\n${remedyFor([...this.invokes.values()])}`;
    // A program may work without the answer.
    const severity = others.length < diagnostics.length ? "error" : "warning";
    return [...others, { severity, message, urn: "" }];
  }
}
