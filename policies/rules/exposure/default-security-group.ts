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

/** Default security groups, which are taken over to be emptied. */
export const defaultSecurityGroup = resourceRule({
  id: "default-security-group",
  area: "exposure",
  title: "The default security group is empty",
  severity: "high",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "A default security group has no rules. " +
    "Whatever names no security group gets this one, so a rule in it opens things nobody thought of.",
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
 * Rules that other resources put into a default security group, and VPCs whose default security group still has
 * those it was born with.
 */
export const defaultSecurityGroupStack = stackRule({
  id: "default-security-group-stack",
  area: "exposure",
  title: "Nothing fills a default security group",
  severity: "medium",
  enforcementLevel: "advisory",
  level: "stack",
  description:
    "No rule goes into a VPC's default security group and, where configured, every VPC has it taken over and so emptied. " +
    "Left alone, it lets its members reach each other and the world.",
  remedy: `Write ${FIX}.`,
  references: REFERENCES,
  settings: {
    required: booleanSetting(false, "Whether every VPC needs a DefaultSecurityGroup in the same stack."),
  },
  strict: { required: true },
  judge(stack, { required }) {
    const rules = filling(stack).flatMap(({ urn }) =>
      violations(
        ["It puts a rule into the default security group of a VPC; it must go into a group of its own"],
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
        violations(["Nothing empties its default security group; a DefaultSecurityGroup must"], FIX, urn),
      );
    return [...rules, ...left];
  },
});

/** The rules whose security group is a default one: a DefaultSecurityGroup's, or what a VPC calls its own. */
function filling(stack: Stack): StackSubject[] {
  const takenOver = stack.to(DEFAULT_SECURITY_GROUP);
  const ownedBy = stack.to(VPC, ["defaultSecurityGroupId"]);
  const ordinary = stack.to(SECURITY_GROUP);
  return stack.ofTypes([...INGRESS_RULE, ...SECURITY_GROUP_RULE]).filter((rule) => {
    // In a preview an unknown id may be that of any group of a component.
    if (ordinary(rule, "securityGroupId").length > 0) return false;
    return [takenOver, ownedBy].some((follow) => follow(rule, "securityGroupId").length > 0);
  });
}
