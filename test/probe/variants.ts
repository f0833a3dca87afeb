/** The features of a load balancer, configured in both HAProxy and NGINX. */
export interface Variant {
  /** Path of the file with certificate and key. */
  readonly certificate: string;
  /** Whether it also accepts TLS 1.0 and 1.1. */
  readonly oldTls: boolean;
  /** The response to plain HTTP: a redirect to HTTPS, the store itself, or a redirect loop. */
  readonly plain: "redirect" | "serve" | "circle";
  /** Weight of each backend. */
  readonly weights: readonly number[];
  /** Whether responses have the security headers for browsers. */
  readonly hardened: boolean;
}

/** Ports on loopback. */
export interface Ports {
  readonly tls: number;
  readonly plain: number;
  readonly backends: readonly number[];
}

const HARDENED = Object.entries({
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
});

/** A configuration of HAProxy with round robin: its `random` draws from a ring with uneven parts. */
export function haproxy({ certificate, oldTls, plain, weights, hardened }: Variant, ports: Ports): string {
  const headers = hardened
    ? HARDENED.map(([name, value]) => `http-response set-header ${name} "${value}"`)
    : ['http-response set-header Server "shop/1.2.3"'];
  const back = `http-request redirect code 301 location http://localhost:${ports.plain}%[capture.req.uri]`;
  const toTls = `http-request redirect code 301 location https://localhost:${ports.tls}%[capture.req.uri]`;
  return `
global
  ${oldTls ? "ssl-default-bind-ciphers ALL:@SECLEVEL=0" : "ssl-default-bind-options ssl-min-ver TLSv1.2"}
defaults
  mode http
  retries 0
  timeout connect 1s
  timeout client 10s
  timeout server 10s
frontend tls
  bind 127.0.0.1:${ports.tls} ssl crt ${certificate} alpn h2,http/1.1 ${oldTls ? "ssl-min-ver TLSv1.0" : ""}
  ${plain === "circle" ? back : ""}
  ${headers.join("\n  ")}
  default_backend store
frontend plain
  bind 127.0.0.1:${ports.plain}
  ${plain === "serve" ? "" : toTls}
  default_backend store
backend store
  balance roundrobin
${ports.backends.map((port, index) => `  server s${index} 127.0.0.1:${port} weight ${weights[index] ?? 1}`).join("\n")}
`;
}

/** A configuration of NGINX with random choice. */
export function nginx({ certificate, oldTls, plain, weights, hardened }: Variant, ports: Ports): string {
  const temporary = [
    "client_body_temp_path",
    "proxy_temp_path",
    "fastcgi_temp_path",
    "uwsgi_temp_path",
    "scgi_temp_path",
  ];
  return `
pid nginx-${ports.tls}.pid;
error_log stderr;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name} ${name}-${ports.tls};`).join("\n  ")}
  server_tokens ${hardened ? "off" : "on"};
  upstream store {
    random;
${ports.backends.map((port, index) => `    server 127.0.0.1:${port} weight=${weights[index] ?? 1};`).join("\n")}
  }
  server {
    listen 127.0.0.1:${ports.tls} ssl http2;
    ssl_certificate ${certificate};
    ssl_certificate_key ${certificate};
    ssl_protocols ${oldTls ? "TLSv1 TLSv1.1 " : ""}TLSv1.2 TLSv1.3;
    ssl_ciphers ${oldTls ? "ALL:@SECLEVEL=0" : "HIGH:!aNULL"};
    ${hardened ? HARDENED.map(([name, value]) => `add_header ${name} "${value}";`).join("\n    ") : ""}
    location / {
      ${plain === "circle" ? `return 301 http://localhost:${ports.plain}$request_uri;` : "proxy_pass http://store;"}
    }
  }
  server {
    listen 127.0.0.1:${ports.plain};
    location / {
      ${plain === "serve" ? "proxy_pass http://store;" : `return 301 https://localhost:${ports.tls}$request_uri;`}
    }
  }
}
`;
}
