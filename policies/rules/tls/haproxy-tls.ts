import {
  type HaproxyConfiguration,
  type HaproxySection,
  isHttp,
  isPrivate,
  judgeConfigurations,
} from "../../haproxy-in-user-data";
import { resourceRule } from "../../rule";
import { booleanSetting } from "../../settings";
import { WITH_USER_DATA } from "../../user-data";

const FIX =
  "bind *:8443 ssl crt /etc/haproxy/certificate.pem ssl-min-ver TLSv1.2 alpn h2,http/1.1; " +
  "beside it, for plain HTTP, http-request redirect scheme https unless { ssl_fc }";

/** Versions that are broken or given up: RFC 8996 and RFC 7568. */
const OLD = /^(?:sslv3|tlsv1\.[01])$/i;

/**
 * HAProxy on instances: its binds are listeners that no load balancer's rule sees. Its own minimum version has been
 * TLS 1.2 since 2.2.
 */
export const haproxyTls = resourceRule({
  id: "haproxy-tls",
  area: "tls",
  title: "HAProxy listens by TLS 1.2 or newer",
  severity: "high",
  level: "resource",
  description:
    "In a configuration of HAProxy in user data, each bind that others reach speaks TLS, of version 1.2 at least; plain HTTP only redirects. " +
    "A balancer of one's own is a listener like any other, whoever stands before it.",
  remedy: `haproxy.cfg: ${FIX}.`,
  references: [
    {
      label: "SEC09-BP02",
      url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html",
    },
    { label: "bind", url: "https://docs.haproxy.org/2.6/configuration.html#5.1-ssl-min-ver" },
    { label: "RFC 8996", url: "https://www.rfc-editor.org/rfc/rfc8996" },
  ],
  settings: {
    required: booleanSetting(true, "Whether binds need TLS. Without, only old versions are refused."),
  },
  types: WITH_USER_DATA,
  judge(resource, { required }) {
    return judgeConfigurations(resource, FIX, (configuration) => [
      ...oldDefaults(configuration),
      ...configuration.sections.flatMap((section) => faultsIn(section, configuration.label, required)),
    ]);
  },
});

function oldDefaults({ label, sections }: HaproxyConfiguration): string[] {
  const lines = sections.filter(({ kind }) => kind === "global").flatMap((section) => section.lines);
  return lines
    .filter(([first]) => first === "ssl-default-bind-options")
    .flatMap((words) =>
      oldVersions(words).map((option) => `${label}: ${words[0]} has ${option}; it must not`),
    );
}

function faultsIn(section: HaproxySection, label: string, required: boolean): string[] {
  const where = `${label}: ${section.kind} ${section.name}`;
  return section.lines.flatMap(([first, address = "", ...options]) => {
    if (first !== "bind" || isPrivate(address)) return [];
    if (!options.includes("ssl"))
      return required && isHttpListener(section, address) && !onlyRedirects(section)
        ? [`${where}: bind ${address} has no ssl; it must`]
        : [];
    return oldVersions(options).map((option) => `${where}: bind ${address} has ${option}; it must not`);
  });
}

/** TCP is passed on as it comes; on port 80 that is HTTP. */
function isHttpListener(section: HaproxySection, address: string): boolean {
  return isHttp(section) || /:80$/.test(address);
}

/** Everything goes to HTTPS: a redirect without a condition, before anything is served. */
function onlyRedirects({ lines }: HaproxySection): boolean {
  return lines.some((words) => {
    const text = words.join(" ");
    return (
      /^(?:http-request )?redirect scheme https\b/.test(text) &&
      (!/ (?:if|unless) /.test(text) || / (?:unless|if !) ?\{ ?ssl_fc ?\}/.test(text))
    );
  });
}

function oldVersions(options: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    if (/^force-(?:sslv3|tlsv1[01])$/.test(option)) return [option];
    const version = options[index + 1] ?? "";
    return /^ssl-(?:min|max)-ver$/.test(option) && OLD.test(version) ? [`${option} ${version}`] : [];
  });
}
