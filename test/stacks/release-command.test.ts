import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { RELEASE_COMMAND_SCRIPT } from "../../components/fleet/boot/release-command";
import type { Values } from "../../packages/rehearse/values";
import { mayDo, rolesOf } from "../support/iam";
import { type Graph, type JsonRun, parsed, rehearseStacks, stateOf, text } from "../support/rehearse";
import { stackFile } from "../support/stack-file";

const image = (digit: string): string =>
  `123456789012.dkr.ecr.eu-west-1.amazonaws.com/store@sha256:${digit.repeat(64)}`;
const releaseCommand = { command: ["migrate", "up"], timeoutSeconds: 1800, logRetentionDays: 30 };
const blueGreen = { enabled: true, blue: { image: image("1") }, green: { image: image("2") } };
const own = (changes: Values = {}): Values => ({
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network": { availabilityZones: ["eu-west-1a", "eu-west-1b"], natGateways: "none" },
  "web-store:application": { source: "container", image: image("1") },
  "web-store:blueGreen": { ...blueGreen, releaseCommand },
  ...changes,
});

/** Each stack's own settings. */
const STACKS: Readonly<Record<string, Values>> = {
  plain: own({ "web-store:blueGreen": blueGreen }),
  migrating: own(),
  otherwise: own({ "web-store:environment": { DATABASE: { value: "orders" } } }),
  rolled: own({
    "web-store:blueGreen": {
      ...blueGreen,
      releaseCommand,
      live: "green",
      blue: { weight: 0, image: image("3") },
      green: { weight: 100, image: image("2") },
    },
  }),
};

describe("The release command", () => {
  const folder = mkdtempSync(join(tmpdir(), "release-command-"));
  after(() => rmSync(folder, { recursive: true }));
  let run: JsonRun;
  const graph = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    run = await rehearseStacks(STACKS);
  });
  const userData = (stack: string, template: string): string =>
    Buffer.from(
      text(graph(stack).one("aws:ec2/launchTemplate:LaunchTemplate", template).inputs["userData"]),
      "base64",
    ).toString();
  const release = (stack: string) =>
    graph(stack).one("pulumi:pulumi:Stack").outputs["release"] as unknown as {
      readonly command?: Values;
      readonly colours: readonly { readonly colour: string; readonly releaseId?: string }[];
    };

  it("is off by default", () => {
    assert.deepEqual(graph("plain").ofType("aws:ssm/document:Document"), []);
    assert.doesNotMatch(userData("plain", "web-store-instance"), /store-release/);
    assert.equal(release("plain").command, undefined);
    assert.ok(release("plain").colours.every(({ releaseId }) => releaseId === undefined));
  });

  it("is a unit on the instances of both colours, which an SSM document without parameters starts", () => {
    for (const [template, digit] of [
      ["web-store-instance", "1"],
      ["web-store-green-instance", "2"],
    ] as const)
      assert.match(
        userData("migrating", template),
        new RegExp(
          `^ExecStart=/usr/bin/docker run --rm --name store-release .*@sha256:${digit}+ migrate up$`,
          "m",
        ),
      );
    const document = graph("migrating").one("aws:ssm/document:Document");
    const content = parsed<Values>(document.inputs["content"]);
    assert.deepEqual(Object.keys(content), ["schemaVersion", "description", "mainSteps"]);
    assert.deepEqual(content["mainSteps"], [
      {
        action: "aws:runShellScript",
        name: "release",
        inputs: { timeoutSeconds: "2400", runCommand: RELEASE_COMMAND_SCRIPT },
      },
    ]);
  });

  it("is logged by the instances to its log group only, which they reach without a NAT gateway", async () => {
    const logGroup = graph("migrating").one("aws:cloudwatch/logGroup:LogGroup", "web-store-release");
    assert.equal(logGroup.inputs["retentionInDays"], 30);
    const stream = (group: string): string =>
      `arn:aws:logs:eu-west-1:123456789012:log-group:${group}:log-stream:1/i-1/release/stdout`;
    for (const name of ["web-store-instance", "web-store-green-instance"]) {
      const role = rolesOf(graph("migrating")).get(name);
      const before = rolesOf(graph("plain")).get(name);
      assert.ok(role !== undefined && before !== undefined);
      const action = "logs:PutLogEvents";
      const group = text(logGroup.outputs["name"]);
      assert.ok(await mayDo(role, { action, resource: stream(group) }), name);
      assert.ok(!(await mayDo(role, { action, resource: stream("ledger") })), name);
      assert.ok(!(await mayDo(before, { action, resource: stream(group) })), name);
    }
    const endpoints = (stack: string): string[] =>
      graph(stack)
        .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
        .map(({ inputs }) => text(inputs["serviceName"]).split(".").at(-1) ?? "");
    assert.deepEqual(
      endpoints("migrating").filter((service) => !endpoints("plain").includes(service)),
      ["logs"],
    );
  });

  it("is in the outputs for rollouts, with an ID that distinguishes a colour's release from others", () => {
    const { command, colours } = release("migrating");
    const name = (type: string, of?: string) => graph("migrating").one(type, of).outputs["name"];
    assert.deepEqual(command, {
      documentName: name("aws:ssm/document:Document"),
      parameterName: name("aws:ssm/parameter:Parameter"),
      logGroupName: name("aws:cloudwatch/logGroup:LogGroup", "web-store-release"),
      timeoutSeconds: 1800,
    });
    const ids = (stack: string): Record<string, string | undefined> =>
      Object.fromEntries(release(stack).colours.map(({ colour, releaseId }) => [colour, releaseId]));
    for (const { releaseId } of colours) assert.match(releaseId ?? "", /^[0-9a-f]{16}$/);
    const [first, other, rolled] = ["migrating", "otherwise", "rolled"].map(ids);
    assert.notEqual(first?.["blue"], first?.["green"], "two releases");
    assert.notEqual(first?.["green"], other?.["green"], "other variables");
    assert.equal(first?.["green"], rolled?.["green"], "weights and the live colour are no release");
    assert.notEqual(first?.["blue"], rolled?.["blue"], "the next release");
  });

  it("leaves its parameter's value to rollouts", async () => {
    const file = join(folder, "Pulumi.migrating.yaml");
    writeFileSync(file, stackFile(own()));
    const state = await stateOf(["--config-file", file, "--mode", "up"]);
    const parameter = state.find(({ type }) => type === "aws:ssm/parameter:Parameter");
    assert.deepEqual(parameter?.ignoreChanges, ["value"]);
  });
});
