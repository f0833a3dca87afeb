import { runsUsersProgram } from "../application/source";
import { allSettings } from "../applications/derive";
import type { Settings } from "../settings/schema";
import type { Constraint, Violation } from "../settings/constraint";
import { hasAgent, otlpEnvironment } from "./agent";

/** Constraints on telemetry. */
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

/** A scaling policy without data silently does nothing. */
function memoryUnreported({ fleet: { memoryTargetPercent }, telemetry }: Settings): Violation[] {
  if (memoryTargetPercent === undefined || hasAgent({ telemetry })) return [];
  return [
    {
      at: "fleet.memoryTargetPercent",
      allowed: "no value, because telemetry.agent is none: EC2 itself doesn't report memory",
      remedy: "set telemetry.agent to cloudwatch, or remove fleet.memoryTargetPercent",
    },
  ];
}

/**
 * In a running warm pool, waiting instances also report to the group's metric, whose average the scaling policy uses.
 * CloudWatch cannot distinguish waiting from serving instances.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html
 */
function memoryOfThoseThatWait({ fleet: { memoryTargetPercent, warmPool } }: Settings): Violation[] {
  if (memoryTargetPercent === undefined || warmPool.state !== "running") return [];
  return [
    {
      at: "fleet.memoryTargetPercent",
      allowed: "no value, because fleet.warmPool.state is running: waiting instances would lower the average",
      remedy: "set fleet.warmPool.state to stopped, hibernated or off, or remove fleet.memoryTargetPercent",
    },
  ];
}

/** Without an agent, there are no log groups to encrypt. */
function keyWithoutAgent({ telemetry }: Settings): Violation[] {
  if (telemetry.logKeyArn === undefined || hasAgent({ telemetry })) return [];
  return [
    {
      at: "telemetry.logKeyArn",
      allowed: "no value, because telemetry.agent is none: there are no agent logs to encrypt",
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
      allowed: "no value without telemetry.otlp.endpoint",
      remedy: `set telemetry.otlp.endpoint, or remove ${field}`,
    }));
}

/** The page and the sample store have no OpenTelemetry SDK, so the variables would have no effect. */
function nothingToSend(settings: Settings): Violation[] {
  const { application, applications, telemetry } = settings;
  if (telemetry.otlp.endpoint === undefined || allSettings(settings).some(runsUsersProgram)) return [];
  const others = Object.keys(applications).length === 0 ? "" : ", and neither does any further application";
  return [
    {
      at: "telemetry.otlp.endpoint",
      allowed: `no value, because application.source is ${application.source}, which sends nothing by OTLP${others}`,
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
      allowed: "no value, because network.natGateways is none: instances reach only AWS services",
      remedy: "set network.natGateways to single or perZone, or remove telemetry.otlp.endpoint",
    },
  ];
}

/** Instances may connect to port 443, and to what their egress allows. */
function endpointPortClosed(settings: Settings): Violation[] {
  const { egress } = settings.application;
  const { otlp } = settings.telemetry;
  // The built-in page and the sample store send nothing.
  if (otlp.endpoint === undefined || !runsUsersProgram(settings)) return [];
  const port = Number(new URL(otlp.endpoint).port);
  if (port === 0 || Object.values(egress).some((target) => target.protocol === "tcp" && target.port === port))
    return [];
  return [
    {
      at: "application.egress",
      allowed: `an egress to port ${port}, which telemetry.otlp.endpoint uses: instances may connect to 443 and to what egress allows`,
      remedy: `for example application.egress.otlp: { port: ${port}, cidr: 0.0.0.0/0 }, or an endpoint on port 443`,
    },
  ];
}

function variablesTaken(settings: Settings): Violation[] {
  return Object.keys(otlpEnvironment(settings))
    .filter((name) => Object.hasOwn(settings.environment, name))
    .map((name) => ({
      at: `environment.${name}`,
      allowed: "no value together with telemetry.otlp.endpoint, which sets it",
      remedy: `remove ${name}, or set all of OpenTelemetry's variables in environment, without telemetry.otlp`,
    }));
}

/** CloudWatch Logs uses keys of its own Region, and instances call no other Region. */
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
