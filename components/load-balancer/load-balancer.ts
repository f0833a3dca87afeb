import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { AccessLogs, type LogPrefix } from "./access-logs";
import type { Colour } from "../colours";
import { createIngressRules, type IngressSource } from "./ingress";
import type { InstanceEndpoint } from "../instance-endpoint";
import { boundedName, named } from "../naming";
import { addCertificates, createHttpRedirect, createHttpsListener, type ListenerArgs } from "./listeners";
import {
  createProxyTargetGroup,
  createTargetGroup,
  type ProxyTargets,
  type TargetGroupArgs,
} from "./target-group";

/** Arguments of {@link LoadBalancer}. */
export interface LoadBalancerArgs extends Omit<TargetGroupArgs, "endpoint">, ListenerArgs {
  /** How the instances of each colour are reached. A change replaces the colour's target group. */
  readonly endpoints: Readonly<Record<Colour, InstanceEndpoint>>;
  /**
   * Whether the load balancer has private addresses only. A change replaces it, which {@link deletionProtection}
   * refuses.
   */
  readonly internal: boolean;
  /** Ids of subnets, each in a zone of its own, in two zones at least: public ones, unless it is internal. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** Whether it has IPv6 addresses too; all its subnets need IPv6 ranges then. */
  readonly ipv6: boolean;
  /** Who may reach it. */
  readonly ingress: readonly IngressSource[];
  /** Whether it asks an identity provider, by HTTPS and IPv4, who visitors are or which keys sign tokens. */
  readonly asksIdentityProvider: boolean;
  /** Proxies of our own that get requests, or stand by to get them; undefined without any. */
  readonly proxies: ProxyTargets | undefined;
  /** Seconds without a byte after which a connection is closed, 1 to 4,000. */
  readonly idleTimeoutSeconds: number;
  /** Days after which logs are deleted. */
  readonly accessLogRetentionDays: number;
  /** Whether connections are logged too, those whose TLS fails among them. */
  readonly connectionLogs: boolean;
  /** Whether health checks are logged too. */
  readonly healthCheckLogs: boolean;
  /** Capacity units that AWS keeps ready, 100 to 15,000; 0 for none. */
  readonly capacityUnits: number;
  /** Whether requests may be shifted away from a zone. */
  readonly zonalShift: boolean;
  /** Whether CloudFront may write its logs to the same bucket. */
  readonly cloudFrontLogs: boolean;
  /** Whether S3 counts the requests that write access logs, for about 5 dollars a month. */
  readonly accessLogMetrics: boolean;
  /**
   * Whether AWS refuses to delete the load balancer, and Pulumi to delete or replace what cannot be had back:
   * the balancer, its security group (a new VPC would replace it) and the logs.
   */
  readonly deletionProtection: boolean;
}

/** A target group of a {@link LoadBalancer} with a colour's instances. */
export interface ColouredTargetGroup extends JoinedTargetGroup {
  /** Whose instances join it. */
  readonly colour: Colour;
}

/** A target group of a {@link LoadBalancer}. */
export interface JoinedTargetGroup {
  /** Its ARN, available once the HTTPS listener knows it: no target is healthy before. */
  readonly arn: pulumi.Output<string>;
  /** What CloudWatch's dimension `TargetGroup` calls it, likewise. */
  readonly arnSuffix: pulumi.Output<string>;
}

/**
 * An Application Load Balancer that serves HTTPS and nothing else: port 80 only redirects to 443.
 *
 * Its security group lets in what {@link LoadBalancerArgs.ingress} says, and no traffic out but to an identity provider.
 * Whoever adds targets adds the rule that leads to them.
 */
export class LoadBalancer extends pulumi.ComponentResource {
  /** The load balancer itself, for the options of what goes with it. */
  readonly resource: aws.lb.LoadBalancer;
  /** The load balancer's ARN. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** The load balancer's own DNS name; the certificate does not cover it. */
  readonly dnsName: pulumi.Output<string>;
  /** Id of the hosted zone of {@link dnsName}, for alias records. */
  readonly hostedZoneId: pulumi.Output<string>;
  /** Where the load balancer writes who asked for what. */
  readonly accessLogs: AccessLogs;
  /** Id of the load balancer's security group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** What CloudWatch's dimension `LoadBalancer` calls it. */
  readonly arnSuffix: pulumi.Output<string>;
  /** The groups that instances join, one for each colour in use. */
  readonly targetGroups: readonly ColouredTargetGroup[];
  /** The group that proxies join; undefined without proxies. */
  readonly proxyTargetGroup: JoinedTargetGroup | undefined;
  /** ARN of the listener on 443; rules of one's own go there. */
  readonly httpsListenerArn: pulumi.Output<string>;
  /** ARN of the bucket of the logs, available once its policy is. */
  readonly logBucketArn: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:LoadBalancer", name, {}, opts);

    const securityGroup = createSecurityGroup(name, args, this);
    const accessLogs = new AccessLogs(
      name,
      {
        retentionDays: args.accessLogRetentionDays,
        prefixes: logPrefixes(args),
        cloudFront: args.cloudFrontLogs,
        deletionProtection: args.deletionProtection,
        requestMetrics: args.accessLogMetrics,
        tags: args.tags,
      },
      { parent: this },
    );
    const loadBalancer = createLoadBalancer(name, args, securityGroup, accessLogs, this);
    const targetGroups = args.colours.map((colour) => ({
      colour,
      group: createTargetGroup(
        name,
        { ...args, endpoint: args.endpoints[colour] },
        colour,
        loadBalancer,
        this,
      ),
    }));
    const proxies = args.proxies && {
      group: createProxyTargetGroup(name, args, args.proxies, loadBalancer, this),
      weight: args.proxies.weight,
    };
    const httpsListener = createHttpsListener(name, args, loadBalancer, targetGroups, proxies, this);
    addCertificates(name, args, httpsListener, this);
    createHttpRedirect(name, args, loadBalancer, this);

