import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { IDENTITIES } from "../../packages/rehearse/diff/identity";
import { IN_USE } from "../../packages/rehearse/diff/in-use";
import { forces } from "../../packages/rehearse/diff/replacement";
import { findBotocore } from "../../tools/generate/api-constraints/models";
import { readSdk } from "../../tools/generate/api-constraints/sdk";
import { providerChecksFile } from "../../tools/generate/provider-checks";
import { documented } from "../../tools/generate/replacement/documentation";
import { replacementFile } from "../../tools/generate/replacement/table";
import { FORCES_REPLACEMENT } from "../support/replacement";

describe("The table of the provider's checks", () => {
  it("matches the installed documentation", () => {
    const { path, text } = providerChecksFile();
    assert.equal(readFileSync(path, "utf8"), text, "stale: npm run generate");
  });
});

describe("The table of what a change replaces", () => {
  it("matches the output of npm run generate", () => {
    const { path, text } = replacementFile();
    assert.ok(readFileSync(path, "utf8") === text, "it is stale: npm run generate");
  });

  // These were read from the provider's sources for our own types; the table comes from documentation.
  const ours = Object.entries(FORCES_REPLACEMENT);

  it("never states that a property is updated in place if the provider replaces the resource", () => {
    const wrong = ours.flatMap(([type, { inputs }]) =>
      inputs.filter((input) => forces(type, input) === "no").map((input) => `${type} ${input}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("contains nearly all properties that the provider replaces", () => {
    const missing = ours.flatMap(([type, { inputs }]) =>
      inputs.filter((input) => forces(type, input) !== "yes").map((input) => `${type} ${input}`),
    );
    const all = ours.flatMap(([, { inputs }]) => inputs);
    assert.ok(missing.length < all.length / 10, missing.join("\n"));
  });

  it("states only that a property's change replaces the resource if the provider does", () => {
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

  it("reads the provider's wording of a replacement", () => {
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

describe("The tables of what AWS refuses during an update", () => {
  it("contain types and inputs of the SDK", () => {
    const types = new Map(readSdk().types.map((type) => [type.tokens[0], type]));
    const wrong = [...IDENTITIES].flatMap(([token, { by, unless = "" }]) => {
      const inputs = types.get(token)?.properties.map(({ name }) => name) ?? [];
      return [...by, unless]
        .map((input) => input.replace("?", ""))
        .filter((input) => input !== "" && !inputs.includes(input))
        .map((input) => `${token} ${input}`);
    });
    const named = Object.entries(IN_USE).flatMap(([token, { by = [] }]) => [token, ...by]);
    assert.deepEqual([...wrong, ...named.filter((token) => !types.has(token))], []);
  });

  const title = "name errors that AWS's models have for those actions";
  const botocore = findBotocore();
  if (botocore === undefined) it.skip(`${title} (needs botocore: test/requirements.txt)`);
  else
    it(title, () => {
      const told = [...IDENTITIES.values(), ...Object.values(IN_USE)];
      const wrong = told.flatMap(({ action, error }) => {
        const [service = "", name = ""] = action.split(":");
        const { operations, shapes } = botocore.model(service);
        const operation = operations[name];
        if (operation === undefined) return [action];
        // EC2's model defines no errors.
        if (error === undefined || service === "ec2") return [];
        const errors = (operation.errors ?? []).flatMap(({ shape }) => [shape, shapes[shape]?.error?.code]);
        return errors.includes(error) ? [] : [`${action} ${error}`];
      });
      assert.deepEqual(wrong, []);
    });
});
