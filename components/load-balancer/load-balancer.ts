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
  /** How the instances of each colour are reached. Changing it replaces the colour's target group. */
  readonly endpoints: Readonly<Record<Colour, InstanceEndpoint>>;
  /**
   * Whether the load balancer has private addresses only. Changing it replaces the load balancer, which
   * {@link deletionProtection} refuses.
   */
  readonly internal: boolean;
  /**
   * Ids of subnets in at least two zones, one per zone. They are public unless the load balancer is internal.
   */
  readonly subnetIds: pulumi.Input<string[]>;
  /** Whether the load balancer has IPv6 addresses too. Then all its subnets need IPv6 ranges. */
  readonly ipv6: boolean;
  /** The sources that may reach the load balancer. */
  readonly ingress: readonly IngressSource[];
  /**
   * Whether the load balancer connects to an identity provider, by HTTPS over IPv4, for logins or for the
   * keys that sign tokens.
   */
  readonly asksIdentityProvider: boolean;
  /** The proxies that get requests or stand by; undefined without proxies. */
  readonly proxies: ProxyTargets | undefined;
  /** Idle timeout in seconds, 1 to 4,000. */
  readonly idleTimeoutSeconds: number;
  /** Days after which logs are deleted. */
  readonly accessLogRetentionDays: number;
  /** Whether connections are logged too, including those whose TLS handshake fails. */
  readonly connectionLogs: boolean;
  /** Whether health checks are logged too. */
  readonly healthCheckLogs: boolean;
  /** Reserved load balancer capacity units, 100 to 15,000; 0 for none. */
  readonly capacityUnits: number;
  /** Whether a zonal shift may move traffic away from a zone. */
  readonly zonalShift: boolean;
  /** Whether CloudFront may write its logs to the same bucket. */
  readonly cloudFrontLogs: boolean;
  /** Whether S3 counts the requests that write access logs, for about 5 dollars a month. */
  readonly accessLogMetrics: boolean;
  /**
   * Whether AWS refuses to delete the load balancer, and Pulumi refuses to delete or replace resources that
   * can't be recovered: the load balancer, its security group (a new VPC would replace it) and the logs.
   */
  readonly deletionProtection: boolean;
}

/** The target group of a colour's instances at a {@link LoadBalancer}. */
export interface ColouredTargetGroup extends JoinedTargetGroup {
  /** The colour of its instances. */
  readonly colour: Colour;
}

/** A target group of a {@link LoadBalancer}. */
export interface JoinedTargetGroup {
  /** ARN, available once the HTTPS listener uses the group: no target becomes healthy before. */
  readonly arn: pulumi.Output<string>;
  /** The value of CloudWatch's dimension `TargetGroup`, available at the same time. */
  readonly arnSuffix: pulumi.Output<string>;
}

/**
 * An Application Load Balancer that serves HTTPS only: port 80 redirects to port 443.
 *
 * Its security group allows ingress from {@link LoadBalancerArgs.ingress} and egress only to an identity
 * provider. If you add targets, also add the egress rule to them.
 */
export class LoadBalancer extends pulumi.ComponentResource {
  /** The load balancer resource, for the options of dependent resources. */
  readonly resource: aws.lb.LoadBalancer;
  /** The load balancer's ARN. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** The load balancer's DNS name. The certificate does not cover it. */
  readonly dnsName: pulumi.Output<string>;
  /** Id of the hosted zone of {@link dnsName}, for alias records. */
  readonly hostedZoneId: pulumi.Output<string>;
  /** The bucket of the load balancer's logs. */
  readonly accessLogs: AccessLogs;
  /** Id of the load balancer's security group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The value of CloudWatch's dimension `LoadBalancer`. */
  readonly arnSuffix: pulumi.Output<string>;
  /** The groups that instances join, one for each colour in use. */
  readonly targetGroups: readonly ColouredTargetGroup[];
  /** The group that proxies join; undefined without proxies. */
  readonly proxyTargetGroup: JoinedTargetGroup | undefined;
  /** ARN of the listener on port 443, to which you can add rules. */
  readonly httpsListenerArn: pulumi.Output<string>;
  /** ARN of the log bucket, available once its policy exists. */
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
      // Depends on `internal` only: changing the description would replace the group, and with it the load
      // balancer.
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
 * Allows egress to the identity provider. Its addresses change, so all IPv4 addresses are allowed; load
 * balancers use IPv4 for it.
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
  // Disabled instead of omitted: an omitted log stays enabled.
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
      // Refuses requests that the front end and the back end could interpret differently, which makes request
      // smuggling possible.
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
      // AWS usually provides capacity within minutes, at worst within hours, and the provider waits for it.
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

/** `output`, available only once `resource` exists. */
function after<T>(resource: pulumi.CustomResource, output: pulumi.Output<T>): pulumi.Output<T> {
  return pulumi.all([output, resource.id]).apply(([value]) => value) as pulumi.Output<T>;
}
