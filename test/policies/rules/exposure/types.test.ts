import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as evasion from "../../../../policies/rules/evasion/types";
import * as exposure from "../../../../policies/rules/exposure/types";

/** The modules of the SDK that serve each kind of resource. */
const MODULES: readonly (readonly [tokens: readonly string[], ...modules: string[]])[] = [
  [exposure.SECURITY_GROUP, "aws/ec2/securityGroup"],
  [exposure.DEFAULT_SECURITY_GROUP, "aws/ec2/defaultSecurityGroup"],
  [exposure.SECURITY_GROUP_RULE, "aws/ec2/securityGroupRule"],
  [exposure.INGRESS_RULE, "aws/vpc/securityGroupIngressRule"],
  [exposure.LAUNCH_TEMPLATE, "aws/ec2/launchTemplate"],
  [exposure.LAUNCH_CONFIGURATION, "aws/ec2/launchConfiguration"],
  [exposure.INSTANCE, "aws/ec2/instance", "aws/ec2/spotInstanceRequest"],
  [exposure.SPOT_FLEET, "aws/ec2/spotFleetRequest"],
  [exposure.ELASTIC_IP, "aws/ec2/eip"],
  [exposure.ELASTIC_IP_ASSOCIATION, "aws/ec2/eipAssociation"],
  [exposure.VPC, "aws/ec2/vpc"],
  [exposure.FLOW_LOG, "aws/ec2/flowLog"],
  [exposure.DEFAULT_NETWORK, "aws/ec2/defaultVpc", "aws/ec2/defaultSubnet", "awsx/ec2/defaultVpc"],
  [exposure.LOAD_BALANCER, "aws/lb/loadBalancer", "aws/alb/loadBalancer"],
  [exposure.TARGET_GROUP_ATTACHMENT, "aws/lb/targetGroupAttachment", "aws/alb/targetGroupAttachment"],
  [exposure.WEB_ACL_ASSOCIATION, "aws/wafv2/webAclAssociation"],
  [
    evasion.TEMPLATE,
    "aws/cloudformation/stack",
    "aws/cloudformation/stackSet",
    "aws/cloudformation/stackSetInstance",
    "aws/cloudformation/stackInstances",
    "aws/serverlessrepository/cloudFormationStack",
    "aws/servicecatalog/provisionedProduct",
  ],
  [evasion.LIGHTSAIL_LOAD_BALANCER, "aws/lightsail/lb"],
  [evasion.BEANSTALK, "aws/elasticbeanstalk/environment"],
  [evasion.LATTICE_LISTENER, "aws/vpclattice/listener"],
];

describe("the type tokens of exposure and evasion", () => {
  for (const [tokens, ...modules] of MODULES) {
    it(`has every type token and alias of ${modules.join(", ")}`, () => {
      const found = modules.flatMap((module) => {
        const source = readFileSync(require.resolve(`@pulumi/${module}`), "utf8");
        const own = /__pulumiType = '([^']+)'/.exec(source)?.[1];
        assert.ok(own, `no type token in ${module}`);
        const aliases = /aliases: \[([^\]]*)\]/.exec(source)?.[1] ?? "";
        return [own, ...[...aliases.matchAll(/type: "([^"]+)"/g)].map(([, alias]) => alias!)];
      });
      assert.deepEqual([...tokens].sort(), found.sort());
    });
  }

  it("has Cloud Control's", () => {
    const source = readFileSync(require.resolve("@pulumi/aws/cloudcontrol/resource"), "utf8");
    const [, own = ""] = /__pulumiType = '([^']+)'/.exec(source) ?? [];
    assert.equal(evasion.BY_TYPE_NAME[own], "typeName");
  });
});
