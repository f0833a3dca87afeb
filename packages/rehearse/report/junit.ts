import type { Finding } from "../engine/diagnostics";
import type { Rehearsal } from "../rehearsal";

/**
 * The verdicts for a CI's test report, as JUnit's XML: a suite for each stack and mode, a case for each policy. What
 * is advisory doesn't fail; it is told with the case.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function toJunit(rehearsals: readonly Rehearsal[]): string {
  const suites = rehearsals.map((rehearsal) => {
    const { stack, mode, packs, seconds } = rehearsal;
    const cases = packs.flatMap((pack) =>
      pack.policies.map((policy) => {
        const own = rehearsal.findings.filter(
          (finding) => finding.pack === pack.name && finding.policy === policy.name,
        );
        return caseOf(pack.name, policy.name, policy.level === "disabled", own);
      }),
    );
    const errors = rehearsal.diagnostics.filter(({ severity }) => severity === "error");
    const failed = errors.map(
      ({ message }) => `${element("testcase", { classname: stack, name: "the rehearsal" })}
      ${element("error", { message: firstLine(message) })}${escape(message)}</error>
    </testcase>`,
    );
    const attributes = {
      name: `${stack} (${mode})`,
      tests: String(cases.length + failed.length),
      failures: String(cases.filter((text) => text.includes("<failure ")).length),
      errors: String(failed.length),
      skipped: String(cases.filter((text) => text.includes("<skipped")).length),
      time: seconds.toFixed(3),
    };
    return `  ${element("testsuite", attributes)}
${[...failed, ...cases].map((text) => `    ${text}`).join("\n")}
  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("\n")}\n</testsuites>\n`;
}

function caseOf(pack: string, policy: string, disabled: boolean, findings: readonly Finding[]): string {
  const body = findings.map(({ level, urn, message }) => {
    const text = escape(`${urn}\n${message}`);
    return level === "mandatory"
      ? `      ${element("failure", { message: firstLine(message), type: policy })}${text}</failure>`
      : `      <system-out>advisory: ${text}</system-out>`;
  });
  if (disabled) body.push("      <skipped/>");
  const open = element("testcase", { classname: pack, name: policy });
  return body.length === 0 ? open.replace(/>$/, "/>") : `${open}\n${body.join("\n")}\n    </testcase>`;
}

function element(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  return `<${name}${written.join("")}>`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** Text for XML 1.0, which has no place for most control characters. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
