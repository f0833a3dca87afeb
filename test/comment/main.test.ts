import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Answer, FakeCli } from "../support/fake-cli";

const MARKER = "<!-- web-store: plan -->";

describe("The comment on a pull request", () => {
  const folder = mkdtempSync(join(tmpdir(), "comment-"));
  const file = join(folder, "plan.md");
  after(() => rmSync(folder, { recursive: true }));

  const comment = async (text: string, existing: object[], args = ["octo/store", "7", file]) => {
    writeFileSync(file, text);
    const cli = await FakeCli.start(["gh"], (_, [, ...rest]): Answer => {
      return rest.includes("--slurp") ? { stdout: JSON.stringify([existing]) } : {};
    });
    const run = await cli.run("comment", args);
    await cli.stop();
    return { ...run, sent: cli.calls.at(-1) ?? "" };
  };

  it("is written where there is none", async () => {
    const person = { id: 1, body: `${MARKER}\nold`, user: { type: "User" } };
    const { status, sent } = await comment(`${MARKER}\nnew`, [person]);
    assert.equal(status, 0);
    assert.equal(
      sent,
      `gh api --silent --method POST repos/octo/store/issues/7/comments --raw-field body=${MARKER}\nnew`,
    );
  });

  it("is brought up to date in place", async () => {
    const bot = { id: 42, body: `${MARKER}\nold`, user: { type: "Bot" } };
    const { status, sent } = await comment(`${MARKER}\nnew`, [bot]);
    assert.equal(status, 0);
    assert.match(sent, /--method PATCH repos\/octo\/store\/issues\/comments\/42 /);
  });

  it("is cut where GitHub would refuse it", async () => {
    const { status, sent } = await comment(`${MARKER}\n${"x".repeat(70_000)}`, []);
    assert.equal(status, 0);
    assert.ok(sent.length < 65_536);
    assert.match(sent, /the rest is in the job's summary\.$/);
  });

  it("tells all faults at once, and sends nothing", async () => {
    const { status, stderr, sent } = await comment("no mark", [], ["octo", "x", file]);
    assert.equal(status, 2);
    for (const part of ['"octo" is no repository', '"x" is no number', "first line has to mark it"])
      assert.ok(stderr.includes(part), stderr);
    assert.equal(sent, "");
  });
});
