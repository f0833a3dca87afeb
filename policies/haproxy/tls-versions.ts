import type { Line, Section } from "./sections";

/** Deprecated versions: RFC 8996 and RFC 7568. */
const OLD = /^(?:sslv3|tlsv1\.[01])$/i;

/** The TLS versions that options allow. */
interface Range {
  readonly min: string | undefined;
  readonly max: string | undefined;
  /** The options that set it, as written. */
  readonly words: readonly string[];
}

/**
 * The option that allows an old version of TLS on a bind. The bind's own options override those for all binds. By
 * default, HAProxy's minimum is TLS 1.2, or the maximum version if that is lower.
 *
 * @param options the options of the bind, or those of one certificate in a list
 * @param above fallback options: of the bind, and `ssl-default-bind-options`
 * @see https://docs.haproxy.org/2.6/configuration.html#5.1-ssl-min-ver
 */
export function oldVersion(options: Line, ...above: readonly Line[]): string | undefined {
  const ranges = [options, ...above].map(rangeOf);
  const min = ranges.find((range) => range.min !== undefined);
  const max = ranges.find((range) => range.max !== undefined);
  const guilty = [min?.min !== undefined && OLD.test(min.min) ? min : undefined, max].find(
    (range) => range !== undefined && [range.min, range.max].some((version) => OLD.test(version ?? "")),
  );
  return guilty?.words.join(" ");
}

/** Options for all binds, of which the last ones count, with their ciphers in the form of a bind's option. */
export function defaultOptions(sections: readonly Section[]): Line {
  const lines = sections.filter(({ kind }) => kind === "global").flatMap((section) => section.lines);
  return lines.flatMap(([first, ...options]) => {
    if (first === "ssl-default-bind-ciphers") return ["ciphers", ...options];
    return first === "ssl-default-bind-options" ? options : [];
  });
}

/**
 * The option by which a bind accepts all ciphers of OpenSSL, including those without encryption or authentication: a
 * list of ciphers at security level 0.
 *
 * @param options the options of the bind, or those of one certificate in a list
 * @param above fallback options, if these name no ciphers
 * @see https://docs.openssl.org/3.0/man3/SSL_CTX_get_security_level/
 */
export function unguardedCiphers(options: Line, ...above: readonly Line[]): string | undefined {
  const lists = [options, ...above].flatMap((words) => {
    const at = words.lastIndexOf("ciphers");
    return at < 0 ? [] : words.slice(at + 1, at + 2);
  });
  const [ciphers = ""] = lists;
  // OpenSSL accepts it anywhere, without a separator, and uses the last one.
  const level = /^.*@SECLEVEL=(\d)/s.exec(ciphers)?.[1];
  return level === "0" ? `ciphers ${ciphers}` : undefined;
}

function rangeOf(options: Line): Range {
  let min: string | undefined;
  let max: string | undefined;
  const words: string[] = [];
  for (const [at, option] of options.entries()) {
    const forced = /^force-(sslv3|tlsv1)([0-3]?)$/.exec(option);
    const version = options[at + 1] ?? "";
    if (forced) {
      min = max = forced[1] === "sslv3" ? "sslv3" : `tlsv1.${forced[2]}`;
      words.push(option);
    } else if (option === "ssl-min-ver" || option === "ssl-max-ver") {
      if (option === "ssl-min-ver") min = version;
      else max = version;
      if (OLD.test(version)) words.push(`${option} ${version}`);
    }
  }
  return { min, max, words };
}
