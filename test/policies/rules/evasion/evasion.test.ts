import assert from "node:assert/strict";
import { otherRoutes } from "../../../../policies/rules/evasion/other-routes";
import { unjudgedLoadBalancers } from "../../../../policies/rules/evasion/unjudged-load-balancers";
import { packForSuite, secret, UNKNOWN } from "../../../support/pack";
import { messagesOf, orExempt, type Props } from "../../../support/policy-cases";
import { check, configured } from "../exposure/cases";

const OTHER_ROUTES_FIX =
  'write it with @pulumi/aws, for example new aws.lb.Listener("https", { … }); or, if it makes nothing the rules ' +
  'judge, name its type in the setting: { "other-routes": { "allowedTypes": ["command:local:Command"] } }';
const KUBERNETES_FIX =
  "keep the service within the cluster, and let a TargetGroupBinding of the AWS Load Balancer Controller register its " +
  "pods with an aws.lb.TargetGroup; or name the type in the setting: " +
  '{ "unjudged-load-balancers": { "allowedTypes": ["kubernetes:core/v1:Service"] } }';
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
    "aws-native:ec2:Vpc",
    "aws-native:s3:Bucket",
    "aws-native:s3:BucketPolicy",
    "aws-native:certificatemanager:Certificate",
    "aws-native:globalaccelerator:EndpointGroup",
    "awscc:index/elasticloadbalancingv2Listener:Elasticloadbalancingv2Listener",
    "awscc:index/autoscalingAutoScalingGroup:AutoscalingAutoScalingGroup",
    "aws:index/lbListener:LbListener",
    "aws:index/s3Bucket:S3Bucket",
    "aws:index/autoscalingAttachment:AutoscalingAttachment",
    "vpcmod:tf:aws_vpc",
    "kubernetes:elbv2.services.k8s.aws/v1alpha1:Listener",
    "kubernetes:elbv2.aws.upbound.io/v1beta1:LBListener",
    "kubernetes:ec2.aws.m.upbound.io/v1beta1:SecurityGroup",
    "kubernetes:aws.crossplane.io/v1beta1:ProviderConfig",
    "kubernetes:helm.sh/v3:Release",
    "aws:lambda/invocation:Invocation",
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
    ...["aws-native:ec2:Subnet", "aws:index/logsLogGroup:LogsLogGroup", "vpcmod:tf:aws_subnet"],
    ...[
      "command:remote:CopyToRemote",
      "kubernetes:core/v1:Service",
      "kubernetes:helm.sh/v4:Chart",
      "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
      "kubernetes:services.k8s.aws.example.com/v1:Listener",
      "aws:lambda/function:Function",
      "aws:scheduler/schedule:Schedule",
      "odd",
      "",
      "a:b",
      "pulumi-nodejs-x:dynamic:Resource",
      "my-pulumi-nodejs:dynamic:Resource",
      "aws:other/lbListener:LbListener",
      "anymod:other:aws_lb_listener",
      "anymod:tf:my_aws_lb_listener",
      "anymod:tf:aws_lb_listener-x",
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
      title: "refuses what only contains the name of a type",
      props: { typeName: "xAWS::Logs::LogGroup" },
      says: ["typeName is"],
    },
    {
      title: "refuses what only begins like a type",
      props: { typeName: "AWS::Logs::LogGroup::Part" },
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

  const call = (action: string) => `arn:aws:scheduler:::aws-sdk:${action}`;
  check(pack, "other-routes", "aws:scheduler/schedule:Schedule", [
    ...[
      "rds:stopDBInstance",
      "ec2:stopInstances",
      "autoscaling:updateAutoScalingGroup",
      // Capacity units for a peak change nothing that a rule judges.
      "elasticloadbalancingv2:modifyCapacityReservation",
    ].map((action) => ({
      title: `passes a scheduled ${action}`,
      props: { target: { arn: call(action) } },
      says: [],
    })),
    {
      title: "passes a scheduled function",
      props: { target: { arn: "arn:aws:lambda:eu-west-1:123456789012:function:elasticloadbalancing" } },
      says: [],
    },
    { title: "passes what is not known yet", props: { target: { arn: UNKNOWN } }, says: [] },
    {
      title: "passes what only ends like a call",
      props: { target: { arn: `x${call("autoscaling:suspendProcesses")}` } },
      says: [],
    },
    { title: "passes an unknown target", props: { target: UNKNOWN }, says: [] },
    { title: "passes a target of the wrong type", props: { target: { arn: [call("x:y")] } }, says: [] },
    ...[
      "elasticloadbalancingv2:createListener",
      "elasticloadbalancingv2:modifyCapacityReservationAndMore",
      "elasticloadbalancing:createLoadBalancerListeners",
      "autoscaling:suspendProcesses",
      "autoscaling:detachLoadBalancerTargetGroups",
      "cloudformation:createStack",
      "ec2:authorizeSecurityGroupIngress",
    ].map((action) => ({
      title: `refuses a scheduled ${action}`,
      props: { target: { arn: call(action) } },
      says: [`target.arn is "${call(action)}", which makes or changes what the rules judge`],
    })),
    {
      title: "refuses a secret call in other letters and another partition",
      props: { target: { arn: secret("ARN:aws-cn:SCHEDULER:::AWS-SDK:AutoScaling:SuspendProcesses") } },
      says: ["target.arn is"],
    },
  ]);

  it("allows schedules that are configured", () => {
    const subject = {
      type: "aws:scheduler/schedule:Schedule",
      props: { target: { arn: call("autoscaling:suspendProcesses") } },
    };
    assert.equal(configured(otherRoutes, {}, subject).length, 1);
    assert.deepEqual(configured(otherRoutes, { allowedTypes: [subject.type] }, subject), []);
  });

  for (const type of [
    ...["LoadBalancer", "Listener", "ListenerRule", "ListenerCertificate", "TargetGroup"].map(
      (kind) => `AWS::ElasticLoadBalancingV2::${kind}`,
    ),
    "AWS::ElasticLoadBalancing::LoadBalancer",
    ...["AutoScalingGroup", "LaunchConfiguration"].map((kind) => `AWS::AutoScaling::${kind}`),
    ...["SecurityGroup", "SecurityGroupIngress", "LaunchTemplate", "Instance", "SpotFleet", "EC2Fleet"].map(
      (kind) => `AWS::EC2::${kind}`,
    ),
    "AWS::CloudFront::Distribution",
    ...["Stack", "StackSet", "CustomResource", "CustomResourceEmulator"].map(
      (kind) => `AWS::CloudFormation::${kind}`,
    ),
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
    "AWS::ElasticBeanstalk::Environment",
    ...["LoadBalancer", "Instance"].map((kind) => `AWS::Lightsail::${kind}`),
    "AWS::EC2::EIPAssociation",
    "AWS::IAM::ServerCertificate",
    "AWS::CloudFront::VpcOrigin",
    "AWS::ApiGateway::DomainName",
    ...["Service", "ExpressGatewayService"].map((kind) => `AWS::ECS::${kind}`),
    "AWS::Scheduler::Schedule",
    "AWS::VpcLattice::Listener",
  ]) {
    it(`refuses ${type} by Cloud Control, and by its own name`, async () => {
      const [message = ""] = await judge(CLOUD_CONTROL, { typeName: type });
      const fault =
        `typeName is "${type}"; it must be a literal type of AWS that no rule judges, ` +
        "or be allowed by the setting allowedTypes.";
      assert.ok(message.includes(fault), message);
      const [, service = "", kind = ""] = type.split("::");
      const own = `aws-native:${service.toLowerCase()}:${kind}`;
      const [second = ""] = await judge(own);
      assert.ok(
        second.includes(`${own} is another provider's name for what the rules judge under aws:*;`),
        second,
      );
    });
  }

  for (const name of [
    ...["lb", "alb"].flatMap((prefix) =>
      ["", "_listener", "_listener_rule", "_listener_certificate", "_target_group"].map(
        (kind) => prefix + kind,
      ),
    ),
    ...["elb", "autoscaling_group", "launch_configuration", "launch_template", "security_group"],
    ...["security_group_rule", "default_security_group", "vpc_security_group_ingress_rule", "instance"],
    ...["spot_instance_request", "spot_fleet_request", "ec2_fleet", "cloudfront_distribution"],
    ...["cloudformation_stack", "cloudformation_stack_set", "cloudformation_stack_set_instance"],
    ...["cloudformation_stack_instances", "cloudcontrolapi_resource", "servicecatalog_provisioned_product"],
    "serverlessapplicationrepository_cloudformation_stack",
    ...["elastic_beanstalk_environment", "lightsail_lb", "vpclattice_listener"],
  ]) {
    it(`refuses aws_${name} of a Terraform module`, async () => {
      assert.equal((await judge(`anymod:tf:aws_${name}`)).length, 1);
    });
  }

  it("says what each other route does, and how to write it instead", async () => {
    for (const [type, does] of [
      ["aws:cloudformation/stack:Stack", "makes what its template says, which no rule sees"],
      ["kubernetes:helm.sh/v3:Release", "makes what its chart says, which no rule sees"],
      ["aws:lambda/invocation:Invocation", "calls a function, whose code may make anything"],
      ["command:local:Command", "runs a command, which may make anything"],
      ["pulumi-python:dynamic:Resource", "is a dynamic provider's, whose code may make anything"],
    ] as const) {
      const [message = ""] = await judge(type);
      assert.deepEqual(message.split("\n").slice(1), [
        `${type} ${does}; it must be allowed by the setting allowedTypes.`,
        `Fix: ${OTHER_ROUTES_FIX}${orExempt("other-routes")}`,
      ]);
    }
  });

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
    {
      title: "refuses HTTP",
      props: { protocol: "HTTP" },
      says: ['protocol is "HTTP"; it must be "HTTPS" or "TLS_PASSTHROUGH".'],
    },
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
    { title: "refuses another tier", props: { tier: "WebServer" }, says: ["brings a load balancer"] },
  ]);

  for (const [type, text] of [
    ["aws:lightsail/instance:Instance", "lets visitors reach instances past any load balancer"],
    [
      "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup",
      "lets visitors reach instances past any load balancer",
    ],
    ["aws:ecs/expressGatewayService:ExpressGatewayService", "brings a load balancer that no rule judges"],
  ] as const) {
    check(pack, "unjudged-load-balancers", type, [{ title: `refuses ${type}`, props: {}, says: [text] }]);
  }

  const service = (spec: Props) => ({ spec });
  for (const type of ["kubernetes:core/v1:Service", "kubernetes:core/v1:ServicePatch"]) {
    check(pack, "unjudged-load-balancers", type, [
      { title: `passes ${type} without a type`, props: service({ ports: [] }), says: [] },
      { title: `passes ${type} without a spec`, props: {}, says: [] },
      { title: `passes ${type} of another name`, props: service({ type: "ExternalName" }), says: [] },
      { title: `passes ${type} on the nodes`, props: service({ type: "NodePort" }), says: [] },
      { title: `passes ${type} in the cluster`, props: service({ type: secret("ClusterIP") }), says: [] },
      {
        title: `passes ${type} with a load balancer of another maker`,
        props: service({ type: "LoadBalancer", loadBalancerClass: "tailscale" }),
        says: [],
      },
      {
        title: `refuses ${type} with a load balancer`,
        props: service({ type: "LoadBalancer" }),
        says: [
          'spec.type is "LoadBalancer"; it must be left out, "ClusterIP", "NodePort" or "ExternalName", as no rule judges ' +
            `the load balancer that comes with it.\nFix: ${KUBERNETES_FIX}`,
        ],
      },
      {
        title: `refuses ${type} with a load balancer of AWS's controllers`,
        props: service({ type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb" }),
        says: ['spec.type is "LoadBalancer"'],
      },
      {
        title: `refuses ${type} with a load balancer of unknown maker`,
        props: service({ type: "LoadBalancer", loadBalancerClass: UNKNOWN }),
        says: ['spec.type is "LoadBalancer"'],
      },
      {
        title: `refuses ${type} of unknown type`,
        props: service({ type: UNKNOWN }),
        says: ["spec.type is not known"],
      },
      {
        title: `refuses ${type} of unknown spec`,
        props: { spec: UNKNOWN },
        says: ["spec.type is not known"],
      },
      {
        title: `refuses ${type} of the wrong type`,
        props: service({ type: ["ClusterIP"] }),
        says: ["spec.type is a list"],
      },
    ]);
  }

  for (const type of ["networking.k8s.io/v1", "networking.k8s.io/v1beta1", "extensions/v1beta1"].flatMap(
    (version) => [`kubernetes:${version}:Ingress`, `kubernetes:${version}:IngressPatch`],
  )) {
    check(pack, "unjudged-load-balancers", type, [
      { title: `passes ${type} of nginx`, props: service({ ingressClassName: "nginx" }), says: [] },
      {
        title: `passes ${type} of nginx by its annotation`,
        props: { metadata: { annotations: { "kubernetes.io/ingress.class": secret("nginx") } } },
        says: [],
      },
      {
        title: `refuses ${type} of the AWS Load Balancer Controller`,
        props: service({ ingressClassName: "alb" }),
        says: [
          'spec.ingressClassName is "alb"; it must be the literal class of a controller that makes no load balancer of ' +
            `AWS, as no rule judges that.\nFix: ${KUBERNETES_FIX}`,
        ],
      },
      {
        title: `refuses ${type} of no class`,
        props: service({ ingressClassName: "" }),
        says: ["spec.ingressClassName is an empty string"],
      },
      {
        title: `refuses ${type} of it by its annotation`,
        props: { metadata: { annotations: { "kubernetes.io/ingress.class": "alb" } } },
        says: ['metadata.annotations.kubernetes.io/ingress.class is "alb"'],
      },
      {
        title: `refuses ${type} of a class named after it`,
        props: service({ ingressClassName: "shop-ALB" }),
        says: ["spec.ingressClassName is another string"],
      },
      { title: `refuses ${type} of the default class`, props: {}, says: ["ingressClassName is not set"] },
      {
        title: `refuses ${type} of unknown class`,
        props: service({ ingressClassName: UNKNOWN }),
        says: ["ingressClassName is not known"],
      },
      {
        title: `refuses ${type} of a class of the wrong type`,
        props: service({ ingressClassName: ["nginx"] }),
        says: ["ingressClassName is a list"],
      },
    ]);
  }
  for (const version of ["v1", "v1beta1", "v1alpha2"]) {
    check(pack, "unjudged-load-balancers", `kubernetes:gateway.networking.k8s.io/${version}:Gateway`, [
      {
        title: `passes a gateway of the mesh in ${version}`,
        props: service({ gatewayClassName: "istio" }),
        says: [],
      },
      {
        title: `refuses a gateway of AWS's controllers in ${version}`,
        props: service({ gatewayClassName: "amazon-vpc-lattice" }),
        says: ["spec.gatewayClassName is another string"],
      },
    ]);
  }

  it("allows configured types", () => {
    const subject = { type: lightsail, props: {} };
    assert.deepEqual(configured(unjudgedLoadBalancers, { allowedTypes: [lightsail] }, subject), []);
    assert.equal(
      configured(unjudgedLoadBalancers, { allowedTypes: ["aws:lightsail/lb"] }, subject).length,
      1,
    );
  });
});
