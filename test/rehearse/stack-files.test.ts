import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../packages/rehearse/errors";
import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { fixture } from "../support/rehearse";

/**
 * Stack files, and what pulumi/pulumi 3.260 reads from them (`LoadProject`, `LoadProjectStack`,
 * `ValidateStackConfigAndApplyProjectConfig`, `Map.Decrypt`, called on each by a small Go program): every setting as
 * the string that the program gets, or null if it refuses the file. The last column is Pulumi.yaml; the default is
 * {@link PLAIN}.
 */
const BY_PULUMI = JSON.parse(
  readFileSync(fixture("stack-files-by-pulumi.json"), "utf8"),
) as readonly (readonly [
  stack: string,
  settings: Readonly<Record<string, string>> | null,
  project?: string,
])[];

const PLAIN = "name: p\nruntime: nodejs\n";

describe("Pulumi.yaml and stack files are read as Pulumi's own loader reads them:", () => {
  let dir: string;
  before(() => (dir = mkdtempSync(join(tmpdir(), "stack-files-"))));
  after(() => rmSync(dir, { recursive: true }));

  /** The settings that the rehearsal reads; null for a refused file. */
  function read(stack: string | Buffer, project: string): object | null {
    writeFileSync(join(dir, "Pulumi.yaml"), project);
    writeFileSync(join(dir, "Pulumi.dev.yaml"), stack);
    try {
      const config = StackConfig.read(readProject(dir), "dev", join(dir, "Pulumi.dev.yaml"));
      return Object.fromEntries(config.entries());
    } catch (error) {
      if (error instanceof UsageError) return null;
      throw error;
    }
  }

  const kinds: Record<string, (project: string | undefined) => boolean> = {
    "stack files": (project) => project === undefined,
    "projects with declarations": (project) => project !== undefined,
  };
  for (const [kind, isOne] of Object.entries(kinds)) {
    it(kind, () => {
      for (const [stack, settings, project] of BY_PULUMI.filter(([, , given]) => isOne(given)))
        assert.deepEqual(read(stack, project ?? PLAIN), settings, JSON.stringify([stack, project]));
    });
  }

  const text = "config:\n  k: ü漢😀\n";
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  for (const [encoding, bytes] of [
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["little-endian UTF-16, as PowerShell writes it", utf16],
    ["big-endian UTF-16", Buffer.from(utf16).swap16()],
  ] as const)
    it(`stack files in ${encoding}`, () => assert.deepEqual(read(bytes, PLAIN), { "p:k": "ü漢😀" }));

  /** The message for a refused file. */
  function refusalOf(bytes: Buffer | string): string {
    writeFileSync(join(dir, "Pulumi.dev.yaml"), bytes);
    try {
      StackConfig.read(readProject(dir), "dev", join(dir, "Pulumi.dev.yaml"));
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return assert.fail("it is read");
  }

  it("a file in another encoding is refused, not read with wrong letters", () => {
    for (const bytes of [Buffer.from("config:\n  k: \xfc\n", "latin1"), Buffer.from([0x6b, 0xc0, 0xaf])])
      assert.match(
        refusalOf(bytes),
        /^stack file .*Pulumi\.dev\.yaml isn't UTF-8 text; save it in this encoding$/,
      );
    assert.match(
      refusalOf(Buffer.from(text, "utf16le")),
      /isn't UTF-8 text|a character that YAML doesn't allow/,
    );
  });

  it("a value that go-yaml would read as a YAML indicator is refused, not read as text", () => {
    for (const value of ["{?&a : b}", "[x, ?a b]", "{a: ?b}"])
      assert.match(refusalOf(`config:\n  k: ${value}\n`), /begins with "\?"; quote it, at line 2$/);
    assert.deepEqual(read("config:\n  k:\n    ?a: ?b\n", PLAIN), { "p:k": '{"?a":"?b"}' });
  });

  it("a file that breaks the parser is refused in a few words", () => {
    assert.match(
      refusalOf(`config:\n  k: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`),
      /nested too deeply$/,
    );
    assert.ok(refusalOf(`config:\n  k: ${"!".repeat(50_000)}\n`).length < 500);
  });
});
