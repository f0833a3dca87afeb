import assert from "node:assert/strict";

import type { Values } from "../../packages/rehearse/values";
import { refusedDescriptions, refusedTags } from "../support/aws-limits";
import { type Graph, type JsonRun, rehearseStacks } from "../support/rehearse";

const TYPES = [
  "t4g.micro",
  "t4g.small",
  "t4g.medium",
  "t4g.large",
  "m7g.medium",
  "m7g.large",
  "m7g.xlarge",
  "m6g.large",
  "m6g.xlarge",
  "c7g.large",
];
const tags = (count: number, prefix: string): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}-${index}`, "x"]));

const everything = {
  "aws:region": "eu-west-1",
  // The maximum that Route 53's limit leaves.
  "aws:defaultTags": { tags: tags(6, "default") },
  "web-store:domainName": "store.example.com",
  "web-store:hostedZoneName": "example.com",
  "web-store:network.availabilityZones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  "web-store:tags": tags(34, "own"),
  "web-store:network.natGateways": "none",
  "web-store:network.ipv6": true,
  "web-store:fleet.instanceTypes": TYPES,
  "web-store:loadBalancing.instanceTypeWeights": Object.fromEntries(
    TYPES.map((type) => [type, { weight: 2 }]),
  ),
  "web-store:loadBalancing": { engine: "haproxy", algorithm: "weightedRoundRobin" },
  "web-store:blueGreen": { enabled: true, fillIdle: true },
  "web-store:application": { source: "store" },
  "web-store:statusFunction": { enabled: true },
  "web-store:dashboard": true,
};

/** All features, in two stacks, because a store can't be both public and internal. */
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  outside: {
    ...everything,
    "web-store:cdn": { enabled: true },
    "web-store:waf": { enabled: true },
    "web-store:externalHealthCheck": { enabled: true },
    "web-store:alarms": { enabled: true, emailAddresses: ["oncall@example.com"] },
    "web-store:fleet.warmPool": { state: "stopped" },
    "web-store:routes": { cart: { priority: 100, paths: ["/cart"] } },
    "web-store:maintenance": { enabled: true },
    "web-store:peakCalendar": [
      {
        name: "weekend",
        days: ["sat"],
        start: "10:00",
        end: "23:00",
        timeZone: "Europe/Dublin",
        minSize: 4,
        warmPoolSize: 2,
        capacityUnits: 200,
        muteAlarms: ["shop-orders"],
      },
    ],
  },
  inside: {
    ...everything,
    "web-store:internal": { enabled: true, sourceRanges: ["10.8.0.0/16"] },
    "web-store:certificate.subjectAlternativeNames": ["www.store.example.com"],
  },
};

describe("A stack with as many tags as allowed", () => {
  let run: JsonRun;
  before(async () => {
    run = await rehearseStacks(STACKS);
  });
  const graphs = (): Graph[] => Object.keys(STACKS).map((stack) => run.graph("up", stack));

  it("puts no more tags on a resource than AWS allows, and no two that IAM treats as equal", () => {
    assert.deepEqual(graphs().flatMap(refusedTags), []);
  });

  it("puts all of them on resources that allow fifty, and the stack's own on S3 objects and in Route 53", () => {
    const [outside] = graphs();
    const tagged = outside?.resources.filter(({ inputs }) => "tagsAll" in inputs) ?? [];
    const few = tagged.filter(({ inputs }) => !("own-33" in (inputs["tagsAll"] as Values)));
    assert.ok(tagged.length > 80, String(tagged.length));
    assert.deepEqual(few.map(({ name }) => name).sort(), ["web-store-external", "web-store-program"]);
    for (const { inputs } of few) {
      const { Project, Stack, ManagedBy, Name } = inputs["tags"] as Values;
      assert.deepEqual([Project, Stack, ManagedBy], ["web-store", "outside", "Pulumi"]);
      assert.match(String(Name), /^web-store-/);
    }
  });

  it("describes security groups and their rules in characters that EC2 accepts, with all features on", () => {
    assert.deepEqual(graphs().flatMap(refusedDescriptions), []);
  });
});
