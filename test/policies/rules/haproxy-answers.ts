/**
 * Configurations of HAProxy, and whether it serves visitors unencrypted, with an old TLS version, or with ciphers that
 * don't encrypt. `PLAIN`, `OTHER` and `TLS` stand for ports, `SERVER` for a server's address, `CRT` for the path of a
 * certificate, and `LIST` for the path of a list of certificates.
 */
export interface Row {
  readonly title: string;
  /** The lines of the tested frontend; or a whole configuration, if the lines contain sections. */
  readonly lines: readonly string[];
  /** The lines of a list of certificates. @default none */
  readonly list?: readonly string[];
}

const row = (title: string, ...lines: string[]): Row => ({ title, lines });
const UNLESS_TLS = "http-request redirect scheme https unless { ssl_fc }";
const ACME = "path_beg /.well-known/acme-challenge/";

/** The sections of a backend for frontends without one. */
const backend = (...lines: string[]): string[] => ["backend b", "mode http", ...lines, "server s SERVER"];

/** Configurations that don't serve visitors unencrypted. */
export const KEPT: readonly Row[] = [
  row("a redirect of all requests", "bind :PLAIN", "http-request redirect scheme https code 301"),
  row("a redirect unless the request uses TLS", "bind :PLAIN", "bind :TLS ssl crt CRT", UNLESS_TLS),
  row(
    "a redirect if the request does not use TLS",
    "bind :PLAIN",
    "redirect scheme https code 301 if !{ ssl_fc }",
  ),
  row("a space after the exclamation mark", "bind :PLAIN", "redirect scheme https if ! { ssl_fc }"),
  row("ssl_fc compared as a number", "bind :PLAIN", "redirect scheme https if { ssl_fc -m int 0 }"),
  row("ssl_fc negated by a converter", "bind :PLAIN", "redirect scheme https if { ssl_fc,not }"),
  row("ssl_fc compared as a Boolean", "bind :PLAIN", "redirect scheme https unless { ssl_fc -m bool true }"),
  row(
    "the SNI, which exists only with TLS",
    "bind :PLAIN",
    "redirect scheme https unless { ssl_fc_sni -m found }",
  ),
  row(
    "ssl_fc negated and compared as a number",
    "bind :PLAIN",
    "redirect scheme https if { ssl_fc,not -m int 1 }",
  ),
  row("a named ACL", "bind :PLAIN", "acl tls ssl_fc", "http-request redirect scheme https if !tls"),
  row("a double negation", "bind :PLAIN", "http-request redirect scheme https unless !{ ssl_fc,not }"),
  row(
    "an exception for ACME challenges",
    "bind :PLAIN",
    `http-request redirect scheme https unless { ssl_fc } || { ${ACME} }`,
  ),
  row("an ACME backend", "bind :PLAIN", `acl acme ${ACME}`, `${UNLESS_TLS} or acme`, "use_backend b if acme"),
  row(
    "two redirects that together match every path",
    "bind :PLAIN",
    "redirect scheme https if { path_beg /a }",
    "redirect scheme https if !{ path_beg /a }",
  ),
  row("a redirect of every path", "bind :PLAIN", "redirect scheme https if { path_beg / }"),
  row("a redirect by port", "bind :PLAIN", "redirect scheme https if { dst_port PLAIN }"),
  row("a condition that is always true", "bind :PLAIN", "redirect scheme https if TRUE"),
  row(
    "a redirect to a location",
    "bind :PLAIN",
    "http-request redirect location https://%[hdr(host)]%[capture.req.uri] code 301 unless { ssl_fc }",
  ),
  row(
    "a redirect to a prefix",
    "bind :PLAIN",
    "http-request redirect prefix https://shop.example.com code 301",
  ),
  row(
    "a returned response that redirects",
    "bind :PLAIN",
    'http-request return status 301 hdr Location "https://shop.example.com/"',
  ),
  row(
    "a redirect of some methods, and a refusal of the others",
    "bind :PLAIN",
    "redirect scheme https if { method GET HEAD }",
    "http-request deny if !{ method GET HEAD }",
  ),
  row("a refusal of plain HTTP", "bind :PLAIN", "http-request deny unless { ssl_fc }"),
  row("a connection that is rejected", "bind :PLAIN", "tcp-request content reject unless { ssl_fc }"),
  row("a returned response that refuses", "bind :PLAIN", "http-request return status 403 unless { ssl_fc }"),
  row(
    "a header that is set before the redirect",
    "bind :PLAIN",
    "http-request set-header X-Forwarded-Proto https if { ssl_fc }",
    UNLESS_TLS,
  ),
  row(
    "an allow rule before a redirect that still applies",
    "bind :PLAIN",
    "http-request allow",
    "redirect scheme https if !{ ssl_fc }",
  ),
  row("a frontend without a backend", "frontend web", "mode http", "bind :PLAIN"),
  row(
    "a backend that redirects",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "default_backend b",
    ...backend(UNLESS_TLS),
  ),
  row(
    "two backends that redirect",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "use_backend c if { path_beg /c }",
    "default_backend b",
    ...backend(UNLESS_TLS),
    "backend c",
    "mode http",
    UNLESS_TLS,
    "server s SERVER",
  ),
  row(
    "rules in a named defaults section",
    "defaults d",
    "mode http",
    UNLESS_TLS,
    "defaults e",
    "mode http",
    "frontend web from d",
    "bind :PLAIN",
    "default_backend b",
    ...backend(),
  ),
  row("listen", "listen web", "mode http", "bind :PLAIN", UNLESS_TLS, "server s SERVER"),
  row(
    "a load balancer's X-Forwarded-Proto header",
    "bind :PLAIN",
    "redirect scheme https unless { hdr(X-Forwarded-Proto) https }",
  ),
  row("a monitor URI", "bind :PLAIN", "monitor-uri /ok", UNLESS_TLS),
  row("an exception for a health check path", "bind :PLAIN", `${UNLESS_TLS} || { path /healthz }`),
  row("a tarpit", "bind :PLAIN", "timeout tarpit 100ms", "http-request tarpit unless { ssl_fc }"),
  row(
    "an unrelated conditional block",
    "frontend web",
    "mode http",
    ".if streq(a,b)",
    "option httplog",
    ".endif",
    "bind :PLAIN",
    UNLESS_TLS,
    "default_backend b",
    ...backend(),
  ),
  row(
    "a TCP frontend that rejects connections",
    "frontend web",
    "mode tcp",
    "bind :OTHER",
    "tcp-request connection reject",
    "default_backend b",
    ...backend().map((line) => line.replace("http", "tcp")),
  ),
  row(
    "two frontends that both redirect",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "redirect scheme https",
    "frontend more",
    "mode http",
    "bind :OTHER",
    "redirect scheme https",
    "default_backend b",
    ...backend(),
  ),
  row("TLS with a minimum version", 'bind ":TLS" ssl crt "CRT" alpn h2,http/1.1 ssl-min-ver TLSv1.2'),
  row("TLS by default", "bind :TLS ssl crt CRT"),
  row("only TLS 1.3", "bind :TLS ssl crt CRT force-tlsv13"),
  row(
    "a bind option that overrides the global one",
    "global",
    "ssl-default-bind-options ssl-min-ver TLSv1.0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT ssl-min-ver TLSv1.2",
    "default_backend b",
    ...backend(),
  ),
  row("old TLS versions disabled", "bind :TLS ssl crt CRT no-tlsv10 no-tlsv11"),
  {
    ...row("a certificate list without options", "bind :TLS ssl crt-list LIST"),
    list: ["CRT shop.example.com", "CRT"],
  },
  {
    ...row("a certificate list with a new TLS version", "bind :TLS ssl crt-list LIST"),
    list: ["CRT [ssl-min-ver TLSv1.2] shop.example.com"],
  },
  // OpenSSL accepts these only at its lowest security level.
  row("ciphers without encryption that OpenSSL disables", "bind :TLS ssl crt CRT ciphers ALL:eNULL"),
  row(
    "ciphers without encryption, with a raised security level",
    "bind :TLS ssl crt CRT ciphers @SECLEVEL=0:ALL:eNULL:@SECLEVEL=1",
  ),
  row(
    "ciphers without encryption, with a high security level",
    "bind :TLS ssl crt CRT ciphers ALL:eNULL:@SECLEVEL=1",
  ),
  row(
    "bind ciphers that override the global ones",
    "global",
    "ssl-default-bind-ciphers ALL:eNULL:@SECLEVEL=0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT ciphers ECDHE+AESGCM",
    "default_backend b",
    ...backend(),
  ),
];

