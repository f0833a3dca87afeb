import { add, ref, remove, set, type Step } from "./mend";

const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
const HTTPS = {
  protocol: "HTTPS",
  port: 443,
  sslPolicy: SSL_POLICY,
  certificateArn: CERTIFICATE,
  routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
};
const TO_HTTPS = {
  protocol: "HTTP",
  port: 80,
  defaultActions: [
    { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
  ],
};
const LOGS = { enabled: true, bucket: "logs-of-the-shop", prefix: "logs" };
const OFFICE = "203.0.113.7/32";
const CHECK = {
  protocol: "HTTP",
  path: "/healthz",
  matcher: "200",
  interval: 15,
  timeout: 5,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};

function tlsOnly(bucket: string): string {
  const Statement = [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

const script = (text: string): string => Buffer.from(`#!/bin/sh\n${text}\n`).toString("base64");
const START = script("/opt/shop/start");

/**
 * By attack, how to mend it: the least change after which our pack has nothing to refuse. A finding that a tool makes
 * on the attack and not on the program so mended is about the defect.
 */
export const MENDED: Readonly<Record<string, readonly Step[]>> = {
  // evasion: the route is closed by not taking it
  "association-runs-commands": [set("Association later", { name: "AWS-RunPatchBaseline" })],
  "scheduled-trust-in-ec2": [remove("Schedule later")],
  "state-machine-calls-aws-by-http": [remove("StateMachine open")],
  "state-machine-makes-listener": [remove("StateMachine later")],
  "address-by-user-data": [set("LaunchTemplate shop", { userData: undefined })],
  "native-address": [remove("Resource address")],
  "ingress-of-another-class": [remove("Ingress shop")],
  "lightsail-distribution-in-clear": [set("Distribution shop", { "origin.protocolPolicy": "https-only" })],
  "accelerator-to-address": [remove("EndpointGroup shop")],
  "accelerator-to-instance": [remove("EndpointGroup shop")],
  "association-writes-a-cron-job": [
    set("Association nightly", { "parameters.commands": "systemctl restart shop" }),
  ],
  "beanstalk-environment": [remove("Environment shop")],
  "beanstalk-instance-alone": [remove("Environment shop")],
  "build-opens-a-port": [set("Project nightly", { "source.buildspec": "version: 0.2" })],
  "cloud-control-listener": [remove("Resource plain")],
  "cloud-control-of-unknown-type": [remove("Resource something")],
  "cloudformation-stack": [remove("Stack doors")],
  "command-makes-listener": [remove("Command plain")],
  "controller-makes-listener": [remove("Listener plain")],
  "dynamic-provider": [remove("Door plain")],
  "experiment-runs-commands": [remove("ExperimentTemplate chaos")],
  "express-service": [remove("ExpressGatewayService shop")],
  "function-makes-listener": [remove("Invocation plain")],
  "helm-chart-service": [set("Service shop-front", { "spec.type": "ClusterIP" })],
  "helm-release": [remove("Release ingress")],
  "kubernetes-ingress": [remove("Ingress shop")],
  "kubernetes-service": [remove("Service shop")],
  "lattice-in-clear": [set("Listener shop", { protocol: "HTTPS" })],
  "lightsail-balancer": [remove("Lb shop")],
  "lightsail-instance": [remove("Instance shop")],
  "native-bucket-policy": [remove("BucketPolicy assets")],
  "native-bucket": [remove("Bucket assets")],
  "native-listener": [remove("Listener plain")],
  "native-vpc": [remove("Vpc shop")],
  "schedule-of-a-made-up-target": [remove("Schedule open")],
  "scheduled-listener": [remove("Schedule later")],
  "scheduled-suspension": [remove("Schedule later")],
  "terraform-module": [remove("aws_lb_listener plain")],

  // exposure
  "api-key-in-user-data": [set("LaunchTemplate shop", { userData: START })],
  "default-subnet-taken-over": [
    set("LoadBalancer shop", { subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }),
    remove("DefaultSubnet a"),
    remove("DefaultSubnet b"),
  ],
  "desync-watched-only-by-old-alias": [set("LoadBalancer shop", { desyncMitigationMode: "strictest" })],
  "every-protocol-with-a-web-port": [set("SecurityGroup web", { "ingress[0].protocol": "tcp" })],
  "flow-log-of-what-was-accepted": [set("FlowLog shop", { trafficType: "ALL" })],
  "group-of-no-subnets": [
    set("Group shop", {
      availabilityZones: undefined,
      vpcZoneIdentifiers: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    }),
    set("SecurityGroupIngressRule world", { cidrIpv4: "10.0.0.0/16" }),
  ],
  "half-attached-to-the-interface": [remove("NetworkInterfaceSecurityGroupAttachment later")],
  "halves-in-two-rules": ["13", "18", "34", "44", "52", "54", "99"].map((octet) =>
    remove(`SecurityGroupIngressRule ssh-${octet}`),
  ),
  "halves-in-two-security-groups": [
    set("Instance jump", { vpcSecurityGroupIds: [ref("SecurityGroup office-34", "id")] }),
  ],
  "haproxy-runtime-api-on-the-network": [set("LaunchTemplate shop", { userData: START })],
  "haproxy-statistics-in-a-compressed-file": [set("LaunchTemplate shop", { userData: START })],
  "imds-out-of-the-instance": [set("LaunchTemplate shop", { "metadataOptions.httpPutResponseHopLimit": 1 })],
  "nodes-in-public-subnets": [set("Subnet nodes", { mapPublicIpOnLaunch: false })],
  "subnet-that-nobody-shows": [set("Instance shop", { associatePublicIpAddress: false })],
  "group-that-nobody-shows": [set("Instance shop", { associatePublicIpAddress: false })],
  "address-of-ipv6": [set("Instance shop", { ipv6AddressCount: undefined })],
  "address-of-a-scheduled-task": [
    set("Schedule shop", { "target.ecsParameters.networkConfiguration.assignPublicIp": false }),
  ],
  "lightsail-ports-for-all": [set("InstancePublicPorts shop", { "portInfos[0].cidrs": [OFFICE] })],
  "ssh-to-the-nodes": [set("NodeGroup nodes", { remoteAccess: undefined })],
  "imds-v1-by-default": [set("LaunchTemplate shop", { "metadataOptions.httpTokens": "required" })],
  "imds-v1-by-spot-fleet": [remove("SpotFleetRequest batch")],
  "imds-v1-past-the-launch-template": [
    set("Instance batch", { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } }),
  ],
  "instance-of-no-subnet": [
    set("Instance batch", { subnetId: "subnet-0123456789abcdef0", associatePublicIpAddress: false }),
  ],
  "instances-open-by-two-groups": [
    set("SecurityGroupIngressRule https-0", { cidrIpv4: "10.0.0.0/16" }),
    set("SecurityGroupIngressRule https-1", { cidrIpv4: "10.0.0.0/16" }),
  ],
  "instances-open-on-https": [set("SecurityGroupIngressRule https", { cidrIpv4: "10.0.0.0/16" })],
  "malformed-headers-by-alias": [set("LoadBalancer shop", { dropInvalidHeaderFields: true })],
  "password-in-encoded-powershell": [set("LaunchTemplate shop", { userData: START })],
  "password-in-escaped-json": [set("LaunchTemplate shop", { userData: START })],
  "port-range-from-http-to-https": [set("SecurityGroupIngressRule web", { fromPort: 443 })],
  "public-address-by-association": [remove("EipAssociation jump")],
  "public-address-by-launch-template": [
    set("LaunchTemplate shop", { "networkInterfaces[0].associatePublicIpAddress": "false" }),
  ],
  "public-address-by-subnet": [
    set("Subnet instances-a", { mapPublicIpOnLaunch: false }),
    set("Subnet instances-b", { mapPublicIpOnLaunch: false }),
  ],
  "public-address-of-a-task": [set("Service shop", { "networkConfiguration.assignPublicIp": false })],
  "public-address-on-the-network-interface": [set("Eip jump", { networkInterface: undefined })],
  "rule-in-the-default-group": [
    set("SecurityGroupIngressRule everyone", { securityGroupId: "sg-0123456789abcdef0" }),
  ],
  "rules-in-the-default-group-inline": [set("DefaultSecurityGroup everyone", { ingress: undefined })],
  "secret-in-a-multipart-file": [set("LaunchTemplate shop", { userData: START })],
  "secret-in-gzipped-user-data": [set("Instance batch", { userDataBase64: START })],
  "security-group-of-no-vpc": [set("SecurityGroup web", { vpcId: "vpc-0123456789abcdef0" })],
  "ssh-from-a-foreign-prefix-list": [
    set("SecurityGroupIngressRule ssh", { prefixListId: undefined, cidrIpv4: OFFICE }),
  ],
  "ssh-from-halves-of-the-world": [set("SecurityGroupRule ssh", { cidrBlocks: [OFFICE] })],
  "tasks-open-on-https": [
    set("SecurityGroupIngressRule https", { cidrIpv6: undefined, cidrIpv4: "10.0.0.0/16" }),
  ],
  "web-acl-on-the-other-balancer": [
    set("WebAclAssociation waf", { resourceArn: ref("LoadBalancer shop", "arn") }),
  ],
  "web-acl-without-rules": [
    set("WebAcl shop", {
      rules: [
        {
          name: "common",
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
          },
          visibilityConfig: {
            cloudwatchMetricsEnabled: true,
            metricName: "common",
            sampledRequestsEnabled: true,
          },
        },
      ],
    }),
  ],
  "world-behind-host-bits": [set("SecurityGroupIngressRule postgres", { cidrIpv4: OFFICE })],
  "world-beside-an-unknown-source": [set("SecurityGroup admin", { "ingress[1].cidrBlocks": [OFFICE] })],
  "world-in-a-prefix-list": [
    set("ManagedPrefixList offices", { entries: [{ cidr: OFFICE }] }),
    set("ManagedPrefixListEntry branch", { cidr: "203.0.113.8/32" }),
  ],
  "world-in-odd-notation": [
    ...["0", "1", "2", "3"].map((index) =>
      set(`SecurityGroupIngressRule ssh-${index}`, { cidrIpv4: OFFICE }),
    ),
    ...["0", "1", "2"].map((index) =>
      set(`SecurityGroupIngressRule ssh-v6-${index}`, { cidrIpv6: "2001:db8::7/128" }),
    ),
  ],

  // health
  "any-answer-is-healthy": [set("TargetGroup shop", { "healthCheck.matcher": "200" })],
  "any-grpc-code-is-healthy": [set("TargetGroup shop", { "healthCheck.matcher": "0" })],
  "attached-group-trusts-ec2": [set("Group shop", { healthCheckType: "ELB", healthCheckGracePeriod: 300 })],
  "canary-without-targets": [
    set("Group shop", {
      targetGroupArns: [ref("TargetGroup stable", "arn"), ref("TargetGroup canary", "arn")],
    }),
  ],
  "checked-from-outside-by-tls-1-2": [set("Listener https", { sslPolicy: SSL_POLICY })],
  "classic-open-port-is-healthy": [set("LoadBalancer shop", { "healthCheck.target": "HTTP:8080/healthz" })],
  "fail-open-early": [set("TargetGroup shop", { targetGroupHealth: undefined })],
  "fetched-group-trusts-ec2": [set("Group shop", { healthCheckType: "ELB", healthCheckGracePeriod: 300 })],
  "function-is-always-healthy": [set("TargetGroup shop", { "healthCheck.matcher": "200" })],
  "grace-of-a-week": [set("Group shop", { healthCheckGracePeriod: 300 })],
  "green-without-targets": [
    set("Group shop", { targetGroupArns: [ref("TargetGroup blue", "arn"), ref("TargetGroup green", "arn")] }),
  ],
  "group-trusts-ec2": [set("Group shop", { healthCheckType: "ELB", healthCheckGracePeriod: 300 })],
  "haproxy-open-port-is-healthy": [set("LaunchTemplate shop", { userData: START })],
  "haproxy-takes-errors-for-health": [set("LaunchTemplate shop", { userData: undefined })],
  "haproxy-without-checks": [set("LaunchTemplate shop", { userData: START })],
  "healing-suspended": [set("Group shop", { suspendedProcesses: undefined })],
  "health-check-off": [set("TargetGroup shop", { "healthCheck.enabled": true })],
  "lattice-in-name-only": [set("Group shop", { healthCheckType: "ELB", healthCheckGracePeriod: 300 })],
  "old-name-without-check": [set("TargetGroup shop", { healthCheck: CHECK, deregistrationDelay: 30 })],
  "open-port-is-healthy": [set("TargetGroup shop", { "healthCheck.protocol": "HTTP" })],
  "server-errors-are-healthy": [set("TargetGroup shop", { "healthCheck.matcher": "200" })],
  "sick-for-an-hour": [
    set("TargetGroup shop", { "healthCheck.interval": 15, "healthCheck.unhealthyThreshold": 3 }),
  ],
  "tasks-in-grace-for-ever": [set("Service shop", { healthCheckGracePeriodSeconds: 300 })],
  "traffic-source-trusts-ec2": [set("Group shop", { healthCheckType: "ELB", healthCheckGracePeriod: 300 })],
  "unknown-health-path": [set("TargetGroup shop", { healthCheck: CHECK })],
  "waits-an-hour-for-the-sick": [set("TargetGroup shop", { deregistrationDelay: 30 })],

  // observability
  "access-logs-switched-off": [set("LoadBalancer shop", { "accessLogs.enabled": true })],
  "alarm-on-another-balancer": [remove("LoadBalancer admin")],
  "alarm-switched-off": [set("MetricAlarm errors", { actionsEnabled: true })],
  "alarm-that-tells-nobody": [
    set("MetricAlarm errors", { alarmActions: ["arn:aws:sns:eu-west-1:123456789012:on-call"] }),
  ],
  "no-access-logs": [set("LoadBalancer shop", { accessLogs: LOGS })],
  "no-connection-logs": [set("LoadBalancer shop", { connectionLogs: LOGS })],

  // refused-by-aws
  "anomaly-mitigation-by-round-robin": [
    set("TargetGroup shop", { loadBalancingAlgorithmType: "weighted_random" }),
  ],
  "apostrophe-in-a-description": [
    set("SecurityGroupIngressRule office", { description: "Monitoring of the office" }),
  ],
  "condition-of-two-kinds": [set("ListenerRule cart", { "conditions[0].pathPattern": undefined })],
  "eleven-tags-on-an-object": [set("BucketObjectv2 release", { "tags.tag-10": undefined })],
  "forward-before-sign-in": [
    set("Listener https", { "defaultActions[0].order": 2, "defaultActions[1].order": 1 }),
  ],
  "rule-of-six-paths": [set("ListenerRule shelves", { "conditions[0].pathPattern.values[5]": undefined })],
  "schedule-in-eastern-time": [set("Schedule morning", { timeZone: "America/New_York" })],
  "schedule-in-the-past": [set("Schedule sale", { startTime: "2096-11-30T06:00:00Z" })],
  "schedule-without-sizes": [set("Schedule morning", { minSize: 4, maxSize: -1, desiredCapacity: -1 })],
  "user-data-in-plain-text": [set("LaunchTemplate shop", { userData: START })],
  "user-data-of-20-kilobytes": [set("LaunchTemplate shop", { userData: START })],
  "certificate-of-cloudfront": [set("Listener https", { certificateArn: CERTIFICATE })],
  "health-check-from-two-regions": [
    set("HealthCheck shop", { regions: ["eu-west-1", "us-east-1", "us-west-2"] }),
  ],
  "idle-for-two-hours": [set("LoadBalancer shop", { idleTimeout: 4000 })],
  "log-bucket-closed-to-the-balancer": [
    add("aws:s3/bucketPolicy:BucketPolicy", "logs", {
      bucket: ref("Bucket logs", "bucket"),
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::logs-*/AWSLogs/123456789012/*",
          },
          {
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    }),
  ],
  "log-bucket-with-a-kms-key": [
    set("BucketServerSideEncryptionConfiguration logs", {
      "rules[0].applyServerSideEncryptionByDefault.sseAlgorithm": "AES256",
    }),
  ],
  "minimum-above-maximum": [set("Group shop", { minSize: 3, maxSize: 4 })],
  "name-of-33-characters": [set("TargetGroup shop", { name: "web-store-production-checkout" })],
  "name-that-aws-keeps-for-itself": [set("LoadBalancer shop", { name: "shop" })],
  "one-group-and-several": [set("Listener https", { "defaultActions[0].targetGroupArn": undefined })],
  "one-subnet-twice": [
    set("LoadBalancer shop", { subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }),
  ],
  "overlapping-subnets": [set("Subnet private-b", { cidrBlock: "10.0.48.0/20" })],
  "peered-with-the-same-addresses": [set("Vpc partner", { cidrBlock: "10.1.0.0/16" })],
  "rollback-of-the-latest-version": [
    set("Group shop", {
      "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version": "7",
    }),
  ],
  "rollback-to-a-forgotten-image": [set("LaunchTemplate shop", { imageId: "ami-0123456789abcdef0" })],
  "rule-to-a-target-group-of-another-vpc": [set("TargetGroup far", { vpcId: ref("Vpc shop", "id") })],
  "same-priority-twice": [set("ListenerRule search", { priority: 20 })],
  "schedule-of-seven-fields": [set("Schedule morning", { recurrence: "0 7 * * 1-5" })],
  "schedule-that-changes-nothing": [set("Schedule morning", { desiredCapacity: 4 })],
  "schedule-that-forgets-the-maximum": [set("Schedule morning", { maxSize: -1 })],
  "security-group-of-another-vpc": [set("SecurityGroup web", { vpcId: ref("Vpc shop", "id") })],
  "six-target-groups": [set("Listener https", { "defaultActions[0].forward.targetGroups[5]": undefined })],
  "slow-start-with-outstanding-requests": [set("TargetGroup shop", { slowStart: undefined })],
  "storage-class-that-is-none": [set("BucketObjectv2 catalogue", { storageClass: "STANDARD_IA" })],
  "subnet-of-eight-addresses": [set("Subnet tiny", { cidrBlock: "10.0.99.0/28" })],
  "subnets-of-two-vpcs": [
    set("LoadBalancer shop", { subnets: [ref("Subnet public-a", "id"), ref("Subnet public-b", "id")] }),
  ],
  "timeout-as-long-as-the-interval": [set("TargetGroup shop", { "healthCheck.timeout": 5 })],
  "twice-the-fleet-from-half-of-it": [
    set("Group shop", { "instanceRefresh.preferences.minHealthyPercentage": 100 }),
  ],
  "two-listeners-on-one-port": [set("Listener blog", { port: 8443 })],
  "two-subnets-of-one-zone": [
    set("LoadBalancer shop", { subnets: [ref("Subnet public-a", "id"), ref("Subnet public-b", "id")] }),
  ],

  // resilience
  "attributes-of-one-instance-type": [
    set("Group shop", {
      "mixedInstancesPolicy.launchTemplate.overrides[0].instanceRequirements.allowedInstanceTypes": ["m7g.*"],
    }),
  ],
  "deletable-by-alias": [set("LoadBalancer shop", { enableDeletionProtection: true })],
  "group-in-one-subnet": [
    set("Group shop", { vpcZoneIdentifiers: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"] }),
  ],
  "group-in-one-zone": [set("Subnet private-1", { availabilityZone: "eu-west-1b" })],
  "launch-configuration": [remove("LaunchConfiguration shop")],
  "network-balancer-in-one-zone": [
    set("LoadBalancer shop", { subnets: [ref("Subnet public-a", "id"), ref("Subnet public-b", "id")] }),
  ],
  "one-instance-type-twice": [
    set("Group shop", {
      "mixedInstancesPolicy.launchTemplate.overrides[1].instanceType": "m6g.large",
    }),
  ],
  "peak-without-spare": [set("Group shop", { maxSize: 8 })],
  "refresh-that-returns-to-itself": [
    set("Group shop", { "instanceRefresh.preferences.autoRollback": false }),
  ],

  // tls
  "api-gateway-tls-1-0": [set("DomainName api", { securityPolicy: "TLS_1_2" })],
  "bucket-denies-reading-only": [set("BucketPolicy orders", { policy: tlsOnly("orders") })],
  "bucket-with-a-way-round": [set("BucketPolicy orders", { policy: tlsOnly("orders-123456789012") })],
  "certificate-by-email": [set("Certificate shop", { validationMethod: "DNS" })],
  "classic-listener-in-clear": [set("LoadBalancer shop", { "listeners[1]": undefined })],
  "classic-tls-1-0": [
    set("SslNegotiationPolicy tls", { "attributes[0].value": "ELBSecurityPolicy-TLS-1-2-2017-01" }),
  ],
  "cloudfront-allow-all": [
    set("Distribution shop", { "orderedCacheBehaviors[0].viewerProtocolPolicy": "redirect-to-https" }),
  ],
  "cloudfront-fetches-in-clear": [
    set("Distribution shop", { "origins[0].customOriginConfig.originProtocolPolicy": "https-only" }),
  ],
  "cloudfront-tls-1-0": [
    set("Distribution shop", { "viewerCertificate.minimumProtocolVersion": "TLSv1.2_2021" }),
  ],
  "component-hides-listener": [remove("Listener shop-8080")],
  "forward-among-weights": [set("Listener http", TO_HTTPS)],
  "listener-certificate-of-nothing": [set("ListenerCertificate further", { certificateArn: CERTIFICATE })],
  "no-action-yet": [set("Listener http", TO_HTTPS)],
  "page-within-outputs": [set("Listener web", TO_HTTPS)],
  "plain-http-in-lower-case": [set("Listener plain", HTTPS)],
  "plain-listener-beside-unknown-policy": [
    set("Listener https", { sslPolicy: SSL_POLICY }),
    set("Listener plain", { ...HTTPS, port: 8080 }),
  ],
  "plain-listener-by-old-name": [set("Listener plain", HTTPS)],
  "plain-listener-in-another-region": [set("Listener web", TO_HTTPS)],
  "policy-with-trailing-space": [set("Listener https", { sslPolicy: SSL_POLICY })],
  "post-quantum-with-tls-1-0": [set("Listener https", { sslPolicy: SSL_POLICY })],
  "protocol-behind-apply": [set("Listener web", TO_HTTPS)],
  "protocol-null": [set("Listener web", TO_HTTPS)],
  "redirect-then-forward": [set("Listener http", { "defaultActions[1]": undefined })],
  "redirect-to-another-host": [set("Listener http", { "defaultActions[0].redirect.host": undefined })],
  "redirect-to-another-port": [set("Listener http", { "defaultActions[0].redirect.port": "443" })],
  "redirect-to-itself": [set("Listener http", { "defaultActions[0].redirect.protocol": "HTTPS" })],
  "rule-forwards-from-http": [remove("ListenerRule everything")],
  "rule-leads-back-to-http": [
    set("ListenerRule images", {
      "actions[0].redirect": { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
    }),
  ],
  "rule-on-fetched-listener": [remove("ListenerRule everything")],
  "rule-on-looked-up-listener": [remove("ListenerRule everything")],
  "rule-on-one-of-two-listeners": [
    set("ListenerRule everything", { listenerArn: ref("Listener https", "arn") }),
  ],
  "secret-protocol": [set("Listener web", TO_HTTPS)],
  "tcp-pass-through": [
    set("Listener tcp", { protocol: "TLS", sslPolicy: SSL_POLICY, certificateArn: CERTIFICATE }),
  ],
  "temporary-redirect": [set("Listener http", { "defaultActions[0].redirect.statusCode": "HTTP_301" })],
  "targets-in-clear": [
    set("TargetGroup shop", { protocol: "HTTPS", port: 8443, "healthCheck.protocol": "HTTPS" }),
  ],
  "transform-takes-tls-away": [set("Listener https", HTTPS)],
  "vpc-origin-in-clear": [
    set("VpcOrigin shop", { "vpcOriginEndpointConfig.originProtocolPolicy": "https-only" }),
  ],
  "weak-policy-in-old-module": [set("Listener https", { sslPolicy: SSL_POLICY })],
  "wildcard-among-other-names": [set("Certificate shop", { subjectAlternativeNames: ["www.example.com"] })],
  "imported-short-key": [
    set("Certificate shop", {
      certificateBody: undefined,
      privateKey: undefined,
      domainName: "shop.example.com",
      validationMethod: "DNS",
    }),
  ],
  "cloudfront-forgets-hsts": [
    set("ResponseHeadersPolicy shop", {
      "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": 31_536_000,
    }),
  ],
  "haproxy-in-clear": [set("LaunchTemplate shop", { userData: START })],
  "haproxy-allows-first": [set("LaunchTemplate shop", { userData: undefined })],
  "haproxy-redirects-by-and": [set("LaunchTemplate shop", { userData: undefined })],
  "haproxy-in-named-defaults": [set("LaunchTemplate shop", { userData: undefined })],
  "public-by-its-list": [set("BucketAcl shop", { acl: "private" })],
  "search-in-clear": [set("Domain shop", { "domainEndpointOptions.enforceHttps": true })],
  "haproxy-redirects-some": [set("LaunchTemplate shop", { userData: START })],
  "haproxy-tls-1-0": [set("LaunchTemplate shop", { userData: START })],
  "hsts-forgets": [
    set("Listener https", {
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
    }),
  ],
  "classic-tls-by-default": [
    add("aws:elb/sslNegotiationPolicy:SslNegotiationPolicy", "tls", {
      loadBalancer: ref("LoadBalancer shop", "id"),
      lbPort: 443,
      attributes: [{ name: "Reference-Security-Policy", value: "ELBSecurityPolicy-TLS-1-2-2017-01" }],
    }),
  ],
};
