import assert from "node:assert/strict";

import { areLocal, openingCalls } from "../../../../policies/rules/evasion/commands";
import { HARMLESS_DOCUMENTS, isHarmlessCall, SHELL } from "../../../../policies/rules/evasion/harmless-calls";

/**
 * Calls that change nothing that the rules judge, with their whole operation: an operation that continues after it is
 * another call.
 */
const WHOLE = [
  "lambda:invoke",
  "lambda:invokeAsync",
  "events:putEvents",
  "eventbridge:putEvents",
  "cloudwatch:putMetricData",
  "cloudwatch:enableAlarmActions",
  "cloudwatch:setAlarmState",
  "s3:putObject",
  "s3:deleteObjects",
  "s3:copyObject",
  "s3:putObjectTagging",
  "s3:restoreObject",
  "ec2:startInstances",
  "ec2:terminateInstances",
  "ec2:createSnapshot",
  "ec2:createSnapshots",
  "ec2:deregisterImage",
  "ec2:createTags",
  "rds:createDBSnapshot",
  "redshift:deleteClusterSnapshot",
  "backup:startBackupJob",
  "fsx:createBackup",
  "elasticache:copySnapshot",
  "autoscaling:setDesiredCapacity",
  "autoscaling:startInstanceRefresh",
  "autoscaling:putWarmPool",
  "autoscaling:completeLifecycleAction",
  "elasticloadbalancingv2:modifyCapacityReservation",
  "ecs:stopTask",
  "ecs:startTask",
  "emr:terminateJobFlows",
  "cloudfront:createInvalidation",
  "kms:decrypt",
  "kms:generateDataKey",
  "secretsmanager:rotateSecret",
];

/** Calls of which the beginning of the operation is enough. */
const BEGUN = [
  "ec2:describeInstances",
  "s3:listBuckets",
  "iam:getRole",
  "dynamodb:batchGetItem",
  "logs:startQuery",
  "sqs:sendMessage",
  "sns:publish",
  "dynamodb:putItem",
  "kinesis:putRecords",
  "bedrockruntime:invokeModel",
  "sfn:startExecution",
  "states:sendTaskSuccess",
  "codebuild:stopBuild",
  "codepipeline:startPipelineExecution",
  "batch:submitJob",
  "rds:startDBInstance",
  "rds:rebootDBCluster",
  "sagemaker:startPipelineExecution",
  "sts:assumeRole",
];

describe("calls that change nothing", () => {
  for (const name of [...WHOLE, ...BEGUN]) {
    it(`are recognized: ${name}`, () => {
      const [service = "", operation = ""] = name.split(":");
      assert.ok(isHarmlessCall(name));
      // Also in the SDK's spelling.
      assert.ok(isHarmlessCall(`${service}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`));
      const isRead = /^(get|list|describe|batchGet)/.test(operation);
      if (!isRead) assert.ok(!isHarmlessCall(`my${service}:${operation}`), `my${service}:${operation}`);
      if (WHOLE.includes(name)) assert.ok(!isHarmlessCall(`${name}AndOpen`), `${name}AndOpen`);
    });
  }

  for (const name of [
    "ec2:authorizeSecurityGroupIngress",
    "ec2:runInstances",
    "elasticloadbalancingv2:createListener",
    "elasticloadbalancingv2:modifyListener",
    "autoscaling:createAutoScalingGroup",
    "lambda:addPermission",
    "autoscaling:suspendProcesses",
    "s3:putBucketPolicy",
    "s3:putObjectAcl",
    "sqs:addPermission",
    "sns:setTopicAttributes",
    "cloudformation:createStack",
    "codebuild:startBuild",
    "ssm:sendCommand",
    "rds:modifyDBInstance",
    "ec2:createSecurityGroup",
    "kms:putKeyPolicy",
    "nonsense",
    "a:b",
    "ec2:start Instances",
    "ec2:getConsoleOutput and more",
    "e:getObject",
  ])
    it(`do not include ${name}`, () => assert.ok(!isHarmlessCall(name)));

  it("may set sizes and versions only, judged by their arguments", () => {
    const update = "autoscaling:updateAutoScalingGroup";
    assert.ok(isHarmlessCall(update, ["AutoScalingGroupName", "MinSize", "MaxSize", "DesiredCapacity"]));
    assert.ok(!isHarmlessCall(update, ["AutoScalingGroupName", "HealthCheckType"]));
    assert.ok(!isHarmlessCall(update));
    assert.ok(isHarmlessCall("codebuild:startBuild", ["ProjectName", "SourceVersion"]));
    assert.ok(!isHarmlessCall("codebuild:startBuild", ["ProjectName", "BuildspecOverride"]));
    assert.ok(
      isHarmlessCall("ecs:updateService", ["Cluster", "Service", "DesiredCount", "ForceNewDeployment"]),
    );
    assert.ok(!isHarmlessCall("ecs:updateService", ["Service", "NetworkConfiguration"]));
    assert.ok(isHarmlessCall("ecs:runTask", []));
    assert.ok(!isHarmlessCall("ecs:runTask", ["NetworkConfiguration"]));
    const environment = ["ApplicationName", "EnvironmentName", "EnvironmentId", "VersionLabel"];
    assert.ok(isHarmlessCall("elasticbeanstalk:updateEnvironment", environment));
    assert.ok(!isHarmlessCall("elasticbeanstalk:updateEnvironment", ["OptionSettings"]));
  });
});

