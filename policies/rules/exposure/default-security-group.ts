import {
  DEFAULT_SECURITY_GROUP,
  INGRESS_RULE,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  VPC,
} from "../../resources";
import { describe, resourceRule, stackRule, violations } from "../../rule";
import type { Reference, StackSubject } from "../../rule";
import type { Stack } from "../../stack";
import { isList, readList } from "../../read";
import { booleanSetting } from "../../settings";

const FIX = 'new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id }), with neither ingress nor egress';

const REFERENCES: readonly Reference[] = [
  { label: "EC2.2", url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2" },
];

/** Default security groups, which a program adopts to remove their rules. */
export const defaultSecurityGroup = resourceRule({
  id: "default-security-group",
  area: "exposure",
  title: "The default security group is empty",
  severity: "high",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "A default security group has no rules. " +
    "A resource that names no security group gets this one, so a rule in it can open resources by accident.",
  remedy: `Write ${FIX}.`,
  references: REFERENCES,
  types: DEFAULT_SECURITY_GROUP,
  judge: ({ props }) =>
    ["ingress", "egress"].flatMap((property) => {
      const rules = readList(props, [property]);
      if (isList(rules) ? rules.length === 0 : rules.kind === "absent") return [];
      const found = isList(rules) ? `holds rules (${rules.length})` : describe(rules);
      return violations([`${property} ${found}; it must be left out or empty`], FIX);
    }),
});

/**
 * Rules that other resources add to a default security group, and VPCs whose default security group still has its
 * initial rules.
 */
export const defaultSecurityGroupStack = stackRule({
  id: "default-security-group-stack",
  area: "exposure",
  title: "Nothing adds rules to a default security group",
  severity: "medium",
  enforcementLevel: "advisory",
  level: "stack",
  description:
    "No resource adds a rule to a VPC's default security group and, where configured, a DefaultSecurityGroup removes the initial rules of every VPC's. " +
    "The initial rules let the members of the group reach each other and the world.",
  remedy: `Write ${FIX}.`,
  references: REFERENCES,
  settings: {
    required: booleanSetting(false, "Whether every VPC needs a DefaultSecurityGroup in the same stack."),
  },
  strict: { required: true },
  judge(stack, { required }) {
    const rules = filling(stack).flatMap(({ urn }) =>
      violations(
        ["It adds a rule to the default security group of a VPC; the rule must be in another security group"],
        'securityGroupId: new aws.ec2.SecurityGroup("web", { vpcId: vpc.id }).id',
        urn,
      ),
    );
    if (!required) return rules;
    const vpcsOf = stack.to(VPC);
    const emptied = new Set(stack.ofTypes(DEFAULT_SECURITY_GROUP).flatMap((group) => vpcsOf(group, "vpcId")));
    const left = stack
      .ofTypes(VPC)
      .filter((vpc) => !emptied.has(vpc))
      .flatMap(({ urn }) =>
        violations(
          ["Its default security group keeps its initial rules; a DefaultSecurityGroup must remove them"],
          FIX,
          urn,
        ),
      );
    return [...rules, ...left];
  },
});

/** The rules in a default security group: that of a DefaultSecurityGroup, or a VPC's `defaultSecurityGroupId`. */
function filling(stack: Stack): StackSubject[] {
  const takenOver = stack.to(DEFAULT_SECURITY_GROUP);
  const ownedBy = stack.to(VPC, ["defaultSecurityGroupId"]);
  const ordinary = stack.to(SECURITY_GROUP);
  return stack.ofTypes([...INGRESS_RULE, ...SECURITY_GROUP_RULE]).filter((rule) => {
    // In a preview, an unknown ID may belong to any group of a component.
    if (ordinary(rule, "securityGroupId").length > 0) return false;
    return [takenOver, ownedBy].some((follow) => follow(rule, "securityGroupId").length > 0);
  });
}
