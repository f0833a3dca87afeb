/**
 * Lets all policies of the pack share what the policy SDK unpacks from a message. The SDK unpacks each resource anew for
 * each policy, which takes longer than most rules, and at stack level makes the whole stack anew for each. The rules
 * only read what they are given, so one copy will do for all. An SDK that looks different is left as it is.
 * See docs/decisions/045-rules-share-what-the-sdk-unpacks.md.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/server.ts`, which calls these functions for each policy.
 */
// Required: an ES import would be a copy, which the SDK doesn't read.
import deserialize = require("@pulumi/policy/deserialize");
import proxy = require("@pulumi/policy/proxy");
import analyzer = require("@pulumi/pulumi/proto/analyzer_pb");
import type { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { keepsStacks } from "./shown-stack";
import { type Reader, readStruct } from "./struct-on-wire";

/** A resource's properties in a message. */
type Struct = NonNullable<ReturnType<AnalyzerResource["getProperties"]>>;

/** What of protobuf's `struct_pb` is used here. */
interface StructModule {
  readonly Struct: { deserializeBinaryFromReader(this: void, struct: Struct, reader: Reader): Struct };
  readonly Value: { fromJavaScript(value: unknown): ReturnType<ReturnType<Struct["getFieldsMap"]>["get"]> };
}

/** A function of one of the SDK's modules that makes one object of another. */
type Unpack = (of: object, ...rest: unknown[]) => object;

shareResultsOf(deserialize, "deserializeProperties");
shareResultsOf(proxy, "unknownCheckingProxy");
keepsStacks(analyzer.AnalyzeStackRequest.prototype, (properties) => {
  const { deserializeProperties } = deserialize as unknown as { deserializeProperties: Unpack };
  const { unknownCheckingProxy } = proxy as unknown as { unknownCheckingProxy: Unpack };
  return unknownCheckingProxy(deserializeProperties(properties, false));
});
const protobuf = structModule();
if (protobuf !== undefined) unpackOnArrival(protobuf);

/** Has a module's function make the same of the same object, once. What it made is kept with the object, unseen. */
function shareResultsOf(module: object, name: string): void {
  const functions = module as Record<string, Unpack | undefined>;
  const unpack = functions[name];
  if (typeof unpack !== "function") return;
  const made = Symbol(name);
  functions[name] = (of, ...rest) => {
    // With anything but `false` beside it, the message is unpacked for a policy that changes what it is given.
    if (rest.some((option) => option !== false)) return unpack(of, ...rest);
    const known = (of as Record<symbol, object | undefined>)[made];
    if (known !== undefined) return known;
    const value = unpack(of, ...rest);
    Object.defineProperty(of, made, { value });
    return value;
  };
}

/** Protobuf's `struct_pb`, the copy that the SDK's messages are made of; undefined if they are made of something else. */
function structModule(): StructModule | undefined {
  const paths = [require.resolve("@pulumi/pulumi/package.json")];
  try {
    // Found from where the SDK is.
    return require(require.resolve("google-protobuf/google/protobuf/struct_pb", { paths })) as StructModule;
  } catch {
    return undefined;
  }
}

/**
 * Has each struct of a message become a plain object as it is read: as messages the properties of a large stack take many
 * times the memory, all at the same time, and more than three times as long. Whoever asks for its fields nevertheless
 * gets them.
 */
function unpackOnArrival({ Struct, Value }: StructModule): void {
  Struct.deserializeBinaryFromReader = (struct, reader) => {
    const plain = readStruct(reader);
    return Object.assign(struct, {
      toJavaScript: () => plain,
      getFieldsMap(this: Partial<Struct>) {
        delete this.toJavaScript;
        delete this.getFieldsMap;
        const fields = struct.getFieldsMap();
        for (const [key, value] of Object.entries(plain)) fields.set(key, Value.fromJavaScript(value)!);
        return fields;
      },
    });
  };
}
