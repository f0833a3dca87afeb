import assert from "node:assert/strict";
import { PROSE } from "../../../../policies/rules/refused-by-aws/api-prose";
import { UNKNOWN } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";
import { long } from "./api-prose/refused";

type LineName = keyof typeof PROSE;

/** A property of a line: names separated by dots, `*` for an element of a list. */
type Place = readonly [line: LineName, at: string];

/** Whole numbers, both bounds included. */
const NUMBERS: readonly (readonly [...Place, low: number, high: number])[] = [
  ["hook-heartbeat", "heartbeatTimeout", 30, 7_200],
  ["initial-hook-heartbeat", "initialLifecycleHooks.*.heartbeatTimeout", 30, 7_200],
  ["capacity-weights", "mixedInstancesPolicy.launchTemplate.overrides.*.weightedCapacity", 1, 999],
  ["queue-attributes", "delaySeconds", 0, 900],
  ["queue-attributes", "maxMessageSize", 1_024, 1_048_576],
  ["queue-attributes", "messageRetentionSeconds", 60, 1_209_600],
  ["queue-attributes", "receiveWaitTimeSeconds", 0, 20],
  ["queue-attributes", "visibilityTimeoutSeconds", 0, 43_200],
  ["metadata-hop-limit", "metadataOptions.httpPutResponseHopLimit", 1, 64],
  ["origin-connections", "origins.*.connectionAttempts", 1, 3],
  ["origin-connections", "origins.*.connectionTimeout", 1, 10],
  ["origin-timeouts", "origins.*.customOriginConfig.originReadTimeout", 1, 120],
  ["origin-timeouts", "origins.*.customOriginConfig.originKeepaliveTimeout", 1, 120],
  ["origin-timeouts", "origins.*.vpcOriginConfig.originReadTimeout", 1, 120],
  ["origin-timeouts", "origins.*.vpcOriginConfig.originKeepaliveTimeout", 1, 120],
];

/** The only values that AWS accepts, and some others. */
const WORDS: readonly (readonly [...Place, taken: readonly unknown[], refused: readonly unknown[]])[] = [
  ["alarm-period", "period", [10, 20, 30, 60, 120, 86_400, "60"], [0, -60, 1, 40, 50, 59, 61, 90]],
  ["alarm-period", "metricQueries.*.period", [10, 60], [61]],
  ["alarm-period", "metricQueries.*.metric.period", [30, 300], [59]],
  ["missing-data", "treatMissingData", ["breaching", "notBreaching", "ignore", "missing"], ["Missing"]],
  ["low-samples", "evaluateLowSampleCountPercentiles", ["evaluate", "ignore"], ["Ignore"]],
  [
    "log-retention",
    "retentionInDays",
    [
      0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922,
      3_288, 3_653,
    ],
    [2, 366, 3_654],
  ],
  ["health-check-interval", "requestInterval", [10, 30, "30"], [0, 20, 300]],
  ["flow-log-interval", "maxAggregationInterval", [60, 600, "60"], [0, 61, 6_000]],
  ["waf-rate-window", "rules.*.statement.rateBasedStatement.evaluationWindowSec", [60, 120, 300, 600], [61]],
  [
    "error-codes",
    "customErrorResponses.*.errorCode",
    [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504],
    [200, 401, 505, -404],
  ],
  [
    "hook-words",
    "lifecycleTransition",
    ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"],
    ["AUTOSCALING:EC2_INSTANCE_LAUNCHING"],
  ],
  ["hook-words", "defaultResult", ["CONTINUE", "ABANDON"], ["Continue"]],
  [
    "initial-hook-words",
    "initialLifecycleHooks.*.lifecycleTransition",
    ["autoscaling:EC2_INSTANCE_LAUNCHING", "autoscaling:EC2_INSTANCE_TERMINATING"],
    ["autoscaling:EC2_Instance_Terminating"],
  ],
  ["initial-hook-words", "initialLifecycleHooks.*.defaultResult", ["CONTINUE", "ABANDON"], ["abandon"]],
  ["max-instance-lifetime", "maxInstanceLifetime", [0, "0", 86_400, 31_536_000], [-1, 1, 86_399]],
  [
    "subscription-protocol",
    "protocol",
    ["http", "https", "email", "email-json", "sqs", "lambda", "firehose", "application", "sms"],
    ["HTTPS", "Email-JSON"],
  ],
  // The provider doesn't send zero.
  ["spot-pools", "mixedInstancesPolicy.instancesDistribution.spotInstancePools", [0, 1, 20], [-1, 21]],
  ["waf-metric-name", "visibilityConfig.metricName", ["store", "Allow", "all"], ["All", "Default_Action"]],
  ["waf-metric-name", "rules.*.visibilityConfig.metricName", ["AllOf", "OfAll"], ["All", "Default_Action"]],
];

