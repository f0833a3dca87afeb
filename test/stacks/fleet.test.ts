import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Value, Values } from "../../packages/rehearse/values";
import { type Graph, type JsonRun, parsed, rehearseJson } from "../support/rehearse";
import { stackFile } from "../support/stack-file";
import { scriptIn } from "../support/user-data";

const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const HOOK = "aws:autoscaling/lifecycleHook:LifecycleHook";

const BASE = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
};
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";

const artifact = (sha256: string): Values => ({
  source: "artifact",
  artifact: { bucket: "releases", key: "store/1.tar.gz", versionId: "v1", sha256, keyArn: KEY },
  command: ["bin/server"],
});

/** Stacks after a release whose archive and environment are in other places than the previous ones. */
function after(former: Values): Record<string, Values> {
  const moved = { bucket: "new-releases", key: "2.tar.gz", sha256: "3".repeat(64) };
  const release = {
    "network.natGateways": "none",
    application: { source: "artifact", artifact: moved, command: ["bin/server"] },
    environment: { URL: { parameter: "/store/new-url" } },
  };
  return { moved: { ...release, ...former }, forgetful: release };
}

/** Each stack's settings in addition to the required ones. */
const STACKS: Readonly<Record<string, Values>> = {
  plain: {},
  // Every feature that calls AWS from the instance, without a NAT gateway.
  warm: {
    "network.natGateways": "none",
    "fleet.instanceTypes": ["m7g.large", "m6g.large"],
    "fleet.warmPool": { state: "hibernated", minSize: 2, maxPreparedCapacity: 6, reuseOnScaleIn: true },
    "fleet.drainSeconds": 60,
    application: artifact("0".repeat(64)),
    environment: {
      TOKEN: { secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-a1B2c3" },
      URL: { parameter: "/store/url", keyArn: KEY },
      PLAIN_URL: { parameter: "/store/url" },
    },
    "fleet.instanceRefresh": { alarmNames: ["checkout-errors"], skipMatching: true },
  },
  // The release after warm, with and without the files from which warm's instances still boot.
  ...after({
    formerRelease: {
      objects: ["releases/store/1.tar.gz"],
      parameters: ["/store/url"],
      secretArns: ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-a1B2c3"],
      keyArns: [KEY],
    },
  }),
  next: { application: artifact("1".repeat(64)) },
  last: { application: artifact("2".repeat(64)) },
};

describe("The fleet", () => {
  let run: JsonRun;
  const graphs = (stack: string): Graph => run.graph("up", stack);
  before(async () => {
    const dir = mkdtempSync(join(tmpdir(), "fleet-"));
    try {
      const files = Object.entries(STACKS).flatMap(([stack, settings]) => {
        const own = Object.entries(settings).map(([key, value]) => [`web-store:${key}`, value] as const);
        const file = join(dir, `${stack}.yaml`);
        writeFileSync(file, stackFile({ ...BASE, ...Object.fromEntries(own) }));
        return ["--config-file", file];
      });
      run = await rehearseJson([...files, "--mode", "up"]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
  const template = (stack: string): Values => graphs(stack).one(TEMPLATE).inputs;
  const userData = (stack: string): string => scriptIn(template(stack)["userData"]);
  const refresh = (stack: string): Values =>
    (graphs(stack).one(GROUP).inputs["instanceRefresh"] as { preferences: Values }).preferences;

  it("passes the policies with every feature on", () => {
    assert.equal(run.status, 0, run.stderr);
    for (const stack of Object.keys(STACKS)) {
      const { findings } = graphs(stack).stack;
      assert.deepEqual(
        findings.filter(({ level }) => level === "mandatory"),
        [],
      );
    }
  });

  it("has no optional resources by default", () => {
    const graph = graphs("plain");
    assert.equal(graph.ofType(HOOK).length, 0);
    for (const input of ["warmPool", "mixedInstancesPolicy", "capacityRebalance"])
      assert.equal(input in graph.one(GROUP).inputs, false, input);
    assert.deepEqual(refresh("plain"), { minHealthyPercentage: 100, maxHealthyPercentage: 150 });
    assert.equal("hibernationOptions" in template("plain"), false);
    assert.equal("instanceMetadataTags" in (template("plain")["metadataOptions"] as Values), false);
    assert.deepEqual(
      graph
        .ofType("aws:iam/rolePolicy:RolePolicy")
        .map(({ name }) => name)
        .sort(),
      ["web-store-flow-logs", "web-store-session-manager"],
    );
  });

  it("keeps a warm pool of several types, ready for hibernation", () => {
    const { inputs } = graphs("warm").one(GROUP);
    assert.deepEqual(inputs["warmPool"], {
      poolState: "Hibernated",
      minSize: 2,
      maxGroupPreparedCapacity: 6,
      instanceReusePolicy: { reuseOnScaleIn: true },
    });
    assert.deepEqual(template("warm")["hibernationOptions"], { configured: true });
  });

  it("waits for an instance to be ready before it enters the pool, and to have drained before it terminates", () => {
    const hooks = graphs("warm")
      .ofType(HOOK)
      .map(({ inputs: { autoscalingGroupName: _, region: __, ...hook } }) => hook);
    assert.deepEqual(hooks, [
      {
        name: "boot",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        heartbeatTimeout: 300,
        defaultResult: "ABANDON",
      },
      {
        name: "drain",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: 60,
        defaultResult: "CONTINUE",
      },
    ]);
    // A change of the group's own initial hooks would replace the group.
    assert.equal("initialLifecycleHooks" in graphs("warm").one(GROUP).inputs, false);
    for (const line of [
      'LAUNCH_HOOK = "boot"',
      'TERMINATION_HOOK = "drain"',
      "DEREGISTRATION_DELAY_SECONDS = 30",
    ])
      assert.ok(userData("warm").split("\n").includes(line), line);
    assert.match(userData("warm"), /^TimeoutStopSec=30$/m);
  });

  it("reads its artifact and its environment with minimal permissions", () => {
    const graph = graphs("warm");
    const account = String(graph.one(GROUP).outputs["arn"]).split(":")[4];
    const { policy } = graph.one("aws:iam/rolePolicy:RolePolicy", "web-store-application").inputs;
    const decrypt = (service: string): Values => ({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: KEY,
      Condition: { StringEquals: { "kms:ViaService": `${service}.eu-west-1.amazonaws.com` } },
    });
    assert.deepEqual(parsed<{ Statement: Value }>(policy).Statement, [
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: "arn:aws:s3:::releases/store/*",
      },
      {
        Effect: "Allow",
        Action: "ssm:GetParameter",
        Resource: `arn:aws:ssm:eu-west-1:${account}:parameter/store/url`,
      },
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-a1B2c3",
      },
      decrypt("s3"),
      decrypt("ssm"),
    ]);
  });

  /** A role's permissions: each an action, its resource and its condition, as text. */
  const permissions = (stack: string): string[] => {
    const { policy } = graphs(stack).one("aws:iam/rolePolicy:RolePolicy", "web-store-application").inputs;
    const { Statement } = parsed<{
      Statement: { Action: string | string[]; Resource: string | string[]; Condition?: Values }[];
    }>(policy);
    return Statement.flatMap(({ Action, Resource, Condition }) =>
      [Action]
        .flat()
        .flatMap((action) =>
          [Resource].flat().map((resource) => [action, resource, JSON.stringify(Condition ?? {})].join(" ")),
        ),
    );
  };
  /** The actions that the role of a later stack no longer has. */
  const lost = (before: string, now: string): string[] =>
    permissions(before)
      .filter((one) => !permissions(now).includes(one))
      .map((one) => one.split(" ")[0] ?? "");

  it("still reads the previous release: in the same folder always, elsewhere as long as it is configured", () => {
    assert.deepEqual(lost("next", "last"), []);
    assert.deepEqual(lost("warm", "moved"), []);
    assert.deepEqual(lost("warm", "forgetful").sort(), [
      "kms:Decrypt",
      "kms:Decrypt",
      "s3:GetObject",
      "s3:GetObjectVersion",
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
    ]);
    // The key is in no folder, so its prefix would cover the whole bucket.
    assert.ok(permissions("moved").includes("s3:GetObject arn:aws:s3:::new-releases/2.tar.gz {}"));
  });

  it("still reaches the services that the previous release calls", () => {
    const services = (stack: string): string[] =>
      graphs(stack)
        .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
        .map(({ inputs }) => String(inputs["serviceName"]));
    assert.ok(services("moved").includes("com.amazonaws.eu-west-1.secretsmanager"));
    assert.ok(!services("forgetful").includes("com.amazonaws.eu-west-1.secretsmanager"));
  });

  it("has a deployment wait as long as its instances boot", () => {
    assert.equal(graphs("warm").one(GROUP).inputs["waitForCapacityTimeout"], "15m");
  });

  it("has its permissions before its instances boot", () => {
    const graph = graphs("warm");
    const { dependencies } = graph.one(GROUP);
    const policy = graph.one("aws:iam/rolePolicy:RolePolicy", "web-store-application");
    assert.ok(dependencies.includes(policy.urn), "the group doesn't wait for the policy");
  });

  it("reaches the services that it calls without a NAT gateway", () => {
    const services = graphs("warm")
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .map(({ inputs }) => String(inputs["serviceName"]).split(".").slice(3).join("."));
    assert.deepEqual(services.sort(), ["autoscaling", "s3", "secretsmanager", "ssm", "ssmmessages"]);
  });

  it("stops a refresh on alarms, and skips instances that match already", () => {
    const { alarmSpecification, skipMatching } = refresh("warm");
    assert.deepEqual(alarmSpecification, { alarms: ["checkout-errors"] });
    assert.equal(skipMatching, true);
  });

  it("is replaced if and only if the artifact's hash changes", () => {
    const [next, last] = [userData("next"), userData("last")];
    assert.notEqual(next, last);
    assert.equal(next.replaceAll("1".repeat(64), "2".repeat(64)), last);
  });
});
