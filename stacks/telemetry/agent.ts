import type { CloudwatchAgentArgs } from "../../components/fleet/boot/cloudwatch-agent";
import { applicationNameOf } from "../applications/derive";
import { NAME } from "../context";
import { hasProxies } from "../proxy/user-data";
import type { Settings } from "../settings/schema";

/**
 * Names of log groups: of the application, of everything else on instances and proxies, and of the proxies themselves.
 */
export interface LogGroupNames {
  readonly application: string;
  readonly system: string;
  /** Undefined without proxies. */
  readonly proxy: string | undefined;
}

/** Whether instances have an agent. */
export function hasAgent({ telemetry }: Pick<Settings, "telemetry">): boolean {
  return telemetry.agent === "cloudwatch";
}

/**
 * A stack name of the maximum length that Pulumi allows: https://www.pulumi.com/docs/iac/concepts/stacks/#create-stack
 */
export const LONGEST_STACK = "s".repeat(100);

/**
 * The log groups' names; undefined without an agent. They contain the stack's name, as they must be unique in the
 * account.
 *
 * @param stack - the Pulumi stack
 */
export function logGroupNames(settings: Settings, stack: string): LogGroupNames | undefined {
  if (!hasAgent(settings)) return undefined;
  const group = (what: string): string => `${NAME}-${stack}-${what}`;
  const of = applicationNameOf(settings);
  return {
    application: group(of === undefined ? "application" : `app-${of}`),
    system: group("system"),
    proxy: hasProxies(settings) ? group("proxy") : undefined,
  };
}

/** The agent configuration of the store's instances. */
export function instanceAgent(settings: Settings, stack: string): CloudwatchAgentArgs | undefined {
  const names = logGroupNames(settings, stack);
  return (
    names && {
      serviceLogGroup: names.application,
      services: ["store"],
      systemLogGroup: names.system,
      region: settings.region,
    }
  );
}

/** The agent configuration of proxies. */
export function proxyAgent(settings: Settings, stack: string): CloudwatchAgentArgs | undefined {
  const { proxy, system } = logGroupNames(settings, stack) ?? {};
  if (proxy === undefined || system === undefined) return undefined;
  const services = ["proxy", "proxy-agent"];
  return { serviceLogGroup: proxy, services, systemLogGroup: system, region: settings.region };
}

/**
 * The environment variables that configure the application's OpenTelemetry SDK.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function otlpEnvironment(settings: Settings): Settings["environment"] {
  const { telemetry, domainName } = settings;
  const { endpoint, headersSecretArn: secretArn, headersKeyArn: keyArn } = telemetry.otlp;
  const of = applicationNameOf(settings);
  if (endpoint === undefined) return {};
  const none = {
    value: undefined,
    parameter: undefined,
    secretArn: undefined,
    jsonKey: undefined,
    keyArn: undefined,
  };
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: { ...none, value: endpoint },
    ...(secretArn === undefined ? {} : { OTEL_EXPORTER_OTLP_HEADERS: { ...none, secretArn, keyArn } }),
    OTEL_EXPORTER_OTLP_PROTOCOL: { ...none, value: "http/protobuf" },
    OTEL_SERVICE_NAME: { ...none, value: of === undefined ? domainName : `${domainName}/${of}` },
  };
}

/** The AWS services that the agent calls. */
export function agentServices(settings: Settings): readonly string[] {
  return hasAgent(settings) ? ["ec2", "logs", "monitoring"] : [];
}
