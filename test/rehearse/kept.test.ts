import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../support/rehearse";

describe("the cache that makes later rehearsals fast", () => {
  describe("keeps the result of loading packages, and", () => {
    let dir: string;
    beforeEach(() => (dir = mkdtempSync(join(tmpdir(), "levers-kept-"))));
    afterEach(() => rmSync(dir, { recursive: true }));

    const write = (file: string, text: string): void => {
      const path = join(dir, "node_modules", "parts", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    const keptIn = join(ROOT, "packages/rehearse/hosts/preload/kept.cjs");
    /** The exports of a package of two files, or of another module, in a separate process. */
    const exported = (env: Readonly<Record<string, string>> = {}, module = "parts"): string => {
      const beside = join(dir, "node_modules/parts/index.js");
      const script = `const { folderBeside, keep } = require(${JSON.stringify(keptIn)});
        const folder = folderBeside(${JSON.stringify(beside)});
        if (folder) keep(folder, "test");
        require(${JSON.stringify(module)})`;
      const options = { cwd: dir, encoding: "utf8", env: { ...process.env, ...env } } as const;
      const { stdout, stderr } = spawnSync(process.execPath, ["-p", script], options);
      assert.equal(stderr, "");
      return stdout.trim();
    };
    const cache = (): string => join(dir, "node_modules/.cache/rehearse");
    beforeEach(() => {
      write("package.json", '{ "name": "parts", "version": "1.0.0" }');
      write("index.js", 'module.exports = "whole of " + require("./part");');
      write("part.js", 'module.exports = "one";');
    });

    it("runs a file's own text if a single letter has changed", () => {
      assert.equal(exported(), "whole of one");
      write("part.js", 'module.exports = "two";');
      assert.equal(exported(), "whole of two");
    });

    it("runs the text of a program's own file", () => {
      const own = (text: string): string => {
        writeFileSync(join(dir, "own.js"), `module.exports = "${text} of the " + require("parts");`);
        return exported({}, "./own");
      };
      for (const text of ["one", "one", "two"]) assert.equal(own(text), `${text} of the whole of one`);
      assert.equal(readdirSync(cache()).filter((name) => name.startsWith("test-own-")).length, 1);
    });

    it("finds the package's file in place of another", () => {
      assert.equal(exported(), "whole of one");
      rmSync(join(dir, "node_modules/parts/part.js"));
      write("part/index.js", 'module.exports = "a folder";');
      assert.equal(exported(), "whole of a folder");
    });

    it("writes nothing once it is complete, and starts anew if it is broken", () => {
      assert.equal(exported(), "whole of one");
      const [name = ""] = readdirSync(cache());
      const complete = readFileSync(join(cache(), name));
      utimesSync(join(cache(), name), 1, 1);
      assert.equal(exported(), "whole of one");
      assert.equal(statSync(join(cache(), name)).mtimeMs, 1000);
      for (const broken of [
        complete.subarray(0, complete.length / 2),
        Buffer.from("no cache"),
        Buffer.alloc(9),
      ]) {
        writeFileSync(join(cache(), name), broken);
        assert.equal(exported(), "whole of one");
        assert.deepEqual(readdirSync(cache()), [name]);
      }
    });

    it("keeps what was used last, up to 32 MiB", () => {
      const script = `const { Kept } = require(${JSON.stringify(keptIn)});
        const of = (name) => require("node:path").join(${JSON.stringify(dir)}, "node_modules/parts", name);
        const uses = (given, names) => { const kept = new Kept(given, "test");
          const found = names.filter((name) => kept.get(of(name), "text"));
          for (const name of names) if (!found.includes(name)) kept.set(of(name), "text", () => Buffer.alloc(15 * 2 ** 20));
          kept.write();
          return found.join(); };
        [["index.js", "part.js"], ["index.js", "package.json"], ["part.js"], ["package.json", "index.js"]]
          .map((names) => uses(${JSON.stringify(cache())}, names)).join(" / ")`;
      const { stdout, stderr } = spawnSync(process.execPath, ["-p", script], { encoding: "utf8" });
      assert.equal(stdout.trim(), "/ index.js /  / package.json", stderr);
    });

    it("removes its own files that nobody has written to for a month, such as those of another Node.js version", () => {
      mkdirSync(cache(), { recursive: true });
      for (const name of ["test-v1.2.3-x64", "test-v1.2.3-x64.4711", "test-v1.2.4-x64", "others"])
        writeFileSync(join(cache(), name), "");
      for (const name of ["test-v1.2.3-x64", "test-v1.2.3-x64.4711", "others"])
        utimesSync(join(cache(), name), 1, 1);
      exported();
      const left = readdirSync(cache()).filter((name) => !name.includes(process.version));
      assert.deepEqual(left, ["others", "test-v1.2.4-x64"]);
    });

    it("keeps nothing if it may not write or is disabled", () => {
      assert.equal(exported({ REHEARSE_CACHE: "off" }), "whole of one");
      assert.equal(existsSync(cache()), false);
      writeFileSync(join(dir, "node_modules/.cache"), "a file");
      assert.equal(exported(), "whole of one");
    });
  });

  describe("keeps esbuild's output, and runs it again for", () => {
    let dir: string;
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), "levers-remembered-"));
      mkdirSync(join(dir, "src"));
      write("src/index.ts", 'import { part } from "./part";\nconsole.log(part);\n');
      write("src/part.ts", 'export const part: string = "one";\n');
      assert.deepEqual(built(), { asked: 1, printed: "one" });
    });
    afterEach(() => rmSync(dir, { recursive: true }));

    const write = (file: string, text: string): void => writeFileSync(join(dir, file), text);
    /** How often the real esbuild was called, and the bundle's output. */
    function built(): { asked: number; printed: string } {
      const script = `
        const real = require(${JSON.stringify(join(ROOT, "node_modules/esbuild"))});
        const remembering = require(${JSON.stringify(join(ROOT, "packages/rehearse/hosts/remembering.cjs"))});
        let asked = 0;
        const build = (options) => (asked++, real.build(options));
        const options = { absWorkingDir: process.cwd(), entryPoints: ["src/index.ts"], bundle: true, write: false };
        remembering({ version: real.version, build }, process.cwd() + "/cache").build(options)
          .then(({ outputFiles: [{ text }] }) => { console.log(asked); eval(text); process.exit(); });`;
      const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: dir, encoding: "utf8" });
      assert.equal(stderr, "");
      const [asked, printed = ""] = stdout.trim().split("\n");
      return { asked: Number(asked), printed };
    }

    const cases: Readonly<Record<string, readonly [asked: number, printed: string, change: () => void]>> = {
      "nothing that stayed as it was": [0, "one", () => undefined],
      "nothing for a file elsewhere": [0, "one", () => write("other.ts", "")],
      "a source that has changed": [1, "two", () => write("src/part.ts", 'export const part = "two";\n')],
      "a source that comes before another": [
        1,
        "tsx",
        () => write("src/part.tsx", 'export const part = "tsx";\n'),
      ],
      "a tsconfig.json that wasn't there": [1, "one", () => write("tsconfig.json", "{}")],
    };
    for (const [title, [asked, printed, change]] of Object.entries(cases)) {
      it(title, () => {
        change();
        assert.deepEqual(built(), { asked, printed });
      });
    }

    it("a source file beside a folder of the same name", () => {
      mkdirSync(join(dir, "src/parts/one"), { recursive: true });
      write("src/parts/one/index.ts", 'export const part = "folder";\n');
      write("src/index.ts", 'import { part } from "./parts/one";\nconsole.log(part);\n');
      assert.deepEqual(built(), { asked: 1, printed: "folder" });
      write("src/parts/one.ts", 'export const part = "file";\n');
      assert.deepEqual(built(), { asked: 1, printed: "file" });
    });

    it("each build whose tsconfig.json extends another", () => {
      write("base.json", "{}");
      write("tsconfig.json", '{ "extends": "./base.json" }');
      assert.deepEqual(built(), { asked: 1, printed: "one" });
      assert.deepEqual(built(), { asked: 1, printed: "one" });
    });
  });

  describe("keeps tsx's output, and runs it again for", () => {
    let dir: string;
    beforeEach(() => {
      dir = mkdtempSync(join(tmpdir(), "levers-transformed-"));
      symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"), "junction");
      write("tsconfig.json", "{}");
      write(
        "index.ts",
        'import { part } from "./part";\nconsole.log(part, new Error().stack?.split("\\n")[1]);\n',
      );
      write("part.ts", 'export const part: string = "one";\n');
      assert.deepEqual(ran(), { asked: 2, printed: "one" });
    });
    afterEach(() => rmSync(dir, { recursive: true }));

    const write = (file: string, text: string): void => writeFileSync(join(dir, file), text);
    /** The number of files for which tsx searched its cache, and the program's output. */
    function ran(flags: readonly string[] = []): { asked: number; printed: string } {
      const temporary = mkdtempSync(join(dir, "temporary-"));
      const keep = join(ROOT, "test", "support", "keep-transformed.cjs");
      const args = ["-r", keep, "--require", "tsx/cjs", ...flags, "index.ts"];
      const env = { ...process.env, TMPDIR: temporary, REHEARSE_CACHE: join(dir, "cache") };
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: "utf8", env });
      assert.equal(stderr, "");
      assert.match(stdout, /index\.ts:2:\d+\)?\n$/);
      const [folder] = readdirSync(temporary).filter((name) => name.startsWith("tsx-"));
      const asked = folder === undefined ? 0 : readdirSync(join(temporary, folder)).length;
      return { asked, printed: stdout.split(" ")[0] ?? "" };
    }

    const cases: Readonly<Record<string, readonly [asked: number, printed: string, change: () => void]>> = {
      "nothing that stayed as it was": [0, "one", () => undefined],
      "a source that has changed": [1, "two", () => write("part.ts", 'export const part = "two";\n')],
      "all of it under another tsconfig.json": [
        2,
        "one",
        () => write("tsconfig.json", '{ "compilerOptions": { "target": "ES2017" } }'),
      ],
    };
    for (const [title, [asked, printed, change]] of Object.entries(cases)) {
      it(title, () => {
        change();
        assert.deepEqual(ran(), { asked, printed });
        assert.deepEqual(ran(), { asked: 0, printed });
      });
    }

    it("every file each time, if the tsconfig.json extends another", () => {
      write("base.json", "{}");
      write("tsconfig.json", '{ "extends": "./base.json" }');
      assert.deepEqual(ran(), { asked: 2, printed: "one" });
      assert.deepEqual(ran(), { asked: 2, printed: "one" });
    });

    it("every file, for a process with --enable-source-maps", () => {
      assert.deepEqual(ran(["--enable-source-maps"]), { asked: 2, printed: "one" });
    });

    it("every file, if another loader wraps tsx's", () => {
      const hook = `const tsx = require.extensions[".ts"];
        require.extensions[".ts"] = (module, file) => {
          const { _compile } = module;
          module._compile = (code, name) => _compile.call(module, code.replace('"one"', '"ours"'), name);
          tsx(module, file);
        };`;
      write("hook.cjs", hook);
      const ours = ["--require", "./hook.cjs"];
      assert.deepEqual(ran(ours), { asked: 2, printed: "ours" });
      assert.deepEqual(ran(ours), { asked: 2, printed: "ours" });
      assert.deepEqual(ran(), { asked: 0, printed: "one" });
    });
  });
});
