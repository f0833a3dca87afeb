import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";

import type { UserDataArgs } from "../../components/fleet/user-data";

/** Minimal arguments of an instance: only the built-in page. */
export const store: UserDataArgs = {
  title: "store.example.com",
  port: 8080,
  healthCheckPath: "/healthz",
  idleTimeoutSeconds: 60,
  application: { source: "builtin" },
  environment: {},
  lifecycle: undefined,
  agentPort: undefined,
  releaseCommand: undefined,
  tlsPort: undefined,
  version: "http1",
  stopSeconds: 0,
  region: "eu-west-1",
};

/** The script in a launch template's user data, compressed or not. */
export function scriptIn(userData: unknown): string {
  const bytes = Buffer.from(String(userData), "base64");
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** Text of letters and digits that hardly compresses; the same length gives the same text. */
export function noise(length: number): string {
  const blocks = Array.from({ length: Math.ceil(length / 86) }, (_, index) =>
    createHash("sha512").update(String(index)).digest("base64url"),
  );
  return blocks.join("").slice(0, length);
}
