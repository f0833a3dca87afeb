import { isTrue, read } from "../../read";
import { HEALTH_CHECK, RECORD } from "../../resources";
import { stackRule, violations } from "../../rule";
import type { StackSubject } from "../../rule";
import { text, wholeNumber } from "../refused-by-aws/known";

const FIX =
  "{ healthCheckId: healthCheck.id } with a check without disabled: true or childHealthThreshold: 0, or { evaluateTargetHealth: true } in aliases";

/** Primary records of DNS failovers, and the health checks by which Route 53 notices a failure. */
export const dnsFailover = stackRule({
  id: "dns-failover",
  area: "health",
  title: "DNS failovers have a health check",
  severity: "high",
  level: "stack",
  description:
    "The primary record of a failover has an enabled health check, or is an alias with evaluateTargetHealth. " +
    "Route 53 considers any other record healthy, and sends visitors there even when nothing answers.",
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

/** @param checks the health checks of the stack that the record names */
function problemOf({ props }: StackSubject, checks: readonly StackSubject[]): string | undefined {
  if (text(read(props, ["failoverRoutingPolicies", 0, "type"])) !== "PRIMARY") return undefined;
  const asksTarget = read(props, ["aliases", 0, "evaluateTargetHealth"]);
  if (asksTarget.kind === "unknown" || isTrue(asksTarget)) return undefined;
  // AWS refuses a record with neither a health check nor an alias.
  if (read(props, ["healthCheckId"]).kind === "absent")
    return asksTarget.kind === "absent"
      ? undefined
      : "It is the primary record of a failover, evaluateTargetHealth is false and healthCheckId is not set, so it always counts as healthy; one of them must be set";
  // A disabled, inverted health check is a way to fail over manually.
  const straight = checks.filter((check) => !isTrue(read(check.props, ["invertHealthcheck"])));
  const off = straight.find((check) => isTrue(read(check.props, ["disabled"])));
  const blind = straight.find(
    (check) =>
      text(read(check.props, ["type"])) === "CALCULATED" &&
      wholeNumber(read(check.props, ["childHealthThreshold"])) === 0,
  );
  if (blind !== undefined)
    return `It is the primary record of a failover, and childHealthThreshold of its health check "${blind.name}" is 0, so it always counts as healthy; it must be at least 1`;
  return off === undefined
    ? undefined
    : `It is the primary record of a failover, and its health check "${off.name}" is disabled, so it always counts as healthy; it must be enabled`;
}
