import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { AccessLogs, type LogPrefix } from "./access-logs";
import type { Colour } from "./colours";
import { forwardAction, refuseNewcomers } from "./forwarding";
import { boundedName, named } from "./naming";
import { type SecurityHeaders, strictTransportSecurity } from "./security-headers";
import { createTargetGroup, type TargetGroupArgs } from "./target-group";
import type { TlsPolicy } from "./tls-policies";

/** Arguments of {@link LoadBalancer}. */
export interface LoadBalancerArgs extends TargetGroupArgs {
  /** Ids of public subnets, each in a zone of its own, in two zones at least. */
  readonly publicSubnetIds: pulumi.Input<string[]>;
  /** ARN of an issued certificate that covers {@link domainNames}. */
  readonly certificateArn: pulumi.Input<string>;
  /** The names that lead to the load balancer: each gets an alias record. */
  readonly domainNames: readonly string[];
  /** Id of the Route 53 public hosted zone that all the names lie in. */
  readonly hostedZoneId: pulumi.Input<string>;
  /** Which TLS versions and ciphers the listener on 443 accepts. */
  readonly tlsPolicy: TlsPolicy;
  /** The colours there are, each with a target group. */
  readonly colours: readonly Colour[];
  /**
   * Those of {@link colours} that have instances, and how the HTTPS listener shares requests among them by default,
   * 0 to 999 each.
   */
  readonly defaultWeights: Readonly<Partial<Record<Colour, number>>>;
  /** Seconds without a byte after which a connection is closed, 1 to 4,000. */
  readonly idleTimeoutSeconds: number;
  /** What browsers are told with every answer. */
  readonly securityHeaders: SecurityHeaders;
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
  /**
   * Whether AWS refuses to delete the load balancer, and Pulumi to delete or replace what cannot be had back:
   * the balancer, its security group (a new VPC would replace it) and the logs.
   */
  readonly deletionProtection: boolean;
}

/** A target group of a {@link LoadBalancer}. */
export interface ColouredTargetGroup {
  /** Whose instances join it. */
  readonly colour: Colour;
  /** Its ARN, available once the HTTPS listener knows it: no target is healthy before. */
  readonly arn: pulumi.Output<string>;
  /** What CloudWatch's dimension `TargetGroup` calls it, likewise. */
  readonly arnSuffix: pulumi.Output<string>;
}

/**
 * An internet-facing Application Load Balancer that serves HTTPS and nothing else: port 80 only redirects to
 * 443.
 *
 * Its security group lets no traffic out. Whoever adds targets adds the rule that leads to them.
 */
export class LoadBalancer extends pulumi.ComponentResource {
  /** The load balancer's ARN. */
  readonly loadBalancerArn: pulumi.Output<string>;
  /** The load balancer's own DNS name; the certificate does not cover it. */
  readonly dnsName: pulumi.Output<string>;
  /** Id of the load balancer's security group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** What CloudWatch's dimension `LoadBalancer` calls it. */
  readonly arnSuffix: pulumi.Output<string>;
  /** The groups that instances join, one for each colour in use. */
  readonly targetGroups: readonly ColouredTargetGroup[];
  /** ARN of the listener on 443; rules of one's own go there. */
  readonly httpsListenerArn: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("web-store:components:LoadBalancer", name, {}, opts);

    const securityGroup = createSecurityGroup(name, args, this);
    const accessLogs = new AccessLogs(
      name,
      {
        retentionDays: args.accessLogRetentionDays,
        prefixes: logPrefixes(args),
        deletionProtection: args.deletionProtection,
        tags: args.tags,
      },
      { parent: this },
    );
    const loadBalancer = createLoadBalancer(name, args, securityGroup, accessLogs, this);
    const targetGroups = args.colours.map((colour) => ({
      colour,
      group: createTargetGroup(name, args, colour, this),
    }));
    const httpsListener = createHttpsListener(name, args, loadBalancer, targetGroups, this);
    createHttpRedirect(name, args, loadBalancer, this);
    createAliasRecords(name, args, loadBalancer, this);

    this.loadBalancerArn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.securityGroupId = securityGroup.id;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.targetGroups = targetGroups.map(({ colour, group }) => ({
      colour,
      arn: after(httpsListener, group.arn),
      arnSuffix: after(httpsListener, group.arnSuffix),
    }));
    this.httpsListenerArn = httpsListener.arn;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      dnsName: this.dnsName,
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
      description: "HTTPS from anywhere, and HTTP to be redirected",
      tags: named(args.tags, `${name}-load-balancer`),
    },
    { parent, protect: args.deletionProtection },
  );
  for (const [protocol, port] of [
    ["https", 443],
    ["http", 80],
  ] as const) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-${protocol}-from-anywhere`,
      {
        securityGroupId: securityGroup.id,
        description: `${protocol.toUpperCase()} from anywhere`,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: "0.0.0.0/0",
        tags: named(args.tags, `${name}-${protocol}-from-anywhere`),
      },
      { parent },
    );
  }
  return securityGroup;
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
      internal: false,
      ipAddressType: "ipv4",
      subnets: args.publicSubnetIds,
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

function createHttpsListener(
  name: string,
  args: LoadBalancerArgs,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroups: readonly { readonly colour: Colour; readonly group: aws.lb.TargetGroup }[],
  parent: pulumi.Resource,
): aws.lb.Listener {
  const { contentSecurityPolicy } = args.securityHeaders;
  const targets = targetGroups.flatMap(({ colour, group }) => {
    const weight = args.defaultWeights[colour];
    return weight === undefined ? [] : [{ arn: group.arn, weight }];
  });
  return new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTPS",
      port: 443,
      sslPolicy: args.tlsPolicy,
      certificateArn: args.certificateArn,
      defaultActions: [forwardAction({ targets, stickinessSeconds: 0 })],
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: strictTransportSecurity(args.securityHeaders),
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
      // Empty rather than left out: what is left out keeps the value it had.
      routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy,
      tags: named(args.tags, `${name}-https`),
    },
    {
      parent,
      hooks: { beforeUpdate: args.colours.length > 1 ? [refuseNewcomers(`${name}-listener-newcomers`)] : [] },
    },
  );
}

function createHttpRedirect(
  name: string,
  args: LoadBalancerArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): void {
  new aws.lb.Listener(
    `${name}-http-redirect`,
    {
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTP",
      port: 80,
      // Without a protocol the redirect would lead to HTTP again.
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
      routingHttpResponseServerEnabled: false,
      tags: named(args.tags, `${name}-http-redirect`),
    },
    { parent },
  );
}

function createAliasRecords(
  name: string,
  args: LoadBalancerArgs,
  loadBalancer: aws.lb.LoadBalancer,
  parent: pulumi.Resource,
): void {
  for (const domainName of args.domainNames) {
    new aws.route53.Record(
      `${name}-alias-${domainName}`,
      {
        zoneId: args.hostedZoneId,
        name: domainName,
        type: "A",
        aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }],
      },
      { parent },
    );
  }
}

/** `output`, for whose value one also waits until `resource` exists. */
function after<T>(resource: pulumi.CustomResource, output: pulumi.Output<T>): pulumi.Output<T> {
  return pulumi.all([output, resource.id]).apply(([value]) => value) as pulumi.Output<T>;
}
