import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonDiff } from "../../packages/rehearse/report/json";
import type { JsonResource } from "../../packages/rehearse/report/json";
import { type Graph, pack, rehearseWarm, rehearseJson } from "../support/rehearse";
import { type Changes, stackFile } from "../support/stack-file";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const GROUP = "aws:autoscaling/group:Group";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LISTENER = "aws:lb/listener:Listener";
const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGETS = "aws:lb/targetGroup:TargetGroup";

/** Everything that has a target group: two colours, proxies, and the status function. */
const base = {
  "aws:region": "eu-west-1",
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b"],
  "web-store:fleet.instanceTypes": ["m7g.large", "m6g.large"],
  "web-store:deletionProtection": false,
  "web-store:blueGreen": { enabled: true, fillIdle: true },
  "web-store:proxy": { standby: true },
  "web-store:statusFunction": { enabled: true },
  "web-store:routes": { cart: { priority: 100, paths: ["/cart"] } },
};
const OPEN = { ...base, "web-store:cdn": { enabled: true, origin: "open" } };
const WITHIN = { ...base, "web-store:cdn": { enabled: true } };

/** The stack before and after, by the test's title. */
const SWITCHES = {
  "turned internal": [base, { ...base, "web-store:internal": { enabled: true } }],
  "turned to CloudFront's way into the VPC": [OPEN, WITHIN],
  "turned from CloudFront's way into the VPC": [WITHIN, OPEN],
} as const;

for (const [title, [was, is]] of Object.entries(SWITCHES)) {
  describe(`A load balancer that is ${title}`, () => {
    let graph: Graph;
    let diff: JsonDiff;
    before(async () => {
      const dir = mkdtempSync(join(tmpdir(), "balancer-"));
      try {
        const file = (name: string, config: Changes): string => {
          writeFileSync(join(dir, `${name}.yaml`), stackFile(config));
          return join(dir, `${name}.yaml`);
        };
        const up = ["store", "--mode", "up", "--policy-pack", pack("allows"), "--config-file"];
        const state = join(dir, "state.json");
        const first = await rehearseWarm([...up, file("before", was), "--export", state]);
        assert.equal(first.status, 0, first.stderr);
        const run = await rehearseJson([...up, file("after", is), "--against", state]);
        assert.equal(run.status, 0, run.stderr);
        graph = run.graph("up");
        diff = graph.stack.diff ?? assert.fail("no diff");
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    });
    const replaced = (): Set<string> => new Set(diff.replace.map(({ urn }) => urn));

    it("is replaced with its listeners and target groups: none is shared between two balancers", () => {
      const all = [BALANCER, TARGETS, LISTENER, RULE].flatMap((type) => graph.ofType(type));
      assert.equal(graph.ofType(TARGETS).length, 4);
      assert.deepEqual(
        all.filter(({ urn }) => !replaced().has(urn)).map(({ name }) => name),
        [],
      );
    });

    it("is created before the old one is deleted: names are generated anew", () => {
      for (const { inputs, name } of [BALANCER, TARGETS].flatMap((type) => graph.ofType(type)))
        assert.match(String(inputs["name"]), /-[0-9a-f]{7}$/, name);
    });

    it("gets the instances, which are kept, once it may reach them", () => {
      const rules = graph.ofType(INGRESS).filter(({ name }) => name.endsWith("-instance-from-load-balancer"));
      assert.equal(rules.length, 3);
      assert.deepEqual(
        rules.filter(({ urn }) => !replaced().has(urn)).map(({ name }) => name),
        [],
      );
      const updated = new Map(diff.update.map(({ urn, properties }) => [urn, properties]));
      for (const group of graph.ofType(GROUP)) {
        assert.ok(updated.get(group.urn)?.includes("targetGroupArns"), group.name);
        const waitsFor = [...group.dependencies, ...(group.propertyDependencies["targetGroupArns"] ?? [])];
        const kinds = graph.resources.filter(({ urn }) => waitsFor.includes(urn)).map(typeOf);
        for (const kind of [INGRESS, LISTENER]) assert.ok(kinds.includes(kind), `${group.name}: ${kind}`);
      }
    });
  });
}

const typeOf = ({ type }: JsonResource): string => type;
