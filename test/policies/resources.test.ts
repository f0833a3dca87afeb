import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as resources from "../../policies/resources";

/** The modules of `@pulumi/aws` that serve each kind of resource. */
const MODULES = {
  LISTENER: ["lb/listener", "alb/listener"],
  LISTENER_RULE: ["lb/listenerRule", "alb/listenerRule"],
  CLASSIC_LOAD_BALANCER: ["elb/loadBalancer"],
  TARGET_GROUP: ["lb/targetGroup", "alb/targetGroup"],
  AUTO_SCALING_GROUP: ["autoscaling/group"],
  ATTACHMENT: ["autoscaling/attachment"],
  TRAFFIC_SOURCE_ATTACHMENT: ["autoscaling/trafficSourceAttachment"],
} as const;

describe("the table of resource types", () => {
  for (const [table, modules] of Object.entries(MODULES)) {
    it(`has under ${table} every type token and alias of the SDK`, () => {
      const tokens = modules.flatMap((module) => {
        const source = readFileSync(require.resolve(`@pulumi/aws/${module}`), "utf8");
        const own = /__pulumiType = '([^']+)'/.exec(source)?.[1];
        assert.ok(own, `no type token in ${module}`);
        const aliases = /aliases: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
        return [own, ...[...aliases.matchAll(/type: "([^"]+)"/g)].map(([, alias]) => alias!)];
      });
      assert.deepEqual([...resources[table as keyof typeof MODULES]].sort(), tokens.sort());
    });
  }
});
