import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { type Answer, FakeCli } from "../support/fake-cli";
import { fork } from "../support/fork";
import { itWith } from "../support/programs";
import { rehearseWarm, ROOT } from "../support/rehearse";

const TEXT = readFileSync(join(ROOT, "docs/first-deployment.md"), "utf8");

/** The commands that the document tells readers to run, in order; readers put their own names into the first export. */
const SCRIPT = [...TEXT.matchAll(/^```bash\n([^]*?)^```$/gm)]
  .map(([, block = ""]) => block)
  .join("")
  .replace("shop.your-domain.com", "shop.test")
  .replace("ORGANISATION=your-org ", "ORGANISATION=acme ");

describe("docs/first-deployment.md", () => {
  itWith(
    ["bash", "perl"],
    "leads from a fork to the doctor's and the deployment's doors, and down again",
    async () => {
      const folder = fork();
      const cli = await FakeCli.start(["pulumi", "aws", "gh", "npm"], (program, args) =>
        program === "npm" ? npm(args) : { stdout: "{}" },
      );
      /** Rehearsals and the doctor run for real; commands that need remote packages or a cloud are only recorded. */
      const npm = async ([, script, , stack = ""]: readonly string[]): Promise<Answer> => {
        if (script === "rehearse") return rehearseWarm(["--program", folder, "--timeout", "600"]);
        if (script !== "doctor") return undefined;
        return { ...(await cli.run("doctor", [stack, "--resolver", "127.0.0.1:9"], folder)), status: 0 };
      };
      try {
        const { status, stdout, stderr } = await cli.runProgram(
          "bash",
          ["-euo", "pipefail", "-c", SCRIPT],
          folder,
        );
        assert.equal(status, 0, stdout + stderr);
        assert.equal(
          stdout.match(/Verdict on \w+: allowed/g)?.length,
          4,
          "both stacks, before the edits and after",
        );
        assert.match(stdout, /https:\/\/dev\.store\.shop\.test/);
        assert.match(stdout, /✓ placeholders {4}all replaced\n✓ configuration {3}complete/);
        const own = cli.calls.filter((call) => /^pulumi (stack (init|rm)|config set|destroy)/.test(call));
        assert.deepEqual(own, [
          "pulumi stack init dev",
          "pulumi config set deletionProtection false --stack dev",
          "pulumi destroy --stack dev",
          "pulumi stack rm --preserve-config --stack dev",
        ]);
        for (const file of ["Pulumi.prod.yaml", ".github/CODEOWNERS"])
          assert.doesNotMatch(readFileSync(join(folder, file), "utf8"), /example\.com|your-/, file);
      } finally {
        await cli.stop();
        rmSync(folder, { recursive: true });
      }
    },
  );

  it("names existing scripts", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
    for (const [, script = ""] of TEXT.matchAll(/npm run (?:-s )?([\w:-]+)/g))
      assert.ok(script in scripts, script);
  });
});
