import type { Line, Section } from "./sections";

/** Versions that are broken or given up: RFC 8996 and RFC 7568. */
const OLD = /^(?:sslv3|tlsv1\.[01])$/i;

/** The versions of TLS that options allow, as far as they say so. */
interface Range {
  readonly min: string | undefined;
  readonly max: string | undefined;
  /** The options that say it, as they are written. */
  readonly words: readonly string[];
}

/**
 * The option by which a bind speaks an old version of TLS. Its own word counts more than that for all binds; without
 * any, HAProxy begins with TLS 1.2, or with the newest it is allowed.
 *
 * @param options of the bind, or those of one certificate in a list
 * @param above options that count where these say nothing: of the bind, and `ssl-default-bind-options`
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

/** Options for all binds, the last word of which counts; their ciphers as a bind would name its own. */
export function defaultOptions(sections: readonly Section[]): Line {
  const lines = sections.filter(({ kind }) => kind === "global").flatMap((section) => section.lines);
  return lines.flatMap(([first, ...options]) => {
    if (first === "ssl-default-bind-ciphers") return ["ciphers", ...options];
    return first === "ssl-default-bind-options" ? options : [];
  });
}

/**
 * The option by which a bind takes whatever OpenSSL knows, ciphers that don't encrypt or don't prove who answers among it:
 * a list of ciphers at security level 0.
 *
 * @param options of the bind, or those of one certificate in a list
 * @param above options that count where these name no ciphers
 * @see https://docs.openssl.org/3.0/man3/SSL_CTX_get_security_level/
 */
export function unguardedCiphers(options: Line, ...above: readonly Line[]): string | undefined {
  const lists = [options, ...above].flatMap((words) => {
    const at = words.lastIndexOf("ciphers");
    return at < 0 ? [] : words.slice(at + 1, at + 2);
  });
  const [ciphers = ""] = lists;
  // OpenSSL takes it anywhere, needs no separator before it, and goes by the last.
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
