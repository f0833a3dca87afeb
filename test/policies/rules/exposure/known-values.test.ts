/** After an update, all ids are known: only these resolve references. */
import assert from "node:assert/strict";
import { LOAD_BALANCER } from "../../../../policies/resources";
import { defaultSecurityGroupStack } from "../../../../policies/rules/exposure/default-security-group";
import { waf } from "../../../../policies/rules/exposure/waf";
import { packForSuite } from "../../../support/pack";
import type { TestResource } from "../../../support/pack";
import { blamed, configuredStack, type Props } from "../../../support/rule-suite";

const make = (type: string, name: string, props: Props): TestResource => ({ type, name, props });

describe("waf, after an update", () => {
  const judge = (...resources: TestResource[]) => configuredStack(waf, { required: true }, resources);
  const balancer = (props: Props, name = "front") => make(LOAD_BALANCER[0] ?? "", name, props);
  const association = (resourceArn: string, webAclArn = "arn:elsewhere") =>
    make("aws:wafv2/webAclAssociation:WebAclAssociation", "association", { resourceArn, webAclArn });
  const acl = (props: Props, name = "acl") =>
    make("aws:wafv2/webAcl:WebAcl", name, { defaultAction: { allow: {} }, ...props });

  it("finds the balancer by its ARN or its ID, and reports the others", () => {
    for (const key of ["arn", "id"])
      assert.deepEqual(judge(balancer({ [key]: "arn:front" }), association("arn:front")), {});
    assert.deepEqual(judge(balancer({ arn: "arn:front" }), association("arn:other")), {
      front:
        "It is public, but no web ACL is associated with it; it must have one.\n" +
        'Fix: new aws.wafv2.WebAclAssociation("waf", { resourceArn: loadBalancer.arn, webAclArn: webAcl.arn })',
    });
  });

  it("reads the text true as internal, too", () =>
    assert.deepEqual(judge(balancer({ arn: "arn:front", internal: "true" })), {}));

  it("finds the web ACL by its ARN, and the resources that add rules to it", () => {
    const guarded = [balancer({ arn: "arn:front" }), association("arn:front", "arn:acl")];
    assert.deepEqual(judge(...guarded, acl({ arn: "arn:acl" })), {
      association:
        'Its web ACL "acl" has no rules and allows all requests; it must have rules.\n' +
        'Fix: rules: [{ name: "common", priority: 1, overrideAction: { none: {} }, statement: ' +
        '{ managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } }, … }]',
    });
    const rule = make("aws:wafv2/webAclRule:WebAclRule", "rule", { webAclArn: "arn:acl" });
    assert.deepEqual(judge(...guarded, acl({ arn: "arn:acl" }), rule), {});
    // Two resources with the same ARN: the reference is ambiguous.
    assert.deepEqual(judge(...guarded, acl({ arn: "arn:acl" }), acl({ arn: "arn:acl" }, "twin")), {});
  });
});

describe("default-security-group-stack, after an update", () => {
  const judge = (...resources: TestResource[]) =>
    configuredStack(defaultSecurityGroupStack, { required: true }, resources);
  const vpc = make("aws:ec2/vpc:Vpc", "network", { id: "vpc-1" });
  const takenOver = make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "default", {
    id: "sg-0",
    vpcId: "vpc-1",
  });
  const rule = (securityGroupId: string) =>
    make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", { securityGroupId });

  it("finds the VPC by its ID, and reports one whose default group is not emptied", () => {
    assert.deepEqual(judge(vpc, takenOver), {});
    assert.deepEqual(judge({ ...vpc, props: { id: "vpc-2" } }, takenOver), {
      network:
        "Its default security group keeps its initial rules; a DefaultSecurityGroup must remove them.\n" +
        'Fix: new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id }), with neither ingress nor egress',
    });
  });

  it("finds the group by its ID, default or not", () => {
    assert.deepEqual(judge(vpc, takenOver, rule("sg-0")), {
      rule:
        "It adds a rule to the default security group of a VPC; the rule must be in another security group.\n" +
        'Fix: securityGroupId: new aws.ec2.SecurityGroup("web", { vpcId: vpc.id }).id',
    });
    const own = make("aws:ec2/securityGroup:SecurityGroup", "own", { id: "sg-0" });
    assert.deepEqual(judge(vpc, takenOver, own, rule("sg-0")), {});
  });
});

