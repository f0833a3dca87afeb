import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import { StackConfig } from "../../packages/rehearse/project/config";
import { readProject } from "../../packages/rehearse/project/project";
import { schema } from "../../stacks/settings";
import type { Setting } from "../../stacks/settings/fields";
import { MOVED } from "../../stacks/settings/former";
import { shapeOf } from "../../stacks/settings/read";
import { CliError } from "../../tools/cli/command";
import { migrate } from "../../tools/migrate-settings/migrate";
import type { Values } from "../../packages/rehearse/values";
import { ROOT, rehearseJson } from "../support/rehearse";

/** All keys of 0.1, from its Pulumi.yaml. */
const FORMER = (
  "domainName hostedZoneName subjectAlternativeNames certificateArn certificateKeyAlgorithm " +
  "certificateValidationMinutes availabilityZones vpcCidr natGateways flowLogRetentionDays tlsPolicy " +
  "hstsMaxAgeSeconds hstsIncludeSubDomains contentSecurityPolicy idleTimeoutSeconds accessLogRetentionDays " +
  "deletionProtection healthCheckPath healthCheckIntervalSeconds healthCheckTimeoutSeconds healthyThreshold " +
  "unhealthyThreshold deregistrationDelaySeconds loadBalancing targetGroupHealth capacityUnits zonalShift " +
  "connectionLogs healthCheckLogs routes maintenance proxy instanceTypeWeights instanceTypes imageId " +
  "rootVolumeGib detailedMonitoring minSize maxSize bootSeconds maxInstanceLifetimeDays cpuTargetPercent " +
  "requestsPerTargetPerMinute peakRequestsPerMinute spot warmPool drainSeconds instanceRefresh application " +
  "environment formerRelease tags permissionsBoundary peakCalendar blueGreen cdn waf internal " +
  "externalHealthCheck ipv6 statusFunction alarms dashboard"
).split(" ");

const PROJECT = readProject(ROOT);
const FIXTURES = join(ROOT, "test", "fixtures", "stack-files-0.1");

/** The `config` of a file after its migration. */
function configOf(source: string): unknown {
  return (parse(migrate("Pulumi.dev.yaml", source).text) as { readonly config: unknown }).config;
}

