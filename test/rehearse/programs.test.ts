import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  fixture,
  type Graph,
  type JsonRun,
  pack,
  programOf,
  parsed,
  rehearse,
  rehearseJson,
  rehearseWarm,
  ROOT,
  text,
  withVariables,
} from "../support/rehearse";

const UNKNOWN = { unknown: true };

/** The fields of an IAM policy document that the tests use. */
interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly { readonly Principal?: { readonly Service: string } }[];
}

/** A fixture's stack `dev` in both modes, with a pack without findings. */
function bothModes(name: string, how?: typeof rehearse, ...more: string[]): Promise<JsonRun> {
  return rehearseJson(args(name, "both", ...more), how);
}

function args(name: string, mode: string, ...more: string[]): string[] {
  return ["dev", "--program", fixture(name), "--policy-pack", pack("allows"), "--mode", mode, ...more];
}

describe("programs in other people's style", () => {
  let run: JsonRun;
  let preview: Graph;
  let up: Graph;

  /** Rehearses a fixture once for all tests of a suite. */
  function rehearseFixture(name: string, how?: typeof rehearse): void {
    before(async () => {
      run = await bothModes(name, how);
      assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
      preview = run.graph("preview");
      up = run.graph("up");
    });
  }

  it("have their TypeScript loader skip type checks, unless the settings ask for them", async () => {
    const program = programOf("exports.isTold = process.env.TS_NODE_TRANSPILE_ONLY;");
    const args = ["dev", "--program", program, "--policy-pack", pack("allows")];
    assert.match((await rehearse(args)).stdout, /isTold: "true"/);
    const unset = await withVariables({ PULUMI_NODEJS_TRANSPILE_ONLY: "false" }, () => rehearse(args));
    assert.match(unset.stdout, /isTold: "false"/);
  });

  it("ignore conflicting compiler options with their own ts-node, but not with the SDK's", async () => {
    const told = async (program: string): Promise<unknown> =>
      (await rehearseJson(["dev", "--program", program, "--policy-pack", pack("allows")], rehearse)).graph(
        "preview",
      ).stack.outputs["ignored"];
    const source = 'exports.ignored = process.env.TS_NODE_IGNORE_DIAGNOSTICS ?? "none";';
    assert.equal(await told(programOf(source)), "none");
    const program = programOf(source);
    const packages = join(program, "node_modules");
    rmSync(packages);
    mkdirSync(join(packages, "@pulumi/pulumi/cmd"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules/@pulumi/aws"), join(packages, "@pulumi/aws"));
    const run = join(ROOT, "node_modules/@pulumi/pulumi/cmd/run");
    writeFileSync(join(packages, "@pulumi/pulumi/cmd/run.js"), `require(${JSON.stringify(run)});`);
    writeFileSync(join(packages, "ts-node.js"), "");
    assert.match(text(await told(program)), /,5110,/);
  });

  describe("resources at top level, loaded by ts-node", () => {
    rehearseFixture("plain-resources", rehearse);

    it("are children of the stack; only the stack and default providers have no parent", () => {
      const root = preview.one("pulumi:pulumi:Stack", "plain-resources-dev");
      const orphans = preview.resources.filter(({ parent }) => parent === "").map(({ type }) => type);
      assert.deepEqual(orphans.sort(), ["pulumi:providers:aws", "pulumi:pulumi:Stack"]);
      assert.deepEqual(
        preview
          .childrenOf(root)
          .map(({ name }) => name)
          .sort(),
        ["a", "main", "server", "web"],
      );
    });

    it("have no computed values in preview and every value in up", () => {
      assert.deepEqual(preview.one("aws:ec2/subnet:Subnet").inputs["vpcId"], UNKNOWN);
      assert.deepEqual(preview.stack.outputs["vpcId"], UNKNOWN);
      const vpc = up.one("aws:ec2/vpc:Vpc");
      assert.match(text(vpc.outputs["id"]), /^vpc-[0-9a-f]{17}$/);
      assert.equal(up.one("aws:ec2/subnet:Subnet").inputs["vpcId"], vpc.outputs["id"]);
      assert.equal(up.stack.outputs["vpcId"], vpc.outputs["id"]);
    });

    it("depend on the sources of their properties and on dependsOn", () => {
      const server = preview.one("aws:ec2/instance:Instance");
      const urns = ["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc", "aws:ec2/securityGroup:SecurityGroup"].map(
        (type) => preview.one(type).urn,
      );
      assert.deepEqual([...server.dependencies].sort(), urns.sort());
      assert.deepEqual(server.propertyDependencies["subnetId"], [preview.one("aws:ec2/subnet:Subnet").urn]);
      assert.deepEqual(server.propertyDependencies["instanceType"], []);
    });

    it("export plain values as they are", () => {
      assert.deepEqual(preview.stack.outputs["ports"], [80, 443]);
      assert.equal(preview.stack.outputs["size"], "t3.micro");
    });
  });

  describe("nested components", () => {
    rehearseFixture("nested-components");

    it("carry the types of their parents in their URNs", () => {
      assert.equal(
        preview.one("aws:sqs/queue:Queue", "here-new-live").urn,
        "urn:pulumi:dev::nested-components::shop:index:Orders$shop:messaging:Queue$aws:sqs/queue:Queue::here-new-live",
      );
    });

    it("have their own children only", () => {
      const orders = preview.one("shop:index:Orders", "here");
      assert.equal(orders.custom, false);
      assert.deepEqual(
        preview
          .childrenOf(orders)
          .map(({ name }) => name)
          .sort(),
        ["here-new", "here-paid"],
      );
      const queue = preview.one("shop:messaging:Queue", "here-paid");
      assert.deepEqual(
        preview
          .childrenOf(queue)
          .map(({ name }) => name)
          .sort(),
        ["here-paid-dead", "here-paid-live"],
      );
    });

    it("pass their providers down, given by `providers` or by `provider`", () => {
      const regions = (up.stack.outputs["arns"] as string[]).map((arn) => arn.split(":")[3]);
      assert.deepEqual(regions, ["eu-central-1", "eu-central-1", "eu-west-1", "eu-west-1", "eu-west-1"]);
    });

    it("have the outputs that they register, and no inputs of their own", () => {
      const queue = up.one("shop:messaging:Queue", "also");
      assert.deepEqual(queue.outputs, { arn: up.one("aws:sqs/queue:Queue", "also-live").outputs["arn"] });
      assert.deepEqual(preview.one("shop:messaging:Queue", "also").outputs, { arn: UNKNOWN });
    });
  });

  describe("apply, all and interpolate", () => {
    rehearseFixture("apply-everywhere");

    it("compute on known values even in preview", () => {
      const bucket = preview.one("aws:s3/bucket:Bucket").inputs["bucket"];
      const role = preview.one("aws:iam/role:Role").inputs["name"];
      assert.equal(preview.stack.outputs["summary"], `bucket ${text(bucket)} for ${text(role)}`);
      assert.equal(preview.one("aws:s3/bucketVersioning:BucketVersioning").inputs["bucket"], bucket);
    });

    it("leave what depends on an unknown value unknown", () => {
      assert.deepEqual(preview.stack.outputs["nested"], UNKNOWN);
      assert.deepEqual(preview.one("aws:s3/bucketObjectv2:BucketObjectv2").inputs["content"], UNKNOWN);
      assert.deepEqual(preview.one("aws:iam/rolePolicy:RolePolicy").inputs["policy"], UNKNOWN);
    });

    it("get complete policy documents from getPolicyDocument", () => {
      const trust = parsed<PolicyDocument>(preview.one("aws:iam/role:Role").inputs["assumeRolePolicy"]);
      assert.equal(trust.Statement[0]?.Principal?.Service, "ec2.amazonaws.com");
      const policy = parsed<PolicyDocument>(up.one("aws:iam/rolePolicy:RolePolicy").inputs["policy"]);
      assert.equal(policy.Version, "2012-10-17");
      const arn = text(up.one("aws:s3/bucket:Bucket").outputs["arn"]);
      assert.deepEqual(policy.Statement, [{ Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*` }]);
    });

    it("track dependencies through applied values", () => {
      const object = up.one("aws:s3/bucketObjectv2:BucketObjectv2");
      const sources = [up.one("aws:iam/role:Role").urn, up.one("aws:s3/bucket:Bucket").urn].sort();
      assert.deepEqual(object.propertyDependencies["content"], sources);
      const { id, length } = parsed<{ id: string; length: number }>(object.inputs["content"]);
      assert.equal(length, id.length);
    });
  });

  describe("an exported async function", () => {
    rehearseFixture("async-main");

    it("gives the stack its outputs, from functions that it awaits", () => {
      const zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
      assert.deepEqual(preview.stack.outputs["zones"], zones);
      assert.equal(preview.stack.outputs["account"], "123456789012");
      assert.deepEqual(preview.stack.outputs["subnetIds"], [UNKNOWN, UNKNOWN, UNKNOWN]);
      const created = preview.ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs["availabilityZone"]);
      assert.deepEqual(created.sort(), zones);
    });
  });

  describe("a certificate in another Region beside the default provider", () => {
    rehearseFixture("explicit-providers");

    it("is created in its provider's Region", () => {
      assert.match(text(up.stack.outputs["edgeArn"]), /^arn:aws:acm:us-east-1:123456789012:certificate\//);
      assert.match(text(up.stack.outputs["homeArn"]), /^arn:aws:acm:eu-central-1:123456789012:certificate\//);
    });

    it("calls functions in the Region that it names", () => {
      assert.equal(preview.stack.outputs["edgeRegion"], "us-east-1");
      assert.equal(preview.stack.outputs["homeRegion"], "eu-central-1");
    });

    it("has an explicit provider under the stack and a default one without a parent", () => {
      const root = preview.one("pulumi:pulumi:Stack");
      assert.equal(preview.one("pulumi:providers:aws", "virginia").parent, root.urn);
      const standard = preview.one("pulumi:providers:aws", "default_7_48_0");
      assert.equal(standard.parent, "");
      assert.deepEqual(standard.inputs, { region: "eu-central-1", version: "7.48.0" });
    });
  });

  describe("Resource.get and getXxxOutput", () => {
    rehearseFixture("reads-what-exists");

    it("read existing resources even in preview", () => {
      const arn = "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123456789abcdef0";
      assert.equal(preview.stack.outputs["vpcArn"], arn);
      const group = preview.one("aws:ec2/securityGroup:SecurityGroup", "created");
      assert.equal(group.inputs["vpcId"], "vpc-0123456789abcdef0");
      assert.equal(preview.one("aws:route53/record:Record").inputs["name"], "www.example.com");
    });

    it("leave a read by an unknown ID unknown until up", () => {
      assert.deepEqual(preview.stack.outputs["againArn"], UNKNOWN);
      const created = up.one("aws:ec2/securityGroup:SecurityGroup", "created");
      assert.equal(up.stack.outputs["againArn"], created.outputs["arn"]);
    });

    it("return what the run itself has created, in up", () => {
      assert.deepEqual(preview.stack.outputs["targetType"], UNKNOWN);
      assert.equal(up.stack.outputs["targetType"], "ip");
    });
  });

  describe("JavaScript", () => {
    it("runs as CommonJS and reads its provider's configuration", async () => {
      const both = await bothModes("javascript-commonjs", rehearse);
      assert.equal(both.status, 0, both.stderr);
      const topic = both.graph("up").one("aws:sns/topic:Topic");
      assert.equal(topic.inputs["displayName"], "News from eu-central-1");
      const subscription = both.graph("up").one("aws:sns/topicSubscription:TopicSubscription");
      assert.equal(subscription.inputs["topic"], topic.outputs["arn"]);
    });

    it("runs as ECMAScript modules with top-level await", async () => {
      const both = await bothModes("javascript-esm", rehearse);
      assert.equal(both.status, 0, both.stderr);
      assert.equal(both.graph("preview").stack.outputs["readFrom"], "javascript-esm");
      assert.match(text(both.graph("up").stack.outputs["tableArn"]), /^arn:aws:dynamodb:eu-central-1:/);
    });
  });

  it("works in the folder of the file that `main` in Pulumi.yaml names", async () => {
    const main = await rehearseJson(args("main-in-a-folder", "preview"), rehearse);
    assert.equal(main.status, 0, main.stderr);
    const outputs = { rootDirectory: "main-in-a-folder", workingDirectory: "app" };
    assert.deepEqual(main.graph("preview").stack.outputs, outputs);
  });

  it("plans resources of dynamic providers without running them", async () => {
    const both = await bothModes("dynamic-provider");
    assert.equal(both.status, 0, both.stderr);
    const square = both.graph("preview").one("pulumi-nodejs:dynamic:Resource");
    assert.deepEqual(square.inputs, { size: 3 });
    assert.equal(both.graph("preview").stack.outputs["size"], 3);
    assert.match(text(both.graph("up").one("pulumi-nodejs:dynamic:Resource").outputs["id"]), /./);
  });

  describe("a remote component that the rehearsal does not know", () => {
    it("stays one resource with unknown outputs", async () => {
      const both = await bothModes("remote-component");
      assert.equal(both.status, 0, both.stderr);
      const images = both.graph("preview").one("awsx:ecr:Repository", "images");
      assert.equal(images.custom, false);
      assert.deepEqual(both.graph("preview").childrenOf(images), []);
      assert.deepEqual(both.graph("preview").stack.outputs["url"], UNKNOWN);
      const { tags } = both.graph("up").one("aws:s3/bucket:Bucket").inputs as { tags: { images: unknown } };
      assert.equal(typeof tags.images, "string");
    });

    it("is marked, in the tree too", async () => {
      const note = / \(its provider creates children that the rehearsal doesn't know\)$/;
      for (const [more, says] of [
        [[], /images +1 resource /],
        [["--tree"], /images +create /],
      ] as const) {
        const { stdout } = await rehearseWarm([...args("remote-component", "preview"), ...more]);
        const line = text(stdout.split("\n").find((row) => row.includes("(its provider")));
        assert.match(line, says);
        assert.match(line, note);
      }
    });
  });

  describe("stack references", () => {
    it("return what the answers file contains", async () => {
      const both = await bothModes(
        "stack-references",
        undefined,
        "--answers",
        `${fixture("stack-references")}/answers.json`,
      );
      assert.equal(both.status, 0, both.stderr);
      const { outputs } = both.graph("preview").stack;
      assert.equal(outputs["vpcId"], "vpc-0a1b2c3d");
      assert.deepEqual(outputs["zones"], ["a", "b"]);
      const group = both.graph("up").one("aws:ec2/securityGroup:SecurityGroup");
      assert.equal(group.inputs["vpcId"], "vpc-0a1b2c3d");
      assert.deepEqual(both.graph("up").one("pulumi:providers:pulumi").inputs, {});
    });

    it("are unknown in a preview without answers", async () => {
      const run = await rehearseJson(args("stack-references", "preview"));
      assert.equal(run.status, 0, run.stderr);
      const { outputs } = run.graph("preview").stack;
      assert.deepEqual([outputs["vpcId"], outputs["zones"]], [UNKNOWN, UNKNOWN]);
    });

    it("fail an update without answers, by name and with the remedy", async () => {
      const { status, stdout } = await rehearseWarm(args("stack-references", "up"));
      assert.equal(status, 3);
      assert.match(stdout, /error: .*organization\/network\/dev/);
      assert.match(stdout, /--answers/);
      assert.doesNotMatch(stdout, /Cannot read properties of undefined/);
    });
  });
});
