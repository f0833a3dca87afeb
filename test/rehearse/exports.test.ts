import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../support/rehearse";

const PRELOAD = join(ROOT, "packages/rehearse/hosts/preload.cjs");

/** What programs import. */
const PACKAGES = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/awsx", "@pulumi/policy"] as const;

/**
 * Reads every export twice, calls every function twice, and prints what came of it: what it is, the keys of a namespace,
 * how a call ended.
 */
const DESCRIBE = `
  const kind = (value) =>
    value === null ? "null"
    : typeof value !== "function" ? typeof value
    : /^class\\b/.test(Function.prototype.toString.call(value)) ? "class " + value.name : "function " + value.name;
  const ended = async (call) => {
    try {
      const value = call();
      if (value instanceof Promise) value.catch(() => undefined);
      return "returns " + kind(value);
    } catch (error) {
      return "throws " + (error instanceof Error ? error.message.split("\\n")[0] : kind(error));
    }
  };
  async function describe(root) {
    const lines = [];
    for (const key of Object.keys(root).sort()) {
      const [first, second] = [root[key], root[key]];
      lines.push(key + ": " + kind(first) + (first === second ? "" : ", another one each time"));
      if (typeof first === "object" && first !== null) {
        lines.push(...Object.keys(first).sort().map((member) => key + "." + member));
      } else if (kind(first).startsWith("function")) {
        for (const _ of [1, 2]) lines.push(key + "(): " + (await ended(() => root[key]({}))));
      }
    }
    return lines;
  }
`;

/** Functions ask a mock of the engine. */
const main = (imports: string): string => `
  ${DESCRIBE}
  (async () => {
    ${imports}
    pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) });
    const lines = await describe(root);
    process.stdout.write(lines.join("\\n"), () => process.exit(0));
  })();
  process.on("unhandledRejection", () => undefined);
`;

const FORMS = {
  CommonJS: {
    file: "main.cjs",
    text: (name: string) =>
      main(`const pulumi = require("@pulumi/pulumi"); const root = require(${JSON.stringify(name)});`),
  },
  ESM: {
    file: "main.mjs",
    text: (name: string) =>
      `import * as root from ${JSON.stringify(name)};\nimport * as pulumi from "@pulumi/pulumi";\n${main("")}`,
  },
} as const;

describe("what makes a rehearsal fast changes no export of", () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "exports-"));
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
  });
  after(() => rmSync(dir, { recursive: true }));

  for (const name of PACKAGES) {
    for (const [form, { file, text }] of Object.entries(FORMS)) {
      it(`${name}, as ${form}`, async () => {
        writeFileSync(join(dir, file), text(name));
        const described = async (env: Record<string, string>): Promise<string[]> => {
          const run = await promisify(execFile)(process.execPath, ["-r", PRELOAD, join(dir, file)], {
            cwd: dir,
            env: { ...process.env, ...env },
            maxBuffer: 64 * 1024 * 1024,
          });
          return run.stdout.split("\n");
        };
        const plain = await described({ REHEARSE_PLAIN: "1" });
        assert.ok(plain.length > 5, plain.join("\n"));
        assert.deepEqual(await described({}), plain);
      });
    }
  }
});
