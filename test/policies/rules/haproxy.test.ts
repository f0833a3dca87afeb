import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { packForSuite, UNKNOWN } from "../../support/pack";
import { haproxyHealth } from "../../../policies/rules/health/haproxy-health";
import { haproxyTls } from "../../../policies/rules/tls/haproxy-tls";
import { configured, RuleSuite, type Props } from "../../support/rule-suite";
import { CHECKED, configOf, KEPT, placed, type Places, type Row, SERVED, UNCHECKED } from "./haproxy-answers";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";
const SPOT_FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest";

const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");

interface Changes {
  readonly global?: readonly string[];
  readonly defaults?: readonly string[];
  readonly frontend?: readonly string[];
  readonly backend?: readonly string[];
  readonly more?: readonly string[];
}

/** A compliant configuration, with other lines in some sections. */
function config({
  global = ["stats socket /run/haproxy/admin.sock mode 660 level admin"],
  defaults = ["mode http", "timeout client 30s"],
  frontend = ["bind *:8443 ssl crt /etc/haproxy/shop.pem alpn h2,http/1.1", "default_backend shop"],
  backend = [
    "balance roundrobin",
    "option httpchk",
    "default-server check inter 5s",
    "server a 10.0.1.5:8080",
    "server b 10.0.2.5:8080",
  ],
  more = ["frontend inside", "    bind 127.0.0.1:8404", "    stats enable", "    stats uri /"],
}: Changes = {}): string {
  const section = (name: string, lines: readonly string[]) => [name, ...lines.map((line) => `    ${line}`)];
  return [
    ...section("global", global),
    ...section("defaults", defaults),
    ...section("frontend https", frontend),
    ...section("backend shop", backend),
    ...more,
    "",
  ].join("\n");
}

/** User data that writes it, and then a program that also contains words of HAProxy's configuration. */
const script = (text: string): string =>
  [
    "#!/bin/bash",
    "dnf install -y haproxy",
    `cat > /etc/haproxy/haproxy.cfg <<'END'\n${text}END`,
    "cat > agent.py <<'END_OF_AGENT'\nserver = connect()\nbind = 1\nlisten x\n    bind *:1\nEND_OF_AGENT",
    "systemctl enable --now haproxy",
    "",
  ].join("\n");

const yaml = (text: string): string =>
  [
    "#cloud-config",
    "packages: [haproxy]",
    "write_files:",
    "  - path: /etc/haproxy/haproxy.cfg",
    "    content: |",
    ...text.split("\n").map((line) => `      ${line}`),
    "runcmd:",
    "  - bind it",
    "",
  ].join("\n");

const written = (changes: Changes = {}): { readonly userData: string } => ({
  userData: base64(script(config(changes))),
});

/** The rule's messages for a row. */
function said(row: Row, rule: Parameters<typeof configured>[0] = haproxyTls): string[] {
  const places: Places = {
    PLAIN: "80",
    OTHER: "8081",
    TLS: "443",
    SERVER: "10.0.0.1:8080",
    CRT: "/etc/haproxy/shop.pem",
    LIST: "/etc/haproxy/shop.lst",
  };
  const list = placed((row.list ?? []).join("\n"), places);
  const script = [
    "#!/bin/bash",
    `cat > ${places.LIST} <<'END'\n${list}\nEND`,
    `cat > /etc/haproxy/haproxy.cfg <<'END'\n${configOf(row, places)}\nEND`,
  ].join("\n");
  const userData = Buffer.from(script).toString("base64");
  return configured(rule, {}, { type: TEMPLATE, props: { userData } });
}

const RULES = ["haproxy-tls", "haproxy-health", "haproxy-private"];

