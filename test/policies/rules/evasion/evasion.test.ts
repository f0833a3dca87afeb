import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import { otherRoutes } from "../../../../policies/rules/evasion/other-routes";
import { unjudgedLoadBalancers } from "../../../../policies/rules/evasion/unjudged-load-balancers";
import { packForSuite, secret, UNKNOWN, urnOf } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { RuleSuite, blamed, configured, messagesOf, type Props } from "../../../support/rule-suite";

const otherRoutesFix = (type: string) =>
  'write it with @pulumi/aws, for example new aws.lb.Listener("https", { … }); or, if it creates nothing the rules ' +
  `judge, name its type in the setting: { "other-routes": { "allowedTypes": ["${type}"] } }`;
const kubernetesFix = (type: string) =>
  "keep the service within the cluster, and let a TargetGroupBinding of the AWS Load Balancer Controller register its " +
  "pods with an aws.lb.TargetGroup; or name the type in the setting: " +
  `{ "unjudged-load-balancers": { "allowedTypes": ["${type}"] } }`;
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
    "albmod:tf:awscc_events_rule",
    "vpcmod:tf:aws_default_vpc",
    "vpcmod:tf:aws_default_subnet",
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
    it(`refuses ${type} unless the configuration allows it`, async () => {
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
    "aws:lb/listener:Listener",
    "aws:alb/listener:Listener",
    "aws:elasticloadbalancingv2/listener:Listener",
    "aws:s3/bucket:Bucket",
    "aws:ecs/service:Service",
    "aws:apigateway/restApi:RestApi",
    "awsx:ec2:Vpc",
    "awsx:lb:ApplicationLoadBalancer",
    "random:index/randomPassword:RandomPassword",
    "pulumi:pulumi:Stack",
    "pulumi:providers:aws",
    "pulumi:pulumi:StackReference",
    "pulumi:providers:command",
    "web-store:components:LoadBalancer",
    "acme:index:Listener",
    "tls:index/privateKey:PrivateKey",
    "aws-native:ec2:Subnet",
    "aws:index/logsLogGroup:LogsLogGroup",
    "vpcmod:tf:aws_subnet",
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
  ]) {
    it(`passes ${JSON.stringify(type)}`, async () => assert.deepEqual(await judge(type), []));
  }

  for (const [type, property, creates, others] of [
    ["eks/capability:Capability", "type", ["ACK", "ack"], ["ARGOCD", "KRO"]],
    ["eks/addon:Addon", "addonName", ["upbound_universal-crossplane"], ["vpc-cni", "kube-proxy"]],
  ] as const) {
    for (const token of [`aws:${type}`, `aws-native:eks:${type.split(":")[1]!}`]) {
      it(`refuses ${token} whose controllers create AWS resources, and no other`, async () => {
        for (const name of [...creates, UNKNOWN]) {
          const [message = "", ...more] = await judge(token, { [property]: name });
          assert.match(message, /which no rule sees; it must be another, or/);
          assert.deepEqual(more, []);
          const subject = { type: token, props: { [property]: name } };
          assert.deepEqual(configured(otherRoutes, { allowedTypes: [token] }, subject), []);
        }
        for (const name of others) assert.deepEqual(await judge(token, { [property]: name }), []);
        assert.deepEqual(await judge(token), []);
      });
    }
  }

  new RuleSuite("other-routes", { pack }).check(CLOUD_CONTROL, [
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
      title: "refuses a text that only contains a type's name",
      props: { typeName: "xAWS::Logs::LogGroup" },
      says: ["typeName is"],
    },
    {
      title: "refuses a text that only begins like a type",
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
    {
      title: "does not repeat a text that is not a type",
      props: { typeName: "hunter2 " },
      says: [/^(?!.*hunter2)/],
    },
  ]);

  const started = (documentName: unknown) => ({ action: { ssmAutomations: [{ documentName }] } });
  const call = (action: string) => `arn:aws:scheduler:::aws-sdk:${action}`;
  new RuleSuite("other-routes", { pack }).check("aws:cloudwatch/eventTarget:EventTarget", [
    {
      title: "passes commands that stay on the instance, as a target's input",
      props: {
        arn: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
        input: JSON.stringify({ commands: ["systemctl restart nginx"] }),
      },
      says: [],
    },
    {
      title: "refuses commands that leave the instance",
      props: {
        arn: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
        input: JSON.stringify({ commands: ["aws elbv2 create-listener"] }),
      },
      says: [/arn is "arn:aws:ssm/],
    },
    {
      title: "refuses an input that is not JSON",
      props: { arn: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript", input: "{" },
      says: [/arn is "arn:aws:ssm/],
    },
  ]);
  new RuleSuite("other-routes", { pack }).check("aws:scheduler/schedule:Schedule", [
    {
      title: "refuses a build with its own instructions",
      props: {
        target: { arn: call("codebuild:startBuild"), input: '{"ProjectName":"x","BuildspecOverride":"x"}' },
      },
      says: [/target.arn is "arn:aws:scheduler/],
    },
    {
      title: "passes a build",
      props: { target: { arn: call("codebuild:startBuild"), input: '{"ProjectName":"x"}' } },
      says: [],
    },
    ...[
      "rds:stopDBInstance",
      "ec2:stopInstances",
      "autoscaling:setDesiredCapacity",
      "autoscaling:deleteWarmPool",
      "lambda:invoke",
      "sqs:SendMessage",
      "cloudformation:describeStacks",
      // Reserving capacity units for a peak changes nothing that a rule judges.
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
    { title: "passes an unknown ARN", props: { target: { arn: UNKNOWN } }, says: [] },
    {
      title: "passes an ARN that only ends like a call",
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
      "ec2:modifySubnetAttribute",
      "autoscaling:updateAutoScalingGroup",
      "ecs:runTask",
      "ssm:sendCommand",
      "s3:putBucketPolicy",
      "route53:changeResourceRecordSets",
      "sns:addPermission",
    ].map((action) => ({
      title: `refuses a scheduled ${action}`,
      props: { target: { arn: call(action) } },
      says: [`target.arn is "${call(action)}", which may create or change what the rules judge`],
    })),
    {
      title: "refuses a secret call in other letters and another partition",
      props: { target: { arn: secret("ARN:aws-cn:SCHEDULER:::AWS-SDK:AutoScaling:SuspendProcesses") } },
      says: ["target.arn is"],
    },
  ]);

  it("allows schedules that the configuration lists", () => {
    const subject = {
      type: "aws:scheduler/schedule:Schedule",
      props: { target: { arn: call("autoscaling:suspendProcesses") } },
    };
    assert.equal(configured(otherRoutes, {}, subject).length, 1);
    assert.deepEqual(configured(otherRoutes, { allowedTypes: [subject.type] }, subject), []);
    assert.deepEqual(
      configured(otherRoutes, { allowedCalls: ["autoscaling:suspendProcesses"] }, subject),
      [],
    );
  });

  /** The later operations that a type allows, and those that it doesn't. */
  const LATER: Readonly<
    Record<string, { readonly may: readonly Props[]; readonly mayNot: readonly Props[] }>
  > = {
    "aws:scheduler/schedule:Schedule": {
      may: [
        { AutoScalingGroupName: "shop", MinSize: 2, MaxSize: 4 },
        { AutoScalingGroupName: "shop", DesiredCapacity: 0 },
      ].map((input) => ({
        target: { arn: call("autoscaling:updateAutoScalingGroup"), input: JSON.stringify(input) },
      })),
      mayNot: [
        UNKNOWN,
        "",
        "{",
        JSON.stringify({ AutoScalingGroupName: "shop", HealthCheckType: "EC2" }),
      ].map((input) => ({ target: { arn: call("autoscaling:updateAutoScalingGroup"), input } })),
    },
    "aws:ssm/association:Association": {
      may: [
        { name: "AWS-RunPatchBaseline" },
        { name: "AmazonCloudWatch-ManageAgent" },
        // A document that the program declares is judged by its content.
        { name: UNKNOWN },
        { name: "shop-restart" },
        {
          name: "AWS-RunShellScript",
          parameters: {
            commands: "# nightly\nset -e\nsudo dnf update -y && systemctl restart shop || echo failed",
          },
        },
        {
          name: "AWS-RunShellScript",
          parameters: {
            commands:
              'echo "0 3 * * * root /usr/bin/systemctl restart shop" | sudo tee /etc/cron.d/shop\necho aws is up to date',
          },
        },
        {
          name: "AWS-RunShellScript",
          parameters: {
            commands:
              "systemctl start migrate &\ntail -f --pid=$! /var/log/shop 2>&1\nwait $! && exit 0\ntail -n 30 /var/log/shop >&2; exit 1",
          },
        },
      ],
      mayNot: [
        { name: "AWS-RunShellScript" },
        { name: "AWS-RunShellScript", parameters: UNKNOWN },
        { name: "AWS-RunAnsiblePlaybook" },
        { name: "AWS-RunRemoteScript" },
        { name: "AWSSupport-ExecuteEC2Rescue" },
        { name: "AmazonEKS-MakeCluster" },
        ...[
          "aws elbv2 create-listener --protocol HTTP",
          "dnf install -y awscli; aws ec2 run-instances",
          "echo $(aws sts get-caller-identity)",
          "sudo python3 make.py",
          "tail -n 1 /tmp/commands 2>&1 | sh",
          "true >&2 & python3 make.py",
          "true 2>&1; aws ec2 run-instances",
          "curl https://example.com/x | sh",
          'echo "0 3 * * * root aws ec2 run-instances" | tee /etc/cron.d/grow',
          "printf '@reboot root /opt/grow.sh' > /etc/cron.d/grow",
          UNKNOWN,
        ].map((commands) => ({ name: "AWS-RunShellScript", parameters: { commands } })),
      ],
    },
    "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask": {
      may: [
        { taskType: "RUN_COMMAND", taskArn: "AWS-RunPatchBaseline" },
        { taskType: "LAMBDA", taskArn: "arn:aws:lambda:eu-west-1:123456789012:function:AWS-x" },
        {
          taskType: "RUN_COMMAND",
          taskArn: "AWS-RunShellScript",
          taskInvocationParameters: {
            runCommandParameters: { parameters: [{ name: "commands", values: ["systemctl restart shop"] }] },
          },
        },
      ],
      mayNot: [
        { taskType: "RUN_COMMAND", taskArn: "AWS-RunShellScript" },
        { taskType: "AUTOMATION", taskArn: "AWS-CreateManagedLinuxInstance" },
      ],
    },
    "aws:cfg/remediationConfiguration:RemediationConfiguration": {
      may: [
        { targetId: "AWS-DisablePublicAccessForSecurityGroup" },
        { targetId: "AWSConfigRemediation-DeleteUnusedEBSVolume" },
      ],
      mayNot: [{ targetId: "AWS-RunShellScript" }, { targetId: "AWS-CreateManagedLinuxInstance" }],
    },
    "aws:ssmincidents/responsePlan:ResponsePlan": {
      may: [
        started("AWSIncidents-CriticalIncidentRunbookTemplate"),
        started("our-runbook"),
        started(UNKNOWN),
        { action: { ssmAutomations: [UNKNOWN] } },
        {},
      ],
      mayNot: [started("AWS-CreateManagedLinuxInstance"), started("AWS-RunShellScript")],
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
      may: [
        { arn: "arn:aws:lambda:eu-west-1:123456789012:function:shop" },
        { arn: UNKNOWN },
        { arn: "arn:aws:ssm:eu-west-1::automation-definition/AWS-StopEC2Instance:$DEFAULT" },
      ],
      mayNot: [{ arn: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript" }],
    },
    "aws:sfn/stateMachine:StateMachine": {
      may: [
        { definition: UNKNOWN },
        { definition: '{"States":{"a":{"Resource":"arn:aws:states:::aws-sdk:ec2:describeInstances"}}}' },
        { definition: '{"States":{"a":{"Resource":"arn:aws:states:::lambda:invoke"}}}' },
        ...["https://api.example.com/x", "https://a1.execute-api.eu-west-1.amazonaws.com/prod"].map(
          (url) => ({
            definition: `{"Resource":"arn:aws:states:::http:invoke","Parameters":{"ApiEndpoint":"${url}"}}`,
          }),
        ),
      ],
      mayNot: [
        {
          definition:
            '{"States":{"a":{"Resource":"arn:aws:states:::aws-sdk:elasticloadbalancingv2:createListener"}}}',
        },
        { definition: '{"States":{"a":{"Resource":"arn:aws:states:::eks:call"}}}' },
        {
          definition:
            '{"Resource":"arn:aws:states:::http:invoke","Parameters":{"ApiEndpoint":"https://ec2.eu-west-1.amazonaws.com/?Action=RunInstances"}}',
        },
        { definition: '{"Resource":"arn:aws:states:::ecs:runTask","AssignPublicIp":"ENABLED"}' },
        { definition: '{"AssignPublicIp" : "ENABLED"}' },
        { definition: "AssignPublicIp: ENABLED" },
        ...['"ApiEndpoint" : "', "ApiEndpoint: '", "ApiEndpoint : "].map((start) => ({
          definition: `arn:aws:states:::http:invoke ${start}https://ec2.eu-west-1.amazonaws.com/`,
        })),
      ],
    },
    "aws:ssm/document:Document": {
      may: [
        { content: UNKNOWN },
        {
          content:
            '{"mainSteps":[{"action":"aws:executeAwsApi","inputs":{"Service":"ec2","Api":"DescribeInstances"}}]}',
        },
        {
          content:
            '{"mainSteps":[{"action":"aws:runShellScript","inputs":{"runCommand":["systemctl restart shop"]}}]}',
        },
        {
          content:
            "mainSteps:\n- action: aws:runShellScript\n  inputs:\n    runCommand:\n    - systemctl restart shop\n",
        },
        { content: "'runCommand':\n- df\n" },
        {
          content:
            "- action: aws:runShellScript\n  inputs:\n    runCommand:\n  -   'systemctl restart shop'  \n  - \"df -h\"\n  -\tdf\n",
        },
      ],
      mayNot: [
        {
          content:
            '{"mainSteps":[{"action":"aws:executeAwsApi","inputs":{"Service":"elbv2","Api":"CreateListener"}}]}',
        },
        {
          content:
            "- action: aws:executeAwsApi\n  inputs:\n    Service: ec2\n    Api: AuthorizeSecurityGroupIngress\n",
        },
        { content: '{"Service" : "elbv2" , "Api" : "CreateListener"}' },
        { content: "'Service' : 'ec2'\n'Api' : 'RunInstances'" },
        { content: "Service : ec2\n\n  Api : RunInstances" },
        {
          content:
            '{"mainSteps":[{"action":"aws:runShellScript","inputs":{"runCommand":["{{ commands }}"]}}]}',
        },
        {
          content: "- action: aws:runShellScript\n  inputs:\n    runCommand:\n    - aws ec2 run-instances\n",
        },
        { content: '{"mainSteps":[{"action":"aws:executeScript","inputs":{"Runtime":"python3.11"}}]}' },
      ],
    },
    "aws:ec2/launchTemplate:LaunchTemplate": {
      may: [
        "aws s3 cp s3://shop/app.tgz . && aws secretsmanager get-secret-value --secret-id a",
        "aws --region eu-west-1 ec2 describe-tags; aws ec2 attach-volume --volume-id v",
        "aws autoscaling complete-lifecycle-action --lifecycle-hook-name h",
        "# aws ec2 run-instances",
        "aws ecs update-service --cluster c --service s \\\n  --force-new-deployment --region eu-west-1",
        "import boto3\nec2 = boto3.client('ec2')\nec2.describe_tags()\ntable.put_item(Item={})",
        UNKNOWN,
      ].map((userData) => ({ userData })),
      mayNot: [
        "aws ec2 \\\n  authorize-security-group-ingress --group-id g",
        "aws ec2 --region eu-west-1 run-instances",
        "echo '* * * * * root aws ec2 run-instances' | tee /etc/cron.d/grow",
        "aws ecs update-service --service s --health-check-grace-period-seconds 999999",
        "aws ssm send-command --document-name AWS-RunShellScript",
        "import boto3\nec2 = boto3.client('ec2', region_name='x')\nec2.authorize_security_group_ingress()",
        "boto3.client('elbv2').create_listener()",
        "c = boto3.Session(region_name='x').client('ec2')\nc.run_instances()",
        '"$(command -v aws)" ec2 run-instances',
        'AWS="aws --region x"; $AWS ec2 run-instances',
        "python3 -m awscli ec2 run-instances",
        "curl 'https://ec2.eu-west-1.amazonaws.com/?Action=AllocateAddress'",
        "aws ec2 associate-address --allocation-id eipalloc-0",
        'runcmd:\n  - [aws, "ec2", associate-address, --allocation-id, eipalloc-0]\n',
        "aws --region eu-west-1 --output text elbv2 create-listener --protocol HTTP",
        "aws autoscaling update-auto-scaling-group --health-check-type EC2",
        Buffer.from("#!/bin/sh\naws ec2 authorize-security-group-ingress --group-id g\n").toString("base64"),
      ].map((userData) => ({ userData })),
    },
    "aws:fis/experimentTemplate:ExperimentTemplate": {
      may: [
        [{ actionId: "aws:ec2:stop-instances" }, { actionId: UNKNOWN }, UNKNOWN],
        [{ actionId: "aws:ssm:send-command", parameters: [{ key: "documentArn", value: UNKNOWN }] }],
        [
          {
            actionId: "aws:ssm:send-command",
            parameters: [
              { key: "documentArn", value: "arn:aws:ssm:eu-west-1::document/AWSFIS-Run-CPU-Stress" },
            ],
          },
        ],
      ].map((actions) => ({ actions })),
      mayNot: [
        [{ actionId: "aws:eks:inject-kubernetes-custom-resource" }],
        [
          {
            actionId: "aws:ssm:send-command",
            parameters: [
              { key: "documentArn", value: "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript" },
              { key: "documentParameters", value: '{"commands":["aws ec2 run-instances"]}' },
            ],
          },
        ],
        [
          {
            actionId: "aws:ssm:start-automation-execution",
            parameters: [{ key: "documentArn", value: "AWS-CreateManagedLinuxInstance" }],
          },
        ],
      ].map((actions) => ({ actions })),
    },
    "aws:cloudwatch/eventApiDestination:EventApiDestination": {
      may: [{ invocationEndpoint: "https://hooks.example.com" }, { invocationEndpoint: UNKNOWN }],
      mayNot: [{ invocationEndpoint: "https://autoscaling.eu-west-1.amazonaws.com/" }],
    },
    "aws:codebuild/project:Project": {
      may: [
        { source: { type: "NO_SOURCE", buildspec: "phases:\n  build:\n    commands:\n      - npm ci\n" } },
        { source: { buildspec: "- aws ecs update-service --cluster c --service s --force-new-deployment" } },
        ...[
          "aws cloudformation deploy --template-file t.yaml",
          "aws ecs run-task --cluster c --network-configuration 'awsvpcConfiguration={subnets=[s]}'",
          "aws ecs update-service --service s --task-definition shop:7",
          "aws elasticbeanstalk update-environment --environment-name e --version-label v7",
          "aws s3api put-object --bucket b --key k",
          UNKNOWN,
        ].map((buildspec) => ({ source: { buildspec } })),
      ],
      mayNot: [
        { source: { buildspec: "- aws ec2 authorize-security-group-ingress --group-id sg-0" } },
        ...[
          "aws ecs run-task --network-configuration 'awsvpcConfiguration={assignPublicIp=ENABLED}'",
          "aws elasticbeanstalk update-environment --option-settings file://open.json",
          "aws s3api put-bucket-policy --bucket b --policy file://open.json",
          "aws cloudfront update-distribution --id d",
        ].map((buildspec) => ({ source: { buildspec } })),
        { source: {}, secondarySources: [{ buildspec: "- aws elbv2 create-listener" }] },
      ],
    },
    "aws:codepipeline/pipeline:Pipeline": {
      may: [{ stages: [{ actions: [{ configuration: { Commands: "npm ci" } }] }] }],
      mayNot: [{ stages: [{ actions: [{ configuration: { Commands: "aws elbv2 modify-listener" } }] }] }],
    },
    "aws:imagebuilder/component:Component": {
      may: [{ data: "commands:\n  - dnf install -y nginx" }],
      mayNot: [{ data: "commands:\n  - aws ec2 run-instances" }],
    },
    "aws:pipes/pipe:Pipe": {
      may: [
        {
          targetParameters: {
            ecsTaskParameters: { overrides: { containerOverrides: [{ commands: ["true"] }] } },
          },
        },
        { targetParameters: UNKNOWN },
        {},
      ],
      mayNot: [
        {
          targetParameters: {
            ecsTaskParameters: {
              overrides: { containerOverrides: [{ commands: ["aws", "elbv2", "create-listener"] }] },
            },
          },
        },
      ],
    },
    "aws:cfg/conformancePack:ConformancePack": {
      may: [
        { templateBody: "TargetType: SSM_DOCUMENT\nTargetId: AWS-DisablePublicAccessForSecurityGroup" },
        { templateBody: '{"TargetId": "our-runbook"}' },
        { templateBody: UNKNOWN },
        { templateS3Uri: "s3://packs/pack.yaml" },
      ],
      mayNot: [
        { templateBody: '{"TargetType":"SSM_DOCUMENT","TargetId":"AWS-RunShellScript"}' },
        { templateBody: "TargetId: AWSConfigRemediation-X\n---\nTargetId: 'AWS-CreateManagedLinuxInstance'" },
      ],
    },
    "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": {
      may: [{ onStart: Buffer.from("#!/bin/bash\npip install pandas && aws s3 ls").toString("base64") }],
      mayNot: [
        { onStart: Buffer.from("#!/bin/bash\naws elbv2 modify-listener --protocol HTTP").toString("base64") },
      ],
    },
    "aws:amplify/app:App": {
      may: [{ buildSpec: "- npm ci" }],
      mayNot: [{ buildSpec: "- aws elbv2 modify-listener --protocol HTTP" }],
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
      may: ["aws s3 sync s3://b .", "aws elbv2 describe-listeners", "true"].map((command) => ({
        containerDefinitions: JSON.stringify([{ image: "shop:7", command: ["sh", "-c", command] }]),
      })),
      mayNot: [
        { image: "shop:7", command: ["sh", "-c", "aws elbv2 modify-listener --protocol HTTP"] },
        { image: "public.ecr.aws/aws-cli/aws-cli:2.31", command: ["elbv2", "create-listener"] },
        { entryPoint: ["aws"], command: ["elbv2", "create-listener"], name: "cli", image: "cli" },
      ].map((container) => ({ containerDefinitions: JSON.stringify([container]) })),
    },
    "aws:batch/jobDefinition:JobDefinition": {
      may: [{ containerProperties: JSON.stringify({ image: "amazon/aws-cli", command: ["s3", "ls"] }) }],
      mayNot: [
        { containerProperties: '{"image": "amazon/aws-cli", "command": ["elbv2", "create-listener"]}' },
      ],
    },
    "kubernetes:batch/v1:Job": {
      may: [{ spec: { template: { spec: { containers: [{ image: "shop:7", args: ["elbv2"] }] } } } }],
      mayNot: [
        { image: "amazon/aws-cli", args: ["elbv2", "create-listener"] },
        { image: "amazon/aws-cli@sha256:0", command: ["aws"], args: ["elbv2", "create-listener"] },
      ].map((container) => ({ spec: { template: { spec: { containers: [container] } } } })),
    },
    "aws:apigateway/integration:Integration": {
      may: [
        { uri: "arn:aws:apigateway:eu-west-1:sqs:action/SendMessage" },
        { uri: UNKNOWN },
        { uri: "https://example.com" },
      ],
      mayNot: [{ uri: "arn:aws:apigateway:eu-west-1:elasticloadbalancing:action/CreateListener" }],
    },
  };
  for (const [type, { may, mayNot }] of Object.entries(LATER)) {
    it(`judges what ${type} does after the deployment`, async () => {
      for (const props of may) assert.deepEqual(await judge(type, props), [], JSON.stringify(props));
      for (const props of mayNot) {
        const messages = await judge(type, props);
        assert.match(
          messages.join(),
          /which may create or change what the rules judge/,
          JSON.stringify(props),
        );
      }
    });
  }

  const yaml = (...steps: readonly string[]) => `schemaVersion: "2.2"\nmainSteps:\n${steps.join("\n")}\n`;
  const step = (commands: string) =>
    `  - action: aws:runShellScript\n    name: one\n    inputs:\n      timeoutSeconds: 60\n      runCommand:${commands}\n    isEnd: false`;
  const LOCAL = "\n        - systemctl restart shop\n        - 'echo done'";
  const override = (command: readonly string[]) =>
    JSON.stringify({ containerOverrides: [{ name: "cli", command }] });
  const task = (resource: string, parameters: object) => ({
    definition: JSON.stringify({
      StartAt: "a",
      States: { a: { Type: "Task", Resource: resource, Parameters: parameters, End: true } },
    }),
  });
  const starts = (name: string, commands: readonly string[]) => ({
    content: JSON.stringify({
      mainSteps: [{ action: "aws:runCommand", inputs: { DocumentName: name, Parameters: { commands } } }],
    }),
  });
  for (const [type, props, isRefused] of [
    ["aws:ssm/document:Document", { content: yaml(step(LOCAL), step(LOCAL)) }, false],
    ["aws:ssm/document:Document", { content: yaml(step(LOCAL), step("\n        - curl x | sh")) }, true],
    ["aws:ssm/document:Document", { content: yaml(step(" ['systemctl restart shop']")) }, false],
    ["aws:ssm/document:Document", { content: yaml(step(' ["curl x | sh"]')) }, true],
    ["aws:ssm/document:Document", { content: yaml(step("\n        - |\n          curl x | sh")) }, true],
    ["aws:ssm/document:Document", starts("AWS-RunShellScript", ["systemctl restart shop"]), false],
    ["aws:ssm/document:Document", starts("AWS-RunPatchBaseline", []), false],
    ["aws:ssm/document:Document", starts("our-document", ["curl x | sh"]), false],
    ["aws:ssm/document:Document", starts("AWS-RunShellScript", ["curl x | sh"]), true],
    [
      "aws:ssm/document:Document",
      { content: "- action: aws:runDocument\n  inputs:\n    documentPath: AWS-RunRemoteScript\n" },
      true,
    ],
    ["aws:cloudwatch/eventTarget:EventTarget", { input: override(["aws", "s3", "ls"]) }, false],
    [
      "aws:cloudwatch/eventTarget:EventTarget",
      { input: override(["aws", "elbv2", "create-listener"]) },
      true,
    ],
    [
      "aws:scheduler/schedule:Schedule",
      {
        target: {
          arn: "arn:aws:ecs:eu-west-1:1:cluster/c",
          input: override(["aws", "elbv2", "create-listener"]),
        },
      },
      true,
    ],
    [
      "aws:sfn/stateMachine:StateMachine",
      task("arn:aws:states:::ecs:runTask.sync", {
        Overrides: { ContainerOverrides: [{ Command: ["aws", "elbv2", "create-listener"] }] },
      }),
      true,
    ],
    [
      "aws:sfn/stateMachine:StateMachine",
      task("arn:aws:states:::codebuild:startBuild", {
        BuildspecOverride: "commands: aws elbv2 create-listener",
      }),
      true,
    ],
    [
      "aws:sfn/stateMachine:StateMachine",
      task("arn:aws:states:::codebuild:startBuild", {
        BuildspecOverride: "commands: aws cloudformation deploy",
      }),
      false,
    ],
  ] as const) {
    it(`${isRefused ? "refuses" : "passes"} ${JSON.stringify(props).slice(0, 200)} of ${type}`, async () => {
      assert.equal((await judge(type, props)).length, isRefused ? 1 : 0);
    });
  }

  const OPENS = "aws ec2 authorize-security-group-ingress --group-id sg-1 --cidr 0.0.0.0/0";
  const run = (commands: string) => [
    { name: "workingDirectory", values: ["aws"] },
    { name: "commands", values: [commands] },
  ];
  for (const [type, props, found] of [
    [
      "aws:scheduler/schedule:Schedule",
      { target: { arn: call("ec2:runInstances") } },
      /^target\.arn is "arn:/,
    ],
    [
      "aws:ssm/association:Association",
      { name: "AWS-RunShellScript", parameters: { commands: OPENS } },
      /^name is "AWS-RunShellScript", which/,
    ],
    [
      "aws:cfg/remediationConfiguration:RemediationConfiguration",
      { targetId: "AWS-RunShellScript" },
      /^targetId is "AWS-RunShellScript", which/,
    ],
    [
      "aws:cloudwatch/eventApiDestination:EventApiDestination",
      { invocationEndpoint: "https://ec2.eu-west-1.amazonaws.com/" },
      /^invocationEndpoint is "http:invoke", which/,
    ],
    [
      "aws:apigateway/integration:Integration",
      { uri: "arn:aws:apigateway:eu-west-1:shop.ec2:action/RunInstances" },
      /^uri is "ec2:RunInstances", which/,
    ],
    [
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
      {
        taskType: "RUN_COMMAND",
        taskArn: "AWS-RunShellScript",
        taskInvocationParameters: { runCommandParameters: { parameters: run(OPENS) } },
      },
      /^taskArn is "AWS-RunShellScript", which/,
    ],
    [
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
      {
        taskType: "RUN_COMMAND",
        taskArn: "AWS-RunShellScript",
        taskInvocationParameters: { runCommandParameters: { parameters: run("systemctl restart shop") } },
      },
      undefined,
    ],
    [
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
      { taskType: "LAMBDA", taskArn: "AWS-x" },
      undefined,
    ],
    [
      "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
      { taskType: "STEP_FUNCTIONS", taskArn: "AWS-x" },
      undefined,
    ],
    [
      "aws:fis/experimentTemplate:ExperimentTemplate",
      { actions: [{ actionId: "aws:ec2:stop-instances" }, { actionId: "my:aws:ssm:send-command" }] },
      /^actions\[1\]\.actionId is "my:aws:ssm:send-command", which/,
    ],
    [
      "aws:fis/experimentTemplate:ExperimentTemplate",
      {
        actions: [
          {
            actionId: "aws:ssm:send-command",
            parameters: [
              { key: "documentParameters", value: JSON.stringify({ commands: OPENS }) },
              { key: "documentArn", value: "AWS-RunShellScript" },
            ],
          },
        ],
      },
      /^actions\[0\]\.parameters: documentArn is "AWS-RunShellScript", which/,
    ],
    [
      "aws:fis/experimentTemplate:ExperimentTemplate",
      {
        actions: [
          {
            actionId: "aws:ssm:send-command",
            parameters: [
              { key: "documentArn", value: "AWS-RunShellScript" },
              { key: "documentParameters", value: JSON.stringify({ commands: "systemctl stop shop" }) },
            ],
          },
        ],
      },
      undefined,
    ],
    [
      "aws:sfn/stateMachine:StateMachine",
      {
        definition:
          '{"Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://example.com"}}, ' +
          '{"Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://ec2.amazonaws.com"}}',
      },
      /^An action of definition is "http:invoke", which/,
    ],
    [
      "aws:ssm/document:Document",
      {
        content: JSON.stringify({
          mainSteps: [{ action: "aws:runShellScript", inputs: { runCommand: [OPENS] } }],
        }),
      },
      /^An action of content is "aws:runShellScript", which/,
    ],
    [
      "aws:ec2/instance:Instance",
      { userData: `#!/bin/sh\n${OPENS}` },
      /^A call in userData is "ec2:authorize/,
    ],
  ] as const)
    it(`names the property by which ${type} does it: ${found === undefined ? "nothing" : found.source}`, async () => {
      const lines = (await judge(type, props)).flatMap((message) => message.split("\n").slice(1, -1));
      if (found === undefined) return assert.deepEqual(lines, []);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0] ?? "", found);
      assert.match(
        lines[0] ?? "",
        /, which may create or change what the rules judge; it must be one that doesn't, or be allowed by the setting allowedCalls\.$/,
      );
    });

  it("quotes what it found as the value of the setting that allows it", async () => {
    const [message = ""] = await judge("aws:sfn/stateMachine:StateMachine", {
      definition: "arn:aws:states:::aws-sdk:ec2:runInstances",
    });
    assert.ok(message.includes('{ "other-routes": { "allowedCalls": ["ec2:runInstances"] } }'), message);
    const [other = ""] = await judge(CLOUD_CONTROL, { typeName: "AWS::EC2::Instance" });
    assert.ok(other.includes('{ "allowedTypes": ["AWS::EC2::Instance"] }'), other);
    const arn = "arn:aws-cn:ssm:cn-north-1:123456789012:document/AWS-RunAnsiblePlaybook";
    for (const name of [arn, "AWS-RunAnsiblePlaybook"]) {
      const [said = ""] = await judge("aws:ssm/association:Association", { name });
      assert.ok(
        said.includes(`name is "${name}", which`) && said.includes(`"allowedCalls": ["${name}"]`),
        said,
      );
    }
    for (const name of [`x ${arn}`, `${arn} x`, `arn:aws:ssm:a b:1:${arn}`, `arn:aws:s m::1:${arn}`]) {
      const [said = "nothing"] = await judge("aws:ssm/association:Association", { name });
      assert.ok(!said.includes(name), said);
    }
  });

  it("refuses an unknown target of a schedule unless it comes from a resource that schedules may call", async () => {
    const resource = (type: string, name: string) => ({ type, name, props: { arn: UNKNOWN } });
    const role = resource("aws:iam/role:Role", "role");
    const word = resource("random:index/randomPet:RandomPet", "word");
    const handler = resource("aws:lambda/function:Function", "handler");
    const other = resource("pulumi:pulumi:StackReference", "other");
    for (const [type, property, props] of [
      ["aws:scheduler/schedule:Schedule", "target", { target: { arn: UNKNOWN, roleArn: UNKNOWN } }],
      ["aws:scheduler/schedule:Schedule", "target", { target: UNKNOWN }],
      ["aws:cloudwatch/eventTarget:EventTarget", "arn", { arn: UNKNOWN }],
    ] as const) {
      const from = (...of: TestResource[]) => [
        ...of,
        { type, name: "it", props, propertyDependencies: { [property]: of.map(urnOf) } },
      ];
      const found = (...of: TestResource[]) => blamed(pack(), "other-routes-stack", from(...of));
      for (const of of [[], [role], [word, role]])
        assert.match(
          (await found(...of))["it"] ?? "nothing",
          /arn is not known before deployment, and comes/,
        );
      for (const of of [handler, other]) assert.deepEqual(await found(of, role), {});
    }
    const known = { type: "aws:cloudwatch/eventTarget:EventTarget", name: "it", props: { arn: "arn:x" } };
    assert.deepEqual(await blamed(pack(), "other-routes-stack", [known]), {});
  });

  it("reads the template of a CloudFormation stack", async () => {
    const stack = "aws:cloudformation/stack:Stack";
    for (const [templateBody, says] of [
      [
        "Parameters:\n  Vpc: { Type: AWS::EC2::VPC::Id }\n  Nets: { Type: List<AWS::EC2::Subnet::Id> }\n" +
          "Resources:\n  Alarms: { Type: AWS::SNS::Topic }",
        undefined,
      ],
      ['{"Resources":{"t":{"Type":"AWS::SNS::Topic"}}}', undefined],
      ["Resources:\n  t:\n    Type: AWS::SNS::Topic\n  q:\n    Type: 'AWS::SQS::Queue'\n", undefined],
      [
        '{"Resources":{"t":{"Type":"AWS::ElasticLoadBalancingV2::Listener"}}}',
        /AWS::ElasticLoadBalancingV2::Listener;/,
      ],
      ["Resources:\n  t: { Type: AWS::EC2::EIP }\n", /AWS::EC2::EIP;/],
      ['{"t":{"Type" : "AWS::EC2::EIP"}}', /AWS::EC2::EIP;/],
      ["Type: AWS::EC2::EIP\n", /AWS::EC2::EIP;/],
      ["t:\n  'Type' : 'AWS::EC2::EIP'\n", /AWS::EC2::EIP;/],
      ["t: { MyType: AWS::EC2::EIP }\n", /more than AWS types/],
      ['{"Transform" : "AWS::Include","t":{"Type":"AWS::SNS::Topic"}}', /holds more than/],
      ["'Transform' : x\nt: { Type: AWS::SNS::Topic }", /holds more than/],
      [
        '{"Resources":{"t":{"Type":"Custom::Listener"},"u":{"Type":"AWS::SNS::Topic"}}}',
        /more than AWS types/,
      ],
      [
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  t: { Type: AWS::SNS::Topic }\n",
        /holds more than/,
      ],
      ["Resources:\n  t: { Type: AWS::CloudFormation::Stack }\n", /AWS::CloudFormation::Stack;/],
      ["Resources:\n  t: { Type: Acme::Web::Page }\n", /Acme::Web::Page;/],
      ["", /templateBody is an empty string/],
      [UNKNOWN, /templateBody is not known/],
    ] as const) {
      const [message, ...more] = await judge(stack, { templateBody });
      assert.deepEqual(more, []);
      if (says === undefined) assert.equal(message, undefined, templateBody);
      else assert.match(message ?? "nothing", says, templateBody);
    }
  });

  it("passes an address that is attached to nothing, by Cloud Control and by its own type", async () => {
    const eip = (desiredState: unknown) => judge(CLOUD_CONTROL, { typeName: "AWS::EC2::EIP", desiredState });
    assert.deepEqual(await eip('{"Domain":"vpc"}'), []);
    for (const state of ['{"InstanceId":"i-1"}', UNKNOWN, "{"]) assert.equal((await eip(state)).length, 1);
    assert.deepEqual(await judge("aws-native:ec2:Eip", { domain: "vpc" }), []);
    assert.equal((await judge("aws-native:ec2:Eip", { instanceId: UNKNOWN })).length, 1);
    assert.deepEqual(await judge("mod:tf:aws_eip", {}), []);
    assert.equal((await judge("mod:tf:aws_eip", { instance: "i-1" })).length, 1);
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
    ...["NetworkInterface", "SpotFleet", "VPC"].map((kind) => `AWS::EC2::${kind}`),
    "AWS::EKS::Nodegroup",
    "AWS::ECS::TaskSet",
    "AWS::Batch::ComputeEnvironment",
    "AWS::EMR::Cluster",
    "AWS::SSM::Association",
    "AWS::SSM::MaintenanceWindowTask",
    "AWS::Config::RemediationConfiguration",
    "AWS::Events::Rule",
    "AWS::Pipes::Pipe",
    "AWS::Lightsail::Distribution",
    "AWS::S3::BucketPolicy",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::GlobalAccelerator::EndpointGroup",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::AppRunner::Service",
    "AWS::CloudFront::Function",
    "AWS::EC2::VPCEndpointService",
    "AWS::Elasticsearch::Domain",
    "AWS::Lightsail::Container",
    "AWS::OpenSearchService::Domain",
    "AWS::VpcLattice::TargetGroup",
    "AWS::EC2::VPCEndpointServicePermissions",
  ]) {
    it(`refuses ${type} by Cloud Control and by its own type`, async () => {
      const [message = ""] = await judge(CLOUD_CONTROL, { typeName: type });
      const problem =
        `typeName is "${type}"; it must be the literal name of an AWS type that no rule judges, ` +
        "or be allowed by the setting allowedTypes.";
      assert.ok(message.includes(problem), message);
      const [, service = "", kind = ""] = type.split("::");
      const own = `aws-native:${service.toLowerCase()}:${kind}`;
      const [second = ""] = await judge(own);
      assert.ok(
        second.includes(`${own} is another provider's name for a resource that the rules judge under aws:*;`),
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
    "elb",
    "autoscaling_group",
    "launch_configuration",
    "launch_template",
    "security_group",
    "security_group_rule",
    "default_security_group",
    "vpc_security_group_ingress_rule",
    "instance",
    "spot_instance_request",
    "spot_fleet_request",
    "ec2_fleet",
    "cloudfront_distribution",
    "cloudformation_stack",
    "cloudformation_stack_set",
    "cloudformation_stack_set_instance",
    "cloudformation_stack_instances",
    "cloudcontrolapi_resource",
    "servicecatalog_provisioned_product",
    "serverlessapplicationrepository_cloudformation_stack",
    "elastic_beanstalk_environment",
    "lightsail_lb",
    "vpclattice_listener",
    "eks_node_group",
    "network_interface",
    "eip_association",
    "ssm_association",
    "cloudwatch_event_target",
    "s3_bucket_policy",
    "lightsail_instance_public_ports",
    "config_remediation_configuration",
    "batch_compute_environment",
    "apigatewayv2_domain_name",
    "apprunner_service",
    "cloudfront_function",
    "opensearch_domain",
    "vpc_endpoint_service_allowed_principal",
    "vpclattice_target_group",
  ]) {
    it(`refuses aws_${name} in a Terraform module`, async () => {
      assert.equal((await judge(`anymod:tf:aws_${name}`)).length, 1);
    });
  }

  it("passes commands on an instance that start only processes that stay on it", async () => {
    const type = "command:remote:Command";
    for (const [props, isRefused] of [
      [{ create: "cat shop.conf" }, false],
      [{ create: "(sudo yum update -y || true)" }, false],
      [{ create: "(aws elbv2 create-listener || true)" }, true],
      [{ create: "sudo systemctl restart shop", delete: "sudo systemctl stop shop" }, false],
      [{ create: "sudo systemctl restart shop", update: "aws elbv2 create-listener" }, true],
      [{ create: UNKNOWN }, true],
      [{ create: "./setup.sh" }, true],
    ] as const) {
      assert.equal((await judge(type, props)).length, isRefused ? 1 : 0, JSON.stringify(props));
    }
    assert.equal((await judge("command:local:Command", { create: "cat shop.conf" })).length, 1);
  });

  it("states what each evading resource does, and what to write instead", async () => {
    for (const [type, does] of [
      [
        "aws:cloudformation/stack:Stack",
        "creates the resources of its template, which no rule sees: its templateBody is not set",
      ],
      ["kubernetes:helm.sh/v3:Release", "creates the resources of its chart, which no rule sees"],
      ["aws:lambda/invocation:Invocation", "calls a function, whose code may create anything"],
      ["command:local:Command", "runs a command, which may create anything"],
      ["pulumi-python:dynamic:Resource", "belongs to a dynamic provider, whose code may create anything"],
    ] as const) {
      const [message = ""] = await judge(type);
      assert.deepEqual(message.split("\n").slice(1), [
        `${type} ${does}; it must be allowed by the setting allowedTypes.`,
        `Fix: ${otherRoutesFix(type)}; or, if it is safe as it is, use the setting allowedTypes or allowedCalls in the configuration of other-routes`,
      ]);
    }
  });

  it("judges aws-native's extension resources by the type that they name", async () => {
    const type = "aws-native:index:ExtensionResource";
    assert.equal((await judge(type, { type: "AWS::EC2::SecurityGroup" })).length, 1);
    assert.deepEqual(await judge(type, { type: "AWS::Logs::LogGroup" }), []);
  });

  it("allows single types by Cloud Control", () => {
    const subject = { type: CLOUD_CONTROL, props: { typeName: "Acme::Web::Page" } };
    assert.deepEqual(configured(otherRoutes, { allowedTypes: ["Acme::Web::Page"] }, subject), []);
    assert.equal(configured(otherRoutes, { allowedTypes: ["Acme::Web::Site"] }, subject).length, 1);
  });
});

describe("unjudged-load-balancers", () => {
  const pack = packForSuite({ directory: "policies" });
  const lightsail = "aws:lightsail/lb:Lb";

  new RuleSuite("unjudged-load-balancers", { pack }).check("aws:vpclattice/listener:Listener", [
    { title: "passes HTTPS", props: { protocol: "HTTPS" }, says: [] },
    { title: "passes TLS passthrough", props: { protocol: secret("TLS_PASSTHROUGH") }, says: [] },
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
  new RuleSuite("unjudged-load-balancers", { pack }).check(
    "aws:lightsail/lbHttpsRedirectionPolicy:LbHttpsRedirectionPolicy",
    [
      { title: "passes a Lightsail load balancer that redirects", props: { enabled: true }, says: [] },
      {
        title: "refuses a Lightsail load balancer that doesn't redirect",
        props: { lbName: "shop", enabled: false },
        says: [
          "enabled is false; it must be true, as the load balancer otherwise serves clear text on port 80",
        ],
      },
      {
        title: "refuses a Lightsail load balancer that may not redirect",
        props: { lbName: "shop", enabled: UNKNOWN },
        says: ["enabled is not known before deployment"],
      },
    ],
  );

  new RuleSuite("unjudged-load-balancers", { pack }).check("aws:lightsail/distribution:Distribution", [
    { title: "passes an origin with HTTPS", props: { origin: { protocolPolicy: "https-only" } }, says: [] },
    {
      title: "refuses an origin in plain text",
      props: { origin: { protocolPolicy: "http-only" } },
      says: ['origin.protocolPolicy is "http-only"; it must be "https-only"'],
    },
    {
      title: "refuses an origin without a protocol",
      props: { origin: { name: "web-1" } },
      says: ['origin.protocolPolicy is not set, which means "http-only"'],
    },
    {
      title: "refuses an unknown origin",
      props: { origin: UNKNOWN },
      says: ["origin.protocolPolicy is not known"],
    },
  ]);
  new RuleSuite("unjudged-load-balancers", { pack }).check(lightsail, [
    {
      title: "refuses a Lightsail load balancer",
      props: { instancePort: 80 },
      says: ["creates a load balancer that no rule judges"],
    },
  ]);
  const option = (namespace: string, name: string, value: unknown) => ({ namespace, name, value });
  const launch = (name: string, value: unknown) => option("aws:autoscaling:launchconfiguration", name, value);
  const address = option("aws:ec2:vpc", "AssociatePublicIpAddress", "true");
  for (const [type, tier] of [
    ["aws:elasticbeanstalk/environment:Environment", { tier: "Worker" }],
    ["aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate", {}],
  ] as const) {
    new RuleSuite("unjudged-load-balancers", { pack }).check(type, [
      ...[
        [launch("InstanceType", "t4g.small"), UNKNOWN],
        [launch("EC2KeyName", "ops"), launch("SSHSourceRestriction", "tcp, 22, 22, 203.0.113.0/24")],
        [launch("EC2KeyName", "ops"), launch("SSHSourceRestriction", "tcp,22,22,sg-0123456789abcdef0")],
        [address],
        [option("aws:ec2:vpc", "AssociatePublicIpAddress", "false"), launch("SecurityGroups", UNKNOWN)],
      ].map((settings, index) => ({
        title: `passes settings ${index} of ${type}`,
        props: { ...tier, settings },
        says: [],
      })),
      ...[
        [launch("EC2KeyName", "ops")],
        [launch("EC2KeyName", "ops"), launch("SSHSourceRestriction", "tcp,22,22,0.0.0.0/0")],
        [launch("EC2KeyName", "ops"), launch("SSHSourceRestriction", UNKNOWN)],
        [launch("SSHSourceRestriction", "tcp,22,22,0.0.0.0/0")],
      ].map((settings, index) => ({
        title: `refuses SSH from the world, ${index}, in ${type}`,
        props: { ...tier, settings },
        says: ["settings lets the world in on tcp 22"],
      })),
      {
        title: `refuses a public address in security groups that are not judged with it, in ${type}`,
        props: { ...tier, settings: [address, launch("SecurityGroups", "sg-0123456789abcdef0")] },
        says: ["settings gives instances a public address in security groups"],
      },
      {
        title: `refuses a listener of ${type}`,
        props: { ...tier, settings: [option("aws:elbv2:listener:80", "Protocol", "HTTP")] },
        says: ['aws:elbv2:listener:80 Protocol is "HTTP"; it must be "HTTPS"'],
      },
      {
        title: `refuses error responses as healthy, in ${type}`,
        props: {
          ...tier,
          settings: [option("aws:elasticbeanstalk:environment:process:web", "MatcherHTTPCode", "200-499")],
        },
        says: ['MatcherHTTPCode is "200-499"; it must be literal codes from 200 to 399'],
      },
    ]);
  }

  const environment = (name: string, value: unknown) =>
    option("aws:elasticbeanstalk:environment", name, value);
  const application = environment("LoadBalancerType", "application");
  const noDefault = option("aws:elbv2:listener:default", "ListenerEnabled", "false");
  const https = (name: string, value: unknown) => option("aws:elbv2:listener:443", name, value);
  const strong = https("SSLPolicy", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
  const served = [application, noDefault, https("Protocol", "HTTPS"), https("SSLCertificateArns", UNKNOWN)];
  const classic = (name: string, value: unknown) => option("aws:elb:listener:443", name, value);
  const negotiated = (ports: unknown, policy = "ELBSecurityPolicy-TLS-1-2-2017-01") => [
    option("aws:elb:policies:tls", "SSLReferencePolicy", policy),
    option("aws:elb:policies:tls", "LoadBalancerPorts", ports),
  ];
  const servedByClassic = [
    option("aws:elb:listener", "ListenerEnabled", "false"),
    classic("ListenerProtocol", "HTTPS"),
    classic("SSLCertificateId", "arn:aws:acm:eu-west-1:123456789012:certificate/1"),
  ];
  const web = "aws:elasticbeanstalk/environment:Environment";
  new RuleSuite("unjudged-load-balancers", { pack }).check(
    web,
    (
      [
        ["passes a worker", [], []],
        ["passes HTTPS on an Application Load Balancer", [...served, strong], []],
        [
          "ignores a Classic Load Balancer's listener in an environment without one",
          [...served, strong, option("aws:elb:listener:8080", "ListenerProtocol", "HTTP")],
          [],
        ],
        [
          "refuses an empty certificate",
          [...served.slice(0, 3), https("SSLCertificateArns", ""), strong],
          [/aws:elbv2:listener:443 SSLCertificateArns is an empty string/],
        ],
        [
          "refuses another protocol on a Classic Load Balancer",
          [option("aws:elb:listener", "ListenerProtocol", "TCP")],
          [
            /ListenerProtocol is "TCP"; it must be "HTTPS" or "SSL", or ListenerEnabled must be "false", as this listener can't/,
          ],
        ],
        ["passes HTTPS on a Classic Load Balancer", [...servedByClassic, ...negotiated("443")], []],
        [
          "passes HTTPS on a Classic Load Balancer whose listener names its policy",
          [...servedByClassic, ...negotiated(""), classic("PolicyNames", "sticky, tls")],
          [],
        ],
        [
          "passes a default listener switched off in the old way",
          [
            option("aws:elb:loadbalancer", "LoadBalancerHTTPPort", "OFF"),
            ...servedByClassic.slice(1),
            ...negotiated(":all"),
          ],
          [],
        ],
        [
          "refuses the default load balancer",
          [],
          [/^aws:elb:listener ListenerProtocol is not set, which means "HTTP"/m],
        ],
        [
          "refuses the default listener of an Application Load Balancer",
          [application],
          [/^aws:elbv2:listener:default Protocol is not set, which means "HTTP"/m],
        ],
        [
          "refuses options for another type of load balancer",
          [...served.slice(1), strong],
          [/^aws:elb:listener ListenerProtocol is not set/m],
        ],
        [
          "refuses the default TLS policy",
          served,
          [/SSLPolicy is not set, which means ELBSecurityPolicy-2016-08/],
        ],
        [
          "refuses a listener without a certificate",
          [...served.slice(0, 3), strong],
          [/aws:elbv2:listener:443 SSLCertificateArns is not set; it must be the ARN/],
        ],
        [
          "refuses a policy for another port",
          [...servedByClassic, ...negotiated("8443")],
          [/SSLReferencePolicy of aws:elb:listener:443 is not set, which means ELBSecurityPolicy-2016-08/],
        ],
        [
          "refuses an old policy",
          [...servedByClassic, ...negotiated("443", "ELBSecurityPolicy-2015-05")],
          [/SSLReferencePolicy of aws:elb:listener:443 is "ELBSecurityPolicy-2015-05"/],
        ],
        [
          "refuses an unknown type of load balancer",
          [environment("LoadBalancerType", UNKNOWN), ...served.slice(1), strong],
          [/LoadBalancerType is not known before deployment/],
        ],
        [
          "refuses a Network Load Balancer by default",
          [environment("LoadBalancerType", "network")],
          [/listener:default Protocol is not set/],
        ],
        [
          "refuses a single-instance environment",
          [environment("EnvironmentType", "SingleInstance")],
          [
            /EnvironmentType is "SingleInstance", so the world reaches its instance by HTTP.*; it must be "LoadBalanced"/,
          ],
        ],
        ["refuses unknown options", UNKNOWN, [/^settings is not known before deployment/m]],
        ["refuses an unknown option", [...served, strong, UNKNOWN], [/^settings\[5\] is not known/m]],
      ] as const
    ).map(([title, settings, says]) => ({
      title,
      says,
      props: title === "passes a worker" ? { tier: "Worker" } : { settings },
    })),
  );
  for (const [title, broken, also] of [
    ["an Application Load Balancer", [application], []],
    ["a Classic Load Balancer", servedByClassic, []],
    [
      "health checks",
      [option("aws:elasticbeanstalk:environment:process:default", "MatcherHTTPCode", "500")],
      [...served, strong],
    ],
    [
      "instances",
      [option("aws:autoscaling:launchconfiguration", "EC2KeyName", "ops"), ...served, strong],
      [...served, strong],
    ],
  ] as const) {
    it(`accepts its own proposed fix for ${title}`, async () => {
      const [message = ""] = await messagesOf(pack(), "unjudged-load-balancers", {
        type: web,
        props: { settings: [...broken, ...also] },
      });
      const [, fix = ""] = /^Fix: settings: (\[.*?\])(?:;|$)/m.exec(message) ?? [];
      const settings = runInNewContext(fix, { validation: { certificateArn: UNKNOWN } }) as Props[];
      assert.ok(settings.length > 0, message);
      const names = settings.map(({ namespace, name }) => `${String(namespace)} ${String(name)}`);
      assert.ok(
        names.every((name) => /^aws:[a-z0-9:]+ [A-Z]\w+$/.test(name)),
        fix,
      );
      assert.deepEqual(
        await messagesOf(pack(), "unjudged-load-balancers", {
          type: web,
          props: { settings: [...settings, ...also, ...(title === "instances" ? broken : [])] },
        }),
        [],
      );
    });
  }
  for (const [title, settings] of [
    ["plain text inside a network", [application, option("aws:ec2:vpc", "ELBScheme", "internal")]],
    ["older ciphers", [...served, https("SSLPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06")]],
  ] as const) {
    new RuleSuite("unjudged-load-balancers", { pack }).check(web, [
      { title: `advises against ${title}`, props: { settings }, says: [/listener/], level: "advisory" },
    ]);
  }

  for (const [type, text] of [
    ["aws:lightsail/instance:Instance", "lets visitors reach instances past any load balancer"],
    [
      "aws:globalaccelerator/customRoutingEndpointGroup:CustomRoutingEndpointGroup",
      "lets visitors reach instances past any load balancer",
    ],
    ["aws:ecs/expressGatewayService:ExpressGatewayService", "creates a load balancer that no rule judges"],
  ] as const) {
    new RuleSuite("unjudged-load-balancers", { pack }).check(type, [
      { title: `refuses ${type}`, props: {}, says: [text] },
    ]);
  }

  const service = (spec: Props) => ({ spec });
  for (const type of ["kubernetes:core/v1:Service", "kubernetes:core/v1:ServicePatch"]) {
    new RuleSuite("unjudged-load-balancers", { pack }).check(type, [
      { title: `passes ${type} without a type`, props: service({ ports: [] }), says: [] },
      { title: `passes ${type} without a spec`, props: {}, says: [] },
      { title: `passes ${type} of another type`, props: service({ type: "ExternalName" }), says: [] },
      { title: `passes ${type} on the nodes`, props: service({ type: "NodePort" }), says: [] },
      { title: `passes ${type} in the cluster`, props: service({ type: secret("ClusterIP") }), says: [] },
      {
        title: `passes ${type} with another vendor's load balancer`,
        props: service({ type: "LoadBalancer", loadBalancerClass: "tailscale" }),
        says: [],
      },
      {
        title: `refuses ${type} with a load balancer`,
        props: service({ type: "LoadBalancer" }),
        says: [
          'spec.type is "LoadBalancer"; it must be left out, "ClusterIP", "NodePort" or "ExternalName", as no rule judges ' +
            `the load balancer that comes with it.\nFix: ${kubernetesFix(type)}`,
        ],
      },
      {
        title: `refuses ${type} with a load balancer from AWS's controllers`,
        props: service({ type: "LoadBalancer", loadBalancerClass: "eks.amazonaws.com/nlb" }),
        says: ['spec.type is "LoadBalancer"'],
      },
      {
        title: `refuses ${type} with a load balancer from an unknown controller`,
        props: service({ type: "LoadBalancer", loadBalancerClass: UNKNOWN }),
        says: ['spec.type is "LoadBalancer"'],
      },
      {
        title: `refuses ${type} of unknown type`,
        props: service({ type: UNKNOWN }),
        says: ["spec.type is not known"],
      },
      {
        title: `refuses ${type} with an unknown spec`,
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
    new RuleSuite("unjudged-load-balancers", { pack }).check(type, [
      { title: `passes ${type} for nginx`, props: service({ ingressClassName: "nginx" }), says: [] },
      {
        title: `passes ${type} for nginx by its annotation`,
        props: { metadata: { annotations: { "kubernetes.io/ingress.class": secret("nginx") } } },
        says: [],
      },
      {
        title: `refuses ${type} for the AWS Load Balancer Controller`,
        props: service({ ingressClassName: "alb" }),
        says: [
          'spec.ingressClassName is "alb"; it must be the literal class of a controller that creates no load balancer of ' +
            `AWS, as no rule judges those.\nFix: ${kubernetesFix(type)}`,
        ],
      },
      {
        title: `refuses ${type} without a class`,
        props: service({ ingressClassName: "" }),
        says: ["spec.ingressClassName is an empty string"],
      },
      {
        title: `refuses ${type} for that controller by its annotation`,
        props: { metadata: { annotations: { "kubernetes.io/ingress.class": "alb" } } },
        says: ['metadata.annotations.kubernetes.io/ingress.class is "alb"'],
      },
      {
        title: `refuses ${type} with a class named after that controller`,
        props: service({ ingressClassName: "shop-ALB" }),
        says: ["spec.ingressClassName is another string"],
      },
      { title: `refuses ${type} with the default class`, props: {}, says: ["ingressClassName is not set"] },
      {
        title: `refuses ${type} with the controller's annotations`,
        props: {
          ...service({ ingressClassName: "public" }),
          metadata: { annotations: { owner: "a", "alb.ingress.kubernetes.io/scheme": "internal" } },
        },
        says: ["metadata.annotations has annotations of the AWS Load Balancer Controller"],
      },
      {
        title: `refuses ${type} with an unknown class`,
        props: service({ ingressClassName: UNKNOWN }),
        says: ["ingressClassName is not known"],
      },
      {
        title: `refuses ${type} with a class of the wrong type`,
        props: service({ ingressClassName: ["nginx"] }),
        says: ["ingressClassName is a list"],
      },
    ]);
  }
  for (const version of ["v1", "v1beta1", "v1alpha2"]) {
    new RuleSuite("unjudged-load-balancers", { pack }).check(
      `kubernetes:gateway.networking.k8s.io/${version}:Gateway`,
      [
        {
          title: `passes a mesh gateway in ${version}`,
          props: service({ gatewayClassName: "istio" }),
          says: [],
        },
        {
          title: `refuses a gateway for AWS's controllers in ${version}`,
          props: service({ gatewayClassName: "amazon-vpc-lattice" }),
          says: ["spec.gatewayClassName is another string"],
        },
      ],
    );
  }

  it("allows types that the configuration lists", () => {
    const subject = { type: lightsail, props: {} };
    assert.deepEqual(configured(unjudgedLoadBalancers, { allowedTypes: [lightsail] }, subject), []);
    assert.equal(
      configured(unjudgedLoadBalancers, { allowedTypes: ["aws:lightsail/lb"] }, subject).length,
      1,
    );
  });
});

describe("unjudged-load-balancers-stack", () => {
  const pack = packForSuite({ directory: "policies" });
  const make = (type: string, name: string, spec: Props) => ({
    type: `kubernetes:${type}`,
    name,
    props: { metadata: { name }, spec },
  });
  const judge = async (...resources: TestResource[]) =>
    Object.keys(await blamed(pack(), "unjudged-load-balancers-stack", resources));

  it("follows the class of an ingress or a gateway to its controller", async () => {
    for (const controller of ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb"]) {
      const door = make("networking.k8s.io/v1:Ingress", "door", { ingressClassName: "public" });
      const ingressClass = (name: string) => make("networking.k8s.io/v1:IngressClass", name, { controller });
      assert.deepEqual(await judge(door, ingressClass("public")), ["door"]);
      assert.deepEqual(await judge(door, ingressClass("other")), []);
    }
    const gateway = make("gateway.networking.k8s.io/v1:Gateway", "door", { gatewayClassName: "public" });
    for (const [controllerName, found] of [
      ["gateway.k8s.aws/alb", ["door"]],
      ["gateway.nginx.org/nginx-gateway-controller", []],
      [UNKNOWN, []],
    ] as const) {
      const named = make("gateway.networking.k8s.io/v1:GatewayClass", "public", { controllerName });
      assert.deepEqual(await judge(gateway, named), found);
    }
  });

  it("leaves an ingress that names its controller itself to the resource rule", async () => {
    const door = make("networking.k8s.io/v1:Ingress", "door", { ingressClassName: "alb" });
    const controller = "eks.amazonaws.com/alb";
    assert.deepEqual(await judge(door, make("networking.k8s.io/v1:IngressClass", "alb", { controller })), []);
    const publicDoor = make("networking.k8s.io/v1:Ingress", "door", { ingressClassName: "public" });
    assert.deepEqual(
      await new RuleSuite("unjudged-load-balancers-stack", { pack }).sentencesOfStack([
        publicDoor,
        make("networking.k8s.io/v1:IngressClass", "public", { controller }),
      ]),
      [["door", "Its class belongs to an AWS controller, whose load balancer no rule judges."]],
    );
    const { findings } = await pack().analyze(door);
    assert.ok(findings.some(({ policy }) => policy === "unjudged-load-balancers"));
  });
});
