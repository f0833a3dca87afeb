import { HAPROXY_TLS_DEFAULTS } from "../../proxy/haproxy-config";
import type { ProtocolVersion } from "../../instance-endpoint";
import { type BootFile, systemdUnit } from "./parts";
import { HARDENING } from "./sandbox";

/** Arguments of {@link terminatorFiles}. */
export interface TerminatorArgs {
  /** TCP port that accepts TLS. */
  readonly tlsPort: number;
  /** TCP port of the application, on loopback. */
  readonly port: number;
  /** The application's protocol version. */
  readonly version: ProtocolVersion;
  /** The load balancer's idle timeout in seconds. */
  readonly idleTimeoutSeconds: number;
}

/** The unit that terminates TLS. */
export const TERMINATOR_UNIT = "store-tls";

/** Bash that installs HAProxy for {@link terminatorFiles} from Amazon Linux's packages; needs `retry`. */
export const INSTALL_TERMINATOR = "retry dnf install --assumeyes haproxy";

const CONFIG_FILE = "/opt/store/tls.cfg";

/** In memory. systemd creates the folder for the unit's user and removes it when the service stops. */
const CERTIFICATE_FILE = `/run/${TERMINATOR_UNIT}/tls.pem`;

/**
 * Maximum number of open files. HAProxy accepts half as many connections, because each needs one to the
 * application.
 */
const FILES = 65_536;

/**
 * A service that terminates TLS in front of any application: HAProxy, with a key and a self-signed
 * certificate that it makes at each start. Load balancers encrypt but don't verify the target's certificate,
 * so no authority has to sign it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
 */
export function terminatorFiles(args: TerminatorArgs): readonly BootFile[] {
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
  return [
    { path: CONFIG_FILE, marker: "END_OF_CONFIG", text: renderTerminatorConfig(args, CERTIFICATE_FILE) },
    systemdUnit(
      TERMINATOR_UNIT,
      // Starts before the application, so that on shutdown it runs until the application has finished its
      // requests.
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
 * HAProxy's configuration: it decrypts and forwards the bytes unchanged. As an HTTP proxy it would apply its
 * own limits to headers, and with HTTP/2 one stream that nobody reads would block all others of its
 * connection, including other visitors'. The load balancer decides how long connections may idle, and closes
 * them first.
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
