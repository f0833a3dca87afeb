import { runsUsersProgram } from "../application/source";
import { allSettings } from "../applications/derive";
import type { Settings } from "../settings";
import type { Constraint, Violation } from "../settings/constraint";
import { hasAgent, otlpEnvironment } from "./agent";

/** What instances tell of themselves. */
export const constraints: readonly Constraint[] = [
  memoryUnreported,
  memoryOfThoseThatWait,
  keyWithoutAgent,
  headersWithoutEndpoint,
  nothingToSend,
  endpointOutOfReach,
  endpointPortClosed,
  variablesTaken,
  arnsOfOtherRegions,
];

/** A policy without data does nothing, and says so nowhere. */
function memoryUnreported({ fleet: { memoryTargetPercent }, telemetry }: Settings): Violation[] {
  if (memoryTargetPercent === undefined || hasAgent({ telemetry })) return [];
  return [
    {
      at: "fleet.memoryTargetPercent",
      allowed: "nothing, as telemetry.agent is none: EC2 itself doesn't know how much memory is in use",
      remedy: "set telemetry.agent to cloudwatch, or remove fleet.memoryTargetPercent",
    },
  ];
}

/**
 * The agents of a running pool report for the group, too, and its mean is what a policy goes by: CloudWatch can't tell
 * instances that wait from those that serve.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
function memoryOfThoseThatWait({ fleet: { memoryTargetPercent, warmPool } }: Settings): Violation[] {
  if (memoryTargetPercent === undefined || warmPool.state !== "running") return [];
  return [
    {
      at: "fleet.memoryTargetPercent",
      allowed:
        "nothing, as fleet.warmPool.state is running: the mean is of those that wait, too, and too low",
      remedy: "set fleet.warmPool.state to stopped, hibernated or off, or remove fleet.memoryTargetPercent",
    },
  ];
}

/** Without an agent there are no log groups that the key would be for. */
function keyWithoutAgent({ telemetry }: Settings): Violation[] {
  if (telemetry.logKeyArn === undefined || hasAgent({ telemetry })) return [];
  return [
    {
      at: "telemetry.logKeyArn",
      allowed: "nothing, as telemetry.agent is none: there are no logs of the agent's to encrypt",
      remedy: "set telemetry.agent to cloudwatch, or remove telemetry.logKeyArn",
    },
  ];
}

function headersWithoutEndpoint({ telemetry: { otlp } }: Settings): Violation[] {
  if (otlp.endpoint !== undefined) return [];
  return (["headersSecretArn", "headersKeyArn"] as const)
    .filter((field) => otlp[field] !== undefined)
    .map((field) => ({
      at: `telemetry.otlp.${field}`,
      allowed: "nothing without telemetry.otlp.endpoint",
      remedy: `set telemetry.otlp.endpoint, or remove ${field}`,
    }));
}

/** The page and the sample store have no SDK: they would get variables that nobody reads. */
function nothingToSend(settings: Settings): Violation[] {
  const { application, applications, telemetry } = settings;
  if (telemetry.otlp.endpoint === undefined || allSettings(settings).some(runsUsersProgram)) return [];
  const others = Object.keys(applications).length === 0 ? "" : ", and no further application sends either";
  return [
    {
      at: "telemetry.otlp.endpoint",
      allowed: `nothing, as application.source is ${application.source}, which sends nothing by OTLP${others}`,
      remedy: "set application.source to artifact or container, or remove telemetry.otlp",
    },
  ];
}

function endpointOutOfReach({ telemetry: { otlp }, network }: Settings): Violation[] {
  if (otlp.endpoint === undefined || network.natGateways !== "none" || network.existing !== undefined)
    return [];
  return [
    {
      at: "telemetry.otlp.endpoint",
      allowed: "nothing, as network.natGateways is none: instances reach only services of AWS",
      remedy: "set network.natGateways to single or perZone, or remove telemetry.otlp.endpoint",
    },
  ];
}

/** Instances connect to HTTPS's own port, and to what their egress names. */
function endpointPortClosed(settings: Settings): Violation[] {
  const { egress } = settings.application;
  const { otlp } = settings.telemetry;
  // The page and the sample store send nothing.
  if (otlp.endpoint === undefined || !runsUsersProgram(settings)) return [];
  const port = Number(new URL(otlp.endpoint).port);
  if (port === 0 || Object.values(egress).some((target) => target.protocol === "tcp" && target.port === port))
    return [];
  return [
    {
      at: "application.egress",
      allowed: `a way to port ${port}, which telemetry.otlp.endpoint has: instances connect to 443 and to what egress names`,
      remedy: `for example application.egress.otlp: { port: ${port}, cidr: 0.0.0.0/0 }, or an endpoint on port 443`,
    },
  ];
}

function variablesTaken(settings: Settings): Violation[] {
  return Object.keys(otlpEnvironment(settings))
    .filter((name) => Object.hasOwn(settings.environment, name))
    .map((name) => ({
      at: `environment.${name}`,
      allowed: "nothing beside telemetry.otlp.endpoint, which sets it",
      remedy: `remove ${name}, or set all of OpenTelemetry's variables in environment, and no telemetry.otlp`,
    }));
}

/** CloudWatch Logs uses keys of its own Region, and instances ask no other. */
function arnsOfOtherRegions({ telemetry: { logKeyArn, otlp }, region }: Settings): Violation[] {
  const arns = {
    logKeyArn,
    "otlp.headersSecretArn": otlp.headersSecretArn,
    "otlp.headersKeyArn": otlp.headersKeyArn,
  };
  return Object.entries(arns)
    .filter(([, arn]) => arn !== undefined && arn.split(":")[3] !== region)
    .map(([field]) => ({
      at: `telemetry.${field}`,
      allowed: `an ARN in aws:region, ${region}`,
      remedy: `replicate it to ${region}, and name the replica here`,
    }));
}
