/** A failure of a test case. */
export interface JunitFault {
  readonly text: string;
  /** The policy, or another name for the kind of failure. @default none */
  readonly type?: string;
  /** @default the text's first line */
  readonly message?: string;
}

/** One test case. */
export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly failures?: readonly JunitFault[];
  readonly errors?: readonly JunitFault[];
  /** Why it was skipped; empty without a reason. @default it wasn't skipped */
  readonly skipped?: string;
  /** Messages that aren't failures. */
  readonly output?: readonly string[];
}

/** A group of test cases. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
  /** Its duration. @default unknown */
  readonly seconds?: number;
}

/**
 * A test report for CI, in JUnit's XML format.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitOf(suites: readonly JunitSuite[]): string {
  const texts = suites.map(({ name, cases, seconds }) => {
    const attributes = {
      name,
      tests: String(cases.length),
      failures: String(cases.filter(({ failures = [] }) => failures.length > 0).length),
      errors: String(cases.filter(({ errors = [] }) => errors.length > 0).length),
      skipped: String(cases.filter(({ skipped }) => skipped !== undefined).length),
      ...(seconds === undefined ? {} : { time: seconds.toFixed(3) }),
    };
    return `  ${element("testsuite", attributes)}\n${cases.map(caseOf).join("\n")}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${texts.join("\n")}\n</testsuites>\n`;
}

function caseOf({ classname, name, failures = [], errors = [], skipped, output = [] }: JunitCase): string {
  const fault =
    (tag: string) =>
    ({ text, type, message = text.split("\n", 1)[0] ?? "" }: JunitFault): string =>
      `      ${element(tag, { message, ...(type === undefined ? {} : { type }) })}${escape(text)}</${tag}>`;
  const body = [
    ...errors.map(fault("error")),
    ...failures.map(fault("failure")),
    ...output.map((text) => `      <system-out>${escape(text)}</system-out>`),
    ...(skipped === undefined
      ? []
      : [`      ${element("skipped", skipped === "" ? {} : { message: skipped }).replace(/>$/, "/>")}`]),
  ];
  const open = `    ${element("testcase", { classname, name })}`;
  return body.length === 0 ? open.replace(/>$/, "/>") : `${open}\n${body.join("\n")}\n    </testcase>`;
}

function element(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  return `<${name}${written.join("")}>`;
}

/** Text for XML 1.0, which doesn't allow most control characters. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
