import assert from "node:assert/strict";

import {
  metadataHopsOf,
  permissionStatements,
  permittedEndpoints,
  usesDynamodb,
} from "../../../stacks/application/access";
import type { Settings } from "../../../stacks/settings";
import { assertRefused, isAccepted, settingsOf } from "../../support/settings";

const QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";
const IMAGE = `public.ecr.aws/shop/store@sha256:${"0".repeat(64)}`;

describe("the settings of the application's access", () => {
  const application = (value: object): Record<string, string> => ({ application: JSON.stringify(value) });
  const permitted = (actions: string[], resources: string[]): Record<string, string> =>
    application({ permissions: { x: { actions, resources } } });
  const opened = (...targets: object[]): Record<string, string> =>
    application({ egress: Object.fromEntries(targets.map((target, index) => [`t${index}`, target])) });
  const postgres = { port: 5432, cidr: "10.20.0.0/16" };
  const noNat = { "network.natGateways": "none" };

  for (const [title, set, says] of [
    [
      "* on *",
      permitted(["sqs:*"], ["*"]),
      /allowed: ARNs, because the action sqs:\* has a wildcard: \* on \* allows everything/,
    ],
    [
      "a partial action name on *",
      permitted(["s3:Get*"], [QUEUE, "*"]),
      /the action s3:Get\* has a wildcard/,
    ],
    ...["arn:aws:sqs:*:*:*", "arn:aws:dynamodb:::*/*"].map(
      (arn): [string, Record<string, string>, RegExp] => [
        `? on ${arn}`,
        permitted(["sqs:Get?"], [arn]),
        /name the resources instead of arn:.*, or the actions one by one$/,
      ],
    ),
    ["* on all buckets", permitted(["s3:*"], ["arn:aws:s3:::*"]), /instead of arn:aws:s3:::\*/],
    ["every service", permitted(["*"], [QUEUE]), /allowed: 1 to 50 actions, each a service and a name/],
    [
      "every role",
      permitted(["iam:PassRole"], ["*"]),
      /with iam:PassRole on all resources, an instance could gain any permission/,
    ],
    [
      "every service's roles, one of them by one of several actions",
      permitted(["sqs:SendMessage", "sts:AssumeRole"], ["arn:aws:iam::*:*"]),
      /with sts:AssumeRole on all resources, .*\n {2}remedy: {2}name the resources instead of arn:aws:iam::\*:\*, or remove sts:AssumeRole$/,
    ],
    [
      "more actions than a statement allows",
      permitted(
        Array.from({ length: 51 }, (_, index) => `sqs:A${index}`),
        [QUEUE],
      ),
      /allowed: 1 to 50 actions/,
    ],
    ["a service without a name", permitted([":SendMessage"], [QUEUE]), /allowed: 1 to 50 actions/],
    ["an action with a space", permitted(["sqs:Send Message"], [QUEUE]), /allowed: 1 to 50 actions/],
    [
      "an action that is too long",
      permitted([`sqs:${"a".repeat(125)}`], [QUEUE]),
      /allowed: 1 to 50 actions/,
    ],
    ["no resource", permitted(["sqs:SendMessage"], []), /allowed: 1 to 50 ARNs/],
    [
      "an account of eleven digits",
      permitted(["sqs:SendMessage"], ["arn:aws:sqs:eu-west-1:12345678901:a"]),
      /allowed: 1 to 50 ARNs/,
    ],
    ["an ARN with a space", permitted(["sqs:SendMessage"], [`${QUEUE} x`]), /allowed: 1 to 50 ARNs/],
    [
      "an ARN that is too long",
      permitted(["sqs:SendMessage"], [`${QUEUE}-`.padEnd(1012, "x")]),
      /allowed: 1 to 50 ARNs/,
    ],
    ["no action", permitted([], [QUEUE]), /permissions\.x\.actions\n {2}got: {5}\[\]/],
    ["a text that is not an ARN", permitted(["sqs:SendMessage"], ["orders"]), /allowed: 1 to 50 ARNs/],
    [
      "more permissions than a role's policies hold",
      permitted(
        ["sqs:SendMessage"],
        Array.from({ length: 50 }, (_, index) => `${QUEUE}-${String(index).padEnd(150, "x")}`),
      ),
      /fewer or shorter statements: IAM allows 9240 characters, and .* have \d{5}/,
    ],
    [
      "a service without an endpoint, without NAT",
      { ...permitted(["polly:SynthesizeSpeech"], ["*"]), ...noNat },
      /remove those of polly, or set network\.natGateways to single or perZone/,
    ],
    [
      "neither range nor group",
      opened({ port: 5432 }),
      /egress\.t0\n {2}got: {5}\{"port":5432\}\n {2}allowed: one of cidr and securityGroupId\n {2}remedy: {2}give t0 exactly one/,
    ],
    [
      "both of them",
      opened({ ...postgres, securityGroupId: "sg-0123456789abcdef0" }),
      /t0\.cidr\n {2}got: {5}10\.20\.0\.0\/16\n {2}allowed: no value together with securityGroupId/,
    ],
    [
      "HTTPS, which is open already",
      opened({ port: 443, cidr: "10.0.0.0/8" }),
      /a port other than 443: instances may connect anywhere by HTTPS/,
    ],
    [
      "a duplicate entry",
      opened(postgres, postgres),
      /t1\n[^]*another protocol, port or target than that of t0/,
    ],
    [
      "a range with host bits",
      opened({ port: 5432, cidr: "10.20.0.1/16" }),
      /without bits set after the prefix/,
    ],
    ["a port above 65535", opened({ port: 65_536, cidr: "10.0.0.0/8" }), /a whole number from 1 to 65535/],
    [
      "an invalid security group",
      opened({ port: 5432, securityGroupId: "orders" }),
      /the id of a security group/,
    ],
    [
      "a range on the internet, without NAT",
      { ...opened({ port: 587, cidr: "0.0.0.0/0" }), ...noNat },
      /a range within 10\.0\.0\.0\/8, 172\.16\.0\.0\/12, 192\.168\.0\.0\/16, because network\.natGateways is none/,
    ],
  ] as const) {
    it(`are refused: ${title}`, () => assertRefused(set, says));
  }

  for (const [title, set] of [
    [
      "an action of a service's roles on one of them",
      permitted(["iam:PassRole"], ["arn:aws:iam::123456789012:role/jobs"]),
    ],
    [
      "wildcards on a whole service of one account, and of one Region",
      permitted(["sqs:*"], ["arn:aws:sqs:*:123456789012:*", "arn:aws:sqs:eu-west-1::*"]),
    ],
    ["wildcards on one table's parts", permitted(["dynamodb:*"], ["arn:aws:dynamodb:*:*:table/orders/*"])],
    ["the longest action", permitted([`sqs:${"a".repeat(124)}`], [QUEUE])],
    ["the longest ARN", permitted(["sqs:SendMessage"], [`${QUEUE}-`.padEnd(1011, "x")])],
    ["an action that takes no resource", permitted(["cloudwatch:PutMetricData"], ["*"])],
    [
      "wildcards on resources with a common prefix",
      permitted(["s3:Get*", "s3:List*"], ["arn:aws:s3:::assets-*"]),
    ],
    ["the same port with another protocol", opened(postgres, { ...postgres, protocol: "udp" })],
    ["HTTP/3", opened({ port: 443, cidr: "0.0.0.0/0", protocol: "udp" })],
    ["a group on the port of a range", opened(postgres, { port: 5432, securityGroupId: "sg-01234567" })],
    ["a group without NAT", { ...opened({ port: 5432, securityGroupId: "sg-01234567" }), ...noNat }],
    ["mail", opened({ port: 587, cidr: "0.0.0.0/0" })],
    ["a private range without NAT", { ...opened(postgres), ...noNat }],
  ] as const) {
    it(`are accepted: ${title}`, () => assert.ok(isAccepted(set), title));
  }
});

