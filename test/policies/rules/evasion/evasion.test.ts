import assert from "node:assert/strict";
import { otherRoutes } from "../../../../policies/rules/evasion/other-routes";
import { unjudgedLoadBalancers } from "../../../../policies/rules/evasion/unjudged-load-balancers";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { messagesOf, type Props } from "../../../support/policy-cases";
import { check, configured } from "../exposure/cases";

const CLOUD_CONTROL = "aws:cloudcontrol/resource:Resource";

describe("other-routes", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = (type: string, props: Props = {}) => messagesOf(pack(), "other-routes", { type, props });

  for (const type of [
    ...["LoadBalancer", "Listener", "ListenerRule", "TargetGroup"].map(
      (kind) => `aws-native:elasticloadbalancingv2:${kind}`,
    ),
    "aws-native:elasticloadbalancing:LoadBalancer",
    "aws-native:autoscaling:AutoScalingGroup",
    "aws-native:ec2:SecurityGroup",
    "aws-native:ec2:SecurityGroupIngress",
    "aws-native:ec2:LaunchTemplate",
    "aws-native:cloudformation:Stack",
    "awscc:index/elasticloadbalancingv2Listener:Elasticloadbalancingv2Listener",
    "awscc:index/autoscalingAutoScalingGroup:AutoscalingAutoScalingGroup",
    "aws:index/lbListener:LbListener",
    "aws:index/vpcSecurityGroupIngressRule:VpcSecurityGroupIngressRule",
    "albmod:tf:aws_lb_listener",
    "albmod:tf:aws_security_group",
    "albmod:tf:awscc_ec2_security_group",
    "aws:cloudformation/stack:Stack",
    "aws:cloudformation/stackSet:StackSet",
    "aws:cloudformation/stackInstances:StackInstances",
    "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
    "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
    "pulumi-nodejs:dynamic:Resource",
    "pulumi-nodejs:dynamic/acme:Listener",
    "pulumi-python:dynamic:Resource",
    "command:local:Command",
    "command:remote:Command",
  ]) {
    it(`refuses ${type}, unless it is allowed`, async () => {
      for (const props of [{}, { templateBody: UNKNOWN, create: secret("hunter2") }]) {
        const [message = "", ...more] = await judge(type, props);
        assert.ok(message.includes(`${type} `) && /^Fix: /m.test(message), message);
        assert.ok(!message.includes("hunter2"));
        assert.deepEqual(more, []);
      }
      assert.deepEqual(configured(otherRoutes, { allowedTypes: [type] }, { type, props: {} }), []);
      assert.equal(
        configured(otherRoutes, { allowedTypes: ["command:local"] }, { type, props: {} }).length,
        1,
      );
    });
  }

  for (const type of [
    ...[
      "aws:lb/listener:Listener",
      "aws:alb/listener:Listener",
      "aws:elasticloadbalancingv2/listener:Listener",
    ],
    ...["aws:s3/bucket:Bucket", "aws:ecs/service:Service", "aws:apigateway/restApi:RestApi"],
    ...["awsx:ec2:Vpc", "awsx:lb:ApplicationLoadBalancer", "random:index/randomPassword:RandomPassword"],
    ...[
      "pulumi:pulumi:Stack",
      "pulumi:providers:aws",
      "pulumi:pulumi:StackReference",
      "pulumi:providers:command",
    ],
    ...["web-store:components:LoadBalancer", "acme:index:Listener", "tls:index/privateKey:PrivateKey"],
    ...[
      "aws-native:s3:Bucket",
      "aws-native:ec2:Subnet",
      "aws:index/s3Bucket:S3Bucket",
      "vpcmod:tf:aws_subnet",
    ],
    ...[
      "command:remote:CopyToRemote",
      "kubernetes:core/v1:Service",
      "odd",
      "",
      "a:b",
      "pulumi-nodejs-x:dynamic:Resource",
    ],
  ]) {
    it(`passes ${JSON.stringify(type)}`, async () => assert.deepEqual(await judge(type), []));
  }

  check(pack, "other-routes", CLOUD_CONTROL, [
    { title: "passes a type that no rule judges", props: { typeName: "AWS::Logs::LogGroup" }, says: [] },
    {
      title: "refuses a listener",
      props: { typeName: "AWS::ElasticLoadBalancingV2::Listener" },
      says: ['typeName is "AWS::ElasticLoadBalancingV2::Listener"'],
    },
    {
      title: "refuses a secret listener in other letters",
      props: { typeName: secret("aws::elasticloadbalancingv2::LISTENER") },
      says: ["typeName is"],
    },
    {
      title: "refuses a type that is not AWS's",
      props: { typeName: "Acme::Web::Page" },
      says: ['"Acme::Web::Page"'],
    },
    { title: "refuses an unknown type", props: { typeName: UNKNOWN }, says: ["typeName is not known"] },
    { title: "refuses an absent type", props: {}, says: ["typeName is not set"] },
    { title: "refuses a null type", props: { typeName: null }, says: ["typeName is not set"] },
    {
      title: "refuses a type of the wrong type",
      props: { typeName: ["AWS::Logs::LogGroup"] },
      says: ["typeName is a list"],
    },
    { title: "does not repeat what is no type", props: { typeName: "hunter2 " }, says: [/^(?!.*hunter2)/] },
  ]);

  it("judges extension resources of aws-native by the type they name", async () => {
    const type = "aws-native:index:ExtensionResource";
    assert.equal((await judge(type, { type: "AWS::EC2::SecurityGroup" })).length, 1);
    assert.deepEqual(await judge(type, { type: "AWS::Logs::LogGroup" }), []);
  });

  it("allows single types of Cloud Control", () => {
    const subject = { type: CLOUD_CONTROL, props: { typeName: "Acme::Web::Page" } };
    assert.deepEqual(configured(otherRoutes, { allowedTypes: ["Acme::Web::Page"] }, subject), []);
    assert.equal(configured(otherRoutes, { allowedTypes: ["Acme::Web::Site"] }, subject).length, 1);
  });
});

