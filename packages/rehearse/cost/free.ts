/**
 * Types of AWS resources that cost nothing themselves: settings, permissions, routes, and parts of resources that are
 * charged. A type in neither this list nor {@link CHARGES} is reported as one without a price.
 */
const FREE_TYPES: Readonly<Record<string, string>> = {
  acm: "certificate certificateValidation",
  // Deployments, methods and so on are parts of an API, which is charged by its requests.
  apigateway:
    "account authorizer basePathMapping deployment integration integrationResponse method methodResponse methodSettings model requestValidator resource response restApiPolicy",
  apigatewayv2:
    "apiMapping authorizer deployment domainName integration integrationResponse model route routeResponse stage",
  appautoscaling: "scheduledAction target",
  autoscaling: "attachment lifecycleHook notification schedule tag trafficSourceAttachment",
  autoscalingplans: "scalingPlan",
  cloudfront:
    "cachePolicy keyGroup originAccessControl originAccessIdentity originRequestPolicy publicKey responseHeadersPolicy",
  cloudwatch:
    "eventPermission eventRule eventTarget logDeliveryDestination logDeliveryDestinationPolicy logDeliverySource logDestinationPolicy logResourcePolicy logStream logSubscriptionFilter",
  dynamodb: "resourcePolicy tableItem tag",
  ec2: [
    "amiLaunchPermission customerGateway defaultNetworkAcl defaultRouteTable defaultSecurityGroup defaultSubnet defaultVpc",
    "defaultVpcDhcpOptions egressOnlyInternetGateway eipAssociation eipDomainName flowLog internetGateway",
    "internetGatewayAttachment keyPair launchConfiguration launchTemplate mainRouteTableAssociation managedPrefixList",
    "managedPrefixListEntry networkAcl networkAclAssociation networkAclRule networkInterface networkInterfaceAttachment",
    "networkInterfaceSecurityGroupAttachment peeringConnectionOptions placementGroup route routeTable routeTableAssociation",
    "securityGroup securityGroupAssociation securityGroupRule subnet subnetCidrReservation tag volumeAttachment vpc",
    "vpcDhcpOptions vpcDhcpOptionsAssociation vpcEndpointConnectionNotification vpcEndpointPolicy",
    "vpcEndpointRouteTableAssociation vpcEndpointSecurityGroupAssociation vpcEndpointSubnetAssociation",
    "vpcIpv4CidrBlockAssociation vpcPeeringConnection vpcPeeringConnectionAccepter vpnGateway vpnGatewayAttachment",
    "vpnGatewayRoutePropagation",
  ].join(" "),
  // A transit gateway is charged by its attachments.
  ec2transitgateway: "route routeTable routeTableAssociation routeTablePropagation transitGateway",
  ecr: "lifecyclePolicy repositoryPolicy",
  ecs: "capacityProvider cluster clusterCapacityProviders tag taskDefinition",
  efs: "accessPoint backupPolicy fileSystemPolicy mountTarget",
  eks: "accessEntry accessPolicyAssociation identityProviderConfig podIdentityAssociation",
  elasticache: "parameterGroup subnetGroup user userGroup",
  elb: "appCookieStickinessPolicy attachment listenerPolicy loadBalancerBackendServerPolicy loadBalancerCookieStickinessPolicy loadBalancerPolicy sslNegotiationPolicy",
  globalaccelerator: "endpointGroup listener",
  iam: "*",
  kms: "alias grant keyPolicy",
  lambda:
    "alias eventSourceMapping functionEventInvokeConfig functionRecursionConfig functionUrl layerVersion layerVersionPermission permission runtimeManagementConfig",
  lb: "listener listenerCertificate listenerRule targetGroup targetGroupAttachment",
  organizations: "*",
  rds: "clusterParameterGroup optionGroup parameterGroup subnetGroup",
  resourcegroups: "group resource",
  route53: "delegationSet record vpcAssociationAuthorization zoneAssociation",
  // The storage of an object is charged with its bucket.
  s3: [
    "accountPublicAccessBlock bucketAccelerateConfiguration bucketAcl bucketAclV2 bucketCorsConfiguration",
    "bucketCorsConfigurationV2 bucketLifecycleConfiguration bucketLifecycleConfigurationV2 bucketLogging bucketLoggingV2",
    "bucketNotification bucketObject bucketObjectLockConfiguration bucketObjectLockConfigurationV2 bucketObjectv2",
    "bucketOwnershipControls bucketPolicy bucketPublicAccessBlock bucketRequestPaymentConfiguration",
    "bucketRequestPaymentConfigurationV2 bucketServerSideEncryptionConfiguration",
    "bucketServerSideEncryptionConfigurationV2 bucketVersioning bucketVersioningV2 bucketWebsiteConfiguration",
    "bucketWebsiteConfigurationV2 objectCopy",
  ].join(" "),
  scheduler: "scheduleGroup",
  secretsmanager: "secretPolicy secretRotation secretVersion",
  sns: "platformApplication topicPolicy topicSubscription",
  sqs: "queuePolicy redriveAllowPolicy redrivePolicy",
  // Running a command on an EC2 instance costs nothing; automations are charged by their steps.
  ssm: "document",
  vpc: "securityGroupEgressRule securityGroupIngressRule securityGroupRulesExclusive securityGroupVpcAssociation",
  wafv2: "ipSet regexPatternSet webAclAssociation webAclLoggingConfiguration",
};

/** Packages whose resources don't belong to a cloud: they compute, or run where something else is charged. */
const NO_CLOUD = new Set([
  ..."archive command docker docker-build external http kubernetes local null pulumi pulumi-nodejs random".split(
    " ",
  ),
  ..."std synced-folder time tls".split(" "),
]);

/** Whether an AWS type such as `iam/role` costs nothing itself. */
export function isFree(short: string): boolean {
  const [module = "", name = ""] = short.split("/");
  const free = FREE_TYPES[module]?.split(" ") ?? [];
  return free.includes("*") || free.includes(name);
}

/** Whether a package's resources cost nothing in any cloud. */
export function isOfNoCloud(pkg: string): boolean {
  return NO_CLOUD.has(pkg);
}
