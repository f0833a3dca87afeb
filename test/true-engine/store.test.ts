import assert from "node:assert/strict";
import { join } from "node:path";

import { describeParity } from "../support/parity";
import { itWith } from "../support/programs";
import { ROOT } from "../support/rehearse";
import { runTrueEngine } from "../support/true-engine";

for (const stack of ["dev", "prod"]) {
  describeParity({ name: "the store", program: ROOT, stack, pack: join(ROOT, "policies") });
}

// These include minimal-dev and minimal-prod.
for (const example of [
  "behind-cloudfront",
  "canary",
  "existing-certificate",
  "haproxy",
  "holiday-peak",
  "internal-only",
  "no-nat",
  "spot-heavy",
  "watched",
  "with-postgres",
  "existing-vpc",
  "dns-elsewhere",
  "with-migrations",
  "several-applications",
  "grpc",
  "many-names",
  "office-only",
  "signed-in",
  "client-certificates",
]) {
  describeParity({
    name: "the example",
    program: ROOT,
    stack: example,
    configFile: join(ROOT, "examples", `${example}.yaml`),
    pack: join(ROOT, "policies"),
  });
}

describe("On the true engine, up of a store whose certificate is not validated in time", () => {
  itWith(["pulumi"], "fails with AWS's error and the things to check", async () => {
    const awsError = "timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION')";
    const run = await runTrueEngine({
      program: ROOT,
      stack: "dev",
      mode: "up",
      refuses: { "aws:acm/certificateValidation:CertificateValidation": awsError },
    });
    assert.equal(run.verdict, "failed");
    const errors = run.errors.join("\n");
    assert.match(errors, /waiting for state to become 'ISSUED'/);
    assert.match(
      errors,
      /ACM did not validate the certificate for dev\.store\.example\.com within 15 minutes\./,
    );
    assert.match(errors, /dig \+short NS example\.com/);
    assert.deepEqual(
      run.resources.filter(({ name }) => name === "web-store-https" || name === "web-store-fleet"),
      [],
    );
  }).timeout(400_000);
});

describe("On the true engine, preview of a store whose image is not visible to the account", () => {
  itWith(["pulumi"], "fails with the setting to correct, before anything is created", async () => {
    const run = await runTrueEngine({
      program: ROOT,
      stack: "existing-certificate",
      configFile: join(ROOT, "examples", "existing-certificate.yaml"),
      mode: "preview",
      refuses: { "aws:ec2/getAmi:getAmi": "Your query returned no results." },
    });
    assert.equal(run.verdict, "failed");
    const errors = run.errors.join("\n");
    assert.match(errors, /imageId is ami-0123456789abcdef0, but this account sees no such image for x86_64/);
    assert.match(errors, /Copy or share the image, or choose instanceTypes of its architecture\./);
    assert.doesNotMatch(errors, /^ {4}at /m);
  }).timeout(400_000);
});