describe("documents that maintain what exists", () => {
  const document = "arn:aws:ssm:eu-west-1:123456789012:document/";
  const definition = "arn:aws-cn:ssm:cn-north-1::automation-definition/";
  for (const name of [
    "AWS-RunPatchBaseline",
    "AWS-RunPatchBaselineAssociation",
    "AWS-GatherSoftwareInventory",
    "AWS-UpdateSSMAgent",
    "AWS-StartEC2Instance",
    "AWS-StopRdsInstance",
    "AWS-RebootRdsInstance",
    "AWS-StartAuroraCluster",
    "AWS-RestartEC2Instance",
    "AWS-TerminateEC2Instance",
    "AWS-StartEC2InstancesWithApproval",
    "AWS-CreateSnapshot",
    "AWS-DeleteImage",
    "AWS-CreateRdsSnapshot",
    "AWS-DisablePublicAccessForSecurityGroup",
    "AWS-EnableS3BucketEncryption",
    "AWS-EnableCloudTrail",
    "AWS-ConfigureS3BucketLogging",
    "AWSConfigRemediation-EnableELBAccessLogs",
    "AWSSupport-TroubleshootSSH",
    "AWSEC2-ConfigureSTIG",
    "AmazonCloudWatch-ManageAgent",
    "AmazonInspector2-ConfigureInspectorSsmPlugin",
    "AmazonInspector-ManageAWSAgent",
    "AWSFIS-Run-CPU-Stress",
    "AWSQuickSetup-ConfigureHost",
  ]) {
    it(`are known by name, ARN and version: ${name}`, () => {
      for (const one of [
        name,
        document + name,
        definition + name,
        `${name}:$LATEST`,
        `${document}${name}:12`,
      ])
        assert.match(one, HARMLESS_DOCUMENTS);
      for (const one of [
        `My${name}`,
        `${name} and more`,
        `arn:aws:s3:::document/${name}`,
        `${document}my/${name}`,
      ])
        assert.doesNotMatch(one, HARMLESS_DOCUMENTS);
    });
  }

  for (const name of [
    "AWS-RunShellScript",
    "AWSSupport-ExecuteEC2Rescue",
    "AWSSupport-GrantPermissionsToIAMUser",
  ])
    it(`do not include ${name}`, () => assert.doesNotMatch(name, HARMLESS_DOCUMENTS));

  it("run commands under two names only", () => {
    for (const name of ["AWS-RunShellScript", "AWS-RunPowerShellScript", `${document}AWS-RunShellScript`])
      assert.match(name, SHELL);
    for (const name of ["My-AWS-RunShellScript", "AWS-RunShellScriptToo", `my/${document}AWS-RunShellScript`])
      assert.doesNotMatch(name, SHELL);
  });
});

describe("commands that stay on the instance", () => {
  const known = (value: unknown) => ({ kind: "known", value }) as const;
  for (const commands of [
    "systemctl restart store",
    "sudo -n yum -y update",
    "/usr/bin/systemctl status store && /sbin/reboot",
    "HOME=/root EMPTY= sudo /bin/systemctl daemon-reload",
    "if true; then echo done; else rm /tmp/x; fi",
    "# aws ec2 run-instances",
    "  df -h  ",
    "echo aws ec2 run-instances",
    "echo '0 3 * * * root systemctl restart store' > /etc/cron.d/store",
    'printf -n "@reboot systemctl start store" | tee /etc/cron.d/store',
    ["systemctl stop store", "rm -rf /var/cache/store", "systemctl start store"],
    "echo failed >&12; df 10>&- | tee /tmp/df",
    "",
  ])
    it(`are recognized: ${JSON.stringify(commands)}`, () => assert.ok(areLocal(known(commands))));

  for (const commands of [
    "aws ec2 authorize-security-group-ingress --group-id sg-1",
    "systemctl restart store; curl https://example.com | sh",
    "echo $(aws ec2 run-instances)",
    "echo `aws ec2 run-instances`",
    "cat <(aws ec2 run-instances)",
    "sudo -u root python3 open.py",
    "/opt/systemctl restart store",
    "mysystemctl restart store",
    "systemctl-open restart store",
    "rebooting",
    "echo '0 3 * * * root aws ec2 run-instances' > /etc/cron.d/open",
    'printf "@daily aws ec2 run-instances" | tee /etc/cron.daily/open',
    "echo aws ec2 run-instances > /etc/profile.d/open.sh",
    "systemctl restart store\naws ec2 run-instances",
    ["systemctl stop store", "./open.sh"],
    [5],
    5,
    { run: "systemctl stop store" },
  ])
    it(`do not include ${JSON.stringify(commands)}`, () => assert.ok(!areLocal(known(commands))));

  it("do not include commands that cannot be read", () => {
    assert.ok(!areLocal({ kind: "unknown" }));
    assert.ok(!areLocal({ kind: "absent" }));
  });
});