    this.accessLogs = accessLogs;
    this.resource = loadBalancer;
    this.loadBalancerArn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.hostedZoneId = loadBalancer.zoneId;
    this.logBucketArn = accessLogs.bucketArn;
    this.securityGroupId = securityGroup.id;
    this.arnSuffix = loadBalancer.arnSuffix;
    const joined = (group: aws.lb.TargetGroup): JoinedTargetGroup => ({
      arn: after(httpsListener, group.arn),
      arnSuffix: after(httpsListener, group.arnSuffix),
    });
    this.targetGroups = targetGroups.map(({ colour, group }) => ({ colour, ...joined(group) }));
    this.proxyTargetGroup = proxies && joined(proxies.group);
    this.httpsListenerArn = httpsListener.arn;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      dnsName: this.dnsName,
      hostedZoneId: this.hostedZoneId,
      logBucketArn: this.logBucketArn,
      securityGroupId: this.securityGroupId,
      arnSuffix: this.arnSuffix,
      targetGroups: this.targetGroups,
      httpsListenerArn: this.httpsListenerArn,
    });
  }
}

function createSecurityGroup(
  name: string,
  args: LoadBalancerArgs,
  parent: pulumi.Resource,
): aws.ec2.SecurityGroup {
  const securityGroup = new aws.ec2.SecurityGroup(
    `${name}-load-balancer`,
    {
      vpcId: args.vpcId,
      // Says no more than `internal` does: another description means another group, and so another balancer.
      description: args.internal
        ? "HTTPS from private networks"
        : "HTTPS from anywhere, and HTTP to be redirected",
      tags: named(args.tags, `${name}-load-balancer`),
    },
    { parent, protect: args.deletionProtection },
  );
  for (const source of args.ingress) createIngressRules(name, source, securityGroup.id, args.tags, parent);
  if (args.asksIdentityProvider) allowIdentityProvider(name, args, securityGroup, parent);
  return securityGroup;
}

/**
 * The way to the identity provider: its addresses change, and a load balancer speaks IPv4 to it.
 *
 * @see https://repost.aws/knowledge-center/elb-configure-authentication-alb
 */
function allowIdentityProvider(
  name: string,
  { tags }: LoadBalancerArgs,
  securityGroup: aws.ec2.SecurityGroup,
  parent: pulumi.Resource,
): void {
  const ruleName = `${name}-load-balancer-to-identity-provider`;
  new aws.vpc.SecurityGroupEgressRule(
    ruleName,
    {
      securityGroupId: securityGroup.id,
      description: "HTTPS to the identity provider",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
      tags: named(tags, ruleName),
    },
    { parent },
  );
}

function createLoadBalancer(
  name: string,
  args: LoadBalancerArgs,
  securityGroup: aws.ec2.SecurityGroup,
  accessLogs: AccessLogs,
  parent: pulumi.Resource,
): aws.lb.LoadBalancer {
  const prefixes = logPrefixes(args);
  // Switched off rather than left out: what is left out goes on.
  const log = (prefix: LogPrefix): aws.types.input.lb.LoadBalancerAccessLogs => ({
    enabled: prefixes.includes(prefix),
    bucket: accessLogs.bucket,
    prefix,
  });
  return new aws.lb.LoadBalancer(
    boundedName(`${name}-alb`),
    {
      loadBalancerType: "application",
      internal: args.internal,
      ipAddressType: args.ipv6 ? "dualstack" : "ipv4",
      subnets: args.subnetIds,
      securityGroups: [securityGroup.id],
      dropInvalidHeaderFields: true,
      // Refuses requests that front and back end could read differently, the root of request smuggling.
      desyncMitigationMode: "strictest",
      idleTimeout: args.idleTimeoutSeconds,
      accessLogs: log("access"),
      connectionLogs: log("connections"),
      healthCheckLogs: log("health-checks"),
      enableZonalShift: args.zonalShift,
      ...(args.capacityUnits > 0
        ? { minimumLoadBalancerCapacity: { capacityUnits: args.capacityUnits } }
        : {}),
      enableDeletionProtection: args.deletionProtection,
      tags: named(args.tags, `${name}-elastic-load-balancer`),
    },
    {
      parent,
      protect: args.deletionProtection,
      // AWS grants capacity within minutes as a rule, hours at the worst, and the provider waits for it.
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/request-capacity-unit-reservation.html
      ...(args.capacityUnits > 0 ? { customTimeouts: { create: "3h", update: "3h" } } : {}),
    },
  );
}

function logPrefixes({ connectionLogs, healthCheckLogs }: LoadBalancerArgs): LogPrefix[] {
  return [
    "access",
    ...(connectionLogs ? (["connections"] as const) : []),
    ...(healthCheckLogs ? (["health-checks"] as const) : []),
  ];
}

/** `output`, for whose value one also waits until `resource` exists. */
function after<T>(resource: pulumi.CustomResource, output: pulumi.Output<T>): pulumi.Output<T> {
  return pulumi.all([output, resource.id]).apply(([value]) => value) as pulumi.Output<T>;
}
