import assert from "node:assert/strict";
import * as types from "../../../../policies/rules/observability/types";
import { tokensOf } from "../tls/support";

const MODULES = {
  LOAD_BALANCER: ["lb/loadBalancer", "alb/loadBalancer"],
  METRIC_ALARM: ["cloudwatch/metricAlarm"],
} as const satisfies Record<keyof typeof types, readonly string[]>;

describe("the types of the area observability", () => {
  for (const [table, modules] of Object.entries(MODULES)) {
    it(`have under ${table} every type token and alias of the SDK`, () => {
      assert.deepEqual([...types[table as keyof typeof types]].sort(), tokensOf(...modules));
    });
  }
});
