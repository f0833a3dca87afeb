import {
  ALL_DISTRIBUTIONS,
  LOAD_BALANCER,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
  WEB_ACL_RULES,
} from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import { isList, read, readList } from "../../read";
import { given } from "../../stack";
import { booleanSetting } from "../../settings";
import type { Stack } from "../../stack";
import { isApplication } from "./alb-hardening";

const FIX =
  'new aws.wafv2.WebAclAssociation("waf", { resourceArn: loadBalancer.arn, webAclArn: webAcl.arn })';

const DISTRIBUTION_FIX = "{ webAclId: webAcl.arn } of a web ACL of scope CLOUDFRONT, in us-east-1";

/** Public Application Load Balancers, their web ACL associations, and CloudFront distributions. */
export const waf = stackRule({
  id: "waf",
  area: "exposure",
  title: "Public load balancers and distributions are behind AWS WAF",
  severity: "medium",
  level: "stack",
  description:
    "Where configured, every public Application Load Balancer and every CloudFront distribution has an AWS WAF web ACL with rules. " +
    "It stops known attacks before they reach the application.",
  remedy: `Load balancer: ${FIX}. Distribution: ${DISTRIBUTION_FIX}.`,
  references: [
    {
      label: "ELB.16",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
    },
    {
      label: "WAF.10",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html#waf-10",
    },
    {
      label: "CloudFront.6",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-6",
    },
  ],
  settings: {
    required: booleanSetting(
      false,
      "Whether public Application Load Balancers and distributions need a web ACL.",
    ),
  },
  judge(stack, { required }) {
    return required
      ? [...judgeBalancers(stack), ...judgeAssociations(stack), ...judgeDistributions(stack)]
      : [];
  },
});

function judgeBalancers(stack: Stack): Violation[] {
  const balancersOf = stack.to(LOAD_BALANCER);
  const guarded = new Set(
    stack.ofTypes(WEB_ACL_ASSOCIATION).flatMap((association) => balancersOf(association, "resourceArn")),
  );
  return stack
    .ofTypes(LOAD_BALANCER)
    .filter((balancer) => isApplication(balancer) && isPublic(balancer.props) && !guarded.has(balancer))
    .flatMap(({ urn }) =>
      violations(["It is public, but no web ACL is associated with it; it must have one"], FIX, urn),
    );
}

/** A web ACL without rules allows all requests. */
function judgeAssociations(stack: Stack): Violation[] {
  const aclsOf = stack.to(WEB_ACL);
  const hasNoRules = emptyAcls(stack);
  return stack.ofTypes(WEB_ACL_ASSOCIATION).flatMap((association) => {
    const [acl, ...others] = aclsOf(association, "webAclArn");
    if (acl === undefined || others.length > 0 || !hasNoRules(acl)) return [];
    const problem = `Its web ACL "${acl.name}" has no rules and allows all requests; it must have rules`;
    const fix = `rules: [{ name: "common", priority: 1, overrideAction: { none: {} }, statement: ${STATEMENT}, … }]`;
    return violations([problem], fix, association.urn);
  });
}

/** A distribution is always public and names its web ACL; an unknown value counts as a web ACL. */
function judgeDistributions(stack: Stack): Violation[] {
  return stack.ofTypes(ALL_DISTRIBUTIONS).flatMap(({ urn, props }) => {
    const webAcl = read(props, ["webAclId"]);
    const isMissing = webAcl.kind === "absent" || (webAcl.kind === "known" && webAcl.value === "");
    return violations(
      [isMissing ? "webAclId is not set; it must name a web ACL" : undefined],
      DISTRIBUTION_FIX,
      urn,
    );
  });
}

const STATEMENT =
  '{ managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } }';

/** Finds web ACLs without rules of their own or from other resources, and whose default action does not block. */
function emptyAcls(stack: Stack): (acl: StackSubject) => boolean {
  const aclsOf = stack.to(WEB_ACL);
  const fed = new Set(stack.ofTypes(WEB_ACL_RULES).flatMap((rules) => aclsOf(rules, "webAclArn")));
  return (acl) => {
    const rules = readList(acl.props, ["rules"]);
    const isEmpty = isList(rules) ? rules.length === 0 : given(acl, "rules").kind === "absent";
    const blocks = read(acl.props, ["defaultAction", "block"]).kind !== "absent";
    return isEmpty && !blocks && !fed.has(acl) && given(acl, "ruleJson").kind === "absent";
  };
}

/** Load balancers are public unless declared internal. */
function isPublic(props: unknown): boolean {
  const internal = read(props, ["internal"]);
  return internal.kind !== "known" || (internal.value !== true && internal.value !== "true");
}
