import fc from "fast-check";
import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { transpileAnew } from "../../packages/rehearse/hosts/child";
import { processesWith } from "../support/processes";
import { rehearse, rehearseHere } from "../support/rehearse";
import { type Line, Watching, Workspace } from "../support/watch";

const PROGRAM = `
const aws = require("@pulumi/aws");
const { existsSync, readFileSync, readdirSync } = require("node:fs");
const { owner } = require("./owner");
globalThis.runs = (globalThis.runs ?? 0) + 1;
process.env.RUNS = String(Number(process.env.RUNS ?? 0) + 1);
const { stage } = JSON.parse(readFileSync("data.json", "utf8"));
const parts = existsSync("parts") ? readdirSync("parts").join() : "none";
const override = existsSync("override.json") ? "overridden" : "plain";
const { outputFiles } = require("esbuild").buildSync({ entryPoints: ["handler.js"], bundle: true, write: false });
const handler = outputFiles[0].text;
const tags = { owner, stage, handler, parts, override, runs: String(globalThis.runs), env: process.env.RUNS };
new aws.s3.Bucket("bucket", { tags });
`;
const FILES = {
  "Pulumi.yaml": "name: shop\nruntime: { name: nodejs, options: { typescript: false } }\n",
  "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
  "package.json": '{ "name": "shop", "main": "index.js" }\n',
  "index.js": PROGRAM,
  "owner.js": 'exports.owner = "shop";\n',
  "data.json": '{ "stage": "one" }\n',
  "handler.js": 'import { answer } from "./answer";\nconsole.log(answer);\n',
  "answer.js": "export const answer = 1;\n",
  "levels.json": "{}\n",
};
const ARGS = ["--policy-pack", "pack", "--policy-pack-config", "levels.json"];

/** The result of a run that starts without any state. */
async function cold({ folder }: Workspace): Promise<Line> {
  transpileAnew(); // This process continues, and has the previous sources in its cache.
  const paths = ARGS.map((arg) => (arg.startsWith("--") ? arg : join(folder, arg)));
  const { stdout } = await rehearseHere(["--program", folder, ...paths, "--json"]);
  return JSON.parse(stdout) as Line;
}

type Edit = (workspace: Workspace) => void;

/** Edits by a user, each of which changes the result. */
const EDITS: Readonly<Record<string, Edit>> = {
  "the program": (to) => to.write("index.js", `${PROGRAM}new aws.s3.Bucket("second", { tags });\n`),
  "a module": (to) => to.write("owner.js", 'exports.owner = "somebody else";\n'),
  "a file that it reads": (to) => to.write("data.json", '{ "stage": "two" }\n'),
  "a file that it looked for in vain": (to) => to.write("override.json", "{}"),
  "a module of what it bundles": (to) => to.write("answer.js", "export const answer = 2;\n"),
  "a module that comes before another in what it bundles": (to) =>
    to.write("answer.ts", "export const answer: number = 3;\n"),
  "the stack file": (to) => to.write("Pulumi.dev.yaml", "config:\n  aws:region: us-east-1\n"),
  "the project file": (to) => to.write("Pulumi.yaml", FILES["Pulumi.yaml"].replace("shop", "store")),
  "the configuration of the pack": (to) => to.write("levels.json", '{ "counts-buckets": "disabled" }'),
  "the pack": (to) =>
    to.write(
      "pack/index.js",
      readFileSync(join(to.folder, "pack/index.js"), "utf8").replace('"bad"', '"bucket"'),
    ),
  "a file put in another's place": (to) => {
    to.write("other.js", 'exports.owner = "by rename";\n');
    renameSync(join(to.folder, "other.js"), join(to.folder, "owner.js"));
  },
  "a module that comes before another": (to) => {
    to.write("owner.json", "{}");
    rmSync(join(to.folder, "owner.js"));
  },
  "the package's main file": (to) => {
    to.write("main.js", 'const aws = require("@pulumi/aws");\nnew aws.s3.Bucket("main");\n');
    to.write("package.json", '{ "name": "shop", "main": "main.js" }\n');
  },
};

describe("rehearse --watch", () => {
  const workspace = new Workspace(FILES);
  let watching: Watching;
  let last: Line;
  before(async () => {
    watching = new Watching(workspace.folder, [...ARGS, "--json"]);
    last = await watching.next();
    assert.deepEqual(last, await cold(workspace));
  });
  after(async () => {
    await watching.end();
    workspace.remove();
  });

  for (const [title, edit] of Object.entries(EDITS)) {
    it(`notices ${title}, and reports the same as a fresh run`, async () => {
      const before = last;
      edit(workspace);
      last = await watching.next();
      assert.deepEqual(last, await cold(workspace));
      assert.notDeepEqual(last, before);
    });
  }

  it("shows the error of a broken save, waits, and compares the fix with the last good run", async () => {
    workspace.write("main.js", "no JavaScript");
    last = await watching.next();
    assert.deepEqual(last, await cold(workspace));
    workspace.write("main.js", 'const aws = require("@pulumi/aws");\nnew aws.s3.Bucket("mended");\n');
    last = await watching.next();
    assert.deepEqual(last, await cold(workspace));
  });

  it("treats several saves at once as one", async () => {
    for (const name of ["one", "two", "three"]) {
      workspace.write(`${name}.js`, "");
      workspace.write("main.js", `const aws = require("@pulumi/aws");\nnew aws.s3.Bucket("${name}");\n`);
      workspace.write("Pulumi.dev.yaml", `config:\n  aws:region: eu-west-1\n  shop:name: ${name}\n`);
    }
    last = await watching.next();
    assert.deepEqual(last, await cold(workspace));
    assert.equal(watching.unread, 0);
  });
});

