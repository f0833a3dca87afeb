import { type BootFile, systemdUnit, written } from "./parts";
import { systemdWord } from "./quoting";

/** What an instance's CloudWatch agent sends, and where. */
export interface CloudwatchAgentArgs {
  /** The log group for the output of the instance's own services, line by line. */
  readonly serviceLogGroup: string;
  /** Names of the services' units, without `.service`. */
  readonly services: readonly string[];
  /** The log group for everything else in the systemd journal. */
  readonly systemLogGroup: string;
  /** AWS Region of the stack. */
  readonly region: string;
}

/** Namespace of the agent's metrics in CloudWatch, the agent's default. */
export const AGENT_NAMESPACE = "CWAgent";

/** Names of the agent's metrics, by what they measure; all in percent. */
export const AGENT_METRICS = { memory: "mem_used_percent", disk: "disk_used_percent" } as const;

/**
 * The first version that reads the journal; Amazon Linux has it since 2023.12.20260928.
 *
 * @see https://github.com/aws/amazon-cloudwatch-agent/blob/main/RELEASE_NOTES
 * @see https://docs.aws.amazon.com/linux/al2023/ug/deterministic-upgrades-usage.html
 * @see https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260928.html
 */
const PACKAGE = "amazon-cloudwatch-agent >= 1.300070";

/** The unit that installs and starts the agent. */
const SETUP_UNIT = "store-cloudwatch-agent";

/** The agent merges all configuration files in this folder. */
const FOLDER = "/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.d";

/** Placeholder for the instance's id until it is known. */
const INSTANCE_ID = "{instance_id}";

/** The agent's user, which its package creates. */
const USER = "cwagent";

/**
 * Bash that writes the agent's configuration and installs the agent when the script exits, even if it fails.
 * The store starts first, and the log of a failed boot is the most valuable one.
 *
 * The unit retries without limit, so that the store neither waits for the agent nor fails with it.
 */
export function cloudwatchAgentScript(args: CloudwatchAgentArgs): string {
  const files: BootFile[] = [
    { path: `${FOLDER}/store.json`, marker: "END_OF_METRICS", text: json(metricsConfig(args)) },
    { path: `${FOLDER}/store.yaml`, marker: "END_OF_LOGS", text: json(logsConfig(args)) },
    setupUnit(),
  ];
  return [
    `install --directory --mode 0755 ${FOLDER}`,
    ...files.map(written),
    `trap 'systemctl daemon-reload; systemctl enable --now --no-block ${SETUP_UNIT}.service || true' EXIT\n`,
  ].join("\n");
}

/** JSON, which is also valid YAML. */
function json(config: object): string {
  return `${JSON.stringify(config)}\n`;
}

function setupUnit(): BootFile {
  const install = `install --assumeyes "${PACKAGE}"`;
  const script = [
    "set -e",
    `sed --in-place "s/${INSTANCE_ID}/$(cat /var/lib/cloud/data/instance-id)/g" ${FOLDER}/store.yaml`,
    // A custom image may be of a release that only has an older agent.
    `until dnf ${install} || dnf --releasever=latest ${install}; do sleep 60; done`,
    `usermod --append --groups systemd-journal ${USER}`,
    "systemctl enable --now amazon-cloudwatch-agent.service",
  ];
  return systemdUnit(
    SETUP_UNIT,
    [
      "Description=Installs the CloudWatch agent",
      "Wants=network-online.target",
      "After=network-online.target",
    ],
    ["RemainAfterExit=yes", `ExecStart=/bin/bash -c ${systemdWord(script.join("; "))}`],
  );
}

/**
 * Use of memory and of the root volume, for each instance and for the group.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-Configuration-File-Details.html
 */
function metricsConfig({ region }: CloudwatchAgentArgs): object {
  const measurement = ["used_percent"];
  return {
    // The agent's metrics about itself would use a namespace that the role may not write to.
    agent: { run_as_user: USER, region, metrics_collection_interval: 60, system_metrics_enabled: false },
    metrics: {
      namespace: AGENT_NAMESPACE,
      append_dimensions: {
        AutoScalingGroupName: "${aws:AutoScalingGroupName}",
        InstanceId: "${aws:InstanceId}",
      },
      aggregation_dimensions: [["AutoScalingGroupName"]],
      metrics_collected: { mem: { measurement }, disk: { measurement, resources: ["/"], drop_device: true } },
    },
  };
}

/**
 * The journal, as a configuration of the OpenTelemetry collector that the agent contains. The agent's own
 * journal section would send each line as JSON with some thirty fields, and nothing from before its start.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-appending-OpenTelemetry-config-files.html
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.124.1/receiver/journaldreceiver
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.124.1/exporter/awscloudwatchlogsexporter
 */
function logsConfig({ serviceLogGroup, services, systemLogGroup, region }: CloudwatchAgentArgs): object {
  const units = services.map((service) => `${service}.service`);
  const storage = "file_storage/store";
  const journal = (rest: object): object => ({
    storage,
    start_at: "beginning",
    // Without these two, journalctl omits lines of more than 4,096 bytes and writes lines with colour codes
    // as numbers.
    all: true,
    convert_message_bytes: true,
    ...rest,
  });
  const logs = {
    service: {
      group: serviceLogGroup,
      receiver: journal({ units, operators: [{ type: "move", from: "body.MESSAGE", to: "body" }] }),
    },
    system: {
      group: systemLogGroup,
      receiver: journal({
        operators: [
          // Docker logs a container's output a second time.
          {
            type: "filter",
            expr: `body._SYSTEMD_UNIT in ${JSON.stringify(units)} or body.CONTAINER_NAME != nil`,
          },
          {
            type: "add",
            field: "body",
            value: 'EXPR((body.SYSLOG_IDENTIFIER ?? body._COMM ?? "?") + ": " + string(body.MESSAGE ?? ""))',
          },
        ],
      }),
    },
  };
  const each = <T>(
    of: (log: (typeof logs)[keyof typeof logs], name: string) => readonly [string, T],
  ): object => Object.fromEntries(Object.entries(logs).map(([name, log]) => of(log, name)));
  return {
    extensions: {
      [storage]: { directory: "/opt/aws/amazon-cloudwatch-agent/logs/state/store", create_directory: true },
    },
    receivers: each(({ receiver }, name) => [`journald/${name}`, receiver]),
    processors: { "batch/store": { timeout: "5s" } },
    exporters: each(({ group }, name) => [
      `awscloudwatchlogs/${name}`,
      { log_group_name: group, log_stream_name: INSTANCE_ID, region, raw_log: true },
    ]),
    service: {
      extensions: [storage],
      pipelines: each((_, name) => [
        `logs/${name}`,
        {
          receivers: [`journald/${name}`],
          processors: ["batch/store"],
          exporters: [`awscloudwatchlogs/${name}`],
        },
      ]),
    },
  };
}
