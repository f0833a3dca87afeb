import { read } from "../../../read";
import { INGRESS_RULE, SECURITY_GROUP, WEB_ACL } from "../../../resources";
import type { StackSubject } from "../../../rule";
import { EGRESS_RULE, WEB_ACL_RULE } from "../api-prose/types";
import { referenceKey, scalar, wholeNumber } from "../known";
import { type Relation, unique } from "./relation";

/** The properties of a security group rule that identify it, except its group and the group that it references. */
const PARTS = ["ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId"];

/** Relations of resources that each add one rule to another resource. */
export const rules: readonly Relation[] = [
  ...[INGRESS_RULE, EGRESS_RULE].map((of): Relation => ({
    of,
    source: "InvalidPermission.Duplicate: the specified rule already exists",
    fix: 'one rule for each protocol, range of ports, and source: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 }',
    judge: unique(
      of,
      (stack) => {
        const follow = stack.to(SECURITY_GROUP, ["id"]);
        return (rule) => {
          const group = referenceKey(rule, "securityGroupId", follow);
          const parts = PARTS.map((property) => read(rule.props, [property]));
          const other = read(rule.props, ["referencedSecurityGroupId"]);
          const named =
            other.kind === "absent" ? "" : referenceKey(rule, "referencedSecurityGroupId", follow);
          if (group === undefined || named === undefined || parts.some(({ kind }) => kind === "unknown"))
            return undefined;
          const texts = parts.map((part) => (part.kind === "known" ? scalar(part.value)?.toLowerCase() : ""));
          return texts.includes(undefined) ? undefined : [group, named, ...texts].join(" ");
        };
      },
      (_, first) => `It repeats rule "${first.name}" of the same security group; one of them must be removed`,
    ),
  })),
  {
    of: WEB_ACL_RULE,
    source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html",
    fix: "{ priority: 20 }, different from those of the web ACL's other rules",
    judge: unique(
      WEB_ACL_RULE,
      (stack) => {
        const follow = stack.to(WEB_ACL, ["arn", "id"]);
        return (rule) => {
          const [acl, priority] = [referenceKey(rule, "webAclArn", follow), priorityOf(rule)];
          return acl === undefined || priority === undefined ? undefined : `${acl} ${priority}`;
        };
      },
      (rule, first) =>
        `priority is ${priorityOf(rule)}, which rule "${first.name}" of the same web ACL already has; it must be unique`,
    ),
  },
];

function priorityOf(rule: StackSubject): number | undefined {
  return wholeNumber(read(rule.props, ["priority"]));
}
