import assert from "node:assert/strict";
import { inspect } from "node:util";
import { unknownCheckingProxy } from "@pulumi/policy";
import { integer, isList, read, readList, upperCase } from "../../policies/read";
import { UNKNOWN } from "../support/pack";

/** Every value that the SDK treats as unknown, by the type that it stands for. */
const UNKNOWNS: Readonly<Record<string, string>> = {
  boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  string: UNKNOWN,
  list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};

/**
 * Properties in the form in which the SDK passes them to policies. (Its declarations leave out this function's type.)
 */
const proxied = unknownCheckingProxy as unknown as (props: object) => object;
const known = (value: unknown) => ({ kind: "known", value });

describe("read", () => {
  it("reads values at any depth, in objects and lists", () => {
    const props = proxied({ actions: [{ redirect: { port: "443" } }], enabled: false, weight: 0, name: "" });
    assert.deepEqual(read(props, ["actions", 0, "redirect", "port"]), known("443"));
    assert.deepEqual(read(props, ["enabled"]), known(false));
    assert.deepEqual(read(props, ["weight"]), known(0));
    assert.deepEqual(read(props, ["name"]), known(""));
  });

  for (const [type, sentinel] of Object.entries(UNKNOWNS)) {
    it(`reports an unknown ${type}, and everything below it, as unknown`, () => {
      const props = proxied({ it: sentinel });
      assert.deepEqual(read(props, ["it"]), { kind: "unknown" });
      assert.deepEqual(read(props, ["it", "below"]), { kind: "unknown" });
    });
  }

  it("reads missing, null and undefined values, and paths that end early, as absent", () => {
    const props = proxied({ nothing: null, undefinedly: undefined, text: "text", list: [] });
    for (const path of [
      ["missing"],
      ["nothing"],
      ["nothing", "below"],
      ["undefinedly"],
      ["text", "length"],
      ["list", 0],
    ]) {
      assert.deepEqual(read(props, path), { kind: "absent" }, path.join("."));
    }
    assert.deepEqual(read(undefined, ["any"]), { kind: "absent" });
    assert.deepEqual(read("text", []), known("text"));
  });

  it("reads own properties only", () => {
    assert.deepEqual(read(Object.create({ protocol: "HTTPS" }), ["protocol"]), { kind: "absent" });
    assert.deepEqual(read({}, ["constructor"]), { kind: "absent" });
  });

  it("catches only what the SDK throws on unknown values", () => {
    const trap = {
      get protocol(): string {
        throw new RangeError("something else");
      },
    };
    assert.throws(() => read(trap, ["protocol"]), new RangeError("something else"));
  });
});

describe("readList", () => {
  it("reads each element separately, so that an unknown one hides none of the others", () => {
    const elements = readList(proxied({ list: ["a", UNKNOWN, null, "b"] }), ["list"]);
    assert.deepEqual(elements, [known("a"), { kind: "unknown" }, { kind: "absent" }, known("b")]);
    assert.ok(isList(elements));
  });

  it("returns the reading of a value that is not a list", () => {
    const props = proxied({ unknown: UNKNOWN, text: "text" });
    assert.deepEqual(readList(props, ["unknown"]), { kind: "unknown" });
    assert.deepEqual(readList(props, ["missing"]), { kind: "absent" });
    assert.deepEqual(readList(props, ["text"]), known("text"));
  });
});

describe("integer", () => {
  for (const [value, expected] of [
    [30, 30],
    [-1, -1],
    ["30", 30],
    ["030", 30],
    ["999999999", 999_999_999],
    ["1000000000", undefined],
    ["a30", undefined],
    ["30s", undefined],
    [1.5, undefined],
    [NaN, undefined],
    ["1.5", undefined],
    ["-1", undefined],
    ["0x10", undefined],
    ["", undefined],
    [true, undefined],
    [[30], undefined],
    [null, undefined],
  ] as const) {
    it(`reads ${inspect(value)} as ${expected}`, () => {
      assert.equal(integer(value), expected);
    });
  }
});

describe("upperCase", () => {
  it("converts strings to upper case and leaves other values unchanged", () => {
    assert.equal(upperCase({ kind: "known", value: "https" }), "HTTPS");
    assert.equal(upperCase({ kind: "known", value: 443 }), undefined);
    assert.equal(upperCase({ kind: "unknown" }), undefined);
  });
});
