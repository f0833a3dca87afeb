import assert from "node:assert/strict";
import fc from "fast-check";
import { check } from "../../../packages/rehearse/cloud/index";
import { UNKNOWN, type Values } from "../../../packages/rehearse/values";
import { text, up, urnOf } from "./support";

const checked = (type: string, name: string, inputs: Values = {}, context = up): ReturnType<typeof check> =>
  check(type, name, urnOf(type, name), inputs, context);

/** The required inputs of a load balancer. */
const SUBNETS = { subnets: ["subnet-1", "subnet-2"] };

/** The types' name properties and the forms of the names, derived from the provider's table. */
const NAMED: readonly (readonly [type: string, property: string, form: RegExp, inputs?: Values])[] = [
  ["aws:lb/loadBalancer:LoadBalancer", "name", /^Web-[0-9a-f]{7}$/, SUBNETS],
  ["aws:lb/targetGroup:TargetGroup", "name", /^Web-[0-9a-f]{7}$/],
  ["aws:ec2/securityGroup:SecurityGroup", "name", /^Web-[0-9a-f]{7}$/],
  ["aws:s3/bucket:Bucket", "bucket", /^web-[0-9a-f]{7}$/],
  ["aws:iam/role:Role", "name", /^Web-[0-9a-f]{7}$/],
  ["aws:ec2/keyPair:KeyPair", "keyName", /^Web-[0-9a-f]{7}$/],
  ["aws:cloudwatch/eventTarget:EventTarget", "targetId", /^Web-[0-9a-f]{7}$/],
  ["aws:lambda/permission:Permission", "statementId", /^Web-[0-9a-f]{7}$/],
  ["aws:rds/instance:Instance", "identifier", /^Web[0-9a-f]{7}$/],
  ["aws:rds/instance:Instance", "identifier", /^Web[0-9a-f]{3}$/, { engine: "sqlserver-ex" }],
  ["aws:glue/catalogDatabase:CatalogDatabase", "name", /^web_[a-z]{8}$/],
  ["aws:kms/alias:Alias", "name", /^alias\/Web-[0-9a-f]{7}$/],
  ["aws:sns/topic:Topic", "name", /^Web-[0-9a-f]{7}\.fifo$/, { fifoTopic: true }],
  ["aws:sqs/queue:Queue", "name", /^Web-[0-9a-f]{7}\.fifo$/, { fifoQueue: true }],
  ["aws:s3/bucketObjectv2:BucketObjectv2", "key", /^Web$/],
];

