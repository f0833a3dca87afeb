import { gzipSync } from "node:zlib";

import { type ArtifactArgs, bootArtifact } from "./boot/artifact";
import { BACKEND_AGENT_UNIT, backendAgentFiles } from "./boot/backend-agent";
import { bootBuiltin, type BuiltinArgs } from "./boot/builtin";
import { type CloudwatchAgentArgs, cloudwatchAgentScript } from "./boot/cloudwatch-agent";
import { bootContainer, type ContainerArgs } from "./boot/container";
import { type Environment, environmentLines, environmentScript } from "./boot/environment";
import { LIFECYCLE_UNIT, type LifecycleArgs, lifecycleFiles } from "./boot/lifecycle";
import { type Boot, RETRY, systemdUnit, written } from "./boot/parts";
import { type ReleaseCommandUnitArgs, releaseCommandUnit } from "./boot/release-command";
import { bootStore, type StoreRelease } from "./boot/store";
import { INSTALL_TERMINATOR, TERMINATOR_UNIT, terminatorFiles } from "./boot/terminator";
import type { ProtocolVersion } from "../instance-endpoint";

/**
 * The application that instances serve: the built-in page, the sample store, an archive in S3, or a container
 * image.
 */
export type Application =
  | { readonly source: "builtin" }
  | ({ readonly source: "store" } & StoreRelease)
  | ({ readonly source: "artifact" } & Omit<ArtifactArgs, "port">)
  | ({ readonly source: "container" } & Pick<ContainerArgs, "image" | "command">);

/** Arguments of {@link renderUserData}. */
export interface UserDataArgs extends Omit<BuiltinArgs, "host"> {
  /** The application to serve. */
  readonly application: Application;
  /** The application's environment variables. */
  readonly environment: Environment;
  /** How the instance completes its group's lifecycle hooks; undefined without hooks. */
  readonly lifecycle:
    | Pick<LifecycleArgs, "launchHook" | "terminationHook" | "bootSeconds" | "deregistrationDelaySeconds">
    | undefined;
  /** TCP port of the agent that reports the instance's capacity to HAProxy; undefined without HAProxy. */
  readonly agentPort: number | undefined;
  /**
   * What the CloudWatch agent sends.
   *
   * @default none: the instance has no agent
   */
  readonly cloudwatchAgent?: CloudwatchAgentArgs | undefined;
  /**
   * The command to run once per release on an instance, for an artifact or a container; undefined for none.
   */
  readonly releaseCommand: ReleaseCommandUnitArgs | undefined;
  /**
   * TCP port that accepts TLS, which is terminated in front of the application; undefined for clear text to
   * the application's port.
   */
  readonly tlsPort: number | undefined;
  /** The application's protocol version. */
  readonly version: ProtocolVersion;
  /** Seconds that the application has to stop; 0 for systemd's default of 90. */
  readonly stopSeconds: number;
  /** AWS Region of the stack. */
  readonly region: string;
}

/**
 * EC2's limit, before encoding as Base64.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
 */
export const MAX_USER_DATA_BYTES = 16 * 1024;

/**
 * A script in the form that EC2 gets: plain, so that people can read it, or, if it is too long, compressed
 * with gzip, which cloud-init supports.
 *
 * @see https://docs.cloud-init.io/en/latest/explanation/format.html
 */
export function packUserData(script: string): Buffer {
  const plain = Buffer.from(script);
  return plain.length <= MAX_USER_DATA_BYTES ? plain : gzipSync(plain, { level: 9 });
}

/**
 * The script that sets up the store on a plain Amazon Linux 2023. The text depends only on the arguments:
 * with the same arguments, instances are not replaced.
 *
 * @throws RangeError if the script exceeds EC2's limit even when compressed
 */
export function renderUserData(args: UserDataArgs): string {
  const script = renderScript(args);
  const bytes = packUserData(script).length;
  if (bytes > MAX_USER_DATA_BYTES) {
    throw new RangeError(
      `The user data has ${bytes} bytes, compressed; EC2 takes at most ${MAX_USER_DATA_BYTES}. Shorten the title or the environment.`,
    );
  }
  return script;
}

/** The script, of any length. */
export function renderScript(args: UserDataArgs): string {
  const { agentPort, cloudwatchAgent, environment, lifecycle, region, releaseCommand, stopSeconds, tlsPort } =
    args;
  const boot = bootOf(args);
  const hasEnvironment = Object.keys(environment).length > 0;
  const given = hasEnvironment ? environmentLines(region) : { unit: [], service: [] };
  const files = [
    ...boot.files,
    ...(hasEnvironment ? [environmentScript(environment)] : []),
    ...(lifecycle === undefined ? [] : lifecycleFiles({ ...args, ...lifecycle }, region)),
    ...(agentPort === undefined ? [] : backendAgentFiles(agentPort)),
    ...(tlsPort === undefined ? [] : terminatorFiles({ ...args, tlsPort })),
    systemdUnit(
      "store",
      ["Description=Store", ...given.unit, ...boot.unit],
      [...given.service, ...boot.service, ...(stopSeconds > 0 ? [`TimeoutStopSec=${stopSeconds}`] : [])],
    ),
    ...(releaseCommand === undefined ? [] : [releaseCommandUnit(releaseCommand, boot, given)]),
  ];
  const steps = [...boot.steps, ...(tlsPort === undefined ? [] : [INSTALL_TERMINATOR])];
  const prepare = [
    "install --directory --mode 0755 /opt/store",
    ...(boot.steps.length > 0 ? [`export AWS_DEFAULT_REGION=${region}`] : []),
    ...(steps.length > 0 ? [RETRY, ...steps] : []),
  ];
  const units = [
    ...(tlsPort === undefined ? [] : [`${TERMINATOR_UNIT}.service`]),
    "store.service",
    ...(lifecycle === undefined ? [] : [`${LIFECYCLE_UNIT}.service`]),
    ...(agentPort === undefined ? [] : [`${BACKEND_AGENT_UNIT}.service`]),
  ];
  const [first = "", ...others] = files.map(written);
  return [
    "#!/bin/bash\nset -euo pipefail\n",
    ...(cloudwatchAgent === undefined ? [] : [cloudwatchAgentScript(cloudwatchAgent)]),
    `${prepare.join("\n")}\n${first}`,
    ...others,
    `systemctl daemon-reload\nsystemctl enable --now ${units.join(" ")}\n`,
  ].join("\n");
}

/**
 * The address on which an application behind {@link TERMINATOR_UNIT} listens; an application of the user's
 * own may listen on more addresses.
 */
const LOOPBACK = "127.0.0.1";

function bootOf(args: UserDataArgs): Boot {
  const { application, port } = args;
  const host = args.tlsPort === undefined ? "" : LOOPBACK;
  switch (application.source) {
    case "builtin":
      return bootBuiltin({ ...args, host });
    case "store":
      return bootStore({ ...args, ...application, host });
    case "artifact":
      return bootArtifact({ ...application, port });
    case "container":
      return bootContainer({
        ...application,
        host,
        port,
        variables: Object.keys(args.environment),
        // systemd stops waiting at TimeoutStopSec, and Docker needs some time to kill the container and
        // report it.
        stopSeconds: Math.max(0, args.stopSeconds - 5),
      });
  }
}
