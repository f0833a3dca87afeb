import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { rehearseWarm, ROOT } from "../support/rehearse";

const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The targets of a document's links in this repository, without the part after `#`. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link = ""]) => link);

describe("README.md", () => {
  const text = read("README.md");

  it("has at most 150 lines", () => {
    assert.ok(text.trimEnd().split("\n").length <= 150);
  });

  const commands = text.match(/^npm run rehearse -- (?!.*your).*/gm) ?? [];
  it("shows a stack that is allowed, and a program that is refused", () => {
    assert.equal(commands.length, 2);
    assert.match(text, /^Verdict on dev: allowed[^]*^Verdict on dev: refused/m);
  });

  for (const command of commands) {
    it(`shows the output of \`${command}\`, except for times and omitted lines`, async () => {
      const [, shown = ""] = text.split(`${command}\n\`\`\`\n\n\`\`\`\n`);
      const { stdout } = await rehearseWarm(command.replace("npm run rehearse -- ", "").split(" "));
      const untimed = (output: string): string[] => output.replace(/ in \d+\.\d s$/gm, "").split("\n");
      const [quoted = ""] = shown.split("\n```\n");
      assert.match(quoted, /^Rehearsed .*\n[^]*\nVerdict on dev: .*$/);
      const printed = untimed(stdout.trimEnd());
      if (quoted.includes("…")) {
        let from = 0;
        for (const line of untimed(quoted).filter((each) => each.trim() !== "…")) {
          const at = printed.indexOf(line, from);
          assert.ok(at >= 0, `"${line}" isn't printed, or not there:\n${stdout}`);
          from = at + 1;
        }
      } else assert.deepEqual(untimed(quoted), printed);
    });
  }
});

describe("The documents", () => {
  it("are each listed once in docs/README.md with a description, and nothing else is", () => {
    const lines = [...read("docs/README.md").matchAll(/^- \[(.+)\]\((.+)\): .+\.$/gm)];
    const named = lines.map(([, , link = ""]) => link).sort();
    const documents = readdirSync(join(ROOT, "docs")).filter(
      (name) => (name.endsWith(".md") && name !== "README.md") || name === "decisions",
    );
    assert.deepEqual(named, documents.sort());
  });

  it("link to existing files", () => {
    const folders = [".", "docs", "docs/decisions", "examples", "policies", "packages/rehearse", "corpus"];
    const files = folders.flatMap((folder) =>
      readdirSync(join(ROOT, folder))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join(folder, name)),
    );
    const dead = files.flatMap((file) =>
      linksIn(read(file))
        .filter((link) => !existsSync(join(ROOT, dirname(file), decodeURI(link))))
        .map((link) => `${file}: ${link}`),
    );
    assert.deepEqual(dead, []);
  });
});