/** Configurations that do. */
export const SERVED: readonly Row[] = [
  row("only a bind line", "bind :PLAIN"),
  row("TLS in a comment", "bind :PLAIN # ssl crt CRT"),
  row("a redirect in a comment", "bind :PLAIN", "# http-request redirect scheme https"),
  row("an allow rule before the redirect", "bind :PLAIN", "http-request allow", UNLESS_TLS),
  row(
    "an allow rule for some paths before the redirect",
    "bind :PLAIN",
    "http-request allow if { path_beg /login }",
    UNLESS_TLS,
  ),
  row(
    "a redirect of one path only",
    "bind :PLAIN",
    "http-request redirect scheme https if !{ ssl_fc } { path /login }",
  ),
  row(
    "an exception that matches every path",
    "bind :PLAIN",
    "http-request redirect scheme https unless { ssl_fc } or { path_beg / }",
  ),
  row(
    "a redirect of one host only",
    "bind :PLAIN",
    "redirect scheme https code 301 if { hdr(host) -i a.example.com } !{ ssl_fc }",
  ),
  row("a redirect of one method only", "bind :PLAIN", "redirect scheme https if METH_GET !{ ssl_fc }"),
  row("a redirect of TLS requests only", "bind :PLAIN", "http-request redirect scheme https if { ssl_fc }"),
  row("a redirect on another port only", "bind :PLAIN", "redirect scheme https if { dst_port OTHER }"),
  row("a condition that is never true", "bind :PLAIN", "redirect scheme https if FALSE"),
  row("a redirect to plain HTTP", "bind :PLAIN", "http-request redirect scheme http code 301"),
  row("a redirect to a plain HTTP location", "bind :PLAIN", "redirect location http://shop.example.com/"),
  row("a redirect to a path", "bind :PLAIN", "redirect location /login"),
  row("a redirect to a plain HTTP prefix", "bind :PLAIN", "redirect prefix http://shop.example.com"),
  row(
    "a returned response before the redirect",
    "bind :PLAIN",
    "http-request return status 200 content-type text/plain string hello",
    UNLESS_TLS,
  ),
  row(
    "password authentication",
    "userlist u",
    "user ada insecure-password secret",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "http-request auth unless { http_auth(u) }",
    "default_backend b",
    ...backend(),
  ),
  row(
    "an ACL with two lines",
    "bind :PLAIN",
    "acl tls ssl_fc",
    "acl tls path_beg /login",
    "http-request redirect scheme https if !tls",
  ),
  row(
    'a path ACL with the name "all"',
    "bind :PLAIN",
    "acl all path_beg /login",
    "redirect scheme https if all",
  ),
  row(
    "a redirect by another frontend",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "default_backend b",
    "frontend more",
    "mode http",
    "bind :OTHER",
    "redirect scheme https",
    ...backend(),
  ),
  row(
    "two backends of which one redirects",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "use_backend c if { path_beg /login }",
    "default_backend b",
    ...backend(UNLESS_TLS),
    "backend c",
    "mode http",
    "server s SERVER",
  ),
  row(
    "the mode of a named defaults section",
    "defaults d",
    "mode http",
    "defaults e",
    "mode tcp",
    "frontend web from d",
    "bind :PLAIN",
    "default_backend b",
    ...backend(),
  ),
  row(
    "a frontend with the same name as its backend",
    "frontend b",
    "mode http",
    "bind :PLAIN",
    "default_backend b",
    ...backend(),
  ),
  row("a quoted address", 'bind ":PLAIN"'),
  row("a second bind line without TLS", "bind :TLS ssl crt CRT", "bind :PLAIN"),
  row("two addresses without TLS", "bind :PLAIN,:OTHER"),
  row("listen", "listen web", "mode http", "bind :PLAIN", "server s SERVER"),
  row(
    "a maintenance page",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "http-request return status 200 content-type text/html string closed",
  ),
  row(
    "a redirect unless a condition that is always true",
    "bind :PLAIN",
    "http-request redirect scheme https unless { path_beg / }",
  ),
  row("TLS 1.0", "bind :TLS ssl crt CRT ssl-min-ver TLSv1.0"),
  row("TLS 1.1", "bind :TLS ssl crt CRT ssl-min-ver TLSv1.1"),
  row("only TLS 1.0", "bind :TLS ssl crt CRT force-tlsv10"),
  row("at most TLS 1.1", "bind :TLS ssl crt CRT ssl-max-ver TLSv1.1"),
  row("quoted words", 'bind :TLS ssl crt CRT "ssl-min-ver" "TLSv1.0"'),
  row("an escaped character", "bind :TLS ssl crt CRT ssl-min-ver TLSv1\\x2e0"),
  row("a partly quoted word", 'bind :TLS ssl crt CRT ssl-min-ver "TLSv1".0'),
  row("a number after a Boolean fetch", "bind :PLAIN", "redirect scheme https if { ssl_fc 0 }"),
  row(
    "a redirect in a false conditional block",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    ".if streq(a,b)",
    "redirect scheme https",
    ".endif",
    "default_backend b",
    ...backend(),
  ),
  row(
    "a TCP frontend in front of an HTTP server",
    "frontend web",
    "mode tcp",
    "bind :PLAIN",
    "default_backend b",
    "backend b",
    "mode tcp",
    "server s SERVER",
  ),
  row("an error page with status 200", "bind :PLAIN", "http-request deny deny_status 200 unless { ssl_fc }"),
  row("ssl_fc tested for existence", "bind :PLAIN", "redirect scheme https unless { ssl_fc -m found }"),
  row("a comparison with a Boolean fetch", "bind :PLAIN", "redirect scheme https if { ssl_fc eq 0 }"),
  row(
    "a missing client certificate instead of missing TLS",
    "bind :PLAIN",
    "redirect scheme https if { ssl_c_used,not }",
  ),
  row("a returned redirect to a path", "bind :PLAIN", "http-request return status 302 hdr Location /login"),
  row(
    "the statistics page",
    "bind :PLAIN",
    "stats enable",
    "stats uri /",
    "http-request set-log-level silent",
  ),
  row("a backend that an expression names", "bind :PLAIN", "use_backend %[str(b)]"),
  row(
    "a TCP rule that accepts before one that rejects",
    "bind :PLAIN",
    "tcp-request content accept",
    "tcp-request content reject",
  ),
  row(
    "a redirect to a request header's value",
    "bind :PLAIN",
    "http-request redirect location %[hdr(x-next)] unless { ssl_fc }",
  ),
  row(
    "a condition on a variable that is set to true",
    "bind :PLAIN",
    "http-request set-var(txn.tls) bool(true)",
    "redirect scheme https unless { var(txn.tls) -m bool }",
  ),
  row(
    "an old TLS version from an environment variable",
    "global",
    "setenv OLDEST TLSv1.0",
    "frontend web",
    "mode http",
    'bind :TLS ssl crt CRT ssl-min-ver "${OLDEST}"',
    "default_backend b",
    ...backend(),
  ),
  row(
    "an old global TLS version",
    "global",
    "ssl-default-bind-options ssl-min-ver TLSv1.0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT",
    "default_backend b",
    ...backend(),
  ),
  row(
    "an old global TLS version that overrides a new one",
    "global",
    "ssl-default-bind-options ssl-min-ver TLSv1.2",
    "ssl-default-bind-options ssl-min-ver TLSv1.0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT",
    "default_backend b",
    ...backend(),
  ),
  row("ciphers without encryption", "bind :TLS ssl crt CRT ciphers ALL:eNULL:@SECLEVEL=0"),
  row(
    "ciphers without encryption, with a security level without a separator",
    "bind :TLS ssl crt CRT ciphers ALL:eNULL@SECLEVEL=0",
  ),
  row(
    "ciphers without encryption, with two security levels of which the last is low",
    "bind :TLS ssl crt CRT ciphers @SECLEVEL=2:ALL:eNULL;@SECLEVEL=0",
  ),
  row("ciphers without authentication", "bind :TLS ssl crt CRT ciphers @SECLEVEL=0:ALL"),
  row(
    "global ciphers without encryption",
    "global",
    "ssl-default-bind-ciphers DEFAULT",
    "ssl-default-bind-ciphers COMPLEMENTOFALL:ALL:@SECLEVEL=0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT",
    "default_backend b",
    ...backend(),
  ),
  {
    ...row(
      "a certificate list with ciphers without encryption",
      "bind :TLS ssl crt-list LIST ciphers DEFAULT",
    ),
    list: ["CRT [ciphers eNULL:@SECLEVEL=0] shop.example.com"],
  },
  {
    ...row("a certificate list with an old TLS version", "bind :TLS ssl crt-list LIST"),
    list: ["CRT [ssl-min-ver TLSv1.0] shop.example.com"],
  },
  {
    ...row("a certificate list with an old TLS version for one certificate", "bind :TLS ssl crt-list LIST"),
    list: ["CRT other.example.com", "CRT [alpn h2 ssl-min-ver TLSv1.1] shop.example.com"],
  },
];

