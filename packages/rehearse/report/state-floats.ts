/**
 * Numbers that JSON can't represent, as a state writes them: their 64 bits in hexadecimal digits.
 *
 * Source: pulumi/pulumi `pkg/resource/stack/deployment.go`, `SerializePropertyValue`.
 */
import { isMap, SIGNATURE, type Value, type Values } from "../values";

const FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c";

/** The representation of NaN and the infinities in a state; undefined for any other value. */
export function floatInState(value: Value): Values | undefined {
  if (typeof value !== "number" || Number.isFinite(value)) return undefined;
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(value);
  return { [SIGNATURE]: FLOAT, value: bits.toString("hex") };
}

/** The number that such a representation stands for; undefined for any other value. */
export function floatOfState(value: Value): number | undefined {
  if (!isMap(value) || value[SIGNATURE] !== FLOAT) return undefined;
  const { value: digits } = value;
  const bits = Buffer.from(typeof digits === "string" ? digits : "", "hex");
  return bits.length === 8 ? bits.readDoubleBE() : undefined;
}
