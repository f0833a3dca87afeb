import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { create } from "../../../packages/rehearse/cloud/index";
import { UNKNOWN, type Value } from "../../../packages/rehearse/values";
import { preview, up, urnOf } from "./support";

const SDK = join(up.programDir, "node_modules/@pulumi/aws");
const MODULES =
  "lb ec2 autoscaling acm route53 s3 iam cloudwatch sns sqs dynamodb lambda wafv2 cloudfront vpc rds ecs".split(
    " ",
  );

/** Outputs that AWS leaves out unless the program requests them, although the SDK declares them as required. */
const ABSENT: Readonly<Record<string, readonly string[]>> = {
  "aws:autoscaling/group:Group": ["instanceLifecyclePolicy", "launchTemplate", "mixedInstancesPolicy"],
  "aws:ec2/instance:Instance": ["instanceMarketOptions", "primaryNetworkInterface"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["instanceMarketOptions", "primaryNetworkInterface"],
  "aws:lb/listener:Listener": ["mutualAuthentication"],
  "aws:s3/bucketV2:BucketV2": ["objectLockConfiguration"],
  "aws:s3/bucket:Bucket": ["logging", "objectLockConfiguration", "replicationConfiguration", "website"],
};

/** The outputs that a resource's class declares, read with the compiler, independently of the cloud's method. */
function declaredOutputs(text: string): { name: string; type: string }[] {
  const source = ts.createSourceFile("x.d.ts", text, ts.ScriptTarget.ESNext);
  const resource = source.statements.find(ts.isClassDeclaration);
  return (resource?.members ?? []).flatMap((member) => {
    if (!ts.isPropertyDeclaration(member) || member.type === undefined) return [];
    const type = /^pulumi\.Output<([\s\S]*)>$/.exec(member.type.getText(source))?.[1];
    return type === undefined ? [] : [{ name: member.name.getText(source), type }];
  });
}

/** Whether it is a JSON value of the declared type. */
function fits(value: Value | undefined, type: string): boolean {
  if (type.endsWith("[]")) return Array.isArray(value);
  if (type === "string" || type === "number" || type === "boolean") return typeof value === type;
  if (/^enums\.|^"/.test(type)) return typeof value === "string";
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every resource type of a module, with its outputs. */
function typesOf(module: string): { type: string; outputs: { name: string; type: string }[] }[] {
  return readdirSync(join(SDK, module)).flatMap((file) => {
    if (!file.endsWith(".js")) return [];
    const type = /__pulumiType = '([^']+)'/.exec(readFileSync(join(SDK, module, file), "utf8"))?.[1];
    if (type === undefined) return [];
    return [
      {
        type,
        outputs: declaredOutputs(readFileSync(join(SDK, module, file.replace(/js$/, "d.ts")), "utf8")),
      },
    ];
  });
}

describe("the simulated cloud, for every type of the installed SDK,", function () {
  this.timeout(60_000);

  for (const module of MODULES) {
    it(`gives every aws.${module} resource a value of the right type for each output that is always set`, () => {
      const types = typesOf(module);
      assert.ok(types.length > 0);
      for (const { type, outputs } of types) {
        const name = "sweep";
        const inUp = create(type, name, urnOf(type, name), {}, up).outputs;
        const inPreview = create(type, name, urnOf(type, name), {}, preview).outputs;
        for (const output of outputs) {
          if (/\|\s*undefined$/.test(output.type)) continue;
          const where = `${type} ${output.name}: ${output.type}`;
          assert.equal(inPreview[output.name], UNKNOWN, where);
          if (ABSENT[type]?.includes(output.name) === true) assert.equal(output.name in inUp, false, where);
          else
            assert.ok(
              fits(inUp[output.name], output.type),
              `${where} is ${JSON.stringify(inUp[output.name])}`,
            );
          assert.equal(JSON.stringify(inUp).includes(UNKNOWN), false, where);
        }
      }
    });
  }
});
