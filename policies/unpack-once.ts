/**
 * Lets all policies of the pack share what the policy SDK unpacks from a message. The SDK unpacks each resource again
 * for each policy, which takes longer than most rules, and at stack level the whole stack. The rules do not change what
 * they receive, so they can share one copy. An SDK with a different structure is left unchanged. See
 * docs/decisions/045-rules-share-what-the-sdk-unpacks.md.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/server.ts`, which calls these functions for each policy.
 */
// `require` returns the module object that the SDK uses; an ES import would be a copy.
import deserialize = require("@pulumi/policy/deserialize");
import proxy = require("@pulumi/policy/proxy");
import analyzer = require("@pulumi/pulumi/proto/analyzer_pb");
import type { AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import { keepsStacks } from "./shown-stack";
import { type Reader, readStruct } from "./struct-on-wire";

/** A resource's properties in a message. */
type Struct = NonNullable<ReturnType<AnalyzerResource["getProperties"]>>;

/** The parts of protobuf's `struct_pb` that are used here. */
interface StructModule {
  readonly Struct: { deserializeBinaryFromReader(this: void, struct: Struct, reader: Reader): Struct };
  readonly Value: { fromJavaScript(value: unknown): ReturnType<ReturnType<Struct["getFieldsMap"]>["get"]> };
}

/** A function of an SDK module that converts an object. */
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

/** Makes a module's function convert each object only once. The result is kept with the object. */
function shareResultsOf(module: object, name: string): void {
  const functions = module as Record<string, Unpack | undefined>;
  const unpack = functions[name];
  if (typeof unpack !== "function") return;
  const made = Symbol(name);
  functions[name] = (of, ...rest) => {
    // With any option but `false`, the message is unpacked for a policy that changes what it receives.
    if (rest.some((option) => option !== false)) return unpack(of, ...rest);
    const known = (of as Record<symbol, object | undefined>)[made];
    if (known !== undefined) return known;
    const value = unpack(of, ...rest);
    Object.defineProperty(of, made, { value });
    return value;
  };
}

/** The copy of protobuf's `struct_pb` that the SDK's messages use; undefined if they use something else. */
function structModule(): StructModule | undefined {
  const paths = [require.resolve("@pulumi/pulumi/package.json")];
  try {
    // Resolved from the SDK's location.
    return require(require.resolve("google-protobuf/google/protobuf/struct_pb", { paths })) as StructModule;
  } catch {
    return undefined;
  }
}

/**
 * Converts each struct of a message to a plain object while it is read. As messages, the properties of a large stack
 * need many times the memory and more than three times as long. The struct's fields remain available.
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
