// Instances, tasks and nodes as documentation, modules and examples have them.
import { aws, ids, role, store as storeOf, tgArgs, vpc } from "../store";

{
  // Health checks of the load balancer and of volumes.
  const store = storeOf("elb-aeh");
  store.https();
  store.group({ healthCheckType: "EBS,ELB" });
}
{
  // A node group's Auto Scaling group is attached to the target group; the workers beside it have nothing to do with it.
  const store = storeOf("eks-nbw");
  store.https();
  const nodes = new aws.eks.NodeGroup("eks-nbw-nodes", {
    clusterName: "shop",
    nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
    subnetIds: ids,
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
    launchTemplate: { id: store.template.id, version: "$Latest" },
  });
  new aws.autoscaling.Attachment("eks-nbw-nodes", {
    autoscalingGroupName: nodes.resources.apply((r) => r[0]?.autoscalingGroups?.[0]?.name ?? ""),
    lbTargetGroupArn: store.tg.arn,
  });
  new aws.autoscaling.Group("eks-nbw-x", { ...store.groupArgs, healthCheckType: "EC2" });
}
{
  // The cheap pattern: no NAT gateway, tasks with addresses, let in by the balancer only.
  const store = storeOf("fargate-ips");
  const t = new aws.lb.TargetGroup("fargate-ips-tasks", { ...tgArgs, targetType: "ip" });
  const l = store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.redirect();
  new aws.ecs.Service(
    "fargate-ips-x",
    {
      cluster: "shop",
      taskDefinition: "shop:7",
      desiredCount: 2,
      launchType: "FARGATE",
      networkConfiguration: { subnets: ids, securityGroups: [store.appSg.id], assignPublicIp: true },
      loadBalancers: [{ targetGroupArn: t.arn, containerName: "shop", containerPort: 8080 }],
    },
    { dependsOn: l },
  );
}
{
  // ECS on EC2 with bridge networking needs two hops, as AWS's own image says.
  const store = storeOf("hop-lotfc");
  store.https();
  const t = new aws.ec2.LaunchTemplate("hop-lotfc-x", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t4g.small",
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 },
    vpcSecurityGroupIds: [store.appSg.id],
  });
  store.group({ launchTemplate: { id: t.id, version: t.latestVersion.apply(String) } });
}
{
  // One comment.
  const store = storeOf("comment-aap");
  const t = new aws.ec2.LaunchTemplate("comment-aap-x", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t4g.small",
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    vpcSecurityGroupIds: [store.appSg.id],
    userData: Buffer.from(
      `#!/bin/bash
# Database password: rotated by Secrets Manager, read at boot.
systemctl start shop
`,
    ).toString("base64"),
  });
  store.https();
  store.group({ launchTemplate: { id: t.id, version: t.latestVersion.apply(String) } });
}
{
  // Secrets by ssm.
  const store = storeOf("secrets-bs");
  const t = new aws.ec2.LaunchTemplate("secrets-bs-x", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t4g.small",
    vpcSecurityGroupIds: [store.appSg.id],
    userData: Buffer.from(
      "#!/bin/bash\nset -e\n# password comes from SSM: see runbook\nDB_PASSWORD=$(aws ssm get-parameter --with-decryption --name /shop/db --query Parameter.Value --output text)\nexport DB_PASSWORD\nsystemctl start shop\n",
    ).toString("base64"),
  });
  store.https();
  store.group({ launchTemplate: { id: t.id, version: "$Latest" } });
}
{
  // Alb ecs fargate.
  const store = storeOf("alb-ef");
  const t = new aws.lb.TargetGroup("alb-ef-tasks", { ...tgArgs, targetType: "ip" });
  const l = store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  store.redirect();
  const cluster = new aws.ecs.Cluster("alb-ef-shop");
  const td = new aws.ecs.TaskDefinition("alb-ef-shop", {
    family: "shop",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: role,
    containerDefinitions: JSON.stringify([
      { name: "shop", image: "nginx", portMappings: [{ containerPort: 8080 }] },
    ]),
  });
  new aws.ecs.Service(
    "alb-ef-shop",
    {
      cluster: cluster.arn,
      taskDefinition: td.arn,
      desiredCount: 2,
      launchType: "FARGATE",
      healthCheckGracePeriodSeconds: 60,
      networkConfiguration: { subnets: ids, securityGroups: [store.appSg.id] },
      loadBalancers: [{ targetGroupArn: t.arn, containerName: "shop", containerPort: 8080 }],
    },
    { dependsOn: l },
  );
}
{
  new aws.ec2.Instance("bastion-ssm-bastion", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.nano",
    subnetId: ids[0]!,
    vpcSecurityGroupIds: [
      new aws.ec2.SecurityGroup("bastion-ssm-bastion", { vpcId: vpc.id, description: "Bastion" }).id,
    ],
    iamInstanceProfile: "ssm",
    metadataOptions: { httpTokens: "required" },
  });
}
{
  const sg = new aws.ec2.SecurityGroup("nat-ipi-nat", { vpcId: vpc.id, description: "NAT" });
  new aws.vpc.SecurityGroupIngressRule("nat-ipi-nat", {
    securityGroupId: sg.id,
    ipProtocol: "-1",
    cidrIpv4: "10.9.0.0/16",
  });
  new aws.ec2.Instance("nat-ipi-nat", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t4g.nano",
    subnetId: ids[0]!,
    associatePublicIpAddress: true,
    sourceDestCheck: false,
    vpcSecurityGroupIds: [sg.id],
  });
}
{
  // Ecs on ec2 bridge.
  const store = storeOf("ecs-oeb");
  const t = new aws.lb.TargetGroup("ecs-oeb-ecs", { ...tgArgs, port: 80 });
  const l = store.https({ defaultActions: [{ type: "forward", targetGroupArn: t.arn }] });
  const g = new aws.autoscaling.Group("ecs-oeb-ecs", { ...store.groupArgs, healthCheckType: "EC2" });
  const cp = new aws.ecs.CapacityProvider("oeb-ecs", {
    autoScalingGroupProvider: { autoScalingGroupArn: g.arn },
  });
  new aws.ecs.Service(
    "ecs-oeb-ecs",
    {
      cluster: "shop",
      taskDefinition: "shop:1",
      desiredCount: 2,
      capacityProviderStrategies: [{ capacityProvider: cp.name, weight: 1 }],
      loadBalancers: [{ targetGroupArn: t.arn, containerName: "shop", containerPort: 8080 }],
    },
    { dependsOn: l },
  );
}
{
  // Workers without balancer.
  const store = storeOf("workers-wb");
  store.https();
  store.group();
  new aws.autoscaling.Group("workers-wb-workers", {
    ...store.groupArgs,
    healthCheckType: "EC2",
    suspendedProcesses: ["AZRebalance"],
  });
}
{
  // Code deploy blue green ecs.
  const store = storeOf("code-dbge");
  const b = new aws.lb.TargetGroup("code-dbge-b", { ...tgArgs, targetType: "ip" });
  const g = new aws.lb.TargetGroup("code-dbge-g", { ...tgArgs, targetType: "ip" });
  const l = store.https({ defaultActions: [{ type: "forward", targetGroupArn: b.arn }] });
  const s = new aws.ecs.Service(
    "code-dbge-s",
    {
      cluster: "shop",
      taskDefinition: "shop:1",
      desiredCount: 2,
      launchType: "FARGATE",
      deploymentController: { type: "CODE_DEPLOY" },
      networkConfiguration: { subnets: ids, securityGroups: [store.appSg.id] },
      loadBalancers: [{ targetGroupArn: b.arn, containerName: "shop", containerPort: 8080 }],
    },
    { dependsOn: l },
  );
  new aws.codedeploy.DeploymentGroup("code-dbge-d", {
    appName: "shop",
    deploymentGroupName: "shop",
    serviceRoleArn: role,
    deploymentConfigName: "CodeDeployDefault.ECSAllAtOnce",
    deploymentStyle: { deploymentOption: "WITH_TRAFFIC_CONTROL", deploymentType: "BLUE_GREEN" },
    blueGreenDeploymentConfig: {
      deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
      terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE" },
    },
    ecsService: { clusterName: "shop", serviceName: s.name },
    loadBalancerInfo: {
      targetGroupPairInfo: {
        prodTrafficRoute: { listenerArns: [l.arn] },
        targetGroups: [{ name: b.name }, { name: g.name }],
      },
    },
  });
}
{
  // Scheduled scale and task private.
  const store = storeOf("scheduled-satp");
  store.https();
  const g = store.group();
  new aws.autoscaling.Schedule("scheduled-satp-night", {
    scheduledActionName: "night",
    autoscalingGroupName: g.name,
    minSize: 1,
    maxSize: 2,
    desiredCapacity: 1,
    recurrence: "0 22 * * *",
  });
  new aws.scheduler.Schedule("scheduled-satp-job", {
    scheduleExpression: "rate(1 hour)",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
      roleArn: role,
      ecsParameters: {
        taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/job:1",
        launchType: "FARGATE",
        networkConfiguration: { assignPublicIp: false, subnets: ids, securityGroups: [store.appSg.id] },
      },
    },
  });
}
{
  // Instance attachments.
  const store = storeOf("instance-a");
  store.https();
  const i = ["a", "b"].map(
    (z, k) =>
      new aws.ec2.Instance(`instance-a-web-${z}`, {
        ami: "ami-0123456789abcdef0",
        instanceType: "t4g.small",
        subnetId: ids[k]!,
        vpcSecurityGroupIds: [store.appSg.id],
      }),
  );
  i.forEach(
    (x, k) =>
      new aws.lb.TargetGroupAttachment(`instance-a-web-${k}`, {
        targetGroupArn: store.tg.arn,
        targetId: x.id,
        port: 8080,
      }),
  );
}
{
  const c = new aws.eks.Cluster("eks-cmn-shop", {
    roleArn: role,
    vpcConfig: { subnetIds: ids, endpointPrivateAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
  });
  new aws.eks.NodeGroup("eks-cmn-n", {
    clusterName: c.name,
    nodeRoleArn: role,
    subnetIds: ids,
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
  });
}
