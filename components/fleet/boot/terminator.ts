import { HAPROXY_TLS_DEFAULTS } from "../../proxy/haproxy-config";
import type { ProtocolVersion } from "../../instance-endpoint";
import { type BootFile, systemdUnit } from "./parts";
import { HARDENING } from "./sandbox";

/** Arguments of {@link terminatorFiles}. */
export interface TerminatorArgs {
  /** TCP port for TLS. */
  readonly tlsPort: number;
  /** TCP port of the application, on loopback. */
  readonly port: number;
  /** What the application speaks. */
  readonly version: ProtocolVersion;
  /** Seconds that the load balancer keeps an idle connection. */
  readonly idleTimeoutSeconds: number;
}

/** The unit that takes TLS off requests. */
export const TERMINATOR_UNIT = "store-tls";

/** Bash that installs what {@link terminatorFiles} runs; needs `retry`. HAProxy is Amazon Linux's own package. */
export const INSTALL_TERMINATOR = "retry dnf install --assumeyes haproxy";

const CONFIG_FILE = "/opt/store/tls.cfg";

/** In memory; systemd makes the folder for the unit's own user, and removes it with the service. */
const CERTIFICATE_FILE = `/run/${TERMINATOR_UNIT}/tls.pem`;

/** Files at a time; HAProxy takes half as many connections, each with one to the application. */
const FILES = 65_536;

/**
 * A service that takes TLS off requests in front of the application, whatever that is: HAProxy, with a key and a
 * certificate for itself that it makes at each start. Load balancers encrypt and ask for no name, so that nobody has to
 * sign it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
 */
export function terminatorFiles(args: TerminatorArgs): readonly BootFile[] {
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  return [
    { path: CONFIG_FILE, marker: "END_OF_CONFIG", text: renderTerminatorConfig(args, CERTIFICATE_FILE) },
    systemdUnit(
      TERMINATOR_UNIT,
      // Starts before the application, so that it goes on until that has finished its requests.
      ["Description=TLS before the store", "Before=store.service"],
      [
        "Type=notify",
        `ExecStartPre=/usr/bin/openssl req -x509 ${key} -days 3650 -subj /CN=store -keyout ${CERTIFICATE_FILE} -out ${CERTIFICATE_FILE}`,
        `ExecStart=/usr/sbin/haproxy -Ws -f ${CONFIG_FILE}`,
        "KillMode=mixed",
        "SuccessExitStatus=143",
        `LimitNOFILE=${FILES}`,
        "DynamicUser=yes",
        `RuntimeDirectory=${TERMINATOR_UNIT}`,
        "RuntimeDirectoryMode=0700",
        ...HARDENING,
      ],
    ),
  ];
}

/**
 * HAProxy's configuration: it decrypts, and hands on bytes as they are. As a proxy of HTTP it would have limits of its own
 * for heads, and by HTTP/2 one stream that nobody reads would hold up all others of its connection, other visitors'.
 * What connections have to be patient for is the load balancer's to say, and it closes them first.
 *
 * @see https://github.com/haproxy/haproxy/issues/352
 */
export function renderTerminatorConfig(args: TerminatorArgs, certificateFile: string): string {
  const { tlsPort, port, version, idleTimeoutSeconds } = args;
  const patience = idleTimeoutSeconds + 15;
  return `global
    log stdout format raw local0 info
${HAPROXY_TLS_DEFAULTS.map((line) => `    ${line}\n`).join("")}
defaults
    mode tcp
    log global
    option tcplog
    option dontlognull
    option dontlog-normal
    timeout connect 2s
    timeout client ${patience}s
    timeout server ${patience}s
    timeout tunnel ${patience}s

frontend tls
    bind *:${tlsPort} ssl crt ${certificateFile} alpn ${version === "http1" ? "http/1.1" : "h2"}
    default_backend application

backend application
    server application 127.0.0.1:${port}
`;
}
