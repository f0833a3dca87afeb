import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  fixture,
  type JsonRun,
  pack,
  parsed,
  programOf,
  rehearseJson,
  rehearseWarm,
} from "../support/rehearse";

/** The compared parts of a resource: its URN from the type on, its inputs, and the sources of each input. */
type Row = readonly [urn: string, inputs: unknown, dependencies: Readonly<Record<string, readonly string[]>>];

/** A URN without stack and project. */
const short = (urn: string): string => urn.split("::").slice(2).join("::");

/** By URN, so that a difference is reported for the resource. */
const byUrn = (rows: readonly Row[]): Record<string, Row> =>
  Object.fromEntries(rows.map((row) => [row[0], row]));

describe("awsx's load balancers and attachments", () => {
  let run: JsonRun;
  before(async () => {
    const args = ["--policy-pack", pack("allows"), "--mode", "both"];
    run = await rehearseJson(["dev", "--program", fixture("awsx-lb"), ...args]);
    assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
  });

  it("have the children that awsx's own provider (3.9.0) registers on Pulumi's engine (3.260), input by input", () => {
    const recorded = parsed<Row[]>(readFileSync(join(fixture("awsx-lb"), "by-provider.json"), "utf8"));
    const rows = run
      .graph("preview")
      .resources.filter(({ urn }) => urn.includes("::awsx:lb:"))
      .map(({ urn, inputs, propertyDependencies }): Row => {
        const computed = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
        return [
          short(urn),
          inputs,
          Object.fromEntries(computed.map(([key, urns]) => [key, urns.map(short).sort()])),
        ];
      });
    assert.ok(recorded.length > 100);
    assert.deepEqual(byUrn(rows), byUrn(recorded));
  });

  it("expose the children as resources, known as soon as they exist", () => {
    const [preview, up] = [run.graph("preview").stack.outputs, run.graph("up").stack.outputs];
    assert.deepEqual(preview["listenerPorts"], [80]);
    assert.deepEqual(preview["group"], { unknown: true });
    assert.match(String(up["group"]), /^sg-/);
    assert.match(String(up["url"]), /^defaults-.*\.elb\.amazonaws\.com$/);
    assert.equal(up["vpcOfWeb"], up["vpcId"]);
  });
});

/** Arguments that awsx refuses, and the part of the message with the reason. */
const REFUSED: readonly (readonly [kind: string, args: string, says: RegExp])[] = [
  [
    "ApplicationLoadBalancer",
    '{ subnets: [], subnetIds: ["subnet-1"] }',
    /given subnets and subnetIds: give only one/,
  ],
  [
    "ApplicationLoadBalancer",
    "{ listener: { port: 80 }, listeners: [] }",
    /given listener and listeners: give only/,
  ],
  [
    "NetworkLoadBalancer",
    "{ defaultTargetGroup: { port: 80 }, defaultTargetGroupPort: 80 }",
    /given defaultTargetGroup and defaultTargetGroupPort: give only one/,
  ],
  [
    "ApplicationLoadBalancer",
    '{ defaultSecurityGroup: { args: { vpcId: "vpc-1" }, securityGroupId: "sg-1" } }',
    /defaultSecurityGroup was given args and securityGroupId/,
  ],
  [
    "TargetGroupAttachment",
    '{ instanceId: "i-1" }',
    /given none of targetGroup, targetGroupArn: give exactly one/,
  ],
  [
    "TargetGroupAttachment",
    '{ targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1" }',
    /given none of instance, instanceId, lambda, lambdaArn: give exactly one/,
  ],
];

describe("awsx.lb", () => {
  for (const [kind, args, says] of REFUSED) {
    it(`refuses ${kind} ${args}`, async () => {
      const program = programOf(`const awsx = require("@pulumi/awsx"); new awsx.lb.${kind}("web", ${args});`);
      const { status, stdout } = await rehearseWarm([
        "dev",
        "--program",
        program,
        "--policy-pack",
        pack("allows"),
      ]);
      assert.equal(status, 3);
      assert.match(stdout, says);
    });
  }

  it("creates a default listener on HTTP port 80, which the pack refuses", async () => {
    const program = programOf(
      'const awsx = require("@pulumi/awsx"); new awsx.lb.ApplicationLoadBalancer("web");',
    );
    const { status, stdout } = await rehearseWarm(["dev", "--program", program]);
    assert.equal(status, 1);
    assert.match(stdout, /\[mandatory\] {2}tls-listeners {2}\(aws:lb\/listener:Listener: web-0\)/);
  });
});
