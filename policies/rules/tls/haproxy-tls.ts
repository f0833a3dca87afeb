import { type HaproxyConfiguration, judgeConfigurations } from "../../haproxy-in-scripts";
import { servesClearText } from "../../haproxy/clear-text";
import { isPrivate, type Line, type Section, titleOf } from "../../haproxy/sections";
import { defaultOptions, oldVersion, unguardedCiphers } from "../../haproxy/tls-versions";
import { wordsOf } from "../../haproxy/words";
import { resourceRule } from "../../rule";
import { booleanSetting } from "../../settings";
import { WITH_SCRIPTS } from "../../scripts";

const FIX =
  "bind *:8443 ssl crt /etc/haproxy/certificate.pem ssl-min-ver TLSv1.2 alpn h2,http/1.1; " +
  "beside it, for plain HTTP, http-request redirect scheme https unless { ssl_fc }";

/**
 * The binds of HAProxy on instances, which are listeners that the rules on load balancers do not see. Since HAProxy
 * 2.2, its default minimum version is TLS 1.2.
 */
export const haproxyTls = resourceRule({
  id: "haproxy-tls",
  area: "tls",
  title: "HAProxy serves TLS 1.2 or newer",
  severity: "high",
  level: "resource",
  description:
    "In an HAProxy configuration in user data or commands, each bind that other hosts can reach serves TLS 1.2 or newer, with OpenSSL's protection against weak ciphers (no @SECLEVEL=0); plain HTTP only redirects. " +
    "HAProxy needs the same TLS as any other listener, even behind another load balancer.",
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
    required: booleanSetting(true, "Whether binds need TLS. If false, only old TLS versions are refused."),
  },
  types: WITH_SCRIPTS,
  judge(resource, { required }) {
    return judgeConfigurations(resource, FIX, (configuration) =>
      configuration.sections.flatMap((section) => problemsIn(section, configuration, required)),
    );
  },
});

function problemsIn(section: Section, configuration: HaproxyConfiguration, required: boolean): string[] {
  const { label, sections, fileAt } = configuration;
  const where = `${label}: ${titleOf(section)}`;
  const common = defaultOptions(sections);
  const back = required ? section.lines.filter(leadsToHttp) : [];
  return [
    ...back.map(() => `${where}: a redirect leads to plain HTTP; it must lead to HTTPS`).slice(0, 1),
    ...section.lines.flatMap(([first, address = "", ...options]) => {
      if (first !== "bind" || isPrivate(address)) return [];
      const problem = (text: string): string => `${where}: bind ${address} ${text}`;
      if (!options.includes("ssl")) {
        const isServed =
          required && portsOf(address).some((port) => servesClearText(section, sections, port));
        return isServed
          ? [problem("has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl")]
          : [];
      }
      const ways = [
        [options, common],
        ...listedOptions(options, fileAt).map((own) => [own, options, common]),
      ];
      const bad = ways.flatMap(([own = [], ...above]) =>
        [oldVersion, unguardedCiphers].flatMap((optionOf) => optionOf(own, ...above) ?? []),
      );
      return [...new Set(bad)].map((option) => problem(`has ${option}; it must not`));
    }),
  ];
}

/**
 * Whether a line redirects visitors to plain HTTP.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#4-redirect
 */
function leadsToHttp(words: Line): boolean {
  const isRedirect =
    words[0] === "redirect" || (/^http-re(?:quest|sponse)$/.test(words[0] ?? "") && words[1] === "redirect");
  return (
    isRedirect &&
    words.some((word, index) =>
      word === "scheme"
        ? /^http$/i.test(words[index + 1] ?? "")
        : (word === "location" || word === "prefix") && /^http:/i.test(words[index + 1] ?? ""),
    )
  );
}

/** The ports of addresses such as `:80,:8080` or `*:80-90`; undefined for a port that is not known. */
function portsOf(addresses: string): (string | undefined)[] {
  return addresses.split(",").flatMap((address) => {
    const [, first, last] = /:(\d+)(?:-(\d+))?$/.exec(address) ?? [];
    return last === undefined ? [first] : [first, last];
  });
}

/**
 * The options of each certificate in a bind's list, which override the bind's own.
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
