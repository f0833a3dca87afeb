import { filesIn } from "./files-in-user-data";
import { sectionsOf, type Section } from "./haproxy/sections";
import { type Subject, type Violation, violations } from "./rule";
import { textsIn, userDataOf } from "./user-data";

/** A configuration in user data. */
export interface HaproxyConfiguration {
  /** The property that holds it. */
  readonly label: string;
  readonly sections: readonly Section[];
  /** The text of another file that the user data writes, such as a list of certificates. */
  readonly fileAt: (path: string) => string | undefined;
}

/** The configurations of HAProxy in what an instance runs at first boot, as far as that is known. */
function haproxyConfigurations(resource: Subject): HaproxyConfiguration[] {
  return userDataOf(resource).flatMap(({ label, text }) => {
    const texts = textsIn(text);
    // A file that is encoded in it need not say whose it is.
    if (!texts.some((inner) => /haproxy/i.test(inner))) return [];
    const files = texts.flatMap(filesIn);
    const fileAt = (path: string): string | undefined => files.find((file) => file.path === path)?.text;
    return files
      .filter(({ path }) => path === undefined || /haproxy|\.cfg$/i.test(path))
      .flatMap((file) => {
        // What stands between .if and .endif may count or not.
        const branches = /^\s*\.if\b/m.test(file.text) ? [true, false] : [true];
        return branches.map((counts) => ({ label, sections: sectionsOf(file.text, counts), fileAt }));
      })
      .filter(({ sections }) => sections.some(({ kind }) => kind === "frontend" || kind === "listen"));
  });
}

/** What is wrong with each configuration of a resource, in one violation with what mends it. */
export function judgeConfigurations(
  resource: Subject,
  fix: string,
  problemsOf: (configuration: HaproxyConfiguration) => readonly string[],
): Violation[] {
  const found = haproxyConfigurations(resource).map((configuration) =>
    violations(problemsOf(configuration), fix),
  );
  return [...new Map(found.flat().map((violation) => [violation.message, violation])).values()];
}
