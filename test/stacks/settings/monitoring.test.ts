import assert from "node:assert/strict";

import { isAccepted, messageOf, settingsOf } from "../../support/settings";

const alarms = (value: object): { alarms: string } => ({ alarms: JSON.stringify(value) });

describe("the settings of alarms and dashboard", () => {
  it("are off by default", () => {
    const { alarms: defaults, dashboard } = settingsOf();
    assert.deepEqual(defaults, {
      enabled: false,
      emailAddresses: [],
      runbookUrl: "https://github.com/web-store/web-store/blob/main/docs/operations.md",
      targetErrorPercent: 1,
      balancerErrorPercent: 1,
      latencyP99Milliseconds: 1000,
      tlsErrorPercent: 20,
      memoryPercent: 90,
      diskPercent: 85,
      certificateDays: 30,
      logDelivery: false,
    });
    assert.equal(dashboard, false);
  });

  it("accept e-mail, or the user's own topic", () => {
    assert(isAccepted(alarms({ enabled: true, emailAddresses: ["oncall@example.com"] })));
    assert(isAccepted(alarms({ enabled: true, topicArn: "arn:aws:sns:eu-west-1:123456789012:oncall" })));
  });

  it("require a topic in us-east-1 beside one in another Region, for the outside health check", () => {
    const topicArn = "arn:aws:sns:eu-west-1:123456789012:oncall";
    const externalHealthCheck = JSON.stringify({ enabled: true });
    const own = { enabled: true, topicArn };
    assert.match(
      messageOf({ ...alarms(own), externalHealthCheck }),
      /^web-store:alarms\.usEast1TopicArn\n.*\n {2}allowed: a topic in us-east-1 in addition to alarms\.topicArn/m,
    );
    const both = { ...own, usEast1TopicArn: topicArn.replace("eu-west-1", "us-east-1") };
    assert(isAccepted({ ...alarms(both), externalHealthCheck }));
    assert(
      isAccepted({ ...alarms({ enabled: true, emailAddresses: ["a@example.com"] }), externalHealthCheck }),
    );
  });

  it("require a topic in us-east-1 for CloudFront's certificate, too", () => {
    const cdn = JSON.stringify({ enabled: true });
    const own = { enabled: true, topicArn: "arn:aws:sns:eu-west-1:123456789012:oncall" };
    assert.match(messageOf({ ...alarms(own), cdn }), /the alarm on CloudFront's certificate is there/);
    const both = { ...own, usEast1TopicArn: "arn:aws:sns:us-east-1:123456789012:oncall" };
    assert(isAccepted({ ...alarms(both), cdn }));
  });

  it("reserve room for the stack's own alarms in a refresh", () => {
    const names = (count: number): string =>
      JSON.stringify({ alarmNames: Array.from({ length: count }, (_, index) => `checkout-${index}`) });
    const on = alarms({ enabled: true, emailAddresses: ["oncall@example.com"] });
    assert(isAccepted({ ...on, "fleet.instanceRefresh": names(4) }));
    assert(isAccepted({ "fleet.instanceRefresh": names(5) }));
    assert.match(
      messageOf({ ...on, "fleet.instanceRefresh": names(5) }),
      /^web-store:fleet\.instanceRefresh\.alarmNames\n.*\n {2}allowed: up to 4: a refresh watches 10 alarms/m,
    );
  });

  for (const [title, value, fault] of [
    [
      "alarms that notify nobody",
      { enabled: true },
      [
        "web-store:alarms.emailAddresses",
        "  got:     [] (default)",
        "  allowed: at least one address, or your own topic in alarms.topicArn: otherwise the alarms notify nobody",
        "  remedy:  for example, in the stack file: web-store:alarms: { enabled: true, emailAddresses: [oncall@example.com] }",
      ],
    ],
    [
      "e-mail addresses beside the user's own topic",
      { emailAddresses: ["a@example.com"], topicArn: "arn:aws:sns:eu-west-1:123456789012:oncall" },
      [
        "web-store:alarms.emailAddresses",
        '  got:     ["a@example.com"]',
        "  allowed: an empty list together with alarms.topicArn: you manage the subscriptions of your own topic",
        "  remedy:  remove emailAddresses and subscribe them to the topic, or remove topicArn",
      ],
    ],
    [
      "a topic in another Region",
      { topicArn: "arn:aws:sns:us-east-1:123456789012:oncall" },
      [
        "web-store:alarms.topicArn",
        "  got:     arn:aws:sns:us-east-1:123456789012:oncall",
        "  allowed: a topic in aws:region, eu-west-1: an alarm notifies no other",
        "  remedy:  create a topic in eu-west-1, or leave topicArn out and list emailAddresses",
      ],
    ],
    [
      "an invalid e-mail address",
      { emailAddresses: ["oncall"] },
      [
        "web-store:alarms.emailAddresses",
        '  got:     ["oncall"]',
        "  allowed: up to 10 different e-mail addresses",
        "  remedy:  for example: emailAddresses: [oncall@example.com]",
      ],
    ],
    [
      "a runbook URL with a fragment, which each alarm adds itself",
      { runbookUrl: "https://wiki.example.com/#store" },
      [
        "web-store:alarms.runbookUrl",
        "  got:     https://wiki.example.com/#…",
        "  allowed: an https URL without credentials and fragment, at most 200 characters",
        "  remedy:  for example: pulumi config set --path 'web-store:alarms.runbookUrl' https://wiki.example.com/store-runbook",
      ],
    ],
    [
      "a certificate alarm before ACM's renewal",
      { certificateDays: 45 },
      [
        "web-store:alarms.certificateDays",
        "  got:     45",
        "  allowed: a whole number from 1 to 44",
        "  remedy:  for example: pulumi config set --path 'web-store:alarms.certificateDays' 30",
      ],
    ],
  ] as const) {
    it(`are refused: ${title}`, () => {
      const heading = "Stack dev has 1 setting to correct. Nothing was created or changed.";
      assert.equal(messageOf(alarms(value)), `${heading}\n\n${fault.join("\n")}`);
    });
  }
});
