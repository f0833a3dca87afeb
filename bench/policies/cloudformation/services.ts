import type { Value, Values } from "../../../packages/rehearse/values";
import { append, at, isObject, listOf, type Mapping, type Mappings, named, rename, without } from "./mapping";

/** A resource of Pulumi that is a property of the bucket in CloudFormation. */
function ofBucket(property: string, shape: (inputs: Values) => Value): Mapping {
  return {
    shape: (inputs, owner) => {
      const bucket = owner(inputs["bucket"]);
      if (bucket === undefined) return undefined;
      bucket[property] = shape(without(inputs, "bucket", "region", "expectedBucketOwner"));
      return [];
    },
  };
}

/** The type tokens of a bucket's properties, with and without the `V2` of earlier releases. */
function bucketTokens(type: string): string[] {
  return [type, `${type}V2`].map((name) => `aws:s3/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);
}

function encryption({ rules }: Values): Value {
  return {
    ServerSideEncryptionConfiguration: listOf(rules).map((rule) => {
      const byDefault = at(rule, "applyServerSideEncryptionByDefault");
      const key = at(rule, "bucketKeyEnabled");
      return {
        ...(isObject(byDefault)
          ? {
              ServerSideEncryptionByDefault: rename(byDefault, {
                kmsMasterKeyId: "KMSMasterKeyID",
                sseAlgorithm: "SSEAlgorithm",
              }),
            }
          : {}),
        ...(key === undefined ? {} : { BucketKeyEnabled: key }),
      };
    }),
  };
}

function lifecycle({ rules }: Values): Value {
  return {
    Rules: listOf(rules).map((rule) => {
      if (!isObject(rule)) return rule;
      const days = at(rule, "expiration", "days");
      const abort = at(rule, "abortIncompleteMultipartUpload", "daysAfterInitiation");
      return {
        Status: rule["status"] ?? "Enabled",
        ...(rule["id"] === undefined ? {} : { Id: rule["id"] }),
        ...(days === undefined ? {} : { ExpirationInDays: days }),
        ...(abort === undefined ? {} : { AbortIncompleteMultipartUpload: { DaysAfterInitiation: abort } }),
      };
    }),
  };
}

function dimensionsOf(given: Value | undefined): Value[] {
  return isObject(given) ? Object.entries(given).map(([Name, Value]) => ({ Name, Value })) : [];
}

function metricQuery(given: Value): Value {
  if (!isObject(given) || !isObject(given["metric"])) return given;
  const {
    dimensions,
    metricName = null,
    namespace = null,
    period = null,
    stat = null,
    unit,
  } = given["metric"];
  return {
    ...without(given, "metric"),
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: metricName, Dimensions: dimensionsOf(dimensions) },
      Period: period,
      Stat: stat,
      ...(unit === undefined ? {} : { Unit: unit }),
    },
  };
}

function metricAlarm({ name, dimensions, metricQueries, ...rest }: Values): Values {
  return {
    ...rest,
    ...(name === undefined ? {} : { AlarmName: name }),
    ...(dimensions === undefined ? {} : { Dimensions: dimensionsOf(dimensions) }),
    ...(metricQueries === undefined ? {} : { Metrics: listOf(metricQueries).map(metricQuery) }),
  };
}

function table({ attributes, hashKey, rangeKey, pointInTimeRecovery, ...rest }: Values): Values {
  const keys = [
    { AttributeName: hashKey, KeyType: "HASH" },
    { AttributeName: rangeKey, KeyType: "RANGE" },
  ];
  return {
    ...rename(rest, { name: "TableName" }),
    KeySchema: keys.flatMap(({ AttributeName, KeyType }) =>
      AttributeName === undefined ? [] : [{ AttributeName, KeyType }],
    ),
    AttributeDefinitions: listOf(attributes).map((attribute) =>
      isObject(attribute) ? rename(attribute, { name: "AttributeName", type: "AttributeType" }) : attribute,
    ),
    ...(isObject(pointInTimeRecovery)
      ? {
          PointInTimeRecoverySpecification: rename(pointInTimeRecovery, {
            enabled: "PointInTimeRecoveryEnabled",
          }),
        }
      : {}),
  };
}

export const services: Mappings = {
  ...named(bucketTokens("Bucket"), {
    type: "AWS::S3::Bucket",
    outputs: {
      id: "Ref",
      bucket: "Ref",
      arn: "Arn",
      bucketDomainName: "DomainName",
      bucketRegionalDomainName: "RegionalDomainName",
    },
    shape: (inputs) => rename(without(inputs, "forceDestroy"), { bucket: "BucketName" }),
  }),
  "aws:s3/bucketPolicy:BucketPolicy": {
    type: "AWS::S3::BucketPolicy",
    shape: (inputs) => rename(inputs, { policy: "PolicyDocument" }),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket(
    "PublicAccessBlockConfiguration",
    (inputs) => without(inputs, "skipDestroy"),
  ),
  ...named(
    bucketTokens("BucketVersioning"),
    ofBucket("VersioningConfiguration", ({ versioningConfiguration = {} }) => versioningConfiguration),
  ),
  ...named(bucketTokens("BucketServerSideEncryptionConfiguration"), ofBucket("BucketEncryption", encryption)),
  ...named(
    bucketTokens("BucketAcl"),
    ofBucket("AccessControl", ({ acl = null }) =>
      typeof acl === "string"
        ? acl.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())
        : acl,
    ),
  ),
  ...named(bucketTokens("BucketLifecycleConfiguration"), ofBucket("LifecycleConfiguration", lifecycle)),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket(
    "OwnershipControls",
    ({ rule = {} }) => ({ Rules: [rule] }),
  ),
  ...named(
    bucketTokens("BucketLogging"),
    ofBucket("LoggingConfiguration", ({ targetBucket = null, targetPrefix = null }) => ({
      DestinationBucketName: targetBucket,
      LogFilePrefix: targetPrefix,
    })),
  ),
  "aws:acm/certificate:Certificate": {
    type: "AWS::CertificateManager::Certificate",
    outputs: { id: "Ref", arn: "Ref" },
    // CloudFormation requests certificates from ACM; it can't import any.
    shape: ({ options, ...inputs }) =>
      inputs["privateKey"] !== undefined || inputs["certificateBody"] !== undefined
        ? undefined
        : { ...inputs, ...(isObject(options) ? options : {}) },
  },
  // CloudFormation itself waits until a certificate is valid.
  "aws:acm/certificateValidation:CertificateValidation": { shape: () => [] },
  "aws:wafv2/webAcl:WebAcl": {
    type: "AWS::WAFv2::WebACL",
    outputs: { id: "Id", arn: "Arn" },
    shape: (inputs) => inputs,
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { type: "AWS::WAFv2::WebACLAssociation" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { type: "AWS::CloudWatch::Alarm", shape: metricAlarm },
  "aws:cloudwatch/logGroup:LogGroup": {
    type: "AWS::Logs::LogGroup",
    shape: (inputs) => rename(without(inputs, "skipDestroy"), { name: "LogGroupName" }),
  },
  "aws:opensearch/domain:Domain": {
    type: "AWS::OpenSearchService::Domain",
    outputs: { id: "Ref", arn: "Arn" },
  },
  "aws:eks/cluster:Cluster": {
    type: "AWS::EKS::Cluster",
    outputs: { id: "Ref", name: "Ref", arn: "Arn" },
    shape: (inputs) => rename(inputs, { vpcConfig: "ResourcesVpcConfig" }),
  },
  "aws:eks/nodeGroup:NodeGroup": {
    type: "AWS::EKS::Nodegroup",
    shape: ({ launchTemplate, remoteAccess, ...inputs }) => ({
      ...rename(inputs, { nodeGroupName: "NodegroupName", nodeRoleArn: "NodeRole", subnetIds: "Subnets" }),
      ...(isObject(remoteAccess)
        ? { RemoteAccess: rename(remoteAccess, { sourceSecurityGroupIds: "SourceSecurityGroups" }) }
        : {}),
      ...(isObject(launchTemplate) ? { LaunchTemplate: launchTemplate } : {}),
    }),
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    type: "AWS::ElastiCache::ReplicationGroup",
    shape: (inputs) =>
      rename(inputs, {
        description: "ReplicationGroupDescription",
        nodeType: "CacheNodeType",
        subnetGroupName: "CacheSubnetGroupName",
        parameterGroupName: "CacheParameterGroupName",
      }),
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    type: "AWS::ElastiCache::SubnetGroup",
    shape: ({ name, description = "Managed by Pulumi", ...inputs }) => ({
      ...inputs,
      Description: description,
      ...(name === undefined ? {} : { CacheSubnetGroupName: name }),
    }),
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    type: "AWS::RDS::DBSubnetGroup",
    shape: ({ name, description = "Managed by Pulumi", ...inputs }) => ({
      ...inputs,
      DBSubnetGroupDescription: description,
      ...(name === undefined ? {} : { DBSubnetGroupName: name }),
    }),
  },
  "aws:rds/instance:Instance": {
    type: "AWS::RDS::DBInstance",
    shape: (inputs) =>
      rename(without(inputs, "skipFinalSnapshot", "finalSnapshotIdentifier", "applyImmediately"), {
        instanceClass: "DBInstanceClass",
        identifier: "DBInstanceIdentifier",
        username: "MasterUsername",
        password: "MasterUserPassword",
        dbSubnetGroupName: "DBSubnetGroupName",
        vpcSecurityGroupIds: "VPCSecurityGroups",
      }),
  },
  "aws:lightsail/lb:Lb": {
    type: "AWS::Lightsail::LoadBalancer",
    shape: (inputs) => rename(inputs, { name: "LoadBalancerName" }),
  },
  "aws:lightsail/instance:Instance": {
    type: "AWS::Lightsail::Instance",
    shape: ({ name, ...inputs }, _, resource) => ({ InstanceName: name ?? resource, ...inputs }),
  },
  "aws:vpclattice/listener:Listener": {
    type: "AWS::VpcLattice::Listener",
    outputs: { arn: "Arn", listenerId: "Id" },
    shape: ({ defaultAction, ...inputs }) => {
      const groups = listOf(at(defaultAction, "forwards")).flatMap((each) =>
        listOf(at(each, "targetGroups")),
      );
      const action =
        groups.length > 0
          ? { Forward: { TargetGroups: groups } }
          : isObject(defaultAction)
            ? defaultAction
            : {};
      return { ...inputs, DefaultAction: action };
    },
  },
  "aws:globalaccelerator/accelerator:Accelerator": {
    type: "AWS::GlobalAccelerator::Accelerator",
    outputs: { id: "AcceleratorArn", arn: "AcceleratorArn" },
    shape: ({ name, ...inputs }, _, resource) => ({ Name: name ?? resource, ...inputs }),
  },
  "aws:globalaccelerator/listener:Listener": {
    type: "AWS::GlobalAccelerator::Listener",
    outputs: { id: "ListenerArn", arn: "ListenerArn" },
  },
  "aws:globalaccelerator/endpointGroup:EndpointGroup": {
    type: "AWS::GlobalAccelerator::EndpointGroup",
    shape: ({ endpointGroupRegion = "eu-west-1", ...inputs }) => ({
      EndpointGroupRegion: endpointGroupRegion,
      ...inputs,
    }),
  },
  "aws:sns/topic:Topic": {
    type: "AWS::SNS::Topic",
    outputs: { id: "Ref", arn: "Ref" },
    shape: (inputs) => rename(inputs, { name: "TopicName" }),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    type: "AWS::SNS::Subscription",
    shape: (inputs) => rename(inputs, { topic: "TopicArn" }),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    type: "AWS::SNS::TopicPolicy",
    shape: ({ arn = null, policy = null }) => ({ Topics: [arn], PolicyDocument: policy }),
  },
  "aws:dynamodb/table:Table": { type: "AWS::DynamoDB::Table", shape: table },
  "aws:kms/key:Key": {
    type: "AWS::KMS::Key",
    outputs: { id: "Ref", keyId: "Ref", arn: "Arn" },
    shape: (inputs) => rename(inputs, { policy: "KeyPolicy", deletionWindowInDays: "PendingWindowInDays" }),
  },
  "aws:iam/role:Role": {
    type: "AWS::IAM::Role",
    outputs: { id: "Ref", name: "Ref", arn: "Arn" },
    shape: (inputs) =>
      rename(without(inputs, "forceDetachPolicies"), {
        assumeRolePolicy: "AssumeRolePolicyDocument",
        name: "RoleName",
      }),
  },
  "aws:iam/rolePolicy:RolePolicy": {
    type: "AWS::IAM::RolePolicy",
    shape: ({ name, role = null, policy = null }, _, resource) => ({
      PolicyName: name ?? resource,
      RoleName: role,
      PolicyDocument: policy,
    }),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    shape: ({ role, policyArn = null }, owner) => {
      const target = owner(role);
      if (target === undefined) return undefined;
      append(target, "ManagedPolicyArns", policyArn);
      return [];
    },
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    type: "AWS::IAM::InstanceProfile",
    outputs: { id: "Ref", name: "Ref", arn: "Arn" },
    shape: ({ name, role = null }) => ({
      ...(name === undefined ? {} : { InstanceProfileName: name }),
      Roles: [role],
    }),
  },
};