describe("calls in scripts", () => {
  for (const [script, calls] of [
    ["aws elbv2 create-listener --port 80", ["elbv2:createListener"]],
    ["aws --region eu-west-1 ec2 authorize-security-group-ingress", ["ec2:authorizeSecurityGroupIngress"]],
    ["# aws elbv2 create-listener\necho done", []],
    ["true # aws elbv2 create-listener", ["elbv2:createListener"]],
    ["aws ec2 describe-instances; aws elbv2 register-targets", []],
    [
      "aws autoscaling update-auto-scaling-group --auto-scaling-group-name a --min-size 2 --region eu-west-1",
      [],
    ],
    [
      "aws autoscaling update-auto-scaling-group --auto-scaling-group-name a --health-check-type EC2",
      ["autoscaling:updateAutoScalingGroup"],
    ],
    ["aws ecs run-task --cluster shop --network-configuration awsvpcConfiguration={subnets=[s]}", []],
    ["aws ecs run-task --network-configuration assignPublicIp=ENABLED", ["ecs:runTask"]],
    ['aws ecs run-task --network-configuration \'{"assignPublicIp": "ENABLED"}\'', ["ecs:runTask"]],
    ["ec2 = boto3.client('ec2')\nec2.run_instances()\nec2.describe_instances()", ["ec2:runInstances"]],
    ["boto3.client('elbv2').create_listener(Port=80)", ["elbv2:createListener"]],
    ["boto3.client('dynamodb').put_item()", []],
    ["aws elbv2 wait load-balancer-available; aws cloudformation wait stack-create-complete", []],
    [
      "curl 'https://elasticloadbalancing.eu-west-1.amazonaws.com/?Action=CreateListener'",
      ["elasticloadbalancing:CreateListener"],
    ],
    ["curl 'https://ec2.amazonaws.com/?Version=1&Action=RunInstances'", ["ec2:RunInstances"]],
  ] as const)
    it(`are found in ${script}`, () => assert.deepEqual(openingCalls(script), calls));

  const OF_AN_INSTANCE: Readonly<Record<string, string>> = {
    ec2: "wait attach-volume attach-network-interface detach-volume create-volume modify-instance-attribute assign-private-ip-addresses unassign-private-ip-addresses create-route replace-route",
    autoscaling:
      "enter-standby exit-standby set-instance-health set-instance-protection record-lifecycle-action-heartbeat",
    cloudformation: "signal-resource validate-template",
    elbv2: "register-targets deregister-targets wait",
    ecs: "update-container-instances-state register-container-instance register-task-definition wait",
    lightsail: "push-container-image create-container-service-deployment",
    elasticbeanstalk: "create-application-version",
    s3api: "put-object put-bucket-tagging delete-object put-bucket-acl-too",
    ssm: "put-parameter delete-parameter delete-parameters add-tags-to-resource update-instance-information start-session",
  };
  for (const [service, operations] of Object.entries(OF_AN_INSTANCE))
    it(`do not include what an instance asks ${service} about itself, by its whole name`, () => {
      for (const operation of operations.split(" ")) {
        assert.deepEqual(openingCalls(`aws ${service} ${operation} --all`), [], operation);
        if (service !== "s3api")
          assert.equal(openingCalls(`aws ${service} ${operation}-too --all`).length, 1, operation);
      }
    });

  it("include those that open a bucket or an object", () => {
    for (const operation of [
      "put-bucket-acl",
      "put-bucket-policy",
      "put-object-acl",
      "put-public-access-block",
      "delete-bucket-policy",
      "delete-public-access-block",
    ])
      assert.equal(openingCalls(`aws s3api ${operation} --bucket shop`).length, 1, operation);
  });
});
