import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { gunzipSync } from "node:zlib";

import fc from "fast-check";

import { packUserData, renderUserData } from "../../components/fleet/user-data";
import { itWith } from "../support/programs";
import { noise, store } from "../support/user-data";

/** The Python string that the script assigns to a name. Rendered strings are also valid JSON. */
function assigned(script: string, name: string): string {
  const literal = new RegExp(`^${name} = (".*")$`, "m").exec(script)?.[1];
  assert(literal !== undefined, `The script assigns no string to ${name}.`);
  return JSON.parse(literal) as string;
}

describe("renderUserData", () => {
  itWith(["bash"], "renders a script that bash can parse", () => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: renderUserData(store), encoding: "utf8" });
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });

  it("starts the service, and on every later boot, too", () => {
    assert.match(renderUserData(store), /^systemctl enable --now store\.service$/m);
  });

  it("stops at the first command that fails", () => {
    assert.match(renderUserData(store), /^#!\/bin\/bash\nset -euo pipefail\n/);
  });

  it("listens on the given port and answers the given health check", () => {
    const script = renderUserData({ ...store, port: 9000, healthCheckPath: "/ready" });
    assert.match(script, /^PORT = 9000$/m);
    assert.equal(assigned(script, "HEALTH_CHECK_PATH"), "/ready");
  });

  it("keeps a connection open longer than the load balancer does", () => {
    const script = renderUserData({ ...store, idleTimeoutSeconds: 4000 });
    assert.ok(Number(/^ {4}timeout = (\d+)$/m.exec(script)?.[1]) > 4000);
  });

  it("shows the store's name on its page", () => {
    const page = assigned(renderUserData(store), "PAGE");
    assert.match(page, /<title>store\.example\.com<\/title>/);
    assert.match(page, /<h1>store\.example\.com<\/h1>/);
  });

  it("downloads nothing, so that it boots without internet access", () => {
    assert.doesNotMatch(renderUserData(store), /\b(dnf|yum|curl|wget|pip|git)\b|https?:\/\//);
  });

  it("is the same for the same arguments, so that a deployment alone replaces no instance", () => {
    assert.equal(renderUserData({ ...store }), renderUserData({ ...store }));
  });

  it("escapes a title in the page and in the script", () => {
    // Contains many characters that are special in HTML, Python, bash or UTF-8, including half a surrogate pair.
    const trouble = fc.constantFrom(
      "<",
      ">",
      "&",
      "'",
      '"',
      "\\",
      "\n",
      "\r",
      "\0",
      "$(",
      "`",
      "\nEND_OF_SERVER\n",
      "\ud83d",
    );
    const unit = fc.oneof(trouble, fc.string({ unit: "binary", minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (title) => {
        const script = renderUserData({ ...store, title });
        const heading = /<h1>([^]*)<\/h1>/.exec(assigned(script, "PAGE"))?.[1] ?? assert.fail("no heading");
        const shown = heading.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
        assert.doesNotMatch(heading, /[<>"']/);
        assert.equal(shown, Buffer.from(title).toString());
        assert.equal(script.match(/^END_OF_SERVER$/gm)?.length, 1);
      }),
    );
  });

  it("is compressed only if it exceeds EC2's limit", () => {
    const script = "x".repeat(16_384);
    assert.equal(packUserData(script).toString(), script);
    const packed = packUserData(`${script}x`);
    assert.equal(gunzipSync(packed).toString(), `${script}x`);
    assert.deepEqual(packUserData(`${script}x`), packed, "two of the same differ, which would roll a fleet");
  });

  it("rejects a length that EC2 would reject", () => {
    assert.throws(() => renderUserData({ ...store, title: noise(40_000) }), {
      name: "RangeError",
      message:
        /^The user data has \d+ bytes, compressed; EC2 takes at most 16384\. Shorten the title or the environment\.$/,
    });
  });
});
