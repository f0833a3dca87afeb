import { judgeConfigurations } from "../../haproxy-in-scripts";
import { isPrivate, type Section, titleOf } from "../../haproxy/sections";
import { resourceRule } from "../../rule";
import { WITH_SCRIPTS } from "../../scripts";

const FIX =
  "frontend metrics with bind 127.0.0.1:8404 and http-request use-service prometheus-exporter if { path /metrics }; " +
  "stats socket /run/haproxy/admin.sock for the runtime API";

/** HAProxy's interfaces for operators. */
export const haproxyPrivate = resourceRule({
  id: "haproxy-private",
  area: "exposure",
  title: "HAProxy's statistics and runtime API are private",
  severity: "high",
  level: "resource",
  description:
    "An HAProxy configuration in user data or commands serves statistics, metrics and the runtime API on addresses that only the instance itself can reach. " +
    "They reveal every server, and the runtime API can take servers out of service.",
  remedy: `haproxy.cfg: ${FIX}.`,
  references: [
    {
      label: "SEC05-BP02",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_network_protection_layered.html",
    },
    { label: "stats socket", url: "https://docs.haproxy.org/2.6/configuration.html#3.1-stats%20socket" },
    { label: "stats enable", url: "https://docs.haproxy.org/2.6/configuration.html#4-stats%20enable" },
  ],
  types: WITH_SCRIPTS,
  judge(resource) {
    return judgeConfigurations(resource, FIX, ({ label, sections }) =>
      sections.flatMap((section) => problemsIn(section, sections, label)),
    );
  },
});

function problemsIn(section: Section, all: readonly Section[], label: string): string[] {
  if (section.kind === "global") {
    return section.lines
      .filter(
        ([first, second, address = ""]) => first === "stats" && second === "socket" && !isPrivate(address),
      )
      .map(
        (words) =>
          `${label}: stats socket is ${words[2] ?? "nothing"}; it must be a path or a loopback address`,
      );
  }
  if (!showsInside(section)) return [];
  return reachedBy(section, all).map(
    (address) =>
      `${label}: ${titleOf(section)} shows statistics on ${address}; it must be a loopback address`,
  );
}

function showsInside({ lines }: Section): boolean {
  return lines.some(
    (words) =>
      (words[0] === "stats" && ["enable", "uri", "admin"].includes(words[1] ?? "")) ||
      words.includes("prometheus-exporter"),
  );
}

/** The addresses of a section, or of the frontends that lead to it, that are not private. */
function reachedBy(section: Section, all: readonly Section[]): string[] {
  const doors =
    section.kind === "backend"
      ? all.filter(({ lines }) =>
          lines.some(
            ([first, name]) => /^(?:use|default)_backend$/.test(first ?? "") && name === section.name,
          ),
        )
      : [section];
  return doors.flatMap(({ lines }) =>
    lines.flatMap(([first, address = ""]) => (first === "bind" && !isPrivate(address) ? [address] : [])),
  );
}