/** A backend whose only server answers every request with an error. */
const health = (title: string, ...lines: string[]): Row =>
  row(
    title,
    "frontend web",
    "mode http",
    "bind 127.0.0.1:PLAIN",
    "default_backend b",
    "backend b",
    "mode http",
    "default-server inter 300ms fall 1",
    ...lines,
  );
const CHECK = "server s SERVER check";

/** Configurations that send no visitors to the failing server. */
export const CHECKED: readonly Row[] = [
  health("an HTTP check", "option httpchk", CHECK),
  health("an expected status", "option httpchk", "http-check expect status 200", CHECK),
  health("an expected text that the error lacks", "option httpchk", "http-check expect string ok", CHECK),
  health(
    "an expected pattern that the error lacks",
    "option httpchk",
    "http-check expect rstring ^ok",
    CHECK,
  ),
  health(
    "two expectations of which the error fails one",
    "option httpchk",
    "http-check expect ! string a",
    "http-check expect status 200",
    CHECK,
  ),
  health(
    "an expected text in a TCP check",
    "option tcp-check",
    "tcp-check send GET\\ /\\ HTTP/1.0\\r\\n\\r\\n",
    "tcp-check expect string 200",
    CHECK,
  ),
  health("an HTTP check that overrides a TCP check", "option tcp-check", "option httpchk", CHECK),
  health("a check that overrides no-check", "option httpchk", "server s SERVER no-check check"),
  health("a default-server check", "option httpchk", "default-server check", "server s SERVER"),
  {
    title: "a default-server check in the defaults section",
    lines: [
      "defaults",
      "mode http",
      "option httpchk",
      "default-server check",
      "timeout client 5s",
      "timeout connect 5s",
      "timeout server 5s",
      "frontend web",
      "bind 127.0.0.1:PLAIN",
      "default_backend b",
      "backend b",
      "default-server inter 300ms fall 1",
      "server s SERVER",
    ],
  },
];

