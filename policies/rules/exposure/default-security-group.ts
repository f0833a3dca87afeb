import { DEFAULT_SECURITY_GROUP, VPC } from "../../resources";
import { describe, resourceRule, stackRule, violations } from "../../rule";
import type { Reference } from "../../rule";
import { isList, readList } from "../../read";
import { booleanSetting } from "../../settings";

const FIX = 'new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id }), with neither ingress nor egress';

const REFERENCES: readonly Reference[] = [
  {
    label: "EC2.2",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2",
  },
];

/** Default security groups, which are taken over to be emptied. */
export const defaultSecurityGroup = resourceRule({
  id: "default-security-group",
  area: "exposure",
  title: "The default security group is empty",
  severity: "high",
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

/** VPCs whose default security group still has the rules it was born with. */
export const defaultSecurityGroupStack = stackRule({
  id: "default-security-group-stack",
  area: "exposure",
  title: "Every VPC's default security group is taken over",
  severity: "medium",
  level: "stack",
  description:
    "Where configured, every VPC has its default security group taken over and so emptied. " +
    "Left alone, it lets its members reach each other and the world.",
  remedy: `Write ${FIX}.`,
  references: REFERENCES,
  settings: {
    required: booleanSetting(false, "Whether every VPC needs a DefaultSecurityGroup in the same stack."),
  },
  strict: { required: true },
  judge(stack, { required }) {
    if (!required) return [];
    const vpcsOf = stack.to(VPC, ["id"]);
    const emptied = new Set(stack.ofTypes(DEFAULT_SECURITY_GROUP).flatMap((group) => vpcsOf(group, "vpcId")));
    return stack
      .ofTypes(VPC)
      .filter((vpc) => !emptied.has(vpc))
      .flatMap(({ urn }) =>
        violations(["Nothing empties its default security group; a DefaultSecurityGroup must"], FIX, urn),
      );
  },
});
