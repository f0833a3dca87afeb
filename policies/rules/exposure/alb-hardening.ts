import { problem, resourceRule, violations } from "../../rule";
import type { Expectation, Subject } from "../../rule";
import { read } from "../../read";
import { CLASSIC_LOAD_BALANCER, isOf, LOAD_BALANCER } from "../../resources";

const FIX = 'dropInvalidHeaderFields: true, desyncMitigationMode: "strictest" (or "defensive")';

const DROP: Expectation = {
  accepts: (value) => value === true || value === "true",
  allowed: "true",
  vocabulary: /^(true|false)$/i,
  absentMeans: "false",
};

/** The default is `defensive`. */
const DESYNC: Expectation = {
  accepts: (value) => value === "defensive" || value === "strictest",
  allowed: 'left out, "defensive" or "strictest"',
  vocabulary: /^(monitor|defensive|strictest)$/i,
};

/** Load balancers that parse HTTP: Application Load Balancers, and Classic Load Balancers for the options they have. */
export const albHardening = resourceRule({
  id: "alb-hardening",
  area: "exposure",
  title: "Load balancers do not pass on malformed requests",
  severity: "medium",
  enforcementLevel: "advisory",
  level: "resource",
  description:
    "Application Load Balancers drop invalid header fields, and guard against requests that the front end and the " +
    "back end would interpret differently. Request smuggling depends on that difference.",
  remedy: `Load balancer: { ${FIX} }.`,
  references: ["ELB.4", "ELB.12", "ELB.14"].map((label) => ({
    label,
    url: `https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#${label.toLowerCase().replace(".", "-")}`,
  })),
  types: [...LOAD_BALANCER, ...CLASSIC_LOAD_BALANCER],
  judge(balancer) {
    const isClassic = isOf(CLASSIC_LOAD_BALANCER, balancer);
    if (!isClassic && !isApplication(balancer)) return [];
    const desync = read(balancer.props, ["desyncMitigationMode"]);
    return violations(
      [
        isClassic
          ? undefined
          : problem("dropInvalidHeaderFields", read(balancer.props, ["dropInvalidHeaderFields"]), DROP),
        desync.kind === "absent" ? undefined : problem("desyncMitigationMode", desync, DESYNC),
      ],
      FIX,
    );
  },
});

/** True if a load balancer is, or may be, an Application Load Balancer, which is AWS's default. */
export function isApplication(balancer: Subject): boolean {
  const type = read(balancer.props, ["loadBalancerType"]);
  return type.kind !== "known" || (type.value !== "network" && type.value !== "gateway");
}
