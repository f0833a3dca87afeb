import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";

import { renderUserData } from "../../../components/fleet/user-data";
import { Instance } from "../../support/instance";
import { describeWith } from "../../support/programs";
import type { Run } from "../../support/rehearse";
import { store } from "../../support/user-data";

const FOLDER = "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.d";
const SETUP = "store-cloudwatch-agent";
const INSTANCE_ID = "i-0123456789abcdef0";
const starts = `systemctl enable --now --no-block ${SETUP}.service`;

const cloudwatchAgent = {
  serviceLogGroup: "web-store-prod-application",
  services: ["store"],
  systemLogGroup: "web-store-prod-system",
  region: "eu-west-1",
};

let instance: Instance;
beforeEach(() => {
  instance = new Instance();
  mkdirSync(instance.path("/var/lib/cloud/data"), { recursive: true });
  writeFileSync(instance.path("/var/lib/cloud/data/instance-id"), `${INSTANCE_ID}\n`);
});
afterEach(() => instance.end());

const boot = (changes: object = {}): Run =>
  instance.boot(renderUserData({ ...store, cloudwatchAgent, ...changes }));

describeWith(["bash"], "The CloudWatch agent of an instance", () => {
  it("is set up at the end of the boot, and nothing waits for it", () => {
    const { status, stderr } = boot();
    assert.equal(status, 0, stderr);
    assert.deepEqual(instance.calls(), [
      "systemctl daemon-reload",
      "systemctl enable --now store.service",
      "systemctl daemon-reload",
      starts,
    ]);
  });

  it("is set up after a failed boot, too, which still counts as failed", () => {
    instance.answer("dnf", "exit 1");
    const { status } = boot({ application: { source: "container", image: "x", command: [] } });
    assert.equal(status, 1);
    assert.deepEqual(instance.calls().slice(-2), ["systemctl daemon-reload", starts]);
    assert.ok(!instance.calls().some((call) => call.includes("store.service")));
  });

  it("does not make a boot fail if it fails", () => {
    instance.answer("systemctl", `if [[ $call == *${SETUP}* ]]; then exit 1; fi`);
    assert.equal(boot().status, 0);
  });

  it("is installed without a time limit, knows its instance, and reads the journal", () => {
    boot();
    const count = instance.path("/count");
    instance.answer("dnf", `echo >> ${count}; (( $(wc -l < ${count}) > 3 )) || exit 1`);
    const before = instance.calls().length;
    const { status, stderr } = instance.runUnit(SETUP);
    assert.equal(status, 0, stderr);
    const install = "install --assumeyes amazon-cloudwatch-agent >= 1.300070";
    assert.deepEqual(instance.calls().slice(before), [
      `dnf ${install}`,
      `dnf --releasever=latest ${install}`,
      `dnf ${install}`,
      `dnf --releasever=latest ${install}`,
      "usermod --append --groups systemd-journal cwagent",
      "systemctl enable --now amazon-cloudwatch-agent.service",
    ]);
    for (const [, exporter] of Object.entries(logs().exporters))
      assert.equal(exporter["log_stream_name"], INSTANCE_ID);
  });

  it("is set up by a unit that is retried until it succeeds", () => {
    boot();
    const lines = instance.read(`/etc/systemd/system/${SETUP}.service`).split("\n");
    for (const line of ["RemainAfterExit=yes", "Restart=always", "StartLimitIntervalSec=0"])
      assert.ok(lines.includes(line), line);
  });

  it("reports memory and the root volume by instance and by group, as its own user", () => {
    boot();
    const { agent, metrics } = JSON.parse(instance.read(`${FOLDER}/store.json`)) as Record<string, object>;
    assert.deepEqual(agent, {
      run_as_user: "cwagent",
      region: "eu-west-1",
      metrics_collection_interval: 60,
      system_metrics_enabled: false,
    });
    assert.deepEqual(metrics, {
      namespace: "CWAgent",
      append_dimensions: {
        AutoScalingGroupName: "${aws:AutoScalingGroupName}",
        InstanceId: "${aws:InstanceId}",
      },
      aggregation_dimensions: [["AutoScalingGroupName"]],
      metrics_collected: {
        mem: { measurement: ["used_percent"] },
        disk: { measurement: ["used_percent"], resources: ["/"], drop_device: true },
      },
    });
  });

  it("sends the store's output line by line to one log group, and the rest of the journal to another", () => {
    boot();
    const { receivers, exporters, service, ...rest } = logs();
    const places = Object.values(service.pipelines).map(({ receivers: from, exporters: to }) => [
      from.map((name) => receivers[name]?.["units"] ?? "all"),
      to.map((name) => exporters[name]?.["log_group_name"]),
    ]);
    assert.deepEqual(places, [
      [[["store.service"]], ["web-store-prod-application"]],
      [["all"], ["web-store-prod-system"]],
    ]);
    for (const exporter of Object.values(exporters))
      assert.deepEqual([exporter["raw_log"], exporter["region"]], [true, "eu-west-1"]);
    for (const receiver of Object.values(receivers))
      assert.deepEqual(
        [receiver["start_at"], receiver["all"], receiver["convert_message_bytes"]],
        ["beginning", true, true],
      );
    // Every component that a pipeline or receiver names must exist.
    const named = [
      ...service.extensions,
      ...Object.values(receivers).map(({ storage }) => storage as string),
      ...Object.values(service.pipelines).flatMap(({ processors }) => processors),
    ];
    const defined = Object.keys({ ...rest.extensions, ...rest.processors });
    assert.deepEqual([...new Set(named)].sort(), defined.sort());
  });

  it("is not installed by default", () => {
    assert.doesNotMatch(renderUserData(store), /cloudwatch|trap/);
  });
});

interface Pipeline {
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

interface Logs {
  readonly extensions: object;
  readonly processors: object;
  readonly receivers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly exporters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly service: {
    readonly extensions: readonly string[];
    readonly pipelines: Readonly<Record<string, Pipeline>>;
  };
}

/** The collector's configuration on the instance. */
function logs(): Logs {
  return JSON.parse(instance.read(`${FOLDER}/store.yaml`)) as Logs;
}
