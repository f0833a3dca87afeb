import { LOAD_BALANCER, WEB_ACL, WEB_ACL_ASSOCIATION, WEB_ACL_RULES } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { isList, read, readList } from "../../read";
import { given } from "../../stack";
import type { Stack } from "../../stack";
import { booleanSetting } from "../../settings";
import { isApplication } from "./alb-hardening";

const FIX =
  'new aws.wafv2.WebAclAssociation("waf", { resourceArn: loadBalancer.arn, webAclArn: webAcl.arn })';

/** Public Application Load Balancers, and what associates a web ACL with them. */
export const waf = stackRule({
  id: "waf",
  area: "exposure",
  title: "Public load balancers are behind AWS WAF",
  severity: "medium",
  level: "stack",
  description:
    "Where configured, every public Application Load Balancer has a web ACL of AWS WAF, with rules in it. " +
    "It stops known attacks before they reach the application.",
  remedy: `Write ${FIX}.`,
  references: [
    {
      label: "ELB.16",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
    },
    {
      label: "WAF.10",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
    },
  ],
  settings: {
    required: booleanSetting(false, "Whether public Application Load Balancers need a web ACL."),
  },
  judge(stack, { required }) {
    if (!required) return [];
    const balancersOf = stack.to(LOAD_BALANCER, ["arn", "id"]);
    const guarded = new Set(
      stack.ofTypes(WEB_ACL_ASSOCIATION).flatMap((association) => balancersOf(association, "resourceArn")),
    );
    const bare = stack
      .ofTypes(LOAD_BALANCER)
      .filter((balancer) => isApplication(balancer) && isPublic(balancer.props) && !guarded.has(balancer))
      .flatMap(({ urn }) =>
        violations(["It is public and no web ACL is associated with it; one must be"], FIX, urn),
      );
    const aclsOf = stack.to(WEB_ACL, ["arn"]);
    const hasNoRules = emptyAcls(stack);
    const idle = stack.ofTypes(WEB_ACL_ASSOCIATION).flatMap((association) => {
      const [acl, ...others] = aclsOf(association, "webAclArn");
      if (acl === undefined || others.length > 0 || !hasNoRules(acl)) return [];
      const fault = `Its web ACL "${acl.name}" has no rules and lets everything pass; it must have some`;
      const fix = `rules: [{ name: "common", priority: 1, overrideAction: { none: {} }, statement: ${STATEMENT}, … }]`;
      return violations([fault], fix, association.urn);
    });
    return [...bare, ...idle];
  },
});

const STATEMENT =
  '{ managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } }';

/** Tells which web ACLs neither have rules nor are given any by other resources, and don't block by themselves. */
function emptyAcls(stack: Stack): (acl: StackSubject) => boolean {
  const aclsOf = stack.to(WEB_ACL, ["arn"]);
  const fed = new Set(stack.ofTypes(WEB_ACL_RULES).flatMap((rules) => aclsOf(rules, "webAclArn")));
  return (acl) => {
    const rules = readList(acl.props, ["rules"]);
    const isEmpty = isList(rules) ? rules.length === 0 : given(acl, "rules").kind === "absent";
    const blocks = read(acl.props, ["defaultAction", "block"]).kind !== "absent";
    return isEmpty && !blocks && !fed.has(acl) && given(acl, "ruleJson").kind === "absent";
  };
}

/** Public unless it says otherwise. */
function isPublic(props: unknown): boolean {
  const internal = read(props, ["internal"]);
  return internal.kind !== "known" || (internal.value !== true && internal.value !== "true");
}