describe("unjudged-load-balancers", () => {
  const pack = packForSuite({ directory: "policies" });
  const lightsail = "aws:lightsail/lb:Lb";

  check(pack, "unjudged-load-balancers", "aws:vpclattice/listener:Listener", [
    { title: "passes HTTPS", props: { protocol: "HTTPS" }, says: [] },
    {
      title: "passes TLS that is only passed through",
      props: { protocol: secret("TLS_PASSTHROUGH") },
      says: [],
    },
    { title: "refuses HTTP", props: { protocol: "HTTP" }, says: ['protocol is "HTTP"'] },
    { title: "refuses an unknown protocol", props: { protocol: UNKNOWN }, says: ["protocol is not known"] },
    { title: "refuses an absent protocol", props: {}, says: ["protocol is not set"] },
    {
      title: "refuses a protocol of the wrong type",
      props: { protocol: ["HTTPS"] },
      says: ["protocol is a list"],
    },
  ]);
  check(pack, "unjudged-load-balancers", lightsail, [
    {
      title: "refuses a load balancer of Lightsail",
      props: { instancePort: 80 },
      says: ["brings a load balancer that no rule judges"],
    },
  ]);
  check(pack, "unjudged-load-balancers", "aws:elasticbeanstalk/environment:Environment", [
    { title: "refuses a web environment", props: {}, says: ["brings a load balancer"] },
    {
      title: "refuses an environment of unknown tier",
      props: { tier: UNKNOWN },
      says: ["brings a load balancer"],
    },
    { title: "passes a worker", props: { tier: "Worker" }, says: [] },
  ]);

  it("allows configured types", () => {
    const subject = { type: lightsail, props: {} };
    assert.deepEqual(configured(unjudgedLoadBalancers, { allowedTypes: [lightsail] }, subject), []);
    assert.equal(
      configured(unjudgedLoadBalancers, { allowedTypes: ["aws:lightsail/lb"] }, subject).length,
      1,
    );
  });
});
