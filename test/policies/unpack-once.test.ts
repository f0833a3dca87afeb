import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import deserialize = require("@pulumi/policy/deserialize");
import proxy = require("@pulumi/policy/proxy");
import { AnalyzerResource, AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { showOnlyFirst } from "../../policies/shown-stack";
import { packForSuite, type TestResource, urnOf } from "../support/pack";

type Unpack = (of: object, ...rest: unknown[]) => object;
const deserializeProperties: Unpack = (...given) =>
  (deserialize as unknown as { deserializeProperties: Unpack }).deserializeProperties(...given);
const unknownCheckingProxy: Unpack = (...given) =>
  (proxy as unknown as { unknownCheckingProxy: Unpack }).unknownCheckingProxy(...given);

const ROOT = join(__dirname, "..", "..");

const vpc = { type: "aws:ec2/vpc:Vpc", name: "network", props: { cidrBlock: "10.0.0.0/16" } };

/** A stack that a rule at stack level refuses for a subnet outside its network, or a compliant one. */
function stackWith(cidrBlock: string): TestResource[] {
  const propertyDependencies = { vpcId: [urnOf(vpc)] };
  return [vpc, { type: "aws:ec2/subnet:Subnet", name: "zone", props: { cidrBlock }, propertyDependencies }];
}

describe("the state that the pack's rules share", () => {
  const pack = packForSuite({ directory: "policies" });

  it("is separate for stacks that are judged at the same time", async () => {
    const stacks = [stackWith("10.0.0.0/24"), stackWith("192.168.0.0/24"), []];
    const alone = [];
    for (const stack of stacks) alone.push(await pack().analyzeStack(stack));
    const refused = alone.map(({ findings }) => findings.some(({ policy }) => policy === "relations"));
    assert.deepEqual(refused, [false, true, false]);
    const together = await Promise.all(stacks.map(async (stack) => pack().analyzeStack(stack)));
    assert.deepEqual(together, alone);
  });

  it("is unpacked once for readers, and each time for a caller that may change it", () => {
    require("../../policies/unpack-once");
    const props = { list: [1, { key: "value" }], none: null };
    const struct = Struct.deserializeBinary(Struct.fromJavaScript(props).serializeBinary());
    const first = deserializeProperties(struct, false);
    assert.deepEqual(first, props);
    assert.equal(deserializeProperties(struct, false), first);
    const proxied = unknownCheckingProxy(first);
    assert.equal(unknownCheckingProxy(first), proxied);
    assert.deepEqual({ ...first }, props); // Without the value that is cached with it.
    const others = [0, 1].map(() => deserializeProperties(struct, true));
    assert.ok(others[0] !== others[1] && !others.includes(first));
    assert.deepEqual(struct.toJavaScript(), props);
    // A caller may change the fields that it gets.
    struct.getFieldsMap().del("none");
    assert.deepEqual(struct.toJavaScript(), { list: props.list });
  });

  for (const [whose, left, others, ofItsOwn] of [
    ["the stack that a rule was shown", ["first"], ["second"], true],
    ["a stack with another resource", ["first", "second"], ["other"], true],
    ["a stack with more resources", ["first", "second"], ["second", "third"], true],
    ["a stack with other properties", ["first", "second"], ["second"], false],
  ] as const) {
    it(`keeps ${left.join(" and ")} of ${whose}`, () => {
      require("../../policies/unpack-once");
      const properties = Struct.fromJavaScript({ key: "value" });
      const resources = ["first", "second"].map((name) =>
        new AnalyzerResource().setUrn(name).setProperties(properties),
      );
      const request = new AnalyzeStackRequest().setResourcesList(resources);
      request.getResourcesList();
      const props = ofItsOwn ? unknownCheckingProxy(deserializeProperties(properties, false)) : {};
      showOnlyFirst(["first", ...others].map((urn) => ({ urn, props })));
      assert.deepEqual(
        request.getResourcesList().map((resource) => resource.getUrn()),
        left,
      );
    });
  }

  it("equals the message's content however it is read; of a judged stack the message keeps the first resource only", () => {
    const props = {
      text: "é€😀",
      list: [-1.5, { deep: true }, [], null],
      no: false,
      none: null,
      map: { "": {} },
    };
    const told = inProcess(`
      const { AnalyzerResource, AnalyzerResourceOptions, AnalyzeStackRequest } = require("@pulumi/pulumi/proto/analyzer_pb");
      const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
      const { openInProcess } = require("./test/support/pack-in-process");
      const props = ${JSON.stringify(props)};
      const sent = ["first", "second"].map((name) => new AnalyzerResource()
        .setUrn(name).setType("test:index:Nothing").setProperties(Struct.fromJavaScript(props))
        .setOptions(new AnalyzerResourceOptions()));
      const bytes = new AnalyzeStackRequest().setResourcesList(sent).serializeBinary();
      const door = openInProcess({ directory: "policies" });
      const request = AnalyzeStackRequest.deserializeBinary(bytes);
      const again = Buffer.from(request.serializeBinary()).equals(Buffer.from(bytes));
      const [first, second] = request.getResourcesList().map((resource) => resource.getProperties());
      const plain = first.toJavaScript();
      const ofEither = ["b", "a"].map((key) => Struct.fromJavaScript({ [key]: key }).serializeBinary());
      const merged = JSON.stringify(Struct.deserializeBinary(Buffer.concat(ofEither)).toJavaScript());
      const field = second.getFieldsMap().get("text").getStringValue();
      door.analyzeStack(request).then(() => {
        const left = request.getResourcesList().map((resource) => resource.getUrn());
        console.log(JSON.stringify({ plain, field, again, merged, after: second.toJavaScript(), left }));
      });
    `);
    const [field, merged] = [props.text, '{"a":"a","b":"b"}']; // With its keys in order, as in protobuf's own maps.
    assert.deepEqual(told, { plain: props, field, again: true, merged, after: props, left: ["first"] });
  });
});

/** The JSON output of a script with the pack in its own process. */
function inProcess(script: string): unknown {
  const output = execFileSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
    cwd: ROOT,
    encoding: "utf8",
    timeout: 60_000,
  });
  return JSON.parse(output);
}
