import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bundleStore } from "../../components/store/bundle";
import type { Values } from "../../packages/rehearse/values";
import {
  type Graph,
  type JsonRun,
  parsed,
  rehearseJson,
  type StateResource,
  stateOf,
} from "../support/rehearse";
import { stackFile } from "../support/stack-file";
import { scriptIn } from "../support/user-data";

const SHA256 = createHash("sha256").update(bundleStore()).digest("hex");

describe("A stack that serves the sample store", () => {
  let run: JsonRun;
  let graph: Graph;
  let state: StateResource[];

  before(async () => {
    const dir = mkdtempSync(join(tmpdir(), "sample-store-"));
    try {
      const config = {
        "aws:region": "eu-west-1",
        "web-store:domainName": "store.example.com",
        "web-store:hostedZoneName": "example.com",
        "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
        "web-store:network.natGateways": "none",
        "web-store:deletionProtection": true,
        "web-store:application": { source: "store" },
      };
      writeFileSync(join(dir, "shop.yaml"), stackFile(config));
      const args = ["--config-file", join(dir, "shop.yaml"), "--mode", "up"];
      run = await rehearseJson(args);
      state = await stateOf(args);
      graph = run.graph("up", "shop");
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  const stateAt = (urn: string) => state.find((each) => each.urn === urn);
  const orders = () => graph.one("aws:dynamodb/table:Table");
  const program = () => graph.one("aws:s3/bucketObjectv2:BucketObjectv2");
  const template = () => graph.one("aws:ec2/launchTemplate:LaunchTemplate");
  const userData = (): string => scriptIn(template().inputs["userData"]);

  it("passes the policies", () => {
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(
      graph.stack.findings.filter(({ level }) => level === "mandatory"),
      [],
    );
  });

  it("keeps orders in an on-demand table with point-in-time recovery and deletion protection", () => {
    const { inputs } = orders();
    const { name: _, region: __, tags: ___, tagsAll: ____, ...rest } = inputs;
    assert.deepEqual(rest, {
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      attributes: [{ name: "pk", type: "S" }],
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    });
    assert.equal(stateAt(orders().urn)?.protect, true);
    assert.equal(graph.stack.outputs["ordersTableName"], orders().outputs["name"]);
  });

  it("puts the program into a private bucket, under its hash, and keeps it for instances that have yet to boot", () => {
    assert.equal(program().inputs["key"], `store/${SHA256}.cjs`);
    assert.equal(stateAt(program().urn)?.retainOnDelete, true);
    const { inputs } = graph.one(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "web-store-releases",
    );
    const { bucket: _, region: __, ...blocks } = inputs;
    assert.deepEqual(new Set(Object.values(blocks)), new Set([true]));
    const { policy } = graph.one("aws:s3/bucketPolicy:BucketPolicy", "web-store-releases").inputs;
    const [statement] = parsed<{ Statement: Values[] }>(policy).Statement;
    assert.deepEqual(
      [statement?.["Effect"], statement?.["Condition"]],
      ["Deny", { Bool: { "aws:SecureTransport": "false" } }],
    );
  });

  it("tells the instances which program and which table to use", () => {
    const script = userData();
    const bucket = String(program().outputs["bucket"]);
    assert.ok(script.includes(`--bucket ${bucket} --key store/${SHA256}.cjs `));
    assert.ok(script.includes(`<<< "${SHA256}  `));
    assert.ok(script.split("\n").includes(`Environment=ORDERS_TABLE=${String(orders().outputs["name"])}`));
    assert.ok(
      template().dependencies.includes(program().urn),
      "an instance could boot before the program is there",
    );
  });

  it("lets the instances read that program and earlier ones, and read and put items in that table, and nothing else", () => {
    const { policy } = graph.one("aws:iam/rolePolicy:RolePolicy", "web-store-application").inputs;
    assert.deepEqual(parsed<{ Statement: Values[] }>(policy).Statement, [
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: `arn:aws:s3:::${String(program().outputs["bucket"])}/store/*`,
      },
      {
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
        Resource: `arn:aws:dynamodb:eu-west-1:123456789012:table/${String(orders().outputs["name"])}`,
      },
    ]);
  });

  it("reaches the table without a NAT gateway", () => {
    const gateways = graph
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .filter(({ inputs }) => inputs["vpcEndpointType"] === "Gateway")
      .map(({ inputs }) => inputs["serviceName"]);
    assert.deepEqual(gateways.sort(), ["com.amazonaws.eu-west-1.dynamodb", "com.amazonaws.eu-west-1.s3"]);
  });
});

describe("The sample store's program", () => {
  it("is the same text every time, without a local path", () => {
    const text = bundleStore();
    assert.equal(text, bundleStore());
    assert.ok(!text.includes(process.cwd()));
  });
});
