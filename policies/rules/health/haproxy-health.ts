import { judgeConfigurations } from "../../haproxy-in-scripts";
import { isHttp, type Line, linesOf, rulesOf, type Section, titleOf } from "../../haproxy/sections";
import { resourceRule } from "../../rule";
import { WITH_SCRIPTS } from "../../scripts";

const FIX =
  "option httpchk; http-check send meth GET uri /healthz; http-check expect status 200; default-server check inter 5s; " +
  "in the frontend: monitor fail if { nbsrv(store) lt 1 }";

/** HAProxy on instances, whose servers no target group checks. */
export const haproxyHealth = resourceRule({
  id: "haproxy-health",
  area: "health",
  title: "HAProxy checks the health of its servers",
  severity: "high",
  level: "resource",
  description:
    "In an HAProxy configuration in user data or commands, every server has a health check, by HTTP if it serves HTTP; a backend's only " +
    "server needs none if it is on the same machine, because the check of the proxy covers it. " +
    "A server without a health check keeps getting visitors after it has failed.",
  remedy: `haproxy.cfg, in the backend: ${FIX}.`,
  references: [
    {
      label: "REL11-BP02",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_failover2good.html",
    },
    { label: "check", url: "https://docs.haproxy.org/2.6/configuration.html#5.2-check" },
    { label: "option httpchk", url: "https://docs.haproxy.org/2.6/configuration.html#4-option%20httpchk" },
  ],
  types: WITH_SCRIPTS,
  judge(resource) {
    return judgeConfigurations(resource, FIX, ({ label, sections }) => {
      // If the proxy answers checks itself, the answer does not depend on its server.
      const passesChecksOn = sections.every((section) => linesOf(section, "monitor-uri").length === 0);
      return sections
        .filter((section) => !(passesChecksOn && isBeforeOneApplication(section)))
        .flatMap((section) => problemsIn(section, `${label}: ${titleOf(section)}`));
    });
  },
});

/** Whether the only server of a section is on the same machine. */
function isBeforeOneApplication({ lines }: Section): boolean {
  const servers = lines.filter(([first]) => first === "server" || first === "server-template");
  const [[first, , address = ""] = []] = servers;
  return (
    servers.length === 1 &&
    first === "server" &&
    /^((ipv[46]@)?(127(\.\d+){3}|localhost|\[?::1\]?)(:\d+)?|(unix@)?\/.*)$/.test(address)
  );
}

function problemsIn(section: Section, where: string): string[] {
  if (section.kind !== "backend" && section.kind !== "listen") return [];
  const unchecked = uncheckedIn(section);
  if (unchecked === undefined) return [];
  const problems = unchecked.map(
    ([first, name]) => `${where}: ${first} ${name} has no check; it must have one`,
  );
  const check = checkOf(section);
  if (unchecked.length === 0 && isHttp(section) && isOfAnOpenPort(section, check))
    problems.push(
      `${where} has no option httpchk, which means that an open port is healthy; it must have it`,
    );
  const expected = check === "httpchk" ? linesOf(section, "http-check", "expect") : [];
  if (expected.length > 0 && expected.every(acceptsAnError))
    problems.push(
      `${where} also accepts an error (${expected.map((words) => words.slice(2).join(" ")).join(", ")}); it must not`,
    );
  return problems;
}

/** The servers without a check; undefined for a section without servers. */
function uncheckedIn(section: Section): Line[] | undefined {
  // A `default-server` line applies to the servers after it, in addition to the defaults section.
  const common = section.defaults === undefined ? [] : rulesOf(section.defaults, "default-server").flat();
  let servers = 0;
  const unchecked = section.lines.filter((words) => {
    const [first] = words;
    if (first === "default-server") common.push(...words);
    if (first !== "server" && first !== "server-template") return false;
    servers += 1;
    return !isChecked(words, common);
  });
  return servers === 0 ? undefined : unchecked;
}

/** The options that set the kind of check. @see https://docs.haproxy.org/2.6/configuration.html#5.2-check */
const CHECKS =
  /^(?:httpchk|tcp-check|ssl-hello-chk|external-check|(?:ldap|mysql|pgsql|redis|spop)-check|smtpchk)$/;

/** The kind of check of a section: the last option that sets it. */
function checkOf(section: Section): string | undefined {
  return rulesOf(section, "option").findLast(([, option = ""]) => CHECKS.test(option))?.[1];
}

function isOfAnOpenPort(section: Section, check: string | undefined): boolean {
  if (check === "tcp-check") return linesOf(section, "tcp-check", "expect").length === 0;
  return check === undefined || check === "ssl-hello-chk";
}

/**
 * Whether a server that answers 503 is healthy according to a line of `http-check expect`.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#4-http-check%20expect
 */
function acceptsAnError(words: Line): boolean {
  const at = words.findIndex((word) => /^r?(?:status|string)$/.test(word));
  if (at === -1) return false;
  return isMetByAnError(words[at]!, words[at + 1] ?? "") !== (words[at - 1] === "!");
}

const ERROR = "503";
const PAGE = "503 Service Unavailable";

function isMetByAnError(kind: string, pattern: string): boolean {
  if (kind === "string") return PAGE.includes(pattern);
  if (kind === "rstring") return matches(pattern, PAGE);
  if (kind === "rstatus") return matches(pattern, ERROR);
  return pattern.split(",").some((part) => {
    const [first = "", last = first] = part.split("-");
    return first <= ERROR && ERROR <= last;
  });
}

/**
 * The last option counts, and a server's own options override the defaults. A server may track the checks of another.
 */
function isChecked(words: readonly string[], common: readonly string[]): boolean {
  const last = [...common, ...words].filter((word) => word === "check" || word === "no-check").at(-1);
  return last === "check" || words.includes("track");
}

/** False for a pattern that JavaScript does not support, though PCRE may. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}
