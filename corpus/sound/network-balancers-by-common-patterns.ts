// Network and Gateway Load Balancers as documentation, modules and examples have them: each is sound, at most with advice.
import { aws, ids, store as storeOf, tgArgs, valid, vpc } from "../store";

{
  // Fixed addresses for an ALB: NLB TCP:443 -> ALB:443, which ends TLS. The program shows it all; a group of type alb takes TCP only.
  const store = storeOf("nlb-ba");
  store.https();
  store.redirect();
  store.group();
  const n = new aws.lb.LoadBalancer("nlb-ba-n", {
    loadBalancerType: "network",
    subnets: ids,
    securityGroups: [store.lbSg.id],
    enableDeletionProtection: true,
    enableCrossZoneLoadBalancing: true,
  });
  const t = new aws.lb.TargetGroup("nlb-ba-to-alb", {
    vpcId: vpc.id,
    port: 443,
    protocol: "TCP",
    targetType: "alb",
    healthCheck: {
      enabled: true,
      protocol: "HTTPS",
      path: "/healthz",
      matcher: "200",
      interval: 10,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  });
  new aws.lb.TargetGroupAttachment("nlb-ba-to-alb", {
    targetGroupArn: t.arn,
    targetId: store.lb.arn,
    port: 443,
  });
  new aws.lb.Listener("nlb-ba-x", {
    loadBalancerArn: n.arn,
    port: 443,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
}
{
  // Appliances that look at all traffic: a listener of a Gateway Load Balancer has no protocol.
  const store = storeOf("gateway-bff");
  store.https();
  store.group();
  const g = new aws.lb.LoadBalancer("gateway-bff-x", {
    loadBalancerType: "gateway",
    subnets: ids,
    enableDeletionProtection: true,
    enableCrossZoneLoadBalancing: true,
  });
  const t = new aws.lb.TargetGroup("gateway-bff-appliances", {
    vpcId: vpc.id,
    port: 6081,
    protocol: "GENEVE",
    targetType: "ip",
    healthCheck: {
      enabled: true,
      protocol: "HTTP",
      path: "/healthz",
      port: "8080",
      matcher: "200-399",
      interval: 10,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  });
  new aws.lb.Listener("gateway-bff-firewall", {
    loadBalancerArn: g.arn,
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
}
{
  // PrivateLink to PostgreSQL (which has TLS of its own, not TLS first): an internal NLB of TCP.
  const store = storeOf("inner-dp");
  store.https();
  store.group();
  const n = new aws.lb.LoadBalancer("inner-dp-n", {
    loadBalancerType: "network",
    internal: true,
    subnets: ids,
    securityGroups: [store.appSg.id],
    enableDeletionProtection: true,
    enableCrossZoneLoadBalancing: true,
  });
  const t = new aws.lb.TargetGroup("inner-dp-pg", {
    vpcId: vpc.id,
    port: 5432,
    protocol: "TCP",
    targetType: "ip",
    healthCheck: {
      enabled: true,
      protocol: "TCP",
      interval: 10,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
  });
  new aws.lb.Listener("inner-dp-x", {
    loadBalancerArn: n.arn,
    port: 5432,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
}
{
  // An internal ALB in clear text between private services: service discovery inside a VPC.
  const store = storeOf("inner-hbs");
  store.https();
  store.group();
  const sg = new aws.ec2.SecurityGroup("inner-hbs-inner", { vpcId: vpc.id, description: "Inner balancer" });
  new aws.vpc.SecurityGroupIngressRule("inner-hbs-inner", {
    securityGroupId: sg.id,
    ipProtocol: "tcp",
    fromPort: 80,
    toPort: 80,
    referencedSecurityGroupId: store.appSg.id,
  });
  const inner = new aws.lb.LoadBalancer("inner-hbs-inner", {
    loadBalancerType: "application",
    internal: true,
    subnets: ids,
    securityGroups: [sg.id],
    dropInvalidHeaderFields: true,
    enableDeletionProtection: true,
  });
  const t = new aws.lb.TargetGroup("inner-hbs-inner", { ...tgArgs, targetType: "ip" });
  new aws.lb.Listener("inner-hbs-x", {
    loadBalancerArn: inner.arn,
    port: 80,
    protocol: "HTTP",
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
}
{
  // Tls passthrough.
  const store = storeOf("tls-p");
  const n = new aws.lb.LoadBalancer("tls-p-n", {
    loadBalancerType: "network",
    subnets: ids,
    securityGroups: [store.lbSg.id],
  });
  const t = new aws.lb.TargetGroup("tls-p-t", {
    vpcId: vpc.id,
    port: 443,
    protocol: "TCP",
    healthCheck: { protocol: "HTTPS", path: "/healthz" },
  });
  new aws.lb.Listener("tls-p-s", {
    loadBalancerArn: n.arn,
    port: 443,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
  store.group({ targetGroupArns: [t.arn] });
}
{
  // Static ip nlb tls.
  const store = storeOf("static-int");
  const e = ["a", "b"].map((z) => new aws.ec2.Eip(`static-int-front-${z}`, { domain: "vpc" }));
  const n = new aws.lb.LoadBalancer("static-int-n", {
    loadBalancerType: "network",
    subnetMappings: ids.map((subnetId, i) => ({ subnetId, allocationId: e[i]!.id })),
    securityGroups: [store.lbSg.id],
  });
  const t = new aws.lb.TargetGroup("static-int-t", {
    vpcId: vpc.id,
    port: 8080,
    protocol: "TCP",
    healthCheck: { protocol: "HTTP", path: "/healthz" },
  });
  new aws.lb.Listener("static-int-s", {
    loadBalancerArn: n.arn,
    port: 443,
    protocol: "TLS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    certificateArn: valid.certificateArn,
    alpnPolicy: "HTTP2Preferred",
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
  store.group({ targetGroupArns: [t.arn] });
}
{
  const n = new aws.lb.LoadBalancer("privateli-s-n", {
    loadBalancerType: "network",
    internal: true,
    subnets: ids,
  });
  const t = new aws.lb.TargetGroup("privateli-s-t", {
    vpcId: vpc.id,
    port: 8080,
    protocol: "TCP",
    targetType: "ip",
  });
  new aws.lb.Listener("privateli-s-l", {
    loadBalancerArn: n.arn,
    port: 80,
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: t.arn }],
  });
  new aws.ec2.VpcEndpointService("privateli-s-s", {
    acceptanceRequired: true,
    networkLoadBalancerArns: [n.arn],
  });
}
{
  // Classic internal tcp.
  const store = storeOf("classic-it");
  new aws.elb.LoadBalancer("classic-it-old", {
    internal: true,
    subnets: ids,
    securityGroups: [store.appSg.id],
    listeners: [{ instancePort: 5432, instanceProtocol: "tcp", lbPort: 5432, lbProtocol: "tcp" }],
    healthCheck: { target: "TCP:5432", interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
  });
}
