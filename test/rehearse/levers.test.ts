import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { endOf, fixture, pack, rehearse, ROOT, type Run } from "../support/rehearse";

const PRELOAD = join(ROOT, "packages/rehearse/hosts/preload.cjs");

/** Runs a script with the options of the rehearsal's child processes, and returns what it evaluates to. */
function evaluate(script: string, cwd = ROOT): string {
  const run = spawnSync(process.execPath, ["-r", PRELOAD, "-p", script], { cwd, encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout.trim();
}

/** Rehearses with the levers and without. */
async function withAndWithout(args: readonly string[]): Promise<[Run, Run]> {
  const all = [...args, "--json"];
  const fast = await rehearse(all, {});
  return [fast, await rehearse(all, { env: { REHEARSE_PLAIN: "1" } })];
}

describe("the optimizations that make a rehearsal fast", () => {
  describe("change nothing in the graph of", () => {
    let outside: string;
    before(() => {
      // Inside a workspace, the SDK searches for its root with `glob`, which Node.js 20 lacks.
      outside = mkdtempSync(join(tmpdir(), "levers-outside-"));
      symlinkSync(join(ROOT, "node_modules"), join(outside, "node_modules"), "junction");
      const modules = ["callback-function", "dynamic-provider"];
      for (const name of modules) cpSync(fixture(name), join(outside, name), { recursive: true });
      for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "package.json"])
        copyFileSync(join(fixture("dynamic-provider"), file), join(outside, file));
      writeFileSync(join(outside, "index.ts"), modules.map((name) => `import "./${name}";\n`).join(""));
    });
    after(() => rmSync(outside, { recursive: true }));

    it("our store", async () => {
      const [fast, plain] = await withAndWithout(["dev", "--mode", "up"]);
      assert.equal(fast.status, 0, fast.stderr);
      assert.equal(fast.stdout, plain.stdout);
    });

    it("a program that serializes a class, and a function with its packages", async () => {
      const [fast, plain] = await withAndWithout([
        "dev",
        "--program",
        outside,
        "--policy-pack",
        pack("allows"),
      ]);
      assert.equal(fast.status, 0, fast.stderr);
      assert.match(fast.stdout, /pulumi-nodejs:dynamic:Resource[^]*aws:lambda\/function:Function/);
      assert.equal(fast.stdout, plain.stdout);
    });

    it("a program on ts-node, whose policies each get their own properties", async () => {
      const judge = pack("changes-what-it-judges");
      const [fast, plain] = await withAndWithout([
        "dev",
        "--program",
        fixture("plain-resources"),
        "--policy-pack",
        judge,
      ]);
      assert.equal(fast.status, 0, fast.stderr);
      assert.equal(fast.stdout, plain.stdout);
      assert.match(fast.stdout, /owned by shop/);
      assert.doesNotMatch(fast.stdout, /owned by the policy|,the policy/);
    });
  });

  describe("change nothing in what a program sees of the SDKs", () => {
    // Pulumi's own functions come last, because they change the state of the process.
    const packages = ["@pulumi/aws", "@pulumi/awsx", "@pulumi/policy", "@pulumi/pulumi"];
    const script = join(ROOT, "test", "support", "what-a-program-sees.cjs");
    for (const way of ["cjs", "esm"]) {
      it(`in ${way}: every export, read and called twice`, async () => {
        const folder = mkdtempSync(join(tmpdir(), "levers-kept-"));
        const seen = async (REHEARSE_PLAIN: string, keeping: readonly string[]): Promise<string[]> => {
          const args = ["-r", PRELOAD, ...keeping, script, way, ...packages];
          const child = spawn(process.execPath, args, {
            cwd: ROOT,
            env: { ...process.env, REHEARSE_PLAIN, REHEARSE_CACHE: folder },
            stdio: ["ignore", "pipe", "pipe"],
          });
          const { status, stdout, stderr } = await endOf(child);
          assert.equal(status, 0, stderr);
          return stdout.split("\n");
        };
        const keeping = ["-r", join(ROOT, "test", "support", "keep-installed.cjs")];
        const [plain] = await Promise.all([seen("1", []), seen("0", keeping)]);
        assert.notDeepEqual(readdirSync(folder), []);
        const fast = await seen("0", keeping);
        rmSync(folder, { recursive: true });
        assert.ok(plain.length > 6000, `it has seen ${plain.length}`);
        assert.deepEqual(
          fast.filter((line, at) => line !== plain[at]),
          [],
        );
        assert.equal(fast.length, plain.length);
      });
    }
  });

  it("change nothing in the error of a program that throws", async () => {
    const args = ["dev", "--program", fixture("program-throws"), "--policy-pack", pack("allows")];
    const [fast, plain] = await withAndWithout(args);
    assert.equal(fast.status, 3);
    assert.equal(fast.stderr.replace(/in [\d.]+ s/g, ""), plain.stderr.replace(/in [\d.]+ s/g, ""));
  });

  it("leave a pack that cannot be bundled to its own esbuild, with the same error", async () => {
    const judge = pack("bundles-a-syntax-error");
    const [fast, plain] = await withAndWithout([
      "dev",
      "--program",
      fixture("one-bucket"),
      "--policy-pack",
      judge,
    ]);
    assert.equal(fast.status, 3);
    assert.match(fast.stderr, /policies\.ts:1:\d+: ERROR/);
    const said = ({ stderr }: Run): string[] => stderr.match(/^.*ERROR.*$/gm) ?? [];
    assert.deepEqual(said(fast), said(plain));
  });

  describe("load a module only when it is used:", () => {
    const loaded = (part: string): string =>
      `Object.keys(require.cache).some((file) => file.includes(${JSON.stringify(join(part))}))`;

    it("the compiler, for serializing functions", () => {
      const script = (use: string): string =>
        `const pulumi = require("@pulumi/pulumi"); const before = ${loaded("typescript/lib/typescript.js")};
         ${use}.then(() => [before, ${loaded("typescript/lib/typescript.js")}].join())`;
      const serialise = script("pulumi.runtime.serializeFunction(() => 1)");
      const run = evaluate(`${serialise}.then(console.log), ""`);
      assert.equal(run, "false,true");
    });

    it("the Automation API, and a program gets the module itself", () => {
      const script = `const pulumi = require("@pulumi/pulumi"); const before = ${loaded("pulumi/automation/")};
        [before, pulumi.automation === require("@pulumi/pulumi/automation"), "LocalWorkspace" in pulumi.automation].join()`;
      assert.equal(evaluate(script), "false,true,true");
    });

    it("most of semver, whose own classes compare versions", () => {
      const script = `require("@pulumi/pulumi");
        const { register, getRegistration } = require("@pulumi/pulumi/runtime/rpc");
        const registry = new Map();
        for (const version of ["1.2.0", "1.10.0", "1.10.0", "2.0.0"]) register(registry, "module", "a:b", { version });
        const files = () => Object.keys(require.cache).filter((file) => file.includes(${JSON.stringify(join("/semver/"))}));
        const found = getRegistration(registry, "a:b", "1.2.0").version;
        [registry.get("a:b").length, found, files().length > 0, files().length < 20].join()`;
      assert.equal(evaluate(script), "3,1.10.0,true,true");
    });

    it("a namespace of AWS, and a program gets the module itself", () => {
      const script = `const aws = require("@pulumi/aws"); const before = ${loaded("@pulumi/aws/sqs/")};
        [before, aws.sqs === require("@pulumi/aws/sqs"), "Queue" in aws.sqs, ${loaded("@pulumi/aws/sns/")}].join()`;
      assert.equal(evaluate(script), "false,true,true,false");
    });

    it("a namespace of AWS, and a reference to one of its resources finds its class", () => {
      const script = `require("@pulumi/aws");
        const { getResourceModule } = require("@pulumi/pulumi/runtime/rpc");
        getResourceModule("aws", "sqs/queue", "").construct("q", "aws:sqs/queue:Queue", "urn:pulumi:s::p::aws:sqs/queue:Queue::q").constructor.name`;
      assert.equal(evaluate(script), "Queue");
    });
  });

  it("make the store start faster under the CLI, too, which still gets the source line of each registration", () => {
    const [, nodeargs = ""] = /nodeargs: (.*)/.exec(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) ?? [];
    const script = `const pulumi = require("@pulumi/pulumi");
      const isPutOff = !Object.keys(require.cache).some((file) => file.includes("typescript.js"));
      [isPutOff, pulumi.Resource.callsites().length > 0].join()`;
    const args = [...nodeargs.split(" "), "-p", script];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    assert.equal(stdout.trim(), "true,true", stderr);
    assert.equal(evaluate(script), "true,false", "a rehearsal has no use for the lines");
  });

  it("let the SDK track open promises without a debug entry for each", () => {
    const script = `require("@pulumi/pulumi"); const { debuggablePromise, leakedPromises } = require("@pulumi/pulumi/runtime/debuggable");
      const promises = [new Promise(() => {}), Promise.resolve(), Promise.reject(new Error()), new Promise(() => {})];
      for (const promise of promises) debuggablePromise(promise).catch(({ promise }) => console.log(promise === promises[2]));
      setImmediate(() => console.log([...leakedPromises()[0]].map((open) => [promises.indexOf(open), "_debugId" in open]).join(";"))), ""`;
    assert.equal(evaluate(script), "true\n0,true;3,false");
  });

  it("send the engine only the messages that it shows", () => {
    const script = `const { log } = require("@pulumi/pulumi");
      const told = [];
      require("@pulumi/pulumi/runtime/settings").getEngine = () => ({
        log: (request, done) => void (told.push(request.getMessage()), done()),
      });
      Promise.all(["debug", "info", "warn", "error"].map((level) => log[level](level))).then(() => console.log(told.join())), ""`;
    assert.equal(evaluate(script), "info,warn,error");
  });

  describe("skip a module that", () => {
    let dir: string;
    beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "levers-"))));
    afterEach(() => rmSync(dir, { recursive: true }));

    function install(file: string, content: string): void {
      const path = join(dir, "node_modules", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }

    it("is not installed: loading it fails where it always did", () => {
      install(
        "@pulumi/pulumi/index.js",
        `try { require("typescript"); } catch (error) { exports.error = error.code; }`,
      );
      assert.equal(evaluate(`require("@pulumi/pulumi").error`, dir), "MODULE_NOT_FOUND");
    });

    it("looks different in another version of the SDK", () => {
      install("@pulumi/aws/index.js", `exports.lb = require("./lb");`);
      install("@pulumi/aws/lb/index.js", `exports.Listener = class Listener {};`);
      install("@pulumi/pulumi/index.js", `exports.debuggable = require("./runtime/debuggable");`);
      install("@pulumi/pulumi/runtime/debuggable.js", `exports.other = () => "as ever";`);
      assert.equal(
        evaluate(
          `require("@pulumi/pulumi").debuggable.other() + " " + new (require("@pulumi/aws").lb.Listener)().constructor.name`,
          dir,
        ),
        "as ever Listener",
      );
    });
  });

  it("leave a file that cannot be transpiled to the program's own tsx, with the same error", async () => {
    const dir = mkdtempSync(join(tmpdir(), "syntax-error-"));
    try {
      symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
      for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "package.json"]) {
        copyFileSync(join(fixture("dynamic-provider"), file), join(dir, file));
      }
      writeFileSync(
        join(dir, "index.ts"),
        'export const greeting = "hello"\nexport const name = ("main" {});\n',
      );
      const [fast, plain] = await withAndWithout(["dev", "--program", dir, "--policy-pack", pack("allows")]);
      assert.equal(fast.status, 3);
      assert.match(fast.stderr, /index\.ts:2/);
      assert.equal(fast.stderr.replace(/in [\d.]+ s/g, ""), plain.stderr.replace(/in [\d.]+ s/g, ""));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