/** Configurations that continue to send visitors to it. */
export const UNCHECKED: readonly Row[] = [
  health("a server without a check", "option httpchk", "server s SERVER"),
  health("a TCP connection check", CHECK),
  health("a TCP check that overrides an HTTP check", "option httpchk", "option tcp-check", CHECK),
  health(
    "a default-server check after the server",
    "option httpchk",
    "server s SERVER",
    "default-server check",
  ),
  health("an expectation of any status", "option httpchk", "http-check expect status 100-599", CHECK),
  health(
    "an expectation of any status except 500",
    "option httpchk",
    "http-check expect ! status 500",
    CHECK,
  ),
  health("an expectation that a text is absent", "option httpchk", "http-check expect ! string error", CHECK),
  health(
    "an expectation that a pattern is absent",
    "option httpchk",
    "http-check expect ! rstring ^error",
    CHECK,
  ),
  health("an expectation of any text", "option httpchk", "http-check expect rstring .*", CHECK),
];

/** The values of the placeholders in a configuration. */
export type Places = Readonly<Record<"PLAIN" | "OTHER" | "TLS" | "SERVER" | "CRT" | "LIST", string>>;

const isSection = (line: string): boolean =>
  /^(?:global|defaults|userlist|frontend|backend|listen)\b/.test(line);

/** A row's complete configuration. */
export function configOf({ lines }: Row, places: Places, ...global: string[]): string {
  const whole = lines.some((line) => /^(?:frontend|listen) /.test(line))
    ? lines
    : [
        "frontend web",
        "mode http",
        ...lines,
        "default_backend b",
        "backend b",
        "mode http",
        "server s SERVER",
      ];
  const timeouts = ["connect", "client", "server"].map((side) => `timeout ${side} 5s`);
  const text = ["global", ...global, "defaults", ...timeouts, ...whole]
    .map((line) => (isSection(line) ? line : `  ${line}`))
    // Named defaults lack the timeouts of the defaults above; without them, HAProxy only warns.
    .join("\n");
  return placed(text, places);
}

/** A text with the placeholders for ports, files and the server replaced. */
export const placed = (text: string, places: Places): string =>
  text.replace(/PLAIN|OTHER|SERVER|CRT|LIST|(?<=:)TLS/g, (name) => places[name as keyof Places]);
