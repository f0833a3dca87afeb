/** The areas of rules, each a folder of `policies/rules` and of `test/policies/rules`. */
const AREAS = ["tls", "health", "exposure", "evasion", "refused-by-aws", "resilience", "observability"];

/** The parts of `stacks/` that create resources; the rest are settings. */
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

/** The parts of `components/` that only compute. */
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
 * The parts that can be mutated separately. For each part: the score to reach, in per cent; its sources, as Stryker
 * takes them; the compiled tests that have to find its mutants, none of which may use another process; and whether
 * these tests rehearse. Tests that rehearse share the results with the other tests in their file.
 *
 * @type {Record<string, { goal: number, mutate: string[], tests: string[], rehearses?: boolean }>}
 */
export const PARTS = {
  // The core, which all rules use.
  core: {
    goal: 90,
    mutate: ["policies/*.ts", "policies/rules/*.ts", "!policies/index.ts"],
    tests: ["test/policies/**/*.test.js"],
  },
  // An area's own tests, and those of the whole pack.
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
