import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Tags, Validations } from "aws-cdk-lib";
import {
  AdditionalHealthCheckType,
  AutoScalingGroup,
  HealthChecks,
  InstanceRefreshStrategy,
  UpdatePolicy,
} from "aws-cdk-lib/aws-autoscaling";
import { Certificate, CertificateValidation, KeyAlgorithm } from "aws-cdk-lib/aws-certificatemanager";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as elb from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import {
  ARecord,
  HostedZone,
  type HostedZoneAttributes,
  type IHostedZone,
  RecordTarget,
} from "aws-cdk-lib/aws-route53";
import { LoadBalancerTarget } from "aws-cdk-lib/aws-route53-targets";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

import { bootScript } from "./boot-script";

/** The properties of a store, with the values of `examples/minimal-dev.yaml` and `minimal-prod.yaml`. */
export interface StoreStackProps extends StackProps {
  /** The public hosted zone of all names. */
  readonly hostedZone: HostedZoneAttributes;
  /** The name that customers type. */
  readonly domainName: string;
  /** Further names on the certificate, each with an alias record. */
  readonly subjectAlternativeNames: readonly string[];
  /** Availability Zones to use, at least two. */
  readonly availabilityZones: readonly string[];
  /** Number of NAT gateways: one, or one per zone. */
  readonly natGateways: number;
  /** Whether AWS refuses to delete the load balancer. */
  readonly deletionProtection: boolean;
  /** Instance type, arm64. */
  readonly instanceType: ec2.InstanceType;
  /** The minimum number of instances. */
  readonly minSize: number;
  /** The maximum number of instances. */
  readonly maxSize: number;
}

const INSTANCE_PORT = 8080;
const HEALTH_CHECK_PATH = "/healthz";
const BOOT_TIME = Duration.seconds(120);

/** An online store behind HTTPS: network, certificate, load balancer, instances. */
export class StoreStack extends Stack {
  readonly #availabilityZones: readonly string[];

  constructor(scope: Construct, id: string, props: StoreStackProps) {
    super(scope, id, props);
    this.#availabilityZones = props.availabilityZones;

    const hostedZone = HostedZone.fromHostedZoneAttributes(this, "HostedZone", props.hostedZone);
    const vpc = this.createNetwork(props);
    const certificate = new Certificate(this, "Certificate", {
      domainName: props.domainName,
      subjectAlternativeNames: [...props.subjectAlternativeNames],
      validation: CertificateValidation.fromDns(hostedZone),
      keyAlgorithm: KeyAlgorithm.EC_PRIME256V1,
    });
    const { loadBalancer, httpsListener } = this.createLoadBalancer(props, vpc, certificate);
    this.createAliasRecords(props, hostedZone, loadBalancer);
    const group = this.createFleet(props, vpc, loadBalancer);
    const targetGroup = this.connect(vpc, httpsListener, group);

    Tags.of(this).add("Project", "web-store");
    Tags.of(this).add("Stack", id);
    new CfnOutput(this, "Url", { value: `https://${props.domainName}` });
    new CfnOutput(this, "LoadBalancerDnsName", { value: loadBalancer.loadBalancerDnsName });
    new CfnOutput(this, "LoadBalancerArn", { value: loadBalancer.loadBalancerArn });
    new CfnOutput(this, "TargetGroupArn", { value: targetGroup.targetGroupArn });
    new CfnOutput(this, "AutoScalingGroupName", { value: group.autoScalingGroupName });
    new CfnOutput(this, "VpcId", { value: vpc.vpcId });
    new CfnOutput(this, "CertificateArn", { value: certificate.certificateArn });
  }

