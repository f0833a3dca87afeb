import {
  ALL_DISTRIBUTIONS,
  LOAD_BALANCER,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
  WEB_ACL_RULES,
} from "../../resources";
import { advice, stackRule, violations } from "../../rule";
import type { StackSubject, Violation } from "../../rule";
import { isList, jsonOf, read, readList } from "../../read";
import type { Reading } from "../../read";
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
    "Where configured, every public Application Load Balancer and every CloudFront distribution has an AWS WAF web ACL with rules " +
    "that stop requests. " +
    "It stops known attacks before they reach the application.",
  advises: "web ACLs whose rules only count requests",
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
    return required ? [...judgeBalancers(stack), ...judgeAcls(stack), ...judgeDistributions(stack)] : [];
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

/** The web ACLs of associations and distributions. A web ACL without rules that stop requests allows all of them. */
function judgeAcls(stack: Stack): Violation[] {
  const aclsOf = stack.to(WEB_ACL);
  const faultOf = faultsOfAcls(stack);
  const guarded = [
    ...stack.ofTypes(WEB_ACL_ASSOCIATION).map((resource) => [resource, "webAclArn"] as const),
    ...stack.ofTypes(ALL_DISTRIBUTIONS).map((resource) => [resource, "webAclId"] as const),
  ];
  return guarded.flatMap(([resource, property]) => {
    const [acl, ...others] = aclsOf(resource, property);
    const fault = acl === undefined || others.length > 0 ? undefined : faultOf(acl);
    if (fault === undefined) return [];
    const problem = `Its web ACL "${acl!.name}" ${fault.text}`;
    const fix = `rules: [{ name: "common", priority: 1, overrideAction: { none: {} }, statement: ${STATEMENT}, … }]`;
    return (fault.isTrial ? advice : violations)([problem], fix, resource.urn);
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

interface Fault {
  /** To complete the sentence "Its web ACL …". */
  readonly text: string;
  /** Whether rules only count requests, as AWS advises before they block. */
  readonly isTrial: boolean;
}

/**
 * Finds web ACLs that allow all requests: their default action doesn't block, and they have no rule of their own, or
 * from other resources, that may stop a request.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-action.html,
 * https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing.html
 */
function faultsOfAcls(stack: Stack): (acl: StackSubject) => Fault | undefined {
  const aclsOf = stack.to(WEB_ACL);
  const fed = new Set(stack.ofTypes(WEB_ACL_RULES).flatMap((rules) => aclsOf(rules, "webAclArn")));
  return (acl) => {
    if (fed.has(acl) || read(acl.props, ["defaultAction", "block"]).kind !== "absent") return undefined;
    const rules = rulesOf(acl);
    if (rules === undefined) return undefined;
    if (rules.length === 0)
      return { text: "has no rules and allows all requests; it must have rules", isTrial: false };
    const effects = rules.map(effectOf);
    if (effects.includes(undefined)) return undefined;
    return effects.includes("count")
      ? {
          text: "only counts or allows requests, and stops none; once it is tested, a rule must block",
          isTrial: true,
        }
      : { text: "has only rules that allow requests, and stops none; a rule must block", isTrial: false };
  };
}

/** The rules of a web ACL, written as a list or as JSON; undefined if they aren't known. */
function rulesOf(acl: StackSubject): Reading[] | undefined {
  const json = given(acl, "ruleJson");
  if (json.kind !== "absent") {
    const said = json.kind === "known" ? jsonOf(json.value) : undefined;
    return Array.isArray(said)
      ? said.map((value: unknown): Reading => ({ kind: "known", value }))
      : undefined;
  }
  const rules = readList(acl.props, ["rules"]);
  if (isList(rules)) return [...rules];
  return given(acl, "rules").kind === "absent" ? [] : undefined;
}

/** What a rule does with requests that match, if it surely stops none of them. */
function effectOf(rule: Reading): "allow" | "count" | undefined {
  const has = (...path: string[]): boolean =>
    rule.kind === "known" &&
    [path, path.map((field) => field[0]!.toUpperCase() + field.slice(1))].some(
      (names) => read(rule.value, names).kind !== "absent",
    );
  if (has("action", "count") || has("overrideAction", "count")) return "count";
  return has("action", "allow") ? "allow" : undefined;
}

/** Load balancers are public unless declared internal. */
function isPublic(props: unknown): boolean {
  const internal = read(props, ["internal"]);
  return internal.kind !== "known" || (internal.value !== true && internal.value !== "true");
}
