import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { AccessLogs } from "./access-logs";
import type { Colour } from "./colours";
import { boundedName, named, type Tags } from "./naming";
import { type SecurityHeaders, strictTransportSecurity } from "./security-headers";
import type { TlsPolicy } from "./tls-policies";

/**
 * When an instance counts as healthy. An Application Load Balancer asks each one in turn, from every zone.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export interface HealthCheck {
  /** Path that an instance answers with status 200 when it can serve customers. */
  readonly path: string;
  /** Seconds from one check to the next, 5 to 300. */
  readonly intervalSeconds: number;
  /** Seconds that an answer may take, 2 to 120, less than the interval. */
  readonly timeoutSeconds: number;
  /** Good answers in a row that make an instance healthy, 2 to 10. */
  readonly healthyThreshold: number;
  /** Bad answers in a row that make it unhealthy, 2 to 10. */
  readonly unhealthyThreshold: number;
}

/** Arguments of {@link LoadBalancer}. */
export interface LoadBalancerArgs {
  /** Id of the VPC. */
  readonly vpcId: pulumi.Input<string>;
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
  /** TCP port on which the instances answer, by plain HTTP within the VPC. */
  readonly instancePort: number;
  /** When an instance counts as healthy. */
  readonly healthCheck: HealthCheck;
  /** Seconds that a request under way has to finish when its instance leaves, 0 to 3,600. */
  readonly deregistrationDelaySeconds: number;
  /** Seconds without a byte after which a connection is closed, 1 to 4,000. */
  readonly idleTimeoutSeconds: number;
  /** What browsers are told with every answer. */
  readonly securityHeaders: SecurityHeaders;
  /** Days after which access logs are deleted. */
  readonly accessLogRetentionDays: number;
  /**
   * Whether AWS refuses to delete the load balancer, and Pulumi to delete or replace what cannot be had back:
   * the balancer, its security group (a new VPC would replace it) and the logs.
   */
  readonly deletionProtection: boolean;
  /** Tags for every resource that takes tags. */
  readonly tags: Tags;
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
        deletionProtection: args.deletionProtection,
        tags: args.tags,
      },
      { parent: this },
    );
    const loadBalancer = createLoadBalancer(name, args, securityGroup, accessLogs, this);
    const targetGroup = createTargetGroup(name, args, this);
    const httpsListener = createHttpsListener(name, args, loadBalancer, targetGroup, this);
    createHttpRedirect(name, args, loadBalancer, this);
    createAliasRecords(name, args, loadBalancer, this);

    this.loadBalancerArn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.securityGroupId = securityGroup.id;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.targetGroups = [
      {
        colour: "blue",
        arn: after(httpsListener, targetGroup.arn),
        arnSuffix: after(httpsListener, targetGroup.arnSuffix),
      },
    ];
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
      accessLogs: { enabled: true, bucket: accessLogs.bucket, prefix: accessLogs.prefix },
      enableDeletionProtection: args.deletionProtection,
      tags: named(args.tags, `${name}-elastic-load-balancer`),
    },
    { parent, protect: args.deletionProtection },
  );
}

function createTargetGroup(
  name: string,
  args: LoadBalancerArgs,
  parent: pulumi.Resource,
): aws.lb.TargetGroup {
  return new aws.lb.TargetGroup(
    boundedName(`${name}-instances`),
    {
      vpcId: args.vpcId,
      targetType: "instance",
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      port: args.instancePort,
      deregistrationDelay: args.deregistrationDelaySeconds,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: args.healthCheck.path,
        matcher: "200",
        interval: args.healthCheck.intervalSeconds,
        timeout: args.healthCheck.timeoutSeconds,
        healthyThreshold: args.healthCheck.healthyThreshold,
        unhealthyThreshold: args.healthCheck.unhealthyThreshold,
      },
      tags: named(args.tags, `${name}-instances`),
    },
    { parent },
  );
}

function createHttpsListener(
  name: string,
  args: LoadBalancerArgs,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroup: aws.lb.TargetGroup,
  parent: pulumi.Resource,
): aws.lb.Listener {
  const { contentSecurityPolicy } = args.securityHeaders;
  return new aws.lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn: loadBalancer.arn,
      protocol: "HTTPS",
      port: 443,
      sslPolicy: args.tlsPolicy,
      certificateArn: args.certificateArn,
      defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      routingHttpResponseServerEnabled: false,
      routingHttpResponseStrictTransportSecurityHeaderValue: strictTransportSecurity(args.securityHeaders),
      routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
      routingHttpResponseXFrameOptionsHeaderValue: "DENY",
      // Empty rather than left out: what is left out keeps the value it had.
      routingHttpResponseContentSecurityPolicyHeaderValue: contentSecurityPolicy,
      tags: named(args.tags, `${name}-https`),
    },
    { parent },
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