/** Other places for scripts than user data: type, properties with a script, and the property that a message names. */
const ELSEWHERE: readonly (readonly [type: string, props: (script: string) => Props, label: string])[] = [
  [
    "aws:ssm/association:Association",
    (text) => ({ name: "AWS-RunShellScript", parameters: { commands: text } }),
    "parameters",
  ],
  [
    "aws:ssm/document:Document",
    (text) => ({
      documentType: "Command",
      content: JSON.stringify({
        schemaVersion: "2.2",
        mainSteps: [
          { action: "aws:runShellScript", name: "proxy", inputs: { runCommand: text.split("\n") } },
        ],
      }),
    }),
    "content",
  ],
  [
    "aws:ssm/document:Document",
    (text) => ({
      documentFormat: "YAML",
      content: `schemaVersion: "2.2"\nmainSteps:\n  - action: aws:runShellScript\n    inputs:\n      runCommand:\n        - |\n${text.replace(/^/gm, "          ")}\n`,
    }),
    "content",
  ],
  [
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
    (text) => ({
      taskArn: "AWS-RunShellScript",
      taskInvocationParameters: {
        runCommandParameters: { parameters: [{ name: "commands", values: text.split("\n") }] },
      },
    }),
    "taskInvocationParameters",
  ],
  [
    "aws:imagebuilder/component:Component",
    (text) => ({
      data: `phases:\n  - name: build\n    steps:\n      - action: ExecuteBash\n        inputs:\n          commands:\n            - |\n${text.replace(/^/gm, "              ")}\n`,
    }),
    "data",
  ],
  [
    "aws:cloudwatch/eventTarget:EventTarget",
    (text) => ({
      arn: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
      input: JSON.stringify({ commands: text.split("\n") }),
    }),
    "input",
  ],
  [
    "aws:scheduler/schedule:Schedule",
    (text) => ({
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:ssm:sendCommand",
        input: JSON.stringify({ DocumentName: "AWS-RunShellScript", Parameters: { commands: [text] } }),
      },
    }),
    "target.input",
  ],
  ["aws:lightsail/instance:Instance", (userData) => ({ userData }), "userData"],
  [
    "aws:imagebuilder/imageRecipe:ImageRecipe",
    (text) => ({ userDataBase64: base64(text) }),
    "userDataBase64",
  ],
];

