import { LOAD_BALANCER, WEB_ACL_ASSOCIATION } from "../../resources";
import { stackRule, violations } from "../../rule";
import { read } from "../../read";
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
    "Where configured, every public Application Load Balancer has a web ACL of AWS WAF. " +
    "It stops known attacks before they reach the application.",
  remedy: `Write ${FIX}.`,
  references: [
    {
      label: "ELB.16",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-16",
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
    return stack
      .ofTypes(LOAD_BALANCER)
      .filter((balancer) => isApplication(balancer) && isPublic(balancer.props) && !guarded.has(balancer))
      .flatMap(({ urn }) =>
        violations(["It is public and no web ACL is associated with it; one must be"], FIX, urn),
      );
  },
});

/** Public unless it says otherwise. */
function isPublic(props: unknown): boolean {
  const internal = read(props, ["internal"]);
  return internal.kind !== "known" || (internal.value !== true && internal.value !== "true");
}
