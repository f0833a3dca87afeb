import { chunks } from "../chunks";
import type { ClientCertificateMode } from "../load-balancer/client-certificates";
import type { InstanceEndpoint } from "../instance-endpoint";
import { withoutForgedHeaders } from "./forged-headers";

/**
 * Arguments of {@link renderHaproxyConfig}, as plain values. Every directive is valid in HAProxy 2.6 (Debian
 * 12) and 3.x.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html
 */
export interface HaproxyConfig {
  /** Address and port for HTTPS, `*:8443` for all addresses. */
  readonly bind: string;
  /** File with certificate and key, in PEM. */
  readonly certificateFile: string;
  /**
   * Address and port of the Prometheus metrics and the statistics page. The address must be private, because
   * they have no password.
   */
  readonly metricsBind: string;
  /** Socket of the runtime API. */
  readonly adminSocket: string;
  /** File that keeps servers and their weights across a reload. */
  readonly stateFile: string;
  /** Health check path of this proxy, for the load balancer in front of the proxies. */
  readonly healthPath: string;
  /** Hosts that are served; `*.example.com` matches any label. Empty for every host. */
  readonly hosts: readonly string[];
  /**
   * Position of the client's address in `X-Forwarded-For`, from the end: 1 behind a load balancer, 2 behind a
   * CDN and a load balancer.
   */
  readonly clientFromEnd: 1 | 2;
  /**
   * Whether a load balancer in front passes on who has signed in. If not, such headers from clients are
   * removed.
   */
  readonly login: boolean;
  /**
   * Client certificate mode of the load balancer in front, which determines the headers that it writes;
   * undefined for none.
   */
  readonly clientCertificates: ClientCertificateMode | undefined;
  /** Algorithm: `roundrobin`, which respects weights, or `leastconn`. */
  readonly balance: "roundrobin" | "leastconn";
  /** Slow start in seconds; 0 for off. */
  readonly slowStartSeconds: number;
  /** Seconds that a cookie keeps a visitor at a server; 0 for no cookie. */
  readonly stickinessSeconds: number;
  /** Number of server slots. The runtime API sets their servers. */
  readonly slots: number;
  /**
   * How servers are reached. With TLS, their certificates are not verified, because each server makes its own
   * at boot.
   */
  readonly server: InstanceEndpoint;
  /** Port of the servers' agents, which report their weights; undefined without agents. */
  readonly agentPort: number | undefined;
  /** Health check, which a server answers with status 200 if it can serve. */
  readonly healthCheck: {
    readonly path: string;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
  /** Maximum number of client connections; further ones wait in the kernel's queue. */
  readonly maxConnections: number;
  /** Maximum number of concurrent requests to a server; further ones wait in the proxy's queue. */
  readonly maxRequestsPerServer: number;
  /** Seconds that a request may wait in that queue. */
  readonly queueSeconds: number;
  /** Seconds to wait for a server's response before an idempotent request is retried on another server. */
  readonly responseSeconds: number;
  /** Seconds that a client's idle connection is kept. */
  readonly idleSeconds: number;
  /**
   * Seconds in which a request's headers must arrive, so that slow clients don't occupy connections for
   * longer.
   */
  readonly requestHeadSeconds: number;
  /** Requests that a client may send in ten seconds; 0 for no limit. */
  readonly requestsPer10Seconds: number;
  /** Seconds that an old process has to finish its connections after a reload. */
  readonly reloadSeconds: number;
}

/** The backend whose slots the runtime API fills. */
export const HAPROXY_BACKEND = "store";

/**
 * Ciphers for TLS 1.2: those of Mozilla's intermediate profile with forward secrecy and without CBC.
 *
 * @see https://wiki.mozilla.org/Security/Server_Side_TLS
 */
const CIPHERS = [
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305",
].join(":");

/** Lines of a section `global`: TLS 1.2 and later for all clients. */
export const HAPROXY_TLS_DEFAULTS: readonly string[] = [
  "ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets",
  `ssl-default-bind-ciphers ${CIPHERS}`,
  "ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256",
];

/**
 * Lines of a section `global` for HTTP/2 or for certificates in headers: headers of 64 KiB, an Application
 * Load Balancer's limit, plus HAProxy's own reserve; and 8,192 header fields, where HAProxy's default is 100
 * and a load balancer has no limit. Beyond these limits, HAProxy closes the connection, which a load balancer
 * shares among visitors.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (HTTP headers)
 * @see https://docs.haproxy.org/2.6/configuration.html#3.2-tune.http.maxhdr
 */
const LARGE_HEADS: readonly string[] = [`tune.bufsize ${80 * 1024}`, "tune.http.maxhdr 8192"];

/** Weight of 100 percent, to which agents' percentages and weights set by the runtime API relate. */
const FULL_WEIGHT = 100;

/** Renders `haproxy.cfg`. The text depends only on the arguments. */
export function renderHaproxyConfig(config: HaproxyConfig): string {
  return `${[renderGlobal(config), renderDefaults(config), renderFrontend(config), renderClients(config), renderBackend(config), renderMetrics(config)].filter((section) => section !== "").join("\n\n")}\n`;
}

/** A section: its name and those lines that are not false. */
function section(name: string, ...lines: readonly (string | false)[]): string {
  return [name, ...lines.filter((line) => line !== false).map((line) => `    ${line}`)].join("\n");
}

function renderGlobal(config: HaproxyConfig): string {
  return section(
    "global",
    "log stdout format raw local0 info",
    `maxconn ${config.maxConnections}`,
    `hard-stop-after ${config.reloadSeconds}s`,
    // A reload takes over the listening sockets, so that no connection is refused, and the servers' state.
    `stats socket ${config.adminSocket} mode 660 level admin expose-fd listeners`,
    `server-state-file ${config.stateFile}`,
    ...(config.server.version === "http1" && config.clientCertificates === undefined ? [] : LARGE_HEADS),
    ...HAPROXY_TLS_DEFAULTS,
  );
}

function renderDefaults(config: HaproxyConfig): string {
  return section(
    "defaults",
    "mode http",
    "log global",
    "option httplog",
    "option dontlognull",
    // Successful requests are in the load balancer's access logs; logging them twice would reduce throughput
    // by a fifth.
    "option dontlog-normal",
    "timeout connect 2s",
    `timeout http-request ${config.requestHeadSeconds}s`,
    `timeout http-keep-alive ${config.idleSeconds}s`,
    `timeout client ${config.idleSeconds}s`,
    `timeout server ${config.responseSeconds}s`,
    `timeout queue ${config.queueSeconds}s`,
    `timeout check ${config.healthCheck.timeoutSeconds}s`,
  );
}

function renderFrontend(config: HaproxyConfig): string {
  return section(
    "frontend https",
    `bind ${config.bind} ssl crt ${config.certificateFile} alpn h2,http/1.1`,
    ...ownHealth(config),
    ...hostRules(config.hosts),
    ...READ_IN_ONE_WAY,
    ...withoutForgedHeaders(config.login, config.clientCertificates),
    config.requestsPer10Seconds > 0 &&
      `http-request track-sc0 hdr_ip(x-forwarded-for,-${config.clientFromEnd}) table clients if { req.hdr(x-forwarded-for) -m found }`,
    config.requestsPer10Seconds > 0 && "http-request track-sc0 src table clients unless { sc0_tracked }",
    config.requestsPer10Seconds > 0 &&
      `http-request return status 429 content-type text/plain string "Too many requests.\\n" hdr Retry-After 10 if { sc_http_req_rate(0) gt ${config.requestsPer10Seconds} }`,
    // Only idempotent requests are retried: RFC 9110, section 9.2.2, and orders with an idempotency key.
    "acl idempotent method GET HEAD OPTIONS PUT DELETE",
    "acl idempotent req.hdr(idempotency-key) -m found",
    "http-request disable-l7-retry unless idempotent",
    // After a reload, an idle connection serves one more response before it closes, so that no request is
    // lost.
    "option idle-close-on-response",
    "option forwardfor if-none",
    `http-request set-header X-Forwarded-Proto https unless { req.hdr(x-forwarded-proto) -m found }`,
    `default_backend ${HAPROXY_BACKEND}`,
  );
}

/**
 * Rules against requests that HAProxy 2.6 accepts and forwards, but that servers may interpret differently:
 * other HTTP versions, transfer encodings other than plain `chunked`, and zero bytes, which later HAProxy
 * versions refuse themselves.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.1
 */
const READ_IN_ONE_WAY: readonly string[] = [
  "http-request deny deny_status 400 unless HTTP_1.0 or HTTP_1.1 or HTTP_2.0",
  "http-request deny deny_status 400 if { req.fhdr(transfer-encoding) -m found } !{ req.fhdr(transfer-encoding) -i chunked }",
  "http-request deny deny_status 400 if { req.hdrs -m reg \\\\x00 }",
];

/**
 * Without an available server, the proxy is unhealthy. A gRPC response without a message has its status in
 * the headers.
 */
function ownHealth({ healthPath, server: { version } }: HaproxyConfig): string[] {
  const none = `{ nbsrv(${HAPROXY_BACKEND}) lt 1 }`;
  if (version !== "grpc") return [`monitor-uri ${healthPath}`, `monitor fail if ${none}`];
  const answer = (status: number): string =>
    `http-request return status 200 hdr grpc-status ${status} if { path ${healthPath} }`;
  // UNAVAILABLE and OK: https://grpc.io/docs/guides/status-codes/
  return [
    `${answer(14)} ${none}`,
    answer(0),
    // `return` takes this header only with a body.
    "http-after-response set-header content-type application/grpc if { res.hdr(grpc-status) -m found }",
  ];
}

/**
 * Requests for unknown hosts are refused (RFC 9110, section 15.5.20), because responses could be linked or
 * cached under a foreign host.
 */
function hostRules(hosts: readonly string[]): string[] {
  if (hosts.length === 0) return [];
  const names = hosts.filter((host) => !host.startsWith("*."));
  const endings = hosts.filter((host) => host.startsWith("*.")).map((host) => host.slice(1));
  return [
    ...inLines(names).map((some) => `acl ours req.hdr(host),host_only -i -m str ${some}`),
    ...inLines(endings).map((some) => `acl ours req.hdr(host),host_only -i -m end ${some}`),
    'http-request return status 421 content-type text/plain string "No such host here.\\n" unless ours',
  ];
}

/** Values on each line of an ACL, which matches any of them: HAProxy accepts at most 64 words in a line. */
const VALUES_OF_LINE = 40;

function inLines(values: readonly string[]): string[] {
  return chunks(values, VALUES_OF_LINE).map((some) => some.join(" "));
}

/** The request rate of each client address, IPv4 or IPv6. */
function renderClients({ requestsPer10Seconds }: HaproxyConfig): string {
  if (requestsPer10Seconds === 0) return "";
  return section("backend clients", "stick-table type ipv6 size 100k expire 30s store http_req_rate(10s)");
}

/** Options of a server line for requests and health checks. */
function reached({ protocol, version }: InstanceEndpoint): string[] {
  const alpn = version === "http1" ? "http/1.1" : "h2";
  if (protocol === "https") return [`ssl verify none alpn ${alpn}`, `check-ssl check-alpn ${alpn}`];
  return version === "http1" ? [] : ["proto h2 check-proto h2"];
}

/**
 * The health check request and the expected response. HAProxy can neither send gRPC messages nor read
 * trailers. For gRPC, it therefore calls a method that no service has, as AWS does by default: the error
 * shows that the service is running. The load balancer still uses {@link HaproxyConfig.healthCheck}.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (HealthCheckPath)
 * @see https://grpc.io/docs/guides/status-codes/
 */
function checks({ server: { version }, healthCheck: { path } }: HaproxyConfig): string[] {
  if (version === "grpc")
    return [
      "http-check send meth POST uri /AWS.ALB/healthcheck ver HTTP/2 hdr Host localhost hdr content-type application/grpc hdr te trailers",
      "http-check expect hdr name grpc-status value 12",
    ];
  const http = version === "http1" ? "HTTP/1.1" : "HTTP/2";
  return [
    `http-check send meth GET uri ${path} ver ${http} hdr Host localhost`,
    "http-check expect status 200",
  ];
}

function renderBackend(config: HaproxyConfig): string {
  const { healthCheck: check, agentPort } = config;
  const server = [
    ...reached(config.server),
    // A changed result is checked again after one second.
    `check inter ${check.intervalSeconds}s fastinter 1s`,
    `rise ${check.healthyThreshold} fall ${check.unhealthyThreshold}`,
    "observe layer4 error-limit 3 on-error fastinter",
    `maxconn ${config.maxRequestsPerServer}`,
    `weight ${FULL_WEIGHT}`,
    ...(config.slowStartSeconds > 0 ? [`slowstart ${config.slowStartSeconds}s`] : []),
    ...(agentPort === undefined ? [] : [`agent-check agent-port ${agentPort} agent-inter 2s`]),
  ];
  return section(
    `backend ${HAPROXY_BACKEND}`,
    `balance ${config.balance}`,
    "option httpchk",
    ...checks(config),
    // Each retry uses another server.
    "retries 3",
    "option redispatch 1",
    "retry-on conn-failure empty-response response-timeout",
    config.stickinessSeconds > 0 &&
      `cookie STORE_SERVER insert indirect nocache httponly secure attr "SameSite=Lax" dynamic maxlife ${config.stickinessSeconds}s`,
    // All proxies derive the same cookie from a server's address.
    config.stickinessSeconds > 0 && `dynamic-cookie-key ${HAPROXY_BACKEND}`,
    "load-server-state-from-file global",
    `default-server ${server.join(" ")}`,
    // The name is never resolved. If slots had addresses, a reload would return to those.
    `server-template server- 1-${config.slots} slot.invalid:${config.server.port} disabled init-addr last,127.0.0.1`,
  );
}

function renderMetrics(config: HaproxyConfig): string {
  return section(
    "frontend metrics",
    `bind ${config.metricsBind}`,
    "http-request use-service prometheus-exporter if { path /metrics }",
    "stats enable",
    "stats uri /stats",
    "stats refresh 10s",
  );
}
