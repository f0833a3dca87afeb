import assert from "node:assert/strict";
import { join } from "node:path";
import { check, create, type CloudContext, type Created } from "../../../packages/rehearse/cloud/index";
import type { Value, Values } from "../../../packages/rehearse/values";

/** This checkout serves as the program, because it has the SDKs installed. */
export const up: CloudContext = {
  mode: "up",
  region: "eu-central-1",
  accountId: "123456789012",
  partition: "aws",
  programDir: join(__dirname, "../../.."),
};
export const preview: CloudContext = { ...up, mode: "preview" };

export const urnOf = (type: string, name: string): string => `urn:pulumi:dev::shop::${type}::${name}`;

/** Runs Check and Create on a resource as the engine does. */
export function made(type: string, name: string, inputs: Values = {}, context: CloudContext = up): Created {
  const urn = urnOf(type, name);
  return create(type, name, urn, check(type, name, urn, inputs, context).inputs, context);
}

/** A value that must be a string. */
export function text(value: Value | undefined): string {
  assert.ok(typeof value === "string", `${JSON.stringify(value)} is no text`);
  return value;
}