describe("rules on HAProxy in user data", () => {
  const pack = packForSuite({ directory: "policies" });

  for (const [type, propsOf, label] of ELSEWHERE) {
    describe(`in ${label} of ${type}`, () => {
      new RuleSuite("haproxy-tls", { pack }).check(type, [
        { title: "passes a bind with TLS", props: propsOf(script(config())), says: [] },
        { title: "passes another script", props: propsOf("systemctl restart haproxy"), says: [] },
        { title: "passes a script that isn't known", props: { [label.split(".")[0]!]: UNKNOWN }, says: [] },
        {
          title: "refuses a bind without TLS",
          props: propsOf(script(config({ frontend: ["bind *:8080", "default_backend shop"] }))),
          says: [`${label}: frontend https: bind *:8080 has no ssl, and serves requests in clear text`],
        },
      ]);
      new RuleSuite("haproxy-health", { pack }).check(type, [
        {
          title: "refuses a server without a check",
          props: propsOf(script(config({ backend: ["server a 10.0.1.5:8080"] }))),
          says: [`${label}: backend shop: server a has no check`],
        },
      ]);
    });
  }

  for (const rule of RULES) {
    describe(rule, () => {
      new RuleSuite(rule, { pack }).check(TEMPLATE, [
        { title: "passes a compliant configuration", props: written(), says: [] },
        {
          title: "passes a compliant configuration in cloud-config",
          props: { userData: base64(yaml(config())) },
          says: [],
        },
        { title: "passes unknown user data", props: { userData: UNKNOWN }, says: [] },
        { title: "passes absent user data", props: {}, says: [] },
        {
          title: "passes files that are not HAProxy's",
          props: {
            userData: base64("#!/bin/bash\nlisten all\n  bind *:80\n  server a b:80\n  stats uri /\n"),
          },
          says: [],
        },
      ]);
    });
  }

  describe("haproxy-tls", () => {
    const plain = { frontend: ["bind *:8080", "default_backend shop"] };
    const says = [
      "userData: frontend https: bind *:8080 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
    ];
    new RuleSuite("haproxy-tls", { pack }).check(TEMPLATE, [
      { title: "refuses a bind without TLS", props: written(plain), says },
      { title: "refuses it in cloud-config", props: { userData: base64(yaml(config(plain))) }, says },
      {
        title: "refuses it in a compressed base64 file",
        props: {
          userData: base64(`#cloud-config\ncontent: ${base64(gzipSync(config(plain) + "# haproxy"))}\n`),
        },
        says,
      },
      ...[
        `#!/bin/sh\nsudo tee /etc/haproxy/haproxy.cfg >/dev/null <<EOF\n${config(plain)}EOF\n`,
        `#!/bin/sh\ndnf install -y haproxy\necho ${base64(config(plain))} | base64 -d > /etc/haproxy/haproxy.cfg\n`,
        `#cloud-config\nwrite_files:\n  - encoding: b64\n    content: ${base64(config(plain))}\n    path: /etc/haproxy/haproxy.cfg\n`,
        `#cloud-config\nwrite_files:\n  - content: |\n${config(plain).replace(/^/gm, "      ")}\n    path: /etc/haproxy/haproxy.cfg\n`,
        `#!/bin/sh\n${config(plain)
          .trim()
          .split("\n")
          .map((line) => `echo "${line}" >> /etc/haproxy/haproxy.cfg`)
          .join("\n")}\n`,
      ].map((text, index) => ({
        title: `refuses it in every notation, ${index}`,
        props: { userData: base64(text) },
        says,
      })),
      ...[
        `#!/bin/sh\ndnf install -y haproxy && printf '${config(plain)}' > /etc/haproxy/haproxy.cfg\n`,
        `#!/bin/sh\nprintf '%s\\n' ${config(plain)
          .trim()
          .split("\n")
          .map((line) => `'${line}'`)
          .join(" ")} | sudo tee /etc/haproxy/haproxy.cfg\n`,
        `#cloud-config\n${JSON.stringify({ write_files: [{ path: "/etc/haproxy/haproxy.cfg", content: config(plain) }] })}`,
        `#cloud-config\nwrite_files:\n  - path: /etc/haproxy/haproxy.cfg\n    content: ${JSON.stringify(config(plain))}\n`,
      ].map((text, index) => ({
        title: `refuses it in quotes, ${index}`,
        props: { userData: base64(text) },
        says,
      })),
      ...[
        "haproxy -W -f /opt/front.conf",
        'echo CONFIG="/opt/front.conf" >> /etc/default/haproxy',
        "haproxy -f /opt/",
        "mv -f /opt/front.conf /etc/haproxy/haproxy.cfg",
        "docker run -d -v /opt/front.conf:/usr/local/etc/haproxy/haproxy.cfg:ro haproxy:3.2",
      ].map((start) => ({
        title: `refuses it in a file of another name, by: ${start}`,
        props: {
          userData: base64(`#!/bin/sh\ncat > /opt/front.conf <<'END'\n${config(plain)}END\n${start}\n`),
        },
        says,
      })),
      {
        title: "passes another program's file beside HAProxy's",
        props: {
          userData: base64(
            `cat > /opt/agent.py <<'END'\n${config(plain)}END\nhaproxy -f /opt/front.conf\nmv /opt/agent.py /opt/agent\n`,
          ),
        },
        says: [],
      },
      {
        title: "passes another program's file",
        props: { userData: base64(`# haproxy\ncat > /opt/agent.py <<'END'\n${config(plain)}END\n`) },
        says: [],
      },
      { title: "refuses it in plain user data", props: { userData: script(config(plain)) }, says },
      {
        title: "refuses each bind separately",
        props: written({
          frontend: [
            "bind *:8443 ssl crt a.pem",
            "bind :80,:8080",
            "bind 127.0.0.1:81",
            "default_backend shop",
          ],
        }),
        says: [
          "userData: frontend https: bind :80,:8080 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
        ],
      },
      {
        title: "refuses a listen section's bind without TLS",
        props: written({ more: ["listen more", "  bind 10.0.0.5:9000", "  server a 10.0.0.6:1 check"] }),
        says: [
          "userData: listen more: bind 10.0.0.5:9000 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
        ],
      },
      {
        title: "refuses TLS that is only in a comment",
        props: written({ frontend: ["bind *:8443 # ssl crt a.pem", "default_backend shop"] }),
        says: [
          "userData: frontend https: bind *:8443 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
        ],
      },
      ...[
        "http-request redirect scheme http code 302 if { path_beg /shop }",
        "redirect prefix http://www.example.com if { hdr(host) example.com }",
        "http-request redirect location http://%[hdr(host)]%[capture.req.uri]",
        "http-response redirect location HTTP://www.example.com",
      ].map((line) => ({
        title: `refuses a redirect of visitors by TLS to plain HTTP: ${line}`,
        props: written({ frontend: ["bind *:8443 ssl crt a.pem", line, "default_backend shop"] }),
        says: ["userData: frontend https: a redirect leads to plain HTTP; it must lead to HTTPS."],
      })),
      ...[
        "http-request redirect prefix https://www.example.com code 301 if { hdr(host) example.com }",
        "http-request redirect location /login?from=http://www.example.com",
        "http-request set-header x-from http://www.example.com",
      ].map((line) => ({
        title: `passes other lines: ${line}`,
        props: written({ frontend: ["bind *:8443 ssl crt a.pem", line, "default_backend shop"] }),
        says: [],
      })),
      {
        title: "passes a redirect to HTTPS",
        props: written({ frontend: ["bind *:80", "http-request redirect scheme https code 301"] }),
        says: [],
      },
      {
        title: "passes a redirect of requests that are not HTTPS",
        props: written({
          frontend: ["bind *:80", "bind *:443 ssl crt a.pem", "redirect scheme https if !{ ssl_fc }"],
        }),
        says: [],
      },
      {
        title: "refuses a redirect of some requests",
        props: written({
          frontend: ["bind *:80", "redirect scheme https if { path_beg /checkout }", "default_backend shop"],
        }),
        says: [
          "userData: frontend https: bind *:80 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
        ],
      },
      {
        title: "passes TCP, which is forwarded unchanged",
        props: written({ defaults: [], frontend: ["bind *:5432", "bind *:5433-5440"] }),
        says: [],
      },
      ...["*:80", "*:80-90", "*:79-80", ":5432,:80"].map((address) => ({
        title: `refuses TCP on the port of HTTP, as ${address}`,
        props: written({ defaults: ["mode tcp"], frontend: [`bind ${address}`, "default_backend shop"] }),
        says: [
          `userData: frontend https: bind ${address} has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.`,
        ],
      })),
      {
        title: "refuses old TLS versions, for a bind and by default",
        props: written({
          global: ["ssl-default-bind-options ssl-min-ver TLSv1.0 no-tls-tickets"],
          frontend: [
            "bind *:442 ssl crt a.pem",
            "bind *:443 ssl crt a.pem ssl-min-ver TLSv1.1",
            "bind *:444 ssl crt a.pem force-tlsv10",
          ],
        }),
        says: [
          [
            "userData: frontend https: bind *:442 has ssl-min-ver TLSv1.0; it must not.",
            "userData: frontend https: bind *:443 has ssl-min-ver TLSv1.1; it must not.",
            "userData: frontend https: bind *:444 has force-tlsv10; it must not.",
          ].join("\n"),
        ],
      },
      {
        title: "passes newer TLS versions",
        props: written({
          global: ["ssl-default-bind-options ssl-min-ver TLSv1.2"],
          frontend: ["bind *:443 ssl crt a.pem ssl-min-ver TLSv1.3"],
        }),
        says: [],
      },
    ]);
    new RuleSuite("haproxy-tls", { pack }).check(INSTANCE, [
      {
        title: "refuses it in an instance",
        props: { userDataBase64: base64(script(config(plain))) },
        says: [
          "userDataBase64: frontend https: bind *:8080 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
        ],
      },
    ]);
    new RuleSuite("haproxy-tls", { pack }).check(SPOT_FLEET, [
      {
        title: "refuses it in a Spot request",
        props: { launchSpecifications: [written(plain)] },
        says: [
          "launchSpecifications[0].userData: frontend https: bind *:8080 has no ssl, and serves requests in clear text; it must redirect to HTTPS or have ssl.",
        ],
      },
    ]);
    for (const row of KEPT) it(`passes ${row.title}`, () => assert.deepEqual(said(row), []));
    for (const row of SERVED) it(`refuses ${row.title}`, () => assert.equal(said(row).length, 1));
  });

  describe("haproxy-health", () => {
    const backend = (...lines: string[]): ReturnType<typeof written> => written({ backend: lines });
    for (const row of CHECKED)
      it(`passes ${row.title}`, () => assert.deepEqual(said(row, haproxyHealth), []));
    for (const row of UNCHECKED)
      it(`refuses ${row.title}`, () => assert.equal(said(row, haproxyHealth).length, 1));
    new RuleSuite("haproxy-health", { pack }).check(TEMPLATE, [
      {
        title: "refuses each server without a check",
        props: backend("option httpchk", "server a 10.0.1.5:8080 check", "server b 10.0.2.5:8080"),
        says: ["userData: backend shop: server b has no check; it must have one."],
      },
      {
        title: "refuses a server without a check in a listen section, too",
        props: {
          userData: base64(
            script(`${config()}listen cart\n  bind *:8444 ssl crt a.pem\n  server c 10.0.1.5:81\n`),
          ),
        },
        says: ["userData: listen cart: server c has no check; it must have one."],
      },
      {
        title: "passes backends that no section of the file uses",
        props: { userData: "cat > /etc/haproxy/a.cfg <<END\nbackend shop\n  server b 10.0.2.5:8080\nEND\n" },
        says: [],
      },
      {
        title: "refuses server slots without a check",
        props: backend("option httpchk", "server-template s 1-8 shop.internal:8080"),
        says: ["userData: backend shop: server-template s has no check; it must have one."],
      },
      {
        title: "refuses a server that disables its check",
        props: backend("option httpchk", "default-server check", "server a 10.0.1.5:8080 no-check"),
        says: ["userData: backend shop: server a has no check; it must have one."],
      },
      {
        title: "refuses an open port as a health check",
        props: backend("server a 10.0.1.5:8080 check"),
        says: [
          "userData: backend shop has no option httpchk, which means that an open port is healthy; it must have it.",
        ],
      },
      {
        title: "passes settings from the defaults",
        props: written({
          defaults: ["mode http", "option httpchk", "default-server check"],
          backend: ["server a 10.0.1.5:8080"],
        }),
        says: [],
      },
      {
        title: "passes settings from the last defaults section, whatever its name",
        props: {
          userData: base64(
            script(
              config({
                defaults: ["mode http", "option httpchk", "default-server check"],
                backend: ["server a 10.0.1.5:8080"],
              }).replace("defaults", "defaults web"),
            ),
          ),
        },
        says: [],
      },
      {
        title: "passes a TCP check in TCP mode, and a server that tracks another's check",
        props: written({
          backend: ["mode tcp", "server a 10.0.1.5:5432 check", "server b 10.0.1.6:5432 track shop/a"],
        }),
        says: [],
      },
      ...[
        "status 200-599",
        "status 503",
        "status 200,400-503",
        "status 503-599",
        "rstatus .*",
        "! status 500",
        "! rstatus ^4",
      ].map((words) => ({
        title: `refuses error responses as healthy: ${words}`,
        props: backend("option httpchk", `http-check expect ${words}`, "server a 10.0.1.5:8080 check"),
        says: [`userData: backend shop also accepts an error (${words}); it must not.`],
      })),
      ...[
        "status 200",
        "status 200-399,404",
        "status 200-502",
        "status 504-599",
        "rstatus ^2[0-9][0-9]$",
        "! rstatus ^5",
        "string OK",
      ].map((words) => ({
        title: `passes successful responses as healthy: ${words}`,
        props: backend("option httpchk", `http-check expect ${words}`, "server a 10.0.1.5:8080 check"),
        says: [],
      })),
      {
        title: "passes a check by a script",
        props: backend("option external-check", "server a 10.0.1.5:8080 check"),
        says: [],
      },
      {
        title: "refuses a check that is only a TLS handshake",
        props: backend("option httpchk", "option ssl-hello-chk", "server a 10.0.1.5:8080 check"),
        says: ["userData: backend shop has no option httpchk"],
      },
      {
        title: "passes a backend that only holds a stick table",
        props: backend("stick-table type ip size 1m"),
        says: [],
      },
      ...[
        "127.0.0.1:8080",
        "127.10.200.53",
        "localhost:8080",
        "ipv6@::1:8080",
        "[::1]:8080",
        "/run/shop.sock",
        "unix@/run/shop",
      ].map((address) => ({
        title: `passes the only server, on the same machine: ${address}`,
        props: backend(`server a ${address}`),
        says: [],
      })),
      {
        title: "refuses the only server if the proxy answers health checks itself",
        props: written({
          frontend: ["bind *:8443 ssl crt a.pem", "monitor-uri /health", "default_backend shop"],
          backend: ["server a 127.0.0.1:8080"],
        }),
        says: ["userData: backend shop: server a has no check; it must have one."],
      },
      ...["server b 127.0.0.1:8081 check", "server-template b 1-2 shop.internal:8081 check"].map((other) => ({
        title: `refuses a server on the same machine beside another: ${other}`,
        props: backend("option httpchk", "server a 127.0.0.1:8080", other),
        says: ["userData: backend shop: server a has no check; it must have one."],
      })),
      ...["127.0.0.1.example.com:8080", "10.127.0.0.1:8080", "localhost.example.com:8080"].map((address) => ({
        title: `refuses an address that only resembles the same machine: ${address}`,
        props: backend("option httpchk", `server a ${address}`),
        says: ["userData: backend shop: server a has no check; it must have one."],
      })),
    ]);
  });
});
