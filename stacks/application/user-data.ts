import * as pulumi from "@pulumi/pulumi";

import { ecrImage } from "../../components/fleet/boot/container";
import type { InstanceEndpoint } from "../../components/instance-endpoint";
import type { Environment, EnvironmentSource } from "../../components/fleet/boot/environment";
import type { StoreRelease } from "../../components/fleet/boot/store";
import {
  type DecryptingService,
  type InstanceGrants,
  agentGrants,
  type KeyGrant,
  releasesBeside,
} from "../../components/fleet/instance-grants";
import { LIFECYCLE_HOOKS, type LifecycleHookArgs } from "../../components/fleet/lifecycle";
import { type Application, renderUserData, type UserDataArgs } from "../../components/fleet/user-data";
import { allSettings } from "../applications/derive";
import { INSTANCE_PORT } from "../context";
import type { Settings } from "../settings/schema";
import { permissionStatements, permittedEndpoints } from "./access";
import { runsUsersProgram } from "./source";
import { agentPortOf, hasProxies } from "../proxy/user-data";
import { agentServices, instanceAgent, LONGEST_STACK, otlpEnvironment } from "../telemetry/agent";

/**
 * Arguments of an instance's user data.
 *
 * @param endpoint - how balancers reach it
 * @param release - the sample store, if that is the application
 * @param stack - the Pulumi stack, after which log groups are named
 */
export function userDataArgs(
  settings: Settings,
  { port, protocol, version }: InstanceEndpoint,
  release?: StoreRelease,
  stack = LONGEST_STACK,
): UserDataArgs {
  const hooks = lifecycleHooks(settings);
  return {
    title: settings.domainName,
    port: INSTANCE_PORT,
    tlsPort: protocol === "https" ? port : undefined,
    version,
    healthCheckPath: settings.healthCheck.path,
    idleTimeoutSeconds: settings.loadBalancer.idleTimeoutSeconds,
    application: applicationOf(settings, release),
    environment: environmentOf(settings),
    lifecycle:
      hooks.launchSeconds + hooks.terminationSeconds > 0
        ? {
            launchHook: hooks.launchSeconds > 0 ? LIFECYCLE_HOOKS.launch : undefined,
            terminationHook: hooks.terminationSeconds > 0 ? LIFECYCLE_HOOKS.termination : undefined,
            bootSeconds: settings.fleet.bootSeconds,
            deregistrationDelaySeconds: settings.loadBalancing.deregistrationDelaySeconds,
          }
        : undefined,
    agentPort: agentPortOf(settings),
    cloudwatchAgent: instanceAgent(settings, stack),
    releaseCommand: hasReleaseCommand(settings) ? settings.blueGreen.releaseCommand : undefined,
    stopSeconds: Math.max(0, settings.fleet.drainSeconds - settings.loadBalancing.deregistrationDelaySeconds),
    region: settings.region,
  };
}

/** The lifecycle hooks: a warm pool waits until an instance has booted, termination until it has drained. */
export function lifecycleHooks(settings: Pick<Settings, "fleet" | "peakCalendar">): LifecycleHookArgs {
  // A peak's pool comes and goes, so instances must support it from their launch.
  const hasPool =
    settings.fleet.warmPool.state !== "off" ||
    settings.peakCalendar.some(({ warmPoolSize }) => warmPoolSize !== undefined);
  return {
    launchSeconds: hasPool ? settings.fleet.bootSeconds : 0,
    terminationSeconds: settings.fleet.drainSeconds,
  };
}

