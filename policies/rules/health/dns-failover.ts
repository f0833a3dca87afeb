import { isTrue, read } from "../../read";
import { HEALTH_CHECK, RECORD } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { text } from "../refused-by-aws/known";

const FIX =
  "{ healthCheckId: healthCheck.id }, of a check without disabled: true, or { evaluateTargetHealth: true } in aliases";

/** The primary record of a failover in DNS, and what would tell Route 53 that it fails. */
export const dnsFailover = stackRule({
  id: "dns-failover",
  area: "health",
  title: "Failovers in DNS can happen",
  severity: "high",
  level: "stack",
  description:
    "The primary record of a failover has a health check that is on, or an alias whose target's health is asked. " +
    "Route 53 takes any other for healthy, and sends visitors there while nothing answers.",
  remedy: `Record: ${FIX}.`,
  references: [
    {
      label: "HealthCheckConfig",
      url: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html",
    },
    {
      label: "How Route 53 chooses records",
      url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html",
    },
  ],
  judge(stack) {
    const checksOf = stack.to(HEALTH_CHECK, ["id"]);
    return stack
      .ofTypes(RECORD)
      .flatMap((record) =>
        violations([problemOf(record, checksOf(record, "healthCheckId"))], FIX, record.urn),
      );
  },
});

/** @param checks those of the stack that the record names */
function problemOf({ props }: StackSubject, checks: readonly StackSubject[]): string | undefined {
  if (text(read(props, ["failoverRoutingPolicies", 0, "type"])) !== "PRIMARY") return undefined;
  const asksTarget = read(props, ["aliases", 0, "evaluateTargetHealth"]);
  if (asksTarget.kind === "unknown" || isTrue(asksTarget)) return undefined;
  // Where there is neither check nor alias, AWS refuses the record.
  if (read(props, ["healthCheckId"]).kind === "absent")
    return asksTarget.kind === "absent"
      ? undefined
      : "It is the primary record of a failover, evaluateTargetHealth is false and healthCheckId is not set, so that it always counts as healthy; one of them must say when it fails";
  // One that is off and inverted is how somebody fails over by hand.
  const off = checks.find(
    (check) => isTrue(read(check.props, ["disabled"])) && !isTrue(read(check.props, ["invertHealthcheck"])),
  );
  return off === undefined
    ? undefined
    : `It is the primary record of a failover, and its health check "${off.name}" is disabled, so that it always counts as healthy; it must be on`;
}
