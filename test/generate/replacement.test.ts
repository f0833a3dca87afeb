import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { forces } from "../../packages/rehearse/diff/replacement";
import { documented } from "../../tools/generate/replacement/documentation";
import { replacementFile } from "../../tools/generate/replacement/table";
import { FORCES_REPLACEMENT } from "../support/replacement";

describe("The table of what a change replaces", () => {
  it("is as npm run generate writes it", () => {
    const { path, text } = replacementFile();
    assert.ok(readFileSync(path, "utf8") === text, "it is stale: npm run generate");
  });

  // What was read from the provider's sources for our own types; the table is made from documentation.
  const read = Object.entries(FORCES_REPLACEMENT);

  it("never says that a property is changed in place which the provider replaces", () => {
    const wrong = read.flatMap(([type, { inputs }]) =>
      inputs.filter((input) => forces(type, input) === "no").map((input) => `${type} ${input}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("knows what the provider replaces, but for a few", () => {
    const missing = read.flatMap(([type, { inputs }]) =>
      inputs.filter((input) => forces(type, input) !== "yes").map((input) => `${type} ${input}`),
    );
    const all = read.flatMap(([, { inputs }]) => inputs);
    assert.ok(missing.length < all.length / 10, missing.join("\n"));
  });

  it("says of a property only that its change replaces the resource where the provider does", () => {
    for (const [type, property, word] of [
      ["aws:lb/listener:Listener", "sslPolicy", "no"],
      ["aws:lb/targetGroup:TargetGroup", "deregistrationDelay", "no"],
      ["aws:lb/targetGroup:TargetGroup", "port", "yes"],
      ["aws:alb/targetGroup:TargetGroup", "port", "yes"],
      ["aws:sqs/queue:Queue", "name", "yes"],
      ["aws:sqs/queue:Queue", "visibilityTimeoutSeconds", "no"],
      ["aws:rds/instance:Instance", "port", "no"],
      ["aws:rds/instance:Instance", "vpcSecurityGroupIds", "no"],
      ["aws:ec2/instance:Instance", "ami", "yes"],
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role", "yes"],
      ["aws:sqs/queue:Queue", "region", "yes"],
      ["aws:sqs/queue:Queue", "tags", "no"],
      ["aws:lb/loadBalancer:LoadBalancer", "subnets", "no"],
      ["aws:nowhere/thing:Thing", "name", "unknown"],
    ] as const)
      assert.equal(forces(type, property), word, `${type} ${property}`);
    const network = { loadBalancerType: "network" };
    assert.equal(forces("aws:lb/loadBalancer:LoadBalancer", "subnets", network), "maybe");
  });

  it("reads the provider's words for it", () => {
    for (const [text, word] of [
      ["The name. Changing this forces a new resource to be created.", "yes"],
      ["Changing this will force Terraform to create new resource.", "yes"],
      ["Forces replacement if changed.", "yes"],
      ["Name of the application. Changing `name` will create a new resource.", "yes"],
      ["When decreased, this will force a recreation of the resource.", "maybe"],
      ["(Forces new for Multi-AZ DB clusters) The storage type.", undefined],
      ["The new name of the resource.", undefined],
    ] as const)
      assert.equal(documented(text), word, text);
  });
});
