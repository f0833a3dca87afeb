import { filesIn } from "./files-in-user-data";
import { sectionsOf, type Section } from "./haproxy/sections";
import { type Subject, type Violation, violations } from "./rule";
import { textsIn, userDataOf } from "./user-data";

/** A configuration in user data. */
export interface HaproxyConfiguration {
  /** The property that holds it. */
  readonly label: string;
  readonly sections: readonly Section[];
  /** Returns the text of another file that the user data writes, such as a list of certificates. */
  readonly fileAt: (path: string) => string | undefined;
}

/** The HAProxy configurations in the known user data of a resource. */
function haproxyConfigurations(resource: Subject): HaproxyConfiguration[] {
  return userDataOf(resource).flatMap(({ label, text }) => {
    const texts = textsIn(text);
    // An encoded file need not mention HAProxy.
    if (!texts.some((inner) => /haproxy/i.test(inner))) return [];
    const files = texts.flatMap(filesIn);
    const fileAt = (path: string): string | undefined => files.find((file) => file.path === path)?.text;
    return files
      .filter(({ path }) => path === undefined || /haproxy|\.cfg$/i.test(path))
      .flatMap((file) => {
        // The lines between .if and .endif may apply or not.
        const branches = /^\s*\.if\b/m.test(file.text) ? [true, false] : [true];
        return branches.map((counts) => ({ label, sections: sectionsOf(file.text, counts), fileAt }));
      })
      .filter(({ sections }) => sections.some(({ kind }) => kind === "frontend" || kind === "listen"));
  });
}

/** The problems of each configuration of a resource, in one violation with the fix. */
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
