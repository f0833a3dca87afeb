/** A small program such as another team might write, with configurable names. */
import { programOf } from "./rehearse";

/** Options of the program. */
export interface ShopNames {
  /** Prefix of every resource name. @default "shop" */
  readonly prefix?: string;
  /** The balancer's idle timeout in seconds. @default 60 */
  readonly idleTimeout?: number;
  /** Whether the program sets the target group's name. @default false */
  readonly givesName?: boolean;
  /** Code that is added to the program; `name` makes a name. @default nothing */
  readonly more?: string;
}

/** Creates the program and returns its folder; its stack is `dev`. */
export function shop({ prefix = "shop", idleTimeout = 60, givesName = false, more = "" }: ShopNames): string {
  return programOf(`
const pulumi = require("@pulumi/pulumi");
const name = (text) => ${JSON.stringify(prefix)} + "-" + text;
class Web extends pulumi.ComponentResource {
  constructor() { super("shop:Web", name("web"), {}, {}); }
}
const web = new Web();
const below = { parent: web };
const vpc = new aws.ec2.Vpc(name("net"), { cidrBlock: "10.0.0.0/16" });
const subnets = ["a", "b"].map((zone, index) => new aws.ec2.Subnet(name(zone), {
  vpcId: vpc.id, cidrBlock: "10.0." + index + ".0/24", availabilityZone: "eu-west-1" + zone,
}));
const gateway = new aws.ec2.InternetGateway(name("gateway"), { vpcId: vpc.id });
subnets.forEach((subnet, index) => {
  const table = new aws.ec2.RouteTable(name("table-" + index), { vpcId: vpc.id });
  const address = new aws.ec2.Eip(name("address-" + index), { domain: "vpc" });
  const nat = new aws.ec2.NatGateway(name("nat-" + index), { subnetId: subnet.id, allocationId: address.id });
  new aws.ec2.Route(name("route-" + index), { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id });
  new aws.ec2.RouteTableAssociation(name("association-" + index), { subnetId: subnet.id, routeTableId: table.id });
});
const open = new aws.ec2.SecurityGroup(name("open"), { vpcId: vpc.id, description: "in front" }, below);
const closed = new aws.ec2.SecurityGroup(name("closed"), { vpcId: vpc.id, description: "behind" }, below);
new aws.vpc.SecurityGroupIngressRule(name("https"), { securityGroupId: open.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" });
new aws.vpc.SecurityGroupIngressRule(name("in"), { securityGroupId: closed.id, ipProtocol: "tcp", fromPort: 8443, toPort: 8443, referencedSecurityGroupId: open.id });
const balancer = new aws.lb.LoadBalancer(name("alb"), { securityGroups: [open.id], subnets: subnets.map(({ id }) => id), idleTimeout: ${idleTimeout} }, below);
const targets = new aws.lb.TargetGroup(name("targets"), { port: 8443, protocol: "HTTPS", vpcId: vpc.id${givesName ? `, name: name("targets")` : ""} }, below);
const listener = new aws.lb.Listener(name("https"), { loadBalancerArn: balancer.arn, port: 443, protocol: "HTTPS", certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1", defaultActions: [{ type: "forward", targetGroupArn: targets.arn }] });
[10, 20].forEach((priority) => new aws.lb.ListenerRule(name("rule-" + priority), {
  listenerArn: listener.arn, priority, actions: [{ type: "forward", targetGroupArn: targets.arn }], conditions: [{ pathPattern: { values: ["/" + priority] } }],
}));
const trust = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }] }] }).json;
const roles = ["instance", "worker"].map((text) => new aws.iam.Role(name(text), { assumeRolePolicy: trust }));
["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy"].forEach((policy, index) =>
  new aws.iam.RolePolicyAttachment(name(policy), { role: roles[index].name, policyArn: "arn:aws:iam::aws:policy/" + policy }));
const zone = aws.route53.getZoneOutput({ name: "example.com" });
new aws.route53.Record(name("alias"), { zoneId: zone.zoneId, name: "www.example.com", type: "A", aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }] });
${more}
`);
}
