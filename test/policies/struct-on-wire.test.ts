import assert from "node:assert/strict";
import fc from "fast-check";
import { BinaryReader, BinaryWriter } from "google-protobuf";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { readStruct } from "../../policies/struct-on-wire";

const readBytes = (bytes: Uint8Array): unknown => readStruct(new BinaryReader(bytes));

/** A message with fields, each a text, a number that fits a double, or another message. */
const message = (...fields: readonly (readonly [number, string | number | Uint8Array])[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const [field, value] of fields) {
    if (typeof value === "string") writer.writeString(field, value);
    else if (typeof value === "number") writer.writeDouble(field, value);
    else writer.writeBytes(field, value);
  }
  return writer.getResultBuffer();
};

describe("A struct on the wire", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false, 0, -1.5, "", "ü漢😀"),
      fc.string(),
      fc.double({ noNaN: true }),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("any"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));

  it("is read as protobuf wrote it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value.any, { noNullPrototype: true }), (plain) => {
        const { __proto__: _, ...kept } = plain;
        const written = Struct.fromJavaScript(kept);
        assert.deepEqual(readBytes(written.serializeBinary()), written.toJavaScript());
      }),
      { numRuns: 200 },
    );
  });

  it("has its keys sorted, whatever order they arrive in, and null for an entry without a value", () => {
    const entries = ["b", "c", "a"].map((key): [number, Uint8Array] => [1, message([1, key])]);
    assert.deepEqual(Object.entries(readBytes(message(...entries)) as object), [
      ["a", null],
      ["b", null],
      ["c", null],
    ]);
  });

  it("ignores fields that a later version may add, at each level", () => {
    const later = [9, "later"] as const;
    const list = message([1, message([2, 1], later)], later, [1, message([3, "two"])], [1, message(later)]);
    const entries = [
      [1, message([1, "list"], later, [2, message([6, list])])],
      later,
      [1, message([1, "text"], [2, message([3, "x"])], later)],
      [1, message([1, "unknown"], [2, message(later)])],
    ] as const;
    assert.deepEqual(readBytes(message(...entries)), { list: [1, "two", null], text: "x", unknown: null });
  });
});