describe("instances-from-balancer, after an update", () => {
  const pack = packForSuite({ directory: "policies" });
  const judge = (...resources: TestResource[]) => blamed(pack(), "instances-from-balancer", resources);
  const targets = (props: Props) =>
    make("aws:lb/targetGroup:TargetGroup", "targets", { protocol: "HTTP", ...props });
  const group = make("aws:ec2/securityGroup:SecurityGroup", "instances", { id: "sg-1" });
  const template = (props: Props) =>
    make("aws:ec2/launchTemplate:LaunchTemplate", "template", { vpcSecurityGroupIds: ["sg-1"], ...props });
  const fleet = (props: Props) => make("aws:autoscaling/group:Group", "fleet", { name: "fleet", ...props });
  const world = make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "rule", {
    securityGroupId: "sg-1",
    cidrIpv4: "0.0.0.0/0",
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
  });

  it("finds target groups by ARN or ID, and names the users of the security group", async () => {
    for (const key of ["arn", "id"]) {
      const found = await judge(
        targets({ [key]: "arn:targets" }),
        group,
        world,
        template({ launchTemplateId: "lt-1", name: "lt" }),
        fleet({ launchTemplate: "lt", targetGroupArns: ["arn:targets"] }),
      );
      assert.match(
        found["instances"] ?? "",
        /^It lets the world in, and instances of "template" behind an Application Load Balancer use it\.$/m,
        key,
      );
    }
  });

  it("finds launch templates and configurations by ID or name", async () => {
    for (const key of ["id", "name"]) {
      const joined = fleet({ launchConfiguration: "it", targetGroupArns: ["arn:targets"] });
      const configuration = make("aws:ec2/launchConfiguration:LaunchConfiguration", "configuration", {
        [key]: "it",
        securityGroups: ["sg-1"],
      });
      const found = await judge(targets({ arn: "arn:targets" }), group, world, configuration, joined);
      assert.deepEqual(Object.keys(found), ["instances"], key);
    }
  });

  it("finds attached resources by ID or name, and none for an attachment to nothing", async () => {
    for (const key of ["id", "name"]) {
      const attachment = (props: Props) =>
        make("aws:autoscaling/attachment:Attachment", "attachment", { autoscalingGroupName: "it", ...props });
      const all = [
        targets({ arn: "arn:targets" }),
        group,
        world,
        template({ name: "lt" }),
        make("aws:autoscaling/group:Group", "fleet", { [key]: "it", launchTemplate: "lt" }),
      ];
      const found = await judge(...all, attachment({ lbTargetGroupArn: "arn:targets" }));
      assert.deepEqual(Object.keys(found), ["instances"], key);
      assert.deepEqual(await judge(...all, attachment({ elb: "classic" })), {}, key);
    }
  });

  it("names all users of the security group", async () => {
    const second = { ...template({ name: "lt2" }), name: "second" };
    const found = await judge(
      targets({ arn: "arn:targets" }),
      group,
      world,
      template({ name: "lt" }),
      second,
      fleet({ launchTemplate: "lt", targetGroupArns: ["arn:targets"] }),
      { ...fleet({ launchTemplate: "lt2", targetGroupArns: ["arn:targets"] }), name: "fleet-2" },
    );
    assert.match(found["instances"] ?? "", /instances of "template", "second" behind/);
  });

  it("finds an interface's security group that is attached later", async () => {
    const attached = (props: Props, networkInterfaceId: string) => [
      make("aws:ec2/instance:Instance", "single", { id: "i-1", ...props }),
      make(
        "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
        "later",
        { networkInterfaceId, securityGroupId: "sg-1" },
      ),
      make("aws:lb/targetGroupAttachment:TargetGroupAttachment", "registered", {
        targetId: "i-1",
        targetGroupArn: "arn:targets",
      }),
    ];
    const all = [targets({ arn: "arn:targets" }), group, world];
    const found = await judge(...all, ...attached({ primaryNetworkInterfaceId: "eni-1" }, "eni-1"));
    assert.deepEqual(Object.keys(found), ["instances"]);
    assert.deepEqual(await judge(...all, ...attached({ primaryNetworkInterfaceId: "eni-1" }, "eni-2")), {});
  });
});
