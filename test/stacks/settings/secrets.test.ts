import assert from "node:assert/strict";

import { describeViolations, schema, validate } from "../../../stacks/settings";
import type { Setting } from "../../../stacks/settings/fields";
import { type Shape, shapeOf, textOf } from "../../../stacks/settings/read";
import { configured, isAccepted, messageOf } from "../../support/settings";

const SECRET = "hunter2";

/** URLs with a secret that people may enter in place of a setting's value. */
const URLS = [
  `https://user:${SECRET}@otlp.example.com`,
  `https://user:p@/${SECRET}@otlp.example.com`,
  `https://hooks.example.com/services/${SECRET}`,
  `https://otlp.example.com/v1?api-key=${SECRET}#${SECRET}`,
  `user:${SECRET}@otlp.example.com:4318`,
];

/** Values of a setting, each with a text at one of its places. */
function atEachPlace(setting: Setting<unknown> | Shape, text: string): unknown[] {
  const { entries = {}, item, value } = shapeOf(setting);
  return [
    text,
    ...Object.entries(entries).flatMap(([name, field]) =>
      atEachPlace(field, text).map((inner) => ({ [name]: inner })),
    ),
    ...(item === undefined ? [] : atEachPlace(item, text).map((inner) => [inner])),
    ...(value === undefined ? [] : atEachPlace(value, text).map((inner) => ({ NAME: inner, name: inner }))),
  ];
}

/** Settings whose values are public, or that cannot contain a secret. */
const PUBLIC = /"(hosts|paths|query|path|body|page|contentSecurityPolicy)"/;

describe("An error in the settings", () => {
  for (const [name, setting] of Object.entries<Setting<unknown>>(schema)) {
    it(`shows no secret in a URL that is refused at or within ${name}`, () => {
      for (const url of URLS)
        for (const value of atEachPlace(setting, url)) {
          const result = validate("web-store", configured({ [name]: textOf(value) }));
          if ("settings" in result || PUBLIC.test(textOf(value))) continue;
          const message = describeViolations("dev", result.violations);
          assert.ok(!message.includes(SECRET), message);
        }
    });
  }

  const environment = (value: unknown): Record<string, string> => ({ environment: JSON.stringify(value) });
  const endpoint = "https://otlp.example.com";
  for (const [title, set, says] of [
    [
      "the variable's value in place of its source",
      environment({ DB: SECRET }),
      /a string of length 7, not shown/,
    ],
    ["an environment in shell syntax", environment(`DB=${SECRET}`), /a string of length 10, not shown/],
    ["a list of variables", environment([`DB=${SECRET}`]), /length 14, not shown/],
    [
      "a secret instead of its ARN",
      environment({ DB: { secretArn: SECRET } }),
      /environment\.DB\.secretArn\n.*not shown/,
    ],
    ["a value with two lines", environment({ DB: { value: `${SECRET}\n` } }), /length 8, not shown/],
    [
      "a variable that telemetry sets",
      {
        ...environment({ OTEL_SERVICE_NAME: { value: SECRET } }),
        telemetry: JSON.stringify({ otlp: { endpoint } }),
      },
      /got: {5}\["value"\]/,
    ],
    [
      "the headers instead of their secret",
      { telemetry: JSON.stringify({ otlp: { endpoint, headersSecretArn: `api-key=${SECRET}` } }) },
      /length 15, not shown/,
    ],
    [
      "a command as one text",
      { application: JSON.stringify({ command: `bin/server --password=${SECRET}` }) },
      /length 29, not shown/,
    ],
    [
      "a release command as one text",
      { blueGreen: JSON.stringify({ releaseCommand: `bin/migrate ${SECRET}` }) },
      /length 19, not shown/,
    ],
  ] as const) {
    it(`shows no secret: ${title}`, () => {
      const message = messageOf(set);
      assert.match(message, says);
      assert.ok(!message.includes(SECRET), message);
    });
  }

  it("shows values that are not secret", () => {
    for (const [set, got] of [
      [
        { telemetry: JSON.stringify({ otlp: { endpoint: "http://otlp.example.com:4318" } }) },
        "http://otlp.example.com:4318",
      ],
      [
        {
          environment: JSON.stringify({
            DB: { secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db" },
          }),
        },
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
      ],
      [{ "application.image": "shop/store:1.4@sha256:0123" }, "shop/store:1.4@sha256:0123"],
      [
        { domainName: "https://me:a@b@store.example.com:8443/cart?id=7#top" },
        "https://…@store.example.com:8443/…?…#…",
      ],
      [{ domainName: "me:a@store.example.com" }, "…@store.example.com"],
      [{ domainName: "https://store.example.com?id=7" }, "https://store.example.com?…"],
      [{ "alarms.emailAddresses": '["on call@example.com"]' }, '["on call@example.com"]'],
      [{ domainName: "https://store.example.com/cart" }, "https://store.example.com/…"],
      [{ application: "true" }, "true"],
    ] as const)
      assert.ok(messageOf(set).includes(`  got:     ${got}\n`), got);
  });

  it("explains that passwords are not accepted in any setting", () => {
    for (const [set, says] of [
      [
        environment({ DATABASE_URL: { value: `postgres://shop:${SECRET}@db.example.com/shop` } }),
        /DATABASE_URL\.secretArn\n.*nothing\n.*it is a URL with a password/,
      ],
      [
        environment({ OTEL_EXPORTER_OTLP_TRACES_HEADERS: { value: `api-key=${SECRET}` } }),
        /looks like a secret/,
      ],
      [{ "alarms.runbookUrl": `https://user:${SECRET}@wiki.example.com` }, /without credentials/],
    ] as const) {
      const message = messageOf(set);
      assert.match(message, says);
      assert.ok(!message.includes(SECRET), message);
    }
    assert.ok(isAccepted(environment({ DATABASE_URL: { value: "postgres://shop@db.example.com/shop" } })));
    assert.ok(
      isAccepted({ "alarms.runbookUrl": "https://wiki.example.com/store?version=2&mail=a@example.com" }),
    );
  });
});
