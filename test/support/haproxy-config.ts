import { join } from "node:path";

import type { HaproxyConfig } from "../../components/proxy/haproxy-config";

/** A configuration that uses every feature, for a folder that holds its certificate, socket and state. */
export function haproxyConfig(folder: string, changes: Partial<HaproxyConfig> = {}): HaproxyConfig {
  return {
    bind: "127.0.0.1:8443",
    certificateFile: join(folder, "certificate.pem"),
    metricsBind: "127.0.0.1:8404",
    adminSocket: join(folder, "admin.sock"),
    stateFile: join(folder, "servers"),
    healthPath: "/proxy-health",
    hosts: [],
    login: false,
    clientCertificates: undefined,
    clientFromEnd: 1,
    balance: "roundrobin",
    slowStartSeconds: 0,
    stickinessSeconds: 0,
    slots: 40,
    server: { port: 8080, protocol: "http", version: "http1" },
    agentPort: undefined,
    healthCheck: {
      path: "/readyz",
      intervalSeconds: 1,
      timeoutSeconds: 1,
      healthyThreshold: 1,
      unhealthyThreshold: 2,
    },
    maxConnections: 2000,
    maxRequestsPerServer: 100,
    queueSeconds: 5,
    responseSeconds: 5,
    idleSeconds: 30,
    requestHeadSeconds: 5,
    requestsPer10Seconds: 0,
    reloadSeconds: 10,
    ...changes,
  };
}