/** A release with the longest names that AWS allows. */
export const LONGEST_RELEASE: StoreRelease = {
  bucket: "b".repeat(63),
  key: `store/${"0".repeat(64)}.cjs`,
  sha256: "0".repeat(64),
  ordersTable: "t".repeat(255),
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html (Name:
  // 32 characters)
  loginSigner: `arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:loadbalancer/app/${"n".repeat(32)}/${"0".repeat(16)}`,
};

/** An instance's user data and AWS permissions. */
export interface InstanceBoot {
  readonly userData: string | pulumi.Output<string>;
  readonly grants: InstanceGrants | pulumi.Output<InstanceGrants>;
}

/**
 * The user data and permissions of an instance.
 *
 * @param endpoint - how balancers reach it
 * @param release - the sample store, if that is the application
 */
export function instanceBoot(
  settings: Settings,
  endpoint: InstanceEndpoint,
  release: pulumi.Output<StoreRelease> | undefined,
): InstanceBoot {
  const stack = pulumi.getStack();
  const userData = (known?: StoreRelease) => renderUserData(userDataArgs(settings, endpoint, known, stack));
  const grants = (known?: StoreRelease) => instanceGrants(settings, known, stack);
  return release === undefined
    ? { userData: userData(), grants: grants() }
    : { userData: release.apply(userData), grants: release.apply(grants) };
}

/**
 * The permissions of an instance: to read its application and the values of its environment, use the store's table,
 * read earlier releases and what `formerRelease` names, use the application's own permissions, and report through the
 * CloudWatch agent.
 *
 * @param stack - the Pulumi stack, after which log groups are named
 */
export function instanceGrants(
  settings: Settings,
  release?: StoreRelease,
  stack = LONGEST_STACK,
): InstanceGrants {
  const { application, formerRelease: former } = settings;
  const { source, artifact, image } = application;
  const { bucket = "", key = "" } = artifact;
  const images = [...(source === "container" && image !== undefined ? [image] : []), ...former.images];
  const variables = Object.values(wholeEnvironment(settings));
  const parameters = variables.filter(({ parameter }) => parameter !== undefined);
  const secrets = variables.filter(({ secretArn }) => secretArn !== undefined);
  const keysFor = (some: readonly string[]): readonly string[] => (some.length > 0 ? former.keyArns : []);
  return {
    objects: [
      ...(source === "artifact" ? [{ bucket, key }] : []),
      ...(release === undefined ? [] : [release]),
      ...former.objects.map(objectAt),
    ].map(({ bucket, key }) => ({ bucket, key: releasesBeside(key) })),
    tables: release === undefined ? [] : [release.ordersTable],
    repositories: images.flatMap((each) => ecrImage(each) ?? []),
    parameters: distinct([...parameters.map(({ parameter }) => parameter), ...former.parameters]),
    secretArns: distinct([...secrets.map(({ secretArn }) => secretArn), ...former.secretArns]),
    keys: [
      ...keys([...(source === "artifact" ? [artifact.keyArn] : []), ...keysFor(former.objects)], "s3"),
      ...keys([...parameters.map(({ keyArn }) => keyArn), ...keysFor(former.parameters)], "ssm"),
      ...keys([...secrets.map(({ keyArn }) => keyArn), ...keysFor(former.secretArns)], "secretsmanager"),
    ],
    statements: permissionStatements(settings),
    ...agentGrants(instanceAgent(settings, stack)),
  };
}

/** @param place - `<bucket>/<key>` */
function objectAt(place: string): { readonly bucket: string; readonly key: string } {
  const end = place.indexOf("/");
  return { bucket: place.slice(0, end), key: place.slice(end + 1) };
}

/** Whether the settings have a release command and instances that can run it. */
export function hasReleaseCommand(settings: Settings): boolean {
  const { enabled, releaseCommand } = settings.blueGreen;
  return enabled && releaseCommand.command.length > 0 && runsUsersProgram(settings);
}

/** AWS services that instances call, which need an endpoint without a NAT gateway. S3 always has one. */
export function servicesOf(settings: Settings): readonly string[] {
  return distinct(allSettings(settings).flatMap(ownServicesOf));
}

function ownServicesOf(settings: Settings): readonly string[] {
  const hooks = lifecycleHooks(settings);
  const grants = instanceGrants(settings);
  return [
    ...(hooks.launchSeconds + hooks.terminationSeconds > 0 || hasProxies(settings) ? ["autoscaling"] : []),
    ...(hasProxies(settings) ? ["ec2"] : []),
    ...(grants.repositories.length > 0 ? ["ecr.api", "ecr.dkr"] : []),
    ...(grants.secretArns.length > 0 ? ["secretsmanager"] : []),
    ...(hasReleaseCommand(settings) ? ["logs"] : []),
    ...permittedEndpoints(settings),
    ...agentServices(settings),
  ];
}

function applicationOf({ application }: Settings, release: StoreRelease | undefined): Application {
  const { source, artifact, image = "", command } = application;
  // Constraints ensure that nothing is missing.
  const { bucket = "", key = "", versionId = "", sha256 = "" } = artifact;
  switch (source) {
    case "builtin":
      return { source };
    case "store":
      if (release === undefined) throw new Error("The sample store has no release.");
      return { source, ...release };
    case "artifact":
      return { source, bucket, key, versionId, sha256, command };
    case "container":
      return { source, image, command };
  }
}

/** The application's variables, including those that telemetry sets. */
function wholeEnvironment(settings: Settings): Settings["environment"] {
  return { ...settings.environment, ...otlpEnvironment(settings) };
}

/** Sorted, so that another order in the settings does not replace the instances. */
function environmentOf(settings: Settings): Environment {
  const environment = wholeEnvironment(settings);
  const names = Object.keys(environment).sort();
  return Object.fromEntries(names.map((name) => [name, sourceOf(environment[name])]));
}

function sourceOf(variable: Settings["environment"][string] | undefined): EnvironmentSource {
  const { value, parameter, secretArn, jsonKey } = variable ?? {};
  const given = Object.entries({ value, parameter, secretArn, jsonKey });
  return Object.fromEntries(given.filter(([, text]) => text !== undefined));
}

function keys(arns: readonly (string | undefined)[], service: DecryptingService): KeyGrant[] {
  return distinct(arns).map((keyArn) => ({ keyArn, service }));
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => text ?? []))].sort();
}
