/**
 * The exact type tokens of the resources the rules judge. `@pulumi/aws` serves several names for one AWS resource,
 * and each is a type of its own to a policy: `lb` and `alb` are two modules, and the tokens after them are the
 * names of earlier releases, which the SDK still lists as aliases.
 */

/** Listeners of Application, Network and Gateway Load Balancers. */
export const LISTENER = [
  "aws:lb/listener:Listener",
  "aws:alb/listener:Listener",
  "aws:elasticloadbalancingv2/listener:Listener",
  "aws:applicationloadbalancing/listener:Listener",
] as const;

/** Rules of Application Load Balancer listeners. */
export const LISTENER_RULE = [
  "aws:lb/listenerRule:ListenerRule",
  "aws:alb/listenerRule:ListenerRule",
  "aws:elasticloadbalancingv2/listenerRule:ListenerRule",
  "aws:applicationloadbalancing/listenerRule:ListenerRule",
] as const;

/** Classic Load Balancers, which carry their listeners inside. */
export const CLASSIC_LOAD_BALANCER = [
  "aws:elb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
] as const;

/** Target groups of Application, Network and Gateway Load Balancers. */
export const TARGET_GROUP = [
  "aws:lb/targetGroup:TargetGroup",
  "aws:alb/targetGroup:TargetGroup",
  "aws:elasticloadbalancingv2/targetGroup:TargetGroup",
  "aws:applicationloadbalancing/targetGroup:TargetGroup",
] as const;

/** EC2 Auto Scaling groups. */
export const AUTO_SCALING_GROUP = ["aws:autoscaling/group:Group"] as const;

/** Attaches an Auto Scaling group to a target group or a Classic Load Balancer. */
export const ATTACHMENT = ["aws:autoscaling/attachment:Attachment"] as const;

/** Attaches an Auto Scaling group to a target group, a Classic Load Balancer or a VPC Lattice target group. */
export const TRAFFIC_SOURCE_ATTACHMENT = [
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
] as const;

/** True if a resource is of one of the given types. */
export function isOf(types: readonly string[], resource: { readonly type: string }): boolean {
  return types.includes(resource.type);
}