describe("migrate-settings", () => {
  for (const key of FORMER) {
    it(`knows where ${key} of version 0.1 is now`, () => {
      const config = configOf(`config:\n  web-store:${key}: here\n`);
      const [setting = "", field] = (MOVED[key] ?? key).split(".");
      const expected = field === undefined ? "here" : { [field]: "here" };
      assert.deepEqual(config, { [`web-store:${setting}`]: expected });
      const settings: Readonly<Record<string, Setting<unknown>>> = schema;
      const group = settings[setting] ?? assert.fail(`0.2 has no ${setting}`);
      assert.ok(field === undefined || Object.hasOwn(shapeOf(group).entries ?? {}, field), key);
    });
  }

  it("knows every setting that moved", () => {
    assert.deepEqual(
      Object.keys(MOVED).filter((key) => !FORMER.includes(key)),
      [],
    );
  });

  it("keeps comments, the schema line and the order, and removes settings that meant none", () => {
    const { text, changes } = migrate(
      "Pulumi.dev.yaml",
      `# yaml-language-server: $schema=stacks/settings.schema.json
# A store.
config:
  aws:region: eu-west-1
  # Three at the least.
  web-store:minSize: 3 # one a zone
  web-store:instanceTypeWeights: {m7g.large: {weight: 2}}
  # HAProxy.
  web-store:loadBalancing: {engine: haproxy, slowStartSeconds: 0}
  web-store:maxSize: "12"
  web-store:certificateArn: ""
  web-store:contentSecurityPolicy: ""
  web-store:tags: {Note: ""}
  web-store:peakCalendar:
    # Weekends.
    - {name: weekend, minSize: 0, maxSize: 9}
  web-store:warmPool: {minSize: 0}
encryptionsalt: v1:abc
`,
    );
    assert.equal(
      text,
      `# yaml-language-server: $schema=stacks/settings.schema.json
# A store.
config:
  aws:region: eu-west-1
  web-store:fleet:
    # Three at the least.
    minSize: 3 # one a zone
    maxSize: "12"
    warmPool: {minSize: 0}
  web-store:loadBalancing:
    instanceTypeWeights: {m7g.large: {weight: 2}}
    # HAProxy.
    engine: haproxy
  web-store:securityHeaders:
    contentSecurityPolicy: ""
  web-store:tags: {Note: ""}
  web-store:peakCalendar:
    # Weekends.
    - {name: weekend, maxSize: 9}
encryptionsalt: v1:abc
`,
    );
    assert.deepEqual(changes, [
      "removed web-store:loadBalancing.slowStartSeconds: 0, which meant none",
      'removed web-store:certificateArn: "", which meant none',
      "removed web-store:peakCalendar.minSize: 0, which meant none",
      "web-store:minSize is now fleet.minSize",
      "web-store:instanceTypeWeights is now loadBalancing.instanceTypeWeights",
      "web-store:maxSize is now fleet.maxSize",
      "web-store:contentSecurityPolicy is now securityHeaders.contentSecurityPolicy",
      "web-store:warmPool is now fleet.warmPool",
    ]);
    assert.deepEqual(migrate("Pulumi.dev.yaml", text), { text, changes: [] });
  });

  for (const [title, source, says] of [
    ["no YAML", "config: [", /got: {5}.+\n {2}allowed: YAML\n {2}remedy: {2}correct it first$/],
    ["no stack file", "name: web-store\n", /got: {5}no mapping under config\n/],
    [
      "a duplicate setting",
      "config:\n  web-store:minSize: 2\n  web-store:fleet: {minSize: 3}\n",
      /got: {5}fleet\.minSize twice, once under its key of 0\.1\n {2}allowed: one of the two\n/,
    ],
  ] as const) {
    it(`refuses ${title}`, () => {
      assert.throws(
        () => migrate("Pulumi.dev.yaml", source),
        (error) => error instanceof CliError && says.test(error.message),
      );
    });
  }

  it("prints its changes, and writes nothing if it cannot read a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "migrate-"));
    try {
      cpSync(FIXTURES, folder, { recursive: true });
      const [file, bad] = [join(folder, "Pulumi.dev.yaml"), join(folder, "bad.yaml")];
      const before = readFileSync(file, "utf8");
      writeFileSync(bad, "config: 1\n");
      const run = (...files: string[]) =>
        spawnSync("npm", ["run", "--silent", "migrate-settings", "--", ...files], {
          cwd: ROOT,
          encoding: "utf8",
        });
      const refused = run(file, bad);
      assert.equal(refused.status, 2, refused.stdout + refused.stderr);
      assert.match(refused.stderr, /bad\.yaml\n +got: {5}no mapping under config/);
      assert.equal(readFileSync(file, "utf8"), before);
      const done = run(file);
      assert.equal(done.status, 0, done.stderr);
      assert.match(done.stdout, /\n {2}web-store:minSize is now fleet\.minSize\n/);
      assert.equal(readFileSync(file, "utf8"), migrate(file, before).text);
      assert.match(run(file).stdout, /\n {2}nothing to do\n/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  /** A stack file of 0.1, in which instances used HTTP. */
  const byHttp = (source: string): { readonly config: Record<string, unknown> } => {
    const file = parse(source) as { readonly config: Record<string, unknown> };
    const { instanceProtocol: _, ...balancing } = (file.config["web-store:loadBalancing"] ?? {}) as Values;
    const { "web-store:loadBalancing": __, ...config } = file.config;
    const isLeft = Object.keys(balancing).length > 0;
    return { ...file, config: { ...config, ...(isLeft ? { "web-store:loadBalancing": balancing } : {}) } };
  };

  for (const name of readdirSync(FIXTURES)) {
    it(`converts ${name} of version 0.1 to an equivalent stack`, async () => {
      const now = name.startsWith("Pulumi.") ? name : join("examples", name);
      const folder = mkdtempSync(join(tmpdir(), "migrate-"));
      try {
        const file = join(folder, "stack.yaml");
        writeFileSync(file, migrate(name, readFileSync(join(FIXTURES, name), "utf8")).text);
        const expected = byHttp(readFileSync(join(ROOT, now), "utf8"));
        assert.deepEqual(parse(readFileSync(file, "utf8")), expected);
        const other = join(folder, "other.yaml");
        writeFileSync(other, stringify(expected));
        // As the program gets it: by the engine's YAML, which isn't parse's.
        const [given, wanted] = [file, other].map((each) => StackConfig.read(PROJECT, "dev", each).entries());
        assert.deepEqual(given, wanted);
        const { status, stderr } = await rehearseJson(["dev", "--mode", "up", "--config-file", file]);
        assert.ok(status === 0 || status === 1, stderr);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