/** Saves in any order, each with a number: the run must read each of them. */
const SAVES: Readonly<Record<string, (number: number) => string>> = {
  "owner.js": (number) => `exports.owner = "owner ${number}";\n`,
  "data.json": (number) => `{ "stage": "${number}" }\n`,
  "answer.js": (number) => `export const answer = ${number};\n`,
  "handler.js": (number) => `import { answer } from "./answer";\nconsole.log(answer + ${number});\n`,
  "levels.json": (number) => `{ "counts-buckets": "${number % 2 === 0 ? "advisory" : "disabled"}" }\n`,
  "Pulumi.dev.yaml": (number) => `config:\n  aws:region: eu-west-1\n  shop:number: ${number}\n`,
  "index.js": (number) => `${PROGRAM}new aws.s3.Bucket("bucket-${number}", { tags });\n`,
};

describe("rehearse --watch, save after save,", () => {
  it("reports the same as fresh runs, whatever is saved in which order", async function () {
    this.timeout(600_000);
    const save = fc.record({ file: fc.constantFrom(...Object.keys(SAVES)), number: fc.nat(9) });
    const saves = fc.array(save, { minLength: 5, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(saves, async (made) => {
        const workspace = new Workspace(FILES);
        const watching = new Watching(workspace.folder, [...ARGS, "--json"]);
        try {
          await watching.next();
          for (const { file, number } of made) {
            workspace.write(file, SAVES[file]?.(number) ?? "");
            assert.deepEqual(await watching.next(), await cold(workspace), `${file}, ${number}`);
          }
        } finally {
          await watching.end();
          workspace.remove();
        }
      }),
      { numRuns: 1, interruptAfterTimeLimit: 300_000 },
    );
  });
});

describe("rehearse --watch on a terminal", () => {
  it("shows what a save has changed, and leaves no process behind", async function () {
    const workspace = new Workspace(FILES);
    try {
      const marker = String(process.pid);
      const watching = new Watching(workspace.folder, ARGS, { WATCH_TEST: marker });
      await watching.upTo(/^Waiting/);
      workspace.write("data.json", '{ "stage": "two" ');
      assert.match(await watching.upTo(/^Verdict/), /── \S+ {2}data\.json[^]*SyntaxError/);
      workspace.write("data.json", '{ "stage": "two" }');
      const changed = await watching.upTo(/tagsAll/);
      assert.match(
        changed,
        /dev: allowed .* in [\d.]+ s\n ~ {2}aws:s3\/bucket:Bucket {2}bucket\n {8}tags.stage: "one" → "two"/,
      );
      workspace.write("owner.js", `// Nothing else.\n${FILES["owner.js"]}`);
      assert.match(await watching.upTo(/^dev/), /; nothing changed$/);
      assert.equal(await watching.end("SIGINT"), 130);
      if (process.platform === "linux") assert.deepEqual(processesWith("WATCH_TEST", marker), []);
    } finally {
      workspace.remove();
    }
  });

  it("notices the modules of an ES module program", async () => {
    const workspace = new Workspace({
      ...FILES,
      "package.json": '{ "name": "shop", "type": "module", "main": "index.js" }\n',
      "index.js":
        'import * as aws from "@pulumi/aws";\nimport { owner } from "./owner.js";\nnew aws.s3.Bucket(owner);\n',
      "owner.js": 'export const owner = "shop";\n',
    });
    const watching = new Watching(workspace.folder, [...ARGS, "--json"]);
    try {
      assert.deepEqual(await watching.next(), await cold(workspace));
      for (const owner of ["one", "two"]) {
        workspace.write("owner.js", `export const owner = "${owner}";\n`);
        const line = await watching.next();
        assert.match(JSON.stringify(line), new RegExp(`Bucket::${owner}"`));
        assert.deepEqual(line, await cold(workspace));
      }
    } finally {
      await watching.end();
      workspace.remove();
    }
  });

  it("runs a program that makes Node.js load a module first", async () => {
    const workspace = new Workspace({
      ...FILES,
      "Pulumi.yaml":
        "name: shop\nruntime: { name: nodejs, options: { typescript: false, nodeargs: --require ./first.js } }\n",
      "first.js": "",
    });
    const watching = new Watching(workspace.folder, [...ARGS, "--json"]);
    try {
      await watching.next();
      workspace.write("data.json", '{ "stage": "two" }\n');
      const line = await watching.next();
      assert.match(JSON.stringify(line), /Bucket::bucket"/);
      assert.deepEqual(line, await cold(workspace));
    } finally {
      await watching.end();
      workspace.remove();
    }
  });

  it("refuses all options that are for a single run, at once", async () => {
    const run = await rehearse(["--watch", "--sarif", "x", "--against", "main", "--mode", "both"]);
    assert.equal(run.status, 2);
    for (const option of ["--sarif", "--against", "--mode is both"])
      assert.ok(run.stderr.includes(option), run.stderr);
  });
});
