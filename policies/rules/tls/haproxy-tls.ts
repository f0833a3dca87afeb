import { type HaproxyConfiguration, judgeConfigurations } from "../../haproxy-in-user-data";
import { servesClearText } from "../../haproxy/clear-text";
import { isPrivate, type Line, type Section } from "../../haproxy/sections";
import { defaultOptions, oldVersion, unguardedCiphers } from "../../haproxy/tls-versions";
import { wordsOf } from "../../haproxy/words";
import { resourceRule } from "../../rule";
import { booleanSetting } from "../../settings";
import { WITH_USER_DATA } from "../../user-data";

const FIX =
  "bind *:8443 ssl crt /etc/haproxy/certificate.pem ssl-min-ver TLSv1.2 alpn h2,http/1.1; " +
  "beside it, for plain HTTP, http-request redirect scheme https unless { ssl_fc }";

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
    "In a configuration of HAProxy in user data, each bind that others reach speaks TLS, of version 1.2 at least and with OpenSSL's guard against weak ciphers (no @SECLEVEL=0); plain HTTP only redirects. " +
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
    return judgeConfigurations(resource, FIX, (configuration) =>
      configuration.sections.flatMap((section) => problemsIn(section, configuration, required)),
    );
  },
});

function problemsIn(section: Section, configuration: HaproxyConfiguration, required: boolean): string[] {
  const { label, sections, fileAt } = configuration;
  const where = `${label}: ${section.kind} ${section.name}`;
  const common = defaultOptions(sections);
  return section.lines.flatMap(([first, address = "", ...options]) => {
    if (first !== "bind" || isPrivate(address)) return [];
    const problem = (text: string): string => `${where}: bind ${address} ${text}`;
    if (!options.includes("ssl")) {
      const isServed = required && portsOf(address).some((port) => servesClearText(section, sections, port));
      return isServed
        ? [problem("has no ssl, and serves what it gets in clear text; it must redirect to HTTPS or have it")]
        : [];
    }
    const ways = [[options, common], ...listedOptions(options, fileAt).map((own) => [own, options, common])];
    const bad = ways.flatMap(([own = [], ...above]) =>
      [oldVersion, unguardedCiphers].flatMap((optionOf) => optionOf(own, ...above) ?? []),
    );
    return [...new Set(bad)].map((option) => problem(`has ${option}; it must not`));
  });
}

/** The ports of addresses such as `:80,:8080` or `*:80-90`; one that can't be told is undefined. */
function portsOf(addresses: string): (string | undefined)[] {
  return addresses.split(",").flatMap((address) => {
    const [, first, last] = /:(\d+)(?:-(\d+))?$/.exec(address) ?? [];
    return last === undefined ? [first] : [first, last];
  });
}

/**
 * The options of each certificate in a bind's list, which count more than its own.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#5.1-crt-list
 */
function listedOptions(options: Line, fileAt: HaproxyConfiguration["fileAt"]): Line[] {
  return options.flatMap((option, index) => {
    const text = option === "crt-list" ? fileAt(options[index + 1] ?? "") : undefined;
    return [...(text ?? "").matchAll(/^[^#\n]*?\[([^\]\n]*)\]/gm)].map(([, inner = ""]) =>
      wordsOf(inner, new Map()),
    );
  });
}
