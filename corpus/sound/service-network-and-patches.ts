// A service of VPC Lattice that serves HTTPS and checks its targets; patches and an inventory by Systems Manager; a
// CloudFormation template that has the network as a parameter and creates no network resources.
import * as aws from "@pulumi/aws";
import { network } from "../parts";

const { vpc } = network();
const targets = new aws.vpclattice.TargetGroup("shop", {
  type: "INSTANCE",
  config: {
    port: 443,
    protocol: "HTTPS",
    vpcIdentifier: vpc.id,
    healthCheck: { enabled: true, protocol: "HTTPS", path: "/healthz", matcher: { value: "200" } },
  },
});
const serviceNetwork = new aws.vpclattice.ServiceNetwork("shop", { authType: "AWS_IAM" });
const service = new aws.vpclattice.Service("shop", { name: "shop", authType: "AWS_IAM" });
new aws.vpclattice.ServiceNetworkServiceAssociation("shop", {
  serviceIdentifier: service.id,
  serviceNetworkIdentifier: serviceNetwork.id,
});
new aws.vpclattice.ServiceNetworkVpcAssociation("shop", {
  vpcIdentifier: vpc.id,
  serviceNetworkIdentifier: serviceNetwork.id,
});
new aws.vpclattice.Listener("https", {
  serviceIdentifier: service.id,
  protocol: "HTTPS",
  port: 443,
  defaultAction: { forwards: [{ targetGroups: [{ targetGroupIdentifier: targets.id, weight: 100 }] }] },
});

const sundays = new aws.ssm.MaintenanceWindow("sundays", {
  schedule: "cron(0 3 ? * SUN *)",
  duration: 3,
  cutoff: 1,
  allowUnassociatedTargets: false,
});
const patched = new aws.ssm.MaintenanceWindowTarget("patched", {
  windowId: sundays.id,
  resourceType: "INSTANCE",
  targets: [{ key: "tag:Patch", values: ["yes"] }],
});
new aws.ssm.MaintenanceWindowTask("patch", {
  windowId: sundays.id,
  taskType: "RUN_COMMAND",
  taskArn: "AWS-RunPatchBaseline",
  priority: 1,
  maxConcurrency: "2",
  maxErrors: "1",
  targets: [{ key: "WindowTargetIds", values: [patched.id] }],
  taskInvocationParameters: {
    runCommandParameters: { parameters: [{ name: "Operation", values: ["Install"] }] },
  },
});
new aws.scheduler.Schedule("hourly", {
  flexibleTimeWindow: { mode: "OFF" },
  scheduleExpression: "rate(1 hours)",
  target: {
    arn: "arn:aws:lambda:eu-west-1:123456789012:function:tidy",
    roleArn: "arn:aws:iam::123456789012:role/schedules",
  },
});
new aws.cloudformation.Stack("ops", {
  parameters: { Vpc: vpc.id },
  templateBody: [
    "Parameters:",
    '  Vpc: { Type: "AWS::EC2::VPC::Id" }',
    "Resources:",
    "  Alarms: { Type: AWS::SNS::Topic }",
  ].join("\n"),
});
