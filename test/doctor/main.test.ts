import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CHECKS } from "../../tools/doctor/checks";
import { readContext } from "../../tools/doctor/context";
import { examine } from "../../tools/doctor/examine";
import { type Answer, FakeCli } from "../support/fake-cli";
import { fork } from "../support/fork";
import { ROOT } from "../support/rehearse";

const PINNED = readFileSync(join(ROOT, ".github/pulumi-version"), "utf8").trim();
const NAME_SERVERS = ["ns-1.example.net", "ns-2.example.org"];

const OWN_TAGS = Object.entries({ Project: "web-store", Stack: "prod", ManagedBy: "Pulumi" }).map(
  ([Key, Value]) => ({ Key, Value }),
);

/** The answers for an account and a state in which prod can be deployed. */
const HEALTHY: Readonly<Record<string, Answer>> = {
  "pulumi version": { stdout: `v${PINNED}\n` },
  "pulumi stack export": { stdout: JSON.stringify({ version: 3, deployment: { resources: [] } }) },
  "pulumi config": { stdout: "{}" },
  "aws sts": {
    stdout: JSON.stringify({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:role/deploy" }),
  },
  "aws ec2 describe-availability-zones": {
    stdout: JSON.stringify({
      AvailabilityZones: ["a", "b", "c"].map((zone) => ({
        ZoneName: `eu-west-1${zone}`,
        State: "available",
      })),
    }),
  },
  "aws route53 list": {
    stdout: JSON.stringify({ HostedZones: [{ Id: "/hostedzone/Z1", Name: "shop.test." }] }),
  },
  "aws route53 get": { stdout: JSON.stringify({ DelegationSet: { NameServers: NAME_SERVERS } }) },
  "aws ec2 describe-instance-types": {
    stdout: JSON.stringify({ InstanceTypes: [{ VCpuInfo: { DefaultVCpus: 2 } }] }),
  },
  "aws ec2 describe-addresses": {
    // One address of another owner, and those of the stack's own gateways.
    stdout: JSON.stringify({ Addresses: [{}, ...["a", "b", "c"].map(() => ({ Tags: OWN_TAGS }))] }),
  },
  "aws service-quotas": { stdout: JSON.stringify({ Quota: { Value: 64 } }) },
};

describe("The doctor", () => {
  let dns: Socket;
  let delegated = NAME_SERVERS;
  before(async () => {
    dns = createSocket("udp4").on("message", (query, { port }) => dns.send(nsAnswer(query, delegated), port));
    dns.bind(0, "127.0.0.1");
    await once(dns, "listening");
  });
  afterEach(() => (delegated = NAME_SERVERS));
  after(() => dns.close());

  const started = (answers: Readonly<Record<string, Answer>>): Promise<FakeCli> =>
    FakeCli.start(["pulumi", "aws"], (program, args) => {
      const call = [program, ...args].join(" ");
      const known = Object.keys(answers).find((start) => call.startsWith(start));
      return known === undefined ? { status: 255, stderr: `unexpected: ${call}` } : answers[known];
    });
  const resolver = (): string => `127.0.0.1:${dns.address().port}`;

  /**
   * The results of some checks for prod, in this process; the whole doctor runs in its own process, which takes
   * seconds.
   */
  const examined = async (
    titles: readonly string[],
    answers: Readonly<Record<string, Answer>> = HEALTHY,
    edit = (text: string): string => text,
    project?: string,
  ): Promise<{ stdout: string; calls: readonly string[] }> => {
    const cli = await started(answers);
    const file = join(project ?? cli.project, "Pulumi.prod.yaml");
    writeFileSync(file, edit(readFileSync(file, "utf8")));
    const said: string[] = [];
    await cli.within(
      () =>
        examine(
          readContext("prod", resolver()),
          (line) => said.push(line),
          titles.map((title) => CHECKS.find((check) => check.title === title) ?? assert.fail(title)),
        ),
      project,
    );
    await cli.stop();
    return { stdout: `${said.join("\n")}\n`, calls: cli.calls };
  };

  it("prints a line for each check that passes", async () => {
    const cli = await started(HEALTHY);
    const { status, stdout, stderr } = await cli.run("doctor", ["prod", "--resolver", resolver()]);
    await cli.stop();
    assert.equal(status, 0, stdout + stderr);
    const lines = stdout.trim().split("\n");
    assert.equal(lines.filter((line) => line.startsWith("✓ ")).length, 13);
    assert.match(stdout, /✓ configuration {3}complete: \d+ resources, and the policies allow them\n/);
    assert.match(stdout, /✓ network {9}the stack creates its own\n/);
    assert.match(stdout, /✓ target groups {3}the stack creates its own\n/);
    assert.match(stdout, /✓ vCPU quota {6}24 of 64 at the maximum size\n/);
    assert.match(stdout, /✓ address quota {3}3 needed, 63 free\n/);
    assert.equal(lines.at(-1), "prod can be deployed.");
  });

  it("states a remedy for everything that is missing, and continues with the next check", async () => {
    delegated = ["ns.parked.example"];
    const titles = CHECKS.map(({ title }) => title).filter((title) => title !== "configuration");
    const { stdout } = await examined(titles, {
      ...HEALTHY,
      "pulumi version": { stdout: "v3.100.0\n" },
      "pulumi stack export": { stdout: JSON.stringify({ deployment: { pending_operations: [{}, {}] } }) },
      "pulumi config": { status: 255, stderr: "error: incorrect passphrase" },
      "aws sts": { status: 255, stderr: "An error occurred (ExpiredToken): The security token has expired" },
      "aws ec2 describe-availability-zones": { stdout: JSON.stringify({ AvailabilityZones: [] }) },
      "aws service-quotas": { stdout: JSON.stringify({ Quota: { Value: 3 } }) },
    });
    for (const says of [
      /✗ pulumi {10}3\.100\.0 isn't CI's/,
      /✗ state {11}2 pending operations[^]*remedy: pulumi refresh --stack prod/,
      /✗ secrets[^]*PULUMI_CONFIG_PASSPHRASE/,
      /✗ credentials[^]*remedy: sign in again/,
      /✗ zones {11}eu-west-1a, eu-west-1b, eu-west-1c can't be used/,
      /✗ hosted zone {5}shop\.test is delegated to ns\.parked\.example/,
      /✗ vCPU quota {6}all groups at their maximum size have 24 vCPUs, but the account may run only 3/,
      /✗ address quota {3}3 Elastic IP addresses are needed, others use 1/,
      /\nFix 8 first\.\n$/,
    ])
      assert.match(stdout, says);
  });

  /** Replaces the lines about the hosted zone. */
  const zoneLines =
    (...lines: readonly string[]) =>
    (text: string): string =>
      text.replace(/^ *web-store:hostedZoneName:.*$/m, lines.join("\n"));

  describe("for a target group that a route names", () => {
    const ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/others/0123456789abcdef";
    const BALANCER =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/one/0123456789abcdef";
    const GROUP = {
      TargetType: "ip",
      Protocol: "HTTPS",
      VpcId: "vpc-1",
      HealthCheckEnabled: true,
      LoadBalancerArns: [BALANCER],
    };
    const checked = async (group: object, balancerTags: readonly object[] = OWN_TAGS): Promise<string> => {
      const { stdout } = await examined(
        ["target groups", "vCPU quota"],
        {
          ...HEALTHY,
          "aws ec2 describe-vpcs": { stdout: JSON.stringify({ Vpcs: [{ VpcId: "vpc-1" }] }) },
          "aws elbv2 describe-target-groups": { stdout: JSON.stringify({ TargetGroups: [group] }) },
          "aws elbv2 describe-tags": {
            stdout: JSON.stringify({ TagDescriptions: [{ Tags: balancerTags }] }),
          },
        },
        zoneLines(
          "  web-store:hostedZoneName: shop.test",
          "  web-store:proxy: { standby: true, maxSize: 5 }",
          "  web-store:applications: { search: { priority: 200, paths: [/search/*], fleet: { maxSize: 7 } } }",
          `  web-store:routes: { others: { priority: 100, paths: [/others/*], targetGroupArn: "${ARN}" } }`,
        ),
      );
      return stdout;
    };

    it("reports that it fits, and counts the vCPUs of other applications and proxies", async () => {
      const stdout = await checked(GROUP);
      assert.match(
        stdout,
        /✓ target groups {3}1 from elsewhere, with health checks and without another load balancer\n/,
      );
      // The store's 12, the application's 7, and 5 proxies, with 2 vCPUs each.
      assert.match(stdout, /✓ vCPU quota {6}48 of 64 at the maximum size\n/);
    });

    it("reports everything that does not fit at once, with the place that names it", async () => {
      const stdout = await checked(
        { ...GROUP, Protocol: "TCP", VpcId: "vpc-2", HealthCheckEnabled: false },
        [],
      );
      for (const says of [
        /✗ target groups {3}routes\.others: arn:\S+ uses TCP, but an Application Load Balancer supports HTTP and HTTPS/,
        /arn:\S+ is in vpc-2, but the stack is in vpc-1/,
        /arn:\S+ has no health check/,
        /arn:\S+ belongs to arn:\S+, but a target group can have only one load balancer/,
        /\n {18}remedy: name a suitable target group, or fix this one\n/,
      ])
        assert.match(stdout, says);
    });
  });

  it("requires no hosted zone if others create the records", async () => {
    const { stdout, calls } = await examined(["hosted zone"], HEALTHY, zoneLines("  web-store:dns: none"));
    assert.match(stdout, /✓ hosted zone {5}none: the deployment prints the records for your DNS\n/);
    assert.deepEqual(
      calls.filter((call) => call.startsWith("aws route53")),
      [],
    );
  });

  it("looks up the hosted zone with the role to assume, and reports missing permissions", async () => {
    const zone = zoneLines(
      "  web-store:hostedZoneName: shop.test",
      "  web-store:hostedZoneRoleArn: arn:aws:iam::210987654321:role/store-dns",
    );
    const assume = "aws sts assume-role --role-arn arn:aws:iam::210987654321:role/store-dns";
    const Credentials = { AccessKeyId: "AKIA", SecretAccessKey: "secret", SessionToken: "token" };
    const assumes = { [assume]: { stdout: JSON.stringify({ Credentials }) }, ...HEALTHY };
    const given = await examined(["hosted zone"], assumes, zone);
    assert.match(
      given.stdout,
      /✓ hosted zone {5}shop\.test is delegated to the account of hostedZoneRoleArn\n/,
    );
    assert.ok(given.calls.some((call) => call.startsWith(assume)));

    const denied = "An error occurred (AccessDenied) when calling the AssumeRole operation";
    const denies = { [assume]: { status: 254, stderr: denied }, ...HEALTHY };
    const { stdout } = await examined(["hosted zone"], denies, zone);
    assert.match(stdout, /✗ hosted zone[^]*remedy: [^]*hostedZoneRoleArns/);
  });

  it("shows every error in the settings with its remedy, however many there are, but no password", async () => {
    const FAULTY = [
      "fleet.minSize",
      "fleet.maxSize",
      "fleet.drainSeconds",
      "securityHeaders.hstsMaxAgeSeconds",
      "telemetry.otlp.endpoint",
      "minsize",
    ];
    const cli = await started(HEALTHY);
    const file = join(cli.project, "Pulumi.prod.yaml");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("    minSize: 3\n", "    minSize: 0\n")
        .replace("    maxSize: 12\n", "    maxSize: 0\n")
        .replace("    drainSeconds: 90\n", "    drainSeconds: -1\n")
        .concat("  web-store:securityHeaders: {hstsMaxAgeSeconds: -1}\n  web-store:minsize: 3\n")
        .concat('  web-store:telemetry: { otlp: { endpoint: "https://user:hunter2@otlp.example.com" } }\n'),
    );
    const { status, stdout, stderr } = await cli.run("doctor", ["prod", "--resolver", resolver()]);
    await cli.stop();
    assert.equal(status, 1, stdout + stderr);
    const [, said = ""] = /✗ configuration ([^]*?)\n✓ state/.exec(stdout) ?? [];
    for (const key of FAULTY) assert.match(said, new RegExp(`web-store:${key}\n`), said);
    assert.equal(said.match(/remedy: /g)?.length, FAULTY.length, said);
    assert.match(stdout, /Pulumi\.prod\.yaml, web-store:telemetry: otlp\.example\.com\n/);
    assert.match(said, /telemetry\.otlp\.endpoint\n +got: +https:\/\/…@otlp\.example\.com\n/);
    assert.ok(!(stdout + stderr).includes("hunter2"), stdout);
  });

  it("names the remaining placeholders", async () => {
    const folder = fork();
    const { stdout } = await examined(["placeholders", "state"], HEALTHY, undefined, folder);
    rmSync(folder, { recursive: true });
    assert.match(
      stdout,
      /✗ placeholders {4}placeholders are left:\n +Pulumi\.prod\.yaml, web-store:domainName:/,
    );
    assert.match(stdout, /✓ state {11}reachable/);
  });

  it("knows only stacks that have a file", async () => {
    const cli = await FakeCli.start(["pulumi"], () => ({}));
    const { status, stderr } = await cli.run("doctor", ["staging", "--resolver", "nowhere"]);
    await cli.stop();
    assert.equal(status, 2);
    assert.equal(
      stderr,
      `doctor: there is no stack "staging": ${cli.project}/Pulumi.staging.yaml doesn't exist; the stacks are dev, prod. ` +
        "To create it, add its file and run pulumi stack init staging\n",
    );
  });
});

/** A DNS answer to a query for name servers. Source: RFC 1035, section 4.1. */
function nsAnswer(query: Buffer, servers: readonly string[]): Buffer {
  const end = query.indexOf(0, 12) + 5;
  const name = (text: string): Buffer =>
    Buffer.concat([
      ...text.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
      Buffer.from([0]),
    ]);
  const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, servers.length, 0, 0, 0, 0]);
  const records = servers.map((server) => {
    const data = name(server);
    return Buffer.concat([Buffer.from([0xc0, 12, 0, 2, 0, 1, 0, 0, 0, 60, 0, data.length]), data]);
  });
  return Buffer.concat([header, query.subarray(12, end), ...records]);
}