describe("the simulated cloud's check", () => {
  for (const [type, property, form, inputs = {}] of NAMED) {
    it(`names ${type} by ${property} in the form ${form.source}`, () => {
      const { inputs: result, failures } = checked(type, "Web", inputs);
      assert.deepEqual(failures, []);
      assert.match(text(result[property]), form);
    });
  }

  it("keeps a given name, and generates none beside a prefix", () => {
    const type = "aws:lb/loadBalancer:LoadBalancer";
    assert.equal(checked(type, "web", { name: "shop" }).inputs["name"], "shop");
    assert.equal("name" in checked(type, "web", { namePrefix: "shop" }).inputs, false);
    assert.equal("bucket" in checked("aws:s3/bucket:Bucket", "web", { bucketPrefix: "shop" }).inputs, false);
  });

  it("keeps an unknown name", () => {
    assert.deepEqual(
      checked("aws:lb/targetGroup:TargetGroup", "web", { name: UNKNOWN }).inputs["name"],
      UNKNOWN,
    );
  });

  it("generates no name for records, parts of a hosted zone, and types without a name", () => {
    const record = { zoneId: "Z1", type: "A" };
    assert.equal("name" in checked("aws:route53/record:Record", "www", record).inputs, false);
    assert.equal("name" in checked("aws:ec2/vpc:Vpc", "vpc", {}).inputs, false);
  });

  it("does not change other packages' resources", () => {
    const inputs = { length: 8 };
    assert.deepEqual(checked("random:index/randomPassword:RandomPassword", "db", inputs), {
      inputs,
      failures: [],
    });
  });

  it("derives the suffix from the URN", () => {
    const type = "aws:iam/role:Role";
    const suffix = (urn: string): unknown => check(type, "app", urn, {}, up).inputs["name"];
    assert.equal(suffix("urn:a"), suffix("urn:a"));
    assert.notEqual(suffix("urn:a"), suffix("urn:b"));
  });

  it("fails with the provider's message if name and suffix are too long, at exactly the limit", () => {
    const limits: readonly (readonly [string, string, number])[] = [
      ["aws:lb/targetGroup:TargetGroup", "name", 32],
      ["aws:iam/role:Role", "name", 64],
      ["aws:s3/bucket:Bucket", "bucket", 63],
      ["aws:sqs/queue:Queue", "name", 80],
      ["aws:cloudwatch/eventRule:EventRule", "name", 64],
      ["aws:ec2/securityGroup:SecurityGroup", "name", 255],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...limits),
        fc.integer({ min: 1, max: 300 }),
        ([type, property, max], length) => {
          const name = "n".repeat(length);
          const { inputs, failures } = checked(type, name, { scheduleExpression: "rate(1 hour)" });
          if (length + 8 > max) {
            const reason = `name '${name}-' plus 7 random chars is longer than maximum length ${max}`;
            assert.equal(failures[0]?.property, property);
            assert.ok(failures[0].reason.includes(reason), failures[0].reason);
            assert.equal(property in inputs, false);
          } else {
            assert.deepEqual(failures, []);
            assert.equal(text(inputs[property]).length, length + 8);
          }
        },
      ),
    );
  });

  it("refuses load balancer names that AWS refuses, all problems at once", () => {
    const faults = (name: string): string[] =>
      checked("aws:lb/loadBalancer:LoadBalancer", "web", { name, ...SUBNETS }).failures.map(
        ({ reason }) => reason,
      );
    assert.deepEqual(faults("shop"), []);
    assert.deepEqual(faults("internal-shop"), [`"name" cannot begin with "internal-": "internal-shop"`]);
    assert.deepEqual(faults(`-${"x".repeat(32)}_`), [
      `"name" cannot be longer than 32 characters: "-${"x".repeat(32)}_"`,
      `only alphanumeric characters and hyphens allowed in "name": "-${"x".repeat(32)}_"`,
      `"name" cannot begin with a hyphen: "-${"x".repeat(32)}_"`,
    ]);
    // The provider generates names of up to 255 characters, but checks them all the same.
    assert.equal(checked("aws:lb/loadBalancer:LoadBalancer", "x".repeat(25), SUBNETS).failures.length, 1);
    assert.equal(checked("aws:alb/loadBalancer:LoadBalancer", "x".repeat(24), SUBNETS).failures.length, 0);
  });

  it("adds the provider's region if the type accepts one and has none", () => {
    assert.equal(checked("aws:ec2/vpc:Vpc", "vpc").inputs["region"], "eu-central-1");
    assert.equal(checked("aws:ec2/vpc:Vpc", "vpc", { region: "us-east-1" }).inputs["region"], "us-east-1");
    assert.equal("region" in checked("aws:iam/role:Role", "app").inputs, false);
  });

  it("converts scalars to the types that the SDK declares, in blocks too, and leaves unreadable values unchanged", () => {
    const { inputs } = checked("aws:lb/targetGroup:TargetGroup", "web", {
      port: "8_080",
      slowStart: "0x1e",
      deregistrationDelay: "036",
      vpcId: UNKNOWN,
      protocol: null,
      healthCheck: { enabled: "True", interval: "10", port: 8080, timeout: "", unhealthyThreshold: "two" },
      stickiness: { enabled: "0", type: "lb_cookie", cookieDuration: UNKNOWN },
    });
    const { name: _, region: __, ...read } = inputs;
    assert.deepEqual(read, {
      port: 8080,
      slowStart: 30,
      deregistrationDelay: 30,
      vpcId: UNKNOWN,
      protocol: null,
      healthCheck: { enabled: true, interval: 10, port: "8080", timeout: "", unhealthyThreshold: "two" },
      stickiness: { enabled: false, type: "lb_cookie", cookieDuration: UNKNOWN },
    });
  });

  it("merges the provider's default tags with the resource's own, which have precedence", () => {
    const context = { ...up, defaultTags: { Project: "shop", Stage: "dev" } };
    const tagsAll = (tags: Values | string): unknown =>
      checked("aws:ec2/vpc:Vpc", "vpc", { tags }, context).inputs["tagsAll"];
    assert.deepEqual(tagsAll({ Stage: "prod" }), { Project: "shop", Stage: "prod" });
    assert.equal(tagsAll({ Stage: UNKNOWN }), UNKNOWN);
    assert.equal(tagsAll(UNKNOWN), UNKNOWN);
    assert.equal("tagsAll" in checked("aws:ec2/vpc:Vpc", "vpc").inputs, false);
  });

  it("keeps the position of default tags that a resource overrides", () => {
    const context = { ...up, defaultTags: { Project: "shop" } };
    const tagsAll = (tags: Values): unknown => {
      const inputs = { tags: { Stage: "prod" }, overrideProvider: { defaultTags: { tags } } };
      return checked("aws:s3/bucketObjectv2:BucketObjectv2", "program", inputs, context).inputs["tagsAll"];
    };
    assert.deepEqual(tagsAll({}), { Stage: "prod" });
    assert.deepEqual(tagsAll({ Kind: "program" }), { Kind: "program", Stage: "prod" });
  });
});
