import assert from "node:assert/strict";

import {
  API_DOMAIN,
  AUTO_SCALING_GROUP,
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  CLASSIC_LOAD_BALANCER,
  DISTRIBUTION,
  ECS_SERVICE,
  EVENT_SCHEDULE,
  EVENT_TARGET,
  FUNCTION,
  FUNCTION_PERMISSION,
  HTTP_API_DOMAIN,
  INSTANCE,
  INTERNET_GATEWAY,
  LAUNCH_TEMPLATE,
  LISTENER,
  LISTENER_CERTIFICATE,
  LISTENER_RULE,
  LOAD_BALANCER,
  NAT_GATEWAY,
  PEERING,
  SUBNET,
  TARGET_GROUP,
  TARGET_GROUP_ATTACHMENT,
  TASK_DEFINITION,
  VPC,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
} from "../../../../policies/resources";
import { RELATIONS } from "../../../../policies/rules/refused-by-aws/relations";
import { secret, type TestResource, UNKNOWN, urnOf } from "../../../support/pack";
import { RuleSuite, type Props } from "../../../support/rule-suite";
import { alb, balancer, gwlb, nlb } from "./relation-rows/balancers";
import * as edgeRows from "./relation-rows/edge";
import * as networkRows from "./relation-rows/networks";
import { make, type Row, waitingFor } from "./relation-rows/row";
import * as moreRows from "./relation-rows/more";
import * as serviceRows from "./relation-rows/services";

const targets = (name: string, props: Props = {}) => make(TARGET_GROUP, name, { protocol: "HTTP", ...props });
const web = targets("web");
const tcp = targets("tcp", { protocol: "TCP" });
const fn = targets("fn", { targetType: "lambda", protocol: null });
const toAlb = targets("to-alb", { targetType: "alb", protocol: "TCP" });
const forward = [{ type: "forward", targetGroupArn: UNKNOWN }];
/** A listener of a load balancer that forwards to a target group. */
const on = (of: TestResource, name: string, props: Props, to: TestResource = web) =>
  make(LISTENER, name, { defaultActions: forward, ...props }, { loadBalancerArn: of, defaultActions: to });
const https = on(alb, "https", { protocol: "HTTPS", port: 443 });
const rule = (name: string, of: TestResource, props: Props, to: TestResource = web) =>
  make(LISTENER_RULE, name, { actions: forward, ...props }, { listenerArn: of, actions: to });

const issued = (name: string, props: Props = {}) =>
  make(CERTIFICATE, name, { domainName: "a.example", ...props });
const certificate = issued("tls");
const validation = make(CERTIFICATE_VALIDATION, "valid", {}, { certificateArn: certificate });
const using = (name: string, of: TestResource, more: Partial<TestResource> = {}): TestResource => ({
  ...make(LISTENER, name, { protocol: "HTTPS", port: 443 }, { certificateArn: of }),
  ...more,
});
const edge = (name: string, of: TestResource): TestResource =>
  make(DISTRIBUTION, name, { viewerCertificate: { acmCertificateArn: UNKNOWN } }, { viewerCertificate: of });

const vpc = make(VPC, "net");
const [hither, yonder] = ["hither", "yonder"].map((name) =>
  make(VPC, name, { cidrBlock: "10.0.0.0/16" }),
) as [TestResource, TestResource];
const subnet = make(SUBNET, "a", {}, { vpcId: vpc });
const gateway = make(INTERNET_GATEWAY, "gateway", {}, { vpcId: vpc });
const outside = (props: Props = {}, more: Partial<TestResource> = {}): TestResource => ({
  ...make(LOAD_BALANCER, "front", { subnets: [UNKNOWN], ...props }, {}),
  propertyDependencies: { subnets: [urnOf(subnet)] },
  ...more,
});
const nat = make(NAT_GATEWAY, "nat", {}, { subnetId: subnet });
const far = (region: string) => `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab`;

const task = (name: string, props: Props = {}) =>
  make(TASK_DEFINITION, name, {
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "256",
    memory: "512",
    ...props,
  });

const front = { type: "awsx:lb:ApplicationLoadBalancer", name: "front", props: {} };