/** Texts: the maximum length, and the allowed characters other than letters and digits, unless all are allowed. */
const TEXTS: readonly (readonly [...Place, most: number, others?: string])[] = [
  ["dashboard-name", "dashboardName", 255, "-_"],
  ...(
    [
      ["security-group-name", "name"],
      ["security-group-name", "namePrefix"],
      ["security-group-description", "description"],
      ["inline-rule-description", "ingress.*.description"],
      ["inline-rule-description", "egress.*.description"],
      ["rule-description", "description"],
    ] as const
  ).map(([line, at]) => [line, at, 255, " ._-:/()#,@[]+=&;{}!$*"] as const),
  ["prefix-list-name", "name", 255],
  ["distribution-comment", "comment", 128],
  ["certificate-common-name", "domainName", 64],
  ["queue-name", "name", 80, "-_"],
  ["queue-name", "namePrefix", 80, "-_"],
  ["topic-name", "name", 256, "-_"],
  ["topic-name", "namePrefix", 256, "-_"],
];

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

/**
 * Texts with a form; messages don't show the text. `beside` has the resource's other properties, and the end of the
 * sentence.
 */
const FORMS: readonly (readonly [
  ...Place,
  allowed: string,
  taken: readonly unknown[],
  refused: readonly unknown[],
  beside?: readonly [props: Props, end: string],
])[] = [
  [
    "mute-schedule",
    "rule.schedule.expression",
    "a cron expression of five fields with *, - and commas, such as cron(0 2 * * SUN), or a time such as at(2026-12-24T14:00)",
    [
      "cron(0 2 * * SUN)",
      "cron(59 23 1,15 * *)",
      "cron(0 2 * * 1-5)",
      "at(2026-12-24T14:00)",
      "at(2026-12-31T23:59:59)",
    ],
    [
      "cron(0 2 * *)",
      "cron(0 24 * * *)",
      "cron(60 2 * * *)",
      "cron(0 2 ? * *)",
      "x-cron(0 2 * * *)",
      "cron(0 2 * * *) ",
      "x-at(2026-12-24T14:00)",
      "at(2026-12-24T14:00)x",
      "at(2026-12-24)",
      "at(26-12-24T14:00)",
      "at(2026-1-24T14:00)",
      "at(2026-12-2T14:00)",
      "at(2026-12-24T4:00)",
    ],
  ],
  [
    "mute-duration",
    "rule.schedule.duration",
    'an ISO 8601 duration from "PT1M" to "P15D"',
    ["PT1M", "P15D", "P2W", "P2W1D", "P1DT12H", "PT360H", "PT21600M", "P14DT23H60M", "PT1M30S"],
    [
      "PT0M",
      "PT59S",
      "PT21601M",
      "PT361H",
      "P3W",
      "P2W2D",
      "P16D",
      "P15DT1M",
      "P1DT",
      "P",
      "PT",
      "+PT1M",
      "PT1Mx",
      "T1M",
    ],
  ],
  [
    "mute-time-zone",
    "rule.schedule.timezone",
    'the name of a time zone, such as "Europe/London"',
    ["UTC", "Europe/London"],
    ["Europe", "+01:00"],
  ],
  ...["name", "namePrefix"].map(
    (at) =>
      [
        "log-group-name",
        at,
        'a name that does not begin with "aws/" ("/aws/" is allowed)',
        ["/aws/lambda/a", "store/aws/a", "aws-store"],
        ["aws/", "aws/store"],
      ] as const,
  ),
  [
    "dns-names",
    "name",
    "labels of up to 63 bytes, separated by dots, and up to 255 bytes in total",
    [
      "store.example.com.",
      "a",
      `${long(63)}.com`,
      `${"é".repeat(31)}.com`,
      `${`${long(63)}.`.repeat(3)}${long(63)}`,
    ],
    [
      ".example.com",
      "example.com..",
      "a..b",
      `a.${long(64)}`,
      `${"é".repeat(32)}.com`,
      `${`${long(63)}.`.repeat(3)}${long(63)}.`,
      `${"é.".repeat(85)}aa`,
    ],
  ],
  ...(
    [
      ["A", "an IPv4 address", ["192.0.2.1"], ["2001:db8::1", "192.0.2", "example.com"]],
      ["AAAA", "an IPv6 address", ["2001:db8::1", "::"], ["192.0.2.1", "2001:db8"]],
      [
        "MX",
        'a priority and a mail server, such as "10 mail.example.com"',
        ["0 mail.example.com", "65535  mail.example.com"],
        ["100000 a.example", "10", "10 ", "10 a b", "x10 a.example", "10a.example"],
      ],
      [
        "CAA",
        "flags, tag and value, such as '0 issue \"amazon.com\"'",
        ['0 issue "amazon.com"', '128  issuewild  ";"', '0 issue ""'],
        [
          '1000 issue "a"',
          "0 issue a",
          'x0 issue "a"',
          '0 issue "a" b',
          '0 "a"',
          '0issue "a"',
          '0 issue"a"',
          '0 is-sue "a"',
          '0 issue "a"b"',
        ],
      ],
      ...(["TXT", "SPF"] as const).map(
        (type) =>
          [
            type,
            'strings of up to 255 characters, with `" "` between them',
            [
              long(255),
              `"${long(255)}"`,
              `${long(255)}" "${long(255)}`,
              `${long(255)}""${long(255)}`,
              `${long(200)}"   "${long(200)}`,
            ],
            [
              long(256),
              `${long(255)}" "${long(256)}`,
              `${long(256)}" "${long(255)}`,
              `${long(200)}\\" "${long(200)}`,
              `${long(128)}"a"${long(128)}`,
            ],
          ] as const,
      ),
    ] as const
  ).map(
    ([type, allowed, taken, refused]) =>
      [
        "record-values",
        "records.*",
        allowed,
        taken,
        refused,
        [{ type, ttl: 60 }, ` for type "${type}"`],
      ] as const,
  ),
  ...(
    [
      ["http", "a URL that begins with http://", ["http://a", "HTTP://a"], ["https://a", "x-http://a"]],
      ["https", "a URL that begins with https://", ["https://a", "HTTPS://a"], ["http://a", "x-https://a"]],
      ...(["email", "email-json"] as const).map(
        (protocol) =>
          [
            protocol,
            "an e-mail address",
            ["a@b.example"],
            ["a@", "@b", "a b@c", "a@b c", "a@b@c", " a@b", "a@b ", "a"],
          ] as const,
      ),
      ...(
        [
          ["sqs", "sqs", "a queue"],
          ["lambda", "lambda", "a function"],
          ["firehose", "firehose", "a delivery stream"],
          ["application", "sns", "an application's endpoint"],
        ] as const
      ).map(
        ([protocol, service, what]) =>
          [
            protocol,
            `the ARN of ${what}`,
            [`arn:aws:${service}:eu-west-1:1:a`, `arn:aws-cn:${service}:cn-north-1:1:a`],
            [`x-arn:aws:${service}:a`, "arn:aws:s3:::a", `arn::${service}:a`, `arn:aws:${service}`],
          ] as const,
      ),
      ["sms", "a phone number", ["+49 (30) 1234-567.8", "12345"], ["+", "+49x", "x49", "++49", "49+"]],
    ] as const
  ).map(
    ([protocol, allowed, taken, refused]) =>
      [
        "subscription-endpoint",
        "endpoint",
        allowed,
        taken,
        refused,
        [{ protocol, subscriptionRoleArn: "arn:aws:iam::1:role/a" }, ` for protocol "${protocol}"`],
      ] as const,
  ),
  ["group-name", "name", "a name without colons", ["store-web"], [":", "store:"]],
  ["group-name", "namePrefix", "a name without colons", ["store-web"], [":store"]],
  [
    "resource-label",
    "targetTrackingConfiguration.predefinedMetricSpecification.resourceLabel",
    "the last parts of two ARNs: app/<load balancer>/<id>/targetgroup/<target group>/<id>",
    ["app/store/1/targetgroup/web/2"],
    [
      "net/store/1/targetgroup/web/2",
      "x/app/store/1/targetgroup/web/2",
      "app/store/1/targetgroup/web",
      "app/store/1/targetgroup/web/2/3",
      "app//1/targetgroup/web/2",
      "app/store//targetgroup/web/2",
      "app/store/1/targetgroup//2",
      "app/store/1/targetgroup/web/",
    ],
  ],
  [
    "security-group-name",
    "name",
    'up to 255 characters: a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*, no "sg-" at the beginning',
    ["sg", "web-sg-1"],
    ["sg-web"],
  ],
  [
    "prefix-list-name",
    "name",
    'up to 255 characters, no "com.amazonaws" at the beginning',
    ["our.com.amazonaws", "com.amazon"],
    ["com.amazonaws", "com.amazonaws.a"],
  ],
  ...(["launch-template-user-data", "user-data-base64"] as const).map(
    (line) =>
      [
        line,
        line === "user-data-base64" ? "userDataBase64" : "userData",
        "a base64-encoded string",
        ["YWJj", "YWI=", "YQ==", "YW\r\nJj", "+/+/", "azAZ09+/"],
        ["abc", "a===", "=abc", "YWJj!", "YW=j", "####", "YWJj=", "YWJjYWJj#abc", "#abcYWJj"],
      ] as const,
  ),
  [
    "default-root-object",
    "defaultRootObject",
    'a name that does not begin with "/"',
    ["index.html", "a/index.html"],
    ["/", "/index.html"],
  ],
  [
    "origin-addresses",
    "origins.*.domainName",
    "a name without protocol, port and path",
    ["store.example.com"],
    ["store.example.com:443", "store.example.com/a", "https://a"],
  ],
  [
    "origin-addresses",
    "origins.*.originPath",
    'a path that begins with "/" and does not end with it',
    ["/a", "/a/b"],
    ["/", "a", "/a/", "a/b"],
  ],
  [
    "waf-log-destination",
    "logDestinationConfigs.*",
    'the ARN of a log group, bucket or delivery stream whose name begins with "aws-waf-logs-"',
    [
      "arn:aws:logs:eu-west-1:1:log-group:aws-waf-logs-store",
      "arn:aws:logs:eu-west-1:1:log-group:aws-waf-logs-store:*",
      "arn:aws:s3:::aws-waf-logs-store",
      "arn:aws:firehose:eu-west-1:1:deliverystream/aws-waf-logs-store",
    ],
    [
      "arn:aws:s3:::x-aws-waf-logs-store",
      "arn:aws:logs:eu-west-1:1:log-group:aws-waf-logs-store:x",
      "arn:aws:logs:eu-west-1:1:log-group:aws-waf-logs-store:*:x",
      "arn:aws:s3:::aws-waf-logs-store/x",
    ],
  ],
];

