import type { Value, Values } from "../../../packages/rehearse/values";
import { at, isObject, listOf, type Mappings, rename, without } from "./mapping";

/**
 * The elements of a list as a map by their names, in CloudFormation's spelling, because the schema doesn't cover names
 * inside this map.
 */
function byName(list: Value | undefined, shape: (element: Values) => Values): Values {
  const spelt = (element: Values): Values =>
    Object.fromEntries(
      Object.entries(element).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
    );
  return Object.fromEntries(
    listOf(list)
      .filter(isObject)
      .map((element) => [text(element["name"]), spelt(shape(without(element, "name")))]),
  );
}

const text = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** A list of keys and values as a map. */
function byKey(list: Value | undefined): Values {
  return Object.fromEntries(listOf(list).map((each) => [text(at(each, "key")), at(each, "value") ?? null]));
}

/** Types for building, releasing, publishing and testing applications. */
export const applications: Mappings = {
  "aws:apigateway/domainName:DomainName": { type: "AWS::ApiGateway::DomainName" },
  "aws:apigatewayv2/domainName:DomainName": {
    type: "AWS::ApiGatewayV2::DomainName",
    shape: ({ domainNameConfiguration, ...inputs }) => ({
      ...inputs,
      ...(domainNameConfiguration === undefined
        ? {}
        : { DomainNameConfigurations: [domainNameConfiguration] }),
    }),
  },
  "aws:elasticbeanstalk/environment:Environment": {
    type: "AWS::ElasticBeanstalk::Environment",
    shape: ({ settings, ...inputs }) => ({
      ...rename(inputs, { application: "ApplicationName" }),
      OptionSettings: listOf(settings).map((each) =>
        isObject(each) ? rename(each, { name: "OptionName" }) : each,
      ),
    }),
  },
  "aws:apigateway/restApi:RestApi": {
    type: "AWS::ApiGateway::RestApi",
    shape: ({ name, ...inputs }, _, resource) => ({ Name: name ?? resource, ...inputs }),
  },
  "aws:apigatewayv2/stage:Stage": {
    type: "AWS::ApiGatewayV2::Stage",
    shape: ({ name, ...inputs }, _, resource) => ({ StageName: name ?? resource, ...inputs }),
  },
  "aws:codedeploy/deploymentGroup:DeploymentGroup": {
    type: "AWS::CodeDeploy::DeploymentGroup",
    shape: (inputs) => rename(inputs, { appName: "ApplicationName" }),
  },
  "aws:sfn/stateMachine:StateMachine": {
    type: "AWS::StepFunctions::StateMachine",
    outputs: { id: "Ref", arn: "Ref", name: "Name" },
    shape: (inputs) => rename(inputs, { name: "StateMachineName", definition: "DefinitionString" }),
  },
  "aws:scheduler/schedule:Schedule": {
    type: "AWS::Scheduler::Schedule",
    shape: ({ target, ...inputs }) => {
      const ecs = at(target, "ecsParameters");
      const network = at(ecs, "networkConfiguration");
      if (!isObject(target) || !isObject(ecs) || !isObject(network))
        return { ...inputs, Target: target ?? null };
      const { assignPublicIp, ...addresses } = network;
      const AwsvpcConfiguration = {
        ...addresses,
        AssignPublicIp: assignPublicIp === true ? "ENABLED" : "DISABLED",
      };
      const EcsParameters = { ...ecs, networkConfiguration: { AwsvpcConfiguration } };
      return { ...inputs, Target: { ...target, ecsParameters: EcsParameters } };
    },
  },
  "aws:fis/experimentTemplate:ExperimentTemplate": {
    type: "AWS::FIS::ExperimentTemplate",
    shape: ({ actions, targets, ...inputs }, _, resource) => ({
      Tags: { Name: resource },
      ...inputs,
      Actions: byName(actions, ({ parameters, target, ...action }) => ({
        ...action,
        parameters: byKey(parameters),
        targets: byKey(target === undefined ? [] : [target]),
      })),
      Targets: byName(targets, ({ resourceTags, ...target }) => ({
        ...target,
        resourceTags: byKey(resourceTags),
      })),
    }),
  },
};
