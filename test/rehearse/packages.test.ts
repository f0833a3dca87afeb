import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { installPackages } from "../../packages/rehearse/diff/packages";

/** Package managers by lockfile, and the commands that they must get. */
const MANAGERS = {
  "package-lock.json": "npm ci --ignore-scripts --no-audit --no-fund",
  "yarn.lock": "yarn install --frozen-lockfile --ignore-scripts",
  "pnpm-lock.yaml": "pnpm install --frozen-lockfile --ignore-scripts",
  "bun.lock": "bun install --frozen-lockfile --ignore-scripts",
} as const;

describe("the packages of a ref's program", () => {
  const path = process.env["PATH"] ?? "";
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  const write = (file: string, text: string, mode?: number): void => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text, { mode });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "packages-"));
    // Each command records where and how it is called; `bun` fails.
    for (const name of ["npm", "yarn", "pnpm"])
      write(`bin/${name}`, '#!/bin/sh\necho "$(basename "$0") $*" > installed\n', 0o755);
    write("bin/bun", '#!/bin/sh\necho "bun $*: no such version"; exit 1\n', 0o755);
    process.env["PATH"] = at("bin") + delimiter + path;
    for (const side of ["then", "now"]) write(`${side}/infra/package.json`, "{}");
    mkdirSync(at("now/infra/node_modules"));
    mkdirSync(at("now/node_modules"));
  });
  afterEach(() => {
    process.env["PATH"] = path;
    rmSync(folder, { recursive: true });
  });
  let said: string[];
  beforeEach(() => (said = []));
  const install = (): Promise<boolean> =>
    installPackages(at("then/infra"), at("then"), at("now/infra"), (line) => {
      assert.ok(!existsSync(at("then/infra/installed")), "said when it is done");
      said.push(line);
    });
  const linked = (way: string): boolean =>
    existsSync(at("then", way, "node_modules")) &&
    readlinkSync(at("then", way, "node_modules")) === at("now", way, "node_modules");

  for (const [lockfile, call] of Object.entries(MANAGERS)) {
    it(`are installed by ${lockfile} if it differs`, async () => {
      write(`then/infra/${lockfile}`, "then");
      write(`now/infra/${lockfile}`, "now");
      if (lockfile === "bun.lock")
        await assert.rejects(install, {
          message: `bun can't install the packages in the ref's bun.lock: ${call}: no such version`,
        });
      else {
        await install();
        assert.equal(readFileSync(at("then/infra/installed"), "utf8").trim(), call);
        assert.deepEqual(said, [
          `Installing the ref's packages with ${call}: its ${lockfile} differs from today's`,
        ]);
      }
    });
  }

  it("are installed in the folder of the workspace's lockfile", async () => {
    write("then/pnpm-lock.yaml", "then");
    write("now/pnpm-lock.yaml", "now");
    await install();
    assert.ok(existsSync(at("then/installed")));
  });

  for (const [what, lockfile] of [
    ["its own lockfile is the same", "infra/yarn.lock"],
    ["the workspace's lockfile is the same", "package-lock.json"],
    ["there is no lockfile", "README.md"],
  ] as const) {
    it(`are today's packages if ${what}`, async () => {
      for (const side of ["then", "now"]) write(`${side}/${lockfile}`, "same");
      await install();
      assert.deepEqual(
        [linked("infra"), linked("."), existsSync(at("then/infra/installed"))],
        [true, true, false],
      );
      assert.deepEqual(said, []);
    });
  }

  it("are installed if another package manager had the same lockfile text", async () => {
    write("then/infra/yarn.lock", "");
    write("now/infra/package-lock.json", "");
    await install();
    assert.ok(existsSync(at("then/infra/installed")));
  });
});
