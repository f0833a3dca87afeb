import { packForSuite } from "../../../support/pack";
import { RuleSuite, type Case } from "../../../support/rule-suite";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** User data that writes a configuration of HAProxy with these lines. */
const written = (...lines: readonly string[]): Case["props"] => ({
  userData: Buffer.from(
    ["#!/bin/bash", "cat > /etc/haproxy/haproxy.cfg <<'END'", ...lines, "END", ""].join("\n"),
  ).toString("base64"),
});

const HTTPS = ["frontend https", "  bind *:8443 ssl crt a.pem", "  default_backend shop"];
const shows = (section: string, address: string): string =>
  `userData: ${section} shows statistics on ${address}; it must be a loopback address.`;
const socket = (address: string): string =>
  `userData: stats socket is ${address}; it must be a path or a loopback address.`;

describe("haproxy-private", () => {
  const pack = packForSuite({ directory: "policies" });

  // Lines that expose internals, and lines that only look similar.
  new RuleSuite("haproxy-private", { pack }).check(TEMPLATE, [
    ...[
      "stats enable",
      "stats uri /admin",
      "stats admin if TRUE",
      "http-request use-service prometheus-exporter if { path /metrics }",
    ].map((line) => ({
      title: `refuses on a public address: ${line}`,
      props: written("listen inside", "  mode http", "  bind *:8404 ssl crt a.pem", `  ${line}`),
      says: [shows("listen inside", "*:8404")],
    })),
    ...["stats hide-version", "stats", "option enable", "monitor-uri /admin"].map((line) => ({
      title: `passes on a public address: ${line}`,
      props: written("listen inside", "  bind *:8404 ssl crt a.pem", `  ${line}`),
      says: [],
    })),
  ]);

  // The addresses and ports on which it is reachable.
  new RuleSuite("haproxy-private", { pack }).check(TEMPLATE, [
    {
      title: "names each address that is not private, and no other line's",
      props: written(
        "frontend inside",
        "  bind 127.0.0.1:8404",
        "  bind *:8404",
        "  bind :::8405",
        "  description bind *:8406",
        "  stats enable",
      ),
      says: [/frontend inside shows statistics on \*:8404;[^]*frontend inside shows statistics on :::8405;/],
    },
    {
      title: "passes statistics on loopback, beside a public frontend",
      props: written(...HTTPS, "frontend inside", "  bind 127.0.0.1:8404", "  stats enable"),
      says: [],
    },
    ...["default_backend inside", "use_backend inside if { path /admin }"].map((line) => ({
      title: `refuses statistics in a backend with ${line} in a frontend`,
      props: written(
        "frontend https",
        "  mode http",
        "  bind *:8443 ssl crt a.pem",
        `  ${line}`,
        "frontend other",
        "  bind *:9443 ssl crt a.pem",
        "  default_backend shop",
        "backend shop",
        "  mode http",
        "backend inside",
        "  stats enable",
      ),
      says: [shows("backend inside", "*:8443")],
    })),
    ...["x_default_backend inside", "use_backend_x inside", "use_backend insides"].map((line) => ({
      title: `passes statistics in a backend that no frontend leads to, with ${line}`,
      props: written(
        "frontend https",
        "  bind *:8443 ssl crt a.pem",
        `  ${line}`,
        "backend inside",
        "  stats enable",
      ),
      says: [],
    })),
  ]);

  // The runtime API.
  new RuleSuite("haproxy-private", { pack }).check(TEMPLATE, [
    ...["ipv4@0.0.0.0:9999", "*:9999", "10.0.0.1:9999", "ipv6@:::9999"].map((address) => ({
      title: `refuses a runtime API on ${address}`,
      props: written("global", `  stats socket ${address} level admin`, ...HTTPS),
      says: [socket(address)],
    })),
    {
      title: "refuses a runtime API without an address",
      props: written("global", "  stats socket", ...HTTPS),
      says: [socket("nothing")],
    },
    ...["/run/admin.sock", "ipv4@127.0.0.1:9999", "ipv6@[::1]:9999", "localhost:9999", "abns@api"].map(
      (address) => ({
        title: `passes a runtime API on ${address}`,
        props: written("global", `  stats socket ${address} level admin`, ...HTTPS),
        says: [],
      }),
    ),
    ...["stats timeout *:9999", "stats bind *:9999", "log socket *:9999", "stats enable"].map((line) => ({
      title: `passes a line that is not a runtime API: ${line}`,
      props: written("global", `  ${line}`, "  bind *:1", ...HTTPS),
      says: [],
    })),
  ]);
});
