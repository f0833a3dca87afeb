import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { MAX_USER_DATA_BYTES } from "../../components/fleet/user-data";
import { Authority } from "../support/certificates";
import { describeWith, itWith } from "../support/programs";
import { decode } from "../support/proxy-user-data";
import { type Graph, rehearseJson } from "../support/rehearse";
import type { JsonResource } from "../../packages/rehearse/report/json";
import type { Values } from "../../packages/rehearse/values";

const GROUP = "aws:autoscaling/group:Group";
const POLICY = "aws:autoscaling/policy:Policy";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

describe("A store behind its own proxies", () => {
  let graph: Graph;
  before(async () => {
    const run = await rehearseJson(["--config-file", "examples/haproxy.yaml", "--mode", "up"]);
    graph = run.graph("up", "haproxy");
  });

  const nameOf = (arn: unknown): string =>
    graph.ofType(TARGET_GROUP).find(({ outputs }) => outputs["arn"] === arn)?.name ?? "none";
  const weightsIn = (action: unknown): Record<string, unknown> => {
    const { targetGroups } = (action as Values)["forward"] as { targetGroups: Values[] };
    return Object.fromEntries(targetGroups.map(({ arn, weight }) => [nameOf(arn), weight]));
  };
  const tagsOf = (group: JsonResource): Record<string, unknown> =>
    Object.fromEntries((group.inputs["tags"] as Values[]).map(({ key, value }) => [String(key), value]));

  it("sends all requests to the proxies, and keeps checking the instances for Auto Scaling", () => {
    const wanted = { "web-store-instances": 0, "web-store-green": 0, "web-store-proxies": 1 };
    const listener = graph.one("aws:lb/listener:Listener", "web-store-https");
    const rule = graph.one("aws:lb/listenerRule:ListenerRule", "web-store-everything");
    const [byDefault] = listener.inputs["defaultActions"] as unknown[];
    const [byRule] = rule.inputs["actions"] as unknown[];
    assert.deepEqual([weightsIn(byDefault), weightsIn(byRule)], [wanted, wanted]);
    for (const { inputs } of graph.ofType(GROUP)) assert.equal(inputs["healthCheckType"], "ELB");
  });

  it("encrypts traffic to the proxies, including health checks", () => {
    const { protocol, port, healthCheck } = graph.one(TARGET_GROUP, "web-store-proxies").inputs;
    const check = healthCheck as Values;
    assert.deepEqual(
      [protocol, port, check["protocol"], check["path"]],
      ["HTTPS", 8443, "HTTPS", "/proxy-health"],
    );
  });

  it("has proxies in all zones, at least one in each", () => {
    const { inputs } = graph.one(GROUP, "web-store-proxy-fleet");
    assert.equal((inputs["vpcZoneIdentifiers"] as unknown[]).length, 3);
    assert.deepEqual([inputs["minSize"], inputs["maxSize"], inputs["minElbCapacity"]], [3, 9, 3]);
    assert.equal(tagsOf(graph.one(GROUP, "web-store-proxy-fleet"))["Name"], "web-store-proxy-ec2-instance");
  });

  it("lets only proxies reach instances, on the store's port and the agent's", () => {
    const ports = (type: string, name: RegExp): unknown[] =>
      graph
        .ofType(type)
        .filter((rule) => name.test(rule.name))
        .map(({ inputs }) => inputs["fromPort"])
        .sort();
    assert.deepEqual(ports(EGRESS, /^web-store-proxy-.*-to-web-store(-green)?$/), [8443, 8443, 8444, 8444]);
    assert.deepEqual(ports(INGRESS, /-from-web-store-proxy$/), [8443, 8443, 8444, 8444]);
    const agents = graph.ofType(INGRESS).filter(({ inputs }) => inputs["fromPort"] === 8444);
    assert.ok(agents.every(({ inputs }) => inputs["referencedSecurityGroupId"] !== undefined));
  });

  it("sets the weights of colours and types by tags of the groups, which are not on instances", () => {
    for (const name of ["web-store-fleet", "web-store-green-fleet"]) {
      const group = graph.one(GROUP, name);
      const { "balancing-weight": colour, "balancing-weight:m7g.xlarge": type } = tagsOf(group);
      assert.deepEqual([colour, type], ["50", "2"]);
      const propagated = (group.inputs["tags"] as Values[]).filter(({ key }) =>
        String(key).startsWith("balancing"),
      );
      assert.ok(propagated.every(({ propagateAtLaunch }) => propagateAtLaunch === false));
    }
  });

  it("tells the agents which groups to look for", () => {
    const { environment } = decode(graph.one(TEMPLATE, "web-store-proxy-instance"));
    const tags = JSON.parse(/^GROUP_TAGS='(.*)'$/m.exec(environment)?.[1] ?? "") as Record<string, string[]>;
    for (const name of ["web-store-fleet", "web-store-green-fleet"]) {
      const own = tagsOf(graph.one(GROUP, name));
      for (const [key, values] of Object.entries(tags))
        assert.ok(values.includes(String(own[key])), `${name} ${key}`);
    }
    assert.deepEqual(Object.keys(tags).sort(), ["Name", "Project", "Stack"]);
    assert.match(environment, /^INSTANCE_WEIGHTS=yes$/m);
  });

  it("lets the agents find instances, and do nothing else", () => {
    const { inputs } = graph.one("aws:iam/rolePolicy:RolePolicy", "web-store-proxy-application");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Values[] };
    assert.deepEqual(
      Statement.map(({ Action }) => Action),
      [["autoscaling:DescribeAutoScalingGroups", "ec2:DescribeInstances"]],
    );
  });

  it("scales the instances by the proxies' requests for each instance in service", () => {
    const { inputs } = graph.one(POLICY, "web-store-requests");
    const { customizedMetricSpecification } = inputs["targetTrackingConfiguration"] as Values;
    const { metrics } = customizedMetricSpecification as { metrics: Values[] };
    assert.deepEqual(
      metrics.map(({ id, returnData, expression }) => [id, returnData, expression ?? ""]),
      [
        ["requests", false, ""],
        ["instances", false, ""],
        ["each", true, "requests / instances"],
      ],
    );
    assert.ok(
      (graph.one(GROUP, "web-store-fleet").inputs["enabledMetrics"] as string[]).includes(
        "GroupInServiceInstances",
      ),
    );
  });

  it("watches the proxies as it watches the instances", () => {
    const alarms = graph.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name }) => name);
    for (const what of [
      "no-healthy-instance-proxies",
      "unhealthy-instances-proxies",
      "capacity-at-max-proxies",
    ])
      assert.ok(
        alarms.some((name) => name.endsWith(what)),
        what,
      );
    const { alarmDescription } = graph.one(
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      "web-store-traffic-no-healthy-instance-proxies",
    ).inputs;
    assert.match(String(alarmDescription), /docs\/operations\.md#no-healthy-instance$/);
    assert.match(JSON.stringify(graph.one("aws:cloudwatch/dashboard:Dashboard").inputs), /proxies/);
  });

  it("runs an agent on each instance of the store, with the port that the proxies use", () => {
    for (const name of ["web-store-instance", "web-store-green-instance"]) {
      const { script } = decode(graph.one(TEMPLATE, name));
      assert.match(script, /^Environment=AGENT_PORT=8444$/m);
      assert.match(
        script,
        /^systemctl enable --now store-tls\.service store\.service store-agent\.service$/m,
      );
    }
  });

  itWith(["bash", "python3"], "has user data that bash and Python can read, within EC2's limit", () => {
    const template = graph.one(TEMPLATE, "web-store-proxy-instance");
    const { script, agent } = decode(template);
    // As EC2 counts: before Base64, and after compression if there is any.
    assert.ok(Buffer.from(String(template.inputs["userData"]), "base64").length <= MAX_USER_DATA_BYTES);
    const bash = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    assert.deepEqual([bash.status, bash.stderr], [0, ""]);
    const python = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
      input: agent,
      encoding: "utf8",
    });
    assert.deepEqual([python.status, python.stderr], [0, ""]);
  });

  describeWith(["haproxy", "openssl"], "its haproxy.cfg", () => {
    it("is accepted by HAProxy", () => {
      const folder = mkdtempSync(join(tmpdir(), "proxy-"));
      try {
        mkdirSync(join(folder, "run"));
        new Authority(folder).issue("proxy", { name: "proxy", days: 30 });
        writeFileSync(join(folder, "servers"), "1\n");
        const { config } = decode(graph.one(TEMPLATE, "web-store-proxy-instance"));
        const moved = config
          .replace("/etc/haproxy/proxy.pem", join(folder, "proxy.pem"))
          .replace("/run/proxy/", `${folder}/run/`)
          .replace("/var/lib/proxy/servers", join(folder, "servers"));
        writeFileSync(join(folder, "haproxy.cfg"), moved);
        const { status, stderr } = spawnSync("haproxy", ["-c", "-f", join(folder, "haproxy.cfg")], {
          encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
        assert.doesNotMatch(stderr, /WARNING/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});
