import type { Value, Values } from "../../../packages/rehearse/values";
import { append, at, isObject, listOf, type Mappings, named, rename, without } from "./mapping";

function launchSpecification(given: Value | undefined): Values {
  if (!isObject(given)) return {};
  const renamed = rename(given, {
    id: "LaunchTemplateId",
    name: "LaunchTemplateName",
    launchTemplateId: "LaunchTemplateId",
    launchTemplateName: "LaunchTemplateName",
  });
  const id = renamed["LaunchTemplateId"];
  // CloudFormation requires a version; Pulumi defaults to the template's default version.
  const version =
    isObject(id) && typeof id["Ref"] === "string"
      ? { "Fn::GetAtt": [id["Ref"], "DefaultVersionNumber"] }
      : "1";
  return { Version: renamed["version"] ?? version, ...without(renamed, "version") };
}

function networkInterface(given: Value): Value {
  if (!isObject(given)) return given;
  return { DeviceIndex: 0, ...rename(given, { securityGroups: "Groups", deviceIndex: "DeviceIndex" }) };
}

function launchTemplate(inputs: Values): Values {
  const { name, vpcSecurityGroupIds, networkInterfaces, ...data } = without(
    inputs,
    "updateDefaultVersion",
    "defaultVersion",
    "tags",
    "description",
  );
  return {
    ...(name === undefined ? {} : { LaunchTemplateName: name }),
    LaunchTemplateData: {
      ...data,
      ...(vpcSecurityGroupIds === undefined ? {} : { SecurityGroupIds: vpcSecurityGroupIds }),
      ...(networkInterfaces === undefined
        ? {}
        : { NetworkInterfaces: listOf(networkInterfaces).map(networkInterface) }),
    },
  };
}

function blockDevices(inputs: Values): Values {
  const root = inputs["rootBlockDevice"];
  const devices = [
    ...(isObject(root) ? [{ DeviceName: "/dev/xvda", Ebs: root }] : []),
    ...listOf(inputs["ebsBlockDevices"]).map((device) =>
      isObject(device)
        ? { DeviceName: device["deviceName"] ?? null, Ebs: without(device, "deviceName") }
        : device,
    ),
  ];
  return devices.length === 0 ? {} : { BlockDeviceMappings: devices };
}

function userData(inputs: Values): Values {
  const { userData: plain, userDataBase64: encoded } = inputs;
  if (encoded !== undefined) return { UserData: encoded };
  return plain === undefined ? {} : { UserData: { "Fn::Base64": plain } };
}

function instance(inputs: Values): Values {
  const rest = without(
    inputs,
    "rootBlockDevice",
    "ebsBlockDevices",
    "userData",
    "userDataBase64",
    "launchTemplate",
    "userDataReplaceOnChange",
    "associatePublicIpAddress",
    "subnetId",
    "vpcSecurityGroupIds",
  );
  const { associatePublicIpAddress, subnetId, vpcSecurityGroupIds, launchTemplate: template } = inputs;
  const network: Values =
    associatePublicIpAddress === undefined
      ? {
          ...(subnetId === undefined ? {} : { SubnetId: subnetId }),
          ...(vpcSecurityGroupIds === undefined ? {} : { SecurityGroupIds: vpcSecurityGroupIds }),
        }
      : {
          NetworkInterfaces: [
            {
              DeviceIndex: "0",
              AssociatePublicIpAddress: associatePublicIpAddress,
              ...(subnetId === undefined ? {} : { SubnetId: subnetId }),
              ...(vpcSecurityGroupIds === undefined ? {} : { GroupSet: vpcSecurityGroupIds }),
            },
          ],
        };
  return {
    ...rename(rest, { ami: "ImageId" }),
    ...network,
    ...blockDevices(inputs),
    ...userData(inputs),
    ...(template === undefined ? {} : { LaunchTemplate: launchSpecification(template) }),
  };
}

function mixedInstancesPolicy(given: Value): Value {
  if (!isObject(given) || !isObject(given["launchTemplate"])) return given;
  const { launchTemplateSpecification, overrides, ...rest } = given["launchTemplate"];
  return {
    ...given,
    launchTemplate: {
      ...rest,
      LaunchTemplateSpecification: launchSpecification(launchTemplateSpecification),
      ...(overrides === undefined ? {} : { Overrides: overrides }),
    },
  };
}