  /** The stack's own zones: without them, CDK asks AWS for the account's zones. */
  override get availabilityZones(): string[] {
    return [...this.#availabilityZones];
  }

  private createNetwork(props: StoreStackProps): ec2.Vpc {
    const vpc = new ec2.Vpc(this, "Vpc", {
      ipAddresses: ec2.IpAddresses.cidr("10.0.0.0/16"),
      availabilityZones: this.availabilityZones,
      natGateways: props.natGateways,
      subnetConfiguration: [
        { name: "Private", subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 19 },
        { name: "Public", subnetType: ec2.SubnetType.PUBLIC, cidrMask: 20, mapPublicIpOnLaunch: false },
      ],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      restrictDefaultSecurityGroup: true,
    });
    vpc.addFlowLog("FlowLog", {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(
        new LogGroup(this, "FlowLogGroup", { retention: RetentionDays.ONE_MONTH }),
      ),
    });
    return vpc;
  }

  private createLoadBalancer(props: StoreStackProps, vpc: ec2.Vpc, certificate: Certificate) {
    const logBucket = new Bucket(this, "LogBucket", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      removalPolicy: props.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(logBucket).acknowledge({
      id: "AwsSolutions-S1",
      reason: "This bucket holds access logs: logging access to it would create more logs without end.",
    });

    const securityGroup = new ec2.SecurityGroup(this, "LoadBalancerSecurityGroup", {
      vpc,
      description: "HTTPS from anywhere, and HTTP to be redirected",
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, "HTTPS from anywhere");
    securityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTP, "HTTP from anywhere");
    Validations.of(securityGroup).acknowledge({
      id: "AwsSolutions-EC23",
      reason: "A public store is open to everyone, on port 443 and on port 80, which only redirects.",
    });

    const loadBalancer = new elb.ApplicationLoadBalancer(this, "LoadBalancer", {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      internetFacing: true,
      securityGroup,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elb.DesyncMitigationMode.STRICTEST,
      deletionProtection: props.deletionProtection,
    });
    loadBalancer.logAccessLogs(logBucket);
    // The rules of the security group are written above, each with its description.
    loadBalancer.addRedirect({ open: false });

    const httpsListener = loadBalancer.addListener("Https", {
      port: 443,
      protocol: elb.ApplicationProtocol.HTTPS,
      certificates: [certificate],
      sslPolicy: elb.SslPolicy.TLS13_12_RES_PQ,
      open: false,
    });
    for (const [header, value] of [
      ["strict_transport_security", "max-age=31536000"],
      ["x_content_type_options", "nosniff"],
      ["x_frame_options", "DENY"],
      [
        "content_security_policy",
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
      ],
    ] as const) {
      httpsListener.setAttribute(`routing.http.response.${header}.header_value`, value);
    }
    httpsListener.setAttribute("routing.http.response.server.enabled", "false");
    return { loadBalancer, httpsListener };
  }

  private createAliasRecords(
    props: StoreStackProps,
    zone: IHostedZone,
    loadBalancer: elb.ApplicationLoadBalancer,
  ): void {
    for (const recordName of [props.domainName, ...props.subjectAlternativeNames]) {
      new ARecord(this, `Alias-${recordName}`, {
        zone,
        recordName,
        target: RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer, { evaluateTargetHealth: true })),
      });
    }
  }

  private createFleet(
    props: StoreStackProps,
    vpc: ec2.Vpc,
    loadBalancer: elb.ApplicationLoadBalancer,
  ): AutoScalingGroup {
    const securityGroup = new ec2.SecurityGroup(this, "InstanceSecurityGroup", {
      vpc,
      description: "Requests from the load balancer, HTTPS to AWS and the internet",
      allowAllOutbound: false,
    });
    securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, "HTTPS to AWS and the internet");
    loadBalancer.connections.allowTo(
      securityGroup,
      ec2.Port.tcp(INSTANCE_PORT),
      "Requests and health checks",
    );

    const role = new Role(this, "InstanceRole", {
      description: "The permissions of the store's instances",
      assumedBy: new ServicePrincipal("ec2.amazonaws.com"),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
    });
    Validations.of(role).acknowledge({
      id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]",
      reason: "AWS keeps this policy up to date with what Session Manager needs.",
    });

    const launchTemplate = new ec2.LaunchTemplate(this, "LaunchTemplate", {
      machineImage: ec2.MachineImage.resolveSsmParameterAtLaunch(
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      ),
      instanceType: props.instanceType,
      userData: ec2.UserData.custom(bootScript(props.domainName, INSTANCE_PORT, HEALTH_CHECK_PATH)),
      role,
      securityGroup,
      associatePublicIpAddress: false,
      httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      blockDevices: [
        {
          deviceName: "/dev/xvda",
          volume: ec2.BlockDeviceVolume.ebs(8, { volumeType: ec2.EbsDeviceVolumeType.GP3, encrypted: true }),
        },
      ],
    });

    const group = new AutoScalingGroup(this, "Fleet", {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      launchTemplate,
      minCapacity: props.minSize,
      maxCapacity: props.maxSize,
      healthChecks: HealthChecks.withAdditionalChecks({
        additionalTypes: [AdditionalHealthCheckType.ELB],
        gracePeriod: BOOT_TIME,
      }),
      defaultInstanceWarmup: BOOT_TIME,
      maxInstanceLifetime: Duration.days(30),
      updatePolicy: UpdatePolicy.instanceRefresh({
        strategy: InstanceRefreshStrategy.ROLLING,
        minHealthyPercentage: 100,
        maxHealthyPercentage: 150,
      }),
    });
    Validations.of(group).acknowledge({
      id: "AwsSolutions-AS3",
      reason: "Scaling is routine and needs no notification.",
    });
    return group;
  }

  private connect(
    vpc: ec2.Vpc,
    listener: elb.ApplicationListener,
    group: AutoScalingGroup,
  ): elb.ApplicationTargetGroup {
    const targetGroup = new elb.ApplicationTargetGroup(this, "TargetGroup", {
      vpc,
      targetType: elb.TargetType.INSTANCE,
      protocol: elb.ApplicationProtocol.HTTP,
      protocolVersion: elb.ApplicationProtocolVersion.HTTP1,
      port: INSTANCE_PORT,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        enabled: true,
        protocol: elb.Protocol.HTTP,
        port: "traffic-port",
        path: HEALTH_CHECK_PATH,
        healthyHttpCodes: "200",
        interval: Duration.seconds(15),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
      targets: [group],
    });
    listener.addTargetGroups("Store", { targetGroups: [targetGroup] });
    group.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 50 });
    group.scaleOnRequestCount("Requests", { targetRequestsPerMinute: 1000 });
    return targetGroup;
  }
}