/** By volume type: the bounds of the size, and of the IOPS if they can be chosen. */
const VOLUMES: Readonly<Record<string, readonly [size: Bounds, iops?: Bounds]>> = {
  gp2: [[1, 16_384]],
  gp3: [
    [1, 65_536],
    [3_000, 80_000],
  ],
  io1: [
    [4, 16_384],
    [100, 64_000],
  ],
  io2: [
    [4, 65_536],
    [100, 256_000],
  ],
  st1: [[125, 16_384]],
  sc1: [[125, 16_384]],
  standard: [[1, 1_024]],
};

type Bounds = readonly [low: number, high: number];

/** Lines about volumes: the place of the volumes, and the names of their size and type. */
const VOLUME_PLACES: readonly (readonly [...Place, size: string, type: string])[] = [
  ["launch-template-volumes", "blockDeviceMappings.*.ebs", "volumeSize", "volumeType"],
  ["instance-volumes", "rootBlockDevice", "volumeSize", "volumeType"],
  ["instance-volumes", "ebsBlockDevices.*", "volumeSize", "volumeType"],
  ["volumes", "", "size", "type"],
];

/** Puts a value at a place; in a list, it is the second element, after one that AWS accepts. */
function placed(at: string, value: unknown, first: unknown): Props {
  const put = ([key, ...rest]: readonly string[], leaf: unknown): unknown =>
    key === undefined ? leaf : key === "*" ? [put(rest, first), put(rest, leaf)] : { [key]: put(rest, leaf) };
  return put(at === "" ? [] : at.split("."), value) as Props;
}

