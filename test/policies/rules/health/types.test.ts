import assert from "node:assert/strict";
import * as types from "../../../../policies/rules/health/types";
import { tokensOf } from "../tls/support";

const MODULES = {
  TARGET_GROUP_ATTACHMENT: ["lb/targetGroupAttachment", "alb/targetGroupAttachment"],
  ECS_SERVICE: ["ecs/service"],
  ECS_TASK_SET: ["ecs/taskSet"],
  CODE_DEPLOY_GROUP: ["codedeploy/deploymentGroup"],
  SPOT_FLEET_REQUEST: ["ec2/spotFleetRequest"],
} as const satisfies Record<keyof typeof types, readonly string[]>;

describe("the types of the area health", () => {
  for (const [table, modules] of Object.entries(MODULES)) {
    it(`have under ${table} every type token and alias of the SDK`, () => {
      assert.deepEqual([...types[table as keyof typeof types]].sort(), tokensOf(...modules));
    });
  }
});