function autoScalingGroup(inputs: Values): Values {
  const {
    launchTemplate: template,
    mixedInstancesPolicy: mixed,
    enabledMetrics,
    launchConfiguration,
  } = inputs;
  const rest = without(
    inputs,
    "launchTemplate",
    "mixedInstancesPolicy",
    "enabledMetrics",
    "metricsGranularity",
    "launchConfiguration",
    "waitForCapacityTimeout",
    "forceDelete",
    "waitForElbCapacity",
    "minElbCapacity",
  );
  return {
    ...rename(rest, {
      name: "AutoScalingGroupName",
      defaultCooldown: "Cooldown",
      protectFromScaleIn: "NewInstancesProtectedFromScaleIn",
      loadBalancers: "LoadBalancerNames",
    }),
    ...(template === undefined ? {} : { LaunchTemplate: launchSpecification(template) }),
    ...(mixed === undefined ? {} : { MixedInstancesPolicy: mixedInstancesPolicy(mixed) }),
    ...(launchConfiguration === undefined ? {} : { LaunchConfigurationName: launchConfiguration }),
    ...(enabledMetrics === undefined
      ? {}
      : { MetricsCollection: [{ Granularity: "1Minute", Metrics: enabledMetrics }] }),
  };
}

/** Pulumi sends 0 for a size that is left out, and omits a size of -1. */
function schedule(inputs: Values): Values {
  const sizes = ["minSize", "maxSize", "desiredCapacity"].flatMap((key) => {
    const value = inputs[key] ?? 0;
    return value === -1 ? [] : [[key, value] as const];
  });
  return {
    ...without(inputs, "minSize", "maxSize", "desiredCapacity", "scheduledActionName"),
    ...Object.fromEntries(sizes),
  };
}

function service(inputs: Values): Values {
  const network = inputs["networkConfiguration"];
  const breaker = inputs["deploymentCircuitBreaker"];
  const deployment = {
    ...(isObject(breaker) ? { DeploymentCircuitBreaker: breaker } : {}),
    ...(inputs["deploymentMaximumPercent"] === undefined
      ? {}
      : { MaximumPercent: inputs["deploymentMaximumPercent"] }),
    ...(inputs["deploymentMinimumHealthyPercent"] === undefined
      ? {}
      : { MinimumHealthyPercent: inputs["deploymentMinimumHealthyPercent"] }),
  };
  const rest = without(
    inputs,
    "networkConfiguration",
    "deploymentCircuitBreaker",
    "deploymentMaximumPercent",
    "deploymentMinimumHealthyPercent",
    "waitForSteadyState",
    "forceNewDeployment",
  );
  return {
    ...rename(rest, { name: "ServiceName", iamRole: "Role" }),
    ...(isObject(network)
      ? {
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              ...without(network, "assignPublicIp"),
              AssignPublicIp: network["assignPublicIp"] === true ? "ENABLED" : "DISABLED",
            },
          },
        }
      : {}),
    ...(Object.keys(deployment).length === 0 ? {} : { DeploymentConfiguration: deployment }),
  };
}

function taskDefinition(inputs: Values): Values {
  const { containerDefinitions } = inputs;
  return {
    ...inputs,
    ...(typeof containerDefinitions === "string"
      ? { containerDefinitions: JSON.parse(containerDefinitions) as Value }
      : {}),
  };
}

