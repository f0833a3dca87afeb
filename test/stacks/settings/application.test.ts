import assert from "node:assert/strict";

import { isAccepted, messageOf } from "../../support/settings";
import { noise } from "../../support/user-data";

const SHA = "0123456789abcdef".repeat(4);
const IMAGE = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/store@sha256:${SHA}`;
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/database-a1B2c3";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";

const application = (value: object): Record<string, string> => ({ application: JSON.stringify(value) });
const environment = (value: object): Record<string, string> => ({ environment: JSON.stringify(value) });
const artifact = { bucket: "releases", key: "store.tar.gz", sha256: SHA };

/** The faults in a message: the key, the value, and what is allowed. */
function faultsIn(message: string): string[] {
  return message
    .split("\n\n")
    .slice(1)
    .map((paragraph) =>
      paragraph
        .split("\n")
        .slice(0, 3)
        .map((line) => line.replace(/^ {2}(got|allowed): +/, "").replace("web-store:", ""))
        .join(" | "),
    );
}

describe("bad settings of the application", () => {
  it("are reported completely, with a remedy", () => {
    assert.equal(
      messageOf(application({ source: "container" })),
      [
        "Stack dev has 1 setting to correct. Nothing was created or changed.",
        "",
        "web-store:application.image",
        "  got:     nothing",
        "  allowed: a value, because application.source is container",
        "  remedy:  set application.image, or application.source to builtin",
      ].join("\n"),
    );
    assert.equal(
      messageOf(environment({ URL: { value: "a", secretArn: SECRET } })),
      [
        "Stack dev has 1 setting to correct. Nothing was created or changed.",
        "",
        "web-store:environment.URL.secretArn",
        `  got:     ${SECRET}`,
        "  allowed: no value together with value",
        "  remedy:  give URL exactly one of value, parameter and secretArn",
      ].join("\n"),
    );
  });

  for (const [title, set, faults] of [
    [
      "an artifact without any details",
      application({ source: "artifact" }),
      [
        "application.artifact.bucket | nothing | a value, because application.source is artifact",
        "application.artifact.key | nothing | a value, because application.source is artifact",
        "application.artifact.sha256 | nothing | a value, because application.source is artifact",
        "application.command | [] (default) | a value, because application.source is artifact",
      ],
    ],
    [
      "an image by its tag, which can change",
      application({ source: "container", image: "public.ecr.aws/shop/store:1.4" }),
      [
        "application.image | public.ecr.aws/shop/store:1.4 | an image of <account>.dkr.ecr.<region>.amazonaws.com or public.ecr.aws with its digest, name@sha256:…",
      ],
    ],
    [
      "an image in the public registry, without a route to it",
      {
        ...application({ source: "container", image: `public.ecr.aws/shop/store@sha256:${SHA}` }),
        "network.natGateways": "none",
      },
      [
        `application.image | public.ecr.aws/shop/store@sha256:${SHA} | an image in ECR in eu-west-1, because network.natGateways is none`,
      ],
    ],
    [
      "a command that would start another line of the unit",
      application({ command: ["run\nUser=root"] }),
      [
        "application.command | a list of 1, not shown as it may hold a secret | up to 50 words of visible ASCII characters and spaces, each of up to 512",
      ],
    ],
    ...["bin/", "/", "  "].map((program): [string, Record<string, string>, string[]] => [
      `a program that is no file: "${program}"`,
      application({ source: "artifact", artifact, command: [program, "up"] }),
      [
        "application.command | a list of 2, not shown as it may hold a secret | a program as the first word, a file of the archive or an absolute path: neither blank nor a folder",
      ],
    ]),
    [
      "a key with a wildcard",
      application({ source: "artifact", artifact: { ...artifact, key: "store/*" }, command: ["run"] }),
      [
        "application.artifact.key | store/* | a key of letters, digits and ! - _ . ' ( ) / + =, at most 1,024 characters",
      ],
    ],
    [
      "a variable without a source, and one with two",
      environment({ A: {}, B: { parameter: "b", secretArn: SECRET } }),
      [
        "environment.A | {} | one of value, parameter and secretArn",
        `environment.B.secretArn | ${SECRET} | no value together with parameter`,
      ],
    ],
    [
      "keys with nothing to decrypt",
      environment({ A: { value: "a", keyArn: KEY }, B: { parameter: "b", jsonKey: "c" } }),
      [
        `environment.A.keyArn | ${KEY} | no value together with value`,
        "environment.B.jsonKey | c | no value together with parameter",
      ],
    ],
    [
      "a health check that the sample store does not serve",
      { ...application({ source: "store" }), "healthCheck.path": "/status" },
      ["healthCheck.path | /status | /readyz or /healthz, because application.source is store"],
    ],
    [
      "variables that the stack sets for the sample store",
      {
        ...application({ source: "store" }),
        ...environment({ HOST: { value: "::" }, SHOP: { value: "eu" } }),
      },
      [
        'environment.HOST | ["value"] | names other than HOST, STORE_TITLE, ORDERS_TABLE, ORDERS_FILE, AWS_REGION, INSTANCE_ID, AVAILABILITY_ZONE, IDLE_TIMEOUT_SECONDS, DRAIN_SECONDS, STOP_SECONDS, LOGIN_SIGNER, because application.source is store',
      ],
    ],
    [
      "secrets and keys in another Region",
      {
        "aws:region": "eu-north-1",
        "network.availabilityZones": '["eu-north-1a","eu-north-1b"]',
        ...environment({ A: { secretArn: SECRET, keyArn: KEY } }),
        ...application({ source: "artifact", artifact: { ...artifact, keyArn: KEY }, command: ["run"] }),
      },
      [
        `application.artifact.keyArn | ${KEY} | an ARN in aws:region, eu-north-1: instances call no other Region`,
        `environment.A.secretArn | ${SECRET} | an ARN in aws:region, eu-north-1: instances call no other Region`,
        `environment.A.keyArn | ${KEY} | an ARN in aws:region, eu-north-1: instances call no other Region`,
      ],
    ],
    [
      "secrets and keys in another Region in the previous release, each named by its position",
      {
        formerRelease: JSON.stringify({
          secretArns: [SECRET, SECRET.replace("eu-west-1", "eu-north-1")],
          keyArns: [KEY.replace("eu-west-1", "eu-north-1")],
        }),
      },
      [
        `formerRelease.secretArns[1] | ${SECRET.replace("eu-west-1", "eu-north-1")} | an ARN in aws:region, eu-west-1: instances call no other Region`,
        `formerRelease.keyArns[0] | ${KEY.replace("eu-west-1", "eu-north-1")} | an ARN in aws:region, eu-west-1: instances call no other Region`,
      ],
    ],
    [
      "colours' images that are unreachable without NAT",
      {
        ...application({ source: "container", image: IMAGE }),
        blueGreen: JSON.stringify({
          blue: { image: IMAGE.replace("eu-west-1", "us-east-1") },
          green: { image: IMAGE },
        }),
        "network.natGateways": "none",
      },
      [
        `blueGreen.blue.image | ${IMAGE.replace("eu-west-1", "us-east-1")} | an image in ECR in eu-west-1, because network.natGateways is none`,
      ],
    ],
    [
      "a partial secret ARN, which a policy would not match",
      environment({ A: { secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store" } }),
      [
        "environment.A.secretArn | arn:aws:secretsmanager:eu-west-1:123456789012:secret:store | the full ARN of a secret",
      ],
    ],
  ] as const) {
    it(`are refused: ${title}`, () => assert.deepEqual(faultsIn(messageOf(set)), faults));
  }

  for (const name of ["PORT", "PATH", "LD_PRELOAD", "DOCKER_HOST", "url", "A-B", "1A", "A".repeat(65)]) {
    it(`are refused: ${name} as a variable, whose value is not in the message`, () => {
      const message = messageOf(environment({ [name]: { value: "hunter2" } }));
      assert.match(message, /^web-store:environment$/m);
      assert.ok(message.includes(`  got:     ["${name}"]\n`), message);
      assert.ok(!message.includes("hunter2"));
    });
  }

  it("are refused: more plain values than user data holds, even compressed", () => {
    const long = (value: string): Record<string, string> =>
      environment(
        Object.fromEntries(
          Array.from({ length: 12 }, (_, index) => [
            `V${index}`,
            { value: value.slice(2048 * index).slice(0, 2048) },
          ]),
        ),
      );
    const message = messageOf(long(noise(12 * 2048)));
    assert.match(message, /^web-store:environment\.V0\.parameter\n {2}got: {5}nothing\n/m);
    const [, bytes] =
      /EC2 allows 16384 bytes of user data, and this makes (\d+), compressed/.exec(message) ?? [];
    assert.ok(Number(bytes) > 16_384, message);
    assert.ok(isAccepted(long("x".repeat(12 * 2048))));
  });
});

describe("more bad settings of the application", () => {
  it("are refused: more arguments than user data holds", () => {
    const command = noise(25_000).match(/.{500}/g);
    const set = application({ source: "container", image: IMAGE, command });
    assert.match(
      messageOf(set),
      /^web-store:application\.command\n[^]*fewer or shorter words: EC2 allows 16384 bytes/m,
    );
  });

  it("are refused: more release command arguments than user data holds, even with short values", () => {
    const own = { artifactKey: "1", artifactSha256: SHA };
    const releaseCommand = { command: ["bin/migrate", ...(noise(24_000).match(/.{500}/g) ?? [])] };
    const message = messageOf({
      ...application({ source: "artifact", artifact, command: ["bin/server"] }),
      ...environment({ A: { value: "short" } }),
      blueGreen: JSON.stringify({ enabled: true, blue: own, green: own, releaseCommand }),
    });
    assert.match(
      message,
      /^web-store:blueGreen\.releaseCommand\.command\n[^]*fewer or shorter words: EC2 allows 16384 bytes/m,
    );
  });

  for (const name of [
    "DATABASE_PASSWORD",
    "API_TOKEN",
    "SESSION_SECRET",
    "STRIPE_API_KEY",
    "DB_PASSWD",
    "PASSPHRASE",
    "TLS_PRIVATE_KEY",
    "S3_ACCESS_KEY",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
  ]) {
    it(`are refused: ${name} in plain text, which is not in the message`, () => {
      const message = messageOf(environment({ [name]: { value: "hunter2" } }));
      assert.ok(message.includes(`web-store:environment.${name}.secretArn\n  got:     nothing\n`), message);
      assert.ok(!message.includes("hunter2"));
      assert.ok(isAccepted(environment({ [name]: { parameter: "/store/secret" } })));
      assert.ok(isAccepted(environment({ [`${name}_FILE`]: { value: "/run/x" } })));
    });
  }
});

describe("good settings of the application", () => {
  for (const [title, set] of [
    ["an artifact", application({ source: "artifact", artifact, command: ["bin/server", "-v", "-v"] })],
    ["a container", application({ source: "container", image: IMAGE })],
    [
      "a container in the same Region, without NAT",
      { ...application({ source: "container", image: IMAGE }), "network.natGateways": "none" },
    ],
    [
      "an environment",
      environment({
        A: { value: "a" },
        B: { parameter: "/b/c", keyArn: KEY },
        C: { secretArn: SECRET, jsonKey: "password", keyArn: KEY },
        D: { secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1f2e-a1B2c3" },
        HOME_PAGE: { parameter: "plain-name" },
        // Names that only look like a secret's.
        MY_OTEL_EXPORTER_OTLP_HEADERS: { value: "a" },
        CACHE: { value: "redis://cache.example.com:6379/a:b@c" },
      }),
    ],
    [
      "a program's name that ends in a slash, in a container",
      application({ source: "container", image: IMAGE, command: ["/"] }),
    ],
    ["the sample store's variables, without the sample store", environment({ HOST: { value: "::" } })],
    ...["/readyz", "/healthz"].map((path): [string, Record<string, string>] => [
      `the sample store by ${path}`,
      { ...application({ source: "store" }), "healthCheck.path": path },
    ]),
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set)));
  }
});

describe("tags", () => {
  const tags = (value: object): string => messageOf({ tags: JSON.stringify(value) });
  const NAMES =
    "a mapping of up to 34 names (1 to 128 letters, digits and + - = . _ : @, not beginning with aws:, " +
    "nor Project, Stack, ManagedBy, Name, SubnetType, balancing-weight, balancing-weight:…, and different in more than case) " +
    "to strings (up to 256 letters, digits, spaces and _ . : / = + - @)";

  it("are refused if AWS would refuse them, or if they are built in", () => {
    for (const key of ["aws:cost", "Stack", "name", "cost center", "Balancing-Weight:m7g.large"])
      assert.deepEqual(faultsIn(tags({ [key]: "x" })), [`tags | ["${key}"] | ${NAMES}`]);
    assert.deepEqual(faultsIn(tags({ owner: "a", Owner: "b" })), [`tags | ["owner","Owner"] | ${NAMES}`]);
    assert.deepEqual(faultsIn(tags({ owner: "a,b" })), [
      "tags.owner | a,b | up to 256 letters, digits, spaces and _ . : / = + - @",
    ]);
  });

  it("are refused if the provider's default tags leave no room, or differ from them only by case", () => {
    const many = (count: number): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, "x"])));
    const beside = (defaultTags: string, more: Record<string, string> = {}): string[] =>
      faultsIn(messageOf({ "aws:defaultTags": `{"tags":${defaultTags}}`, ...more }));
    const own = { tags: JSON.stringify({ Owner: "shop" }) };
    assert.deepEqual(beside('{"owner":"a","STACK":"b"}', own), [
      'aws:defaultTags.tags | ["owner","STACK"] | keys that differ from those in tags, and from Project, Stack, ManagedBy, Name, SubnetType, by more than case: owner, STACK don\'t',
    ]);
    assert.deepEqual(
      beside(many(44), { tags: '{"key-0":"y","a":"b"}' }).map((fault) => fault.replace(/\[.*\]/, "[]")),
      [
        "aws:defaultTags.tags | [] | at most 44, together with tags: AWS allows 50 for a resource, and Project, Stack, ManagedBy, Name, SubnetType, balancing-weight are the store's (these make 45)",
      ],
    );
    for (const feature of ["externalHealthCheck", "internal"])
      assert.deepEqual(
        beside(many(7), { [feature]: '{"enabled":true}' }).map((fault) => fault.replace(/\[.*\]/, "[]")),
        [
          `aws:defaultTags.tags | [] | at most 6, where ${feature}.enabled is true: Route 53 allows 10 for a health check or zone, and Project, Stack, ManagedBy, Name are the store's (these are 7)`,
        ],
      );
  });

  it("are accepted beside default tags that leave room, or set the same keys", () => {
    const six = JSON.stringify({ tags: { a: "1", b: "2", c: "3", d: "4", e: "5", Owner: "6", Stack: "7" } });
    const set = { tags: '{"Owner":"shop"}', externalHealthCheck: '{"enabled":true}' };
    assert.ok(isAccepted({ "aws:defaultTags": six, ...set }));
    assert.ok(isAccepted({ "aws:defaultTags": "{}" }));
  });

  it("are accepted as YAML writes them, including numbers", () => {
    assert.ok(isAccepted({ tags: '{"CostCenter":4711,"Owner":"shop@example.com"}' }));
  });
});
