import { filesIn } from "./files-in-user-data";
import { sectionsOf, type Section } from "./haproxy/sections";
import { type Subject, type Violation, violations } from "./rule";
import { scriptsOf } from "./scripts";
import { textsIn } from "./user-data";

/** A configuration in a script. */
export interface HaproxyConfiguration {
  /** The property that holds it. */
  readonly label: string;
  readonly sections: readonly Section[];
  /** Returns the text of another file that the script writes, such as a list of certificates. */
  readonly fileAt: (path: string) => string | undefined;
}

/** The HAProxy configurations in the known scripts of a resource. */
function haproxyConfigurations(resource: Subject): HaproxyConfiguration[] {
  return scriptsOf(resource).flatMap(({ label, text }) => {
    const texts = textsIn(text);
    // An encoded file need not mention HAProxy.
    if (!texts.some((inner) => /haproxy/i.test(inner))) return [];
    const files = texts.flatMap(filesIn);
    const fileAt = (path: string): string | undefined => files.find((file) => file.path === path)?.text;
    const others = texts.flatMap(configurationsIn);
    const isNamed = (path: string): boolean =>
      others.some((other) => path === other || path.startsWith(`${other.replace(/\/$/, "")}/`));
    return files
      .filter(({ path }) => path === undefined || OF_HAPROXY.test(path) || isNamed(path))
      .flatMap((file) => {
        // The lines between .if and .endif may apply or not.
        const branches = /^\s*\.if\b/m.test(file.text) ? [true, false] : [true];
        return branches.map((counts) => ({ label, sections: sectionsOf(file.text, counts), fileAt }));
      })
      .filter(({ sections }) => sections.some(({ kind }) => kind === "frontend" || kind === "listen"));
  });
}

/** Paths of configurations by convention. */
const OF_HAPROXY = /haproxy|\.cfg$/i;

/** Paths that a script gives to HAProxy as its configuration, or that it moves or mounts to where HAProxy reads it. */
function configurationsIn(script: string): string[] {
  const given = [
    ...script.matchAll(/haproxy\b[^\n;&|]*?\s-f[ \t]*["']?([^\s"';&|]+)/g),
    ...script.matchAll(/\bCONFIG=["']?([^\s"';]+)/g),
    ...script.matchAll(/(\/[^\s:"'=,]+):[^\s:"',]*haproxy[^\s:"',]*/g),
  ].map(([, path = ""]) => path);
  const moved = [...script.matchAll(/\b(?:cp|mv|ln|install)[ \t]([^\n;&|]+)/g)].flatMap(([, words = ""]) => {
    const paths = words.trim().split(/\s+/);
    return OF_HAPROXY.test(paths.pop() ?? "") ? paths : [];
  });
  return [...given, ...moved].filter((path) => /^[./~]?[\w./~-]*\w/.test(path));
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
