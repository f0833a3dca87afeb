/** Type tokens of this area's own, as in `../../resources`. */

/** Registers one target with a target group. */
export const TARGET_GROUP_ATTACHMENT = [
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment",
  "aws:elasticloadbalancingv2/targetGroupAttachment:TargetGroupAttachment",
  "aws:applicationloadbalancing/targetGroupAttachment:TargetGroupAttachment",
] as const;

/** Services of ECS, which register their tasks; on EC2, by instance and port. */
export const ECS_SERVICE = ["aws:ecs/service:Service"] as const;

/** Sets of tasks of ECS services that something else deploys. */
export const ECS_TASK_SET = ["aws:ecs/taskSet:TaskSet"] as const;

/** Deployment groups of CodeDeploy, which register instances as they deploy to them. */
export const CODE_DEPLOY_GROUP = ["aws:codedeploy/deploymentGroup:DeploymentGroup"] as const;

/** Requests for spot instances, which register what they launch. */
export const SPOT_FLEET_REQUEST = ["aws:ec2/spotFleetRequest:SpotFleetRequest"] as const;
