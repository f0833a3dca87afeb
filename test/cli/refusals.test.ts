import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { refusalsIn } from "../../tools/cli/refusals";
import { fixture } from "../support/rehearse";

describe("Policy refusals in the CLI's output", () => {
  it("are found in Pulumi 3.260's output, without advisories", () => {
    // The output of `pulumi preview --non-interactive` for a plain HTTP listener with our pack.
    const stdout = readFileSync(fixture("refused-by-cli-3.260.txt"), "utf8");
    const refusals = refusalsIn({ stdout, stderr: "" });
    assert.deepEqual(
      refusals.map(({ policy, resource }) => `${policy} refuses ${resource}`),
      ["tls-listeners refuses aws:lb:Listener: plain", "alb-hardening refuses aws:lb:LoadBalancer: web"],
    );
    assert.match(
      refusals[0]?.message ?? "",
      /^Load balancers serve TLS only.*\n.*must be "redirect"\.\nFix: /,
    );
    assert.match(refusals[1]?.message ?? "", /desyncMitigationMode: "strictest" \(or "defensive"\)$/);
  });
});
