import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type CloudwatchAgentArgs, cloudwatchAgentScript } from "../fleet/boot/cloudwatch-agent";
import { type BootFile, RETRY, systemdUnit, written } from "../fleet/boot/parts";
import { HARDENING } from "../fleet/boot/sandbox";
import { HAPROXY_BACKEND, type HaproxyConfig, renderHaproxyConfig } from "./haproxy-config";

/** Arguments of {@link renderProxyUserData}. */
export interface ProxyUserDataArgs {
  /** HAProxy's configuration, without the paths of files and sockets, which the script sets. */
  readonly haproxy: Omit<HaproxyConfig, keyof typeof PLACES>;
  /** Tags of the groups whose instances are balanced. A group must have one of the values of each tag. */
  readonly balancedGroups: Readonly<Record<string, readonly string[]>>;
  /** Whether instances have individual weights. */
  readonly instanceWeights: boolean;
  /** Seconds that requests in flight have to finish when their instance is removed. */
  readonly drainSeconds: number;
  /**
   * What the CloudWatch agent sends.
   *
   * @default none: the proxies have no agent
   */
  readonly cloudwatchAgent?: CloudwatchAgentArgs | undefined;
  /** AWS Region of the stack. */
  readonly region: string;
}

/** Paths and addresses on a proxy. systemd creates the folders in `/run` and `/var/lib`. */
const PLACES = {
  certificateFile: "/etc/haproxy/proxy.pem",
  metricsBind: "127.0.0.1:8404",
  adminSocket: "/run/proxy/admin.sock",
  stateFile: "/var/lib/proxy/servers",
} as const;

const CONFIG_FILE = "/etc/haproxy/haproxy.cfg";
const AGENT_FILE = "/opt/proxy/agent.py";
const ENVIRONMENT_FILE = "/opt/proxy/environment";
const KNOWN_FILE = "/var/lib/proxy/known.json";

/** HAProxy's user, which its package creates. */
const USER = "haproxy";

/**
 * The script that sets up a proxy on a plain Amazon Linux 2023: HAProxy and the agent for its slots, with
 * Amazon Linux's packages. The certificate is for connections from the load balancer, which doesn't verify
 * it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-routing-configuration
 */
export function renderProxyUserData(args: ProxyUserDataArgs): string {
  const files = [
    { path: CONFIG_FILE, marker: "END_OF_CONFIG", text: renderHaproxyConfig({ ...args.haproxy, ...PLACES }) },
    { path: AGENT_FILE, marker: "END_OF_AGENT", text: agentSource() },
    { path: ENVIRONMENT_FILE, marker: "END_OF_ENVIRONMENT", text: environment(args) },
    haproxyUnit(args),
    agentUnit(),
  ];
  return [
    "#!/bin/bash\nset -euo pipefail\n",
    ...(args.cloudwatchAgent === undefined ? [] : [cloudwatchAgentScript(args.cloudwatchAgent)]),
    `${RETRY}`,
    "retry dnf install --assumeyes haproxy python3-boto3",
    "install --directory --mode 0755 /opt/proxy",
    `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=proxy -keyout /etc/haproxy/proxy.key -out /etc/haproxy/proxy.crt`,
    `cat /etc/haproxy/proxy.crt /etc/haproxy/proxy.key | install --owner root --group ${USER} --mode 0640 /dev/stdin ${PLACES.certificateFile}`,
    "rm /etc/haproxy/proxy.key",
    ...files.map(written),
    "systemctl daemon-reload\nsystemctl enable --now proxy.service proxy-agent.service\n",
  ].join("\n");
}

const WHERE = ["Wants=network-online.target", "After=network-online.target"];

/** A reload keeps the servers: the agent saves their state, and the new HAProxy process loads it. */
function haproxyUnit(args: ProxyUserDataArgs): BootFile {
  return systemdUnit(
    "proxy",
    ["Description=HAProxy before the store", ...WHERE],
    [
      "Type=notify",
      `ExecStartPre=/usr/bin/touch ${PLACES.stateFile}`,
      `ExecStart=/usr/sbin/haproxy -Ws -f ${CONFIG_FILE}`,
      `ExecReload=/usr/bin/python3 ${AGENT_FILE} save-state`,
      `ExecReload=/usr/sbin/haproxy -c -q -f ${CONFIG_FILE}`,
      "ExecReload=/bin/kill -USR2 $MAINPID",
      "KillMode=mixed",
      "SuccessExitStatus=143",
      `LimitNOFILE=${4 * args.haproxy.maxConnections + 1024}`,
      ...SHARED,
    ],
  );
}

function agentUnit(): BootFile {
  return systemdUnit(
    "proxy-agent",
    ["Description=Server slots of HAProxy", ...WHERE, "After=proxy.service"],
    [`ExecStart=/usr/bin/python3 ${AGENT_FILE}`, ...SHARED],
  );
}

/** The environment file of both units. */
function environment(args: ProxyUserDataArgs): string {
  const variables = {
    BACKEND: HAPROXY_BACKEND,
    ADMIN_SOCKET: PLACES.adminSocket,
    KNOWN_FILE,
    STATE_FILE: PLACES.stateFile,
    GROUP_TAGS: `'${JSON.stringify(args.balancedGroups)}'`,
    SERVER_PORT: args.haproxy.server.port,
    AGENTS: args.haproxy.agentPort === undefined ? "no" : "yes",
    INSTANCE_WEIGHTS: args.instanceWeights ? "yes" : "no",
    DRAIN_SECONDS: args.drainSeconds,
    AWS_DEFAULT_REGION: args.region,
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return `${lines.join("\n")}\n`;
}

/** The agent's source without comments, which would exceed the limit of user data. */
function agentSource(): string {
  const text = readFileSync(join(__dirname, "proxy_agent.py"), "utf8");
  return text.replace(/^ *#.*\n/gm, "");
}

const SHARED: readonly string[] = [
  `EnvironmentFile=${ENVIRONMENT_FILE}`,
  `User=${USER}`,
  "RuntimeDirectory=proxy",
  "RuntimeDirectoryPreserve=yes",
  "StateDirectory=proxy",
  "ProtectSystem=strict",
  "PrivateTmp=yes",
  ...HARDENING.filter((line) => !line.startsWith("UMask=")),
];
