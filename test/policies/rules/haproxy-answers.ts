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
  row("a redirect of everything", "bind :PLAIN", "http-request redirect scheme https code 301"),
  row("a redirect unless TLS", "bind :PLAIN", "bind :TLS ssl crt CRT", UNLESS_TLS),
  row("a redirect if not TLS", "bind :PLAIN", "redirect scheme https code 301 if !{ ssl_fc }"),
  row("a space behind the mark", "bind :PLAIN", "redirect scheme https if ! { ssl_fc }"),
  row("TLS as a number", "bind :PLAIN", "redirect scheme https if { ssl_fc -m int 0 }"),
  row("TLS, the other way round", "bind :PLAIN", "redirect scheme https if { ssl_fc,not }"),
  row("TLS as a word", "bind :PLAIN", "redirect scheme https unless { ssl_fc -m bool true }"),
  row(
    "a server's name that only TLS tells",
    "bind :PLAIN",
    "redirect scheme https unless { ssl_fc_sni -m found }",
  ),
  row("not TLS as a number", "bind :PLAIN", "redirect scheme https if { ssl_fc,not -m int 1 }"),
  row("an acl by name", "bind :PLAIN", "acl tls ssl_fc", "http-request redirect scheme https if !tls"),
  row("twice not", "bind :PLAIN", "http-request redirect scheme https unless !{ ssl_fc,not }"),
  row(
    "a proof of the domain",
    "bind :PLAIN",
    `http-request redirect scheme https unless { ssl_fc } || { ${ACME} }`,
  ),
  row(
    "a proof by its own backend",
    "bind :PLAIN",
    `acl acme ${ACME}`,
    `${UNLESS_TLS} or acme`,
    "use_backend b if acme",
  ),
  row(
    "one half after the other",
    "bind :PLAIN",
    "redirect scheme https if { path_beg /a }",
    "redirect scheme https if !{ path_beg /a }",
  ),
  row("every path", "bind :PLAIN", "redirect scheme https if { path_beg / }"),
  row("by the port", "bind :PLAIN", "redirect scheme https if { dst_port PLAIN }"),
  row("always", "bind :PLAIN", "redirect scheme https if TRUE"),
  row(
    "a location",
    "bind :PLAIN",
    "http-request redirect location https://%[hdr(host)]%[capture.req.uri] code 301 unless { ssl_fc }",
  ),
  row("a prefix", "bind :PLAIN", "http-request redirect prefix https://shop.example.com code 301"),
  row(
    "an answer that redirects",
    "bind :PLAIN",
    'http-request return status 301 hdr Location "https://shop.example.com/"',
  ),
  row(
    "a refusal of the rest",
    "bind :PLAIN",
    "redirect scheme https if { method GET HEAD }",
    "http-request deny if !{ method GET HEAD }",
  ),
  row("a refusal", "bind :PLAIN", "http-request deny unless { ssl_fc }"),
  row("a reset", "bind :PLAIN", "tcp-request content reject unless { ssl_fc }"),
  row("an answer that refuses", "bind :PLAIN", "http-request return status 403 unless { ssl_fc }"),
  row(
    "headers first",
    "bind :PLAIN",
    "http-request set-header X-Forwarded-Proto https if { ssl_fc }",
    UNLESS_TLS,
  ),
  row(
    "allowed, and a redirect that comes after",
    "bind :PLAIN",
    "http-request allow",
    "redirect scheme https if !{ ssl_fc }",
  ),
  row("no backend", "frontend web", "mode http", "bind :PLAIN"),
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
    "rules of named defaults",
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
    "a balancer's word that it was TLS",
    "bind :PLAIN",
    "redirect scheme https unless { hdr(X-Forwarded-Proto) https }",
  ),
  row("a page for checkers", "bind :PLAIN", "monitor-uri /ok", UNLESS_TLS),
  row("a page of health", "bind :PLAIN", `${UNLESS_TLS} || { path /healthz }`),
  row("slowly", "bind :PLAIN", "timeout tarpit 100ms", "http-request tarpit unless { ssl_fc }"),
  row(
    "a branch beside",
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
    "TCP that refuses",
    "frontend web",
    "mode tcp",
    "bind :OTHER",
    "tcp-request connection reject",
    "default_backend b",
    ...backend().map((line) => line.replace("http", "tcp")),
  ),
  row(
    "its own, twice",
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
  row("TLS", 'bind ":TLS" ssl crt "CRT" alpn h2,http/1.1 ssl-min-ver TLSv1.2'),
  row("TLS by default", "bind :TLS ssl crt CRT"),
  row("TLS 1.3 alone", "bind :TLS ssl crt CRT force-tlsv13"),
  row(
    "its own word, over that for all",
    "global",
    "ssl-default-bind-options ssl-min-ver TLSv1.0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT ssl-min-ver TLSv1.2",
    "default_backend b",
    ...backend(),
  ),
  row("old versions switched off", "bind :TLS ssl crt CRT no-tlsv10 no-tlsv11"),
  { ...row("a list without options", "bind :TLS ssl crt-list LIST"), list: ["CRT shop.example.com", "CRT"] },
  {
    ...row("a list with a new version", "bind :TLS ssl crt-list LIST"),
    list: ["CRT [ssl-min-ver TLSv1.2] shop.example.com"],
  },
  // OpenSSL accepts these only at its lowest security level.
  row("ciphers that don't encrypt, with a guard", "bind :TLS ssl crt CRT ciphers ALL:eNULL"),
  row(
    "ciphers that don't encrypt, at a level that is raised",
    "bind :TLS ssl crt CRT ciphers @SECLEVEL=0:ALL:eNULL:@SECLEVEL=1",
  ),
  row("ciphers that don't encrypt, at a level", "bind :TLS ssl crt CRT ciphers ALL:eNULL:@SECLEVEL=1"),
  row(
    "ciphers of its own, against those for all",
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
  row("nothing but a bind", "bind :PLAIN"),
  row("TLS in a comment", "bind :PLAIN # ssl crt CRT"),
  row("a redirect in a comment", "bind :PLAIN", "# http-request redirect scheme https"),
  row("allowed first", "bind :PLAIN", "http-request allow", UNLESS_TLS),
  row("some allowed first", "bind :PLAIN", "http-request allow if { path_beg /login }", UNLESS_TLS),
  row("one path", "bind :PLAIN", "http-request redirect scheme https if !{ ssl_fc } { path /login }"),
  row(
    "either, which is all",
    "bind :PLAIN",
    "http-request redirect scheme https unless { ssl_fc } or { path_beg / }",
  ),
  row(
    "one host",
    "bind :PLAIN",
    "redirect scheme https code 301 if { hdr(host) -i a.example.com } !{ ssl_fc }",
  ),
  row("one method", "bind :PLAIN", "redirect scheme https if METH_GET !{ ssl_fc }"),
  row("those who come by TLS", "bind :PLAIN", "http-request redirect scheme https if { ssl_fc }"),
  row("another port", "bind :PLAIN", "redirect scheme https if { dst_port OTHER }"),
  row("never", "bind :PLAIN", "redirect scheme https if FALSE"),
  row("to itself", "bind :PLAIN", "http-request redirect scheme http code 301"),
  row("to a place in clear text", "bind :PLAIN", "redirect location http://shop.example.com/"),
  row("to a path", "bind :PLAIN", "redirect location /login"),
  row("to a prefix in clear text", "bind :PLAIN", "redirect prefix http://shop.example.com"),
  row(
    "an answer",
    "bind :PLAIN",
    "http-request return status 200 content-type text/plain string hello",
    UNLESS_TLS,
  ),
  row(
    "a password",
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
    "an acl of two lines",
    "bind :PLAIN",
    "acl tls ssl_fc",
    "acl tls path_beg /login",
    "http-request redirect scheme https if !tls",
  ),
  row(
    "a later acl of the same name",
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
    "one of two backends redirects",
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
    "the mode of named defaults",
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
    "a frontend that has its backend's name",
    "frontend b",
    "mode http",
    "bind :PLAIN",
    "default_backend b",
    ...backend(),
  ),
  row("a quoted bind", 'bind ":PLAIN"'),
  row("a second bind", "bind :TLS ssl crt CRT", "bind :PLAIN"),
  row("two addresses", "bind :PLAIN,:OTHER"),
  row("listen", "listen web", "mode http", "bind :PLAIN", "server s SERVER"),
  row(
    "a maintenance page",
    "frontend web",
    "mode http",
    "bind :PLAIN",
    "http-request return status 200 content-type text/html string closed",
  ),
  row(
    "unless, of what is always so",
    "bind :PLAIN",
    "http-request redirect scheme https unless { path_beg / }",
  ),
  row("TLS 1.0", "bind :TLS ssl crt CRT ssl-min-ver TLSv1.0"),
  row("TLS 1.1", "bind :TLS ssl crt CRT ssl-min-ver TLSv1.1"),
  row("TLS 1.0 alone", "bind :TLS ssl crt CRT force-tlsv10"),
  row("at most TLS 1.1", "bind :TLS ssl crt CRT ssl-max-ver TLSv1.1"),
  row("quoted words", 'bind :TLS ssl crt CRT "ssl-min-ver" "TLSv1.0"'),
  row("an escape", "bind :TLS ssl crt CRT ssl-min-ver TLSv1\\x2e0"),
  row("half a word in quotes", 'bind :TLS ssl crt CRT ssl-min-ver "TLSv1".0'),
  row("a number that a boolean ignores", "bind :PLAIN", "redirect scheme https if { ssl_fc 0 }"),
  row(
    "a branch",
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
    "TCP on to HTTP",
    "frontend web",
    "mode tcp",
    "bind :PLAIN",
    "default_backend b",
    "backend b",
    "mode tcp",
    "server s SERVER",
  ),
  row("an error's page", "bind :PLAIN", "http-request deny deny_status 200 unless { ssl_fc }"),
  row(
    "TLS that is told of, false or true",
    "bind :PLAIN",
    "redirect scheme https unless { ssl_fc -m found }",
  ),
  row("a boolean that isn't compared", "bind :PLAIN", "redirect scheme https if { ssl_fc eq 0 }"),
  row("nothing of a client's certificate", "bind :PLAIN", "redirect scheme https if { ssl_c_used,not }"),
  row("an answer that leads elsewhere", "bind :PLAIN", "http-request return status 302 hdr Location /login"),
  row("statistics", "bind :PLAIN", "stats enable", "stats uri /", "http-request set-log-level silent"),
  row("a backend that a variable names", "bind :PLAIN", "use_backend %[str(b)]"),
  row(
    "a rule of tcp that accepts",
    "bind :PLAIN",
    "tcp-request content accept",
    "tcp-request content reject",
  ),
  row("a path in a header", "bind :PLAIN", "http-request redirect location %[hdr(x-next)] unless { ssl_fc }"),
  row(
    "a condition on what is set before",
    "bind :PLAIN",
    "http-request set-var(txn.tls) bool(true)",
    "redirect scheme https unless { var(txn.tls) -m bool }",
  ),
  row(
    "a variable",
    "global",
    "setenv OLDEST TLSv1.0",
    "frontend web",
    "mode http",
    'bind :TLS ssl crt CRT ssl-min-ver "${OLDEST}"',
    "default_backend b",
    ...backend(),
  ),
  row(
    "old for all",
    "global",
    "ssl-default-bind-options ssl-min-ver TLSv1.0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT",
    "default_backend b",
    ...backend(),
  ),
  row(
    "old for all, said twice",
    "global",
    "ssl-default-bind-options ssl-min-ver TLSv1.2",
    "ssl-default-bind-options ssl-min-ver TLSv1.0",
    "frontend web",
    "mode http",
    "bind :TLS ssl crt CRT",
    "default_backend b",
    ...backend(),
  ),
  row("ciphers that don't encrypt", "bind :TLS ssl crt CRT ciphers ALL:eNULL:@SECLEVEL=0"),
  row(
    "ciphers that don't encrypt, at a level without a separator",
    "bind :TLS ssl crt CRT ciphers ALL:eNULL@SECLEVEL=0",
  ),
  row(
    "ciphers that don't encrypt, at the last of two levels",
    "bind :TLS ssl crt CRT ciphers @SECLEVEL=2:ALL:eNULL;@SECLEVEL=0",
  ),
  row("ciphers that prove nothing", "bind :TLS ssl crt CRT ciphers @SECLEVEL=0:ALL"),
  row(
    "ciphers that don't encrypt, for all",
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
    ...row("a list with ciphers that don't encrypt", "bind :TLS ssl crt-list LIST ciphers DEFAULT"),
    list: ["CRT [ciphers eNULL:@SECLEVEL=0] shop.example.com"],
  },
  {
    ...row("a list with an old version", "bind :TLS ssl crt-list LIST"),
    list: ["CRT [ssl-min-ver TLSv1.0] shop.example.com"],
  },
  {
    ...row("a list with one old version", "bind :TLS ssl crt-list LIST"),
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
  health("a check by HTTP", "option httpchk", CHECK),
  health("a status", "option httpchk", "http-check expect status 200", CHECK),
  health("a text that an error has not", "option httpchk", "http-check expect string ok", CHECK),
  health("a pattern that an error has not", "option httpchk", "http-check expect rstring ^ok", CHECK),
  health(
    "one of two that an error fails",
    "option httpchk",
    "http-check expect ! string a",
    "http-check expect status 200",
    CHECK,
  ),
  health(
    "what TCP answers",
    "option tcp-check",
    "tcp-check send GET\\ /\\ HTTP/1.0\\r\\n\\r\\n",
    "tcp-check expect string 200",
    CHECK,
  ),
  health("the last of two checks", "option tcp-check", "option httpchk", CHECK),
  health("the last of two words", "option httpchk", "server s SERVER no-check check"),
  health("a check for all that follow", "option httpchk", "default-server check", "server s SERVER"),
  {
    title: "a check for all, of the defaults",
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
  health("an open port", CHECK),
  health("an open port, by the last of two checks", "option httpchk", "option tcp-check", CHECK),
  health("a check for those that follow only", "option httpchk", "server s SERVER", "default-server check"),
  health("any status", "option httpchk", "http-check expect status 100-599", CHECK),
  health("any but one status", "option httpchk", "http-check expect ! status 500", CHECK),
  health("no text of a kind", "option httpchk", "http-check expect ! string error", CHECK),
  health("no pattern of a kind", "option httpchk", "http-check expect ! rstring ^error", CHECK),
  health("any text", "option httpchk", "http-check expect rstring .*", CHECK),
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
