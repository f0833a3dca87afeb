import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { type JsonRun, rehearseJson, ROOT } from "../support/rehearse";
import { stackFile } from "../support/stack-file";

/** Together with the status function, these examples have a role of each kind. */
const EXAMPLES = ["haproxy", "holiday-peak"];

/** Rehearses examples with a boundary. */
async function rehearseBounded(examples: readonly string[], permissionsBoundary: string): Promise<JsonRun> {
  const folder = mkdtempSync(join(tmpdir(), "boundary-"));
  try {
    const files = examples.map((example) => {
      const stack = parse(readFileSync(join(ROOT, "examples", `${example}.yaml`), "utf8")) as {
        readonly config: object;
      };
      const file = join(folder, `${example}.yaml`);
      const config = {
        ...stack.config,
        "web-store:permissionsBoundary": permissionsBoundary,
        "web-store:statusFunction": { enabled: true },
      };
      writeFileSync(file, stackFile(config));
      return file;
    });
    return await rehearseJson([
      ...files.flatMap((file) => ["--config-file", file]),
      "--mode",
      "up",
      "--timeout",
      "600",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("permissionsBoundary", () => {
  it("is attached to every role", async () => {
    const boundary = "arn:aws:iam::123456789012:policy/web-store-github-workloads";
    const run = await rehearseBounded(EXAMPLES, boundary);
    assert.equal(run.status, 0, run.stderr);
    const roles = EXAMPLES.flatMap((example) => run.graph("up", example).ofType("aws:iam/role:Role"));
    assert.deepEqual(
      [...new Set(roles.map(({ name }) => name))].sort(),
      [
        "web-store-flow-logs",
        "web-store-green-instance",
        "web-store-instance",
        "web-store-peaks",
        "web-store-proxy-instance",
        "web-store-status",
      ],
      "roles of all kinds",
    );
    for (const { urn, inputs } of roles) assert.equal(inputs["permissionsBoundary"], boundary, urn);
  });

  it("is refused if it is not a policy's ARN", async () => {
    const run = await rehearseBounded(["haproxy"], "arn:aws:iam::123456789012:role/admin");
    assert.equal(run.status, 2);
    assert.match(run.stdout + run.stderr, /permissionsBoundary[^]*the ARN of an IAM managed policy/);
  });
});
