import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { kindOf, withHashes } from "../../../packages/rehearse/engine/assets";
import { SIGNATURE, secret, type Values } from "../../../packages/rehearse/values";

const asset = (of: Values): Values => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", ...of });
const archive = (of: Values): Values => ({ [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", ...of });
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * The hash of `a.txt`, `b/c.txt` and `b/d.txt`, as Go's `archive/tar` writes them with mode 0600 and no other metadata.
 */
const TAR = "ac239ab9bb27e647546eb548aeaf505a44d311119c00a9ae2ebe05296b7e9979";

describe("the hash", () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "hashes-"));
    mkdirSync(join(dir, "folder", "b"), { recursive: true });
    mkdirSync(join(dir, "folder", ".pulumi"));
    writeFileSync(join(dir, "folder", "b", "d.txt"), "");
    writeFileSync(join(dir, "folder", "b", "c.txt"), "x".repeat(512));
    writeFileSync(join(dir, "folder", "a.txt"), "one\n");
    writeFileSync(join(dir, "folder", ".pulumi", "cache"), "");
    symlinkSync("b", join(dir, "folder", "linked"));
  });
  after(() => rmSync(dir, { recursive: true }));
  const hashOf = (value: Values): unknown => (withHashes({ value }, dir)["value"] as Values)["hash"];

  it("of an asset is the hash of its text or its file, and a URL has none", () => {
    assert.equal(hashOf(asset({ text: "grüße" })), sha256("grüße"));
    assert.equal(hashOf(asset({ text: "" })), sha256(""));
    assert.equal(hashOf(asset({ text: "grüße", path: "folder/a.txt" })), sha256("grüße"));
    assert.equal(hashOf(asset({ path: "folder/a.txt" })), sha256("one\n"));
    assert.equal(hashOf(asset({ path: "", uri: "https://example.com" })), undefined);
    assert.throws(() => hashOf(asset({ path: "folder/none.txt" })), /ENOENT.*none\.txt/);
  });

  it("of an archive is the hash of its file, or of a tar of its entries in the order of their names", () => {
    assert.equal(hashOf(archive({ path: "folder/a.txt" })), sha256("one\n"));
    assert.equal(hashOf(archive({ path: "folder" })), TAR);
    const [one, c, d] = ["one\n", "x".repeat(512), ""].map((text) => asset({ text }));
    const b = { assets: { "d.txt": d, "c.txt": c } } as unknown as Values;
    assert.equal(hashOf(archive({ assets: { b: archive(b), "a.txt": one } as Values })), TAR);
    assert.equal(hashOf(archive({ assets: { b: archive({ path: "folder/b" }), "a.txt": one! } })), TAR);
    assert.equal(hashOf(archive({ uri: "https://example.com" })), undefined);
  });

  it("of an archive uses the first of two entries with one name", () => {
    const both = (...texts: string[]): unknown => {
      const [first, second] = texts.map((text) => asset({ text }));
      return hashOf(archive({ assets: { a: archive({ assets: { "b/c": first! } }), "a/b/c": second! } }));
    };
    assert.equal(both("1", "2"), both("1", "3"));
    assert.notEqual(both("1", "2"), both("2", "2"));
  });

  it("of an archive is unknown if an entry's hash is, or if its name does not fit a plain tar", () => {
    const text = asset({ text: "a" });
    const named = (name: string): unknown => hashOf(archive({ assets: { [name]: text } }));
    assert.match(String(named("a".repeat(100))), /^[0-9a-f]{64}$/);
    assert.equal(named("a".repeat(101)), undefined);
    assert.equal(named("grüße"), undefined);
    assert.equal(
      hashOf(archive({ assets: { a: text, b: asset({ uri: "https://example.com" }) } })),
      undefined,
    );
    assert.equal(hashOf(archive({ assets: { a: text, b: archive({ path: "folder/a.txt" }) } })), undefined);
    assert.equal(hashOf(archive({ assets: { a: text, b: "no asset" } })), undefined);
  });

  it("is in the members of an archive as well, at any depth, and in secrets", () => {
    const text = asset({ text: "a" });
    const inner = archive({ assets: { b: text } });
    const { value } = withHashes({ value: [secret(archive({ assets: { inner } }))] }, dir) as {
      value: [{ value: { assets: { inner: { hash: string; assets: { b: { hash: string } } } } } }];
    };
    const found = value[0].value.assets.inner;
    assert.equal(found.assets.b.hash, sha256("a"));
    assert.equal(found.hash, hashOf(inner));
  });

  it("exists for assets and archives only", () => {
    const values = { a: "b", list: [{ text: "a" }], hidden: secret("c") };
    assert.deepEqual(withHashes(values, dir), values);
    assert.deepEqual([asset({}), archive({}), secret("a"), { text: "a" }, "a", undefined].map(kindOf), [
      "asset",
      "archive",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
