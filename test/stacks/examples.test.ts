import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Value, Values } from "../../packages/rehearse/values";
import { refusedDescriptions } from "../support/aws-limits";
import { type Graph, type JsonRun, parsed, ROOT, rehearseJson } from "../support/rehearse";
import { STRICT } from "../support/strict";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const files = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".yaml"));

/** Whether an example shows only the four building blocks, without the settings that the strict profile requires. */
const isBare = (file: string): boolean => /^(minimal-|no-nat|existing-certificate)/.test(file);

describe("The example program", () => {
  it("uses three components with their defaults, without findings", async () => {
    const run = await rehearseJson(["dev", "--program", join("examples", "own-program"), "--mode", "both"]);
    assert.equal(run.status, 0, run.stderr);
    for (const mode of ["preview", "up"] as const) {
      const graph = run.graph(mode);
      assert.deepEqual(graph.stack.findings, []);
      for (const component of ["Network", "Certificate", "AlarmTopic"])
        graph.one(`web-store:components:${component}`);
    }
  });
});

describe("The examples", () => {
  let bare: JsonRun;
  let whole: JsonRun;
  before(async () => {
    const rehearse = (some: readonly string[], more: readonly string[]): Promise<JsonRun> =>
      rehearseJson([
        ...some.flatMap((file) => ["--config-file", join("examples", file)]),
        "--mode",
        "both",
        ...more,
      ]);
    bare = await rehearse(files.filter(isBare), []);
    whole = await rehearse(
      files.filter((file) => !isBare(file)),
      STRICT,
    );
  });
  const runOf = (file: string): JsonRun => (isBare(file) ? bare : whole);
  const up = (example: string): Graph => runOf(`${example}.yaml`).graph("up", example);

  for (const file of files) {
    const profile = isBare(file) ? "" : " by the strict profile";
    it(`pass the policies${profile}, in preview and up: ${file}`, () => {
      const run = runOf(file);
      assert.equal(run.status, 0, run.stderr);
      const stack = file.replace(".yaml", "");
      for (const mode of ["preview", "up"] as const) {
        const { findings } = run.graph(mode, stack).stack;
        assert.deepEqual(
          findings.filter(({ level }) => !isBare(file) || level === "mandatory"),
          [],
        );
      }
    });
  }

  it("describe security groups and their rules in characters that EC2 accepts", () => {
    assert.deepEqual(
      files.flatMap((file) => refusedDescriptions(up(file.replace(".yaml", "")))),
      [],
    );
  });

  for (const file of files) {
    it(`start no instance before its subnet has every route out: ${file}`, () => {
      const graph = runOf(file).graph("up", file.replace(".yaml", ""));
      const waysOut = graph.resources.filter(({ type, name }) =>
        type === ENDPOINT || type === "aws:ec2/routeTableAssociation:RouteTableAssociation"
          ? true
          : type === "aws:ec2/route:Route" && name.includes("-private-"),
      );
      for (const group of graph.ofType("aws:autoscaling/group:Group"))
        assert.deepEqual(
          waysOut.filter(({ urn }) => !group.dependencies.includes(urn)).map(({ name }) => name),
          [],
          group.name,
        );
    });
  }

  it("allow HTTPS to the interface endpoints before these are created", () => {
    const graph = up("no-nat");
    const rule = graph.one(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "web-store-endpoints-from-vpc",
    );
    const endpoints = graph
      .ofType(ENDPOINT)
      .filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
    assert.ok(endpoints.length > 0);
    for (const { name, dependencies } of endpoints) assert.ok(dependencies.includes(rule.urn), name);
  });

  describe("no-nat", () => {
    const subnetsOf = (graph: Graph, type: string): Value[] =>
      graph
        .ofType("aws:ec2/subnet:Subnet")
        .filter(({ inputs }) => (inputs["tags"] as Values)["SubnetType"] === type)
        .map(({ outputs }) => outputs["id"] ?? null);

    it("has no NAT gateway, and routes no private subnet to the internet", () => {
      const graph = up("no-nat");
      assert.equal(graph.ofType("aws:ec2/natGateway:NatGateway").length, 0);
      const routes = graph.ofType("aws:ec2/route:Route");
      assert.deepEqual(
        routes.map(({ name }) => name.replace(/-\d$/, "")),
        routes.map(() => "web-store-vpc-public"),
      );
    });

    it("reaches Session Manager through endpoints in each private subnet, under their public names", () => {
      const graph = up("no-nat");
      const endpoints = graph
        .ofType(ENDPOINT)
        .filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
      assert.deepEqual(endpoints.map(({ inputs }) => inputs["serviceName"]).sort(), [
        "com.amazonaws.us-east-2.ssm",
        "com.amazonaws.us-east-2.ssmmessages",
      ]);
      for (const { inputs } of endpoints) {
        assert.equal(inputs["privateDnsEnabled"], true);
        assert.deepEqual(inputs["subnetIds"], subnetsOf(graph, "Private"));
      }
    });

    it("lets only the VPC reach the endpoints", () => {
      const graph = up("no-nat");
      const group = graph.one("aws:ec2/securityGroup:SecurityGroup", "web-store-endpoints");
      const rules = graph
        .ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .filter(({ inputs }) => inputs["securityGroupId"] === group.outputs["id"])
        .map(({ inputs }) => [
          inputs["cidrIpv4"],
          inputs["ipProtocol"],
          inputs["fromPort"],
          inputs["toPort"],
        ]);
      assert.deepEqual(rules, [["10.0.0.0/16", "tcp", 443, 443]]);
    });
  });

  describe("existing-certificate", () => {
    it("creates no certificate and uses the given one", () => {
      const graph = up("existing-certificate");
      assert.equal(graph.resources.filter(({ type }) => type.startsWith("aws:acm/")).length, 0);
      const { inputs } = graph.one("aws:lb/listener:Listener", "web-store-https");
      assert.equal(
        inputs["certificateArn"],
        "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      );
      assert.equal(graph.stack.outputs["certificateArn"], inputs["certificateArn"]);
    });

    it("boots its own image, and has no rollback, which would return to the failed image", () => {
      const graph = up("existing-certificate");
      const template = graph.one("aws:ec2/launchTemplate:LaunchTemplate");
      assert.equal(template.inputs["imageId"], "ami-0123456789abcdef0");
      const refresh = graph.one("aws:autoscaling/group:Group").inputs["instanceRefresh"] as Values;
      assert.equal("autoRollback" in (refresh["preferences"] as Values), false);
    });
  });

  describe("canary", () => {
    it("sends a tenth of the visitors to green, with stickiness shorter than a step", () => {
      const graph = up("canary");
      const { inputs } = graph.one("aws:lb/listenerRule:ListenerRule", "web-store-everything");
      const [action] = inputs["actions"] as Values[];
      const { targetGroups, stickiness } = action?.["forward"] as Values;
      assert.deepEqual(
        (targetGroups as Values[]).map(({ weight }) => weight),
        [90, 10],
      );
      const { bakeMinutes } = graph.stack.outputs["release"] as Values;
      assert.ok(Number((stickiness as Values)["duration"]) < Number(bakeMinutes) * 60);
    });
  });

  describe("spot-heavy", () => {
    const group = (): Values => up("spot-heavy").one("aws:autoscaling/group:Group").inputs;

    it("runs six instances on demand, and four in five of the others as Spot instances with capacity rebalancing", () => {
      const policy = group()["mixedInstancesPolicy"] as Values;
      assert.deepEqual(policy["instancesDistribution"], {
        onDemandBaseCapacity: 6,
        onDemandPercentageAboveBaseCapacity: 20,
        onDemandAllocationStrategy: "prioritized",
        spotAllocationStrategy: "price-capacity-optimized",
      });
      assert.equal(((policy["launchTemplate"] as Values)["overrides"] as Values[]).length, 5);
      assert.equal(group()["capacityRebalance"], true);
    });

    it("replaces a tenth of the fleet first", () => {
      const refresh = group()["instanceRefresh"] as Values;
      const { alarmSpecification: _, ...preferences } = refresh["preferences"] as Values;
      assert.deepEqual(preferences, {
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
        checkpointPercentages: [10, 100],
        checkpointDelay: "1200",
      });
    });

    it("holds a terminating instance until it has drained, and lets it complete the hook of its own group only", () => {
      const graph = up("spot-heavy");
      const hook = graph.one("aws:autoscaling/lifecycleHook:LifecycleHook");
      const { autoscalingGroupName, region: _, ...inputs } = hook.inputs;
      assert.equal(autoscalingGroupName, graph.stack.outputs["autoScalingGroupName"]);
      assert.deepEqual(inputs, {
        name: "drain",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
        heartbeatTimeout: 90,
        defaultResult: "CONTINUE",
      });
      const { arn } = graph.one("aws:autoscaling/group:Group").outputs;
      assert.deepEqual(statements(graph, "web-store-complete-lifecycle"), [
        { Effect: "Allow", Action: "autoscaling:CompleteLifecycleAction", Resource: arn },
      ]);
      const { metadataOptions } = graph.one("aws:ec2/launchTemplate:LaunchTemplate").inputs;
      assert.equal((metadataOptions as Values)["instanceMetadataTags"], "enabled");
    });

    it("lets instances pull their image and read their secrets, and nothing else", () => {
      const account = up("spot-heavy")
        .one("aws:autoscaling/group:Group")
        .outputs["arn"]?.toString()
        .split(":")[4];
      assert.deepEqual(statements(up("spot-heavy"), "web-store-application"), [
        { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
        {
          Effect: "Allow",
          Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Resource: "arn:aws:ecr:eu-west-1:123456789012:repository/store",
        },
        {
          Effect: "Allow",
          Action: "ssm:GetParameter",
          Resource: `arn:aws:ssm:eu-west-1:${account}:parameter/store/sale/payment-url`,
        },
        {
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:store/database-a1B2c3",
        },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef",
          Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
        },
      ]);
    });

    it("tags every resource that can have tags, including instances and volumes", () => {
      const graph = up("spot-heavy");
      const own = { CostCenter: "shop-4711", Owner: "shop@example.com" };
      const labelled = (tags: Value | undefined): boolean =>
        Object.entries(own).every(([key, value]) => (tags as Values | undefined)?.[key] === value);
      const group = graph.one("aws:autoscaling/group:Group");
      const others = graph.resources.filter(
        ({ type, urn, outputs }) => type.startsWith("aws:") && urn !== group.urn && "tagsAll" in outputs,
      );
      assert.ok(others.length > 40, String(others.length));
      assert.deepEqual(
        others.filter(({ inputs }) => !labelled(inputs["tags"])).map(({ urn }) => urn),
        [],
      );
      const [volume] = graph.one("aws:ec2/launchTemplate:LaunchTemplate").inputs[
        "tagSpecifications"
      ] as Values[];
      assert.equal(volume?.["resourceType"], "volume");
      assert.ok(labelled(volume["tags"]));
      for (const [key, value] of Object.entries(own))
        assert.deepEqual(
          (group.inputs["tags"] as Values[]).filter((tag) => tag["key"] === key),
          [{ key, value, propagateAtLaunch: true }],
        );
    });
  });
});

/** The statements of one of the instances' policies. */
function statements(graph: Graph, name: string): Values[] {
  const { policy } = graph.one("aws:iam/rolePolicy:RolePolicy", name).inputs;
  return parsed<{ Statement: Values[] }>(policy).Statement;
}