const REFUSED: readonly Row[] = [
  ...serviceRows.REFUSED,
  ...networkRows.REFUSED,
  ...edgeRows.REFUSED,
  ...moreRows.REFUSED,
  [
    "a peering of VPCs that share addresses",
    [hither, yonder, make(PEERING, "peer", {}, { vpcId: hither, peerVpcId: yonder })],
    "peer",
    "vpcId and peerVpcId name VPCs whose addresses overlap; they must not",
  ],
  // Protocols of listeners.
  [
    "HTTPS on a Network Load Balancer",
    [nlb, on(nlb, "x", { protocol: "HTTPS" }, fn), fn],
    "x",
    'protocol is "HTTPS", but "nlb" is a load balancer of type network; AWS allows TCP, TLS, UDP, TCP_UDP, QUIC, TCP_QUIC for it',
  ],
  [
    "TLS on an Application Load Balancer",
    [alb, on(alb, "x", { protocol: secret("tls") }, tcp), tcp],
    "x",
    'protocol is "TLS", but "alb" is a load balancer of type application; AWS allows HTTP, HTTPS for it',
  ],
  [
    "a protocol on a Gateway Load Balancer",
    [gwlb, on(gwlb, "x", { protocol: "TCP" }, tcp), tcp],
    "x",
    'protocol is "TCP", but "gwlb" is a load balancer of type gateway; AWS allows no protocol for it',
  ],
  [
    "nothing for each load balancer's own protocols",
    [
      alb,
      nlb,
      gwlb,
      https,
      on(nlb, "n", { protocol: "TLS" }, tcp),
      on(gwlb, "g", {}, targets("packets", { protocol: "GENEVE" })),
      web,
      tcp,
    ],
  ],
  [
    "a redirect by a Network Load Balancer",
    [nlb, on(nlb, "x", { protocol: "TCP", defaultActions: [{ type: "redirect" }] }, tcp), tcp],
    "x",
    'protocol is TCP, but it has an action of type redirect; AWS allows only "forward" for it',
  ],
  [
    "a certificate on a TCP listener",
    [nlb, on(nlb, "x", { protocol: "TCP", certificateArn: "arn:aws:acm:x" }, tcp), tcp],
    "x",
    "certificateArn is set, but protocol is TCP; it must not be set",
  ],
  [
    "ALPN on an HTTPS listener",
    [alb, on(alb, "x", { protocol: "HTTPS", alpnPolicy: "HTTP2Preferred" }), web],
    "x",
    "alpnPolicy is set, but protocol is HTTPS; it must not be set",
  ],
  // Targets that listeners forward to.
  [
    "TLS to HTTP targets",
    [nlb, on(nlb, "x", { protocol: "TLS" }), web],
    "x",
    'It is of protocol TLS, but forwards to "web" of protocol HTTP; the target group must be of TLS or TCP',
  ],
  [
    "HTTPS to TCP targets, in a rule",
    [alb, https, web, rule("x", https, {}, tcp), tcp],
    "x",
    'It is of protocol HTTPS, but forwards to "tcp" of protocol TCP; the target group must be of HTTP or HTTPS',
  ],
  [
    "TCP to a function",
    [nlb, on(nlb, "x", { protocol: "TCP" }, fn), fn],
    "x",
    'It is of protocol TCP, but forwards to a function, "fn"; AWS allows this only for HTTP and HTTPS',
  ],
  [
    "TLS to a load balancer",
    [nlb, on(nlb, "x", { protocol: "TLS" }, toAlb), toAlb],
    "x",
    'It is of protocol TLS, but forwards to a load balancer through "to-alb"; AWS allows this only for TCP',
  ],
  [
    "nothing for compatible protocols",
    [
      nlb,
      alb,
      on(nlb, "t", { protocol: "TCP" }, toAlb),
      toAlb,
      on(nlb, "u", { protocol: "UDP" }, targets("dns", { protocol: "TCP_UDP" })),
      https,
      web,
      rule("r", https, {}, fn),
      fn,
    ],
  ],
  // A target group can have only one load balancer.
  [
    "a target group for two load balancers",
    [alb, https, web, balancer("two"), on(balancer("two"), "x", { protocol: "HTTPS" })],
    "x",
    'It forwards to "web", which load balancer "alb" already uses; AWS allows only one load balancer for each target group',
  ],
  [
    "a target group for two load balancers, whose IDs are their ARNs",
    [
      make(TARGET_GROUP, "group", { id: "group", arn: "group", protocol: "HTTP" }),
      ...["one", "two"].flatMap((of) => [
        make(LOAD_BALANCER, of, { id: of, arn: of }),
        make(LISTENER, `of-${of}`, {
          loadBalancerArn: of,
          protocol: "HTTPS",
          defaultActions: [{ type: "forward", targetGroupArn: "group" }],
        }),
      ]),
    ],
    "of-two",
    'It forwards to "group", which load balancer "one" already uses; AWS allows only one load balancer for each target group',
  ],
  [
    "nothing for a target group used twice by the same load balancer",
    [alb, https, web, on(alb, "also", { protocol: "HTTPS", port: 8443 })],
  ],
  // Targets.
  [
    "HTTP to a load balancer",
    [targets("x", { targetType: "alb" })],
    "x",
    'targetType is "alb", but protocol is "HTTP"; it must be "TCP"',
  ],
  [
    "an Auto Scaling group attached to a target group of type ip",
    [
      make(AUTO_SCALING_GROUP, "x", {}, { targetGroupArns: targets("ips", { targetType: "ip" }) }),
      targets("ips", { targetType: "ip" }),
    ],
    "x",
    'Its target group "ips" has targets of type ip; an Auto Scaling group can register only instances',
  ],
  [
    "an instance among functions",
    [
      fn,
      make(INSTANCE, "host"),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(INSTANCE, "host") }),
    ],
    "x",
    '"host" cannot be a target of "fn", whose targets are of type lambda',
  ],
  [
    "an address among instances",
    [web, make(TARGET_GROUP_ATTACHMENT, "x", { targetId: "10.0.1.5" }, { targetGroupArn: web })],
    "x",
    'targetId cannot be a target of "web", whose targets are of type instance',
  ],
  [
    "an instance's ID among addresses",
    [
      targets("addresses", { targetType: "ip" }),
      make(
        TARGET_GROUP_ATTACHMENT,
        "x",
        { targetId: "i-0a1b2c3d4e5f60718" },
        { targetGroupArn: targets("addresses") },
      ),
    ],
    "x",
    'targetId cannot be a target of "addresses", whose targets are of type ip',
  ],
  [
    "nothing for an unknown target, in a target group of a component that contains a load balancer",
    [
      front,
      { ...alb, parent: urnOf(front) },
      { ...web, parent: urnOf(front) },
      {
        ...make(TARGET_GROUP_ATTACHMENT, "x", { targetGroupArn: UNKNOWN, targetId: UNKNOWN }),
        propertyDependencies: { targetGroupArn: [urnOf(front)], targetId: [urnOf(front)] },
      },
    ],
  ],
  [
    "a load balancer among instances",
    [web, alb, make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: web, targetId: alb })],
    "x",
    '"alb" cannot be a target of "web", whose targets are of type instance',
  ],
  [
    "Fargate tasks among instances",
    [
      alb,
      https,
      web,
      waitingFor(
        make(ECS_SERVICE, "x", { launchType: "FARGATE", networkConfiguration: {} }, { loadBalancers: web }),
        https,
      ),
    ].map(keep("loadBalancers", [{ targetGroupArn: UNKNOWN }])),
    "x",
    'Its tasks have their own IP addresses, but "web" has targets of type instance; targetType must be "ip"',
  ],
  [
    "nothing for tasks in their host's network",
    [
      alb,
      https,
      web,
      waitingFor(make(ECS_SERVICE, "x", { launchType: "EC2" }, { loadBalancers: web }), https),
    ].map(keep("loadBalancers", [{ targetGroupArn: UNKNOWN }])),
  ],
  [
    "a function that no service may call",
    [
      fn,
      make(FUNCTION, "pay"),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "pay") }),
    ],
    "x",
    'Nothing lets Elastic Load Balancing call function "pay"; an aws.lambda.Permission is required',
  ],
  [
    "a function that the load balancer may only read",
    [
      fn,
      make(FUNCTION, "pay"),
      make(FUNCTION_PERMISSION, "p", { action: "lambda:GetFunction" }, { function: make(FUNCTION, "pay") }),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "pay") }),
    ],
    "x",
    'Nothing lets Elastic Load Balancing call function "pay"; an aws.lambda.Permission is required',
  ],
  [
    "a function that another service may call",
    [
      fn,
      make(FUNCTION, "pay"),
      make(FUNCTION_PERMISSION, "p", { principal: "s3.amazonaws.com" }, { function: make(FUNCTION, "pay") }),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "pay") }),
    ],
    "x",
    'Nothing lets Elastic Load Balancing call function "pay"; an aws.lambda.Permission is required',
  ],
  [
    "nothing for a function that the load balancer may call",
    [
      fn,
      make(FUNCTION, "pay"),
      make(
        FUNCTION_PERMISSION,
        "p",
        { principal: "elasticloadbalancing.amazonaws.com" },
        { function: make(FUNCTION, "pay") },
      ),
      waitingFor(
        make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "pay") }),
        make(FUNCTION_PERMISSION, "p"),
      ),
    ],
  ],
  // ECS tasks and their instances.
  [
    "a Fargate task in its host's network",
    [task("x", { networkMode: "host" })],
    "x",
    'networkMode is "host"; Fargate requires "awsvpc"',
  ],
  [
    "a Fargate task without a network",
    [task("x", { networkMode: null })],
    "x",
    'networkMode is not set, which means bridge; Fargate requires "awsvpc"',
  ],
  [
    "a Fargate task without a size",
    [task("x", { memory: null })],
    "x",
    "memory is not set; Fargate requires it",
  ],
  [
    "memory that Fargate does not offer",
    [task("x", { cpu: "512", memory: "512" })],
    "x",
    "cpu is 512, but memory is 512; for this cpu Fargate allows 1024 to 4096 MiB, in steps of 1024",
  ],
  [
    "memory between two of Fargate's sizes",
    [task("x", { cpu: ".25 vCPU", memory: "1.5 GB" })],
    "x",
    "cpu is 256, but memory is 1536; for this cpu Fargate allows 512, 1024 or 2048 MiB",
  ],
  [
    "CPU that Fargate does not offer",
    [task("x", { cpu: "300" })],
    "x",
    "cpu is 300; Fargate allows 256, 512, 1024, 2048, 4096, 8192, 16384",
  ],
  [
    "nothing for sizes that Fargate offers, or unknown sizes",
    [
      task("small"),
      task("large", { cpu: "16 vCPU", memory: "120GB" }),
      task("odd", { cpu: "much", memory: "more" }),
      {
        ...task("later", { cpu: UNKNOWN, memory: UNKNOWN, networkMode: UNKNOWN }),
        propertyDependencies: { cpu: [], memory: [], networkMode: [] },
      },
      task("host", { requiresCompatibilities: ["EC2"], networkMode: "host", cpu: null }),
    ],
  ],
  [
    "a service that launches an EC2 task in bridge mode on Fargate",
    [
      task("host", { requiresCompatibilities: ["EC2"], networkMode: "bridge" }),
      make(
        ECS_SERVICE,
        "x",
        { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }], networkConfiguration: {} },
        { taskDefinition: task("host") },
      ),
    ],
    "x",
    'It launches "host" on Fargate, but its networkMode is "bridge"; Fargate requires "awsvpc"',
  ],
  [
    "a schedule that launches an EC2 task in bridge mode on Fargate",
    [
      task("host", { requiresCompatibilities: ["EC2"], networkMode: "bridge" }),
      {
        ...make(EVENT_SCHEDULE, "x", {
          target: {
            ecsParameters: { launchType: "FARGATE", networkConfiguration: {}, taskDefinitionArn: UNKNOWN },
          },
        }),
        propertyDependencies: { target: [urnOf(task("host"))] },
      },
    ],
    "x",
    'It launches "host" on Fargate, but its networkMode is "bridge"; Fargate requires "awsvpc"',
  ],
  [
    "a task that requires Fargate, once",
    [
      task("x", { networkMode: "bridge" }),
      make(
        ECS_SERVICE,
        "service",
        { launchType: "FARGATE", networkConfiguration: {} },
        { taskDefinition: task("x") },
      ),
    ],
    "x",
    'networkMode is "bridge"; Fargate requires "awsvpc"',
  ],
  [
    "a Fargate service without a network",
    [task("t"), make(ECS_SERVICE, "x", { launchType: "FARGATE" }, { taskDefinition: task("t") })],
    "x",
    "networkConfiguration is not set, but Fargate launches its tasks; it must name subnets",
  ],
  [
    "a Fargate schedule without a network",
    [make(EVENT_SCHEDULE, "x", { target: { ecsParameters: { launchType: "FARGATE" } } })],
    "x",
    "target.ecsParameters.networkConfiguration is not set, but Fargate launches its tasks; it must name subnets",
  ],
  [
    "nothing for a service whose task sets have a network",
    [
      make(ECS_SERVICE, "x", { launchType: "FARGATE", deploymentController: { type: "EXTERNAL" } }),
      make(EVENT_TARGET, "y", { ecsTarget: { launchType: "FARGATE", networkConfiguration: UNKNOWN } }),
      make(EVENT_TARGET, "z", { ecsTarget: { launchType: "EC2" } }),
    ],
  ],
  [
    "a subnet for an instance whose template has interfaces",
    [
      make(LAUNCH_TEMPLATE, "t", { networkInterfaces: [{}] }),
      {
        ...make(INSTANCE, "x", { launchTemplate: { id: UNKNOWN }, subnetId: "subnet-1" }),
        propertyDependencies: { launchTemplate: [urnOf(make(LAUNCH_TEMPLATE, "t"))] },
      },
    ],
    "x",
    'subnetId is set, but launch template "t" has networkInterfaces; AWS then allows it only in these',
  ],
  [
    "nothing for an instance whose template has none",
    [
      make(LAUNCH_TEMPLATE, "t"),
      {
        ...make(INSTANCE, "x", { launchTemplate: { id: UNKNOWN }, subnetId: "subnet-1" }),
        propertyDependencies: { launchTemplate: [urnOf(make(LAUNCH_TEMPLATE, "t"))] },
      },
    ],
  ],
  [
    "security groups on a Gateway Load Balancer",
    [balancer("x", { loadBalancerType: "gateway", securityGroups: ["sg-1"] }), gwlb],
    "x",
    "securityGroups is set, but the load balancer is of type gateway; AWS allows no security groups for it",
  ],
  [
    "a load balancer as a target that does not listen on the port",
    [
      alb,
      https,
      targets("to-alb", { targetType: "alb", protocol: "TCP", port: 80 }),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: toAlb, targetId: alb }),
    ],
    "x",
    '"alb" has no listener on port 80, to which "to-alb" sends requests; it must have one',
  ],
  [
    "nothing for a load balancer that listens on the attachment's port",
    [
      alb,
      https,
      targets("to-alb", { targetType: "alb", protocol: "TCP", port: 80 }),
      make(TARGET_GROUP_ATTACHMENT, "x", { port: 443 }, { targetGroupArn: toAlb, targetId: alb }),
    ],
  ],
  [
    "a function that another target group may call",
    [
      fn,
      targets("other", { targetType: "lambda", protocol: null }),
      make(FUNCTION, "pay"),
      make(
        FUNCTION_PERMISSION,
        "p",
        { principal: "elasticloadbalancing.amazonaws.com" },
        { function: make(FUNCTION, "pay"), sourceArn: targets("other") },
      ),
      make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "pay") }),
    ],
    "x",
    'Nothing lets Elastic Load Balancing call function "pay" for "fn", only for "other"; an aws.lambda.Permission with its sourceArn is required',
  ],
  [
    "nothing for a function that its own target group may call, or any may",
    [
      fn,
      make(FUNCTION, "pay"),
      make(FUNCTION, "ship"),
      make(FUNCTION_PERMISSION, "p", {}, { function: make(FUNCTION, "pay"), sourceArn: fn }),
      make(
        FUNCTION_PERMISSION,
        "q",
        { sourceArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/*" },
        { function: make(FUNCTION, "ship") },
      ),
      waitingFor(
        make(TARGET_GROUP_ATTACHMENT, "x", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "pay") }),
        make(FUNCTION_PERMISSION, "p"),
      ),
      waitingFor(
        make(TARGET_GROUP_ATTACHMENT, "y", {}, { targetGroupArn: fn, targetId: make(FUNCTION, "ship") }),
        make(FUNCTION_PERMISSION, "q"),
      ),
    ],
  ],
  // Properties of listeners.
  [
    "a certificate on an HTTP listener",
    [
      alb,
      on(alb, "http", { protocol: "HTTP" }),
      web,
      make(LISTENER_CERTIFICATE, "x", {}, { listenerArn: on(alb, "http", {}) }),
    ],
    "x",
    'Listener "http" is of protocol HTTP; AWS allows certificates only for HTTPS and TLS',
  ],
  [
    "a rule on a Network Load Balancer",
    [
      nlb,
      on(nlb, "n", { protocol: "TCP" }, toAlb),
      toAlb,
      make(LISTENER_RULE, "x", {}, { listenerArn: on(nlb, "n", {}) }),
    ],
    "x",
    'Listener "n" belongs to a load balancer of type network; AWS allows rules only for type application',
  ],
  [
    "sign-in over HTTP",
    [
      alb,
      on(alb, "x", { protocol: "HTTP", defaultActions: [{ type: "authenticate-oidc" }, ...forward] }),
      web,
    ],
    "x",
    "It has an action of type authenticate-oidc, but its listener is of protocol HTTP; AWS allows this only for HTTPS",
  ],
  [
    "nothing for sign-in over HTTPS",
    [
      alb,
      on(alb, "x", { protocol: "HTTPS", defaultActions: [{ type: "authenticate-oidc" }, ...forward] }),
      web,
    ],
  ],
  [
    "client certificates without a trust store",
    [make(LISTENER, "x", { mutualAuthentication: { mode: "verify" } })],
    "x",
    'mutualAuthentication.mode is "verify", but trustStoreArn is not set; AWS requires it',
  ],
  [
    "a trust store without verification",
    [make(LISTENER, "x", { mutualAuthentication: { mode: "passthrough", trustStoreArn: UNKNOWN } })],
    "x",
    'mutualAuthentication.trustStoreArn is set, but mode is not "verify"; AWS allows it only with "verify"',
  ],
  [
    "fixed addresses on an Application Load Balancer",
    [balancer("x", { subnetMappings: [{ subnetId: "s", allocationId: UNKNOWN }] })],
    "x",
    "subnetMappings contain allocationId, but the load balancer is of type application; AWS allows fixed addresses only for type network",
  ],
  [
    "Elastic IP addresses on an internal load balancer",
    [
      balancer("x", {
        loadBalancerType: "network",
        internal: true,
        subnetMappings: [{ allocationId: UNKNOWN }],
      }),
    ],
    "x",
    "subnetMappings contain allocationId, but the load balancer is internal; AWS allows Elastic IP addresses only for public ones",
  ],
  [
    "nothing for Elastic IP addresses on a public Network Load Balancer",
    [balancer("x", { loadBalancerType: "network", subnetMappings: [{ allocationId: UNKNOWN }] })],
  ],
  // Values that must be unique.
  [
    "two listeners on one port",
    [alb, https, web, on(alb, "x", { protocol: "http", port: "443" })],
    "x",
    'port is 443, which listener "https" of the same load balancer already has; it must be unique',
  ],
  [
    "nothing for one port with two protocols on a Network Load Balancer",
    [
      nlb,
      on(nlb, "a", { protocol: "TCP", port: 53 }, tcp),
      on(nlb, "b", { protocol: "UDP", port: 53 }, targets("udp", { protocol: "UDP" })),
      tcp,
    ],
  ],
  [
    "nothing for unknown ports",
    [
      alb,
      on(alb, "a", { protocol: "HTTPS", port: UNKNOWN }),
      on(alb, "b", { protocol: "HTTPS", port: UNKNOWN }),
      web,
    ],
  ],
  [
    "a priority outside AWS's range",
    [make(LISTENER_RULE, "x", { priority: 50_001 })],
    "x",
    "priority is 50001; it must be a whole number from 1 to 50000",
  ],
  [
    "two rules with one priority",
    [alb, https, web, rule("a", https, { priority: 3 }), rule("x", https, { priority: "3" })],
    "x",
    'priority is 3, which rule "a" of the same listener already has; it must be unique',
  ],
  [
    "nothing for one priority on two listeners",
    [
      alb,
      https,
      web,
      on(alb, "two", { protocol: "HTTPS", port: 8443 }),
      rule("a", https, { priority: 3 }),
      rule("b", on(alb, "two", {}), { priority: 3 }),
    ],
  ],
  ...[LOAD_BALANCER, CLASSIC_LOAD_BALANCER, TARGET_GROUP, AUTO_SCALING_GROUP, LAUNCH_TEMPLATE].map(
    (types): Row => [
      `one name twice: ${types[0]}`,
      [
        make(types, "a", { name: "shop", protocol: "HTTP" }),
        make(types, "x", { name: secret("shop"), protocol: "HTTP" }),
      ],
      "x",
      'name is also that of "a"; it must be unique',
    ],
  ),
  [
    "nothing for one name in two Regions",
    [
      { ...targets("a", { name: "shop" }), region: "eu-west-1" },
      { ...targets("b", { name: "shop" }), region: "us-east-1" },
      targets("c", { name: "shop", region: "eu-north-1" }),
    ],
  ],
  // Certificates.
  [
    "a certificate that nothing validates",
    [certificate, using("x", certificate)],
    "x",
    'Certificate "tls" is not issued when it is used: nothing waits for its validation',
  ],
  ...[API_DOMAIN, HTTP_API_DOMAIN].map((of): Row => {
    const property = of === API_DOMAIN ? "regionalCertificateArn" : "domainNameConfiguration";
    const props = { [property]: of === API_DOMAIN ? UNKNOWN : { certificateArn: UNKNOWN } };
    return [
      `it of ${of[0]}`,
      [certificate, { ...make(of, "x", props), propertyDependencies: { [property]: [urnOf(certificate)] } }],
      "x",
      'Certificate "tls" is not issued when it is used: nothing waits for its validation',
    ];
  }),
  [
    "an unvalidated certificate at the edge",
    [certificate, edge("x", certificate)].map(keep("viewerCertificate", { acmCertificateArn: UNKNOWN })),
    "x",
    'Certificate "tls" is not issued when it is used: nothing waits for its validation',
  ],
  [
    "nothing for certificates that are validated, imported or private",
    [
      certificate,
      validation,
      using("a", validation),
      using("b", certificate, { dependencies: [urnOf(certificate), urnOf(validation)] }),
      issued("own", { certificateBody: UNKNOWN }),
      using("c", issued("own")),
      issued("inner", { certificateAuthorityArn: UNKNOWN }),
      using("d", issued("inner")),
    ],
  ],
  [
    "a certificate in another Region at the edge",
    [{ ...certificate, region: "eu-west-1" }, validation, edge("x", validation)].map(
      keep("viewerCertificate", { acmCertificateArn: UNKNOWN }),
    ),
    "x",
    'Certificate "tls" is in eu-west-1; it must be in us-east-1',
  ],
  [
    "nothing for a certificate in us-east-1, by its own region or its provider's",
    [
      issued("tls", { region: "us-east-1" }),
      validation,
      edge("a", validation),
      { ...issued("two"), region: "us-east-1" },
      make(CERTIFICATE_VALIDATION, "v2", {}, { certificateArn: issued("two") }),
      edge("b", make(CERTIFICATE_VALIDATION, "v2")),
    ].map(keep("viewerCertificate", { acmCertificateArn: UNKNOWN })),
  ],
  [
    "a listener's certificate in another Region",
    [{ ...certificate, region: "us-east-1" }, validation, using("x", validation, { region: "eu-west-1" })],
    "x",
    'Certificate "tls" is in us-east-1; it must be in eu-west-1',
  ],
  [
    "a certificate in another Region by its ARN, secret or not",
    [make(LISTENER, "x", { region: "eu-west-1", certificateArn: secret(far("us-east-1")) })],
    "x",
    'the Region of certificateArn is "us-east-1"; it must be "eu-west-1"',
  ],
  [
    "a certificate in another Region than the load balancer's ARN",
    [
      make(LISTENER, "x", {
        loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/5",
        certificateArn: far("us-east-1"),
      }),
    ],
    "x",
    'the Region of certificateArn is "us-east-1"; it must be "eu-west-1"',
  ],
  [
    "a certificate for CloudFront by its ARN",
    [make(DISTRIBUTION, "x", { viewerCertificate: { acmCertificateArn: far("eu-west-1") } })],
    "x",
    'the Region of viewerCertificate.acmCertificateArn is "eu-west-1"; it must be "us-east-1"',
  ],
  [
    "nothing for ARNs in the right Region, or without a Region",
    [
      make(LISTENER, "a", { region: "eu-west-1", certificateArn: far("eu-west-1") }),
      make(LISTENER, "b", { certificateArn: far("us-east-1") }),
      make(LISTENER, "c", {
        region: "eu-west-1",
        certificateArn: "arn:aws:iam::123456789012:server-certificate/store",
      }),
      make(DISTRIBUTION, "d", { viewerCertificate: UNKNOWN }),
    ],
  ],
  // Routes to the internet.
  [
    "a public load balancer without a gateway",
    [vpc, subnet, outside()],
    "front",
    'VPC "net" has no internet gateway; it must have one',
  ],
  [
    "a NAT gateway without an internet gateway",
    [vpc, subnet, nat],
    "nat",
    'VPC "net" has no internet gateway; it must have one',
  ],
  [
    "nothing for internal load balancers, or subnets outside the stack",
    [
      vpc,
      subnet,
      outside({ internal: true }),
      make(NAT_GATEWAY, "inner", { connectivityType: "private" }, { subnetId: subnet }),
      balancer("far", { subnets: ["subnet-1"] }),
    ],
  ],
  // AWS WAF.
  [
    "a web ACL on a Network Load Balancer",
    [nlb, make(WEB_ACL_ASSOCIATION, "x", {}, { resourceArn: nlb })],
    "x",
    '"nlb" is a load balancer of type network; AWS WAF allows only those of type application',
  ],
  [
    "a CloudFront web ACL on a load balancer",
    [
      alb,
      make(WEB_ACL, "acl", { scope: "CLOUDFRONT" }),
      make(WEB_ACL_ASSOCIATION, "x", {}, { resourceArn: alb, webAclArn: make(WEB_ACL, "acl") }),
    ],
    "x",
    'Web ACL "acl" is of scope CLOUDFRONT; it must be of scope REGIONAL',
  ],
  [
    "a regional web ACL at the edge",
    [
      make(WEB_ACL, "acl", { scope: "REGIONAL" }),
      make(DISTRIBUTION, "x", {}, { webAclId: make(WEB_ACL, "acl") }),
    ],
    "x",
    'Web ACL "acl" is of scope REGIONAL; it must be of scope CLOUDFRONT',
  ],
  [
    "nothing for web ACLs with the right scope",
    [
      alb,
      make(WEB_ACL, "acl", { scope: "REGIONAL" }),
      make(WEB_ACL_ASSOCIATION, "x", {}, { resourceArn: alb, webAclArn: make(WEB_ACL, "acl") }),
    ],
  ],
];

const component = { type: "awsx:ec2:Vpc", name: "whole", props: {} };
const within = (one: TestResource): TestResource => ({ ...one, parent: urnOf(component) });

const ADVISED: readonly Row[] = [
  ...serviceRows.ADVISED,
  ...edgeRows.ADVISED,
  [
    "nothing for a resource that depends on the component of its dependency",
    [component, within(vpc), within(subnet), within(gateway), outside({}, { dependencies: [urnOf(subnet)] })],
  ],
  [
    "a listener that does not depend on the validation",
    [certificate, validation, using("x", certificate, { dependencies: [urnOf(certificate)] })],
    "x",
    'It doesn\'t wait for "valid", and certificate "tls" may not be issued yet',
  ],
  [
    "a load balancer that does not depend on the gateway",
    [vpc, subnet, gateway, outside()],
    "front",
    'It doesn\'t wait for internet gateway "gateway", without which AWS refuses it',
  ],
  [
    "nothing for a load balancer that depends on the gateway through another resource",
    [
      vpc,
      { ...subnet, dependencies: [urnOf(gateway)] },
      gateway,
      outside({}, { dependencies: [urnOf(subnet)] }),
    ],
  ],
];

/** Puts a block in place of a property that {@link make} made unknown. */
function keep(property: string, value: unknown): (resource: TestResource) => TestResource {
  return (resource) =>
    resource.propertyDependencies?.[property] === undefined
      ? resource
      : { ...resource, props: { ...resource.props, [property]: value } };
}

describe("relations", () => {
  const rows = (all: readonly Row[]) =>
    all.map(([title, stack, name, says]) => ({
      title: `report ${title}`,
      stack,
      says: name === undefined ? [] : [[name, says!] as const],
    }));
  describe("at the mandatory level", () => new RuleSuite("relations").checkStacks(rows(REFUSED)));
  describe("at the advisory level", () =>
    new RuleSuite("relations", { level: "advisory" }).checkStacks(rows(ADVISED)));

  it("each have a test row", () => {
    const tried = new Set([...REFUSED, ...ADVISED].flatMap(([, stack]) => stack.map(({ type }) => type)));
    for (const { of } of RELATIONS)
      assert.ok(
        of.some((type) => tried.has(type)),
        of.join(),
      );
  });
});
