import { junitOf } from "../../packages/rehearse/cli/junit";
import { percent } from "./checks/distribution";
import { sum } from "./statistics";
import type { Check, Report } from "./types";

const MARK = (passed: Check["passed"]): string => (passed === null ? "–" : passed ? "✓" : "✗");

/** The report for people. */
export function toText({ url, checks, shares, verdict }: Report): string {
  const total = Math.max(1, sum(shares.map(({ served }) => served)));
  const longest = Math.max(7, ...shares.map(({ backend }) => backend.length));
  const table = shares.map(({ backend, expected, served }) => {
    const bar = "█".repeat(Math.round((served / total) * 40));
    const wanted = expected === null ? "      ?" : percent(expected).padStart(7);
    return `  ${backend.padEnd(longest)}  ${wanted}  ${percent(served / total).padStart(7)}  ${String(served).padStart(6)}  ${bar}`;
  });
  return [
    `Probing ${url}`,
    "",
    ...checks.map(({ id, passed, detail }) => `  ${MARK(passed)} ${id.padEnd(13)} ${detail}`),
    ...(shares.length > 0
      ? ["", `  ${"backend".padEnd(longest)}   wanted   served  requests`, ...table]
      : []),
    "",
    `Verdict: ${verdict}`,
  ].join("\n");
}

/** The checks as a test report for CI, in JUnit's XML format. */
export function toJunit({ url, checks }: Report): string {
  const cases = checks.map(({ id, passed, detail }) => ({
    classname: url,
    name: id,
    ...(passed === null ? { skipped: detail } : passed ? {} : { failures: [{ text: detail }] }),
  }));
  return junitOf([{ name: "probe", cases }]);
}
