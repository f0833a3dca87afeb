import * as pulumi from "@pulumi/pulumi";

import type { DeployFreeze } from "../components/calendar/compile";
import { type Colour, COLOURS } from "../components/colours";
import type { LoadBalancer } from "../components/load-balancer/load-balancer";
import { STATUS_PATH } from "../components/monitoring/status-function";
import type { NetworkIds } from "../components/network/network";
import type { SampleStore } from "../components/store/sample-store";
import type { Application } from "./applications";
import type { CalendarPlan } from "./calendar/plan";
import type { StoreCertificate } from "./certificate";
import type { DnsRecord } from "./dns";
import type { Edge } from "./edge";
import type { StoreWatch } from "./monitoring";
import type { Release } from "./release";
import { releaseIdOf } from "./release/release-command";
import type { Settings } from "./settings/schema";
import { type LogGroupNames, logGroupNames } from "./telemetry/agent";

/** Stack outputs of a store. */
export interface StoreOutputs {
  /** URL of the store. */
  readonly url: string;
  /** The load balancer's DNS name. */
  readonly loadBalancerDnsName: pulumi.Output<string>;
  /** The load balancer's ARN. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** ID of the load balancer's security group, for the targets of routes that forward to other target groups. */
  readonly loadBalancerSecurityGroupId: pulumi.Output<string>;
  /** ARN of the target group that the live instances join. */
  readonly targetGroupArn: pulumi.Output<string>;
  /** Name of the live Auto Scaling group. */
  readonly autoScalingGroupName: pulumi.Output<string>;
  /** Id of the VPC. */
  readonly vpcId: pulumi.Output<string>;
  /** IDs of the public subnets, one for each zone. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** IDs of the private subnets, one for each zone. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** IDs of the instances' security groups, one for each colour, blue first; for example, for a database's ingress. */
  readonly instanceSecurityGroupIds: pulumi.Output<string[]>;
  /** Names of the instances' roles, in the same order, for policies of another stack. */
  readonly instanceRoleNames: readonly pulumi.Output<string>[];
  /** The further applications, by name; undefined without any. */
  readonly applications: Readonly<Record<string, ApplicationOutputs>> | undefined;
  /** ARN of the listener on 443, for rules of another stack. */
  readonly httpsListenerArn: pulumi.Output<string>;
  /** ARN of the validated certificate. */
  readonly certificateArn: pulumi.Output<string>;
  /** ARNs of further certificates, in the order of their names; undefined without any. */
  readonly furtherCertificateArns: pulumi.Output<string[]> | undefined;
  /** The records that your own DNS needs; undefined if the stack creates them. */
  readonly dnsRecords: pulumi.Output<DnsRecord[]> | undefined;
  /** Id of the CloudFront distribution, if there is one. */
  readonly distributionId: pulumi.Output<string> | undefined;
  /** The distribution's DNS name, if there is one. */
  readonly distributionDnsName: pulumi.Output<string> | undefined;
  /** ARN of the AWS WAF web ACL, if there is one. */
  readonly webAclArn: pulumi.Output<string> | undefined;
  /** Id of the Route 53 health check, if there is one; its metric is in us-east-1. */
  readonly externalHealthCheckId: pulumi.Output<string> | undefined;
  /** Name of the DynamoDB table of the sample store's orders; undefined without the sample store. */
  readonly ordersTableName: pulumi.Output<string> | undefined;
  /** Names of the log groups that the instances' agents write to; undefined without agents. */
  readonly logGroupNames: LogGroupNames | undefined;
  /** URL of the dashboard in the AWS console; undefined without one. */
  readonly dashboardUrl: pulumi.Output<string> | undefined;
  /** URL of the status function; undefined without one. */
  readonly statusUrl: string | undefined;
  /** When the deploy gate must hold deployments back. */
  readonly deployFreezes: readonly DeployFreeze[];
  /** The state of a release, for the people and pipelines that continue it: docs/blue-green.md. */
  readonly release: {
    /** Minutes to wait after a step before the next one. */
    readonly bakeMinutes: number;
    /** Alarms that end a step when they go off. */
    readonly alarmNames: readonly pulumi.Output<string>[];
    /** How a rollout runs the release command; undefined without one. */
    readonly command:
      | {
          readonly documentName: pulumi.Output<string>;
          readonly parameterName: pulumi.Output<string>;
          readonly logGroupName: pulumi.Output<string>;
          /** Maximum duration in seconds. */
          readonly timeoutSeconds: number;
        }
      | undefined;
    readonly colours: readonly {
      readonly colour: Colour;
      readonly isLive: boolean;
      /** The colour's weight. */
      readonly weight: number;
      readonly targetGroupArn: pulumi.Output<string>;
      readonly autoScalingGroupName: pulumi.Output<string>;
      /** Identifies the colour's release, for its command; undefined without a command. */
      readonly releaseId: string | undefined;
    }[];
  };
}

