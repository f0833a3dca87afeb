/** The configurations that ours is measured against, each from its own documentation. */
import { writeFileSync } from "node:fs";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";

import { freePort, startBalancer } from "../../test/support/balancers";

export type Scheme = "http" | "https";
export type Algorithm = "roundrobin" | "leastconn";

/** The arguments of a side's configuration. */
export interface Side {
  readonly port: number;
  /** The backends' ports. */
  readonly ports: readonly number[];
  /** Path of the file with certificate and key. */
  readonly certificate: string;
  /** Folder for its files. */
  readonly folder: string;
}

/**
 * The simple HTTP proxy at the beginning of HAProxy's manual, with several servers and TLS.
 *
 * @see https://docs.haproxy.org/2.6/configuration.html#2.6
 */
export function startingHaproxy(scheme: Scheme, algorithm: Algorithm, side: Side): string {
  const tls = scheme === "https" ? ` ssl crt ${side.certificate} alpn h2,http/1.1` : "";
  return `global
    maxconn 256

defaults
    mode http
    timeout connect 5000ms
    timeout client 50000ms
    timeout server 50000ms

frontend http-in
    bind 127.0.0.1:${side.port}${tls}
    default_backend servers

backend servers
    balance ${algorithm}
${side.ports.map((port, index) => `    server server${index + 1} 127.0.0.1:${port} maxconn 32`).join("\n")}
`;
}

/**
 * NGINX as a load balancer. It keeps connections to the upstream open, as its manual recommends, and writes the same
 * log as our HAProxy.
 *
 * @see https://nginx.org/en/docs/http/load_balancing.html
 * @see https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive
 */
export function nginx(scheme: Scheme, algorithm: Algorithm, side: Side): string {
  const listen = `listen 127.0.0.1:${side.port}`;
  const tls = `ssl_certificate ${side.certificate};
        ssl_certificate_key ${side.certificate};
        ssl_protocols TLSv1.2 TLSv1.3;`;
  return `worker_processes auto;
pid ${side.folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
    access_log /dev/null combined;
    keepalive_requests 1000000;
    ${temporary(side.folder)}
    upstream store {
        ${algorithm === "leastconn" ? "least_conn;" : ""}
        ${side.ports.map((port) => `server 127.0.0.1:${port};`).join("\n        ")}
        keepalive 64;
        keepalive_requests 1000000;
    }
    server {
        ${scheme === "https" ? `${listen} ssl http2;\n        ${tls}` : `${listen};`}
        location / {
            proxy_pass http://store;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
        }
    }
}
`;
}

const temporary = (folder: string): string =>
  ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((what) => `${what}_temp_path ${folder}/${what};`)
    .join("\n    ");

/** Three backends that respond immediately, so that only the balancers are measured: one NGINX with one process. */
export async function startStaticBackend(
  folder: string,
): Promise<{ readonly ports: readonly number[]; readonly process: ChildProcess }> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const text = `worker_processes 1;
pid ${folder}/backend.pid;
error_log stderr crit;
events { worker_connections 1024; }
http {
    access_log off;
    keepalive_requests 1000000;
    ${temporary(folder)}
    server {
        ${ports.map((port) => `listen 127.0.0.1:${port};`).join("\n        ")}
        location / { default_type text/plain; return 200 "served\\n"; }
    }
}
`;
  writeFileSync(join(folder, "backend.conf"), text);
  return { ports, process: await startBalancer("nginx", folder, text, ports) };
}
