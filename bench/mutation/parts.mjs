/** The areas of rules, each a folder of `policies/rules` and of `test/policies/rules`. */
const AREAS = ["tls", "health", "exposure", "evasion", "refused-by-aws", "resilience", "observability"];

/** Of `stacks/`, what makes resources; the rest are settings. */
const BUILDS = [
  "context",
  "index",
  "outputs",
  "store",
  "us-east-1",
  "*/index",
  "application/user-data",
  "certificate/plan",
  "network/addresses",
  "proxy/user-data",
  "release/release-command",
  "telemetry/agent",
].map((name) => `stacks/${name}.ts`);

/** Of `components/`, what only computes. */
const CALCULATIONS = [
  "calendar/{compile,freezes,levels,overlaps,wall-clock,windows}",
  "chunks",
  "colours",
  "naming",
  "edge/{cloudfront,managed-rules,web-acl-capacity}",
  "fleet/{instance-type,refresh}",
  "load-balancer/{forwarding,security-headers,target-group-health,traffic-policy}",
  "network/{address-range,cidr,ipv6}",
].map((name) => `components/${name}.ts`);

/**
 * What can be mutated at a time. Of each part: the score to reach, in per cent; its sources, as Stryker takes them; the
 * compiled tests that have to find its faults, none of which may ask another process; and whether these rehearse. Tests
 * that do share what they have rehearsed with the other tests of their file.
 *
 * @type {Record<string, { goal: number, mutate: string[], tests: string[], rehearses?: boolean }>}
 */
export const PARTS = {
  // The core, which all rules share.
  core: {
    goal: 90,
    mutate: ["policies/*.ts", "policies/rules/*.ts", "!policies/index.ts"],
    tests: ["test/policies/**/*.test.js"],
  },
  // Of an area its own tests, and those of the whole pack.
  ...Object.fromEntries(
    AREAS.map((area) => [
      area,
      {
        goal: 90,
        mutate: [`policies/rules/${area}/**/*.ts`],
        tests: [
          `test/policies/rules/${area}/**/*.test.js`,
          "test/policies/rules/haproxy.test.js",
          "test/policies/*.test.js",
        ],
      },
    ]),
  ),
  settings: {
    goal: 85,
    mutate: ["stacks/**/*.ts", ...BUILDS.map((path) => `!${path}`)],
    tests: [
      "test/stacks/settings.test.js",
      "test/stacks/settings/*.test.js",
      "test/stacks/*-settings.test.js",
    ],
  },
  components: {
    goal: 85,
    mutate: CALCULATIONS,
    tests: ["test/components/*.test.js", "test/components/calendar/*.test.js"],
  },
  engine: {
    goal: 85,
    mutate: ["packages/rehearse/engine/*.ts"],
    tests: [
      "engine/*",
      "door",
      "engine-rules",
      "plan-options",
      "programs",
      "resource-options",
      "secrets",
    ].map((name) => `test/rehearse/${name}.test.js`),
    rehearses: true,
  },
};
