// Later actions in common patterns: a build deploys, an experiment stops instances, a schedule calls a function.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const roleArn = "arn:aws:iam::123456789012:role/jobs";
new aws.codebuild.Project("deploy", {
  serviceRole: roleArn,
  artifacts: { type: "NO_ARTIFACTS" },
  environment: {
    computeType: "BUILD_GENERAL1_SMALL",
    image: "aws/codebuild/amazonlinux2-x86_64-standard:5.0",
    type: "LINUX_CONTAINER",
  },
  source: {
    type: "NO_SOURCE",
    buildspec: [
      "version: 0.2",
      "phases:",
      "  build:",
      "    commands:",
      "      - aws s3 sync dist s3://shop",
      "      - aws ecs update-service --cluster shop --service shop --force-new-deployment",
    ].join("\n"),
  },
});
new aws.fis.ExperimentTemplate("chaos", {
  description: "chaos",
  roleArn,
  stopConditions: [{ source: "none" }],
  targets: [
    {
      name: "instances",
      resourceType: "aws:ec2:instance",
      selectionMode: "COUNT(1)",
      resourceTags: [{ key: "shop", value: "web" }],
    },
  ],
  actions: [
    { name: "stop", actionId: "aws:ec2:stop-instances", target: { key: "Instances", value: "instances" } },
  ],
});
const jobs = new pulumi.StackReference("organization/jobs/prod");
const queue = new aws.sqs.Queue("jobs");
for (const [name, arn] of [
  ["here", queue.arn],
  ["there", jobs.requireOutput("queueArn")],
] as const) {
  new aws.scheduler.Schedule(name, {
    scheduleExpression: "rate(1 hour)",
    flexibleTimeWindow: { mode: "OFF" },
    target: { arn, roleArn },
  });
}