/** Outputs of a further application. */
interface ApplicationOutputs {
  readonly targetGroupArn: pulumi.Output<string>;
  readonly autoScalingGroupName: pulumi.Output<string>;
  readonly instanceSecurityGroupId: pulumi.Output<string>;
  readonly instanceRoleName: pulumi.Output<string>;
  /** Name of its log group; undefined without an agent. */
  readonly logGroupName: string | undefined;
  /** Names of the alarms that stop a refresh of its instances. */
  readonly alarmNames: readonly pulumi.Output<string>[];
}

/** The parts of the store from which the outputs come. */
interface Parts {
  readonly plan: CalendarPlan;
  readonly network: NetworkIds;
  readonly certificate: StoreCertificate;
  readonly loadBalancer: LoadBalancer;
  readonly edge: Edge;
  readonly sampleStore: SampleStore | undefined;
  readonly logGroups: LogGroupNames | undefined;
  readonly release: Release;
  readonly applications: readonly Application[];
  readonly watch: StoreWatch;
}

/** The outputs of a store; undefined where a setting is off. */
export function outputsOf(settings: Settings, parts: Parts): StoreOutputs {
  const { loadBalancer, edge, release } = parts;
  const url = `https://${settings.domainName}`;
  const further = Object.values(parts.certificate.further);
  const byColour = COLOURS.flatMap((colour) => release.fleets.filter((one) => one.colour === colour));
  return {
    url,
    loadBalancerDnsName: loadBalancer.dnsName,
    loadBalancerArn: loadBalancer.loadBalancerArn,
    loadBalancerSecurityGroupId: loadBalancer.securityGroupId,
    targetGroupArn: release.live.targetGroupArn,
    autoScalingGroupName: release.live.fleet.autoScalingGroupName,
    vpcId: parts.network.vpcId,
    publicSubnetIds: parts.network.publicSubnetIds,
    privateSubnetIds: parts.network.privateSubnetIds,
    instanceSecurityGroupIds: pulumi.all(byColour.map(({ fleet }) => fleet.securityGroupId)),
    instanceRoleNames: byColour.map(({ fleet }) => fleet.roleName),
    applications: parts.applications.length === 0 ? undefined : applicationOutputs(parts.applications),
    httpsListenerArn: loadBalancer.httpsListenerArn,
    certificateArn: parts.certificate.certificateArn,
    furtherCertificateArns:
      further.length === 0 ? undefined : pulumi.all(further.map((one) => one.certificateArn)),
    dnsRecords: edge.dnsRecords && pulumi.all([...edge.dnsRecords]),
    statusUrl: settings.statusFunction.enabled ? url + STATUS_PATH : undefined,
    release: {
      bakeMinutes: settings.blueGreen.bakeMinutes,
      alarmNames: release.alarmNames,
      command: release.command && {
        documentName: release.command.documentName,
        parameterName: release.command.parameterName,
        logGroupName: release.command.logGroupName,
        timeoutSeconds: settings.blueGreen.releaseCommand.timeoutSeconds,
      },
      colours: release.fleets.map(({ colour, isLive, weight, targetGroupArn, fleet }) => ({
        colour,
        isLive,
        weight,
        targetGroupArn,
        autoScalingGroupName: fleet.autoScalingGroupName,
        releaseId: release.command && releaseIdOf(settings, colour),
      })),
    },
    distributionId: edge.distributionId,
    distributionDnsName: edge.distributionDnsName,
    webAclArn: edge.webAclArn,
    externalHealthCheckId: edge.externalHealthCheckId,
    ordersTableName: parts.sampleStore?.ordersTable,
    logGroupNames: parts.logGroups,
    dashboardUrl: parts.watch.dashboardUrl,
    deployFreezes: parts.plan.deployFreezes,
  };
}

function applicationOutputs(applications: readonly Application[]): StoreOutputs["applications"] {
  const outputs = applications.map(
    ({ name, settings, targetGroup, fleet, alarms }): [string, ApplicationOutputs] => [
      name,
      {
        targetGroupArn: targetGroup.arn,
        autoScalingGroupName: fleet.autoScalingGroupName,
        instanceSecurityGroupId: fleet.securityGroupId,
        instanceRoleName: fleet.roleName,
        logGroupName: logGroupNames(settings, pulumi.getStack())?.application,
        alarmNames: alarms?.alarmNames.customers ?? [],
      },
    ],
  );
  return Object.fromEntries(outputs);
}