describe("The result of permissions", () => {
  const actionsOf = (...actions: string[]): Settings =>
    settingsOf({
      application: JSON.stringify({
        permissions: {
          first: { actions: actions.slice(0, 1), resources: [QUEUE] },
          ...(actions.length > 1 ? { others: { actions: actions.slice(1), resources: [QUEUE] } } : {}),
        },
      }),
    });

  // https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
  for (const [action, endpoints] of [
    ["s3:GetObject", []],
    ["dynamodb:Query", []],
    ["ssm:GetParameter", []],
    ["cloudwatch:PutMetricData", ["monitoring"]],
    ["events:PutEvents", ["events"]],
    ["firehose:PutRecord", ["kinesis-firehose"]],
    ["kinesis:PutRecord", ["kinesis-streams"]],
    ["kms:Decrypt", ["kms"]],
    ["lambda:InvokeFunction", ["lambda"]],
    ["logs:PutLogEvents", ["logs"]],
    ["secretsmanager:GetSecretValue", ["secretsmanager"]],
    ["sns:Publish", ["sns"]],
    ["sqs:SendMessage", ["sqs"]],
    ["states:StartExecution", ["states"]],
    ["sts:AssumeRole", ["sts"]],
  ] as const) {
    it(`has ${endpoints[0] === undefined ? "no interface endpoints" : `the endpoint ${endpoints[0]}`} for ${action}`, () => {
      assert.deepEqual(permittedEndpoints(actionsOf(action)), endpoints);
      assert.ok(
        isAccepted({
          application: JSON.stringify({ permissions: { x: { actions: [action], resources: [QUEUE] } } }),
          "network.natGateways": "none",
        }),
      );
    });
  }

  it("has endpoints in the order of the services, each once", () => {
    const settings = actionsOf("sqs:SendMessage", "sns:Publish", "sqs:ReceiveMessage", "kms:Decrypt");
    assert.deepEqual(permittedEndpoints(settings), ["kms", "sns", "sqs"]);
    assert.deepEqual(permittedEndpoints(settingsOf()), []);
  });

  it("has DynamoDB's gateway endpoint only for actions of DynamoDB", () => {
    assert.ok(usesDynamodb(actionsOf("sqs:SendMessage", "dynamodb:Query")));
    assert.ok(!usesDynamodb(actionsOf("sqs:SendMessage")));
  });

  it("has statements in the order of their names, however they are written", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => ({ actions: [`sqs:${name}`], resources: [QUEUE] }));
    const statements = (permissions: object) =>
      permissionStatements(settingsOf({ application: JSON.stringify({ permissions }) }));
    const sorted = ["a", "b", "c"].map((name) => ({
      Effect: "Allow",
      Action: [`sqs:${name}`],
      Resource: [QUEUE],
    }));
    assert.deepEqual(statements({ b, c, a }), sorted);
    assert.deepEqual(statements({ c, a, b }), sorted);
  });

  it("has two hops to the metadata service for a container, and one for other applications", () => {
    const permissions = { x: { actions: ["sqs:SendMessage"], resources: [QUEUE] } };
    const hops = (application: object) =>
      metadataHopsOf(settingsOf({ application: JSON.stringify(application) }));
    const container = { source: "container", image: IMAGE };
    assert.deepEqual(
      [hops({ ...container, permissions }), hops(container), hops({ permissions })],
      [2, 1, 1],
    );
  });
});