const labelOf = (at: string): string => at.replace(".*", "[1]");

describe("api-prose at its limits", () => {
  const suite = new RuleSuite("api-prose");
  const sentencesOf = async (line: LineName, props: Props): Promise<string[]> => {
    const { source, types } = PROSE[line];
    const end = ` (${source}).`;
    const problems = await suite.sentencesOf({ type: types[0], props });
    // The resource is incomplete: another line reports its missing properties.
    return problems
      .filter(
        (problem) =>
          problem.endsWith(end) && !/^(neither|none of) |^\S+ is not set; AWS requires it\b/.test(problem),
      )
      .map((problem) => problem.slice(0, -end.length));
  };
  /** The beginning of the only problem, up to the values that AWS accepts. */
  const gotOf = async (line: LineName, props: Props): Promise<string> => {
    const problems = await sentencesOf(line, props);
    assert.equal(problems.length, 1, problems.join("\n"));
    return problems[0]!.split("; AWS allows ")[0]!;
  };

  for (const [line, at, low, high] of NUMBERS) {
    it(`accepts ${low} to ${high} as ${at} and nothing beyond`, async () => {
      for (const taken of [low, String(low), high])
        assert.deepEqual(await sentencesOf(line, placed(at, taken, low)), [], String(taken));
      for (const refused of [low - 1, high + 1])
        assert.deepEqual(await sentencesOf(line, placed(at, refused, low)), [
          `${labelOf(at)} is ${refused}; AWS allows a whole number from ${low} to ${high}`,
        ]);
    });
  }

  for (const [line, at, taken, refused] of WORDS) {
    it(`accepts ${taken.length} values as ${at} and no other`, async () => {
      for (const value of taken)
        assert.deepEqual(await sentencesOf(line, placed(at, value, taken[0])), [], String(value));
      for (const value of refused)
        assert.equal(
          await gotOf(line, placed(at, value, taken[0])),
          `${labelOf(at)} is ${JSON.stringify(value)}`,
        );
    });
  }

  for (const [line, at, most, others] of TEXTS) {
    it(`accepts ${most} characters as ${at} of ${line} and not one more`, async () => {
      assert.deepEqual(await sentencesOf(line, placed(at, long(most), "a")), []);
      assert.equal(
        await gotOf(line, placed(at, long(most + 1), "a")),
        `${labelOf(at)} has ${most + 1} characters`,
      );
      if (others === undefined) return;
      const isTaken = (character: string): boolean =>
        /[A-Za-z0-9]/.test(character) || others.includes(character);
      const all = PRINTABLE.filter(isTaken).join("");
      assert.deepEqual(await sentencesOf(line, placed(at, all.slice(0, 80), "a")), []);
      assert.deepEqual(await sentencesOf(line, placed(at, all.slice(-60), "a")), []);
      // A problem names at most three characters.
      const refused = PRINTABLE.filter((one) => !isTaken(one));
      for (let start = 0; start < refused.length; start += 3) {
        const some = refused.slice(start, start + 3);
        assert.equal(
          await gotOf(line, placed(at, `a${some.join("a")}a`, "a")),
          `${labelOf(at)} contains ${some.map((one) => JSON.stringify(one)).join(" and ")}`,
        );
      }
    });
  }

  for (const [line, at, allowed, taken, refused, [beside, end] = [{}, ""]] of FORMS) {
    it(`accepts as ${at}${end} exactly the values of the form ${allowed}`, async () => {
      for (const value of taken)
        assert.deepEqual(
          await sentencesOf(line, { ...beside, ...placed(at, value, taken[0]) }),
          [],
          String(value),
        );
      for (const value of refused)
        assert.deepEqual(
          await sentencesOf(line, { ...beside, ...placed(at, value, taken[0]) }),
          [`${labelOf(at)} is another string (not shown, as it may be secret); AWS allows ${allowed}${end}`],
          String(value),
        );
    });
  }

  for (const [line, at, size, type] of VOLUME_PLACES) {
    it(`accepts the values that a volume's type allows${at === "" ? "" : ` at ${at}`}`, async () => {
      const of = (kind: string, props: Props): Props => ({
        [type]: kind,
        ...(kind.startsWith("io") ? { iops: 1_000 } : {}),
        ...props,
      });
      const judge = (kind: string, props: Props) =>
        sentencesOf(line, placed(at, of(kind, props), of("gp2", {})));
      const label = at === "" ? "" : `${labelOf(at)}.`;
      // The bounds are the same for all volumes.
      const kinds = line === "volumes" ? Object.keys(VOLUMES) : ["gp3"];
      for (const kind of kinds) {
        const [sizes, iops] = VOLUMES[kind]!;
        const throughput: Bounds | undefined = kind === "gp3" ? [125, 2_000] : undefined;
        for (const [property, bounds] of [
          [size, sizes],
          ["iops", iops],
          ["throughput", throughput],
        ] as const) {
          const [low, high] = bounds ?? [1, 1_000_000];
          for (const value of [low, high, 0, UNKNOWN])
            assert.deepEqual(await judge(kind, { [property]: value }), [], `${kind} ${property}`);
          if (bounds === undefined) continue;
          for (const value of [low - 1 || -1, high + 1])
            assert.deepEqual(await judge(kind, { [property]: value }), [
              `${label}${property} is ${value}, but ${type} is "${kind}"; AWS allows a whole number from ${low} to ${high} for this type`,
            ]);
        }
      }
      for (const kind of ["io1", "io2"])
        assert.deepEqual(await judge(kind, { iops: null }), [
          `${label}${type} is "${kind}", but iops is not set; AWS requires it for this type`,
        ]);
      assert.deepEqual(await judge("toString", { [size]: -1 }), []);
    });
  }
});