export const compute: Mappings = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    type: "AWS::EC2::LaunchTemplate",
    outputs: { id: "Ref", latestVersion: "LatestVersionNumber", defaultVersion: "DefaultVersionNumber" },
    shape: launchTemplate,
  },
  "aws:ec2/launchConfiguration:LaunchConfiguration": {
    type: "AWS::AutoScaling::LaunchConfiguration",
    shape: (inputs) => ({
      ...rename(without(inputs, "userData", "userDataBase64", "rootBlockDevice", "ebsBlockDevices"), {
        name: "LaunchConfigurationName",
        enableMonitoring: "InstanceMonitoring",
      }),
      ...blockDevices(inputs),
      ...userData(inputs),
    }),
  },
  "aws:ec2/instance:Instance": {
    type: "AWS::EC2::Instance",
    outputs: { id: "Ref", privateIp: "PrivateIp", publicIp: "PublicIp" },
    shape: instance,
  },
  "aws:ec2/spotFleetRequest:SpotFleetRequest": {
    type: "AWS::EC2::SpotFleet",
    shape: ({ launchSpecifications, launchTemplateConfigs, ...rest }) => ({
      SpotFleetRequestConfigData: {
        ...without(rest, "waitForFulfillment", "tags"),
        ...(launchSpecifications === undefined
          ? {}
          : {
              LaunchSpecifications: listOf(launchSpecifications).map((each) =>
                isObject(each)
                  ? {
                      ...rename(without(each, "vpcSecurityGroupIds", "associatePublicIpAddress"), {
                        ami: "ImageId",
                      }),
                      ...(each["vpcSecurityGroupIds"] === undefined
                        ? {}
                        : {
                            SecurityGroups: listOf(each["vpcSecurityGroupIds"]).map((GroupId) => ({
                              GroupId,
                            })),
                          }),
                    }
                  : each,
              ),
            }),
        ...(launchTemplateConfigs === undefined
          ? {}
          : {
              LaunchTemplateConfigs: listOf(launchTemplateConfigs).map((each) => ({
                LaunchTemplateSpecification: launchSpecification(at(each, "launchTemplateSpecification")),
              })),
            }),
      },
    }),
  },
  "aws:autoscaling/group:Group": {
    type: "AWS::AutoScaling::AutoScalingGroup",
    outputs: { id: "Ref", name: "Ref", arn: "AutoScalingGroupARN" },
    shape: autoScalingGroup,
  },
  "aws:autoscaling/attachment:Attachment": {
    shape: ({ autoscalingGroupName, lbTargetGroupArn, elb }, owner) => {
      const group = owner(autoscalingGroupName);
      if (group === undefined) return undefined;
      if (lbTargetGroupArn !== undefined) append(group, "TargetGroupARNs", lbTargetGroupArn);
      if (elb !== undefined) append(group, "LoadBalancerNames", elb);
      return [];
    },
  },
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment": {
    shape: ({ autoscalingGroupName, trafficSource = null }, owner) => {
      const group = owner(autoscalingGroupName);
      if (group === undefined || !isObject(trafficSource)) return undefined;
      append(group, "TrafficSources", rename(trafficSource, { type: "Type", identifier: "Identifier" }));
      return [];
    },
  },
  "aws:autoscaling/schedule:Schedule": { type: "AWS::AutoScaling::ScheduledAction", shape: schedule },
  "aws:autoscaling/policy:Policy": {
    type: "AWS::AutoScaling::ScalingPolicy",
    shape: (inputs) => without(inputs, "name"),
  },
  "aws:autoscaling/lifecycleHook:LifecycleHook": {
    type: "AWS::AutoScaling::LifecycleHook",
    shape: (inputs) => rename(inputs, { name: "LifecycleHookName" }),
  },
  "aws:ecs/cluster:Cluster": {
    type: "AWS::ECS::Cluster",
    outputs: { id: "Arn", arn: "Arn", name: "Ref" },
    shape: (inputs) => rename(inputs, { name: "ClusterName", settings: "ClusterSettings" }),
  },
  "aws:ecs/service:Service": {
    type: "AWS::ECS::Service",
    outputs: { id: "Ref", arn: "Ref", name: "Name" },
    shape: service,
  },
  "aws:ecs/taskDefinition:TaskDefinition": {
    type: "AWS::ECS::TaskDefinition",
    outputs: { arn: "Ref" },
    shape: taskDefinition,
  },
  ...named(["aws:lambda/function:Function"], {
    type: "AWS::Lambda::Function",
    outputs: { id: "Ref", name: "Ref", arn: "Arn" },
    shape: ({ name, code, s3Bucket, s3Key, imageUri, publish: _, ...rest }) => ({
      ...rest,
      ...(name === undefined ? {} : { FunctionName: name }),
      Code:
        s3Bucket !== undefined
          ? { S3Bucket: s3Bucket, ...(s3Key === undefined ? {} : { S3Key: s3Key }) }
          : imageUri !== undefined
            ? { ImageUri: imageUri }
            : { ZipFile: code === undefined ? "" : "exports.handler = async () => ({ statusCode: 200 });" },
    }),
  }),
  "aws:lambda/permission:Permission": {
    type: "AWS::Lambda::Permission",
    shape: (inputs) => rename(without(inputs, "statementId"), { function: "FunctionName" }),
  },
};
