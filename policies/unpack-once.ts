/**
 * Lets all policies of the pack share what the policy SDK unpacks from a message. The SDK unpacks each resource anew for
 * each policy, which takes longer than most rules, and at stack level holds the whole stack once for each. The rules
 * only read what they are given, so one copy will do for all. An SDK that looks different is left as it is.
 * See docs/decisions/045-rules-share-what-the-sdk-unpacks.md.
 *
 * Source: pulumi/pulumi-policy `sdk/nodejs/policy/server.ts`, which calls both functions for each policy.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- an ES import would be a copy, which the SDK doesn't read */
import deserialize = require("@pulumi/policy/deserialize");
import proxy = require("@pulumi/policy/proxy");
/* eslint-enable @typescript-eslint/no-require-imports */

/** A function of one of the SDK's modules that makes one object of another. */
type Unpack = (of: object, ...rest: unknown[]) => object;

shareResultsOf(deserialize, "deserializeProperties");
shareResultsOf(proxy, "unknownCheckingProxy");

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
